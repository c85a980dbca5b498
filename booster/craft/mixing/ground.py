"""A checked question as arrays. People are sorted by id, so that the order in which they are given changes nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np
import numpy.typing as npt

from booster.craft.mixing.problem import (
    Apart,
    BadProblem,
    Facilitator,
    Group,
    Person,
    Problem,
    Session,
    Together,
    Weight,
)

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
MILLI = 1000
HIGHEST_WEIGHT = 1_000_000


@dataclass(frozen=True, slots=True)
class Hour:
    """One session as arrays. `open`: person x group, who may sit where; nowhere when away. `apart`: person x person.

    `chains`: people who must sit together, as tuples of two or more; `low`, `high`: per group.
    """

    session: Session
    present: Flags
    open: Flags
    low: Ints
    high: Ints
    apart: Flags
    chains: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """`cost`: person x person, thousandths, what one meeting costs. `history`: how often two have met before.

    `codes`: per attribute with a weight, the value of each person as a number, -1 for none.
    """

    problem: Problem
    ids: tuple[str, ...]
    index: Mapping[str, int]
    people: tuple[Person, ...]
    hours: tuple[Hour, ...]
    history: Ints
    cost: Ints
    codes: Mapping[str, Ints]
    rates: Mapping[str, int]
    liking: Ints

    @property
    def size(self) -> int:
        return len(self.ids)


def read(problem: Problem) -> Ground:
    """Check a question and compile it. BadProblem names the culprit. Cost: sessions times people squared."""
    ids = _ids("person", [one.id for one in problem.people])
    _check_cohort(problem, ids)
    order = sorted(range(len(ids)), key=lambda place: ids[place])
    people = tuple(problem.people[place] for place in order)
    index = {one.id: place for place, one in enumerate(people)}
    rates = {name: milli(weight, f"weight of {name}", 0) for name, weight in sorted(problem.weights.items())}
    codes = {name: _codes(people, name) for name in rates}
    liking = _liking(problem, order)
    cost = -liking
    for name, rate in rates.items():
        held = codes[name]
        cost += rate * ((held[:, None] == held[None, :]) & (held[:, None] >= 0))
    np.fill_diagonal(cost, 0)
    return Ground(
        problem=problem,
        ids=tuple(one.id for one in people),
        index=index,
        people=people,
        hours=tuple(_hour(problem, people, index, session) for session in problem.sessions),
        history=met(problem.history, index),
        cost=cost,
        codes=codes,
        rates=rates,
        liking=liking,
    )


def met(gatherings: Iterable[Collection[str]], index: Mapping[str, int]) -> Ints:
    """How often each two people were in one of `gatherings`; ids that are not in `index` are passed over."""
    counts = np.zeros((len(index), len(index)), dtype=np.int64)
    for gathering in gatherings:
        known = sorted({index[one] for one in gathering if one in index})
        counts[np.ix_(known, known)] += 1
    np.fill_diagonal(counts, 0)
    return counts


def milli(number: Weight, name: str, least: int = -HIGHEST_WEIGHT) -> int:
    """A weight in whole thousandths. BadProblem when it is no number or out of range."""
    if isinstance(number, bool) or not isinstance(number, (int, float, Decimal)):
        raise BadProblem(f"The {name} is not a number.", name)
    exact = Decimal(number)
    if not exact.is_finite():
        raise BadProblem(f"The {name} is not a number.", name)
    if not least <= exact <= HIGHEST_WEIGHT:
        raise BadProblem(f"The {name} is not between {least} and {HIGHEST_WEIGHT}.", name)
    return int((exact * MILLI).to_integral_value())


def can_sit(one: Person | Facilitator, session: Session, group: Group) -> bool:
    """Whether place and language of a group suit a person or a facilitator who is present."""
    return _place_suits(one, session, group) and speaks(one, group)


def is_online(one: Person | Facilitator, session: Session) -> bool:
    return one.online or session.id in one.online_in


def speaks(one: Person | Facilitator, group: Group) -> bool:
    return not group.language or not one.languages or group.language in one.languages


def _place_suits(one: Person | Facilitator, session: Session, group: Group) -> bool:
    if group.place == "both":
        return True
    if is_online(one, session):
        return group.place == "online"
    return group.place == "room" or all(other.place == "online" for other in session.groups)


def _hour(problem: Problem, people: Sequence[Person], index: Mapping[str, int], session: Session) -> Hour:
    present = np.array([session.id not in one.away for one in people])
    seats = {(seat.person, seat.group) for seat in problem.seats if seat.session == session.id}
    seated = {person for person, _ in seats}
    opened = np.zeros((len(people), len(session.groups)), dtype=bool)
    suits: dict[tuple[bool, tuple[str, ...]], Flags] = {}
    for row in np.flatnonzero(present).tolist():
        one = people[row]
        kind = (is_online(one, session), tuple(sorted(one.languages)))
        if kind not in suits:
            suits[kind] = np.array([can_sit(one, session, group) for group in session.groups])
        opened[row] = suits[kind]
        if one.id in seated:
            opened[row] &= np.array([(one.id, group.id) in seats for group in session.groups])
    apart = np.zeros((len(people), len(people)), dtype=bool)
    for wish in problem.apart:
        if not wish.sessions or session.id in wish.sessions:
            rows = sorted(index[one] for one in wish.people)
            apart[np.ix_(rows, rows)] = True
    np.fill_diagonal(apart, False)
    apart &= present[:, None] & present[None, :]
    return Hour(
        session=session,
        present=present,
        open=opened,
        low=np.array([group.low for group in session.groups], dtype=np.int64),
        high=np.array([group.high for group in session.groups], dtype=np.int64),
        apart=apart,
        chains=_chains(problem, index, session, present),
    )


def ties(problem: Problem, session: Session) -> Iterator[list[str]]:
    """The groups of people who must stay together in a session, as wished."""
    for wish in problem.together:
        if not wish.sessions or session.id in wish.sessions:
            yield sorted(set(wish.people))


def _chains(
    problem: Problem, index: Mapping[str, int], session: Session, present: Flags
) -> tuple[tuple[int, ...], ...]:
    """Who must sit together once wishes that share a person are joined."""
    joined: list[set[int]] = []
    for wish in ties(problem, session):
        chain = {index[one] for one in wish if present[index[one]]}
        for other in [one for one in joined if one & chain]:
            chain |= other
            joined.remove(other)
        joined.append(chain)
    return tuple(sorted(tuple(sorted(chain)) for chain in joined if len(chain) > 1))


def _codes(people: Sequence[Person], name: str) -> Ints:
    held = [one.attributes.get(name, "") for one in people]
    numbers = {value: number for number, value in enumerate(sorted(set(held) - {""}))}
    return np.array([numbers.get(value, -1) for value in held], dtype=np.int64)


def _liking(problem: Problem, order: Sequence[int]) -> Ints:
    """The affinity in thousandths, in the order of ids. BadProblem unless it is square, finite and symmetric."""
    count = len(problem.people)
    if problem.affinity is None:
        return np.zeros((count, count), dtype=np.int64)
    if len(problem.affinity) != count or any(len(row) != count for row in problem.affinity):
        raise BadProblem(f"The affinity needs {count} rows of {count} numbers.", "affinity")
    ids = [one.id for one in problem.people]
    matrix = np.array(
        [
            [milli(number, f"affinity of {ids[row]} and {ids[column]}") for column, number in enumerate(line)]
            for row, line in enumerate(problem.affinity)
        ],
        dtype=np.int64,
    )
    for row, column in zip(*np.nonzero(matrix != matrix.T), strict=True):
        pair = f"{ids[row]} and {ids[column]}"
        raise BadProblem(f"The affinity of {pair} is not the same in both directions.", pair)
    np.fill_diagonal(matrix, 0)
    return matrix[np.ix_(order, order)]


def _ids(kind: str, ids: Sequence[str]) -> list[str]:
    known: set[str] = set()
    for one in ids:
        if not isinstance(one, str) or not one:
            raise BadProblem(f"The {kind} id {one!r} is not a text.", str(one))
        if one in known:
            raise BadProblem(f"The {kind} {one!r} is there twice.", one)
        known.add(one)
    return list(ids)


def _check_cohort(problem: Problem, ids: Sequence[str]) -> None:
    if not ids:
        raise BadProblem("There are no people.", "people")
    if len(ids) == 1:
        raise BadProblem(f"{ids[0]!r} is alone: there is nobody to meet.", ids[0])
    if not problem.sessions:
        raise BadProblem("There are no sessions.", "sessions")
    if isinstance(problem.seed, bool) or not isinstance(problem.seed, int):
        raise BadProblem("The seed must be a whole number.", "seed")
    leaders = _ids("facilitator", [one.id for one in problem.facilitators])
    for both in sorted({*ids} & {*leaders}):
        raise BadProblem(f"{both!r} is both a person and a facilitator.", both)
    sessions = _ids("session", [one.id for one in problem.sessions])
    for session in problem.sessions:
        _check_groups(session)
    _check_names(problem, {*ids}, {*leaders}, {*sessions})


def _check_groups(session: Session) -> None:
    if not session.groups:
        raise BadProblem(f"{session.id!r} has no groups.", session.id)
    _ids("group", [one.id for one in session.groups])
    for group in session.groups:
        sizes = (group.low, group.high)
        if any(isinstance(size, bool) or not isinstance(size, int) or size < 0 for size in sizes):
            raise BadProblem(
                f"The sizes of {group.id!r} in {session.id!r} are not whole numbers of 0 or more.", group.id
            )
        if group.low > group.high:
            raise BadProblem(f"The least size of {group.id!r} in {session.id!r} is above its largest.", group.id)
        if group.place not in ("room", "online", "both"):
            raise BadProblem(f"The place of {group.id!r} in {session.id!r} is none of room, online, both.", group.id)


def _check_names(problem: Problem, people: set[str], leaders: set[str], sessions: set[str]) -> None:
    places = {(session.id, group.id) for session in problem.sessions for group in session.groups}
    wishes: list[Apart | Together] = [*problem.apart, *problem.together]
    for wish in wishes:
        _known("person", wish.people, people)
        _known("session", wish.sessions, sessions)
    for leader in problem.facilitators:
        _known("person", leader.apart, people)
    everyone: list[Person | Facilitator] = [*problem.people, *problem.facilitators]
    for one in everyone:
        _known("session", (*one.away, *one.online_in), sessions)
    for seat in problem.seats:
        _known("person", (seat.person,), people | leaders)
        _known("session", (seat.session,), sessions)
        if (seat.session, seat.group) not in places:
            raise BadProblem(f"There is no group {seat.group!r} in {seat.session!r}.", seat.group)


def _known(kind: str, used: Collection[str], known: set[str]) -> None:
    if isinstance(used, str):
        raise BadProblem(f"A list of ids is needed, not the text {used!r}.", used)
    for one in sorted({*used} - known):
        raise BadProblem(f"There is no {kind} {one!r}.", one)


def pairs_of(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """All pairs, smaller number first."""
    return combinations(sorted(ids), 2)
