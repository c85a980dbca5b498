"""The cohort builder's picture: every candidate with the reason, each limit with what is reached, who the group is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from booster.calls.models import Call
from booster.craft.balance import Candidate, Tally, tally
from booster.people.rules import countries, ecosystems
from booster.selection.models import Scenario
from booster.selection.queries import batches
from booster.selection.queries.pool import Standing
from booster.selection.queries.solving import named
from booster.selection.rules import limits, results, whatif
from booster.selection.rules.whatif import Hand

PICTURED = ("country", "ecosystem", "maturity", "gender", "role", "newcomer")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the organiser tries: nothing of it is saved by asking. ``seats``: of the whole group; ``cut_off``: the batch
    that is chosen from, nothing for the whole call."""

    seats: int
    seed: int
    wish: limits.Wish
    hand: Hand
    reserves: int = 10
    cut_off: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One candidate as the list shows it.

    ``reserve`` is the place on the reserve list, ``fills`` how many seats the person could take; ``carries`` what
    limits could ask of the person, as ``attribute:value``.
    """

    pk: int
    reference: str
    title: str
    organisation: str
    country: str
    ecosystems: tuple[str, ...]
    about: str
    points: Decimal | None
    is_in: bool
    by_hand: bool
    reason: str
    reserve: int | None
    fills: int
    code: str = ""
    carries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit on one value and what the group reaches. ``state``: under, ok, at_maximum, over."""

    attribute: str
    value: str
    label: str
    minimum: int | None
    maximum: int | None
    count: int
    available: int
    state: str

    @property
    def broken(self) -> bool:
        return self.state in ("under", "over")

    @property
    def binding(self) -> bool:
        return self.state == "at_maximum" or (self.minimum is not None and self.count == self.minimum)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of the group carry a value, among how many candidates, within which limit. ``key``: attribute:value."""

    label: str
    value: int
    available: int
    ecosystem: str = ""
    key: str = ""
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """``outside``: sent applications that cannot be chosen, with the reason. ``seated``: who has a place from another
    batch. ``is_stale``: the pool changed since the scenario was worked out."""

    rows: tuple[PersonRow, ...]
    seated: tuple[PersonRow, ...]
    outside: tuple[PersonRow, ...]
    tally: Tally
    limits: tuple[LimitRow, ...]
    pictures: Mapping[str, tuple[Bar, ...]]
    values: Mapping[str, tuple[str, ...]]
    is_stale: bool

    @property
    def size(self) -> int:
        return self.tally.size

    @property
    def broken(self) -> list[LimitRow]:
        return [one for one in self.limits if one.broken]

    @property
    def binding(self) -> list[LimitRow]:
        return [one for one in self.limits if one.binding and not one.broken]

    @property
    def slack(self) -> list[LimitRow]:
        return [one for one in self.limits if not one.binding and not one.broken]


def board(call: Call, asked: Asked, scenario: Scenario | None) -> Board:
    """The whole picture, without a solver. Queries as ``batches.field`` and one, whatever the number of candidates."""
    field = batches.field(call, asked.cut_off)
    found, people, seated = field.found, field.candidates(), set(field.seated_ids)
    free = [one for one in people if one.id not in seated]
    hand = asked.hand.known({one.id for one in free})
    result = scenario.result if scenario and scenario.result.get("chosen") is not None else None
    seats = max(0, asked.seats - len(seated))
    taken = whatif.in_now(free, seats, result["chosen"] if result else None, hand)
    wished = named(people, asked.wish.limits)
    counted = tally(people, taken | seated, wished, per_unit_maximum=asked.wish.per_organisation)
    places = {key: n for n, key in enumerate(results.reserve_list(result, asked.reserves) if result else (), start=1)}
    traits = {one.id: one for one in people}
    rows = [_row(one, seats, taken, hand, result, places, traits.get(one.application.reference)) for one in found]
    return Board(
        seated=tuple(
            _row(one, seats, seated, hand, None, {}, traits[one.application.reference]) for one in field.seated
        ),
        rows=tuple(row for row, one in zip(rows, found, strict=True) if not one.why_out),
        outside=tuple(row for row, one in zip(rows, found, strict=True) if one.why_out),
        tally=counted,
        limits=tuple(
            LimitRow(
                line.attribute, line.value, name(line.attribute, line.value), line.minimum, line.maximum, line.count,
                line.available, line.state,
            )
            for line in counted.lines
        ),
        pictures=_pictures(people, counted),
        values=_values(people),
        is_stale=result is not None and result.get("digest") != results.digest(people),
    )  # fmt: skip


def _row(
    one: Standing,
    seats: int,
    taken: set[str],
    hand: Hand,
    result: Mapping[str, Any] | None,
    places: Mapping[str, int],
    candidate: Candidate | None,
) -> PersonRow:
    row, key = one.application, one.application.reference
    reserve = places.get(key)
    is_in = key in taken
    return PersonRow(
        pk=row.pk,
        reference=key,
        title=row.title or key,
        organisation=row.organisation.name if row.organisation else "",
        country=_(countries.name(row.country)) if row.country else "",
        ecosystems=tuple(row.ecosystems),
        about=", ".join(
            str(row.answers[part]) for part in ("role", "maturity", "gender") if row.answers.get(part)
        ),
        points=one.points,
        is_in=is_in,
        by_hand=key in hand.picked or key in hand.dropped,
        reason=one.why_out
        or whatif.reason(key, seats=seats, is_in=is_in, hand=hand, reasons=result["reasons"] if result else None),
        reserve=None if is_in else reserve,
        fills=len(result["seats_of_reserve"].get(key, ())) if result and reserve else 0,
        code=row.country,
        carries=frozenset(f"{part}:{value}" for part in PICTURED for value in _carried(candidate, part))
        if candidate
        else frozenset(),
    )  # fmt: skip


def name(attribute: str, value: str) -> str:
    """How a value of an attribute is called in pictures."""
    label = limits.label_of(attribute, value)
    label = _(label) if label else ""
    return label[:1].upper() + label[1:]


def _carried(candidate: Candidate, attribute: str) -> set[str]:
    held = candidate.attributes.get(attribute, "")
    return {held} - {""} if isinstance(held, str) else set(held)


def _pictures(people: Sequence[Candidate], counted: Tally) -> dict[str, tuple[Bar, ...]]:
    """Each value that a candidate carries, the frequent first, and what a limit asks for though nobody carries it."""
    asked = {(one.attribute, one.value): one for one in counted.lines}
    found = {}
    for attribute in PICTURED:
        there = {value: 0 for part, value in asked if part == attribute}
        for one in people:
            for value in _carried(one, attribute):
                there[value] = there.get(value, 0) + 1
        here = counted.values.get(attribute, {})
        order = sorted(there, key=lambda value: (-here.get(value, 0), -there[value], value))
        if attribute == "ecosystem":
            order.sort(key=lambda value: ecosystems.BY_ID[value].number if value in ecosystems.BY_ID else 99)
        found[attribute] = tuple(
            Bar(
                name(attribute, v), here.get(v, 0), there[v], v if attribute == "ecosystem" else "", f"{attribute}:{v}",
                asked[attribute, v].minimum if (attribute, v) in asked else None,
                asked[attribute, v].maximum if (attribute, v) in asked else None,
            )
            for v in order
        )  # fmt: skip
    return found


def _values(people: Sequence[Candidate]) -> dict[str, tuple[str, ...]]:
    """The values that limits can name here, sorted as people read them."""
    found: dict[str, set[str]] = {attribute: set() for attribute in PICTURED}
    for one in people:
        for attribute in PICTURED:
            found[attribute] |= _carried(one, attribute)
    return {key: tuple(sorted(some, key=lambda value: name(key, value))) for key, some in found.items()}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two scenarios beside each other. ``only``: who is in this one and not in the other."""

    scenario: Scenario
    average: str
    only: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    left: Side
    right: Side
    both: int
    limits: tuple[tuple[str, str, str, str], ...]  # label, asked, reached left, reached right


def beside(left: Scenario, right: Scenario) -> Beside:
    """Two worked-out selections side by side. No query."""
    ours, theirs = left.result["chosen"], right.result["chosen"]
    reached = [{(one["attribute"], one["value"]): one for one in s.result["limits"]} for s in (left, right)]
    keys = sorted({*reached[0], *reached[1]})
    lines = []
    for key in keys:
        here = [side.get(key) for side in reached]
        told = " · ".join(dict.fromkeys(filter(None, (_spoken(one) for one in here))))
        lines.append((name(*key), told, _reached(here[0]), _reached(here[1])))
    return Beside(
        left=Side(left, left.result["average"], tuple(one for one in ours if one not in theirs)),
        right=Side(right, right.result["average"], tuple(one for one in theirs if one not in ours)),
        both=len(set(ours) & set(theirs)),
        limits=tuple(lines),
    )


def _spoken(one: Mapping[str, Any] | None) -> str:
    if one is None:
        return ""
    low, high = one["minimum"], one["maximum"]
    if low is not None and high is not None:
        return f"{low}–{high}"
    return f"≥ {low}" if low is not None else f"≤ {high}"


def _reached(one: Mapping[str, Any] | None) -> str:
    return "" if one is None else str(one["reached"])
