"""What the pages of the roof show of many rooms at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booster.academies import queries as academies
from booster.academies.models import Academy, Edition, Role
from booster.academies.queries import Stop
from booster.academies.rules import span
from booster.applications import queries as applications
from booster.applications.models import Application
from booster.calls import queries as calls
from booster.calls.models import Call, Enquiry
from booster.cohort.models import Seat
from booster.evaluation.models import Assignment, Conflict, Evaluation, Screening
from booster.post.models import Letter
from booster.selection.models import Complaint, Decision

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that waits for the organiser: by when (``None``: now), what, and the page where it is done."""

    at: datetime | None
    what: str
    href: str


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


def desk(edition: Edition, *, at: datetime) -> Desk:
    """The organiser's desk. Twelve queries, whatever the number of calls and applications."""
    held = list(calls.calls_of(edition.pk))
    return Desk(
        rail=academies.rail(edition, on=at.date()),
        due=_due(edition, held, at=at),
        funnels=_funnels(held),
    )


def _due(edition: Edition, held: Sequence[Call], *, at: datetime) -> list[Due]:
    found = [
        Due(
            call.deadline_at,
            _("Deadline: %(call)s") % {"call": call.title},
            reverse("calls:edit_overview", args=[call.slug]),
        )
        for call in held
        if call.state == "open" and call.deadline_at and at <= call.deadline_at <= at + WEEK
    ]
    by_slug = {call.pk: call.slug for call in held}
    found += _waiting(edition, by_slug)
    letters = Letter.objects.filter(edition_id=edition.pk, state="held").count()
    if letters:
        what = ngettext("%(count)s letter waits to be released", "%(count)s letters wait to be released", letters)
        found.append(Due(None, what % {"count": letters}, reverse("home:outbox", args=[edition.slug])))
    offered = Seat.objects.filter(edition=edition, state="offered", answer_by__lte=at + WEEK)
    if seats := offered.count():
        what = ngettext("%(count)s seat waits for an answer", "%(count)s seats wait for an answer", seats)
        found.append(
            Due(
                offered.earliest("answer_by").answer_by,
                what % {"count": seats},
                reverse("cohort:cohort", args=[edition.slug]),
            )
        )
    return sorted(found, key=lambda due: (due.at is not None, due.at or at))


def _waiting(edition: Edition, slugs: dict[int, str]) -> list[Due]:
    """What waits in each call, one query for each kind of thing."""
    kinds = [
        (
            Enquiry.objects.filter(call__edition=edition, state="asked").values_list("call_id"),
            "calls:edit_enquiries",
            lambda n: ngettext("%(count)s question to answer", "%(count)s questions to answer", n),
        ),
        (
            Screening.objects.filter(edition=edition, state="proposed", application__state="submitted").values_list(
                "application__call_id"
            ),
            "evaluation:screening",
            lambda n: ngettext(
                "%(count)s verdict on eligibility to confirm", "%(count)s verdicts on eligibility to confirm", n
            ),
        ),
        (
            Conflict.objects.filter(assignment__edition=edition, decision="").values_list(
                "assignment__application__call_id"
            ),
            "evaluation:conflicts",
            lambda n: ngettext(
                "%(count)s conflict of interest to decide", "%(count)s conflicts of interest to decide", n
            ),
        ),
        (
            Complaint.objects.filter(edition=edition, state__in=["received", "admitted"]).values_list(
                "decision__call_id"
            ),
            "selection:complaints",
            lambda n: ngettext("%(count)s complaint to answer", "%(count)s complaints to answer", n),
        ),
    ]
    return [
        Due(None, words(count) % {"count": count}, reverse(page, args=[slugs[call]]))
        for rows, page, words in kinds
        for call, count in rows.annotate(count=Count("pk")).order_by()
        if call in slugs
    ]


def _funnels(held: Sequence[Call]) -> list[CallFunnel]:
    """Seven numbers for every call, in five queries for all of them."""
    ids = [call.pk for call in held]
    states = _tally(Application.objects.filter(call__in=ids), "call_id", "state")
    eligible = _tally(
        Screening.objects.filter(application__call__in=ids, application__state="submitted", eligible=True),
        "application__call_id",
    )
    evaluated = dict(
        Evaluation.objects.counted()
        .filter(assignment__application__call__in=ids)
        .values_list("assignment__application__call_id")
        .annotate(count=Count("assignment__application_id", distinct=True))
    )
    outcomes = _tally(Decision.objects.filter(call__in=ids), "call_id", "outcome")
    accepted = _tally(Seat.objects.filter(application__call__in=ids, state="accepted"), "application__call_id")
    return [_funnel(call, states, eligible, evaluated, outcomes, accepted) for call in held]


def _tally(rows: Any, *columns: str) -> dict[Any, int]:
    """Counts by one column, or by a pair of them. One query."""
    counted = rows.order_by().values_list(*columns).annotate(count=Count("pk"))
    return {key[0] if len(columns) == 1 else tuple(key[:-1]): key[-1] for key in counted}


def _funnel(  # noqa: PLR0913 -- one tally for each row of the picture
    call: Call, states: dict[Any, int], eligible: dict[Any, int], evaluated: dict[Any, int],
    outcomes: dict[Any, int], accepted: dict[Any, int],
) -> CallFunnel:  # fmt: skip
    everyone = reverse("applications:list", args=[call.slug])
    decisions = reverse("selection:decisions", args=[call.slug])
    sent = states.get((call.pk, "submitted"), 0)
    rows = [
        (_("begun"), sent + states.get((call.pk, "draft"), 0) + states.get((call.pk, "withdrawn"), 0), everyone),
        (_("sent"), sent, f"{everyone}?state=submitted"),
        (_("eligible"), eligible.get(call.pk, 0), reverse("evaluation:screening", args=[call.slug])),
        (_("evaluated"), evaluated.get(call.pk, 0), reverse("evaluation:board", args=[call.slug])),
        (_("chosen"), outcomes.get((call.pk, "chosen"), 0), decisions),
    ]
    if call.kind == Call.Kind.PARTICIPANTS:
        rows.append((_("accepted"), accepted.get(call.pk, 0), reverse("cohort:cohort", args=[call.edition.slug])))
    return CallFunnel(call, rows)


@dataclass(frozen=True, slots=True)
class MyPage:
    """What waits for one person, the next step first."""

    applications: list[Any]
    evaluating: int  # files that wait for my declaration or my marks
    seats: list[Seat]
    organises: list[Edition]
    roles: list[Any]


def my_page(person: Any, *, at: datetime) -> MyPage:
    """Nine queries, whatever the person does."""
    roles = list(
        person.memberships.active().select_related("edition__academy").order_by("-edition_id", "role")
    )  # fmt: skip
    waiting = Assignment.objects.filter(
        evaluator__person=person, evaluator__ended_at__isnull=True, state__in=["assigned", "open"]
    )
    return MyPage(
        applications=applications.my_applications(person, at=at),
        evaluating=waiting.exclude(evaluation__state="signed").count(),
        seats=list(Seat.objects.filter(person=person).exclude(state="waiting").select_related("edition")),
        organises=[held.edition for held in roles if held.role == Role.ORGANISER],
        roles=[held for held in roles if held.role != Role.ORGANISER],
    )


@dataclass(frozen=True, slots=True)
class EditionPage:
    rail: list[Stop]
    legs: list[Any]
    calls: list[Call]


def edition_page(edition: Edition, *, at: datetime) -> EditionPage:
    """The public page of an edition. Four queries."""
    public = calls.published_calls().filter(edition=edition)
    return EditionPage(rail=academies.rail(edition, on=at.date()), legs=academies.shape(edition), calls=list(public))


def front(*, at: datetime) -> dict[str, Any]:
    """Open calls and public editions. Two queries."""
    editions = Edition.objects.public().select_related("academy").order_by("academy__name", "-number")
    return {"open_calls": list(calls.open_calls()), "editions": list(editions)}


def academy_editions(academy: Academy) -> list[Edition]:
    return list(Edition.objects.public().filter(academy=academy).order_by("-number"))


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    kind: str
    href: str


def search(text: str, person: Any) -> list[Hit]:
    """Whatever the person may see whose name holds the text: calls, editions, applications. Three queries, 20 each."""
    wanted = text.strip()[:100]
    if len(wanted) < 2:
        return []
    found = [
        Hit(call.title, _("Call"), reverse("calls:call", args=[call.slug]))
        for call in Call.objects.public().filter(Q(title__icontains=wanted) | Q(summary__icontains=wanted))[:20]
    ]
    found += [
        Hit(edition.name, _("Edition"), reverse("home:edition", args=[edition.slug]))
        for edition in Edition.objects.seen_by(person).filter(name__icontains=wanted)[:20]
    ]
    if person.is_authenticated:
        rows = Application.objects.seen_by(person).filter(Q(title__icontains=wanted) | Q(reference__iexact=wanted))
        found += [
            Hit(str(row), _("Application"), _application_page(row, person)) for row in rows.exclude(state="erased")[:20]
        ]
    return found


def _application_page(row: Application, person: Any) -> str:
    own = row.applicant_id == person.pk
    return reverse("applications:answer" if own else "applications:file", args=[row.pk])


def first_day(edition: Edition) -> date | None:
    """The first day of an edition's legs, or of its calls when it has no day yet. Three queries."""
    found = span(academies.shape(edition))
    if found:
        return found[0]
    opens = [call.opens_at for call in calls.calls_of(edition.pk) if call.opens_at]
    return min(opens).date() if opens else None
