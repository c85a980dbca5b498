"""A place on the small map of Europe. Pure. The outline stands in ``templates/ui/parts/europe.html``."""

from math import cos, radians

WEST, NORTH = -25.0, 71.5
EAST, SOUTH = 45.0, 33.0
UNIT = 10.0  # units of the drawing per degree of latitude
SQUEEZE = cos(radians(52))  # a degree of longitude is shorter than one of latitude
WIDTH, HEIGHT = round((EAST - WEST) * SQUEEZE * UNIT), round((NORTH - SOUTH) * UNIT)


def point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """Right and down on a drawing of ``WIDTH`` by ``HEIGHT``; ``None`` outside it.

    Equirectangular, true at 52° north.
    """
    if latitude is None or longitude is None or not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        return None
    return round((longitude - WEST) * SQUEEZE * UNIT, 1), round((NORTH - latitude) * UNIT, 1)
