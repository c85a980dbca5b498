"""The organiser's desk: what waits, and how many are where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Count, Min, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booster.academies import queries as academies
from booster.academies.models import Edition
from booster.academies.queries import Stop
from booster.applications.models import Application
from booster.calls import queries as calls
from booster.calls.models import Call, Enquiry
from booster.chronicle.rules import plain
from booster.cohort.models import Seat
from booster.evaluation.models import Conflict, Evaluation, Evaluator, Screening
from booster.home.queries.steps import Step, next_step
from booster.kit.words import plural
from booster.post import queries as letters
from booster.post.models import Letter
from booster.selection.models import Complaint, Decision
from booster.selection.queries import deciding

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that waits for the organiser: by when (``None``: now), what, and the page where it is done."""

    at: datetime | None
    what: str
    href: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class CallFunnel:
    """How many are where in one call; ``rows`` are (label, count, address)."""

    call: Call
    rows: list[tuple[str, int, str]]


@dataclass(frozen=True, slots=True)
class Desk:
    rail: list[Stop]
    due: list[Due]
    funnels: list[CallFunnel]
    calls: list[Call]
    steps: list[Step]


def desk(edition: Edition, *, at: datetime) -> Desk:
    """The organiser's desk. Five queries, whatever the number of calls and applications."""
    held = list(calls.calls_of(edition.pk))
    counts = _counts([edition.pk], at=at)
    return Desk(
        rail=academies.rail(edition, on=at.date()),
        due=_due(edition, held, counts, at=at),
        funnels=[_funnel(call, counts) for call in held],
        calls=held,
        steps=_steps(held, counts),
    )


def _steps(held: Sequence[Call], counts: dict[tuple[str, int], int]) -> list[Step]:
    """One step for each call, what waits for others last."""
    found = (next_step(call, {kind: n for (kind, of), n in counts.items() if of == call.pk}) for call in held)
    return sorted(found, key=lambda step: step.waits)


def steps_of(editions: Sequence[Edition], *, at: datetime) -> dict[int, list[Step]]:
    """What an organiser does next in each edition, by its id. Two queries, none without an edition."""
    if not editions:
        return {}
    keys = [edition.pk for edition in editions]
    held = Call.objects.filter(edition__in=keys).select_related("edition", "second_round").order_by("kind", "pk")
    steps = [step for step in _steps(list(held), _counts(keys, at=at)) if not step.waits]
    return {key: [step for step in steps if step.call.edition_id == key] for key in keys}


def _counts(editions: Sequence[int], *, at: datetime) -> dict[tuple[str, int], int]:
    """How many of each kind of thing there are in each call, by (kind, call id). One query: the parts are united."""
    mine = Q(edition__in=editions)
    in_running = Q(application__state="submitted")
    parts = [
        ("enquiries", Enquiry.objects.filter(call__edition__in=editions, state="asked"), "call_id"),
        ("screened", Screening.objects.filter(mine & in_running), "application__call_id"),
        ("verdicts", Screening.objects.filter(mine & in_running, state="proposed"), "application__call_id"),
        ("eligible", Screening.objects.filter(mine & in_running, eligible=True), "application__call_id"),
        (
            "conflicts",
            Conflict.objects.filter(assignment__edition__in=editions, decision=""),
            "assignment__application__call_id",
        ),
        ("complaints", Complaint.objects.filter(mine, state__in=["received", "admitted"]), "decision__call_id"),
        ("draft", Application.objects.filter(mine, state="draft"), "call_id"),
        ("submitted", Application.objects.filter(mine, state="submitted"), "call_id"),
        ("withdrawn", Application.objects.filter(mine, state="withdrawn"), "call_id"),
        ("past", _past(at).filter(mine), "call_id"),
        ("evaluated", Evaluation.objects.counted().filter(mine), "assignment__application__call_id"),
        ("evaluators", Evaluator.objects.filter(mine), "call_id"),
        *(
            (state, Decision.objects.filter(mine, state=state), "call_id")
            for state in ("proposed", "confirmed", "told")
        ),
        ("offered", Seat.objects.filter(mine, state="offered"), "application__call_id"),
        ("chosen", Decision.objects.filter(mine, outcome="chosen"), "call_id"),
        ("shortlisted", Decision.objects.filter(mine, outcome="shortlisted"), "call_id"),
        ("accepted", Seat.objects.filter(mine, state="accepted"), "application__call_id"),
    ]
    what = {"evaluated": Count("assignment__application_id", distinct=True)}
    tallies = [
        rows.order_by()
        .annotate(kind=Value(kind, CharField()))
        .values_list("kind", call)
        .annotate(count=what.get(kind, Count("pk")))
        for kind, rows, call in parts
    ]
    return {(kind, call): count for kind, call, count in tallies[0].union(*tallies[1:], all=True)}


def _past(at: datetime) -> QuerySet[Application]:
    """Files whose cut-off has passed and whose decision is not told, of calls that are still open."""
    rows = Application.objects.filter(state="submitted", cut_off__closes_at__lt=at, call__state="open")
    return rows.exclude(decision__state="told")


def _due(edition: Edition, held: Sequence[Call], counts: dict[tuple[str, int], int], *, at: datetime) -> list[Due]:
    found = [
        Due(
            call.deadline_at,
            _("Deadline: %(call)s") % {"call": call.title},
            reverse("calls:edit_overview", args=[call.slug]),
        )
        for call in held
        if call.state == "open" and call.deadline_at and at <= call.deadline_at <= at + WEEK
    ]
    found += [due for call in held for due in _waiting(call, counts)]
    found += _letters(edition)
    offered = Seat.objects.filter(edition=edition, state="offered", answer_by__lte=at + WEEK)
    soon = offered.aggregate(count=Count("pk"), first=Min("answer_by"))
    if soon["count"]:
        what = ngettext("%(count)s seat waits for an answer", "%(count)s seats wait for an answer", soon["count"])
        found.append(Due(soon["first"], what % soon, reverse("cohort:cohort", args=[edition.slug])))
    return sorted(found, key=lambda due: (due.at is not None, due.at or at))


def _letters(edition: Edition) -> list[Due]:
    """Letters to release, and letters that did not arrive: to whom, and where it says what to do. One query."""
    lost = Q(state__in=letters.LOST)
    mine = Letter.objects.filter(edition_id=edition.pk).aggregate(
        held=Count("pk", filter=Q(state="held") & ~Q(kind=deciding.LETTER)),
        lost=Count("pk", filter=lost),
        name=Min("name", filter=lost),
    )
    outbox, found = reverse("home:outbox", args=[edition.slug]), []
    if held := mine["held"]:
        what = ngettext("%(count)s letter waits to be released", "%(count)s letters wait to be released", held)
        found.append(Due(None, what % {"count": held}, outbox))
    if others := mine["lost"]:
        what = ngettext(
            "A letter to %(name)s did not arrive: correct the address or send it again",
            "%(count)s letters did not arrive, one of them to %(name)s: correct their addresses or send them again",
            others,
        )
        words = {"count": others, "name": plain(mine["name"] or _("somebody without a name"))}
        found.append(Due(None, what % words, f"{outbox}?state=lost"))
    return found


def _waiting(call: Call, counts: dict[tuple[str, int], int]) -> list[Due]:
    """What waits in one call, each with the page where it is done."""
    kinds = [
        ("enquiries", "calls:edit_enquiries", plural("%(count)s question to answer", "%(count)s questions to answer")),
        (
            "verdicts",
            "evaluation:screening",
            plural("%(count)s verdict on eligibility to confirm", "%(count)s verdicts on eligibility to confirm"),
        ),
        (
            "past",
            "evaluation:board",
            plural(
                "%(count)s file of a cut-off that has passed waits for its decision",
                "%(count)s files of a cut-off that has passed wait for their decisions",
            ),
        ),
        (
            "conflicts",
            "evaluation:conflicts",
            plural("%(count)s conflict of interest to decide", "%(count)s conflicts of interest to decide"),
        ),
        (
            "complaints",
            "selection:complaints",
            plural("%(count)s complaint to answer", "%(count)s complaints to answer"),
        ),
    ]
    return [
        Due(
            None,
            ngettext(*words, count) % {"count": count},
            reverse(page, args=[call.slug]),
            call.title,
        )
        for kind, page, words in kinds
        if (count := counts.get((kind, call.pk), 0))
    ]


def _funnel(call: Call, counts: dict[tuple[str, int], int]) -> CallFunnel:
    everyone = reverse("applications:list", args=[call.slug])
    found = {kind: counts.get((kind, call.pk), 0) for kind in ("draft", "submitted", "withdrawn")}
    rows = [
        (_("begun"), sum(found.values()), everyone),
        (_("sent"), found["submitted"], f"{everyone}?state=submitted"),
        (_("eligible"), counts.get(("eligible", call.pk), 0), reverse("evaluation:screening", args=[call.slug])),
        (_("evaluated"), counts.get(("evaluated", call.pk), 0), reverse("evaluation:board", args=[call.slug])),
    ]
    if shortlisted := counts.get(("shortlisted", call.pk), 0):
        rows.append((_("on the shortlist"), shortlisted, reverse("selection:decisions", args=[call.slug])))
    if chosen := counts.get(("chosen", call.pk), 0):
        rows.append((_("chosen"), chosen, reverse("selection:decisions", args=[call.slug])))
    if accepted := counts.get(("accepted", call.pk), 0):
        rows.append((_("accepted"), accepted, reverse("cohort:cohort", args=[call.edition.slug])))
    return CallFunnel(call, rows)
