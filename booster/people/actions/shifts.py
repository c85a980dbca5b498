"""An operator takes up the operator's power for an hour, with a reason, and lays it down."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from booster.chronicle import actions as chronicle
from booster.kit.access import check
from booster.people import facts
from booster.people.access import RULES
from booster.people.models import Person, Shift

HOUR = timedelta(hours=1)


@transaction.atomic
def take_up(*, person: Person, reason: str, by: Person, at: datetime) -> Shift:
    """Begin a shift of an hour; one that runs ends here, so that every reason has its own time."""
    check(RULES, "people.take_up", by, person)
    _end_running(person, at)
    shift = Shift.objects.create(person=person, reason=reason, begins_at=at, ends_at=at + HOUR)
    chronicle.record(facts.POWER_TAKEN_UP, thing=person, by=by, at=at, reason=reason)
    return shift


@transaction.atomic
def lay_down(*, person: Person, by: Person, at: datetime) -> None:
    """End the shift before its hour is over; nothing happens when none runs."""
    check(RULES, "people.lay_down", by, person)
    if _end_running(person, at):
        chronicle.record(facts.POWER_LAID_DOWN, thing=person, by=by, at=at)


def _end_running(person: Person, at: datetime) -> int:
    with suppress(AttributeError):  # what is remembered for this request; a request's person may be a lazy one
        del person._on_duty
    return Shift.objects.filter(person=person, laid_down_at=None, ends_at__gt=at).update(laid_down_at=at)
