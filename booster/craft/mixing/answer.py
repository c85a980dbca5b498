"""The answers: who sits with whom, how many meet, what no plan can surpass. Codes and params serve translation."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence with its code and figures. `params` hold ids and numbers."""

    code: str
    params: Mapping[str, str | int]
    sentence: str


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Who sits in one group. `people`: sorted ids. `facilitator`: None where the session has none."""

    group: str
    people: tuple[str, ...]
    facilitator: str | None = None


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """The groups of one session, in the order of the question; a group without people is there and empty."""

    session: str
    groups: tuple[GroupPlan, ...]


Plan = tuple[SessionPlan, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """Meetings of two people with the same value of an attribute. `least`: no plan with these sizes has fewer."""

    attribute: str
    meetings: int
    least: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What a plan amounts to, counted from nothing but the plan and the history.

    `ids`: people, sorted; rows and columns of `meetings`, how often two of them share a group, history included, 0 on
    the diagonal. `distinct`: pairs that meet at least once. `twice`, `oftener`: pairs that meet exactly two times, and
    more often. `least_partners`: the smallest number of others that any one person meets. `unmet`: per person, whom
    they do not meet, sorted. `mixing`: the cost of the plan alone, in the unit of the weights; `mixing_bound`: no plan
    with these group sizes costs less, pairs not looked at.
    """

    ids: tuple[str, ...]
    meetings: tuple[tuple[int, ...], ...]
    distinct: int
    twice: int
    oftener: int
    least_partners: int
    unmet: Mapping[str, tuple[str, ...]]
    mixing: Decimal
    mixing_bound: Decimal
    same: tuple[Same, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """How good the number of distinct pairs is known to be.

    `state` "optimal": no plan with these group sizes joins more pairs. "bound": the best number lies between the
    answer's and `bound`; `gap` is their difference. `by`: what proves the bound: "pairs" (there are no more pairs),
    "places" (each group of k joins k(k-1)/2 pairs), "pigeonhole" (groups larger than their number), "tables"
    (published: no such plan without repeats).
    """

    state: Literal["optimal", "bound"]
    bound: int
    gap: int
    by: Literal["pairs", "places", "pigeonhole", "tables"]
    sentence: str


@dataclass(frozen=True, slots=True)
class Mixing:
    """A plan with its counts and proof. `method`: "design", "starter", "search", or "kept" after a change.

    `moved`: per session id, the ids of people whose group differs from the published plan; empty for a new plan.
    `sentences`: to be read aloud, in order.
    """

    plan: Plan
    counts: Counts
    proof: Proof
    method: str
    sentences: tuple[Reason, ...]
    moved: Mapping[str, tuple[str, ...]]

    @property
    def moves(self) -> int:
        """How many times somebody changes a published group."""
        return sum(len(ids) for ids in self.moved.values())


@dataclass(frozen=True, slots=True)
class Clash:
    """Why no plan exists. `faults`: every fault found, each with code and params; `message`: their sentences."""

    message: str
    faults: tuple[Reason, ...]


class Infeasible(Exception):
    """No plan keeps all rules; `clash` says which of them and names the people, groups and sessions."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(clash.message)
        self.clash = clash


class Unsettled(Exception):
    """The search ended without a plan and without a proof that there is none. Ask again with more effort."""
