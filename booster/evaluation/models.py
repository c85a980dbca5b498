"""Eligibility, evaluators, conflicts of interest, marks and consensus: everything between a file and its score."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from booster.academies.models import Edition, Membership, Role
from booster.applications.models import Application
from booster.calls.models import Call, Criterion
from booster.evaluation.states import ASSIGNMENT, CONSENSUS, EVALUATION, SCREENING, SHARING
from booster.people.models import Organisation

SILENT = ("barred", "ended", "in_doubt")  # assignments whose marks no total may use


def _led(person: Any) -> Any:
    return Membership.objects.active().filter(person_id=person.pk, role=Role.ORGANISER).values("edition")


class OrganisedQuerySet(models.QuerySet[Any]):
    def seen_by(self, person: Any) -> Self:
        """Those of the editions that the person organises today."""
        return self.filter(edition__in=_led(person))


class Screening(models.Model):
    """Whether an application may be evaluated: computed from its answers, confirmed or overruled by a person."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="screening")
    state = models.CharField(max_length=10, default=SCREENING.start)
    eligible = models.BooleanField()
    code = models.CharField(max_length=60, blank=True)  # the first gate that fails; empty when eligible
    failed = models.JSONField(default=list)  # every code that fails, in the order of the gates
    reason = models.TextField(blank=True)  # why it was overruled
    computed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = OrganisedQuerySet.as_manager()

    class Meta:
        ordering = ["application_id"]
        constraints = [models.CheckConstraint(condition=Q(state__in=SCREENING.states), name="screening_state_known")]

    def __str__(self) -> str:
        return str(self.application_id)


class EvaluatorQuerySet(models.QuerySet["Evaluator"]):
    def active(self) -> Self:
        """Those who work for their call today, by the database's clock."""
        return self.filter(ended_at__isnull=True).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=TruncDate(Now())))

    def own(self, person: Any) -> Self:
        return self.active().filter(person_id=person.pk)

    def led_by(self, person: Any) -> Self:
        return self.filter(edition__in=_led(person))

    def seen_by(self, person: Any) -> Self:
        return self.filter(Q(person_id=person.pk) | Q(edition__in=_led(person)))


class Evaluator(models.Model):
    """Somebody who judges files of a call: expertise, capacity, until when."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="evaluators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="evaluating")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    country = models.CharField(max_length=2, blank=True)
    ecosystems = models.JSONField(default=list, blank=True)
    expertise = models.TextField(blank=True)
    capacity = models.PositiveSmallIntegerField(default=20)
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    calibrated_at = models.DateTimeField(null=True, blank=True)

    objects = EvaluatorQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="evaluator_once")]

    def __str__(self) -> str:
        return str(self.person_id)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def live(self) -> Self:
        return self.exclude(state__in=["ended", "barred"])

    def readable(self) -> Self:
        """Assignments whose evaluator may read the file: conflict declared free, or cleared by an organiser."""
        return self.filter(state="open")

    def own(self, person: Any) -> Self:
        """The person's work: files that stand as sent, while the person works for the call, none of them barred."""
        return self.live().filter(
            evaluator__in=Evaluator.objects.own(person).values("pk"), application__state="submitted"
        )

    def led_by(self, person: Any) -> Self:
        return self.filter(edition__in=_led(person))

    def seen_by(self, person: Any) -> Self:
        """One's own that still count, and for organisers all of their editions. A barred evaluator sees nothing."""
        own = self.own(person).values("pk")
        return self.filter(Q(pk__in=own) | Q(edition__in=_led(person)))


class Assignment(models.Model):
    """One file given to one evaluator. What the evaluator may see of it depends on the state (see access)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assignments")
    evaluator = models.ForeignKey(Evaluator, on_delete=models.CASCADE, related_name="assignments")
    state = models.CharField(max_length=10, default=ASSIGNMENT.start)
    assigned_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why this evaluator, in a sentence

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["application_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ASSIGNMENT.states), name="assignment_state_known"),
            models.UniqueConstraint(fields=["application", "evaluator"], name="assignment_once"),
        ]

    def __str__(self) -> str:
        """Names nobody: timelines are read by people from whom the file may be kept."""
        return str(_("file %(number)s") % {"number": self.application_id})


class Conflict(models.Model):
    """A conflict of interest declared about one file, or seen by the house; the organiser decides."""

    class Reason(models.TextChoices):
        EMPLOYER = "employer", _("I work for this organisation, or did in the last two years")
        PARTNER = "partner", _("My organisation is a partner in this application")
        FAMILY = "family", _("Family or close personal tie")
        SUPERVISOR = "supervisor", _("I supervise the applicant, or am supervised by them")
        JOINT_WORK = "joint_work", _("Joint project or publication in the last three years")
        COMPETITOR = "competitor", _("My organisation competes with this one, or sent its own application")
        OTHER = "other", _("Another reason")
        SAME_ORGANISATION = "same_organisation", _("Seen by the house: same organisation")

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="conflict")
    reason = models.CharField(max_length=20, choices=Reason)
    text = models.TextField(blank=True)
    declared_at = models.DateTimeField()
    decision = models.CharField(max_length=8, blank=True, choices=[("clear", _("No conflict")), ("bar", _("Conflict"))])
    decision_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.get_reason_display()


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def counted(self) -> Self:
        """Signed evaluations of assignments neither barred, nor in doubt, nor ended: all that a total may use."""
        return self.filter(state="signed").exclude(assignment__state__in=SILENT)


class Evaluation(models.Model):
    """One evaluator's judgement of one file."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="evaluation")
    state = models.CharField(max_length=10, default=EVALUATION.start)
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["assignment_id"]
        constraints = [models.CheckConstraint(condition=Q(state__in=EVALUATION.states), name="evaluation_state_known")]

    def __str__(self) -> str:
        return str(self.assignment_id)


class Mark(models.Model):
    """A mark for one criterion: 0 to 5 in half steps, with a comment; empty while the evaluator has not decided."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ["evaluation_id", "criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="mark_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0, value__lte=5), name="mark_in_scale"
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)


class Consensus(models.Model):
    """What the evaluators of a file agreed on when they had been apart, with reasons and dissent kept."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="consensus")
    state = models.CharField(max_length=10, default=CONSENSUS.start)
    marks = models.JSONField(default=dict)  # {criterion key: "3.5"}
    text = models.TextField(blank=True)
    minority = models.TextField(blank=True)
    absent = models.TextField(blank=True)  # who was not there, and why
    revision = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OrganisedQuerySet.as_manager()

    class Meta:
        ordering = ["application_id"]
        constraints = [models.CheckConstraint(condition=Q(state__in=CONSENSUS.states), name="consensus_state_known")]

    def __str__(self) -> str:
        return str(self.application_id)


class CalibrationFile(models.Model):
    """A sample file that every evaluator marks first; the reference marks and their reasons show afterwards."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="calibration")
    title = models.CharField(max_length=200)
    text = models.TextField()  # Markdown
    reference = models.JSONField(default=dict)  # {criterion key: {"value": "3.5", "why": "…"}}

    objects = OrganisedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class CalibrationMark(models.Model):
    """What one evaluator gave the sample file for one criterion."""

    evaluator = models.ForeignKey(Evaluator, on_delete=models.CASCADE, related_name="calibration_marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    value = models.DecimalField(max_digits=2, decimal_places=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluator", "criterion"], name="calibration_mark_once")]

    def __str__(self) -> str:
        return str(self.value)


class Redaction(models.Model):
    """The text of one answer as blind evaluators read it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="redactions")
    question_key = models.CharField(max_length=60)
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OrganisedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "question_key"], name="redaction_once")]

    def __str__(self) -> str:
        return self.question_key


SHARING_WORDS = {
    "asked": _("asked for"),
    "proposed": _("proposed"),
    "failed": _("failed"),
    "assigned": _("assigned"),
    "dropped": _("dropped"),
}


class Sharing(models.Model):
    """A balanced assignment as the worker proposes it: asked for, worked out, then assigned or dropped."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="sharings")
    state = models.CharField(max_length=10, default=SHARING.start)
    seed = models.PositiveIntegerField(default=1)
    due_on = models.DateField(null=True, blank=True)
    cut_off = models.CharField(max_length=20, blank=True)  # its id for the files of one alone, 0: after the last
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    worked_out_at = models.DateTimeField(null=True, blank=True)
    added = models.JSONField(default=list)  # [[application id, evaluator id], …]
    short = models.JSONField(default=list)  # [[application id, sentence], …]
    sentence = models.CharField(max_length=300, blank=True)

    objects = OrganisedQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=SHARING.states), name="sharing_state_known")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state_label(self) -> str:
        return str(SHARING_WORDS[self.state])
