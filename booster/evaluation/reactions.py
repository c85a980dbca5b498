"""Verdicts follow answers: what is sent, changed or imported is screened again. Letters follow what organisers do."""

from datetime import datetime

from django.db.models import QuerySet

from booster.academies.queries import letter_hours
from booster.applications import facts as applications
from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.models import Fact
from booster.evaluation import actions, facts, letters
from booster.evaluation import queries as evaluation
from booster.evaluation.models import Assignment, Evaluator
from booster.post import actions as post


def screen_file(fact: Fact, *, at: datetime) -> None:
    """Only the application that the fact tells of; running it twice changes nothing."""
    rows = Application.objects.filter(pk=fact.thing_id, state="submitted").select_related("call")
    application = rows.first()
    if application is not None:
        actions.screen(call=application.call, applications=[application], by=None, at=at)


def screen_call(fact: Fact, *, at: datetime) -> None:
    call = Call.objects.filter(pk=fact.thing_id).first()
    if call is not None:
        actions.screen(call=call, by=None, at=at)


def write_invitation(fact: Fact, *, at: datetime) -> None:
    """Imports say ``letter: false``: who is known already needs none."""
    evaluator = _evaluators([fact.thing_id]).first() if fact.payload.get("letter") else None
    if evaluator is not None:
        post.drop(by=fact.actor, at=at, **letters.invitation(evaluator))


def write_assignment(fact: Fact, *, at: datetime) -> None:
    """One letter a day for files given by hand, however many."""
    held = Assignment.objects.filter(pk=fact.thing_id).values_list("evaluator_id", flat=True)
    _tell_assigned(list(held), key=f"{fact.at:%Y-%m-%d}", fact=fact, at=at)


def write_assignments(fact: Fact, *, at: datetime) -> None:
    _tell_assigned(fact.payload.get("evaluators", []), key=f"all:{fact.pk}", fact=fact, at=at)


def _tell_assigned(ids: list[int], *, key: str, fact: Fact, at: datetime) -> None:
    written = []
    for evaluator in _evaluators(ids):
        count = evaluator.assignments.filter(state="assigned").count()
        if count:
            written.append(letters.assignment(evaluator, count=count, key=key))
    post.drop_many(written, by=fact.actor, at=at)


def write_reminders(fact: Fact, *, at: datetime) -> None:
    """To those with open files: at once when an organiser wished so, in hours when the clock did, else held."""
    asked = set(fact.payload.get("evaluators", []))
    call = Call.objects.filter(pk=fact.thing_id).select_related("edition").first()
    hours = letter_hours(call.edition) if call and fact.by_house else None  # who presses “at once” means it
    loads = evaluation.waiting(call, today=at.date()) if call else []
    release, key = bool(fact.payload.get("release")), str(fact.pk)
    written = [
        letters.reminder(load.evaluator, count=load.open, due_on=load.first_due, key=key, release=release, window=hours)
        for load in loads
        if load.evaluator.pk in asked
    ]
    post.drop_many(written, by=fact.actor, at=at)


def write_meeting(fact: Fact, *, at: datetime) -> None:
    application = Application.objects.filter(pk=fact.thing_id, state="submitted").first()
    if application is None:
        return
    when = datetime.fromisoformat(fact.payload["when"])
    where = fact.payload.get("where", "")
    post.drop_many(
        [
            letters.meeting(evaluator, application, when=when, where=where, fact=fact.pk)
            for evaluator in _evaluators(fact.payload.get("evaluators", []))
        ],
        by=fact.actor,
        at=at,
    )


def _evaluators(ids: list[int]) -> QuerySet[Evaluator]:
    return Evaluator.objects.filter(pk__in=ids, ended_at__isnull=True).select_related("call", "person")


REACTIONS = {
    applications.SUBMITTED: [screen_file],
    applications.CHANGED_AFTER_SENDING: [screen_file],
    applications.COMPLETED: [screen_file],
    applications.IMPORTED: [screen_call],
    facts.EVALUATOR_INVITED: [write_invitation],
    facts.ASSIGNED: [write_assignment],
    facts.ASSIGNED_ALL: [write_assignments],
    facts.EVALUATORS_REMINDED: [write_reminders],
    facts.CONSENSUS_CALLED: [write_meeting],
}
