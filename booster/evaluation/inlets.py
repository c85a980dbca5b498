"""What this room shows on the pages of applications: the verdict in the list, verdict and score beside a file."""

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.calls.models import Call
from booster.evaluation.access import RULES
from booster.evaluation.models import Screening
from booster.kit.access import allows


def verdict_column(request: Any, call: Call) -> str:
    """A column of the organiser's list, with the verdict's code as its value. Two queries."""
    rows = Screening.objects.filter(application__call=call).order_by().values_list("application_id", "eligible", "code")
    values = {str(pk): "eligible" if eligible else code for pk, eligible, code in rows}
    if not values:
        return ""
    codes = list(call.gates.values_list("code", flat=True))
    codes += sorted(set(values.values()) - set(codes) - {"eligible"})
    choices = [("eligible", _("eligible")), *((code, code) for code in codes)]
    return json.dumps({"key": "verdict", "label": _("Verdict"), "choices": choices, "values": values})


def verdict_beside(request: Any, application: Application) -> str:
    """Beside one file, for organisers: its verdict with the way to overrule it. One query."""
    screening = Screening.objects.filter(application=application).first()
    if screening is None:
        return ""
    organises = allows(RULES, "evaluation.overrule", request.user, application)
    return render_to_string(
        "evaluation/_verdict_beside.html", {"screening": screening, "organises": organises}, request=request
    )


INLETS = {"applications.columns": [verdict_column], "applications.file": [verdict_beside]}
