"""The shortlist of a first round, and the door of the second one for whoever is on it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.calls import queries as calls
from booster.calls.models import Call
from booster.calls.rules import deadlines
from booster.chronicle.actions import record
from booster.interviews import queries as interviews
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.selection import facts
from booster.selection.actions.deciding import decidable, write_proposals
from booster.selection.models import Decision
from booster.selection.queries.deciding import newest_decision, shortlist_proposals


@transaction.atomic
def shortlist(
    *,
    call: Call,
    picked: Collection[int],
    reason: str,
    seen: int | None = None,
    by: Any,
    at: datetime,
    cut_off: str = "",
) -> list[Decision]:
    """Put these applications on the shortlist; proposes a decision on every application of a first round, or on those
    of one batch.

    ``seen``: the newest decision that the organiser had before them, ``Stale`` when somebody proposed others since.
    Refused without a reason, for nobody, for a file that does not pass, and once a decision is confirmed.
    """
    Call.objects.select_for_update().get(pk=call.pk)  # two organisers at once: the second one is told
    if calls.second_round_of(call) is None:
        raise Refused(_("This call has no second round. Draft it first."))
    if seen is not None and newest_decision(call) != seen:
        raise Stale(_("Somebody else proposed decisions a moment ago. Look at them before you go on."))
    if not reason.strip():
        raise Refused(_("Say how you chose: applicants and the report will read it."))
    found = decidable(call, cut_off, at=at).found
    fit = {one.application.pk for one in found if not one.why_out}
    if not picked:
        raise Refused(_("Put at least one application on the shortlist."))
    if set(picked) - fit:
        raise Refused(_("Only a file that is eligible and passes the thresholds can be put on the shortlist."))
    made = shortlist_proposals(call, found, picked=picked, reason=reason.strip())
    record(facts.SHORTLISTED, thing=call, by=by, at=at, count=len(set(picked)), reason=reason.strip())
    return write_proposals(call, made, cut_off=cut_off, by=by, at=at)


def must_be_enterable(call: Call, rows: Sequence[Decision], *, at: datetime) -> None:
    """``NotNow`` when somebody would be told that they are on the shortlist of a round that they cannot enter."""
    entering = sum(row.outcome == "shortlisted" for row in rows)
    if not entering:
        return
    second = calls.second_round_of(call)
    if second is None or second.state == "draft":
        raise NotNow(_("Publish the second round first: whoever is on the shortlist goes on to it at once."))
    if not deadlines.takes_applications(second, at):
        raise NotNow(_("The second round is over. Open it again until a later day, then tell."))
    if second.is_interview and (free := interviews.room_for(second, at=at)) < entering:
        raise NotNow(
            _("Free times: %(free)s; people on the shortlist: %(n)s. Offer more times first.")
            % {"free": free, "n": entering}
        )
