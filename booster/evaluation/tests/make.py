"""Builders for tests, through the real actions; rooms above use them too."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from booster.applications.models import Application
from booster.applications.tests import make as applications
from booster.calls.models import Call
from booster.evaluation import actions
from booster.evaluation.models import Assignment, Evaluation, Evaluator
from booster.evaluation.queries.sharing import with_parties


def call(*, at: datetime, organiser: Any, **about: Any) -> Call:
    """An open call for participants with its three criteria; further columns as they are wanted."""
    made = applications.call(at=at, organiser=organiser)
    if about:
        Call.objects.filter(pk=made.pk).update(**about)
        made.refresh_from_db()
    return made


def file(*, call: Call, by: Any, at: datetime, **answers: Any) -> Application:
    """A sent and screened application, with all that hints of conflict need loaded."""
    sent = applications.application(call=call, by=by, at=at, **answers)
    actions.screen(call=call, by=None, at=at)
    return with_parties(Application.objects.select_related("call__edition", "screening")).get(pk=sent.pk)


def evaluator(*, call: Call, person: Any, at: datetime, by: Any = None, **about: Any) -> Evaluator:
    entry = actions.NewEvaluator(email=person.email, name=person.name, **about)
    return actions.invite(call=call, entry=entry, by=by, at=at)


def assignment(
    *, application: Application, evaluator: Evaluator, at: datetime, by: Any = None, state: str = "open",
    due_on: date | None = None,
) -> Assignment:  # fmt: skip
    """In the state that is asked for: assigned, open, in_doubt, barred or ended."""
    held = actions.assign(application=application, evaluator=evaluator, by=by, at=at, due_on=due_on)
    if state == "open":
        actions.declare_free(assignment=held, by=evaluator.person, at=at)
    elif state in ("in_doubt", "barred"):
        conflict = actions.declare_conflict(
            assignment=held, reason="employer", text="I was their manager.", by=evaluator.person, at=at
        )
        if state == "barred":
            actions.decide_conflict(conflict=conflict, bar=True, reason="A close tie.", by=by, at=at)
            held.refresh_from_db()
    elif state == "ended":
        actions.unassign(assignment=held, by=by, at=at)
    return held


def signed(
    *, application: Application, evaluator: Evaluator, at: datetime, marks: str = "3 3 3", note: str = "A fair plan.",
    comment: str = "",
) -> Evaluation:  # fmt: skip
    """An open assignment with a signed evaluation; ``marks`` in the order of the call's criteria."""
    held = assignment(application=application, evaluator=evaluator, at=at)
    return sign(assignment=held, at=at, marks=marks, note=note, comment=comment)


def sign(
    *, assignment: Assignment, at: datetime, marks: str = "3 3 3", note: str = "A fair plan.", comment: str = ""
) -> Evaluation:
    keys = list(assignment.application.call.criteria.values_list("key", flat=True))
    given = dict(zip(keys, map(Decimal, marks.split()), strict=True))
    by = assignment.evaluator.person
    begun = actions.begin(assignment=assignment, by=by, at=at)
    actions.save_marks(
        evaluation=begun, marks=given, comments=dict.fromkeys(keys, note), comment=comment, revision=begun.revision,
        by=by, at=at,
    )  # fmt: skip
    return actions.sign(evaluation=begun, revision=begun.revision, by=by, at=at)
