"""The only file of this room that writes: times offered, chosen, moved, given back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booster.applications import actions as applications
from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.interviews import facts
from booster.interviews.models import Booking, Slot
from booster.kit.access import Refused
from booster.kit.machine import NotNow


@dataclass(frozen=True, slots=True)
class Terms:
    """What all times of a series have in common."""

    minutes: int
    capacity: int = 1
    place: str = ""
    link: str = ""


@transaction.atomic
def offer(*, call: Call, starts: Sequence[datetime], terms: Terms, by: Any, at: datetime) -> int:
    """Offer talks at these times; how many are new. A time that is offered at that place already is passed over.

    Refused in a call without interviews, without a place or a link, and in the past.
    """
    if not call.is_interview:
        raise Refused(_("This call has no interviews."))
    if call.state == "settled":
        raise NotNow(_("The call is settled: everybody has been told the result."))
    if not terms.place and not terms.link:
        raise Refused(_("Say where: give a place or a link."))
    if any(start <= at for start in starts):
        raise Refused(_("Every time must be in the future."))
    known = set(call.slots.filter(place=terms.place).values_list("starts_at", flat=True))
    new = [start for start in dict.fromkeys(starts) if start not in known]
    Slot.objects.bulk_create(
        Slot(
            edition_id=call.edition_id, call=call, starts_at=start, minutes=terms.minutes, capacity=terms.capacity,
            place=terms.place, link=terms.link,
        )
        for start in new
    )  # fmt: skip
    if new:
        record(facts.SLOTS_OFFERED, thing=call, by=by, at=at, count=len(new))
    return len(new)


@transaction.atomic
def change(*, slot: Slot, values: Mapping[str, Any], by: Any, at: datetime) -> Slot:
    """Another hour, place, link or number of places; everybody who chose it gets a letter.

    ``NotNow`` for fewer places than are taken, and for a time that is offered there already.
    """
    if values.get("starts_at", slot.starts_at) <= at:
        raise NotNow(_("Every time must be in the future."))
    changed = {name: value for name, value in values.items() if getattr(slot, name) != value}
    if not changed:
        return slot
    capacity = changed.get("capacity", slot.capacity)
    try:
        with transaction.atomic():
            if not Slot.objects.filter(pk=slot.pk, taken__lte=capacity).update(**changed):
                raise NotNow(_("More applicants have chosen this time already than it would hold."))
    except IntegrityError as twice:
        raise NotNow(_("That time is offered at that place already.")) from twice
    slot.refresh_from_db()
    if set(changed) - {"capacity"}:
        for booking in slot.bookings.select_related("application"):
            record(facts.SLOT_CHANGED, thing=booking.application, by=by, at=at, slot=slot.pk)
    return slot


@transaction.atomic
def remove(*, slot: Slot, by: Any, at: datetime) -> Call:
    """Take a time back that nobody has chosen."""
    if not Slot.objects.filter(pk=slot.pk, taken=0).delete()[0]:
        raise NotNow(_("Somebody has chosen this time. Change it instead; they are told."))
    record(facts.SLOT_REMOVED, thing=slot.call, by=by, at=at)
    return slot.call


@transaction.atomic
def choose(*, slot: Slot, application: Application, by: Any, at: datetime) -> Booking:
    """Take a place in a slot, or move from another one; the file stands as sent from then on. The same choice twice is
    one.

    Of two who take the last place at the same moment one gets it; the other hears ``NotNow`` and keeps what they had.
    """
    if slot.call_id != application.call_id:
        raise Refused(_("This time belongs to another call."))
    if slot.starts_at <= at:
        raise NotNow(_("This time has passed. Choose another one."))
    application = applications.attend(application=application, by=by, at=at)
    held = Booking.objects.select_for_update().filter(application=application).select_related("slot").first()
    if held is not None and held.slot_id == slot.pk:
        return held
    if held is not None and held.slot.starts_at <= at:
        raise NotNow(_("Your talk has begun already."))
    if not Slot.objects.filter(pk=slot.pk, taken__lt=F("capacity")).update(taken=F("taken") + 1):
        raise NotNow(_("Somebody else took this time a moment ago. Choose another one."))
    if held is not None:
        _free(held)
    booking = Booking.objects.create(slot=slot, application=application, booked_at=at)
    record(facts.TIME_CHOSEN, thing=application, by=by, at=at, slot=slot.pk, booking=booking.pk)
    return booking


def _free(booking: Booking) -> None:
    Slot.objects.filter(pk=booking.slot_id, taken__gt=0).update(taken=F("taken") - 1)
    booking.delete()


@transaction.atomic
def give_back(*, application: Application, by: Any, at: datetime) -> bool:
    """Whoever withdrew comes to no talk: the time is free again. Twice is once; whether there was one."""
    held = Booking.objects.select_for_update().filter(application=application).first()
    if held is None:
        return False
    _free(held)
    record(facts.TIME_GIVEN_BACK, thing=application, by=by, at=at)
    return True
