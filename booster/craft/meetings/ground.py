"""The question in arrays: people sorted by id, every pair that may meet, its worth in whole units. Needs numpy."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from booster.craft.lots import BITS, lot_of
from booster.craft.meetings.problem import BadProblem, Person, Problem, check, check_weight, tables_of

MILLI = 1000
LOT_BITS = 20
LARGEST = 2**52


@dataclass(frozen=True, slots=True)
class Ground:
    """A checked problem. Pair `e` is `one[e]` < `other[e]`, places in `people`, which are sorted by id.

    `worth`: whole units of `unit`. `asked`: how many of the two asked for the meeting. `tabled`: needs a table.
    `there`: person by round. `place`: pair by two places, -1 where the two may not meet. `given`: counted as given.
    """

    people: tuple[Person, ...]
    there: np.ndarray
    one: np.ndarray
    other: np.ndarray
    worth: np.ndarray
    asked: np.ndarray
    met: np.ndarray
    tabled: np.ndarray
    place: np.ndarray
    tables: list[int] | None
    unit: Decimal
    problem: Problem
    requests: frozenset[tuple[str, str]]

    @property
    def rounds(self) -> int:
        return self.problem.rounds

    @property
    def ids(self) -> list[str]:
        return [person.id for person in self.people]

    def lots(self, pairs: np.ndarray) -> np.ndarray:
        """A number of 20 bits per pair: SHA-256 of the seed and both ids, each followed by a line feed."""
        names = [(self.people[self.one[pair]].id, self.people[self.other[pair]].id) for pair in pairs]
        return np.array([_lot(self.problem.seed, *pair) for pair in names], dtype=np.int64)

    def shown(self, units: float) -> Decimal:
        """Whole units as the number people know."""
        return (self.unit * int(units)).normalize() + 0


def _lot(seed: int, one: str, other: str) -> int:
    """The first 20 bits of the lot of the smaller and the larger id."""
    return lot_of(seed, min(one, other), max(one, other)) >> (BITS - LOT_BITS)


def read(problem: Problem) -> Ground:
    """Check and compile. BadProblem names the culprit. Cost: people squared times tags, 0.2 s for 1,000 people."""
    check(problem)
    order = sorted(range(len(problem.people)), key=lambda place: problem.people[place].id)
    people = tuple(problem.people[place] for place in order)
    there = np.array([[number not in person.away for number in range(1, problem.rounds + 1)] for person in people])
    there = there.reshape(len(people), problem.rounds).astype(bool)
    asked, met = _flags(people, problem.requested), _flags(people, problem.met)
    matrix = _worth(problem, people, order, asked, met | met.T)
    one, other = np.triu_indices(len(people), 1)
    allowed = _allowed(problem, people, there)[one, other]
    one, other = one[allowed], other[allowed]
    worth = matrix[one, other]
    unit = int(np.gcd.reduce(worth)) or MILLI if len(worth) else MILLI
    place = np.full((len(people), len(people)), -1, dtype=np.int32)
    place[one, other] = place[other, one] = np.arange(len(one))
    online = np.array([person.mode == "online" for person in people], dtype=bool)
    return Ground(
        people=people,
        there=there,
        one=one,
        other=other,
        worth=worth // unit,
        asked=(asked.astype(np.int64) + asked.T)[one, other],
        met=(met | met.T)[one, other],
        tabled=~(online[one] & online[other]),
        place=place,
        tables=tables_of(problem),
        unit=Decimal(unit) / MILLI,
        problem=problem,
        requests=frozenset((asker, asked) for asker, asked in problem.requested),
    )


def _flags(people: tuple[Person, ...], pairs: Collection[tuple[str, str]]) -> np.ndarray:
    index = {person.id: place for place, person in enumerate(people)}
    table = np.zeros((len(people), len(people)), dtype=bool)
    for one, other in pairs:
        table[index[one], index[other]] = True
    return table


def _allowed(problem: Problem, people: tuple[Person, ...], there: np.ndarray) -> np.ndarray:
    refused = _flags(people, problem.refused)
    allowed = ~(refused | refused.T)
    if not problem.across:
        online = np.array([person.mode == "online" for person in people], dtype=bool)
        room = np.array([person.mode == "room" for person in people], dtype=bool)
        apart = np.outer(online, room)
        allowed &= ~(apart | apart.T)
    together = (there.astype(np.int32) @ there.T.astype(np.int32)) > 0
    return np.asarray(allowed & together)


def _worth(
    problem: Problem, people: tuple[Person, ...], order: list[int], asked: np.ndarray, met: np.ndarray
) -> np.ndarray:
    """Thousandths per pair of places, symmetric."""
    base = _counted(problem, people) if problem.affinity is None else _given(problem, order)
    units: dict[str, int] = {}
    homes = np.array([units.setdefault(person.organisation, len(units)) if person.organisation else -1 - place
                      for place, person in enumerate(people)], dtype=np.int64)  # fmt: skip
    base[homes[:, None] == homes[None, :]] = 0
    base += (asked.astype(np.int64) + asked.T) * _milli(problem.worth.asked)
    loss = problem.worth.met
    base[met] = 0 if loss is None else np.maximum(0, base[met] - _milli(loss))
    if len(people) and int(base.max()) * len(people) * problem.rounds > LARGEST:
        raise BadProblem("The affinities are so large that their sum is no longer exact.", "affinity")
    return base


def _counted(problem: Problem, people: tuple[Person, ...]) -> np.ndarray:
    """Needs times offers, both ways, and `mutual` times the smaller way. Exact while below 2^52 thousandths."""
    tags: dict[str, int] = {}
    for person in people:
        for tag in [*person.needs, *person.offers]:
            tags.setdefault(tag, len(tags))
    needs, offers = (np.zeros((len(people), len(tags))) for _ in range(2))
    for place, person in enumerate(people):
        for tag, weight in person.needs.items():
            needs[place, tags[tag]] = float(weight)
        for tag, weight in person.offers.items():
            offers[place, tags[tag]] = float(weight)
    gains = np.rint(needs @ offers.T * MILLI)
    total = gains + gains.T + np.rint(float(problem.worth.mutual) * np.minimum(gains, gains.T))
    if total.size and total.max() > LARGEST:
        raise BadProblem("The weights are so large that their products are no longer exact.", "people")
    return np.asarray(total.astype(np.int64))


def _given(problem: Problem, order: list[int]) -> np.ndarray:
    rows = problem.affinity if problem.affinity is not None else ()
    size, ids = len(order), [person.id for person in problem.people]
    if len(rows) != size:
        raise BadProblem(f"The affinity has {len(rows)} rows for {size} people.", "affinity")
    for name, row in zip(ids, rows, strict=True):
        if len(row) != size:
            raise BadProblem(f"The affinity row of {name!r} has {len(row)} numbers for {size} people.", name)
    table = np.zeros((size, size), dtype=np.int64)
    for place, row in enumerate(rows):
        table[place] = [0 if place == column else _cell(value, ids, place, column) for column, value in enumerate(row)]
    crooked = np.argwhere(table != table.T)
    if len(crooked):
        first, second = (ids[place] for place in crooked[0])
        raise BadProblem(f"The affinity of {first!r} and {second!r} is not the same both ways.", f"{first}, {second}")
    return table[np.ix_(order, order)]


def _cell(value: object, ids: list[str], row: int, column: int) -> int:
    if type(value) is not int or not 0 <= value <= MILLI * MILLI:
        check_weight(value, f"The affinity of {ids[row]!r} and {ids[column]!r}", f"{ids[row]}, {ids[column]}")
    return _milli(value)  # type: ignore[arg-type]


def _milli(value: float | Decimal) -> int:
    return value * MILLI if type(value) is int else round(Decimal(value) * MILLI)
