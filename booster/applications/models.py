"""What people and hosts send in answer to a call, alone or together, typed or imported."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from booster.academies.models import Edition, Membership, Role
from booster.applications.states import APPLICATION, PARTNER
from booster.calls.models import Call, CutOff, EntryCode, FormVersion
from booster.library.models import Document
from booster.people.models import Organisation

SENT = ("submitted", "withdrawn", "superseded")


class ApplicationQuerySet(models.QuerySet["Application"]):
    def sent(self) -> Self:
        """What counts: submitted and neither withdrawn, superseded nor erased."""
        return self.filter(state="submitted")

    def in_bulk_by_reference(self, references: Sequence[str]) -> dict[str, "Application"]:
        """Those with the references, by reference. One query for every 500."""
        found: dict[str, Application] = {}
        for first in range(0, len(references), 500):
            some = self.filter(reference__in=references[first : first + 500])
            found |= {row.reference: row for row in some}
        return found

    def mine(self, person: Any) -> Self:
        """Applications that the person began or works on as a partner."""
        if not person.is_authenticated:
            return self.none()
        shared = Partner.objects.filter(person_id=person.pk).exclude(state="left").values("application")
        return self.filter(Q(applicant_id=person.pk) | Q(pk__in=shared))

    def organised_by(self, person: Any) -> Self:
        """Everything but other people's drafts, in the editions that the person organises today."""
        if not person.is_authenticated:
            return self.none()
        led = Membership.objects.active().filter(person_id=person.pk, role=Role.ORGANISER).values("edition")
        return self.filter(edition__in=led, state__in=SENT)

    def read_by(self, person: Any) -> Self:
        """Everything but other people's drafts, in the editions whose desk the person may read today."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(edition__in=Membership.objects.reading_desks(person).values("edition"), state__in=SENT)

    def seen_by(self, person: Any) -> Self:
        """One's own, and those sent for organisers and readers. Evaluators read by their assignments, never here."""
        if not person.is_authenticated:
            return self.none()
        shared = Partner.objects.filter(person_id=person.pk).exclude(state="left").values("application")
        desks = Membership.objects.reading_desks(person).values("edition")
        return self.filter(Q(applicant_id=person.pk) | Q(pk__in=shared) | Q(edition__in=desks, state__in=SENT))

    def edited_by(self, actor: Any) -> Self:
        """Those that the actor writes: as applicant or partner, or by what the actor's browser holds (``actor.held``:
        ``{"a<application id>" or "p<partner id>": holder}``, put there by the door from the session)."""
        held = getattr(actor, "held", None) or {}
        drafts = [Q(pk=int(k[1:]), holder=holder) for k, holder in held.items() if k[:1] == "a" and holder]
        parts = [Q(pk=int(k[1:]), holder=holder) for k, holder in held.items() if k[:1] == "p" and holder]
        which = Q(pk__in=[])
        if actor.is_authenticated:
            shared = Partner.objects.filter(person_id=actor.pk).exclude(state="left").values("application")
            which |= Q(applicant_id=actor.pk) | Q(pk__in=shared)
        for draft in drafts:
            which |= draft
        if parts:
            joined = Partner.objects.exclude(state="left").filter(reduce(or_, parts))
            which |= Q(pk__in=joined.values("application"))
        return self.filter(which).exclude(state="erased")


class Application(models.Model):
    """One answer to one call. ``answers`` holds a value per question key, in the shapes of questions.rules."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="applications")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="applications"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    reference = models.CharField(max_length=40)  # the file's own id when imported, else given at the first sending
    title = models.CharField(max_length=300, blank=True)  # how lists name it: the person, or the place and its host
    country = models.CharField(max_length=2, blank=True)
    ecosystems = models.JSONField(default=list, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=12, default=APPLICATION.start)
    answers = models.JSONField(default=dict, blank=True)
    pending = models.JSONField(null=True, blank=True)  # what was typed after the sending and not sent yet
    touched = models.JSONField(default=dict, blank=True)  # {question key: [revision, person id or 0, name]}
    revision = models.PositiveIntegerField(default=1)
    folded = models.TextField(blank=True)  # what the organiser's search looks through, see rules.listing.folded
    address = models.EmailField(max_length=254, blank=True)  # as given at the beginning, perhaps never verified
    name = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)  # the mailed link was opened, or the code typed in
    holder = models.CharField(max_length=32, blank=True)  # the browser that holds this may go on without an account
    language = models.CharField(max_length=8, default="en")
    source = models.CharField(max_length=8, default="web", choices=[("web", "web"), ("import", "import")])
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)  # the first sending; decides whether it was in time
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # the room above told the decision on it
    superseded_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="supersedes"
    )
    follows = models.OneToOneField(  # the file of the first round, for one of the second
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="second_file"
    )
    entry_code = models.ForeignKey(EntryCode, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    cut_off = models.ForeignKey(CutOff, on_delete=models.SET_NULL, null=True, blank=True, related_name="applications")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["call_id", "submitted_at", "pk"]
        indexes = [models.Index(fields=["call", "state"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=APPLICATION.states), name="application_state_known"),
            models.UniqueConstraint(
                fields=["call", "reference"], condition=~Q(reference=""), name="application_reference_once"
            ),
            models.UniqueConstraint(  # in a second round each file of the shortlist has its own
                fields=["call", "applicant"], condition=Q(state="draft", follows__isnull=True), name="one_draft_each"
            ),
            models.UniqueConstraint(fields=["holder"], condition=~Q(holder=""), name="application_holder_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.reference or f"#{self.pk}"

    @property
    def working(self) -> dict[str, Any]:
        """What its editors see: the answers with the changes that are not sent yet."""
        answers: dict[str, Any] = self.answers if self.pending is None else self.pending
        return answers


class Partner(models.Model):
    """Somebody who works on an application with the applicant: a co-editor with a task, who signs off at the end."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="partners")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    organisation_name = models.CharField(max_length=200)
    address = models.EmailField()
    part = models.CharField(max_length=200, blank=True)  # the partner's role: premises, catering, content …
    task = models.TextField(blank=True)  # what the applicant asks this partner to do in the form
    section_keys = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, default=PARTNER.start)
    invited_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=32, blank=True)  # as Application.holder, for a partner without an account
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_revision = models.PositiveIntegerField(null=True, blank=True)  # what was signed

    class Meta:
        ordering = ["application_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PARTNER.states), name="partner_state_known"),
            models.UniqueConstraint(fields=["application", "address"], name="partner_once"),
        ]

    def __str__(self) -> str:
        return self.organisation_name


class Attachment(models.Model):
    """A file that answers a question."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    question_key = models.CharField(max_length=60)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["application_id", "question_key", "pk"]

    def __str__(self) -> str:
        return self.question_key


class Completion(models.Model):
    """“Please complete”: an organiser opens chosen questions of one sent application again, until a moment."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="completions")
    question_keys = models.JSONField()
    message = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    until = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["application_id", "asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(done_at__isnull=True), name="one_open_completion"
            )
        ]

    def __str__(self) -> str:
        return self.message[:60]


class Tally(models.Model):
    """What stays of applications whose time has come: numbers that name nobody."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="tallies")
    outcome = models.CharField(max_length=20)  # the state in which they ended: draft, submitted, withdrawn …
    dimension = models.CharField(max_length=12)  # "all", "country" or "ecosystem"
    value = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["call_id", "outcome", "dimension", "value"]
        constraints = [
            models.UniqueConstraint(fields=["call", "outcome", "dimension", "value"], name="tally_once"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.dimension} {self.value}: {self.count}"
