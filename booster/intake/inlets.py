"""On the pages below: the way to take in a file."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from booster.calls.models import Call
from booster.intake.access import RULES
from booster.kit.access import allows


def door_for(kind: str) -> Callable[[Any, Call], str]:
    def door(request: Any, call: Call) -> str:
        if kind == "answers" and call.follows_id:  # a second round is answered by those who were asked
            return ""
        if not allows(RULES, "intake.take_in", request.user, call):
            return ""
        address = reverse("intake:choose_file", args=[call.slug, kind])
        return format_html('<a class="button second" href="{}">{}</a>', address, _("Take in a file"))

    return door


INLETS = {
    "applications.list_buttons": [door_for("answers")],
    "evaluation.evaluators_buttons": [door_for("evaluators")],
    "evaluation.board_buttons": [door_for("evaluations")],
    "evaluation.assignments_buttons": [door_for("assignments")],
}
