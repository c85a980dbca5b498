"""The answers: conflicts, places, proposals, clashes. Sentences are English; codes and params translate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from booster.craft.timetable.programme import Place
from booster.craft.timetable.sentences import SENTENCES

Param = str | int


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing said. `code` is a key of SENTENCES, `params` fill it."""

    code: str
    params: Mapping[str, Param]
    sentence: str


def say(code: str, **params: Param) -> Reason:
    return Reason(code, params, SENTENCES[code].format(**params))


@dataclass(frozen=True, slots=True)
class Conflict:
    """One broken rule. `sessions`: ids of those that break it, in order of start; `move`: the one to move first.

    `reason` names both sides and a remedy. `places`: where `move` would fit, when asked for.
    """

    sessions: tuple[str, ...]
    move: str
    reason: Reason
    places: tuple[Place, ...] = ()

    @property
    def code(self) -> str:
        return self.reason.code

    @property
    def sentence(self) -> str:
        return self.reason.sentence


@dataclass(frozen=True, slots=True)
class Stage:
    """One aim of the strict order. `value`: what was reached; `bound`: nothing can be lower, given the stages before.

    Names: moves (sessions not at their published place), shift (minutes moved), wishes (speakers outside their wishes),
    chains (minutes between sessions in order), idle (minutes a track is open and nothing runs), ties (no meaning: fixes
    one of equals).
    """

    name: str
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.bound >= self.value

    @property
    def gap(self) -> int:
        return max(0, self.value - self.bound)


@dataclass(frozen=True, slots=True)
class Proof:
    """How good the proposal is known to be.

    `state` "optimal": no timetable is better in any stage. "bound": the search stopped; stages say how much could still
    be gained. `unique`: ties leave exactly this timetable, whatever the solver. `steps`: deterministic seconds used.
    """

    state: Literal["optimal", "bound"]
    unique: bool
    steps: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Proposal:
    """`places`: per session id, sorted by id. `moved`: ids whose published place changed. `room_changes`: how often a
    track changes rooms between one session and the next of the same day (kept low, not proven lowest)."""

    places: Mapping[str, Place]
    stages: tuple[Stage, ...]
    proof: Proof
    moved: tuple[str, ...] = ()
    room_changes: int = 0
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Relief:
    """One thing that would help: ask a speaker for a time, or leave a session out (`speaker` "", `place` None)."""

    session: str
    speaker: str
    place: Place | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Clash:
    """Why there is no timetable, and the least that would help.

    `kind`: "circle" (sessions in a circle), "alone" (a session that fits nowhere even alone), "capacity" (minutes do
    not add up), "together" (each fits alone, all do not). `faults`: what was found without any search. `reliefs`:
    together they make a timetable possible; `cost` is 10 per speaker asked and day, 30 per session left out; no other
    set costs less than `bound`: equal means proven minimal. `alternatives`: other sets, cheapest first.
    """

    kind: Literal["circle", "alone", "capacity", "together"]
    message: str
    faults: tuple[Reason, ...]
    reliefs: tuple[Relief, ...] = ()
    cost: int = 0
    bound: int = 0
    alternatives: tuple[tuple[Relief, ...], ...] = ()

    @property
    def proven(self) -> bool:
        return bool(self.reliefs) and self.bound >= self.cost


class Impossible(Exception):
    """No timetable keeps all rules; `clash` says which and what to change."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(clash.message)
        self.clash = clash


class Unsettled(Exception):
    """The effort ran out before any timetable was found or ruled out. Ask again with more effort."""
