"""Candidates who are alike as one kind, and the rules of a group as lines over kinds. Whole numbers only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from booster.craft.balance.fair.terms import Field
from booster.craft.balance.problem import Ground, Member

Counts = tuple[int, ...]  # how many of each kind: a group


@dataclass(frozen=True, slots=True)
class Kind:
    """People no rule tells apart, in the order of their lots. `forced`: all of them are in every group."""

    ids: tuple[str, ...]
    band: int | None
    forced: bool
    lot: int

    @property
    def size(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Line:
    """At least `low` and at most `high` people of these kinds."""

    kinds: tuple[int, ...]
    low: int
    high: int

    def holds(self, counts: Counts) -> bool:
        return self.low <= sum(counts[kind] for kind in self.kinds) <= self.high


@dataclass(frozen=True, slots=True)
class Face:
    """All groups of `seats` that keep the lines. Kinds are sorted by their lowest id, whatever the input's order."""

    kinds: tuple[Kind, ...]
    lines: tuple[Line, ...]
    seats: int

    def holds(self, counts: Counts) -> bool:
        """Whether these counts are a group. Exact."""
        inside = all(kind.size * kind.forced <= got <= kind.size for kind, got in zip(self.kinds, counts, strict=True))
        return inside and sum(counts) == self.seats and all(line.holds(counts) for line in self.lines)

    def with_band(self, band: int, seats: int) -> "Face":
        """The groups among these that give exactly so many seats to a band."""
        return replace(self, lines=(*self.lines, Line(self.of_band(band), seats, seats)))

    def with_all(self, name: str) -> "Face":
        """The groups among these that hold everyone of the kind of this person."""
        place = next(place for place, kind in enumerate(self.kinds) if name in kind.ids)
        size = self.kinds[place].size
        return replace(self, lines=(*self.lines, Line((place,), size, size)))

    def of_band(self, band: int) -> tuple[int, ...]:
        return tuple(place for place, kind in enumerate(self.kinds) if kind.band == band)

    def only(self, kept: Sequence[int]) -> "Face":
        """The groups among these of the kinds kept alone."""
        places = {kind: place for place, kind in enumerate(kept)}
        lines = [
            Line(tuple(places[kind] for kind in line.kinds if kind in places), line.low, line.high)
            for line in self.lines
        ]
        binding = [line for line in lines if line.low > 0 or line.high < self.most(line, kept)]
        return Face(tuple(self.kinds[kind] for kind in kept), tuple(binding), self.seats)

    def most(self, line: Line, kept: Sequence[int]) -> int:
        """The people of a line's kinds, whose places are those of the kinds kept."""
        return sum(self.kinds[kept[kind]].size for kind in line.kinds)

    def around(self, chances: Sequence[Fraction]) -> "Face":
        """The groups among these that a lottery with these chances can use: what is certain for it is a rule."""
        lines = []
        for line in self.lines:
            reached = sum((chances[kind] * self.kinds[kind].size for kind in line.kinds), Fraction(0))
            low = line.high if reached == line.high else line.low
            lines.append(Line(line.kinds, low, line.low if reached == line.low else line.high))
        sure = [Line((place,), kind.size, kind.size) for place, kind in enumerate(self.kinds) if chances[place] == 1]
        never = [Line((place,), 0, 0) for place in range(len(self.kinds)) if chances[place] == 0]
        return replace(self, lines=(*lines, *sure, *never))


def face_of(field: Field, *, apart: Iterable[str] = ()) -> Face:
    """The face of all groups. `apart`: ids that become kinds of their own."""
    ground, alone = field.ground, frozenset(apart)
    held = Counter(row for member in ground.members for row in member.rows)
    binding = {place for place, row in enumerate(ground.rows) if _binds(row.minimum, row.maximum, held[place])}
    units = crowded(ground)
    groups: dict[tuple[object, ...], list[Member]] = {}
    for member in ground.members:
        single = member.id if member.id in ground.forced or member.id in alone else ""
        rows = tuple(row for row in member.rows if row in binding)
        unit = member.unit if member.unit in units else None
        groups.setdefault((single, rows, unit, field.bands.get(member.id)), []).append(member)
    found = sorted(groups.items(), key=lambda item: item[1][0].id)
    lines = [*_row_lines(ground, binding, [key for key, _ in found]), *_unit_lines(ground, units, found)]
    return Face(tuple(_kind(field, members) for _, members in found), tuple(lines), ground.seats)


def crowded(ground: Ground) -> frozenset[str]:
    """The organisations with more people than may be chosen."""
    if ground.per_unit is None:
        return frozenset()
    numbers = Counter(member.unit for member in ground.members if member.unit)
    return frozenset(unit for unit, number in numbers.items() if number > ground.per_unit)


def _binds(minimum: int, maximum: int | None, held: int) -> bool:
    return minimum > 0 or (maximum is not None and maximum < held)


def _kind(field: Field, members: Sequence[Member]) -> Kind:
    first = members[0]
    ids = tuple(one.id for one in sorted(members, key=lambda one: (one.lot, one.id)))
    lot = sum(one.lot for one in members) & (1 << 64) - 1
    return Kind(ids, field.bands.get(first.id), first.id in field.ground.forced, lot)


def _row_lines(ground: Ground, binding: set[int], keys: Sequence[tuple[object, ...]]) -> list[Line]:
    kinds: dict[int, list[int]] = {row: [] for row in sorted(binding)}
    for place, (_, rows, _, _) in enumerate(keys):
        for row in rows:  # type: ignore[attr-defined]
            kinds[row].append(place)
    tops = {row: ground.rows[row].maximum for row in kinds}
    return [
        Line(tuple(places), ground.rows[row].minimum, ground.seats if (top := tops[row]) is None else top)
        for row, places in kinds.items()
    ]


def _unit_lines(
    ground: Ground, units: frozenset[str], found: Sequence[tuple[tuple[object, ...], list[Member]]]
) -> list[Line]:
    kinds: dict[str, list[int]] = {unit: [] for unit in sorted(units)}
    for place, (_, members) in enumerate(found):
        if members[0].unit in kinds:
            kinds[members[0].unit].append(place)
    return [Line(tuple(places), 0, ground.per_unit or 0) for places in kinds.values()]
