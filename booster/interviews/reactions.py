"""What this room does when something was stated: letters about talks, times that are free again."""

from datetime import datetime

from booster.applications import facts as applications
from booster.applications.models import Application
from booster.chronicle.models import Fact
from booster.interviews import actions, facts, letters
from booster.interviews.models import Booking
from booster.post import actions as post


def _booking(fact: Fact) -> Booking | None:
    rows = Booking.objects.select_related("slot", "application__call__edition", "application__applicant")
    return rows.filter(application=fact.thing_id, slot=fact.payload.get("slot")).first()


def write_agreed(fact: Fact, *, at: datetime) -> None:
    """Only about the choice that still stands."""
    if booking := _booking(fact):
        post.drop(by=None, at=at, **letters.agreed(booking, fact=fact.pk))


def write_changed(fact: Fact, *, at: datetime) -> None:
    if booking := _booking(fact):
        post.drop(by=None, at=at, **letters.changed(booking, fact=fact.pk))


def free_time(fact: Fact, *, at: datetime) -> None:
    """Whoever withdrew and has not come back since, or was erased, comes to no talk."""
    application = Application.objects.filter(pk=fact.thing_id).exclude(state="submitted").first()
    if application is not None:
        actions.give_back(application=application, by=None, at=at)


REACTIONS = {
    facts.TIME_CHOSEN: [write_agreed],
    facts.SLOT_CHANGED: [write_changed],
    applications.WITHDRAWN: [free_time],
    applications.ERASED: [free_time],
    applications.APPLICANT_FORGOTTEN: [free_time],
}
