"""The question: people, sessions with their groups, and what must hold in each. Plain data; `ground.read` checks it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Place = Literal["room", "online", "both"]
Weight = int | float | Decimal


class BadProblem(ValueError):
    """The question itself is wrong (a person twice, a weight that is no number). `culprit` names the offender."""

    def __init__(self, message: str, culprit: str = "") -> None:
        super().__init__(message)
        self.culprit = culprit


@dataclass(frozen=True, slots=True)
class Person:
    """One who sits in a group in every session they attend.

    `attributes`: one value per attribute, "" means none; people with the same value cost that attribute's weight each
    time they share a group. `languages`: those they can work in; empty means any. `online`: takes part from afar;
    `online_in` names single sessions for somebody who is otherwise in the room. `away`: sessions they miss.
    """

    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    languages: Collection[str] = ()
    online: bool = False
    online_in: Collection[str] = ()
    away: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Facilitator:
    """One who leads at most one group per session. `apart`: whom they must not lead. The rest as for a person."""

    id: str
    languages: Collection[str] = ()
    online: bool = False
    online_in: Collection[str] = ()
    away: Collection[str] = ()
    apart: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A table or breakout room for `low` to `high` people, both included, facilitators not counted.

    `place` "room" takes people in the room, "online" those online, "both" anyone; in a session that has online groups
    only, everybody sits there. `language` "" is open to all; another takes only people who work in it.
    """

    id: str
    low: int
    high: int
    place: Place = "room"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One round of groups. `facilitated`: every group that has people needs a facilitator of its own."""

    id: str
    groups: Sequence[Group]
    facilitated: bool = False


@dataclass(frozen=True, slots=True)
class Apart:
    """No two of `people` share a group, in the named `sessions` or, when none is named, in any."""

    people: Collection[str]
    sessions: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """All of `people` who are present share one group, in the named `sessions` or, when none is named, in every one."""

    people: Collection[str]
    sessions: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """`person` (or a facilitator) is in `group` in `session`; it holds for nothing when they are away."""

    person: str
    session: str
    group: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Split people into groups, session after session, so that they meet as many others as they can.

    In this order: most pairs that meet at least once, history counted; fewest pairs that meet more than twice; the
    highest minimum of partners; the lowest mixing cost. Groups of a session are as even in size as their limits and
    the rules let them be.

    `history`: groups that really sat together before, one collection of ids each; ids of people who left are ignored.
    `weights`: per attribute, what one meeting of two people with the same value costs (0 or more). `affinity`: a square
    matrix in the order of `people`; a higher number makes a meeting more welcome. Both are counted in thousandths.
    `seed`: any whole number; it decides between equals and nothing else.
    """

    people: Sequence[Person]
    sessions: Sequence[Session]
    facilitators: Sequence[Facilitator] = ()
    apart: Sequence[Apart] = ()
    together: Sequence[Together] = ()
    seats: Sequence[Seat] = ()
    history: Sequence[Collection[str]] = ()
    weights: Mapping[str, Weight] = field(default_factory=dict)
    affinity: Sequence[Sequence[Weight]] | None = None
    seed: int = 0


def even_sessions(count: int, groups: int, people: int, facilitated: bool = False) -> tuple[Session, ...]:
    """`count` sessions of `groups` groups that share `people` as evenly as whole people can be shared."""
    low, high = people // groups, -(-people // groups)
    tables = tuple(Group(f"g{place + 1}", low, high) for place in range(groups))
    return tuple(Session(f"s{turn + 1}", tables, facilitated) for turn in range(count))
