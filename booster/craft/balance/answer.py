"""The answers: a choice or a clash, each with its explanation. Sentences are English; codes and params translate."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Bound = Literal["minimum", "maximum"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one candidate is or is not chosen. `params` fill the sentence; they never hold another candidate's data.

    Codes of the chosen: in_by_hand, in_lot, in_sure, in_minimum, in_best_fit.
    Codes of the others: out_by_hand, out_no_seats, out_seats_by_hand, out_unit, out_unit_none, out_maximum,
    out_maximum_lot, out_maximum_none, out_below, out_lot, out_limits.
    """

    code: str
    params: Mapping[str, str | int]
    sentence: str


@dataclass(frozen=True, slots=True)
class Reserve:
    """One who may move up. `seats`: ids of the chosen whose place they could take, all limits kept; best first."""

    id: str
    seats: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class LimitOutcome:
    """A limit and what was reached. `binding`: the side that is reached exactly, or None."""

    attribute: str
    value: str
    label: str
    minimum: int | None
    maximum: int | None
    reached: int
    binding: Bound | None


@dataclass(frozen=True, slots=True)
class Proof:
    """How good the total is known to be.

    `state` "optimal": no selection within the limits has a higher total. "bound": the search was stopped; the best
    possible total lies between the answer's and `bound`. `gap`: bound minus total, in points. `unique`: the lots leave
    exactly this selection, so that every solver on every machine gives it.
    """

    state: Literal["optimal", "bound"]
    bound: Decimal
    gap: Decimal
    unique: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`chosen`: best first (score, then lot). `reserve`: in the order of moving up. `reasons`: one per candidate.

    `total` and `average` in points; the average of nobody is 0.
    """

    chosen: tuple[str, ...]
    reserve: tuple[Reserve, ...]
    reasons: Mapping[str, Reason]
    limits: tuple[LimitOutcome, ...]
    total: Decimal
    average: Decimal
    proof: Proof

    @property
    def reserve_ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.reserve)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One bound moved. `side` "minimum" or "maximum" of a value; "per_unit" (places per organisation); "seats"."""

    attribute: str
    value: str
    label: str
    side: Literal["minimum", "maximum", "per_unit", "seats"]
    before: int
    after: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Why no selection exists, and the least that would help.

    `kind`: "candidates" (fewer than seats), "arithmetic" (one attribute cannot add up), "units" (too few
    organisations), "together" (each limit alone could hold, all together cannot), "structure" (no limit helps).
    `faults`: what was found, each with code and params; `message` is their sentences in one text. The codes:
    few_candidates, few_of_units, many_forced, minimum_above_maximum, minimum_above_available, minima_above_seats,
    maxima_below_seats, few_units, together, forced_units, nothing_helps. `limits`: labels of those that clash.
    `relaxations`: together they make a selection possible, proven by one; none of them can be smaller.
    `alternatives`: up to two other such sets. All empty when nothing helps.
    """

    kind: Literal["candidates", "arithmetic", "units", "together", "structure"]
    message: str
    faults: tuple[Reason, ...]
    limits: tuple[str, ...]
    relaxations: tuple[Relaxation, ...] = ()
    alternatives: tuple[tuple[Relaxation, ...], ...] = ()


class Infeasible(Exception):
    """No selection keeps all limits; `clash` says which of them and what to relax."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(clash.message)
        self.clash = clash


class Unsettled(Exception):
    """The effort was used up before any selection was found; nothing is known. Ask again with more."""
