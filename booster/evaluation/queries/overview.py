"""Who reads what and how far they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.applications.queries import of_cut_off
from booster.calls.models import Call
from booster.evaluation.models import Assignment, Conflict, Evaluator, Sharing
from booster.evaluation.queries.sharing import evaluable, party_of_evaluator, party_of_file
from booster.evaluation.rules.reminding import BEFORE, is_due
from booster.evaluation.rules.sharing import OWN_COUNTRY, bar, fit, hints
from booster.kit.times import local_day
from booster.people.rules import countries

NOT_READ = ("application__answers", "application__pending", "application__touched", "application__folded")


@dataclass(frozen=True, slots=True)
class Progress:
    """Of a call's evaluations: how many are ``wanted`` (files times evaluators each), ``given`` to somebody,
    ``declared`` free of conflict, ``signed``, of one file never more than are wanted;
    ``in_doubt`` waits for the organiser, ``barred`` is decided."""

    files: int
    wanted: int
    given: int
    declared: int
    signed: int
    in_doubt: int
    barred: int


def progress(call: Call) -> Progress:
    """Two queries."""
    each = call.evaluators_per_file
    parts = {
        "given": Q(assignments__isnull=False) & ~Q(assignments__state__in=["ended", "barred"]),
        "declared": Q(assignments__state="open"),
        "signed": Q(assignments__state="open", assignments__evaluation__state="signed"),
    }
    files = evaluable(call).annotate(**{f"{name}_here": Count("assignments", filter=q) for name, q in parts.items()})
    told = files.aggregate(
        files=Count("pk"), **{name: Sum(Least(f"{name}_here", Value(each)), default=0) for name in parts}
    )  # fmt: skip
    waiting = Assignment.objects.filter(application__call=call, application__state="submitted").aggregate(
        in_doubt=Count("pk", filter=Q(state="in_doubt")), barred=Count("pk", filter=Q(state="barred"))
    )
    return Progress(wanted=told["files"] * each, **told, **waiting)


@dataclass(frozen=True, slots=True)
class Load:
    """One evaluator of the pool and how far they are; counts are of files."""

    evaluator: Evaluator
    given: int
    undeclared: int
    signed: int
    in_doubt: int
    late: int
    first_due: date | None = None  # of the files that wait

    @property
    def open(self) -> int:
        """Files that still wait for this evaluator."""
        return self.given - self.signed - self.in_doubt

    @property
    def country(self) -> str:
        return _(countries.name(self.evaluator.country)) if self.evaluator.country else ""

    @property
    def room(self) -> int:
        return max(0, self.evaluator.capacity - self.given)


def pool(call: Call, *, today: date) -> list[Load]:
    """All evaluators of a call by name, those who have left at the end. One query."""
    stands = Q(assignments__application__state="submitted")
    open_ = stands & ~Q(assignments__state__in=["ended", "barred"])
    waits = (
        open_
        & ~Q(assignments__state="in_doubt")
        & (Q(assignments__evaluation__isnull=True) | ~Q(assignments__evaluation__state="signed"))
    )
    signed = open_ & Q(assignments__evaluation__state="signed", assignments__state="open")
    rows = (
        Evaluator.objects.filter(call=call)
        .select_related("person", "organisation")
        .annotate(
            given=Count("assignments", filter=open_),
            undeclared=Count("assignments", filter=open_ & Q(assignments__state="assigned")),
            signed=Count("assignments", filter=signed),
            in_doubt=Count("assignments", filter=open_ & Q(assignments__state="in_doubt")),
            late=Count("assignments", filter=waits & Q(assignments__due_on__lt=today)),
            first_due=Min("assignments__due_on", filter=waits),
        )
        .order_by(F("ended_at").asc(nulls_first=True), "person__name", "pk")
    )  # fmt: skip
    found: Any = rows
    return [Load(e, e.given, e.undeclared, e.signed, e.in_doubt, e.late, e.first_due) for e in found]


@dataclass(frozen=True, slots=True)
class Reader:
    assignment: int
    name: str
    state: str  # assigned, open, begun, signed, in_doubt, barred
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Shared:
    """One file and who reads it."""

    application: Application
    readers: list[Reader] = field(default_factory=list)

    @property
    def live(self) -> int:
        return sum(reader.state != "barred" for reader in self.readers)


def files_to_share(call: Call, *, text: str = "", short: bool = False, cut_off: str = "") -> QuerySet[Application]:
    """Eligible files by reference; ``short``: only those with fewer evaluators than the call asks for."""
    rows = of_cut_off(evaluable(call), cut_off).annotate(
        live=Count("assignments", filter=~Q(assignments__state__in=["ended", "barred"]))
    )  # fmt: skip
    for word in text.lower().split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(reference__icontains=word))
    if short:
        rows = rows.filter(live__lt=call.evaluators_per_file)
    return (
        rows.select_related("organisation").defer("answers", "pending", "touched", "folded").order_by("reference", "pk")
    )


def with_readers(files: Sequence[Application]) -> list[Shared]:
    """The files of a page with their readers by name. One query."""
    shared = {file.pk: Shared(file) for file in files}
    rows = (
        Assignment.objects.filter(application__in=list(shared))
        .exclude(state="ended")
        .order_by("application_id", "evaluator__person__name", "pk")
        .values_list("application_id", "pk", "evaluator__person__name", "state", "evaluation__state", "due_on")
    )
    for application, pk, name, state, marked, due_on in rows:
        shown = {"draft": "begun", "signed": "signed"}.get(marked, state) if state == "open" else state
        shared[application].readers.append(Reader(pk, name, shown, due_on))
    return list(shared.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """One evaluator for a file by hand: what points to a conflict, why barred, how well they fit."""

    load: Load
    hints: list[str]
    barred: str
    fit: int


def choices(application: Application, *, today: date) -> list[Choice]:
    """Evaluators of the call who do not hold the file, the best fitting with most room first, barred ones last. Three
    queries."""
    held = set(
        Assignment.objects.filter(application=application).exclude(state="ended").values_list("evaluator_id", flat=True)
    )
    party, found = party_of_file(application), []
    for load in pool(application.call, today=today):
        if load.evaluator.pk in held or load.evaluator.ended_at is not None:
            continue
        seen = hints(party_of_evaluator(load.evaluator), party)
        match = fit(load.evaluator.ecosystems, application.ecosystems, same_country=OWN_COUNTRY in seen)
        found.append(Choice(load, seen, bar(seen), match))
    return sorted(found, key=lambda one: (bool(one.barred), not one.load.room, -one.fit, one.load.given))


def conflicts(call: Call) -> list[Conflict]:
    """Declared conflicts, those that wait for a decision first, the oldest first. One query."""
    rows = (
        Conflict.objects.filter(assignment__application__call=call)
        .select_related(
            "assignment__application__organisation", "assignment__evaluator__person",
            "assignment__evaluator__organisation", "decided_by",
        )
        .order_by(F("decided_at").desc(nulls_first=True), "declared_at", "pk")
    )  # fmt: skip
    return list(rows.defer(*[f"assignment__{name}" for name in NOT_READ]))


def waiting(call: Call, *, today: date) -> list[Load]:
    """Evaluators with files that wait for them, whom a reminder could reach. One query."""
    return [load for load in pool(call, today=today) if load.open > 0 and load.evaluator.ended_at is None]


def due_reminders(at: datetime) -> list[tuple[Call, list[Evaluator]]]:
    """Whom to remind now, by call: see ``rules.reminding``. One query, and one for each call with a file due soon."""
    near = at.date() + BEFORE + timedelta(days=1)  # a day more: the call's own zone may be ahead
    files = Assignment.objects.live().filter(due_on__lte=near, application__state="submitted")
    calls = Call.objects.filter(pk__in=files.values("application__call"), state__in=("open", "closed"))
    found = []
    for call in calls.order_by("pk"):
        today = local_day(at, call.zone)
        due = [load.evaluator for load in waiting(call, today=today) if _is_due(load, call, today)]
        if due:
            found.append((call, due))
    return found


def _is_due(load: Load, call: Call, today: date) -> bool:
    reminded, first_due = load.evaluator.reminded_at, load.first_due
    on = local_day(reminded, call.zone) if reminded else None
    return first_due is not None and is_due(first_due, reminded_on=on, today=today)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a sharing would change for one evaluator: files they hold, files they would get."""

    name: str
    held: int
    more: int
    capacity: int

    @property
    def total(self) -> int:
        return self.held + self.more


@dataclass(frozen=True, slots=True)
class Proposal:
    loads: list[Proposed]
    files: list[tuple[str, list[str]]]  # title of a file, names of who would get it
    short: list[tuple[str, str]]  # title of a file, why it gets too few

    @property
    def count(self) -> int:
        return sum(len(names) for _title, names in self.files)


def proposal(sharing: Sharing) -> Proposal:
    """The proposal in names. Two queries, none while nothing is proposed."""
    if sharing.state == "asked":
        return Proposal([], [], [])
    titles = {
        pk: f"{reference} {title}".strip()
        for pk, reference, title in Application.objects.filter(call=sharing.call).values_list(
            "pk", "reference", "title"
        )
    }
    loads = {load.evaluator.pk: load for load in pool(sharing.call, today=sharing.asked_at.date())}
    more = Counter(evaluator for _file, evaluator in sharing.added)
    files: dict[int, list[str]] = {}
    for file, evaluator in sharing.added:
        if file in titles and evaluator in loads:
            files.setdefault(file, []).append(loads[evaluator].evaluator.person.name)
    return Proposal(
        loads=[
            Proposed(load.evaluator.person.name, load.given, more[pk], load.evaluator.capacity)
            for pk, load in loads.items()
            if load.evaluator.ended_at is None
        ],
        files=sorted((titles[file], sorted(names)) for file, names in files.items()),
        short=[(titles.get(file, ""), sentence) for file, sentence in sharing.short],
    )
