"""The outbox, what became of letters, and how a letter looks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Model, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from booster.post.models import WORDS, DeadAddress, Letter, Mailbox


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where a letter is, in a sentence for the people who wait for it."""

    letter_id: int
    kind: str
    address: str
    state: str
    sentence: str
    at: datetime  # sent, else due, else written


@dataclass(frozen=True, slots=True)
class Preview:
    subject: str
    to: str
    text: str
    html: str


LOST = ("failed", "given_up", "unsure", "bounced")  # somebody has to look at these


def outbox(*, edition_id: int, state: str = "", kind: str = "") -> QuerySet[Letter]:
    """The letters of an edition, newest first; with a state or kind, only those. One query with its addressees.

    ``lost`` is every state in which a letter did not arrive and somebody has to look.
    """
    letters = Letter.objects.filter(edition_id=edition_id).select_related("to", "released_by")
    if state == "lost":
        letters = letters.filter(state__in=LOST)
    elif state:
        letters = letters.filter(state=state)
    return letters.filter(kind=kind) if kind else letters


def tally(edition_id: int) -> dict[str, int]:
    """How many letters of the edition are in each state; states without any are left out. One query."""
    counted = Letter.objects.filter(edition_id=edition_id).order_by().values_list("state").annotate(Count("pk"))
    return dict(counted)


def chips(edition_id: int) -> list[tuple[str, str, int]]:
    """The states that letters of the edition are in: name, word, how many; those that did not arrive together first.

    One query.
    """
    counted = tally(edition_id)
    lost = sum(counted.get(state, 0) for state in LOST)
    told = [(state, str(word), counted[state]) for state, word in WORDS.items() if state in counted]
    return ([("lost", _("Did not arrive"), lost)] if lost else []) + told


def delivery_of(thing: Model) -> list[Delivery]:
    """What became of the letters about this thing, newest first. One query."""
    return deliveries_of([thing]).get(thing.pk, [])


def dead_since(address: str) -> datetime | None:
    """Since when nobody can be reached at this address, as far as the post knows. One query."""
    return DeadAddress.objects.filter(address=address.lower()).values_list("since", flat=True).first()


def mailbox_trouble(place: str) -> str:
    """What went wrong when the worker last read the mailbox; empty when it went well. One query."""
    return Mailbox.objects.filter(place=place).values_list("trouble", flat=True).first() or ""


def deliveries_of(things: Sequence[Model]) -> dict[int, list[Delivery]]:
    """The same for many things of one model, by their key. One query, none for no things."""
    if not things:
        return {}
    label = things[0]._meta.label_lower
    found = defaultdict(list)
    for letter in Letter.objects.filter(thing_type=label, thing_id__in=[thing.pk for thing in things]).defer(
        "body", "calendar"
    ):
        found[letter.thing_id or 0].append(_delivery(letter))
    return dict(found)


def _delivery(letter: Letter) -> Delivery:
    return Delivery(
        letter_id=letter.pk,
        kind=letter.kind,
        address=letter.address,
        state=letter.state,
        sentence=sentence(letter),
        at=letter.sent_at or (letter.not_before if letter.released_at else letter.written_at),
    )


def sentence(letter: Letter) -> str:
    """Where this letter is, in words."""
    return _sentences(letter)[letter.state] % {"address": letter.address, "trouble": letter.trouble}


def _sentences(letter: Letter) -> dict[str, str]:
    waiting = _("On its way to %(address)s since the mail server could not take it yet: %(trouble)s")
    return {
        "held": _("Written to %(address)s, not released yet."),
        "released": waiting if letter.trouble else _("On its way to %(address)s."),
        "sending": _("Being handed to the mail server for %(address)s."),
        "sent": _("Sent to %(address)s."),
        "failed": _("The mail server refused it for %(address)s: %(trouble)s"),
        "given_up": _("Not delivered to %(address)s after more than a day of trying: %(trouble)s"),
        "unsure": _("It may have reached %(address)s: sending was interrupted. Ask before you send it again."),
        "bounced": _("It came back from %(address)s: %(trouble)s"),
        "discarded": _("Thrown away, never sent."),
    }


def preview(letter: Letter) -> Preview:
    """The letter as it will look; the HTML is made from the text and says nothing more. No query."""
    return Preview(
        subject=letter.subject,
        to=f"{letter.name} <{letter.address}>" if letter.name else letter.address,
        text=letter.body,
        html=render_to_string("post/letter.html", {"letter": letter}),
    )


def post_box(address: str = "") -> QuerySet[Letter]:
    """Every letter of the installation that left the outbox, newest first; for the demo alone."""
    letters = Letter.objects.exclude(state__in=("held", "discarded")).order_by("-released_at", "-id")
    return letters.filter(address__iexact=address) if address else letters
