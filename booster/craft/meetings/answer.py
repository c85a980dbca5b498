"""The answer: the meetings, everybody's own list, what is proven about it, and the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Code = Literal["floor", "requests", "total", "smallest"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and what fills its sentence (`SENTENCES`), for translation."""

    code: str
    params: Mapping[str, str | int]
    sentence: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """`one` meets `other` (ids in sorted order) in `round` (from 1). `table`: from 1 in each round; None when nobody of
    the two is in the room. `affinity`: as counted for the plan. `requested`: how many of the two asked for it.
    """

    round: int
    one: str
    other: str
    table: int | None
    affinity: Decimal
    requested: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a person's list: in `round` they meet `other`, and why, the strongest reason first."""

    round: int
    other: str
    table: int | None
    affinity: Decimal
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pause:
    """A round in which a person meets nobody. Codes: away, odd, tables, nobody_left, worthless, better_elsewhere."""

    round: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """A person's own list, by round. `present`: rounds they are there. `total`: sum of their affinities.

    `sentence`: "5 of 6: in round 3 the number of people present is odd."
    """

    id: str
    present: int
    turns: tuple[Turn, ...]
    pauses: tuple[Pause, ...]
    total: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class Level:
    """One aim, in the order in which they were settled; each holds what those before it reached.

    Codes and units: "floor" (meetings that people lack to their floor, less is better), "requests" (meetings that both
    asked for), "total" (sum of affinities), "smallest" (the smallest total of a person). `bound`: what no plan with the
    same earlier aims can surpass; equal to `value` when `proven`.
    """

    code: Code
    value: Decimal
    bound: Decimal
    proven: bool
    sentence: str

    @property
    def gap(self) -> Decimal:
        return abs(self.bound - self.value)


@dataclass(frozen=True, slots=True)
class Plan:
    """`meetings` by round, then by ids. `people`: id to their list, sorted. `levels`: the aims, first things first.

    `dropped`: pairs that were best together but fit into no round, so that the plan goes without them. `unsettled`:
    pairs who do not meet although each would rather meet the other than somebody of their list (or than nobody).
    `unique`: proven that no other choice of pairs is as good in every aim once lots are drawn by the seed. `notes`:
    what the organiser should know. `sentence`: the whole in one line.
    """

    meetings: tuple[Meeting, ...]
    people: Mapping[str, PersonPlan]
    levels: tuple[Level, ...]
    dropped: tuple[tuple[str, str], ...]
    unsettled: tuple[tuple[str, str], ...]
    unique: bool
    notes: tuple[Reason, ...]
    sentence: str

    def level(self, code: str) -> Level:
        """The aim with this code. KeyError when there is none."""
        for one in self.levels:
            if one.code == code:
                return one
        raise KeyError(code)
