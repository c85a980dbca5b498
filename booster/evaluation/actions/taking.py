"""Taking in files of evaluators and of evaluations: all that could be read, or nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from booster.academies import actions as academies
from booster.academies.models import Membership, Role
from booster.applications.models import Application
from booster.applications.rules.entries import RowProblem
from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.evaluation import facts
from booster.evaluation.actions.assigning import assign_all
from booster.evaluation.actions.evaluators import APART
from booster.evaluation.models import Assignment, Evaluation, Evaluator, Mark
from booster.evaluation.queries.sharing import party_of_evaluator, party_of_file, with_parties
from booster.evaluation.rules.rows import AssignmentRow, EvaluationRow, EvaluatorRow, Rows
from booster.evaluation.rules.sharing import bar, hints
from booster.kit.words import N_
from booster.people import actions as people
from booster.people.actions import NewOrganisation, NewPerson
from booster.people.rules.names import organisation_key

BATCH = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: how many rows were new, how many known; every problem, with the refused rows among them."""

    new_count: int
    known_count: int
    problems: list[RowProblem]


@transaction.atomic
def take_in_evaluators(
    *, call: Call, rows: Rows, by: Any, at: datetime, dry_run: bool = False, letters: bool = False
) -> Taken:
    """Make an evaluator of every row, or bring capacity, expertise and end date up to date. Twice changes nothing.

    Refused: organisers of the edition, and those whose work was ended. ``letters``: an invitation for everybody new.
    """
    read: Sequence[EvaluatorRow] = rows.rows
    persons = people.ensure_people(
        entries=[NewPerson(email=r.email, name=r.name, country=r.country) for r in read], by=by, at=at
    )
    known = {e.person_id: e for e in Evaluator.objects.filter(call=call).select_related("organisation")}
    led = _organisers(call)
    refused = [problem for row in read if (problem := _refused(row, persons[row.email], known, led))]
    away = {problem.row for problem in refused}
    taken = [row for row in read if row.row not in away]
    bodies = people.ensure_organisations(
        entries=[NewOrganisation(name=r.organisation, country="", kind="other") for r in taken if r.organisation],
        by=by,
        at=at,
    )
    for row in taken:
        person = persons[row.email]
        held = known.get(person.pk) or Evaluator(call=call, edition_id=call.edition_id, person=person)
        held.organisation = bodies.get((organisation_key(row.organisation), "")) if row.organisation else None
        held.country, held.ecosystems = row.country, list(row.ecosystems)
        held.capacity, held.ends_on = row.capacity, row.ends_on
        held.save()
        academies.appoint(edition=call.edition, person=person, role=Role.EVALUATOR, ends_on=row.ends_on, by=by, at=at)
        if person.pk not in known:
            record(facts.EVALUATOR_INVITED, thing=held, by=by, at=at, name=person.name, letter=letters)
    if dry_run:
        transaction.set_rollback(True)
    new_count = sum(persons[row.email].pk not in known for row in taken)
    return Taken(new_count, len(taken) - new_count, sorted([*rows.problems, *refused], key=lambda p: p.row))


def _organisers(call: Call) -> set[int]:
    """Who sees all scores on the desk and so evaluates nothing."""
    held = Membership.objects.active().filter(edition=call.edition_id, role__in=(Role.ORGANISER, Role.READER))
    return set(held.values_list("person_id", flat=True))


def _refused(
    row: EvaluatorRow, person: Any, known: Mapping[int, Evaluator], organisers: Collection[int]
) -> RowProblem | None:
    held = known.get(person.pk)
    if person.pk in organisers:
        return RowProblem(row.row, row.email, "email", APART, refused=True)
    if held is not None and held.ended_at is not None:
        return RowProblem(row.row, row.email, "email", _ENDED, refused=True)
    return None


@transaction.atomic
def take_in_evaluations(*, call: Call, rows: Rows, by: Any, at: datetime, dry_run: bool = False) -> Taken:
    """Signed evaluations from a file: an assignment, an evaluation and its marks for every row that is new.

    Refused, each with its reason: a file or evaluator that the call does not know, a file that is not in the running,
    and an evaluator of the file's own organisation. A second import of the same rows changes nothing.
    """
    read: Sequence[EvaluationRow] = rows.rows
    known = _Known(call)
    done = set(
        Assignment.objects.filter(application__call=call, evaluation__isnull=False).values_list(
            "application_id", "evaluator_id"
        )
    )
    problems = list(rows.problems)
    fresh: list[tuple[EvaluationRow, Application, Evaluator]] = []
    for row in read:
        file, evaluator, why = known.of(row)
        if why:
            problems.append(RowProblem(row.row, row.id, "id" if file is None else "email", why, refused=True))
        elif (file.pk, evaluator.pk) not in done:
            fresh.append((row, file, evaluator))
    _keep(call, fresh, at=at)
    if fresh:
        record(facts.EVALUATIONS_IMPORTED, thing=call, by=by, at=at, count=len(fresh))
    refused = sum(problem.refused for problem in problems) - sum(problem.refused for problem in rows.problems)
    if dry_run:
        transaction.set_rollback(True)
    return Taken(len(fresh), len(read) - len(fresh) - refused, sorted(problems, key=lambda p: p.row))


@transaction.atomic
def take_in_assignments(*, call: Call, rows: Rows, by: Any, at: datetime, dry_run: bool = False) -> Taken:
    """Who reads what from a file; refused for the same reasons as evaluations, and for evaluators who have left."""
    read: Sequence[AssignmentRow] = rows.rows
    known = _Known(call)
    held = set(Assignment.objects.filter(application__call=call).values_list("application_id", "evaluator_id"))
    problems, fresh, known_count = list(rows.problems), [], 0
    for row in read:
        file, evaluator, why = known.of(row)
        if why or evaluator.ended_at is not None:
            field = "id" if file is None else "email"
            problems.append(RowProblem(row.row, row.id, field, why or _LEFT, refused=True))
        elif (file.pk, evaluator.pk) in held:
            known_count += 1
        else:
            fresh.append((row.due_on, (file.pk, evaluator.pk)))
    for due_on in sorted({due for due, _pair in fresh}, key=str):
        pairs = [pair for due, pair in fresh if due == due_on]
        assign_all(call=call, pairs=pairs, due_on=due_on, by=by, at=at)
    if dry_run:
        transaction.set_rollback(True)
    return Taken(len(fresh), known_count, sorted(problems, key=lambda p: p.row))


_NO_EVALUATOR = N_("This call has no evaluator with this address.")
_NO_FILE = N_("This call has no file with this id.")
_LEFT = N_("This evaluator no longer works for the call.")
_ENDED = N_("This evaluator's work for the call has ended.")
_NOT_SENT = N_("The file is {state}, so it is not evaluated.")
_NOT_ELIGIBLE = N_("The file is not eligible: {code}.")
_CONFLICT = N_("A conflict of interest of this evaluator with this file is on record.")


class _Known:
    """The files and evaluators of a call by what rows call them. Five queries."""

    def __init__(self, call: Call) -> None:
        files = with_parties(Application.objects.filter(call=call).select_related("screening"))
        evaluators = Evaluator.objects.filter(call=call).select_related("person", "organisation")
        self.files = {file.reference: file for file in files}
        self.evaluators = {e.person.email: e for e in evaluators}
        rows = Assignment.objects.filter(application__call=call, state__in=["barred", "in_doubt"])
        self.barred = set(rows.values_list("application_id", "evaluator_id"))

    def of(self, row: EvaluationRow | AssignmentRow) -> tuple[Any, Any, str]:
        """File, evaluator, and why the row cannot count: empty when it can, and then both are there."""
        file, evaluator = self.files.get(row.id), self.evaluators.get(row.email)
        if file is None:
            return None, evaluator, _NO_FILE
        if evaluator is None:
            return file, None, _NO_EVALUATOR
        return file, evaluator, _refusal(file, evaluator, self.barred)


def _refusal(file: Application, evaluator: Evaluator, barred: set[tuple[int, int]]) -> str:
    """Why this evaluator's marks for this file cannot count; empty when they can."""
    if file.state != "submitted":
        return _NOT_SENT.format(state=file.state)
    screening = getattr(file, "screening", None)
    if screening is not None and not screening.eligible:
        return _NOT_ELIGIBLE.format(code=screening.code)
    if (file.pk, evaluator.pk) in barred:
        return _CONFLICT
    return bar(hints(party_of_evaluator(evaluator), party_of_file(file)))


def _keep(call: Call, fresh: Sequence[tuple[EvaluationRow, Application, Evaluator]], *, at: datetime) -> None:
    criteria = {criterion.key: criterion for criterion in call.criteria.all()}
    held = {
        (a.application_id, a.evaluator_id): a
        for a in Assignment.objects.filter(application__call=call, evaluation__isnull=True)
    }
    new = [
        Assignment(edition_id=call.edition_id, application=file, evaluator=evaluator, state="open", assigned_at=at)
        for _row, file, evaluator in fresh
        if (file.pk, evaluator.pk) not in held
    ]
    Assignment.objects.bulk_create(new, batch_size=BATCH)
    given = [held[file.pk, evaluator.pk].pk for _row, file, evaluator in fresh if (file.pk, evaluator.pk) in held]
    Assignment.objects.filter(pk__in=given).update(
        state="open"
    )  # the file of marks says that the evaluator has read it
    held |= {(a.application_id, a.evaluator_id): a for a in new}
    evaluations = [
        Evaluation(
            edition_id=call.edition_id,
            assignment=held[file.pk, evaluator.pk],
            state="signed",
            comment=row.comment,
            changed_at=at,
            signed_at=at,
        )
        for row, file, evaluator in fresh
    ]
    Evaluation.objects.bulk_create(evaluations, batch_size=BATCH)
    marks = [
        Mark(evaluation=evaluation, criterion=criteria[key], value=value)
        for evaluation, (row, _file, _evaluator) in zip(evaluations, fresh, strict=True)
        for key, value in row.marks.items()
    ]
    Mark.objects.bulk_create(marks, batch_size=BATCH)
