"""Taking in a file: all that could be read, or nothing. The rooms below do it; here it is asked for and remembered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from booster.applications import actions as applications
from booster.applications import facts
from booster.applications.queries import Outcome
from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.evaluation import actions as evaluation
from booster.evaluation.rules.rows import Rows
from booster.intake.models import ColumnMapping, Intake, IntakeProblem
from booster.intake.queries import FileReading, sheet_of

BATCH = 500


@transaction.atomic
def take_in(
    *,
    call: Call,
    reading: FileReading,
    by: Any,
    at: datetime,
    kind: str = "answers",
    dry_run: bool = False,
    letters: bool = False,
) -> Outcome | evaluation.Taken:
    """Make of every row what it stands for, and keep what became of the file, with the rows refused and why.

    A second time the same file changes nothing. With ``dry_run`` all is done and then undone, so the result is what a
    real run would give. ``letters``: an invitation for every new evaluator.
    """
    result = _done(call, kind, reading, by=by, at=at, letters=letters)
    _note(call, kind, reading, result, by=by, at=at)
    if dry_run:
        transaction.set_rollback(True)
    return result


def _done(
    call: Call, kind: str, reading: FileReading, *, by: Any, at: datetime, letters: bool
) -> Outcome | evaluation.Taken:
    if kind == "answers":
        return applications.take_in(call=call, entries=reading.entries, problems=reading.problems, by=by, at=at)
    rows = Rows(reading.entries, reading.problems)
    if kind == "evaluators":
        return evaluation.take_in_evaluators(call=call, rows=rows, by=by, at=at, letters=letters)
    take = evaluation.take_in_evaluations if kind == "evaluations" else evaluation.take_in_assignments
    return take(call=call, rows=rows, by=by, at=at)


def _note(call: Call, kind: str, reading: FileReading, result: Any, *, by: Any, at: datetime) -> None:
    intake = Intake.objects.create(
        call=call, kind=sheet_of(call, kind), filename=reading.filename[:200], sha256=reading.sha256,
        taken_at=at, taken_by=by, new_count=result.new_count, known_count=result.known_count,
        refused_count=sum(problem.refused for problem in result.problems),
    )  # fmt: skip
    IntakeProblem.objects.bulk_create(
        [
            IntakeProblem(
                intake=intake,
                row=p.row,
                external_id=p.id[:60],
                field=p.field[:60],
                message=p.message[:300],
                refused=p.refused,
            )
            for p in result.problems
        ],
        batch_size=BATCH,
    )


@transaction.atomic
def keep_columns(*, call: Call, sheet: str, columns: Mapping[str, str], by: Any, at: datetime) -> ColumnMapping:
    """Remember which column of such files answers what; the next file of this call is read so."""
    mapping, _fresh = ColumnMapping.objects.update_or_create(
        call=call, sheet=sheet, defaults={"columns": dict(columns)}
    )
    record(facts.COLUMNS_KEPT, thing=call, by=by, at=at)
    return mapping
