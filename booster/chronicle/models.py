"""The ledger: what happened, and what is still owed because of it."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from booster.chronicle.states import ERRAND


class FactQuerySet(models.QuerySet["Fact"]):
    def seen_by(self, person: Any) -> "FactQuerySet":
        """One's own doings. Who may read more (an edition's timeline) is decided by the room that shows it."""
        return self.filter(actor=person) if person.is_authenticated else self.none()

    def about(self, thing: models.Model) -> "FactQuerySet":
        return self.filter(thing_type=thing._meta.label_lower, thing_id=thing.pk)


class Fact(models.Model):
    """Something that happened. Written once, in the transaction that made it true."""

    kind = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_house = models.BooleanField(default=False)  # no actor from the start, as against an actor who left
    edition_id = models.BigIntegerField(null=True)  # a ledger outlives what it tells of: no foreign key
    thing_type = models.CharField(max_length=80)  # "calls.call"
    thing_id = models.BigIntegerField()
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["edition_id", "-at", "-id"], name="fact_edition"),
            models.Index(fields=["edition_id", "id"], name="fact_ledger"),
            models.Index(fields=["thing_type", "thing_id", "-at", "-id"], name="fact_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_type} {self.thing_id}"


class ErrandQuerySet(models.QuerySet["Errand"]):
    def due(self, at: Any) -> "ErrandQuerySet":
        """Owed, not put off, and not in the hands of a worker that is alive."""
        free = Q(leased_until=None) | Q(leased_until__lte=at)
        return self.filter(free, state="todo", not_before__lte=at).order_by("id")


class Errand(models.Model):
    """One reaction owed to one fact; kept until done, so nothing is lost between rooms."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="errands")
    reaction = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default=ERRAND.start)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["fact", "reaction"], name="one_errand_per_reaction"),
            models.CheckConstraint(condition=Q(state__in=ERRAND.states), name="errand_state_known"),
        ]
        indexes = [models.Index(fields=["not_before"], condition=Q(state="todo"), name="errand_todo")]

    def __str__(self) -> str:
        return f"{self.reaction} ({self.state})"


class Pulse(models.Model):
    """When a beat last began, or a worker last showed that it lives."""

    name = models.CharField(max_length=120, unique=True)
    last_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
