"""Telling decisions: all letters at once, and a fact for each that other rooms hear."""

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
from booster.kit.moves import Stale
from booster.post import actions as post
from booster.selection import facts
from booster.selection.actions.shortlisting import must_be_enterable
from booster.selection.models import Decision
from booster.selection.queries.deciding import of_batch, outcome_letters
from booster.selection.states import DECISION


@transaction.atomic
def tell(*, call: Call, by: Any, at: datetime, cut_off: str = "") -> list[Decision]:
    """Tell every confirmed decision, or those of one batch: their held letters go, and other rooms hear of each one.

    What was withdrawn meanwhile is not told. Refused while a letter is missing for somebody who has an address;
    ``NotNow`` for a shortlist that cannot go on. Constant queries for each 200.
    """
    standing = of_batch(call, cut_off).filter(state="confirmed", application__state="submitted")
    from_here = standing.select_related("application__applicant")
    rows = list(from_here.order_by("outcome", "rank", "pk"))
    if not rows:
        raise Refused(_("No decision is confirmed."))
    must_be_enterable(call, rows, at=at)
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
        raise Refused(
            ngettext(
                "%(n)s letter is not written yet. Wait a moment and try again.",
                "%(n)s letters are not written yet. Wait a moment and try again.",
                len(missing),
            )
            % {"n": len(missing)}
        )


def _reachable(application: Application) -> bool:
    return bool(application.address or (application.applicant and application.applicant.email))
