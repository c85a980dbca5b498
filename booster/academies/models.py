"""Academies, their editions, the shape of an edition, and who has which role in it."""

from datetime import time
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from booster.academies.states import EDITION


class Role(models.TextChoices):
    ORGANISER = "organiser", _("Organiser")
    READER = "reader", _("Reader")
    EVALUATOR = "evaluator", _("Evaluator")
    PARTICIPANT = "participant", _("Participant")
    HOST = "host", _("Host")
    COACH = "coach", _("Coach")
    SPEAKER = "speaker", _("Speaker")
    POLICY_OFFICER = "policy_officer", _("Policy officer")


STATE_LABELS = {
    "planned": _("planned"),
    "open": _("open"),
    "running": _("running"),
    "following_up": _("in follow-up"),
    "closed": _("closed"),
}


class Academy(models.Model):
    """A training academy that comes back edition after edition."""

    class Regime(models.TextChoices):
        GDPR = "gdpr", _("GDPR, Regulation (EU) 2016/679")
        EUDPR = "eudpr", _("EU institutions, Regulation (EU) 2018/1725")

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.TextField(blank=True)
    operator = models.CharField(max_length=200, blank=True)
    contact = models.EmailField(blank=True)
    regime = models.CharField(max_length=5, choices=Regime, default=Regime.GDPR)
    privacy_notice = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class EditionQuerySet(models.QuerySet["Edition"]):
    def public(self) -> Self:
        """Editions that the public may read about."""
        return self.exclude(state=EDITION.start)

    def organised_by(self, person: Any) -> Self:
        """Editions in which the person is an organiser today."""
        return self.filter(
            pk__in=Membership.objects.active().filter(person_id=person.pk, role=Role.ORGANISER).values("edition")
        )

    def seen_by(self, person: Any) -> Self:
        """Public editions, and planned ones in which the person has a role today; an operator on duty sees all."""
        rows = self.select_related("academy")  # its name heads every page of an edition
        if getattr(person, "on_duty", False):
            return rows
        mine = Membership.objects.active().filter(person_id=person.pk).values("edition")
        return rows.filter(~Q(state=EDITION.start) | Q(pk__in=mine))


class Edition(models.Model):
    """One run of an academy: the boundary of nearly every query."""

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=20, default=EDITION.start)
    summary = models.TextField(blank=True)
    zone = models.CharField(max_length=64, default="Europe/Brussels")
    accent = models.CharField(max_length=7, default="#1b4f8a")
    seats_min = models.PositiveSmallIntegerField(default=25)
    seats_max = models.PositiveSmallIntegerField(default=40)
    letters_from = models.TimeField(default=time(8))  # letters that nobody waits for leave in these hours,
    letters_until = models.TimeField(default=time(19))  # in the addressee's zone, else in the edition's
    letters_on_weekends = models.BooleanField(default=False)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["academy_id", "-number"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EDITION.states), name="edition_state_known"),
            models.UniqueConstraint(fields=["academy", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(letters_from__lt=models.F("letters_until")), name="edition_letters_from_before_until"
            ),
            models.CheckConstraint(condition=Q(seats_min__lte=models.F("seats_max")), name="edition_seats_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[self.state])


class Leg(models.Model):
    """A part of an edition that is held in one way at one place: the online leg, the in-person leg."""

    class Kind(models.TextChoices):
        ONLINE = "online", _("Online")
        IN_PERSON = "in_person", _("In person")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64, default="Europe/Brussels")
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["edition_id", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "position"], name="leg_position_once")]

    def __str__(self) -> str:
        return self.name


class Day(models.Model):
    """One day of a leg, with the hours at which it opens and closes in the leg's zone."""

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["leg", "on"], name="day_once"),
            models.CheckConstraint(condition=Q(opens__lt=models.F("closes")), name="day_opens_before_it_closes"),
        ]

    def __str__(self) -> str:
        return str(self.on)


class Phase(models.Model):
    """A stretch of an edition's life, as the rail shows it."""

    class Kind(models.TextChoices):
        CALLS = "calls", _("Calls")
        COHORT = "cohort", _("Cohort")
        NEEDS = "needs", _("Needs")
        ONLINE = "online", _("Online days")
        BETWEEN = "between", _("Between")
        IN_PERSON = "in_person", _("In person")
        ROADMAP = "roadmap", _("Roadmap")
        FOLLOW_UP = "follow_up", _("Follow-up")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="phase_once"),
            models.CheckConstraint(condition=Q(starts_on__lte=models.F("ends_on")), name="phase_in_order"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class BudgetLine(models.Model):
    """What an edition may spend on something, in euro cents."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="budget")
    title = models.CharField(max_length=200)
    cents = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        """Roles that hold today, by the database's clock."""
        today = TruncDate(Now())
        return self.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=today)).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        )

    def reading_desks(self, person: Any) -> Self:
        """The person's roles today that read the desk of an edition: organisers run it, readers only look."""
        return self.active().filter(person_id=person.pk, role__in=(Role.ORGANISER, Role.READER))

    def seen_by(self, person: Any) -> Self:
        """Organisers see every role of their editions, everybody sees their own, an operator on duty sees all."""
        if getattr(person, "on_duty", False):
            return self
        led = Membership.objects.active().filter(person_id=person.pk, role=Role.ORGANISER).values("edition")
        return self.filter(Q(person_id=person.pk) | Q(edition__in=led))


class Membership(models.Model):
    """One person's role in one edition, from a day to a day (both included; empty means open)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["edition_id", "role", "person_id"]
        constraints = [models.UniqueConstraint(fields=["edition", "person", "role"], name="role_once")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"

    @property
    def ends_with_edition(self) -> bool:
        """Whether the role is past once its edition is closed; whoever runs or accompanies an edition goes on."""
        return self.role in {Role.PARTICIPANT, Role.HOST, Role.EVALUATOR}
