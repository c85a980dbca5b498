"""What this room does when something was stated: letters of outcomes and complaints, a call that is settled."""

from datetime import datetime

from booster.academies import queries as academies
from booster.applications import actions as application_actions
from booster.applications import facts as applications
from booster.applications.models import Application
from booster.calls import actions as calls
from booster.calls import queries as call_queries
from booster.calls.models import Call
from booster.chronicle.models import Fact
from booster.people import facts as people
from booster.people.models import Person
from booster.post import actions as post
from booster.selection import actions, facts, letters
from booster.selection import queries as selection
from booster.selection.models import Complaint, Decision
from booster.selection.queries.deciding import needs_letter


def draft_letters(fact: Fact, *, at: datetime) -> None:
    """Write the held letters of everything that is confirmed; what was written before stays as it is."""
    call = Call.objects.select_related("edition__academy").filter(pk=fact.thing_id).first()
    if call is None:
        return
    rows = Decision.objects.filter(needs_letter(call), call=call, state="confirmed")
    post.drop_many(letters.outcomes(call, list(rows.select_related("application__applicant"))), by=None, at=at)


def open_second_round(fact: Fact, *, at: datetime) -> None:
    """Told that they are on the shortlist: their file of the second round begins, filled in from the first."""
    if fact.payload.get("outcome") != "shortlisted":
        return
    first = Application.objects.select_related("call__second_round__follows", "form_version").filter(pk=fact.thing_id)
    application = first.first()
    second = call_queries.second_round_of(application.call) if application is not None else None
    if application is not None and application.state == "submitted" and second is not None:
        application_actions.carry_on(application=application, call=second, by=None, at=at)


def settle_call(fact: Fact, *, at: datetime) -> None:
    """Everybody has been told: the call is settled. One that is still open is left alone."""
    call = Call.objects.filter(pk=fact.thing_id, state="closed").first()
    if call is not None and selection.has_decided(call):
        calls.settle(call=call, by=None, at=at)


def _complaint(fact: Fact) -> Complaint | None:
    rows = Complaint.objects.select_related("decision__application__applicant", "decision__call__edition__academy")
    return rows.filter(pk=fact.payload.get("complaint")).first()


def write_about_complaint(fact: Fact, *, at: datetime) -> None:
    if complaint := _complaint(fact):
        what = fact.kind.partition(".")[2]
        post.drop(by=None, at=at, **letters.complaint_moved(complaint, what=what, fact=fact.pk))


def call_organisers(fact: Fact, *, at: datetime) -> None:
    if complaint := _complaint(fact):
        organisers = academies.organisers_of(complaint.edition_id)
        post.drop_many(letters.complaint_arrived(complaint, organisers, fact=fact.pk), by=None, at=at)


def look_again(fact: Fact, *, at: datetime) -> None:
    """A complaint was upheld: its decision is open again, once."""
    complaint = _complaint(fact)
    if complaint is None or not complaint.changes_decision or complaint.answered_at is None:
        return
    decision = complaint.decision
    if decision.state == "told" and decision.told_at is not None and decision.told_at <= complaint.answered_at:
        actions.reopen_decision(decision=decision, by=None, at=at)


def step_back(fact: Fact, *, at: datetime) -> None:
    """An application was withdrawn: a decision that was not told yet is none any more."""
    application = Application.objects.filter(pk=fact.thing_id, state="withdrawn").first()
    if application is not None:
        actions.drop_decision(application=application, by=None, at=at)


def tell_organisers(fact: Fact, *, at: datetime) -> None:
    outcome = fact.payload.get("outcome", "")
    application = Application.objects.select_related("call__edition__academy").filter(pk=fact.thing_id).first()
    if application is not None and outcome in (Decision.Outcome.CHOSEN, Decision.Outcome.RESERVE):
        organisers = academies.organisers_of(application.edition_id)
        written = letters.stepped_back(application, organisers, outcome=outcome, fact=fact.pk)
        post.drop_many(written, by=None, at=at)


def erase_input(fact: Fact, *, at: datetime) -> None:
    """Files are erased as their time has come, or with the person: the input of a draw is not kept longer than they."""
    rows = Call.objects.filter(pk=fact.thing_id)
    if fact.kind == applications.APPLICANT_FORGOTTEN.name:
        rows = Call.objects.filter(applications__pk=fact.thing_id)
    for call in rows:
        actions.erase_input(call=call, by=None, at=at)


def forget(fact: Fact, *, at: datetime) -> None:
    person = Person.objects.filter(pk=fact.thing_id).first()
    if person is not None:
        actions.forget(person=person, by=None, at=at)


REACTIONS = {
    applications.WITHDRAWN: [step_back],
    applications.UNSUCCESSFUL_ERASED: [erase_input],
    applications.APPLICANT_FORGOTTEN: [erase_input],
    facts.DECISION_DROPPED: [tell_organisers],
    facts.DECISIONS_CONFIRMED: [draft_letters],
    facts.TOLD: [open_second_round],
    facts.DECISIONS_TOLD: [settle_call],
    facts.COMPLAINED: [write_about_complaint, call_organisers],
    facts.COMPLAINT_ADMITTED: [write_about_complaint],
    facts.COMPLAINT_REFUSED: [write_about_complaint],
    facts.COMPLAINT_DECIDED: [write_about_complaint, look_again],
    people.FORGOTTEN: [forget],
}
