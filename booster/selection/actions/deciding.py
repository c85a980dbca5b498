"""From a selection to decisions: proposed, confirmed by an organiser, taken back, amended."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booster.academies.queries import letter_hours
from booster.applications import actions as applications
from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.actions import record, record_many
from booster.kit.access import Refused
from booster.kit.moves import Stale, move, settle
from booster.post import actions as post
from booster.selection import facts
from booster.selection.models import Decision, PolicyNote, Scenario
from booster.selection.queries.deciding import (
    Proposal,
    is_stale,
    outcome_letters,
    proposals,
    unfinished,
    venue_proposals,
)
from booster.selection.queries.pool import Standing, standings
from booster.selection.states import DECISION, SCENARIO

BATCH = 200


@transaction.atomic
def adopt(*, scenario: Scenario, by: Any, at: datetime) -> list[Decision]:
    """Make a worked-out selection the one that counts: it proposes a decision on every sent application.

    Refused when another is adopted, when decisions are confirmed, when files are not checked or evaluated, or when the
    pool changed since the selection was worked out. Constant queries.
    """
    call = scenario.call
    if Scenario.objects.filter(call=call, state="adopted").exclude(pk=scenario.pk).exists():
        raise Refused(_("Another selection is adopted. Take that one back first."))
    found = _decidable(call)
    if scenario.state == "solved" and is_stale(scenario, found):
        raise Refused(_("Scores, files or verdicts changed since this was worked out. Work it out again."))
    move(scenario, SCENARIO, "adopt")
    record(facts.ADOPTED, thing=scenario, by=by, at=at)
    return _propose(call, proposals(scenario, found), by=by, at=at)


@transaction.atomic
def choose_venue(
    *, call: Call, chosen: Application, runner_up: Application | None, reason: str, by: Any, at: datetime
) -> list[Decision]:
    """Decide for one offer, perhaps with a second in reserve; proposes a decision on every offer.

    Refused without a reason, for an offer that is not eligible or not evaluated, and once a decision is confirmed.
    """
    if not reason.strip():
        raise Refused(_("Say why this place: the hosts and the report will read it."))
    found = _decidable(call)
    fit = {one.application.pk for one in found if not one.why_out}
    if chosen.pk not in fit or (runner_up is not None and runner_up.pk not in fit):
        raise Refused(_("Only an offer that is eligible and passes the thresholds can be chosen."))
    if runner_up is not None and runner_up.pk == chosen.pk:
        raise Refused(_("The second choice must be another offer."))
    made = venue_proposals(call, found, chosen=chosen, runner_up=runner_up, reason=reason.strip())
    record(facts.VENUE_CHOSEN, thing=chosen, by=by, at=at, reason=reason.strip())
    return _propose(call, made, by=by, at=at)


def _decidable(call: Call) -> list[Standing]:
    found = standings(call)
    if Decision.objects.filter(call=call).exclude(state="proposed").exists():
        raise Refused(_("Decisions are confirmed already. Take those back first."))
    if open_files := unfinished(found):
        raise Refused(
            ngettext(
                "%(n)s application is not checked or not evaluated yet.",
                "%(n)s applications are not checked or not evaluated yet.",
                open_files,
            )
            % {"n": open_files}
        )
    return found


def _propose(call: Call, made: Sequence[Proposal], *, by: Any, at: datetime) -> list[Decision]:
    Decision.objects.filter(call=call, state="proposed").delete()
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
def confirm(*, call: Call, by: Any, at: datetime, only: Collection[int] | None = None) -> int:
    """Confirm the proposed decisions of a call, or those with the ids in ``only``; how many. Their letters follow."""
    rows = Decision.objects.filter(call=call, state="proposed")
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
    if outcome not in Decision.Outcome.values:
        raise Refused(_("There is no such outcome."))
    if not reason.strip() or not why.strip():
        raise Refused(_("Say why, for the applicant and for the report."))
    rank = decision.rank
    if outcome != decision.outcome:
        ranked = outcome in ("chosen", "reserve")
        last = Decision.objects.filter(call=decision.call_id, outcome=outcome).order_by("-rank").first()
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
def tell(*, call: Call, by: Any, at: datetime) -> list[Decision]:
    """Tell every confirmed decision: their held letters go, and other rooms hear of each one.

    What was withdrawn meanwhile is not told. Refused while a letter is missing for somebody who has an address.
    Constant queries for each 200.
    """
    standing = Decision.objects.filter(call=call, state="confirmed", application__state="submitted")
    from_here = standing.select_related("application__applicant")
    rows = list(from_here.order_by("outcome", "rank", "pk"))
    if not rows:
        raise Refused(_("No decision is confirmed."))
    letters = outcome_letters(call)
    _all_written(call, rows, {pk for pk in letters.values_list("thing_id", flat=True) if pk})
    theirs = letters.filter(thing_id__in=from_here.values("application_id"))
    post.release(theirs, by=by, at=at, window=letter_hours(call.edition))
    told = DECISION.after("confirmed", "tell")
    noted = applications.note_told(applications=[row.application_id for row in rows], by=by, at=at)
    if noted != len(rows) or standing.update(state=told, told_at=at) != len(rows):
        raise Stale(_("Somebody else confirmed or took back a decision a moment ago. Look again before you tell."))
    for row in rows:
        row.state, row.told_at = told, at
    payloads = [{"outcome": row.outcome, "rank": row.rank, "decision": row.pk} for row in rows]
    record_many(facts.TOLD, [row.application for row in rows], by=by, at=at, payloads=payloads)
    record(facts.DECISIONS_TOLD, thing=call, by=by, at=at, count=len(rows))
    return rows


def _all_written(call: Call, rows: Sequence[Decision], written: Collection[int]) -> None:
    ours = [row for row in rows if call.kind == Call.Kind.VENUES or row.outcome != "chosen"]
    missing = [row for row in ours if row.application_id not in written and _reachable(row.application)]
    if missing:
        raise Refused(_("%(n)s letters are not written yet. Wait a moment and try again.") % {"n": len(missing)})


def _reachable(application: Application) -> bool:
    return bool(application.address or (application.applicant and application.applicant.email))


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
