"""Open calls: their text, criteria, form, white book, questions and answers, deadline and its extensions."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from booster.academies.models import Edition, Membership, Role
from booster.calls.states import CALL, ENQUIRY
from booster.library.models import Document


def _desks(person: Any) -> Any:
    return Membership.objects.reading_desks(person).values("edition")


class CallQuerySet(models.QuerySet["Call"]):
    def public(self) -> Self:
        """Everything that is published, second rounds too: whoever has the address may read what it asks."""
        return self.exclude(state=CALL.start)

    def listed(self) -> Self:
        """What lists and feeds show: a second round is not open to everybody, the page of its first one tells of it."""
        return self.public().filter(follows__isnull=True)

    def seen_by(self, person: Any) -> Self:
        """Published calls for everybody; drafts for those who organise or read the edition today."""
        return self.filter(~Q(state=CALL.start) | Q(edition__in=_desks(person)))

    def read_by(self, person: Any) -> Self:
        """The calls whose desk the person may read today."""
        return self.filter(edition__in=_desks(person))

    def organised_by(self, person: Any) -> Self:
        led = Membership.objects.active().filter(person_id=person.pk, role=Role.ORGANISER).values("edition")
        return self.filter(edition__in=led)


STATE_LABELS = {
    "draft": _("draft"),
    "open": _("open"),
    "closed": _("closed"),
    "settled": _("settled"),
}


class Call(models.Model):
    """An open call of an edition: for venue providers or for participants. One engine runs both."""

    class Kind(models.TextChoices):
        VENUES = "venues", _("Call for venue providers")
        PARTICIPANTS = "participants", _("Call for participants")

    class Round(models.TextChoices):
        FIRST = "first", _("First round")
        FULL = "full", _("Full application")
        INTERVIEW = "interview", _("Interview")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=12, choices=Kind)
    slug = models.SlugField(max_length=80, unique=True)
    round = models.CharField(max_length=10, choices=Round, default=Round.FIRST)
    follows = models.OneToOneField(  # the first round, whose shortlist enters this one
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="second_round"
    )
    shortlist_size = models.PositiveSmallIntegerField(null=True, blank=True)  # for about how many, as announced
    earlier_seen = models.BooleanField(default=True)  # evaluators see the first file and what was agreed on it
    state = models.CharField(max_length=10, default=CALL.start)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)  # Markdown
    offered = models.TextField(blank=True)  # Markdown: what those chosen get
    expected = models.TextField(blank=True)  # Markdown: who may apply and what is expected of them
    language = models.CharField(max_length=8, default="en")
    translations = models.JSONField(default=dict, blank=True)  # {"fr": {"title": …, "summary": …, "body": …}}
    contact = models.EmailField(blank=True)
    zone = models.CharField(max_length=64, default="Europe/Brussels")
    opens_at = models.DateTimeField(null=True, blank=True)
    deadline_at = models.DateTimeField(null=True, blank=True)
    rolling = models.BooleanField(default=False)  # has cut-offs, kept by the actions that set and remove them
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveSmallIntegerField(default=1)
    per_organisation = models.PositiveSmallIntegerField(default=1)
    blind = models.BooleanField(default=False)
    marks_seen = models.CharField(  # when an evaluator sees the others' marks
        max_length=10,
        choices=[("never", _("Never")), ("after_own", _("After signing their own")), ("always", _("Always"))],
        default="after_own",
    )
    marks_shared = models.BooleanField(default=False)  # and in any case once everybody on the file has signed
    evaluators_per_file = models.PositiveSmallIntegerField(default=2)
    threshold = models.DecimalField(max_digits=5, decimal_places=2, default=60)  # points of 100
    acceptance_days = models.PositiveSmallIntegerField(default=5)
    complaint_days = models.PositiveSmallIntegerField(default=30)
    keep_drafts_days = models.PositiveSmallIntegerField(default=30)
    keep_unsuccessful_days = models.PositiveSmallIntegerField(default=730)
    revision = models.PositiveIntegerField(default=1)  # grows with every change the public can see
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["deadline_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CALL.states), name="call_state_known"),
            models.CheckConstraint(
                condition=Q(state=CALL.start) | Q(deadline_at__isnull=False, opens_at__isnull=False),
                name="call_published_with_dates",
            ),
            models.CheckConstraint(
                condition=Q(round="first", follows__isnull=True) | (~Q(round="first") & Q(follows__isnull=False)),
                name="call_round_follows",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[self.state])

    def speaks(self) -> str:
        """The language of ``said``: the reader's where the call has been written in it, else its own."""
        language = get_language() or ""
        return language if self.translations.get(language, {}).get("title") else self.language

    def said(self, word: str) -> str:
        """Its title or another of its words, as the reader of the page is told it."""
        return str(self.translations.get(self.speaks(), {}).get(word) or getattr(self, word))

    @property
    def said_title(self) -> str:
        return self.said("title")

    @property
    def said_summary(self) -> str:
        return self.said("summary")

    @property
    def is_interview(self) -> bool:
        return self.round == Call.Round.INTERVIEW


class Criterion(models.Model):
    """What a file is judged by. Weights rank; minima and the call's threshold pass or fail."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    minimum = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)  # of 0-5
    anchors = models.JSONField(default=dict, blank=True)  # {"0": "lecture hall only", …, "5": "…"}
    question_keys = models.JSONField(default=list, blank=True)  # the questions that it concerns

    class Meta:
        ordering = ["call_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="criterion_key_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.title


class Gate(models.Model):
    """A condition for being eligible, computed from answers; the first gate that fails gives the reason code."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="gates")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    message = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)  # see calls.rules.gates
    params = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["call_id", "position"]
        constraints = [models.UniqueConstraint(fields=["call", "code"], name="gate_code_once")]

    def __str__(self) -> str:
        return self.code


class FormVersion(models.Model):
    """One version of a call's form. A published version never changes; answers keep the version they were given to."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="form_versions")
    number = models.PositiveSmallIntegerField()
    sections = models.JSONField(default=list)  # see questions.rules.form for its shape
    published_at = models.DateTimeField(null=True, blank=True)  # empty: the draft that the builder edits
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["call_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="form_version_once"),
            models.UniqueConstraint(fields=["call"], condition=Q(published_at__isnull=True), name="one_form_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} v{self.number}"


class Requirement(models.Model):
    """A line of the white book: what a venue must, should or may offer."""

    class Level(models.TextChoices):
        MUST = "must", _("Must")
        SHOULD = "should", _("Should")
        MAY = "may", _("Welcome")

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=120)
    key = models.SlugField(max_length=60)
    text = models.TextField()
    level = models.CharField(max_length=6, choices=Level, default=Level.SHOULD)
    criterion = models.ForeignKey(
        Criterion, on_delete=models.SET_NULL, null=True, blank=True, related_name="requirements"
    )

    class Meta:
        ordering = ["call_id", "position"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="requirement_key_once")]

    def __str__(self) -> str:
        return self.text[:60]


class CallDocument(models.Model):
    """A file that belongs to the call: the call text, an annex."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["call_id", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Enquiry(models.Model):
    """A question about a call; the answer is published for all, without the asker's name."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="enquiries")
    state = models.CharField(max_length=10, default=ENQUIRY.start)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    address = models.EmailField(blank=True)
    text = models.TextField()
    public_text = models.TextField(blank=True)  # the question as published, names removed
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["call_id", "-answered_at", "-asked_at"]
        constraints = [models.CheckConstraint(condition=Q(state__in=ENQUIRY.states), name="enquiry_state_known")]

    def __str__(self) -> str:
        return self.text[:60]


class Extension(models.Model):
    """A deadline that was moved, as announced."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="extensions")
    old_deadline_at = models.DateTimeField()
    new_deadline_at = models.DateTimeField()
    reason = models.TextField()
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["call_id", "announced_at"]

    def __str__(self) -> str:
        return f"{self.new_deadline_at:%Y-%m-%d %H:%M}"


class CutOff(models.Model):
    """A rolling cut-off: applications in by then are evaluated together."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="cut_offs")
    closes_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["call_id", "closes_at"]
        constraints = [models.UniqueConstraint(fields=["call", "closes_at"], name="cut_off_once")]

    def __str__(self) -> str:
        return f"{self.closes_at:%Y-%m-%d %H:%M}"


class EntryCode(models.Model):
    """Lets its bearer apply after the deadline, so often and so long as the organiser allowed."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="entry_codes")
    code = models.CharField(max_length=24, unique=True)
    note = models.CharField(max_length=200)
    uses_left = models.PositiveSmallIntegerField(default=1)
    valid_until = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["call_id", "valid_until"]

    def __str__(self) -> str:
        return self.note
