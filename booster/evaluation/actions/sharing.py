"""A balanced assignment: asked for by an organiser, worked out by the worker, assigned or dropped by an organiser."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.evaluation import facts
from booster.evaluation.actions.assigning import assign_all
from booster.evaluation.models import Sharing
from booster.evaluation.queries.sharing import Shared
from booster.evaluation.states import SHARING
from booster.kit.moves import move


@transaction.atomic
def ask_sharing(
    *, call: Call, seed: int = 1, due_on: date | None = None, cut_off: str = "", by: Any, at: datetime
) -> Sharing:
    """For all files, or those of one ``cut_off`` as ``Sharing`` holds it. Whoever asks hands the sharing to the worker
    once this has held."""
    sharing = Sharing.objects.create(
        call=call, edition_id=call.edition_id, seed=seed, due_on=due_on, cut_off=cut_off, asked_at=at, asked_by=by
    )
    record(facts.SHARING_ASKED, thing=sharing, by=by, at=at, call=call.title)
    return sharing


@transaction.atomic
def propose_sharing(*, sharing: Sharing, shared: Shared, by: Any, at: datetime) -> Sharing:
    """Keep what the worker found."""
    added, short = [list(pair) for pair in shared.added], [list(one) for one in shared.short]
    move(
        sharing, SHARING, "propose", added=added, short=short, sentence=shared.sentence[:300], worked_out_at=at
    )  # fmt: skip
    record(facts.SHARING_PROPOSED, thing=sharing, by=by, at=at, call=sharing.call.title)
    return sharing


@transaction.atomic
def fail_sharing(*, sharing: Sharing, reason: str, by: Any, at: datetime) -> Sharing:
    move(sharing, SHARING, "fail", sentence=reason[:300], worked_out_at=at)
    record(facts.SHARING_FAILED, thing=sharing, by=by, at=at, call=sharing.call.title, reason=reason[:300])
    return sharing


@transaction.atomic
def assign_sharing(*, sharing: Sharing, by: Any, at: datetime) -> int:
    """Write the proposal down as assignments; twice is once. Returns how many are new."""
    move(sharing, SHARING, "assign")
    pairs = [(int(file), int(evaluator)) for file, evaluator in sharing.added]
    return assign_all(call=sharing.call, pairs=pairs, due_on=sharing.due_on, by=by, at=at)


@transaction.atomic
def drop_sharing(*, sharing: Sharing, by: Any, at: datetime) -> Sharing:
    move(sharing, SHARING, "drop")
    record(facts.SHARING_DROPPED, thing=sharing, by=by, at=at, call=sharing.call.title)
    return sharing
