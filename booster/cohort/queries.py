"""Who is in, who was asked, who waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum

from booster.academies.models import Day, Edition, Leg
from booster.applications.models import Application
from booster.calls.models import Call
from booster.cohort.models import LegSeat, Seat
from booster.cohort.rules import Waiting
from booster.selection.models import Decision, Scenario


@dataclass(frozen=True, slots=True)
class LegCount:
    leg: Leg
    held: int
    given_back: int


@dataclass(frozen=True, slots=True)
class Overview:
    """``seats`` has everybody whose seat is offered or answered, ``waiting`` the reserve list in order; ``given`` is
    how many seats the calls for participants give."""

    seats: list[Seat]
    waiting: list[Seat]
    counts: dict[str, int]
    legs: list[LegCount]
    given: int
    first_day: date | None


def overview(edition: Edition) -> Overview:
    """Everything about the seats of an edition. Six queries, whatever the number of people."""
    every = Seat.objects.filter(edition=edition)
    read = every.select_related("person", "application__organisation", "fills__person").prefetch_related("legs__leg")
    rows = list(in_order(read))
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state] = counts.get(row.state, 0) + 1
    waiting = [row for row in rows if row.state in ("waiting", "dropped")]
    calls = Call.objects.filter(edition=edition, kind=Call.Kind.PARTICIPANTS)
    given = calls.aggregate(total=Sum("seats"))["total"] or 0
    seats, legs = [row for row in rows if row not in waiting], leg_counts(edition)
    return Overview(seats, waiting, counts, legs, given, first_day(edition.pk))


def leg_counts(edition: Edition) -> list[LegCount]:
    """For each leg how many accepted seats are held and how many were given back. One query."""
    held = Count("seats", filter=Q(seats__given_back_at__isnull=True, seats__seat__state="accepted"))
    back = Count("seats", filter=Q(seats__given_back_at__isnull=False))
    legs = Leg.objects.filter(edition=edition).annotate(held=held, back=back).order_by("position")
    return [LegCount(leg, leg.held, leg.back) for leg in legs]


def legs_to_come(edition_id: int, *, at: datetime) -> list[Leg]:
    """The legs with a day today or later; all of them when none is left. A seat that becomes free between the legs is
    offered for what is still to come. Two queries at most."""
    legs = Leg.objects.filter(edition=edition_id)
    return list(legs.filter(days__on__gte=at.date()).distinct()) or list(legs)


def first_day(edition_id: int) -> date | None:
    """The first day of all legs; ``None`` while none is set. One query."""
    found: date | None = Day.objects.filter(leg__edition=edition_id).aggregate(first=Min("on"))["first"]
    return found


@dataclass(frozen=True, slots=True)
class Before:
    """Another edition of somebody who applies: ``came`` is true, false, or ``None`` while it is not over or
    when no seat was held."""

    edition: str
    outcome: str
    came: bool | None


def over(on: date) -> QuerySet[Edition]:
    """Editions whose last day is past."""
    days = Day.objects.filter(leg__edition=OuterRef("pk"))
    return Edition.objects.filter(Exists(days), ~Exists(days.filter(on__gte=on)))


def before(application: Application, *, on: date) -> list[Before]:
    """What is known of the applicant from other editions whose decisions were told, the newest first. One query."""
    rows: Any = (
        Decision.objects.filter(application__applicant=application.applicant_id, told_at__isnull=False)
        .filter(application__applicant__isnull=False, call__kind=Call.Kind.PARTICIPANTS)
        .exclude(edition=application.edition_id)
        .annotate(over=Exists(over(on).filter(pk=OuterRef("edition"))))
        .select_related("edition", "application__seat")
        .order_by("-told_at", "-pk")
    )
    return [_before(decision, getattr(decision.application, "seat", None), is_over=decision.over) for decision in rows]


def _before(decision: Decision, seat: Seat | None, *, is_over: bool) -> Before:
    outcome = seat.state_label if seat else decision.get_outcome_display()
    held = seat is not None and seat.state == "accepted" and is_over
    return Before(decision.edition.name, outcome, came=seat.missed_at is None if seat and held else None)


def came_before(call: Call, *, on: date) -> dict[int, str]:
    """Of the sent applications of a call, by id: ``came`` or ``missed`` for people who held a seat in another edition
    that is over; who missed one is ``missed``. Two queries, one when there is nobody."""
    mine = Application.objects.filter(call=call, state="submitted", applicant__isnull=False)
    held = Seat.objects.filter(state="accepted", person__in=mine.values("applicant"), edition__in=over(on))
    held = held.exclude(edition=call.edition_id)
    kept: dict[int, str] = {}
    for person, missed in held.values_list("person_id", "missed_at"):
        kept[person] = "missed" if missed or kept.get(person) == "missed" else "came"
    if not kept:
        return {}
    rows = mine.filter(applicant__in=list(kept)).order_by().values_list("pk", "applicant_id")
    return {pk: kept[person] for pk, person in rows}


def my_seats(person: Any) -> QuerySet[Seat]:
    return Seat.objects.filter(person=person).exclude(state="waiting").select_related("edition", "application__call")


def seat_with_legs(seat: Seat) -> list[LegSeat]:
    """The legs of a seat with their days. Two queries."""
    return list(seat.legs.select_related("leg").prefetch_related("leg__days").order_by("leg__position"))


def is_over(legs: Sequence[LegSeat], *, on: date) -> bool:
    """Whether the last day of all these legs has passed; not while they have no day. No query after
    ``seat_with_legs``."""
    days = [day.on for part in legs for day in part.leg.days.all()]
    return bool(days) and max(days) < on


def waiting(edition_id: int) -> list[Waiting]:
    """The reserve list as plain values, in order: who stands on that of an earlier cut-off goes first. One query."""
    rows = in_order(Seat.objects.filter(edition_id=edition_id, state="waiting"))
    return [Waiting(key, n) for n, key in enumerate(rows.values_list("application__reference", flat=True), start=1)]


def in_order(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """By cut-off, within one by rank."""
    return seats.order_by(F("application__cut_off__closes_at").asc(nulls_last=True), "rank", "pk")


def seats_of_reserve(call: Call) -> Mapping[str, Sequence[str]]:
    """Whose seats each on the reserve list can fill, as the adopted selections say. One query."""
    results = Scenario.objects.filter(call=call, state="adopted").values_list("result", flat=True)
    return {key: seats for result in results for key, seats in result.get("seats_of_reserve", {}).items()}


def due_to_lapse(at: datetime) -> QuerySet[Seat]:
    return Seat.objects.filter(state="offered", answer_by__lt=at).order_by("pk")


def due_to_remind(at: datetime, before: datetime) -> QuerySet[Seat]:
    """Offers that end before ``before`` and whose people have not been reminded."""
    return Seat.objects.filter(
        state="offered", answer_by__gte=at, answer_by__lte=before, reminded_at__isnull=True
    ).select_related("person", "edition", "application__call__edition")
