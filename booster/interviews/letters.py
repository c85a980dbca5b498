"""What applicants are written about their talk, as words; the post sends them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from booster.interviews.models import Booking
from booster.post.actions import Draft


def _written(kind: str, booking: Booking, *, key: str) -> Draft:
    """The first line of the file is the subject, the rest after an empty line the body."""
    application, slot = booking.application, booking.slot
    person, call = application.applicant, application.call
    name = person.name if person else application.name
    url = settings.BOOSTER_URL + reverse("applications:answer", args=[application.pk])
    context = {"slot": slot, "call": call, "zone": call.zone, "name": name or application.title, "url": url}
    language = (person.language if person else "") or application.language or "en"
    with translation.override(language):
        text = render_to_string(f"interviews/letters/{kind}.txt", context).strip()
    subject, _gap, body = text.partition("\n")
    draft: Draft = {
        "kind": f"interviews.{kind}",
        "key": f"interviews.{kind}:{key}",
        "subject": " ".join(subject.split())[:250],
        "body": body.strip(),
        "language": language,
        "edition_id": application.edition_id,
        "thing": application,
        "reply_to": call.contact,
        "release_now": True,
    }
    return {**draft, "to": person} if person else {**draft, "address": application.address, "name": name}


def agreed(booking: Booking, *, fact: int) -> Draft:
    """When and where the talk is, each time that somebody chose."""
    return _written("agreed", booking, key=str(fact))


def changed(booking: Booking, *, fact: int) -> Draft:
    """The organisers changed the hour or the place."""
    return _written("changed", booking, key=str(fact))


def tomorrow(booking: Booking) -> Draft:
    """Once for each talk and hour, in the day before it."""
    return _written("tomorrow", booking, key=f"{booking.pk}:{int(booking.slot.starts_at.timestamp())}")
