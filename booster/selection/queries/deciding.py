"""Decisions: what an adopted selection proposes, what stands, what still hinders telling."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from booster.applications.models import Application
from booster.applications.queries import of_cut_off
from booster.calls import queries as calls
from booster.calls.models import Call
from booster.evaluation.rules.scores import NOT_EVALUATED
from booster.kit.words import N_
from booster.post.models import Letter
from booster.selection.models import Complaint, Decision, Scenario
from booster.selection.queries.batches import Field
from booster.selection.queries.pool import Standing
from booster.selection.rules import outcomes, results
from booster.selection.rules.reasons import NOT_CHECKED, NOT_ELIGIBLE
from booster.selection.rules.windows import complaint_until, may_complain

LETTER = "selection.outcome"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be decided on one application."""

    application: Application
    outcome: str
    rank: int | None
    points: Decimal | None
    reason: str


UNFINISHED = (NOT_CHECKED, NOT_EVALUATED)


def unfinished(found: Sequence[Standing]) -> int:
    """How many applications cannot be decided yet: not checked, or not evaluated."""
    return sum(one.why_out in UNFINISHED for one in found)


def is_stale(scenario: Scenario, field: Field) -> bool:
    """Whether scores, files, verdicts or the places of others changed since the selection was worked out. One query."""
    return bool(scenario.result.get("digest") != results.digest(field.candidates()))


def proposals(scenario: Scenario, found: Sequence[Standing]) -> list[Proposal]:
    """An outcome with its reason for every sent application of a solved selection; in a first round those who were
    chosen go on the shortlist. One query when the call's second round is loaded."""
    places = {key: ("chosen", n) for n, key in enumerate(scenario.result["chosen"], start=1)}
    places |= {
        key: ("reserve", n) for n, key in enumerate(results.reserve_list(scenario.result, scenario.reserves), start=1)
    }
    if calls.second_round_of(scenario.call) is not None:  # the last round has the places and the reserve
        places = {key: ("shortlisted", rank) for key, (outcome, rank) in places.items() if outcome == "chosen"}
    reasons, told = scenario.result["reasons"], gate_messages(scenario.call)
    made = []
    for one in found:
        outcome, rank = places.get(one.application.reference, ("not_chosen", None))
        reason = reasons.get(one.application.reference) or one.why_out
        if one.why_out and not one.eligible:
            outcome, rank, reason = "not_eligible", None, why_not_eligible(one, told)
        made.append(Proposal(one.application, outcome, rank, one.points, reason))
    return made


def gate_messages(call: Call) -> dict[str, str]:
    """What each reason code means to an applicant. One query."""
    return dict(call.gates.values_list("code", "message"))


def why_not_eligible(one: Standing, told: dict[str, str]) -> str:
    code = one.why_out.removeprefix(NOT_ELIGIBLE.partition("{")[0]).removesuffix(".")
    return told.get(code) or one.why_out


def venue_proposals(
    call: Call, found: Sequence[Standing], *, chosen: Application, runner_up: Application | None, reason: str
) -> list[Proposal]:
    """One place chosen, perhaps one in reserve, the others not. One query."""
    told, made = gate_messages(call), []
    for one in found:
        outcome, rank, why = "not_chosen", None, one.why_out or N_("Another offer was chosen.") + " " + reason
        if one.application.pk == chosen.pk:
            outcome, rank, why = "chosen", 1, reason
        elif runner_up is not None and one.application.pk == runner_up.pk:
            outcome, rank, why = "reserve", 1, N_("Second choice: asked if the first one steps back.")
        elif not one.eligible:
            outcome, why = "not_eligible", why_not_eligible(one, told)
        made.append(Proposal(one.application, outcome, rank, one.points, why))
    return made


def shortlist_proposals(
    call: Call, found: Sequence[Standing], *, picked: Collection[int], reason: str
) -> list[Proposal]:
    """The picked on the shortlist in the order of their scores, the others not chosen. One query."""
    told, made, rank = gate_messages(call), [], 0
    for one in found:
        if one.application.pk in picked:
            rank += 1
            made.append(Proposal(one.application, "shortlisted", rank, one.points, reason))
        elif not one.eligible:
            made.append(Proposal(one.application, "not_eligible", None, one.points, why_not_eligible(one, told)))
        else:
            why = one.why_out or N_("Others were put on the shortlist.") + " " + reason
            made.append(Proposal(one.application, "not_chosen", None, one.points, why))
    return made


def of_batch(call: Call, cut_off: str = "") -> QuerySet[Decision]:
    """The decisions on the files of a batch; of the whole call without one."""
    return of_cut_off(Decision.objects.filter(call=call), cut_off, path="application__")


def newest_decision(call: Call) -> int:
    """The newest decision of a call, 0 for none: grows when decisions are proposed anew. One query."""
    return Decision.objects.filter(call=call).order_by("-pk").values_list("pk", flat=True).first() or 0


def strange_outcomes(call: Call) -> int:
    """How many proposals were made before the call got or lost its second round. At most two queries."""
    fitting = outcomes.possible(followed=calls.second_round_of(call) is not None)
    return Decision.objects.filter(call=call, state="proposed").exclude(outcome__in=fitting).count()


def second_file(decision: Decision) -> Application | None:
    """The file of the second round of somebody on the shortlist, once it is begun. One query."""
    if decision.outcome != "shortlisted" or decision.state != "told":
        return None
    rows = Application.objects.filter(follows=decision.application_id).exclude(state="erased")
    return rows.select_related("call").first()


def decisions_of(call: Call, cut_off: str = "") -> QuerySet[Decision]:
    """The decisions of a call, or of one batch, the chosen first, each list in its order."""
    rows = of_batch(call, cut_off).select_related("application__applicant", "application__organisation")
    columns = ["application__answers", "application__pending", "application__touched", "application__folded"]
    return rows.defer(*columns)


def chosen_ids(call: Call) -> set[int]:
    """The applications that outlive the retention of the unsuccessful: those chosen, and of the shortlist those who are
    chosen or not decided on in the second round. One query."""
    last = "application__second_file__decision"
    open_still = Q(**{f"{last}__isnull": True}) & ~Q(application__second_file__call__state="settled")
    went_on = Q(outcome="shortlisted") & (Q(**{f"{last}__outcome": "chosen"}) | open_still)
    rows = Decision.objects.filter(Q(outcome="chosen") | went_on, call=call)
    return set(rows.values_list("application_id", flat=True))


def has_decided(call: Call) -> bool:
    """Whether every sent application of the call has been told its decision. Two queries."""
    told = Decision.objects.filter(call=call, state="told")
    waits = call.applications.filter(state="submitted").exclude(pk__in=told.values("application"))
    return told.exists() and not waits.exists()


def outcome_letters(call: Call) -> QuerySet[Letter]:
    """The held letters that tell outcomes of this call."""
    ids = Decision.objects.filter(call=call).values("application_id")
    return Letter.objects.filter(
        kind=LETTER, thing_type="applications.application", thing_id__in=ids, state="held"
    )  # fmt: skip


def address_of(application: Application) -> str:
    """Where a letter reaches the applicant; empty when nowhere."""
    if application.applicant is not None:
        return str(application.applicant.email)
    return application.address


def needs_letter(call: Call) -> Q:
    """The decisions whose letter this room writes: all but the chosen people's, whose letter offers the seat."""
    return ~Q(outcome="chosen") if call.kind == Call.Kind.PARTICIPANTS else Q()


@dataclass(frozen=True, slots=True)
class Check:
    """What stands before telling. ``unreachable`` are to be told by other means."""

    proposed: int
    confirmed: int
    told: int
    unwritten: list[Decision]
    unreachable: list[Decision]
    letters: int

    @property
    def may_tell(self) -> bool:
        return self.confirmed > 0 and not self.unwritten


def check(call: Call, decisions: Sequence[Decision]) -> Check:
    """Look over what is confirmed before it is told. One query beside ``decisions``."""
    written = set(outcome_letters(call).values_list("thing_id", flat=True))
    confirmed = [one for one in decisions if one.state == "confirmed"]
    unreachable = [one for one in confirmed if not address_of(one.application)]
    ours = [one for one in confirmed if call.kind == Call.Kind.VENUES or one.outcome != "chosen"]
    return Check(
        proposed=sum(one.state == "proposed" for one in decisions),
        confirmed=len(confirmed),
        told=sum(one.state == "told" for one in decisions),
        unwritten=[one for one in ours if one.application_id not in written and one not in unreachable],
        unreachable=unreachable,
        letters=len(written),
    )


@dataclass(frozen=True, slots=True)
class Remedy:
    """What an applicant may do about a decision. ``until``: the last moment for a complaint."""

    until: datetime
    is_open: bool
    complaint: Complaint | None


def remedy(decision: Decision, *, at: datetime) -> Remedy | None:
    """``None`` while it has not been told. One query."""
    if decision.told_at is None:
        return None
    call = decision.call
    complaint = Complaint.objects.filter(decision=decision).first()
    return Remedy(
        until=complaint_until(decision.told_at, call.complaint_days, call.zone),
        is_open=complaint is None and may_complain(decision.told_at, call.complaint_days, call.zone, at=at),
        complaint=complaint,
    )


def complaints_of(call: Call) -> QuerySet[Complaint]:
    return Complaint.objects.filter(decision__call=call).select_related("decision__application__applicant")


def export_of(person: Any) -> list[dict[str, Any]]:
    """The decisions on a person's applications and their complaints, for their own copy. One query."""
    rows = Decision.objects.filter(application__applicant=person, told_at__isnull=False)
    return [
        {
            "call": one.call.title,
            "outcome": one.outcome,
            "reason": one.reason,
            "told": one.told_at.isoformat() if one.told_at else None,
            "complaint": one.complaint.text if hasattr(one, "complaint") else None,
        }
        for one in rows.select_related("call", "complaint")
    ]
