"""Who may choose, decide, tell and complain."""

from typing import Any

from django.utils.translation import gettext as _

from booster.academies.access import is_organiser, may_read_desk
from booster.calls import queries as calls
from booster.calls.models import Call
from booster.kit.access import any_of, anybody, every
from booster.selection.models import Decision


def is_addressee(actor: Any, thing: Any) -> str | None:
    """The applicant whom a decision is about. ``thing``: a decision or a complaint. No query when both are loaded."""
    decision = getattr(thing, "decision", thing)
    own = actor is not None and actor.is_authenticated and decision.application.applicant_id == actor.pk
    return None if own else _("Only the applicant may do this.")


def is_told(actor: Any, decision: Decision) -> str | None:
    return None if decision.told_at is not None else _("This decision has not been told yet.")


def chooses_people(actor: Any, call: Call) -> str | None:
    return None if call.kind == Call.Kind.PARTICIPANTS else _("This is a call for venues: compare the offers instead.")


def chooses_a_place(actor: Any, call: Call) -> str | None:
    return None if call.kind == Call.Kind.VENUES else _("This is a call for participants: build a cohort instead.")


def has_second_round(actor: Any, call: Call) -> str | None:
    there = calls.second_round_of(call) is not None
    return None if there else _("This call has no second round. Draft it on the desk of the call.")


RULES = {
    "selection.shortlist": every(is_organiser, has_second_round),
    "selection.build": every(is_organiser, chooses_people),
    "selection.try_out": is_organiser,
    "selection.announce": is_organiser,
    "selection.draw": is_organiser,
    "selection.call_off": is_organiser,
    "selection.see_draw": anybody,
    "selection.compare": every(is_organiser, chooses_a_place),
    "selection.choose_venue": every(is_organiser, chooses_a_place),
    "selection.note_policy": every(is_organiser, chooses_a_place),
    "selection.read_decisions": may_read_desk,
    "selection.decide": is_organiser,
    "selection.amend": is_organiser,
    "selection.tell": is_organiser,
    "selection.report": may_read_desk,
    "selection.sign": is_organiser,
    "selection.read_own": every(any_of(is_addressee, is_organiser), is_told),
    "selection.complain": every(is_addressee, is_told),
    "selection.answer": is_organiser,
    "selection.read_complaint": any_of(is_addressee, is_organiser),
}
