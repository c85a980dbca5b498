"""Where private links of this room lead: to one draft, or to one part in it."""

from typing import Any

from django.urls import reverse
from django.utils.timezone import now

from booster.applications import actions
from booster.applications.access import HELD, grant
from booster.applications.models import Application, Partner


def to_draft(request: Any, link: Any) -> str:
    """The link in the first letter was opened: the address is verified, this browser goes on with the draft."""
    application = Application.objects.filter(pk=link.thing_id).first()
    if application is None:
        return ""
    if application.state == "erased":  # it went on in an earlier draft of the same person
        rows = Application.objects.filter(call_id=application.call_id, applicant__email=link.address, state="draft")
        application = rows.first()
        if application is None:
            return ""
    same = bool(application.holder) and request.session.get(HELD, {}).get(f"a{application.pk}") == application.holder
    found = actions.verify(application=application, same_browser=same, at=now())
    grant(request.session, f"a{found.pk}", found.holder)
    return reverse("applications:answer", args=[found.pk])


def to_partner(request: Any, link: Any) -> str:
    partner = Partner.objects.filter(pk=link.thing_id).exclude(state="left").select_related("application").first()
    if partner is None or partner.application.state == "erased":
        return ""
    joined = actions.join(partner=partner, by=request.user if request.user.is_authenticated else None, at=now())
    grant(request.session, f"p{joined.pk}", joined.holder)
    return reverse("applications:answer", args=[joined.application_id])


INLETS = {"people.link.apply": [to_draft], "people.link.partner": [to_partner]}
