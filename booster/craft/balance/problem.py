"""The question: candidates, limits, seats. Checked once and read into a compact form that every other file uses."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from booster.craft.lots import lot_of

EACH = "*"
MILLI = 1000
HIGHEST_SCORE = 100_000
THOUSANDTH = Decimal("0.001")


class BadProblem(ValueError):
    """The question itself is wrong (a score that is no number, an id twice). `culprit` names the offending thing."""

    def __init__(self, message: str, culprit: str = "") -> None:
        super().__init__(message)
        self.culprit = culprit


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who may be chosen.

    `score`: points, int or Decimal, between -100,000 and 100,000, higher is better; counted in thousandths of a point
    (finer digits are rounded half to even). `attributes`: per attribute one value or a set of values; "" and an empty
    set mean "none". A candidate with several values of one attribute counts for each of them. `unit`: the organisation;
    None means "on their own", never limited.
    """

    id: str
    score: Decimal | int
    attributes: Mapping[str, Collection[str] | str] = field(default_factory=dict)
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """At least `minimum` and at most `maximum` chosen who carry `value` of `attribute`; None leaves that side open.

    `value` "*" stands for each value that some candidate carries. A limit that names a value goes before the "*" of
    the same attribute, side by side: a side it leaves open is still the "*"'s. Two limits that name the same value both
    hold. A `frozen` limit is never proposed for relaxing.
    """

    attribute: str
    value: str = EACH
    minimum: int | None = None
    maximum: int | None = None
    label: str = ""
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Choose exactly `seats` of `candidates` within `limits`; at most `per_unit_maximum` of one unit.

    A `per_unit_maximum` of None allows any number. `forced_in`, `forced_out`: ids settled by hand. `seed`: any integer;
    it decides between equals and nothing else.
    """

    candidates: Sequence[Candidate]
    seats: int
    limits: Sequence[Limit] = ()
    per_unit_maximum: int | None = 1
    forced_in: Collection[str] = ()
    forced_out: Collection[str] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One limit on one value, after "*" is expanded. `maximum` None: open."""

    attribute: str
    value: str
    minimum: int
    maximum: int | None
    label: str
    frozen: bool

    def limit(self) -> Limit:
        """The same as a limit that names its value."""
        return Limit(self.attribute, self.value, self.minimum or None, self.maximum, self.label, self.frozen)

    def allows(self, count: int) -> bool:
        return self.minimum <= count and (self.maximum is None or count <= self.maximum)


@dataclass(frozen=True, slots=True)
class Member:
    """A candidate as the algorithms see it: `points` in thousandths, `mask` with one bit per row that counts them."""

    id: str
    points: int
    lot: int
    rows: tuple[int, ...]
    mask: int
    unit: str | None

    @property
    def rank(self) -> tuple[int, int, str]:
        """Sorts the better first: higher score, then higher lot."""
        return (-self.points, -self.lot, self.id)


@dataclass(frozen=True, slots=True)
class Ground:
    """A checked problem. `members` are those who may be chosen, sorted by id, without those dropped."""

    members: tuple[Member, ...]
    rows: tuple[Row, ...]
    seats: int
    per_unit: int | None
    forced: frozenset[str]
    dropped: tuple[Member, ...]

    def find(self, ids: Iterable[str]) -> list[Member]:
        """The members with these ids, best first. BadProblem for an id that is not among them."""
        wanted = set(ids)
        found = [member for member in self.members if member.id in wanted]
        if len(found) < len(wanted):
            missing = min(wanted - {member.id for member in found})
            raise BadProblem(f"{missing!r} is not among those who may be chosen.", missing)
        return sorted(found, key=lambda member: member.rank)


def points_of(candidate: Candidate) -> int:
    """The score in thousandths of a point. BadProblem when it is no number or beyond the range."""
    score = candidate.score
    if type(score) not in (int, Decimal):
        raise BadProblem(f"The score of {candidate.id!r} is not an int or a Decimal.", candidate.id)
    if isinstance(score, Decimal) and not score.is_finite():
        raise BadProblem(f"The score of {candidate.id!r} is not a number.", candidate.id)
    if not -HIGHEST_SCORE <= score <= HIGHEST_SCORE:
        raise BadProblem(f"The score of {candidate.id!r} is beyond {HIGHEST_SCORE} points.", candidate.id)
    if isinstance(score, int):
        return score * MILLI
    return int(score.quantize(THOUSANDTH, rounding=ROUND_HALF_EVEN).scaleb(3))


def score_of(points: int) -> Decimal:
    """Thousandths back to points."""
    return Decimal(points).scaleb(-3)


def values_of(candidate: Candidate, attribute: str) -> frozenset[str]:
    """The values of one attribute that this candidate carries, possibly none."""
    carried = candidate.attributes.get(attribute, "")
    if isinstance(carried, str):
        return frozenset((carried,)) if carried else frozenset()
    return frozenset(value for value in carried if value)


def expand(candidates: Sequence[Candidate], limits: Sequence[Limit]) -> tuple[Row, ...]:
    """One row per attribute and value that some limit speaks of, sorted by attribute and value.

    A "*" on an attribute that nobody carries gives one row with the value "*", so that a misspelt attribute shows.
    """
    spread = {limit.attribute for limit in limits if limit.value == EACH}
    carried = {name: {value for one in candidates for value in values_of(one, name)} for name in spread}
    named: dict[tuple[str, str], list[Limit]] = {}
    star: dict[tuple[str, str], list[Limit]] = {}
    for limit in limits:
        _check_limit(limit)
        if limit.value != EACH:
            named.setdefault((limit.attribute, limit.value), []).append(limit)
            continue
        for value in carried[limit.attribute] or {EACH}:
            star.setdefault((limit.attribute, value), []).append(limit)
    return tuple(_row(key, named.get(key, []), star.get(key, [])) for key in sorted({*named, *star}))


def _row(key: tuple[str, str], named: list[Limit], star: list[Limit]) -> Row:
    attribute, value = key
    minima = [one.minimum for one in named if one.minimum is not None]
    minima = minima or [one.minimum for one in star if one.minimum is not None]
    maxima = [one.maximum for one in named if one.maximum is not None]
    maxima = maxima or [one.maximum for one in star if one.maximum is not None]
    labels = sorted(one.label for one in named if one.label)
    if not labels:
        labels = sorted(f"{one.label} {value}" for one in star if one.label)
    return Row(
        attribute=attribute,
        value=value,
        minimum=max(minima, default=0) if value != EACH else 0,
        maximum=min(maxima, default=None),
        label=labels[0] if labels else f"{attribute} {value}",
        frozen=any(one.frozen for one in (*named, *star)),
    )


def _check_limit(limit: Limit) -> None:
    name = limit.label or f"{limit.attribute} {limit.value}"
    for bound in (limit.minimum, limit.maximum):
        if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int) or bound < 0):
            raise BadProblem(f"The limit {name!r} needs whole numbers of 0 or more.", name)
    if not limit.attribute or not limit.value:
        raise BadProblem(f"The limit {name!r} needs an attribute and a value.", name)


def read(problem: Problem) -> Ground:
    """Check a problem and compile it. BadProblem names the culprit. Cost: candidates times attributes.

    The result does not depend on the order of candidates, limits or forced ids.
    """
    _check_numbers(problem)
    _check_ids(problem)
    rows = expand(problem.candidates, problem.limits)
    index = {(row.attribute, row.value): place for place, row in enumerate(rows)}
    attributes = sorted({row.attribute for row in rows})
    dropped = frozenset(problem.forced_out)
    members: list[Member] = []
    left: list[Member] = []
    for candidate in sorted(problem.candidates, key=lambda one: one.id):
        member = _member(candidate, attributes, index, problem.seed)
        (left if candidate.id in dropped else members).append(member)
    return Ground(
        members=tuple(members),
        rows=rows,
        seats=problem.seats,
        per_unit=problem.per_unit_maximum,
        forced=frozenset(problem.forced_in),
        dropped=tuple(left),
    )


def _member(candidate: Candidate, attributes: Sequence[str], index: Mapping[tuple[str, str], int], seed: int) -> Member:
    pairs = ((attribute, value) for attribute in attributes for value in values_of(candidate, attribute))
    rows = tuple(sorted(index[pair] for pair in pairs if pair in index))
    return Member(
        id=candidate.id,
        points=points_of(candidate),
        lot=lot_of(seed, candidate.id),
        rows=rows,
        mask=sum(1 << row for row in rows),
        unit=candidate.unit or None,
    )


def _check_numbers(problem: Problem) -> None:
    if isinstance(problem.seats, bool) or not isinstance(problem.seats, int) or problem.seats < 0:
        raise BadProblem("The number of seats must be a whole number of 0 or more.", "seats")
    most = problem.per_unit_maximum
    if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < 0):
        raise BadProblem("The maximum per organisation must be a whole number of 0 or more.", "per_unit_maximum")
    if isinstance(problem.seed, bool) or not isinstance(problem.seed, int):
        raise BadProblem("The seed must be a whole number.", "seed")


def _check_ids(problem: Problem) -> None:
    known: set[str] = set()
    for candidate in problem.candidates:
        if not isinstance(candidate.id, str) or not candidate.id:
            raise BadProblem(f"The id {candidate.id!r} is not a text.", str(candidate.id))
        if candidate.id in known:
            raise BadProblem(f"The id {candidate.id!r} is there twice.", candidate.id)
        known.add(candidate.id)
    for unknown in sorted({*problem.forced_in, *problem.forced_out} - known):
        raise BadProblem(f"{unknown!r} is settled by hand but is not a candidate.", unknown)
    for both in sorted({*problem.forced_in} & {*problem.forced_out}):
        raise BadProblem(f"{both!r} is both put in and left out by hand.", both)
