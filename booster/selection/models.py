"""Scenarios, decisions, policy reasons, complaints and the signed report: choosing, told with reasons."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booster.academies.models import Edition, Membership, Role
from booster.applications.models import Application
from booster.calls.models import Call
from booster.selection.rules.policies import DRAWN
from booster.selection.states import COMPLAINT, DECISION, DRAW, SCENARIO


def _led(person: Any) -> Any:
    return Membership.objects.active().filter(person_id=person.pk, role=Role.ORGANISER).values("edition")


class OrganisedQuerySet(models.QuerySet[Any]):
    def seen_by(self, person: Any) -> Self:
        """Those of the editions that the person organises today."""
        return self.filter(edition__in=_led(person))


class Scenario(models.Model):
    """One try at choosing: seats, limits, who is in or out by hand, what the solver found. Nobody is told anything."""

    class Policy(models.TextChoices):
        MERIT = "merit", _("Merit first")
        LOTTERY = "lottery", _("Threshold and lottery")
        POINTS = "points", _("Points only")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="scenarios")
    cut_off = models.CharField(max_length=20, blank=True)  # chooses from one batch alone, see selection.queries.batches
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default=SCENARIO.start)
    seats = models.PositiveSmallIntegerField()  # of the whole group, who has a place from another batch among it
    reserves = models.PositiveSmallIntegerField(default=10)  # how long the reserve list is at most
    seed = models.BigIntegerField(default=1)
    per_organisation = models.PositiveSmallIntegerField(null=True, blank=True, default=1)
    limits = models.JSONField(default=list)  # see selection.rules.limits
    policy = models.CharField(max_length=8, choices=Policy, default=Policy.POINTS)
    bands = models.JSONField(default=list)  # lower bounds of all bands but the last, see selection.rules.policies
    threshold = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)  # None: that of the call
    picked = models.JSONField(default=list)  # references in by hand
    dropped = models.JSONField(default=list)  # references out by hand
    result = models.JSONField(default=dict)  # see selection.rules.results
    prices = models.JSONField(default=dict)  # {"country BE": what the limit costs}, see selection.rules.results
    price_asked = models.CharField(max_length=120, blank=True)  # the limit whose price the worker works out
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    solved_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)  # a worker has it in hand until then
    tries = models.PositiveSmallIntegerField(default=0)  # how often a worker began on this revision
    progress = models.JSONField(default=dict)  # {"stage", "done", "whole"} of the work in hand
    person_asked = models.CharField(max_length=40, blank=True)  # the reference whose seat the worker prices

    objects = OrganisedQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SCENARIO.states), name="scenario_state_known"),
            models.CheckConstraint(
                condition=Q(policy__in=["merit", "lottery", "points"]), name="scenario_policy_known"
            ),
            models.UniqueConstraint(
                fields=["call", "cut_off"], condition=Q(state="adopted"), name="one_adopted_scenario"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_lottery(self) -> bool:
        return self.policy in DRAWN

    @property
    def is_fixed(self) -> bool:
        """Adopted, announced or drawn: what is changed becomes another scenario."""
        return self.state in ("announced", "adopted") or self.is_drawn

    @property
    def is_worked_on(self) -> bool:
        return self.state == "waiting" or bool(self.price_asked or self.person_asked)

    @property
    def is_drawn(self) -> bool:
        return self.is_lottery and self.state in ("solved", "adopted")


class Portfolio(models.Model):
    """The cohorts that a lottery draws from, with their chances, as they were worked out for one scenario.

    In ``kept``, ``committed`` and ``published`` people are numbers of the draw; ``numbers`` says whose. ``committed``
    is the whole input, with attributes, and never public; ``published`` holds its SHA-256. The fingerprint is the
    SHA-256 of ``published``.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    scenario = models.OneToOneField(Scenario, on_delete=models.CASCADE, related_name="portfolio")
    kept = models.JSONField()  # see selection.rules.portfolios
    weighed = models.JSONField()  # what the scenario says of it until a draw, see selection.rules.results
    numbers = models.JSONField()  # {number of the draw: reference}
    committed = models.TextField(blank=True)  # empty once the files of the call are erased
    published = models.TextField()
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = OrganisedQuerySet.as_manager()

    class Meta:
        ordering = ["scenario_id"]

    def __str__(self) -> str:
        return self.fingerprint


class DrawQuerySet(models.QuerySet["Draw"]):
    def seen_by(self, person: Any) -> Self:
        """Announced draws are public: everybody who sees the call sees them."""
        return self.filter(call__in=Call.objects.seen_by(person).values("pk"))


class Draw(models.Model):
    """A draw as it was announced: its fingerprint, where its seed comes from, and what came of it. It stays."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="draws")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="draws")
    state = models.CharField(max_length=10, default=DRAW.start)
    policy = models.CharField(max_length=8, choices=Scenario.Policy)
    bands = models.JSONField(default=list)
    threshold = models.DecimalField(max_digits=5, decimal_places=2)
    seats = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()  # who has a part in the draw
    panels = models.PositiveIntegerField()
    tickets = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    published = models.TextField()  # the public file, byte for byte
    source = models.CharField(max_length=300)  # where the seed comes from, in words
    known_at = models.DateTimeField()  # when the seed will be known
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    seed = models.CharField(max_length=200, blank=True)
    ball = models.PositiveIntegerField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)  # why it was called off; public

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ["-announced_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DRAW.states), name="draw_state_known"),
            models.UniqueConstraint(fields=["scenario"], condition=~Q(state="called_off"), name="one_standing_draw"),
        ]

    def __str__(self) -> str:
        return self.source


class DecisionQuerySet(models.QuerySet["Decision"]):
    def seen_by(self, person: Any) -> Self:
        """Organisers see all of their editions; applicants their own once they have been told."""
        own = Q(application__applicant_id=person.pk, told_at__isnull=False)
        return self.filter(own | Q(edition__in=_led(person)))


class Decision(models.Model):
    """What was decided on one application, with the reason that its applicant reads."""

    class Outcome(models.TextChoices):
        CHOSEN = "chosen", _("Chosen")
        SHORTLISTED = "shortlisted", _("On the shortlist")
        RESERVE = "reserve", _("On the reserve list")
        NOT_CHOSEN = "not_chosen", _("Not chosen")
        NOT_ELIGIBLE = "not_eligible", _("Not eligible")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="decisions")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=12, choices=Outcome)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)  # among the chosen, or on the reserve list
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=DECISION.start)
    decided_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)
    amended = models.TextField(blank=True)  # why a person decided otherwise than the adopted selection
    round = models.PositiveSmallIntegerField(default=1)  # grows when it is taken back: each round has its own letter

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "outcome", "rank", "pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=DECISION.states), name="decision_state_known")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class PolicyNote(models.Model):
    """A reason apart from the score that was weighed when a venue was chosen: rotation, spread, kind of host."""

    class Kind(models.TextChoices):
        ROTATION = "rotation", _("Rotation: the country has not hosted before")
        SPREAD = "spread", _("Geographic spread")
        HOST_TYPE = "host_type", _("Kind of host")
        OTHER = "other", _("Another reason")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="policy_notes")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="policy_notes")
    kind = models.CharField(max_length=10, choices=Kind)
    favours = models.BooleanField()
    text = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OrganisedQuerySet.as_manager()

    class Meta:
        ordering = ["application_id", "noted_at"]

    def __str__(self) -> str:
        return self.text[:60]


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def seen_by(self, person: Any) -> Self:
        return self.filter(Q(decision__application__applicant_id=person.pk) | Q(edition__in=_led(person)))


class Complaint(models.Model):
    """An objection to how a decision came about, within its window; answered and recorded."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="complaint")
    state = models.CharField(max_length=10, default=COMPLAINT.start)
    text = models.TextField()
    received_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    changes_decision = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["received_at"]
        constraints = [models.CheckConstraint(condition=Q(state__in=COMPLAINT.states), name="complaint_state_known")]

    def __str__(self) -> str:
        return self.text[:60]


class Signature(models.Model):
    """A signature under the selection report as it stood."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)  # SHA-256 of the figures that were signed
    figures = models.JSONField(default=dict)  # the figures themselves: they outlive the files they were counted from
    signed_at = models.DateTimeField()

    objects = OrganisedQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "signed_at"]
        constraints = [models.UniqueConstraint(fields=["call", "person", "digest"], name="signed_once")]

    def __str__(self) -> str:
        return self.part
