"""Letters of this room, as words; the post sends them."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from booster.calls.models import Enquiry


def enquiry_answered(enquiry: Enquiry) -> dict[str, Any]:
    """Tells who asked that the answer is there, and what it says."""
    call = enquiry.call
    address = settings.BOOSTER_URL + reverse("calls:call", args=[call.slug]) + "#questions"
    language = (enquiry.asker.language if enquiry.asker else "") or call.language
    with translation.override(language):
        context = {"enquiry": enquiry, "call": call, "address": address}
        body = render_to_string("calls/letters/enquiry_answered.txt", context)
        subject = _("Your question about “%(call)s” is answered") % {"call": call.said_title}
    return {
        "kind": "calls.enquiry_answered",
        "subject": subject,
        "language": language,
        "body": body.strip(),
        "to": enquiry.asker,
        "address": enquiry.address,
        "reply_to": call.contact,
        "edition_id": call.edition_id,
        "thing": call,
        "release_now": True,
    }
