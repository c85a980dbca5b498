"""From a selection to decisions: proposed, confirmed by an organiser, taken back, amended."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booster.applications.models import Application
from booster.calls import queries as calls
from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import move, settle
from booster.post import actions as post
from booster.selection import facts
from booster.selection.models import Decision, PolicyNote, Scenario
from booster.selection.queries.batches import Field, chosen_on_its_own, field, has_passed, is_known
from booster.selection.queries.deciding import (
    Proposal,
    is_stale,
    of_batch,
    outcome_letters,
    proposals,
    strange_outcomes,
    unfinished,
    venue_proposals,
)
from booster.selection.rules import outcomes
from booster.selection.states import DECISION, SCENARIO

BATCH = 200


@transaction.atomic
def adopt(*, scenario: Scenario, by: Any, at: datetime) -> list[Decision]:
    """Make a worked-out selection the one that counts: it proposes a decision on every sent application of its batch.

    Refused when another is adopted for it, when decisions are confirmed, when files are not checked or evaluated, or
    when the pool changed since the selection was worked out; ``NotNow`` before its cut-off. Constant queries.
    """
    call = scenario.call
    Call.objects.select_for_update().get(pk=call.pk)  # two organisers at once: the second one is told
    _must_be_the_only_one(scenario)
    field = decidable(call, scenario.cut_off, at=at)
    if scenario.state == "solved" and is_stale(scenario, field):
        raise Refused(_("Scores, files or verdicts changed since this was worked out. Work it out again."))
    move(scenario, SCENARIO, "adopt")
    record(facts.ADOPTED, thing=scenario, by=by, at=at)
    return write_proposals(call, proposals(scenario, field.found), cut_off=scenario.cut_off, by=by, at=at)


def _must_be_the_only_one(scenario: Scenario) -> None:
    others = Scenario.objects.filter(call=scenario.call_id, state="adopted").exclude(pk=scenario.pk)
    batches = set(others.values_list("cut_off", flat=True))
    if scenario.cut_off in batches:
        raise Refused(_("Another selection is adopted. Take that one back first."))
    if batches and (not scenario.cut_off or "" in batches):
        raise Refused(_("A selection from the whole call and one from a cut-off: take back what is adopted first."))


@transaction.atomic
def choose_venue(
    *,
    call: Call,
    chosen: Application,
    runner_up: Application | None,
    reason: str,
    by: Any,
    at: datetime,
    cut_off: str = "",
) -> list[Decision]:
    """Decide for one offer, perhaps with a second in reserve; proposes a decision on every offer, or on those of one
    batch.

    Refused without a reason, for an offer that is not eligible or not evaluated, and once a decision is confirmed;
    ``NotNow`` before the cut-off.
    """
    if not reason.strip():
        raise Refused(_("Say why this place: the hosts and the report will read it."))
    if calls.second_round_of(call) is not None:
        raise Refused(_("A second round follows: put offers on the shortlist, and choose the place there."))
    found = decidable(call, cut_off, at=at).found
    fit = {one.application.pk for one in found if not one.why_out}
    if chosen.pk not in fit or (runner_up is not None and runner_up.pk not in fit):
        raise Refused(_("Only an offer that is eligible and passes the thresholds can be chosen."))
    if runner_up is not None and runner_up.pk == chosen.pk:
        raise Refused(_("The second choice must be another offer."))
    made = venue_proposals(call, found, chosen=chosen, runner_up=runner_up, reason=reason.strip())
    record(facts.VENUE_CHOSEN, thing=chosen, by=by, at=at, reason=reason.strip())
    return write_proposals(call, made, cut_off=cut_off, by=by, at=at)


def decidable(call: Call, cut_off: str = "", *, at: datetime) -> Field:
    """The files of a batch when all of them can be decided on now; ``NotNow`` and ``Refused`` else."""
    if not is_known(call, cut_off):
        raise NotNow(_("This cut-off is not there any more. Choose one from the list."))
    if not has_passed(call, cut_off, at=at):
        raise NotNow(_("This cut-off has not passed: until then more files may come in and what is sent may change."))
    if of_batch(call, cut_off).exclude(state="proposed").exists():
        raise Refused(_("Decisions are confirmed already. Take those back first."))
    found = field(call, cut_off)
    if open_files := unfinished(found.found):
        raise Refused(
            ngettext(
                "%(n)s application is not checked or not evaluated yet.",
                "%(n)s applications are not checked or not evaluated yet.",
                open_files,
            )
            % {"n": open_files}
        )
    return found


def write_proposals(
    call: Call, made: Sequence[Proposal], *, cut_off: str = "", by: Any, at: datetime
) -> list[Decision]:  # fmt: skip
    of_batch(call, cut_off).filter(state="proposed").delete()
    rows = [
        Decision(
            edition_id=call.edition_id, call=call, application=one.application, outcome=one.outcome, rank=one.rank,
            points=one.points, reason=one.reason, decided_at=at,
        )
        for one in made
    ]  # fmt: skip
    Decision.objects.bulk_create(rows, batch_size=BATCH)
    record(facts.DECISIONS_PROPOSED, thing=call, by=by, at=at, count=len(rows))
    return rows


@transaction.atomic
def confirm(
    *, call: Call, by: Any, at: datetime, only: Collection[int] | None = None, cut_off: str = ""
) -> int:  # fmt: skip
    """Confirm the proposed decisions of a call or of one batch, or those with the ids in ``only``; how many. Their
    letters follow."""
    if strange_outcomes(call):
        raise Refused(_("Decisions were proposed before the second round was drafted or dropped. Propose them anew."))
    rows = of_batch(call, cut_off).filter(state="proposed")
    if only is not None:
        rows = rows.filter(pk__in=only)
    count = rows.update(state=DECISION.after("proposed", "confirm"), confirmed_at=at, confirmed_by=by)
    if count:
        record(facts.DECISIONS_CONFIRMED, thing=call, by=by, at=at, count=count)
    return count


@transaction.atomic
def take_back(*, decision: Decision, by: Any, at: datetime) -> Decision:
    """A confirmed decision becomes a proposal again; its letter is thrown away."""
    post.discard(outcome_letters(decision.call).filter(thing_id=decision.application_id), by=by, at=at)
    move(decision, DECISION, "take_back", confirmed_at=None, confirmed_by=None, round=decision.round + 1)
    record(facts.DECISION_TAKEN_BACK, thing=decision.application, by=by, at=at)
    return decision


@transaction.atomic
def amend(*, decision: Decision, outcome: str, reason: str, why: str, by: Any, at: datetime) -> Decision:
    """Decide otherwise than proposed. ``reason`` is read by the applicant, ``why`` stands in the report.

    Whoever joins a list is put at its end. Refused without both; ``Stale`` when it is no proposal any more.
    """
    if outcome not in outcomes.possible(followed=calls.second_round_of(decision.call) is not None):
        raise Refused(_("This call cannot have that outcome."))
    if not reason.strip() or not why.strip():
        raise Refused(_("Say why, for the applicant and for the report."))
    rank = decision.rank
    if outcome != decision.outcome:
        ranked = outcome in ("chosen", "shortlisted", "reserve")
        batch = chosen_on_its_own(decision.call, decision.application)
        last = of_batch(decision.call, batch).filter(outcome=outcome).order_by("-rank").first()
        rank = ((last.rank or 0) if last else 0) + 1 if ranked else None
    settle(
        decision, expected={"state": "proposed", "outcome": decision.outcome},
        outcome=outcome, rank=rank, reason=reason.strip(), amended=why.strip(), decided_at=at,
    )  # fmt: skip
    record(facts.DECISION_AMENDED, thing=decision.application, by=by, at=at, outcome=outcome, why=why.strip())
    return decision


@transaction.atomic
def reopen_decision(*, decision: Decision, by: Any, at: datetime) -> Decision:
    """After a complaint that was upheld: a told decision becomes a proposal again."""
    move(decision, DECISION, "reopen", confirmed_at=None, confirmed_by=None, round=decision.round + 1)
    record(facts.DECISION_REOPENED, thing=decision.application, by=by, at=at)
    return decision


@transaction.atomic
def drop_decision(*, application: Application, by: Any, at: datetime) -> bool:
    """The application was withdrawn: what was decided on it and not told is taken away with its letter; whether there
    was anything. The ranks behind it stay as they are: an organiser fills a free place among the chosen."""
    decision = Decision.objects.filter(application=application).exclude(state="told").select_related("call").first()
    if decision is None:
        return False
    post.discard(outcome_letters(decision.call).filter(thing_id=application.pk), by=by, at=at)
    decision.delete()
    record(facts.DECISION_DROPPED, thing=application, by=by, at=at, outcome=decision.outcome, rank=decision.rank)
    return True


@transaction.atomic
def note_policy(
    *, application: Application, kind: str, favours: bool, text: str, by: Any, at: datetime
) -> PolicyNote:  # fmt: skip
    """Write down a reason apart from the score: rotation, spread, kind of host."""
    if kind not in PolicyNote.Kind.values or not text.strip():
        raise Refused(_("Say what kind of reason it is, and write it down."))
    note = PolicyNote.objects.create(
        edition_id=application.edition_id, call_id=application.call_id, application=application, kind=kind,
        favours=favours, text=text.strip(), noted_at=at, noted_by=by,
    )  # fmt: skip
    record(facts.POLICY_NOTED, thing=application, by=by, at=at, note=kind)
    return note
