"""Who may do what with a call: everybody reads what is published, its edition's readers look, organisers do."""

from typing import Any

from django.utils.translation import gettext as _

from booster.academies.access import is_organiser, may_read_desk
from booster.calls.models import Call
from booster.kit.access import anybody, every


def is_first_round(actor: Any, call: Call) -> str | None:
    return None if call.follows_id is None else _("A second round is the last one.")


def asks_in_writing(actor: Any, call: Call) -> str | None:
    return _("An interview asks nothing in writing: it has no form of its own.") if call.is_interview else None


RULES = {
    "calls.read": anybody,
    "calls.ask": anybody,
    "calls.draft": is_organiser,  # the thing is the edition
    "calls.look_over": may_read_desk,
    "calls.change": is_organiser,
    "calls.build": every(is_organiser, asks_in_writing),
    "calls.follow": every(is_organiser, is_first_round),
    "calls.publish": is_organiser,
    "calls.extend": is_organiser,
    "calls.close": is_organiser,
    "calls.reopen": is_organiser,
    "calls.settle": is_organiser,
    "calls.answer": is_organiser,
    "calls.attach": is_organiser,
    "calls.let_in": is_organiser,
    "calls.copy": is_organiser,
}
