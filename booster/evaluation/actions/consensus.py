"""Agreeing where the evaluators of a file were apart: marks, text, dissent and who was absent are recorded."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.chronicle.actions import record
from booster.evaluation import facts
from booster.evaluation.models import Consensus, Evaluation
from booster.evaluation.rules.agreeing import Agreement
from booster.evaluation.rules.scores import is_mark
from booster.evaluation.states import CONSENSUS
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import move, settle


@transaction.atomic
def record_consensus(
    *, application: Application, agreement: Agreement, revision: int, by: Any, at: datetime
) -> Consensus:
    """Keep the draft of a consensus. ``revision`` 0 begins one; ``Stale`` when somebody else wrote meanwhile."""
    if any(not is_mark(value) for value in agreement.marks.values()):
        raise Refused(_("A mark is 0 to 5 in half steps."))
    keys = set(application.call.criteria.values_list("key", flat=True))
    columns = {
        "marks": {key: f"{value:.1f}" for key, value in agreement.marks.items() if key in keys},
        "text": agreement.text, "minority": agreement.minority, "absent": agreement.absent,
        "recorded_at": at, "recorded_by": by,
    }  # fmt: skip
    consensus, fresh = Consensus.objects.get_or_create(
        application=application, defaults={"edition_id": application.edition_id, **columns}
    )
    if fresh:
        return consensus
    if consensus.state != CONSENSUS.start:
        raise NotNow(_("The consensus is agreed. Open it again to change it."))
    settle(consensus, expected={"revision": revision, "state": CONSENSUS.start}, revision=revision + 1, **columns)
    return consensus


@transaction.atomic
def agree(*, consensus: Consensus, revision: int, by: Any, at: datetime) -> Consensus:
    """From now on the consensus marks are the file's marks. Every criterion needs one, and a text says why."""
    keys = set(consensus.application.call.criteria.values_list("key", flat=True))
    if keys - consensus.marks.keys():
        raise Refused(_("Every criterion needs a mark that was agreed on, or the majority's."))
    if not consensus.text.strip():
        raise Refused(_("Say in a few sentences what was agreed, and why."))
    settle(consensus, expected={"revision": revision}, revision=revision + 1)
    move(consensus, CONSENSUS, "agree", recorded_at=at, recorded_by=by)
    record(facts.CONSENSUS_AGREED, thing=consensus.application, by=by, at=at)
    return consensus


@transaction.atomic
def reopen_consensus(*, consensus: Consensus, by: Any, at: datetime) -> Consensus:
    """The individual marks count again until a new consensus is agreed."""
    move(consensus, CONSENSUS, "reopen", revision=consensus.revision + 1)
    record(facts.CONSENSUS_REOPENED, thing=consensus.application, by=by, at=at)
    return consensus


@transaction.atomic
def call_meeting(*, application: Application, when: datetime, where: str, by: Any, at: datetime) -> list[int]:
    """Ask the evaluators who signed to talk a file over; the letters follow, held in the outbox. Returns their ids.

    Who is barred or in doubt is not asked; ``Refused`` when fewer than two could come or the moment has passed.
    """
    if when <= at:
        raise Refused(_("Choose a moment that is still to come."))
    signed = Evaluation.objects.counted().filter(assignment__application=application)
    asked = list(signed.values_list("assignment__evaluator_id", flat=True))
    if len(asked) < 2:
        raise Refused(_("A meeting needs two evaluators who signed."))
    record(
        facts.CONSENSUS_CALLED, thing=application, by=by, at=at,
        when=when.isoformat(), where=where.strip(), evaluators=asked,
    )  # fmt: skip
    return asked
