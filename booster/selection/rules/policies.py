"""How a cohort is chosen: the three policies in plain words, bands of points, and what is wrong with them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from booster.kit.words import N_

MERIT, LOTTERY, POINTS = "merit", "lottery", "points"
DRAWN = (MERIT, LOTTERY)  # those that draw one of many cohorts
WIDTH = 5  # points: narrower bands would pretend that evaluators measure finer than they do
FEWEST, MOST = 3, 5  # bands
TOP = 100
LETTERS = "ABCDE"
MEANS = {
    MERIT: N_(
        "As many people as possible from the highest band of points, then from the next. Among all groups that reach "
        "this, everybody gets the fairest chance there is, and a public draw decides."
    ),
    LOTTERY: N_(
        "Everybody over the threshold counts alike. Everybody gets the fairest chance that the limits allow, and a "
        "public draw decides."
    ),
    POINTS: N_("The group with the highest total of points. Lots decide only between people with the same points."),
}
NO_BOUND = N_("Write a whole number from 1 to {top}.")
NOT_BELOW = N_("A band is at least {width} points wide: write {most} or less.")
OVER_THRESHOLD = N_(
    "The last band begins at the threshold of {threshold} and is at least {width} points wide: write {least} or more."
)
TOO_FEW = N_("Merit first needs {fewest} to {most} bands: write at least {bounds} numbers.")
NO_THRESHOLD = N_("Write a number of points from {least} to {top}.")
KNOWN_ALREADY = N_("The seed must become known later than now: nobody may know it when the draw is announced.")


class BadPolicy(ValueError):
    """A policy, a threshold or bands that cannot be meant; ``place`` is the field: threshold, bands or band-1 …"""

    def __init__(self, message: str, place: str) -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True, slots=True)
class Band:
    """From ``least`` points (they belong to it) up to the next band above. ``letter`` from A, the highest."""

    letter: str
    least: Decimal
    below: Decimal | None  # None: the highest band has no upper end

    def holds(self, points: Decimal) -> bool:
        return self.least <= points and (self.below is None or points < self.below)


def threshold_of(text: str, *, call: Decimal) -> Decimal | None:
    """The threshold as typed; ``None`` for the call's own. Raises ``BadPolicy``: it cannot be lower than the call's."""
    text = text.strip().replace(",", ".")
    if not text:
        return None
    whole, _dot, part = text.partition(".")
    fits = whole.isascii() and whole.isdecimal() and (not part or (part.isascii() and part.isdecimal()))
    if not fits or len(part) > 2 or len(whole) > 3 or not call <= Decimal(text) <= TOP:
        raise BadPolicy(NO_THRESHOLD.format(least=f"{call.normalize():f}", top=TOP), "threshold")
    found = Decimal(text)
    return None if found == call else found


def bounds_of(texts: Sequence[str], *, threshold: Decimal) -> tuple[int, ...]:
    """The lower bounds of all bands but the last, highest first. Raises ``BadPolicy`` at the first field that is wrong.

    Fields left empty do not count.
    """
    found: list[int] = []
    for number, text in enumerate(texts, start=1):
        if not (text := text.strip()):
            continue
        if not (text.isascii() and text.isdecimal() and len(text) <= 3 and 0 < int(text) <= TOP):
            raise BadPolicy(NO_BOUND.format(top=TOP), f"band-{number}")
        most = (found[-1] if found else TOP) - WIDTH
        if int(text) > most:
            raise BadPolicy(NOT_BELOW.format(width=WIDTH, most=most), f"band-{number}")
        if int(text) < threshold + WIDTH:
            said = {"threshold": f"{threshold.normalize():f}", "width": WIDTH, "least": _up(threshold) + WIDTH}
            raise BadPolicy(OVER_THRESHOLD.format(**said), f"band-{number}")
        found.append(int(text))
    if not FEWEST <= len(found) + 1 <= MOST:
        raise BadPolicy(TOO_FEW.format(fewest=FEWEST, most=MOST, bounds=FEWEST - 1), "bands")
    return tuple(found)


def _up(number: Decimal) -> int:
    return int(-(-number // 1))


def usual_bounds(threshold: Decimal) -> tuple[int, ...]:
    """Bands of the same width from the top, for a call that has none yet: 90, 80, 70 over a threshold of 50."""
    step = max(WIDTH, int((TOP - threshold) / 4 / WIDTH) * WIDTH)
    return tuple(bound for n in (1, 2, 3) if (bound := TOP - n * step) >= threshold + WIDTH)


def bands_of(bounds: Iterable[int], threshold: Decimal) -> tuple[Band, ...]:
    """The bands of points, the highest first; the last begins at the threshold."""
    least = [*(Decimal(one) for one in bounds), threshold]
    tops: list[Decimal | None] = [None, *least]
    return tuple(Band(letter, low, top) for letter, low, top in zip(LETTERS, least, tops, strict=False))


def count(bands: Sequence[Band], points: Iterable[Decimal | None]) -> tuple[int, ...]:
    """How many of these points fall into each band; those without points, or under the last band, in none."""
    found = [0] * len(bands)
    for one in points:
        for place, band in enumerate(bands):
            if one is not None and band.holds(one):
                found[place] += 1
                break
    return tuple(found)
