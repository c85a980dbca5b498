"""Who offers times for talks, and who chooses one."""

from typing import Any

from django.utils.translation import gettext as _

from booster.academies.access import is_organiser
from booster.applications.access import is_applicant
from booster.kit.access import every


def is_interview(actor: Any, call: Any) -> str | None:
    return None if call.is_interview else _("This call has no interviews.")


RULES = {
    "interviews.look_over": every(is_organiser, is_interview),
    "interviews.offer": every(is_organiser, is_interview),
    "interviews.change": is_organiser,
    "interviews.remove": is_organiser,
    "interviews.choose": is_applicant,
}
