"""The cohort builder's picture: every candidate with the reason, each limit with what is reached, who the group is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from booster.calls.models import Call
from booster.craft.balance import Tally, tally
from booster.people.rules import countries, ecosystems
from booster.selection.models import Scenario
from booster.selection.queries.ground import Ground, Known, ground
from booster.selection.queries.solving import named
from booster.selection.rules import limits, policies, results, whatif
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
    policy: str = policies.POINTS
    bands: tuple[int, ...] = ()
    threshold: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What makes the difference between two pictures of the same files."""

    seats: int  # for those who may be chosen
    taken: Collection[str]
    hand: Hand
    result: Mapping[str, Any] | None = None
    places: Mapping[str, int] = field(default_factory=dict)  # on the reserve list


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One candidate as the list shows it: what is known, and what the trial makes of it. A page shows a few of very
    many, so all but the two is worked out when asked for."""

    known: Known
    trial: Trial

    @property
    def pk(self) -> int:
        return self.known.pk

    @property
    def reference(self) -> str:
        return self.known.reference

    @property
    def title(self) -> str:
        return self.known.title

    @property
    def organisation(self) -> str:
        return self.known.organisation

    @property
    def code(self) -> str:
        return self.known.code

    @property
    def country(self) -> str:
        return _(countries.name(self.known.code)) if self.known.code else ""

    @property
    def ecosystems(self) -> tuple[str, ...]:
        return self.known.ecosystems

    @property
    def about(self) -> str:
        return self.known.about

    @property
    def points(self) -> Decimal | None:
        return self.known.points

    @property
    def carries(self) -> frozenset[str]:
        return self.known.carries

    @property
    def is_in(self) -> bool:
        return self.known.reference in self.trial.taken

    @property
    def by_hand(self) -> bool:
        return self.known.reference in self.trial.hand.picked or self.known.reference in self.trial.hand.dropped

    @property
    def reason(self) -> str:
        trial, reasons = self.trial, self.trial.result["reasons"] if self.trial.result else None
        return self.known.why_out or whatif.reason(
            self.reference, seats=trial.seats, is_in=self.is_in, hand=trial.hand, reasons=reasons
        )

    @property
    def reserve(self) -> int | None:
        """The place on the reserve list."""
        place = self.trial.places.get(self.known.reference)
        return None if place is None or self.is_in else place

    @property
    def waits(self) -> bool:
        """Whether a draw is to say whether the person is in: until then nobody is, or everybody who is sure."""
        return self.trial.result is not None and "chosen" not in self.trial.result and not self.by_hand

    @property
    def may_be_priced(self) -> bool:
        """Whether it can be asked what a seat for the person would cost the others."""
        trial = self.trial
        return trial.result is not None and not self.is_in and self.reference in trial.result.get("pool", ())

    @property
    def fills(self) -> int:
        """How many seats the person could take."""
        if self.trial.result is None or self.known.reference not in self.trial.places:
            return 0
        return len(self.trial.result["seats_of_reserve"].get(self.known.reference, ()))


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
class BandRow:
    """A band of points: how many may be chosen from it, how many of them are in the group now."""

    letter: str
    least: Decimal
    below: Decimal | None
    people: int
    group: int


@dataclass(frozen=True, slots=True)
class Board:
    """``outside``: sent applications that cannot be chosen, with the reason. ``seated``: who has a place from another
    batch. ``is_stale``: the pool changed since the scenario was worked out."""

    rows: tuple[PersonRow, ...]
    bands: tuple[BandRow, ...]
    seated: tuple[PersonRow, ...]
    outside: tuple[PersonRow, ...]
    tally: Tally
    limits: tuple[LimitRow, ...]
    pictures: Mapping[str, tuple[Bar, ...]]
    values: Mapping[str, tuple[str, ...]]
    reserve_length: int
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
    """The whole picture, without a solver. Queries as ``ground``, whatever the number of candidates."""
    here = ground(call, asked.cut_off)
    ids = [one.reference for one in here.free]
    free, seated = set(ids), {one.reference for one in here.seated}
    result = scenario.result if scenario and scenario.result.get("chosen") is not None else None
    weighed = scenario.result if scenario and scenario.result.get("chances") is not None else None
    hand, seats = asked.hand.known(free), max(0, asked.seats - len(seated))
    taken = whatif.in_now(ids, seats, result["chosen"] if result else None, hand)
    group = taken | seated
    wished = named(here.carriers(), asked.wish.limits)
    counted = tally(
        [here.candidates[key] for key in group], group, wished,
        per_unit_maximum=asked.wish.per_organisation, carried=here.carried,
    )  # fmt: skip
    places = {key: n for n, key in enumerate(results.reserve_list(result, asked.reserves) if result else (), start=1)}
    trial, held = Trial(seats, taken, hand, result or weighed, places), Trial(seats, seated, hand)
    return Board(
        seated=tuple(PersonRow(one, held) for one in here.seated),
        rows=tuple(PersonRow(one, trial) for one in here.free),
        bands=_bands(call, asked, here, taken),
        outside=tuple(PersonRow(one, trial) for one in here.outside),
        tally=counted,
        limits=tuple(
            LimitRow(
                line.attribute, line.value, name(line.attribute, line.value), line.minimum, line.maximum, line.count,
                line.available, line.state,
            )
            for line in counted.lines
        ),
        pictures=_pictures(here.carried, counted),
        values=_values(here.carried),
        reserve_length=sum(key not in taken for key in places if key in free),
        is_stale=any(one is not None and one.get("digest") != here.digest for one in (result, weighed)),
    )  # fmt: skip


def _bands(call: Call, asked: Asked, here: Ground, taken: Collection[str]) -> tuple[BandRow, ...]:
    """For a lottery: from how many people in each band a group is drawn; the whole field counts as one band."""
    if asked.policy not in policies.DRAWN:
        return ()
    bands = policies.bands_of(asked.bands, call.threshold if asked.threshold is None else asked.threshold)
    everybody = policies.count(bands, [one.points for one in here.free])
    inside = policies.count(bands, [one.points for one in here.free if one.reference in taken])
    return tuple(
        BandRow(band.letter, band.least, band.below, people, group)
        for band, people, group in zip(bands, everybody, inside, strict=True)
    )


def name(attribute: str, value: str) -> str:
    """How a value of an attribute is called in pictures."""
    label = limits.label_of(attribute, value)
    label = _(label) if label else ""
    return label[:1].upper() + label[1:]


def _pictures(carried: Mapping[str, Mapping[str, int]], counted: Tally) -> dict[str, tuple[Bar, ...]]:
    """Each value that a candidate carries, the frequent first, and what a limit asks for though nobody carries it."""
    asked = {(one.attribute, one.value): one for one in counted.lines}
    found = {}
    for attribute in PICTURED:
        there = {value: 0 for part, value in asked if part == attribute} | dict(carried.get(attribute, {}))
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


def _values(carried: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[str, ...]]:
    """The values that limits can name here, sorted as people read them."""
    return {
        attribute: tuple(sorted(carried.get(attribute, {}), key=lambda value: name(attribute, value)))
        for attribute in PICTURED
    }


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
