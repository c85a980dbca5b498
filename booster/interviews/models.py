"""Times at which talks are offered, and who has chosen which."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from booster.academies.models import Edition, Membership, Role
from booster.applications.models import Application
from booster.calls.models import Call


class SlotQuerySet(models.QuerySet["Slot"]):
    def seen_by(self, person: Any) -> Self:
        """Those of the editions that the person organises today."""
        led = Membership.objects.active().filter(person_id=person.pk, role=Role.ORGANISER).values("edition")
        return self.filter(edition__in=led)

    def free(self, at: datetime) -> Self:
        """Still to come, with a place left."""
        return self.filter(starts_at__gt=at, taken__lt=F("capacity"))


class Slot(models.Model):
    """A time at which a talk is offered, for one applicant or for several at once."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField(default=1)
    taken = models.PositiveSmallIntegerField(default=0)  # grows and falls with the bookings, never over capacity
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "starts_at", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "starts_at", "place"], name="slot_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="slot_not_overbooked"),
            models.CheckConstraint(condition=Q(capacity__gt=0, minutes__gt=0), name="slot_lasts_and_holds"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class BookingQuerySet(models.QuerySet["Booking"]):
    def seen_by(self, person: Any) -> Self:
        """One's own, and for organisers those of their editions."""
        led = Membership.objects.active().filter(person_id=person.pk, role=Role.ORGANISER).values("edition")
        return self.filter(Q(application__applicant_id=person.pk) | Q(slot__edition__in=led))


class Booking(models.Model):
    """That an applicant comes to a slot."""

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="bookings")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="booking")
    booked_at = models.DateTimeField()

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["slot__starts_at", "pk"]

    def __str__(self) -> str:
        return str(self.slot)
