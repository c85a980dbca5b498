"""Conflicts of interest: declared for each file before anything but the applicant's organisation is shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.chronicle.actions import record, record_many
from booster.evaluation import facts
from booster.evaluation.models import Assignment, Conflict
from booster.evaluation.states import ASSIGNMENT
from booster.kit.access import Refused
from booster.kit.moves import move, settle

DECLARED = [value for value in Conflict.Reason.values if value != Conflict.Reason.SAME_ORGANISATION]


@transaction.atomic
def declare_free(*, assignment: Assignment, by: Any, at: datetime) -> Assignment:
    """“I have no conflict of interest”: the file opens."""
    move(assignment, ASSIGNMENT, "declare_free")
    record(facts.DECLARED_FREE, thing=assignment, by=by, at=at)
    return assignment


@transaction.atomic
def declare_free_of_many(*, assignments: Sequence[Assignment], by: Any, at: datetime) -> int:
    """No conflict with any of these files of one evaluator; those declared on meanwhile are passed over. Constant
    queries; returns how many opened."""
    rows = list(Assignment.objects.filter(pk__in=[a.pk for a in assignments], state="assigned").select_for_update())
    for row in rows:
        row.state = ASSIGNMENT.after(row.state, "declare_free")
    Assignment.objects.bulk_update(rows, ["state"], batch_size=500)
    record_many(facts.DECLARED_FREE, rows, by=by, at=at)
    return len(rows)


@transaction.atomic
def declare_conflict(*, assignment: Assignment, reason: str, text: str, by: Any, at: datetime) -> Conflict:
    """A conflict, or a doubt: the file closes at once, also when it had been opened, until an organiser decides."""
    if reason not in DECLARED:
        raise Refused(_("Choose the reason that fits best."))
    move(assignment, ASSIGNMENT, "declare_conflict")
    conflict, _fresh = Conflict.objects.update_or_create(
        assignment=assignment,
        defaults={
            "reason": reason, "text": text.strip(), "declared_at": at,
            "decision": "", "decision_reason": "", "decided_at": None, "decided_by": None,
        },
    )  # fmt: skip
    record(facts.CONFLICT_DECLARED, thing=assignment, by=by, at=at)
    return conflict


@transaction.atomic
def decide_conflict(*, conflict: Conflict, bar: bool, reason: str, by: Any, at: datetime) -> Conflict:
    """The organiser decides, not the evaluator. Barred: no list, total, search or export of this person has it."""
    if not reason.strip():
        raise Refused(_("Say why: the decision is part of the record."))
    settle(
        conflict, expected={"decision": ""}, decision="bar" if bar else "clear",
        decision_reason=reason.strip(), decided_at=at, decided_by=by,
    )  # fmt: skip
    move(conflict.assignment, ASSIGNMENT, "bar" if bar else "clear")
    record(facts.CONFLICT_DECIDED, thing=conflict.assignment, by=by, at=at, decision=conflict.get_decision_display())
    return conflict
