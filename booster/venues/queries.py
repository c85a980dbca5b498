"""The place of an edition as its pages show it: what is agreed, what is open, what is next, what fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.template.loader import render_to_string

from booster.academies.models import Day, Edition, Leg, Membership, Role
from booster.applications.models import Application, Partner
from booster.calls.models import Call
from booster.selection.models import Decision
from booster.venues.models import AgreementSignature, HostTask, Room, Venue
from booster.venues.rules import Capacity, RoomPlan, capacities, nearby, next_step, still_to_sign


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature; ``stands`` when the agreement has not changed since."""

    side: str
    side_label: str
    person: Any
    signed_at: datetime
    stands: bool


@dataclass(frozen=True, slots=True)
class Next:
    """What one side does next, see ``rules.next_step``."""

    step: str
    task: HostTask | None


@dataclass(frozen=True, slots=True)
class VenuePage:
    """``open`` by their days, those without a day last; ``missing``: the sides that have still to sign."""

    venue: Venue
    rooms: list[Room]
    open: list[HostTask]
    done: list[HostTask]
    signatures: list[Signed]
    missing: list[str]
    capacities: list[Capacity]
    nearby: int
    days: tuple[date | None, date | None]
    hosts: list[Any]
    next: Next

    @property
    def pictured(self) -> bool:
        """Whether any room came with a photo or a plan."""
        return any(room.photo_id or room.plan_id for room in self.rooms)


@dataclass(frozen=True, slots=True)
class EditionPage:
    """The venues of an edition and, where a call has none, the offers that may become one."""

    current: list[VenuePage]
    given_up: list[Venue]
    candidates: list[Decision]


def venues_of(edition: Edition) -> QuerySet[Venue]:
    return Venue.objects.filter(edition=edition).select_related("edition__academy", "application__call")


def edition_page(edition: Edition, *, side: str) -> EditionPage:
    """Seven queries for one venue, six more for each further one; an edition has one, rarely two."""
    venues = list(venues_of(edition))
    kept = [venue for venue in venues if venue.state != "stepped_back"]
    taken = {venue.application.call_id for venue in kept}
    return EditionPage(
        current=[venue_page(venue, side=side) for venue in kept],
        given_up=[venue for venue in venues if venue.state == "stepped_back"],
        candidates=[one for one in candidates(edition.pk) if one.call_id not in taken],
    )


def candidates(edition_id: int) -> QuerySet[Decision]:
    """Told decisions on offers that were chosen or stand in reserve and never became a venue, the first choice first.
    One query."""
    return (
        Decision.objects.filter(
            edition=edition_id, call__kind=Call.Kind.VENUES, state="told", outcome__in=["chosen", "reserve"],
            application__state="submitted", application__venue__isnull=True,
        )
        .select_related("application__organisation", "application__applicant", "application__call", "call")
        .order_by("call_id", "outcome", "rank", "pk")
    )  # fmt: skip


def kept_of_call(call_id: int) -> QuerySet[Venue]:
    """The venue that grew from a call and was not given up."""
    return Venue.objects.filter(application__call=call_id).exclude(state="stepped_back")


def venue_page(venue: Venue, *, side: str) -> VenuePage:
    """Everything about one venue. Five queries, whatever the number of rooms and tasks."""
    rooms, tasks = list(venue.rooms.select_related("photo", "plan")), in_order(venue.tasks.select_related("done_by"))
    signatures = signatures_of(venue)
    signed = [one.side for one in signatures if one.stands]
    open_tasks = [task for task in tasks if task.done_at is None]
    days = days_in_person(venue.edition_id)
    step, task = next_step(state=venue.state, side=side, signed=signed, open_tasks=open_tasks, last=days[1])
    return VenuePage(
        venue=venue,
        rooms=rooms,
        open=open_tasks,
        done=[task for task in tasks if task.done_at is not None],
        signatures=signatures,
        missing=still_to_sign(signed) if venue.state == "proposed" else [],
        capacities=capacities(rooms, people=venue.edition.seats_max),
        nearby=nearby(rooms),
        days=days,
        hosts=hosts_of(venue.edition_id),
        next=Next(step, task),
    )


def in_order(tasks: Iterable[HostTask]) -> list[HostTask]:
    """By their days; those without one come last."""
    return sorted(tasks, key=lambda task: (task.due_on is None, task.due_on or date.max, task.pk))


def signatures_of(venue: Venue) -> list[Signed]:
    """Every signature that was ever put under the agreement, the latest first. One query."""
    rows = AgreementSignature.objects.filter(venue=venue).select_related("person").order_by("-signed_at", "-pk")
    return [
        Signed(row.side, row.get_side_display(), row.person, row.signed_at, row.revision == venue.revision)
        for row in rows
    ]


def signed_sides(venue: Venue) -> set[str]:
    """The sides that signed the agreement as it stands. One query."""
    return set(venue.signatures.filter(revision=venue.revision).values_list("side", flat=True))


def days_in_person(edition_id: int) -> tuple[date | None, date | None]:
    """First and last day of the legs in person, ``None`` while they are not set. One query."""
    days = Day.objects.filter(leg__edition=edition_id, leg__kind=Leg.Kind.IN_PERSON)
    found = days.aggregate(first=Min("on"), last=Max("on"))
    return found["first"], found["last"]


def hosts_of(edition_id: int) -> list[Any]:
    """The persons who host an edition today. One query."""
    held = Membership.objects.active().filter(edition_id=edition_id, role=Role.HOST).select_related("person")
    return [membership.person for membership in held.order_by("pk")]


def party_of(application: Application) -> list[Any]:
    """The people behind an offer: the applicant and the partners who joined it, each once. Two queries at most."""
    partners = Partner.objects.filter(application=application, person__isnull=False).exclude(state="left")
    people = [application.applicant, *(partner.person for partner in partners.select_related("person"))]
    return list({person.pk: person for person in people if person is not None}.values())


def draft_of_agreement(venue: Venue, *, rooms: Sequence[RoomPlan], offer: Mapping[str, Any]) -> str:
    """The agreement as it is proposed, in Markdown, out of the house's template and the answers of the offer."""
    first, last = days_in_person(venue.edition_id)
    context = {
        "venue": venue, "edition": venue.edition, "academy": venue.edition.academy, "rooms": rooms,
        "offer": offer, "first": first, "last": last,
    }  # fmt: skip
    return render_to_string("venues/agreement.md", context).strip() + "\n"


@dataclass(frozen=True, slots=True)
class MyVenue:
    """A venue that the person hosts, with the next step and how many tasks of the host are open."""

    venue: Venue
    next: Next
    open: int


def my_venues(person: Any) -> list[MyVenue]:
    """The venues that a person hosts today, given up ones left out. Three queries, whatever their number."""
    hosted = Membership.objects.active().filter(person_id=person.pk, role=Role.HOST)
    venues = (
        Venue.objects.filter(edition__in=hosted.values("edition"))
        .exclude(state="stepped_back")
        .select_related("edition")
        .prefetch_related("tasks", "signatures")
    )
    return [_mine(venue) for venue in venues]


def _mine(venue: Venue) -> MyVenue:
    open_tasks = in_order(task for task in venue.tasks.all() if task.done_at is None)
    signed = [one.side for one in venue.signatures.all() if one.revision == venue.revision]
    step, task = next_step(state=venue.state, side="host", signed=signed, open_tasks=open_tasks)
    return MyVenue(venue, Next(step, task), sum(1 for one in open_tasks if one.owner == "host"))


def announced(edition_id: int) -> QuerySet[Venue]:
    """What the public may read: venues whose agreement is signed by both sides."""
    return Venue.objects.filter(edition=edition_id, state__in=["agreed", "ready"])


def due_before(day: date) -> list[HostTask]:
    """Open tasks due before ``day`` of venues that are kept, each with venue and edition. One query."""
    rows = HostTask.objects.filter(done_at__isnull=True, due_on__lt=day).exclude(venue__state="stepped_back")
    return list(rows.select_related("venue__edition").order_by("venue_id", "due_on", "pk"))


def people_by_side(edition_ids: Iterable[int]) -> dict[tuple[int, str], list[Any]]:
    """Who hosts and who organises: persons by (edition id, side). One query."""
    held = Membership.objects.active().filter(edition__in=set(edition_ids), role__in=[Role.HOST, Role.ORGANISER])
    found: dict[tuple[int, str], list[Any]] = {}
    for membership in held.select_related("person").order_by("pk"):
        found.setdefault((membership.edition_id, str(membership.role)), []).append(membership.person)
    return found
