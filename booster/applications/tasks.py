"""What comes round: reminders before a deadline, and letting go of what is no longer needed."""

from datetime import datetime, timedelta

from booster.applications import actions, letters
from booster.applications.models import Application
from booster.calls.models import Call
from booster.kit.beats import Beat
from booster.post import actions as post
from booster.post.actions import Draft

DAYS_BEFORE = (7, 1)


def _is_due(draft: Application, days: int) -> bool:
    closes = draft.call.deadline_at
    reachable = draft.applicant is not None or bool(draft.address)
    return closes is not None and draft.started_at <= closes - timedelta(days=days) and reachable


def remind_drafts(*, at: datetime) -> int:
    """Write to people with a draft 7 days and 1 day before the deadline, once each; how many letters were due.

    Whoever began within that time is not reminded for it: they have just been here.
    """
    written: list[Draft] = []
    for days in DAYS_BEFORE:
        calls = Call.objects.filter(state="open", deadline_at__gt=at, deadline_at__lte=at + timedelta(days=days))
        if days == DAYS_BEFORE[0]:
            calls = calls.filter(deadline_at__gt=at + timedelta(days=DAYS_BEFORE[1]))
        rows = Application.objects.filter(call__in=calls, state="draft").select_related("call__edition", "applicant")
        written += [letters.closing_soon(draft, call=draft.call, days=days) for draft in rows if _is_due(draft, days)]
    post.drop_many(written, by=None, at=at)
    return len(written)


def erase_overdue_drafts(*, at: datetime) -> int:
    """Erase drafts that were never sent, in every call whose time for it has come."""
    calls = Call.objects.filter(deadline_at__lt=at, applications__state="draft").distinct()
    return sum(actions.erase_due(call=call, at=at) for call in calls)


BEATS = [
    Beat("applications.remind_drafts", timedelta(hours=1), remind_drafts),
    Beat("applications.erase_overdue_drafts", timedelta(days=1), erase_overdue_drafts),
]
