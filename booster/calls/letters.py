"""Letters of this room, as words; the post sends them."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from booster.calls.models import Enquiry


def enquiry_answered(enquiry: Enquiry) -> dict[str, Any]:
    """Tells who asked that the answer is there, and what it says."""
    call = enquiry.call
    address = settings.BOOSTER_URL + reverse("calls:call", args=[call.slug]) + "#questions"
    body = render_to_string(
        "calls/letters/enquiry_answered.txt", {"enquiry": enquiry, "call": call, "address": address}
    )
    return {
        "kind": "calls.enquiry_answered",
        "subject": _("Your question about “%(call)s” is answered") % {"call": call.title},
        "body": body.strip(),
        "to": enquiry.asker,
        "address": enquiry.address,
        "reply_to": call.contact,
        "edition_id": call.edition_id,
        "thing": call,
        "release_now": True,
    }
