"""The front, an edition, a person's own page, search."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from booster.academies import queries as academies
from booster.academies.models import Academy, Day, Edition, Leg, Role
from booster.academies.queries import Stop
from booster.academies.rules import PhasePlan, span, standing
from booster.applications import queries as applications
from booster.applications.models import Application
from booster.calls import queries as calls
from booster.calls.models import Call
from booster.calls.rules.deadlines import phase
from booster.cohort.models import Seat
from booster.evaluation import queries as evaluation
from booster.home.queries.desk import steps_of
from booster.home.queries.steps import Step
from booster.people import queries as persons
from booster.venues import queries as venues
from booster.venues.queries import MyVenue

TOLD_FROM = 5  # public figures about fewer people are not shown


@dataclass(frozen=True, slots=True)
class Organised:
    """An edition that the person organises, with what is to be done in it."""

    edition: Edition
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class MyPage:
    """What waits for one person, the next step first."""

    applications: list[Any]
    evaluating: int  # files that wait for my declaration or my marks
    seats: list[Seat]
    venues: list[MyVenue]
    organises: list[Organised]
    roles: list[Any]

    @property
    def waits(self) -> bool:
        """Whether any next step stands on the page."""
        offered = any(seat.state == "offered" for seat in self.seats)
        mine = bool(self.evaluating) or any(one.steps for one in self.organises)
        return mine or offered or any(one.status.waits_for_me for one in self.applications)


def my_page(person: Any, *, at: datetime) -> MyPage:
    """Twelve queries at most, whatever the person does."""
    roles = list(
        person.memberships.active().select_related("edition__academy").order_by("-edition_id", "role")
    )  # fmt: skip
    files = evaluation.my_evaluating(person)
    organised = [held.edition for held in roles if held.role == Role.ORGANISER]
    steps = steps_of([one for one in organised if one.state != "closed"], at=at)
    return MyPage(
        applications=applications.my_applications(person, at=at),
        evaluating=sum(one.step not in ("in_doubt", "signed") for one in files),
        seats=list(Seat.objects.filter(person=person).exclude(state="waiting").select_related("edition")),
        venues=venues.my_venues(person),
        organises=[Organised(one, steps.get(one.pk, [])) for one in organised],
        roles=[held for held in roles if held.role != Role.ORGANISER],
    )


@dataclass(frozen=True, slots=True)
class HeldLeg:
    """A leg as strangers read it: ``state`` is ``past``, ``now`` or ``next``; ``clock`` the town of its zone."""

    name: str
    place: str
    clock: str
    days: list[Day]
    state: str

    @property
    def first(self) -> date:
        return self.days[0].on

    @property
    def last(self) -> date:
        return self.days[-1].on


def _held(legs: Iterable[Leg], *, on: date) -> list[HeldLeg]:
    """Legs with their days, those without any left out."""
    found = []
    for leg in legs:
        if days := list(leg.days.all()):
            state = standing(PhasePlan(leg.kind, days[0].on, days[-1].on), on)
            found.append(HeldLeg(leg.name, leg.place, leg.zone.rsplit("/", 1)[-1].replace("_", " "), days, state))
    return found


@dataclass(frozen=True, slots=True)
class EditionPage:
    rail: list[Stop]
    legs: list[HeldLeg]
    calls: list[Call]
    open_call: Call | None  # the one whose deadline comes first
    participants: int  # seats accepted; 0 while they are too few to be told


def edition_page(edition: Edition, *, at: datetime) -> EditionPage:
    """The public page of an edition. Five queries."""
    public = list(calls.published_calls().filter(edition=edition))
    accepted = Seat.objects.filter(edition=edition, state="accepted").count()
    return EditionPage(
        rail=academies.rail(edition, on=at.date()),
        legs=_held(edition.legs.prefetch_related("days"), on=at.date()),
        calls=public,
        open_call=next((call for call in public if phase(call, at) == "open"), None),
        participants=accepted if accepted >= TOLD_FROM else 0,
    )


def front(*, at: datetime) -> dict[str, Any]:
    """Open calls and those to come, and public editions with their days. Four queries."""
    published = list(calls.open_calls())
    in_time = [call for call in published if phase(call, at) == "open"]
    coming = [call for call in published if phase(call, at) == "coming"]
    editions = Edition.objects.public().select_related("academy").order_by("academy__name", "-number")
    return {
        "open_calls": in_time,
        "coming": sorted(coming, key=lambda call: call.opens_at),
        "calling": {call.edition_id for call in in_time},
        "editions": (entries := _entries(editions, on=at.date())),
        "unborn": not entries and not persons.has_operator(),
    }


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition in a list, with its legs."""

    edition: Edition
    legs: list[HeldLeg]


def _entries(editions: QuerySet[Edition], *, on: date) -> list[Entry]:
    return [Entry(one, _held(one.legs.all(), on=on)) for one in editions.prefetch_related("legs__days")]


def academy_editions(academy: Academy, *, at: datetime) -> list[Entry]:
    """Public editions with their days, the newest first. Three queries."""
    return _entries(Edition.objects.public().filter(academy=academy).order_by("-number"), on=at.date())


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    kind: str
    href: str
    where: str = ""  # the edition or the academy, where several bear one name


def search(text: str, person: Any) -> list[Hit]:
    """Whatever the person may see whose name holds the text: calls, editions, applications. Three queries, 20 each."""
    wanted = text.strip()[:100]
    if len(wanted) < 2:
        return []
    found = [
        Hit(call.title, _("Call"), reverse("calls:call", args=[call.slug]), call.edition.name)
        for call in Call.objects.public()
        .select_related("edition")
        .filter(Q(title__icontains=wanted) | Q(summary__icontains=wanted))[:20]
    ]
    found += [
        Hit(edition.name, _("Edition"), reverse("home:edition", args=[edition.slug]), edition.academy.name)
        for edition in Edition.objects.seen_by(person).select_related("academy").filter(name__icontains=wanted)[:20]
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
