"""Letters and what became of them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from booster.post.states import LETTER

WORDS = {
    "held": pgettext_lazy("letter", "Held"),
    "released": _("Waiting to be sent"),
    "sending": _("Being sent"),
    "sent": pgettext_lazy("letter", "Sent"),
    "failed": pgettext_lazy("letter", "Refused"),
    "given_up": pgettext_lazy("letter", "Given up"),
    "unsure": _("Unsure"),
    "bounced": _("Came back"),
    "discarded": _("Thrown away"),
}


class LetterQuerySet(models.QuerySet["Letter"]):
    def seen_by(self, person: Any) -> "LetterQuerySet":
        """Letters to this person. The outbox of an edition is shown by the room that knows its organisers."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(to=person).exclude(state__in=("held", "discarded"))

    def about(self, thing: models.Model) -> "LetterQuerySet":
        return self.filter(thing_type=thing._meta.label_lower, thing_id=thing.pk)

    def due(self, at: datetime) -> "LetterQuerySet":
        """Released and its time has come, the longest waiting first."""
        return self.filter(state="released", not_before__lte=at).order_by("not_before", "id")

    def abandoned(self, at: datetime) -> "LetterQuerySet":
        """In the hands of a worker that did not come back."""
        return self.filter(state="sending", leased_until__lte=at).order_by("id")


class Letter(models.Model):
    """A message handed to the post; the post knows nobody's business."""

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True)  # the same key is never written twice
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=10, default="en")
    subject = models.CharField(max_length=250)
    body = models.TextField()  # plain text; an empty line parts paragraphs
    calendar = models.TextField(blank=True)  # an .ics part
    revision = models.PositiveIntegerField(default=0)  # counts rewritings

    edition_id = models.BigIntegerField(null=True)
    thing_type = models.CharField(max_length=80, blank=True)
    thing_id = models.BigIntegerField(null=True)

    state = models.CharField(max_length=20, default=LETTER.start)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    attempts = models.PositiveSmallIntegerField(default=0)
    trying_since = models.DateTimeField(null=True)  # first try since it was released
    leased_until = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)  # the mail server began to take it
    trouble = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=120, db_index=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(state__in=LETTER.states), name="letter_state_known")]
        indexes = [
            models.Index(fields=["edition_id", "-written_at", "-id"], name="letter_edition"),
            models.Index(fields=["thing_type", "thing_id"], name="letter_thing"),
            models.Index(fields=["not_before"], condition=Q(state="released"), name="letter_due"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def state_word(self) -> str:
        return str(WORDS[self.state])

    @property
    def language_name(self) -> str:
        """The letter's language by its own name; the code for one that nobody knows."""
        return str(LANG_INFO.get(self.language, {}).get("name_local", self.language))


class Attempt(models.Model):
    """One try to deliver a letter, with what the mail server answered."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20)  # the state that it led to
    reply = models.CharField(max_length=300)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.reply}"


class DeadAddress(models.Model):
    """An address from which a letter came back for good; whoever writes there is told."""

    address = models.EmailField(max_length=254, unique=True)  # lower case
    since = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["-since", "-id"]

    def __str__(self) -> str:
        return self.address


class Mailbox(models.Model):
    """The mailbox to which letters come back: who reads it now, when it was last read, and what went wrong."""

    place = models.CharField(max_length=300, unique=True)  # host and folder, never a password
    leased_until = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.place
