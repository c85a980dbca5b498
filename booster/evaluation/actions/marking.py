"""Marks and comments: saved as they are typed, signed when they are complete."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.calls.models import Criterion
from booster.chronicle.actions import record
from booster.evaluation import facts
from booster.evaluation.models import Assignment, Evaluation, Mark
from booster.evaluation.rules.scores import is_mark
from booster.evaluation.states import EVALUATION
from booster.interviews import queries as interviews
from booster.kit.access import Refused
from booster.kit.moves import move, settle


@transaction.atomic
def begin(*, assignment: Assignment, by: Any, at: datetime) -> Evaluation:
    """The evaluation of an open file, made the first time somebody looks; twice is one."""
    evaluation, _fresh = Evaluation.objects.get_or_create(
        assignment=assignment, defaults={"edition_id": assignment.edition_id, "changed_at": at}
    )
    return evaluation


@transaction.atomic
def save_marks(
    *,
    evaluation: Evaluation,
    marks: Mapping[str, Decimal | None],
    comments: Mapping[str, str],
    comment: str | None,
    revision: int,
    by: Any,
    at: datetime,
) -> Evaluation:
    """Keep what was typed; criteria that are not named stay as they are, ``None`` takes a mark away.

    ``revision`` is the one that was seen; ``Stale`` when another window saved meanwhile. ``Refused`` for a number that
    is no mark and for a signed evaluation.
    """
    if evaluation.state != EVALUATION.start:
        raise Refused(_("This evaluation is signed. Open it again to change it."))
    wrong = [value for value in marks.values() if value is not None and not is_mark(value)]
    if wrong:
        raise Refused(_("%(mark)s is not a mark from 0 to 5 in half steps.") % {"mark": wrong[0]})
    values: dict[str, Any] = {"revision": revision + 1, "changed_at": at}
    if comment is not None:
        values["comment"] = comment
    expected = {"revision": revision, "state": EVALUATION.start, "assignment__state": "open"}
    settle(evaluation, expected=expected, **values)
    criteria = {c.key: c for c in Criterion.objects.filter(call__applications__assignments=evaluation.assignment_id)}
    for key in marks.keys() | comments.keys():
        if key in criteria:
            given: dict[str, Any] = {"value": marks[key]} if key in marks else {}
            given |= {"comment": comments[key]} if key in comments else {}
            Mark.objects.update_or_create(evaluation=evaluation, criterion=criteria[key], defaults=given)
    return evaluation


@transaction.atomic
def sign(*, evaluation: Evaluation, revision: int, by: Any, at: datetime) -> Evaluation:
    """Finish: every criterion has a mark and a comment. ``Refused`` names what is missing; ``Stale``: it changed."""
    _must_have_begun(evaluation, at)
    lacking = _lacking(evaluation)
    if lacking:
        raise Refused(_("Still missing: %(what)s.") % {"what": "; ".join(lacking)})
    settle(evaluation, expected={"revision": revision, "assignment__state": "open"}, revision=revision + 1)
    move(evaluation, EVALUATION, "sign", signed_at=at)
    record(facts.SIGNED, thing=evaluation.assignment, by=by, at=at)
    return evaluation


def _must_have_begun(evaluation: Evaluation, at: datetime) -> None:
    """A talk is marked after one has heard it."""
    application = evaluation.assignment.application
    if not application.call.is_interview:
        return
    talk = interviews.talk_of(application)
    if talk is None or at < talk.slot.starts_at:
        raise Refused(_("The talk has not begun yet. What you noted is kept; sign once you have heard it."))


def _lacking(evaluation: Evaluation) -> list[str]:
    marked = {m.criterion_id: m for m in evaluation.marks.all()}
    criteria = Criterion.objects.filter(call__applications__assignments=evaluation.assignment_id)
    lacking = []
    for criterion in criteria:
        mark = marked.get(criterion.pk)
        if mark is None or mark.value is None:
            lacking.append(f"a mark for {criterion.title}")
        elif not mark.comment.strip() and not evaluation.comment.strip():
            lacking.append(f"a comment on {criterion.title}")
    return lacking


@transaction.atomic
def reopen(*, evaluation: Evaluation, by: Any, at: datetime) -> Evaluation:
    """Open a signed evaluation again; until it is signed anew it counts for nothing."""
    move(evaluation, EVALUATION, "reopen", signed_at=None, revision=evaluation.revision + 1)
    record(facts.REOPENED, thing=evaluation.assignment, by=by, at=at)
    return evaluation
