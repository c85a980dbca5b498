"""What pages and other rooms read about talks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.db.models import F, Prefetch, QuerySet, Sum

from booster.applications.models import Application
from booster.calls.models import Call
from booster.interviews.models import Booking, Slot


def slots_of(call: Call) -> list[Slot]:
    """Every slot of a call in order, with who comes (``.bookings.all()``). Two queries."""
    people = Booking.objects.select_related("application").only(
        "slot_id", "booked_at", "application__title", "application__reference", "application__state"
    )
    return list(call.slots.prefetch_related(Prefetch("bookings", queryset=people)))


def without_time(call: Call) -> QuerySet[Application]:
    """Those on the shortlist who have not chosen a time yet, nor withdrawn. One query."""
    return call.applications.filter(state="draft").order_by("title", "pk")


def free_slots(call: Call, *, at: datetime) -> list[Slot]:
    """What can still be chosen, the earliest first. One query."""
    return list(Slot.objects.free(at).filter(call=call))


def room_for(call: Call, *, at: datetime) -> int:
    """How many more can be asked to a talk: free places less those who have been asked and have not chosen yet. Two
    queries."""
    free = Slot.objects.free(at).filter(call=call).aggregate(places=Sum(F("capacity") - F("taken")))["places"] or 0
    return int(free) - without_time(call).count()


def talk_of(application: Application) -> Booking | None:
    """When an application is talked about. One query."""
    return Booking.objects.filter(application=application).select_related("slot").first()


def due_for_reminder(*, since: datetime, until: datetime) -> QuerySet[Booking]:
    """Talks that begin between two moments. One query."""
    rows = Booking.objects.filter(slot__starts_at__gt=since, slot__starts_at__lte=until)
    return rows.filter(application__state="submitted").select_related(
        "slot", "application__call__edition", "application__applicant"
    )


@dataclass(frozen=True, slots=True)
class Day:
    """The free times of one day, on the clock of the call."""

    on: date
    slots: tuple[Slot, ...]


def by_day(slots: Sequence[Slot], zone: tzinfo) -> list[Day]:
    """Slots by the day on which they begin in ``zone``. No query."""
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.starts_at.astimezone(zone).date(), []).append(slot)
    return [Day(on, tuple(found)) for on, found in days.items()]
