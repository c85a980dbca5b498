"""Where people from a country are taken to start when nothing nearer is known: its capital. Pure.

Degrees north and east, to two decimals. ``RAIL`` is false for countries that no train leaves.
"""

import re

from booster.craft.travel import BadSpot, Spot, travel
from booster.people.rules import countries

CAPITALS: dict[str, tuple[float, float]] = {
    "AL": (41.33, 19.82), "AT": (48.21, 16.37), "BA": (43.86, 18.41), "BE": (50.85, 4.35), "BG": (42.70, 23.32),
    "CH": (46.95, 7.45), "CY": (35.17, 33.37), "CZ": (50.08, 14.44), "DE": (52.52, 13.40), "DK": (55.68, 12.57),
    "EE": (59.44, 24.75), "ES": (40.42, -3.70), "FI": (60.17, 24.94), "FR": (48.86, 2.35), "GB": (51.51, -0.13),
    "GE": (41.72, 44.79), "GR": (37.98, 23.73), "HR": (45.81, 15.98), "HU": (47.50, 19.04), "IE": (53.35, -6.26),
    "IS": (64.15, -21.94), "IT": (41.90, 12.50), "LI": (47.14, 9.52), "LT": (54.69, 25.28), "LU": (49.61, 6.13),
    "LV": (56.95, 24.11), "MD": (47.01, 28.86), "ME": (42.44, 19.26), "MK": (42.00, 21.43), "MT": (35.90, 14.51),
    "NL": (52.37, 4.90), "NO": (59.91, 10.75), "PL": (52.23, 21.01), "PT": (38.72, -9.14), "RO": (44.43, 26.10),
    "RS": (44.79, 20.46), "SE": (59.33, 18.07), "SI": (46.06, 14.51), "SK": (48.15, 17.11), "TR": (39.93, 32.86),
    "UA": (50.45, 30.52), "XK": (42.66, 21.17),
}  # fmt: skip
ISLANDS = frozenset({"CY", "IE", "IS", "MT"})
LINE = re.compile(
    r"\s*(?:(?P<before>\d{1,3})\s*(?:x|×|\*)?\s+)?(?P<name>[^\d]+?)\s*(?:(?:x|×|\*|:|=)?\s*(?P<after>\d{1,3}))?\s*"
)
MOST = 500


def spot(identity: str, country: str, latitude: float | None, longitude: float | None) -> Spot | None:
    """Where somebody starts: their own place, else the capital of their country; ``None`` when neither is known.

    Coordinates that cannot be right (swapped, off the globe) count as not known.
    """
    rail = country not in ISLANDS
    own = Spot(identity, latitude, longitude, rail)
    if _is_right(own):
        return own
    if (place := CAPITALS.get(country)) is None:
        return None
    return Spot(identity, *place, rail)


def read(text: str) -> tuple[list[Spot], list[str]]:
    """People from a typed list such as ``3 Germany, Greece; PT x2``: their spots, and the parts that could not be read.

    At most ``MOST`` people; more is told as unread.
    """
    found: list[Spot] = []
    unread = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;\n]", text[:5000]))):
        match = LINE.fullmatch(part)
        code = countries.recognise(match["name"]) if match else None
        count = int((match["before"] or match["after"] or 1) if match else 0)
        if code not in CAPITALS or not count or len(found) + count > MOST:
            unread.append(part[:60])
            continue
        found += [Spot(f"{code} {len(found) + n}", *CAPITALS[code], code not in ISLANDS) for n in range(count)]
    return found, unread


def _is_right(own: Spot) -> bool:
    try:
        travel([own], [])
    except BadSpot:
        return False
    return True
