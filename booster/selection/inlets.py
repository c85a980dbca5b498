"""What this room shows on the pages of an application: its outcome, once it is told."""

import json
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.calls.models import Call
from booster.kit.access import allows
from booster.kit.words import told
from booster.selection.access import RULES
from booster.selection.models import Decision, Draw


def outcome(request: Any, application: Application) -> str:
    """For the applicant: that there is a decision, and where to read it. One query; nothing before it is told."""
    decision = Decision.objects.filter(application=application, told_at__isnull=False).first()
    if decision is None or not request.user.is_authenticated or application.applicant_id != request.user.pk:
        return ""
    if decision.state != "told":
        label, verb = _("The decision on your application is taken again."), _("See why")
    else:
        label, verb = str(decision.get_outcome_display()), _("Read the decision, with marks and comments")
    return format_html(
        '<section class="next-step"><p class="label">{}</p><h2 class="title">{}</h2>'
        '<p class="buttons"><a class="button" href="{}">{}</a></p></section>',
        _("The decision"), label, reverse("selection:outcome", args=[application.pk]), verb,
    )  # fmt: skip


def decided(request: Any, application: Application) -> str:
    """For the desk, on the file; who may decide finds the decision from here. One query."""
    decision = Decision.objects.filter(application=application).first()
    if decision is None:
        return ""
    label, why = decision.get_outcome_display(), told(decision.reason, _)
    if not allows(RULES, "selection.amend", request.user, decision):
        return format_html("<p>{}: {}</p>", label, why)
    address = reverse("selection:decision", args=[decision.pk])
    return format_html('<p><a href="{}">{}</a>: {}</p>', address, label, why)


def column(request: Any, call: Call) -> str:
    """The outcome beside each application in the organiser's list. One query; no column before anything is decided."""
    values = dict(Decision.objects.filter(call=call).values_list("application_id", "outcome"))
    if not values:
        return ""
    labels = [(value, str(label)) for value, label in Decision.Outcome.choices]
    return json.dumps({"key": "outcome", "label": _("Outcome"), "choices": labels, "values": values})


def drawn_from(request: Any, call: Call) -> str:
    """For everybody, on the call's page: where its draw is announced. One query; nothing while there is none."""
    if not Draw.objects.filter(call=call).exists():
        return ""
    return format_html(
        '<section><h2 class="label">{}</h2><p><a href="{}">{}</a></p></section>',
        _("The draw"), reverse("selection:draw", args=[call.slug]), _("Fingerprint, seed and how to repeat it"),
    )  # fmt: skip


INLETS = {
    "calls.public": [drawn_from],
    "applications.status": [outcome],
    "applications.file": [decided],
    "applications.columns": [column],
}
