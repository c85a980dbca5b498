"""The place of an edition: its host, its rooms, the agreement and what is to be done until the days."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booster.academies.models import Edition, Membership, Role
from booster.applications.models import Application
from booster.library.models import Document
from booster.venues.states import HOSTING

STATE_LABELS = {
    "proposed": _("agreement to be signed"),
    "agreed": _("agreed"),
    "ready": _("ready"),
    "stepped_back": _("stepped back"),
}


class VenueQuerySet(models.QuerySet["Venue"]):
    def seen_by(self, person: Any) -> Self:
        """For organisers and hosts of the edition; a venue that was given up stays with the organisers alone."""
        held = Membership.objects.active().filter(person_id=person.pk)
        led = held.filter(role=Role.ORGANISER).values("edition")
        hosted = held.filter(role=Role.HOST).values("edition")
        return self.filter(Q(edition__in=led) | Q(edition__in=hosted) & ~Q(state="stepped_back"))


class Venue(models.Model):
    """Where an edition meets in person, grown from a chosen offer. Host and owner of the rooms may differ."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="venues")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="venue")
    state = models.CharField(max_length=12, default=HOSTING.start)
    name = models.CharField(max_length=200)
    host = models.CharField(max_length=200)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    about = models.TextField(blank=True)  # Markdown
    getting_there = models.TextField(blank=True)  # Markdown
    agreement = models.TextField(blank=True)  # Markdown: what both sides sign
    revision = models.PositiveIntegerField(default=1)
    adopted_at = models.DateTimeField()

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering = ["edition_id", "pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=HOSTING.states), name="hosting_state_known")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.name, self.city) if part)

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[self.state])


class Room(models.Model):
    """A room of the venue; sessions and group tables will be put into it."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    m2 = models.DecimalField(max_digits=8, decimal_places=1, null=True, blank=True)
    theatre = models.PositiveIntegerField(null=True, blank=True)
    cabaret = models.PositiveIntegerField(null=True, blank=True)
    daylight = models.BooleanField(null=True)
    step_free = models.BooleanField(null=True)
    projector = models.BooleanField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # on foot from the plenary
    photo = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    plan = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["venue_id", "position"]
        constraints = [models.UniqueConstraint(fields=["venue", "name"], name="room_name_once")]

    def __str__(self) -> str:
        return self.name


class HostTask(models.Model):
    """Something the host or the organiser has to do, by a day."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    key = models.CharField(max_length=10, blank=True)  # "sign": the host's signature finishes it, nothing else does
    owner = models.CharField(
        max_length=10, choices=[("host", _("Host")), ("organiser", _("Organiser"))], default="host"
    )
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["venue_id", "due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class AgreementSignature(models.Model):
    """Somebody signed the agreement as it stood, for one of the two sides."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="signatures")
    side = models.CharField(max_length=10, choices=[("host", _("Host")), ("organiser", _("Organiser"))])
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["venue_id", "signed_at"]
        constraints = [models.UniqueConstraint(fields=["venue", "side", "revision"], name="side_signs_once")]

    def __str__(self) -> str:
        return self.side
