"""Files go to evaluators: one by one, from a file, or all at once in balance; and come back."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.evaluation import facts
from booster.evaluation.models import Assignment, Evaluator
from booster.evaluation.queries.sharing import party_of_evaluator, party_of_file
from booster.evaluation.rules.sharing import bar, hints, sentence
from booster.evaluation.states import ASSIGNMENT
from booster.kit.access import Refused
from booster.kit.moves import move


@transaction.atomic
def assign(
    *, application: Application, evaluator: Evaluator, by: Any, at: datetime, due_on: date | None = None
) -> Assignment:
    """Give one file to one evaluator.

    ``Refused`` for the applicant, the file's own organisation or a partner in it, for an evaluator who has left and for
    a file of another call or that does not stand as sent.
    """
    if evaluator.ended_at is not None or (evaluator.ends_on and evaluator.ends_on < at.date()):
        raise Refused(_("This evaluator no longer works for the call."))
    if application.call_id != evaluator.call_id or application.state != "submitted":
        raise Refused(_("This file is not one of those that the evaluator may be given."))
    if why := bar(hints(party_of_evaluator(evaluator), party_of_file(application))):
        raise Refused(_(why))
    reason = sentence(evaluator.ecosystems, application.ecosystems)
    held, fresh = Assignment.objects.get_or_create(
        application=application,
        evaluator=evaluator,
        defaults={"edition_id": application.edition_id, "assigned_at": at, "due_on": due_on, "reason": reason},
    )
    if not fresh:
        move(held, ASSIGNMENT, "reassign", assigned_at=at, due_on=due_on, reason=reason)
    record(facts.ASSIGNED, thing=held, by=by, at=at)
    return held


@transaction.atomic
def assign_all(
    *, call: Call, pairs: Collection[tuple[int, int]], by: Any, at: datetime, due_on: date | None = None
) -> int:
    """Write down many assignments, (application id, evaluator id) each; pairs that exist already, files that no longer
    stand and evaluators who left are passed over. Returns how many are new. Constant queries."""
    evaluators = {e.pk: e for e in Evaluator.objects.filter(call=call).active()}
    files = {a.pk: a for a in Application.objects.filter(call=call, state="submitted")}
    known = set(Assignment.objects.filter(application__call=call).values_list("application_id", "evaluator_id"))
    new = [
        Assignment(
            edition_id=call.edition_id, application_id=file, evaluator_id=evaluator, assigned_at=at, due_on=due_on,
            reason=sentence(evaluators[evaluator].ecosystems, files[file].ecosystems),
        )
        for file, evaluator in sorted(set(pairs))
        if (file, evaluator) not in known and evaluator in evaluators and file in files
    ]  # fmt: skip
    Assignment.objects.bulk_create(new, batch_size=500)
    if new:
        told = sorted({one.evaluator_id for one in new})
        record(facts.ASSIGNED_ALL, thing=call, by=by, at=at, count=len(new), evaluators=told)
    return len(new)


@transaction.atomic
def unassign(*, assignment: Assignment, by: Any, at: datetime) -> Assignment:
    """Take a file back; its marks count nowhere from now on, and nothing is deleted."""
    move(assignment, ASSIGNMENT, "unassign")
    record(facts.UNASSIGNED, thing=assignment, by=by, at=at)
    return assignment


@transaction.atomic
def end_evaluator(*, evaluator: Evaluator, by: Any, at: datetime) -> Evaluator:
    """The evaluator reads no more: open files go back, signed evaluations stay and count."""
    open_files: Sequence[Assignment] = list(
        evaluator.assignments.exclude(state__in=["ended", "barred"]).exclude(evaluation__state="signed")
    )
    for assignment in open_files:
        unassign(assignment=assignment, by=by, at=at)
    evaluator.ended_at = at
    evaluator.save(update_fields=["ended_at"])
    record(facts.EVALUATOR_ENDED, thing=evaluator, by=by, at=at, name=str(evaluator.person))
    return evaluator
