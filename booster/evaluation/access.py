"""Who may see and do what between a file and its score."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from booster.academies.access import is_evaluator, is_organiser, may_read_desk
from booster.kit.access import any_of, every


def is_its_evaluator(actor: Any, assignment: Any) -> str | None:
    """No query when the evaluator is loaded."""
    own = actor is not None and assignment.evaluator.person_id == actor.pk
    return None if own else str(_("Only the evaluator of this file may do this."))


def works_for_the_call(actor: Any, assignment: Any) -> str | None:
    left = assignment.evaluator.ended_at is not None
    return str(_("Your work as an evaluator of this call has ended.")) if left else None


def is_open(actor: Any, assignment: Any) -> str | None:
    """The file opens once a conflict was declared absent, or an organiser decided that there is none."""
    if assignment.state == "open":
        return None
    if assignment.state == "in_doubt":
        return str(_("You declared a conflict of interest. The organiser decides; until then the file stays closed."))
    return str(_("First say whether you have a conflict of interest with this file."))


def is_oneself(actor: Any, evaluator: Any) -> str | None:
    own = actor is not None and evaluator.person_id == actor.pk
    return None if own else str(_("Only this evaluator may do this."))


works_on_it = every(is_its_evaluator, works_for_the_call, is_evaluator)

RULES = {
    "evaluation.look_over": is_organiser,
    "evaluation.read_verdicts": may_read_desk,
    "evaluation.read_scores": may_read_desk,
    "evaluation.export": is_organiser,
    "evaluation.screen": is_organiser,
    "evaluation.overrule": is_organiser,
    "evaluation.invite": is_organiser,
    "evaluation.assign": is_organiser,
    "evaluation.decide_conflict": is_organiser,
    "evaluation.agree": is_organiser,
    "evaluation.remind": is_organiser,
    "evaluation.calibrate": is_organiser,
    "evaluation.redact": is_organiser,
    "evaluation.declare": works_on_it,
    "evaluation.evaluate": every(works_on_it, is_open),
    "evaluation.read": any_of(every(works_on_it, is_open), is_organiser),
    "evaluation.reopen": any_of(is_organiser, every(works_on_it, is_open)),
    "evaluation.mark_sample": every(is_oneself, is_evaluator),
}
