"""Complaints about how a decision came about: within the window, one for each decision, answered and recorded."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.chronicle.actions import record
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import move
from booster.people.models import Person
from booster.selection import facts
from booster.selection.models import Complaint, Decision
from booster.selection.rules.windows import complaint_until, may_complain
from booster.selection.states import COMPLAINT

LONGEST = 10_000  # characters


@transaction.atomic
def complain(*, decision: Decision, text: str, by: Any, at: datetime) -> Complaint:
    """Take a complaint in. ``NotNow`` before the decision is told, after the window, and for a second one."""
    call = decision.call
    if decision.told_at is None:
        raise NotNow(_("This decision has not been told yet."))
    if not may_complain(decision.told_at, call.complaint_days, call.zone, at=at):
        until = complaint_until(decision.told_at, call.complaint_days, call.zone)
        raise NotNow(_("Complaints were possible until %(day)s.") % {"day": f"{until:%d.%m.%Y}"})
    if not text.strip():
        raise Refused(_("Say what went wrong in your view."))
    complaint, made = Complaint.objects.get_or_create(
        decision=decision,
        defaults={"edition_id": decision.edition_id, "text": text.strip()[:LONGEST], "received_at": at},
    )
    if not made:
        raise NotNow(_("You have complained about this decision already; there is one complaint for each decision."))
    record(facts.COMPLAINED, thing=decision.application, by=by, at=at, complaint=complaint.pk)
    return complaint


@transaction.atomic
def admit(*, complaint: Complaint, by: Any, at: datetime) -> Complaint:
    """It is about procedure, facts, a manifest error or missing reasons: it will be looked into."""
    move(complaint, COMPLAINT, "admit")
    record(facts.COMPLAINT_ADMITTED, thing=complaint.decision.application, by=by, at=at, complaint=complaint.pk)
    return complaint


@transaction.atomic
def refuse(*, complaint: Complaint, answer: str, by: Any, at: datetime) -> Complaint:
    """It is about something that a complaint cannot be about; the answer says why."""
    _answered(answer)
    move(complaint, COMPLAINT, "refuse", answer=answer.strip(), answered_at=at, answered_by=by)
    record(facts.COMPLAINT_REFUSED, thing=complaint.decision.application, by=by, at=at, complaint=complaint.pk)
    return complaint


@transaction.atomic
def decide(*, complaint: Complaint, answer: str, changes_decision: bool, by: Any, at: datetime) -> Complaint:
    """Answer an admitted complaint. With ``changes_decision`` the decision will be opened again."""
    _answered(answer)
    move(
        complaint, COMPLAINT, "decide",
        answer=answer.strip(), changes_decision=changes_decision, answered_at=at, answered_by=by,
    )  # fmt: skip
    record(
        facts.COMPLAINT_DECIDED, thing=complaint.decision.application, by=by, at=at,
        complaint=complaint.pk, changes=changes_decision,
    )  # fmt: skip
    return complaint


def _answered(answer: str) -> None:
    if not answer.strip():
        raise Refused(_("Write the answer: the applicant will read it."))


@transaction.atomic
def forget(*, person: Person, by: Any, at: datetime) -> int:
    """Blank the words of a person's complaints; that there was one, and how it ended, stays. How many."""
    mine = Complaint.objects.filter(decision__application__applicant=person).exclude(text="")
    return mine.update(text="", answer="")
