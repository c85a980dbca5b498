"""Who is in, who was asked, who waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from booster.academies.models import Edition, Leg
from booster.calls.models import Call
from booster.cohort.models import LegSeat, Seat
from booster.cohort.rules import Waiting
from booster.selection.models import Scenario


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


def overview(edition: Edition) -> Overview:
    """Everything about the seats of an edition. Five queries, whatever the number of people."""
    rows = list(
        Seat.objects.filter(edition=edition)
        .select_related("person", "application__organisation", "fills__person")
        .prefetch_related("legs__leg")
        .order_by("rank", "pk")
    )
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state] = counts.get(row.state, 0) + 1
    waiting = [row for row in rows if row.state in ("waiting", "dropped")]
    calls = Call.objects.filter(edition=edition, kind=Call.Kind.PARTICIPANTS)
    given = calls.aggregate(total=Sum("seats"))["total"] or 0
    return Overview([row for row in rows if row not in waiting], waiting, counts, leg_counts(edition), given)


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
    """The reserve list as plain values, in order. One query."""
    rows = Seat.objects.filter(edition_id=edition_id, state="waiting").order_by("rank", "pk")
    return [Waiting(reference, rank or 0) for reference, rank in rows.values_list("application__reference", "rank")]


def seats_of_reserve(call: Call) -> Mapping[str, Sequence[str]]:
    """Whose seats each on the reserve list can fill, as the adopted selection says. One query."""
    result = Scenario.objects.filter(call=call, state="adopted").values_list("result", flat=True).first()
    found: Mapping[str, Sequence[str]] = (result or {}).get("seats_of_reserve", {})
    return found


def due_to_lapse(at: datetime) -> QuerySet[Seat]:
    return Seat.objects.filter(state="offered", answer_by__lt=at).order_by("pk")


def due_to_remind(at: datetime, before: datetime) -> QuerySet[Seat]:
    """Offers that end before ``before`` and whose people have not been reminded."""
    return Seat.objects.filter(
        state="offered", answer_by__gte=at, answer_by__lte=before, reminded_at__isnull=True
    ).select_related("person", "application__call__edition")
