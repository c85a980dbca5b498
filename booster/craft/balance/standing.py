"""How a set of chosen stands against the limits, and who could take whose place."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booster.craft.balance.problem import BadProblem, Candidate, Ground, Member, Problem, Row, read, values_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts of one set of chosen. `full` and `bare`: bit masks of rows at their maximum and at their minimum."""

    chosen: tuple[Member, ...]
    counts: tuple[int, ...]
    full: int
    bare: int
    full_units: frozenset[str]
    sound: bool

    def swaps(self, entering: Member, leaving: Member) -> bool:
        """Whether all limits still hold after this one-for-one exchange. Two bit operations when the set is sound."""
        return (
            self.sound
            and not (entering.mask & self.full & ~leaving.mask)
            and not (leaving.mask & self.bare & ~entering.mask)
            and (entering.unit not in self.full_units or entering.unit == leaving.unit)
        )

    def obstacles(self, entering: Member, leaving: Member) -> int:
        """The rows, as a bit mask, that this exchange would break."""
        return (entering.mask & self.full & ~leaving.mask) | (leaving.mask & self.bare & ~entering.mask)


def stand(ground: Ground, chosen: Iterable[Member]) -> Standing:
    """Count a set. `sound` says whether it keeps every limit (the number of seats aside)."""
    members = tuple(sorted(chosen, key=lambda member: member.rank))
    counts = count(ground.rows, members)
    units = Counter(member.unit for member in members if member.unit)
    most = ground.per_unit
    full = sum(1 << place for place, row in enumerate(ground.rows) if counts[place] == row.maximum)
    bare = sum(1 << place for place, row in enumerate(ground.rows) if counts[place] == row.minimum)
    rows_hold = all(row.allows(number) for row, number in zip(ground.rows, counts, strict=True))
    full_units = [unit for unit, number in units.items() if most is not None and number >= most]
    if most == 0:
        full_units = [member.unit for member in ground.members if member.unit]
    units_hold = most is None or max(units.values(), default=0) <= most
    return Standing(members, counts, full, bare, frozenset(full_units), rows_hold and units_hold)


def polished(ground: Ground, standing: Standing) -> Standing:
    """The same set after every one-for-one exchange that improves score, or lot at equal score. Forced people stay.

    Changes nothing in a best selection; a search that was stopped becomes one whose reasons hold.
    """
    while exchange := _improving(ground, standing):
        entering, leaving = exchange
        kept = [member for member in standing.chosen if member.id != leaving.id]
        standing = stand(ground, [*kept, entering])
    return standing


def _improving(ground: Ground, standing: Standing) -> tuple[Member, Member] | None:
    taken = {member.id for member in standing.chosen}
    movable = [member for member in standing.chosen if member.id not in ground.forced]
    others = [one for one in ground.members if one.id not in taken and movable and one.rank < movable[-1].rank]
    for entering in others:
        for leaving in reversed(movable):
            if leaving.rank < entering.rank:
                break
            if standing.swaps(entering, leaving):
                return entering, leaving
    return None


def count(rows: Sequence[Row], members: Iterable[Member]) -> tuple[int, ...]:
    """How many of the members count towards each row."""
    counts = [0] * len(rows)
    for member in members:
        for row in member.rows:
            counts[row] += 1
    return tuple(counts)


def replacements(problem: Problem, chosen: Iterable[str], leaving: str) -> tuple[str, ...]:
    """Who can take the seat of `leaving` while the other `chosen` stay and every limit holds; best first.

    Best is the higher score, then the higher lot. People left out by hand are never proposed. Empty when nobody can do
    it alone. BadProblem when an id is unknown or `leaving` is not chosen. Cost: linear; no solver.
    """
    ground = read(problem)
    members = ground.find(chosen)
    gone = [member for member in members if member.id == leaving]
    if not gone:
        raise BadProblem(f"{leaving!r} is not among the chosen.", leaving)
    standing = stand(ground, [member for member in members if member.id != leaving])
    taken = {member.id for member in members}
    able = [one for one in ground.members if one.id not in taken and completes(ground, standing, one)]
    return tuple(one.id for one in sorted(able, key=lambda one: one.rank))


def completes(ground: Ground, standing: Standing, entering: Member) -> bool:
    """Whether adding one person to a set makes every limit hold."""
    if entering.unit in standing.full_units:
        return False
    rows = zip(ground.rows, standing.counts, strict=True)
    return all(row.allows(number + (entering.mask >> place & 1)) for place, (row, number) in enumerate(rows))


def carried_values(candidates: Iterable[Candidate]) -> dict[str, dict[str, int]]:
    """Per attribute and value, how many of these candidates carry it; both sorted by name."""
    counts: dict[str, Counter[str]] = {}
    for candidate in candidates:
        for attribute in candidate.attributes:
            counts.setdefault(attribute, Counter()).update(values_of(candidate, attribute))
    return {attribute: dict(sorted(values.items())) for attribute, values in sorted(counts.items())}
