"""A picture of journeys: each place by tonnes of carbon and median hours; filled where no other place beats both."""

from collections.abc import Sequence
from typing import Any

from booster.config.solving.drawing import Sheet, short
from booster.craft.travel import PlaceTravel

LEFT, TOP, WIDTH, HEIGHT = 70, 70, 480, 260


def picture(places: Sequence[PlaceTravel], sets: dict[str, Any]) -> str:
    key = next(iter(sets))
    name = sets[key]["factors"].name
    spots = [(one.tonnes[key], one.median_hours, one.id) for one in places]
    best = [one for one in spots if not any(_beats(other, one) for other in spots)]
    across, down = max(1.0, *(one[0] for one in spots)) * 1.1, max(1.0, *(one[1] for one in spots)) * 1.1
    sheet = Sheet(LEFT + WIDTH + 110, TOP + HEIGHT + 50, f"Carbon and hours of {len(places)} places")
    sheet.text(12, 24, "Carbon and hours of each place", "head")
    sheet.text(12, 44, f"Filled: no other place has less of one and not more of the other. {name}.", "quiet")
    sheet.line((LEFT, TOP), (LEFT, TOP + HEIGHT))
    sheet.line((LEFT, TOP + HEIGHT), (LEFT + WIDTH, TOP + HEIGHT))
    for part in (0.0, 0.5, 1.0):
        sheet.text(LEFT + WIDTH * part, TOP + HEIGHT + 20, f"{across * part:.1f}", "quiet", "middle")
        sheet.text(LEFT - 10, TOP + HEIGHT * (1 - part) + 4, f"{down * part:.1f}", "quiet", "end")
    sheet.text(LEFT + WIDTH / 2, TOP + HEIGHT + 40, "tonnes CO2e of everybody, there and back", "quiet", "middle")
    sheet.text(LEFT + 8, TOP + 6, "hours one way: half of the people need at most so many", "quiet")
    for tonnes, hours, place in sorted(spots):
        x, y = LEFT + WIDTH * tonnes / across, TOP + HEIGHT * (1 - hours / down)
        look = "on" if (tonnes, hours, place) in best else "off"
        sheet.dot(x, y, look, f"{place}: {tonnes:.1f} t, {hours:.1f} h")
        sheet.text(x + 11, y + 4, short(place, 24))
    return sheet.drawn()


def _beats(one: tuple[float, float, str], other: tuple[float, float, str]) -> bool:
    return one[:2] != other[:2] and one[0] <= other[0] and one[1] <= other[1]
