"""Where private links of this room lead, and what it shows on other rooms' pages."""

import json
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.calls.models import Call
from booster.cohort import letters, queries, rules
from booster.cohort.models import Seat
from booster.people.models import Link
from booster.selection.models import Decision


def seat_page(request: HttpRequest, link: Link) -> str:
    return reverse("cohort:seat", args=[link.thing_id])


def before(request: Any, application: Application) -> str:
    """For the organiser, on the file of somebody who applied before. One query."""
    if application.call.kind != Call.Kind.PARTICIPANTS:
        return ""
    found = queries.before(application, on=now().date())
    return render_to_string("cohort/_before.html", {"found": found}) if found else ""


def column(request: Any, call: Call) -> str:
    """Who took part in another edition, and who held a seat and did not come; no column while there is nobody. Two
    queries."""
    if call.kind != Call.Kind.PARTICIPANTS or not (values := queries.came_before(call, on=now().date())):
        return ""
    labels = [("came", _("took part")), ("missed", _("did not come"))]
    return json.dumps({"key": "before", "label": _("Before"), "choices": labels, "values": values})


def held(request: Any, call: Call) -> str:
    """For choosing at a later cut-off: who was offered a seat, and whether it is still taken. One query."""
    seats = Seat.objects.filter(application__call=call, offered_at__isnull=False)
    taken = seats.values_list("application_id", "state")
    return json.dumps({pk: state in ("offered", "accepted") for pk, state in taken})


def offered(request: Any, decision: Decision) -> str:
    """For the organiser, before anybody is told: the offer as it would be written now, without its private link. No
    more queries than the hours in which letters leave."""
    application = decision.application
    if decision.call.kind != Call.Kind.PARTICIPANTS or decision.outcome != "chosen" or decision.state == "told":
        return ""
    if application.applicant is None:
        return ""
    at, application.call = now(), decision.call
    seat = Seat(
        edition=decision.call.edition, application=application, person=application.applicant, why="chosen",
        answer_by=rules.answer_by(at, days=decision.call.acceptance_days, zone=decision.call.zone),
    )  # fmt: skip
    letter = letters.offer(seat, link=_("(the private link of this person)"))
    return render_to_string("cohort/_offer.html", {"letter": letter, "person": seat.person})


INLETS = {
    "people.link.seat": [seat_page],
    "applications.file": [before],
    "applications.columns": [column],
    "selection.held": [held],
    "selection.offer": [offered],
}
