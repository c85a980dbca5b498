"""The question of who should meet whom: people, their needs and offers, rounds, tables. Pure, checked by `check`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite
from typing import Any, Literal

Number = int | float | Decimal
Mode = Literal["", "online", "room"]
MODES = ("", "online", "room")
MOST_PEOPLE = 2_000
MOST_ROUNDS = 60
HIGHEST = 1_000_000


class BadProblem(ValueError):
    """The question itself is wrong. `culprit` names the offending thing: an id, two ids, a field."""

    def __init__(self, message: str, culprit: str = "") -> None:
        super().__init__(message)
        self.culprit = culprit


@dataclass(frozen=True, slots=True)
class Person:
    """One who comes to meet others.

    `needs`, `offers`: tag to weight, 0 to 1,000,000 (1 low, 2 middle, 3 high by custom). `organisation`: two people of
    the same one are worth nothing to each other; None is on their own. `mode`: "online" and "room" do not meet each
    other unless the problem says `across`; "" meets both. `away`: rounds, from 1, in which the person cannot meet.
    """

    id: str
    needs: Mapping[str, Number] = field(default_factory=dict)
    offers: Mapping[str, Number] = field(default_factory=dict)
    organisation: str | None = None
    mode: Mode = ""
    away: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Worth:
    """How affinity is counted from needs and offers; all 0 or more, in the unit of the weights.

    `mutual`: times the smaller of what each gives the other, added for a meeting that serves both. `asked`: added for
    each of the two who asked for the meeting. `met`: taken off (down to 0) when they have met before; None takes all.
    """

    mutual: Number = 2
    asked: Number = 3
    met: Number | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Who meets whom in `rounds` rounds of one-to-one meetings, each pair at most once.

    `tables`: meetings at the same time, the same in every round or one number per round; None is no limit. Meetings of
    two people who are "online" need no table. `affinity`: instead of counting it, a symmetric matrix in the order of
    `people`, 0 to 1,000,000 (in thousandths, the diagonal is not read); organisations, requests and earlier meetings
    change it as they change a counted one. `refused`: pairs that never meet. `met`: pairs that have met
    before. `requested`: (who asks, who is asked). `spare`: how many of their rounds everybody may be left without a
    meeting before the floor speaks. `seed`: any integer; it decides between equals and nothing else.
    """

    people: Sequence[Person]
    rounds: int
    tables: int | Sequence[int] | None = None
    affinity: Sequence[Sequence[Number]] | None = None
    refused: Collection[tuple[str, str]] = ()
    met: Collection[tuple[str, str]] = ()
    requested: Collection[tuple[str, str]] = ()
    worth: Worth = field(default_factory=Worth)
    across: bool = False
    spare: int = 1
    seed: int = 0


def check(problem: Problem) -> None:
    """BadProblem for the first thing that is wrong, except inside the affinity matrix (see `ground.read`)."""
    _check_numbers(problem)
    _check_tables(problem)
    known = _check_people(problem)
    for name in ("refused", "met", "requested"):
        for pair in getattr(problem, name):
            _check_pair(name, pair, known)


def tables_of(problem: Problem) -> list[int] | None:
    """Tables in each round; None without a limit."""
    if problem.tables is None:
        return None
    if isinstance(problem.tables, int):
        return [problem.tables] * problem.rounds
    return list(problem.tables)


def _whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _check_numbers(problem: Problem) -> None:
    if len(problem.people) > MOST_PEOPLE:
        raise BadProblem(f"There are {len(problem.people)} people; at most {MOST_PEOPLE} can be planned.", "people")
    if not _whole(problem.rounds, 1, MOST_ROUNDS):
        raise BadProblem(f"The number of rounds must be a whole number from 1 to {MOST_ROUNDS}.", "rounds")
    if not _whole(problem.spare, 0, MOST_ROUNDS):
        raise BadProblem(f"The spare rounds must be a whole number from 0 to {MOST_ROUNDS}.", "spare")
    if type(problem.seed) is not int:
        raise BadProblem("The seed must be a whole number.", "seed")
    for name in ("mutual", "asked", "met"):
        value = getattr(problem.worth, name)
        if not (value is None and name == "met"):
            check_weight(value, f"The worth {name!r}", name)


def _check_tables(problem: Problem) -> None:
    tables = problem.tables
    if tables is None or _whole(tables, 0, MOST_PEOPLE):
        return
    if isinstance(tables, int | float | Decimal | str):
        raise BadProblem(f"The number of tables must be a whole number from 0 to {MOST_PEOPLE}.", "tables")
    if len(tables) != problem.rounds:
        raise BadProblem(f"Tables are given for {len(tables)} rounds, but there are {problem.rounds}.", "tables")
    for number, one in enumerate(tables, start=1):
        if not _whole(one, 0, MOST_PEOPLE):
            raise BadProblem(f"The number of tables in round {number} must be a whole number.", f"tables {number}")


def _check_people(problem: Problem) -> set[str]:
    known: set[str] = set()
    for person in problem.people:
        if not isinstance(person.id, str) or not person.id:
            raise BadProblem(f"The id {person.id!r} is not a text.", str(person.id))
        if person.id in known:
            raise BadProblem(f"{person.id!r} is there twice.", person.id)
        known.add(person.id)
        _check_person(person, problem.rounds)
    return known


def _check_person(person: Person, rounds: int) -> None:
    if person.mode not in MODES:
        raise BadProblem(f"The mode of {person.id!r} must be online, room or empty.", person.id)
    for number in person.away:
        if not _whole(number, 1, rounds):
            raise BadProblem(f"{person.id!r} is away in round {number!r}, but rounds go from 1 to {rounds}.", person.id)
    for name in ("needs", "offers"):
        for tag, weight in getattr(person, name).items():
            if not isinstance(tag, str) or not tag:
                raise BadProblem(f"The tag {tag!r} of {person.id!r} is not a text.", person.id)
            check_weight(weight, f"The weight of {tag!r} in the {name} of {person.id!r}", person.id)


def check_weight(value: Any, name: str, culprit: str) -> None:
    """BadProblem unless it is a finite number from 0 to 1,000,000."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not isfinite(value):
        raise BadProblem(f"{name} is not a number.", culprit)
    if not 0 <= value <= HIGHEST:
        raise BadProblem(f"{name} must be from 0 to {HIGHEST}.", culprit)


def _check_pair(name: str, pair: Any, known: set[str]) -> None:
    if isinstance(pair, str) or len(pair) != 2:
        raise BadProblem(f"{pair!r} in {name!r} is not a pair.", str(pair))
    for one in pair:
        if one not in known:
            raise BadProblem(f"{one!r} in {name!r} is not among the people.", str(one))
    if pair[0] == pair[1]:
        raise BadProblem(f"{pair[0]!r} in {name!r} is paired with themselves.", pair[0])
