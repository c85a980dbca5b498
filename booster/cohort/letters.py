"""What this room writes: the offer, its reminder, and thanks for the answer."""

from datetime import datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from booster.academies import queries as academies
from booster.cohort.models import Seat
from booster.people import actions as people
from booster.people import queries as persons

TO_ANSWER = timedelta(days=1)  # as much time is left when an offer or a reminder arrives, if need be at night
LINK_LIVES = timedelta(days=90)  # the page behind it says by itself when the time to answer is over


def link_of(seat: Seat, *, at: datetime) -> str:
    """A private link to the page of the seat; each letter has its own, the older ones stay good."""
    _link, token = people.issue_link(
        purpose="seat", person=seat.person, thing=seat, expires_at=at + LINK_LIVES, uses=None, by=None, at=at
    )
    return persons.link_url(token)


def offer(seat: Seat, *, link: str) -> dict[str, Any]:
    return _in_hours(seat, "offer", _("A seat for you: %(edition)s"), link=link)


def reminder(seat: Seat, *, link: str) -> dict[str, Any]:
    return _in_hours(seat, "reminder", _("Your seat waits for an answer: %(edition)s"), link=link)


def accepted(seat: Seat) -> dict[str, Any]:
    """Whoever answered waits for it: it leaves at once."""
    return _letter(seat, "accepted", _("You take part: %(edition)s"))


def lapsed(seat: Seat) -> dict[str, Any]:
    return _in_hours(seat, "lapsed", _("The time to answer is over: %(edition)s"))


def _in_hours(seat: Seat, kind: str, subject: Any, **more: Any) -> dict[str, Any]:
    """A letter that nobody waits for: it leaves in the edition's hours, unless less than a day to answer were left."""
    latest = seat.answer_by - TO_ANSWER if kind != "lapsed" and seat.answer_by else None
    hours = {"window": academies.letter_hours(seat.edition), "latest": latest}
    return {**_letter(seat, kind, subject, **more), **hours}


def _letter(seat: Seat, kind: str, subject: Any, **more: Any) -> dict[str, Any]:
    """Ready for ``post.drop``: the key makes sure that no letter is written twice. ``subject`` is lazy: it is told in
    the language of the one who gets it."""
    language = seat.person.language or seat.application.language or "en"
    call = seat.application.call
    context = {"seat": seat, "edition": seat.edition, "call": call, "person": seat.person, **more}
    context["zone"] = f" ({call.zone})"
    with translation.override(language):
        told = subject % {"edition": seat.edition.name}
        body = render_to_string(f"cohort/letters/{kind}.txt", context)
    return {
        "kind": f"cohort.{kind}",
        "key": f"cohort.{kind}:{seat.pk}",
        "to": seat.person,
        "subject": told,
        "body": body,
        "language": language,
        "edition_id": seat.edition_id,
        "thing": seat,
    }
