"""Who takes part: seats offered and answered, the reserve list, a seat for each leg."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booster.academies.models import Edition, Leg, Membership, Role
from booster.applications.models import Application
from booster.cohort.states import SEAT

STATE_LABELS = {
    "waiting": _("on the reserve list"),
    "offered": _("offered"),
    "accepted": _("accepted"),
    "declined": _("declined"),
    "lapsed": _("lapsed"),
    "given_back": _("given back"),
    "dropped": _("off the reserve list"),
}
MISSED = _("did not come")


class SeatQuerySet(models.QuerySet["Seat"]):
    def taken(self) -> Self:
        """Seats that are held or have been offered."""
        return self.filter(state__in=["offered", "accepted"])

    def seen_by(self, person: Any) -> Self:
        """One's own, and for organisers all of their editions."""
        led = Membership.objects.active().filter(person_id=person.pk, role=Role.ORGANISER).values("edition")
        return self.filter(Q(person_id=person.pk) | Q(edition__in=led))


class Seat(models.Model):
    """A seat in an edition for one person: offered, answered, or waiting for one to become free."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="seats")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="seat")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    state = models.CharField(max_length=12, default=SEAT.start)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)  # on the reserve list, 1 is the first
    offered_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why it was declined or given back, as the person wrote it
    why = models.CharField(max_length=200, blank=True)  # why this person moved up
    fills = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="filled_by")
    fills_leg = models.OneToOneField(
        "LegSeat", on_delete=models.SET_NULL, null=True, blank=True, related_name="filled_by"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)  # when an organiser noted that the person did not come

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["edition_id", "rank", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SEAT.states), name="seat_state_known"),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(answer_by__isnull=False), name="seat_offered_until"
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)

    @property
    def state_label(self) -> str:
        return str(MISSED if self.missed_at else STATE_LABELS[self.state])


class LegSeat(models.Model):
    """The seat for one leg: somebody may come online and have to give the journey back."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="legs")
    leg = models.ForeignKey(Leg, on_delete=models.PROTECT, related_name="seats")
    given_back_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["seat_id", "leg__position"]
        constraints = [models.UniqueConstraint(fields=["seat", "leg"], name="leg_seat_once")]

    def __str__(self) -> str:
        return str(self.leg)
