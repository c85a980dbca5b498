"""Who may answer for a seat, and who looks after the cohort."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from booster.academies.access import is_organiser, may_read_desk
from booster.kit.access import any_of


def holds_it(actor: Any, seat: Any) -> str | None:
    own = actor is not None and actor.is_authenticated and seat.person_id == actor.pk
    return None if own else str(_("Only the person to whom the seat was offered may answer."))


RULES = {
    "cohort.look_over": may_read_desk,
    "cohort.read": any_of(holds_it, is_organiser),
    "cohort.accept": holds_it,
    "cohort.decline": holds_it,
    "cohort.give_back": any_of(holds_it, is_organiser),
    "cohort.move_up": is_organiser,
    "cohort.miss": is_organiser,
    "cohort.drop": any_of(holds_it, is_organiser),
}
