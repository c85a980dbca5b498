"""Where countries lie, roughly: boxes around their land, to tell a slip in a coordinate. Pure.

Degrees south, west, north, east, to a tenth outwards. Islands far off have boxes of their own. A country without a box
is never doubted.
"""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
Box = tuple[float, float, float, float]
BOXES: dict[str, tuple[Box, ...]] = {
    "AD": ((42.4, 1.4, 42.7, 1.8),), "AL": ((39.6, 19.2, 42.7, 21.1),), "AM": ((38.8, 43.4, 41.4, 46.7),),
    "AT": ((46.3, 9.5, 49.1, 17.2),), "AZ": ((38.3, 44.7, 42.0, 50.7),), "BA": ((42.5, 15.7, 45.3, 19.7),),
    "BE": ((49.4, 2.5, 51.6, 6.5),), "BG": ((41.2, 22.3, 44.3, 28.7),), "BY": ((51.2, 23.1, 56.2, 32.8),),
    "CH": ((45.8, 5.9, 47.9, 10.5),), "CY": ((34.5, 32.2, 35.8, 34.7),), "CZ": ((48.5, 12.0, 51.1, 18.9),),
    "DE": ((47.2, 5.8, 55.1, 15.1),), "DK": ((54.5, 8.0, 57.8, 15.3),), "EE": ((57.5, 21.7, 59.8, 28.3),),
    "ES": ((35.9, -9.4, 43.9, 4.4), (27.6, -18.2, 29.5, -13.3)), "FI": ((59.7, 19.0, 70.1, 31.6),),
    "FR": (
        (41.3, -5.2, 51.1, 9.6), (15.8, -61.9, 16.6, -61.0), (14.3, -61.3, 14.9, -60.8), (2.1, -54.7, 5.8, -51.6),
        (-21.4, 55.2, -20.8, 55.9), (-13.1, 45.0, -12.6, 45.3),
    ),
    "GB": ((49.8, -8.7, 60.9, 1.8),), "GE": ((41.0, 40.0, 43.6, 46.8),), "GR": ((34.8, 19.3, 41.8, 29.7),),
    "HR": ((42.3, 13.4, 46.6, 19.5),), "HU": ((45.7, 16.1, 48.6, 22.9),), "IE": ((51.4, -10.7, 55.5, -5.9),),
    "IS": ((63.2, -24.6, 66.6, -13.4),), "IT": ((35.4, 6.6, 47.1, 18.6),), "LI": ((47.0, 9.4, 47.3, 9.7),),
    "LT": ((53.8, 20.9, 56.5, 26.9),), "LU": ((49.4, 5.7, 50.2, 6.6),), "LV": ((55.6, 20.9, 58.1, 28.3),),
    "MC": ((43.7, 7.4, 43.8, 7.5),), "MD": ((45.4, 26.6, 48.5, 30.2),), "ME": ((41.8, 18.4, 43.6, 20.4),),
    "MK": ((40.8, 20.4, 42.4, 23.1),), "MT": ((35.7, 14.1, 36.1, 14.6),), "NL": ((50.7, 3.3, 53.6, 7.3),),
    "NO": ((57.9, 4.5, 71.2, 31.2), (74.3, 10.4, 80.9, 33.6)), "PL": ((49.0, 14.1, 54.9, 24.2),),
    "PT": ((36.9, -9.6, 42.2, -6.1), (32.3, -17.4, 33.2, -16.2), (36.9, -31.4, 39.8, -25.0)),
    "RO": ((43.6, 20.2, 48.3, 29.8),), "RS": ((42.2, 18.8, 46.2, 23.1),), "SE": ((55.3, 10.9, 69.1, 24.2),),
    "SI": ((45.4, 13.3, 46.9, 16.7),), "SK": ((47.7, 16.8, 49.7, 22.6),), "SM": ((43.8, 12.4, 44.0, 12.6),),
    "TR": ((35.8, 25.6, 42.2, 44.9),), "UA": ((44.3, 22.1, 52.4, 40.3),), "VA": ((41.8, 12.4, 42.0, 12.5),),
    "XK": ((41.8, 20.0, 43.3, 21.8),),
}  # fmt: skip


def kilometres_outside(country: str, latitude: float, longitude: float) -> float:
    """How far a point lies from the box around a country; 0 inside it and for a country of which nothing is known."""
    boxes = BOXES.get(country, ())
    return min((_beyond(box, latitude, longitude) for box in boxes), default=0.0)


def _beyond(box: Box, latitude: float, longitude: float) -> float:
    south, west, north, east = box
    near = min(max(latitude, south), north), min(max(longitude, west), east)
    return _kilometres((latitude, longitude), near)


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great circle between two points."""
    (north, east), (to_north, to_east) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
