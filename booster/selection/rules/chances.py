"""Chances as people read them: in words, and as the columns of a picture. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from booster.craft.balance.fair import chance_shown
from booster.kit.words import N_

SURE = N_("In every group that can be drawn: the seat is sure.")
BY_LOT = N_("By lot, with a chance of {chance}.")
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """``columns``: how many of those in the lottery have a chance up to 10 %, up to 20 % … below 100 %."""

    sure: int
    in_lottery: int
    without: int
    least: str
    columns: tuple[int, ...]


def said(chance: Fraction) -> str:
    """The reason of somebody who has a chance."""
    return SURE if chance == 1 else BY_LOT.format(chance=chance_shown(chance))


def spread(chances: Mapping[str, str], *, apart: Iterable[str] = ()) -> Spread:
    """How chances are spread over people; those ``apart`` (in by hand, seated) do not count."""
    left_out = set(apart)
    found = [Fraction(chance) for key, chance in chances.items() if key not in left_out]
    lots = [one for one in found if 0 < one < 1]
    columns = [0] * TENTHS
    for one in lots:
        columns[min(TENTHS - 1, max(0, -(-one * TENTHS // 1) - 1))] += 1
    return Spread(
        sure=sum(one == 1 for one in found),
        in_lottery=len(lots),
        without=sum(one == 0 for one in found),
        least=chance_shown(min((one for one in found if one), default=Fraction(0))),
        columns=tuple(columns),
    )
