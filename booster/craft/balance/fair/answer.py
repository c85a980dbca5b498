"""What a fair choice answers: every group that may be drawn with its chance, how exact that is, and the draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from booster.craft.balance.answer import Reason
from booster.craft.balance.fair.terms import Terms


@dataclass(frozen=True, slots=True)
class Panel:
    """A whole group that may be drawn. `ids` sorted. `tickets` of the portfolio's; `chance` is their share."""

    ids: tuple[str, ...]
    tickets: int
    chance: Fraction


@dataclass(frozen=True, slots=True)
class Certificate:
    """How far the chances are known to be the fairest.

    `method` "relaxation": the fairest chances of fractional groups were reached by real groups, so nothing can be
    fairer. "columns": fractional groups promised more than real ones can hold; the fairest chances of real groups were
    found by generating groups until none helps. "single": there is one group only.
    `state` "exact": every chance is within `deviation` (of probability, at most 1e-6) of the fairest. "bound": the
    effort ended; no chance of anybody can be raised by more than `deviation` without lowering that of somebody with
    as little.
    """

    method: Literal["relaxation", "columns", "single"]
    state: Literal["exact", "bound"]
    deviation: float
    sentence: str


@dataclass(frozen=True, slots=True)
class BandCount:
    """A band: its letter, lower edge as text, people in it, and seats that go to it in every group."""

    name: str
    edge: str
    people: int
    seats: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Every group that may be drawn.

    `panels`: sorted by ids; their tickets add up to `tickets`, their chances to 1. `chances`: for every candidate the
    exact chance under these panels, sorted by id. `never`: those with chance 0 and why, sorted by id. `bands`: top
    first, empty without bands. `least`, `geometric_mean`: of the chances that are not 0, people put in by hand aside;
    1 when there are none.
    """

    terms: Terms
    seats: int
    panels: tuple[Panel, ...]
    tickets: int
    chances: Mapping[str, Fraction]
    bands: tuple[BandCount, ...]
    certificate: Certificate
    least: Fraction
    geometric_mean: float
    never: Mapping[str, Reason]
    sentence: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The outcome of a draw. `ball`: 0 to `tickets` - 1; `panel`: place in the published list, from 0; with its ids."""

    seed: str
    tickets: int
    ball: int
    panel: int
    ids: tuple[str, ...]

    @property
    def ball_shown(self) -> str:
        """The ball with leading zeros, as wide as the highest ball: 0417 of 1000 to 10,000 tickets."""
        return str(self.ball).zfill(len(str(self.tickets - 1)))


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What it costs to have one person in. `possible` False: no group within the limits holds them.

    `before`, `after`: seats per band, top first, without and with them. `band`: letter of the first band that loses,
    "" when nothing is lost; `fewer`: how many it loses.
    """

    id: str
    possible: bool
    before: tuple[int, ...]
    after: tuple[int, ...]
    band: str
    fewer: int
    sentence: str
