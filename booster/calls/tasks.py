"""What comes round: calls close by themselves when their deadline has passed."""

from datetime import datetime, timedelta

from booster.calls import actions
from booster.calls.models import Call
from booster.calls.rules import deadlines
from booster.kit.beats import Beat
from booster.kit.moves import Stale


def close_due(*, at: datetime) -> int:
    """Close every open call whose deadline, with its grace, has passed; how many. One that is extended at this very
    moment stays open."""
    closed = 0
    for call in Call.objects.filter(state="open", deadline_at__lt=at):
        if deadlines.phase(call, at) == "over":
            try:
                actions.close(call=call, by=None, at=at)
            except Stale:
                continue
            closed += 1
    return closed


BEATS = [Beat("calls.close_due", timedelta(minutes=1), close_due)]
