"""Work that comes round: offers lapse, people are reminded once, two days before."""

from datetime import datetime, timedelta

from booster.cohort import actions, letters, queries
from booster.kit.beats import Beat
from booster.kit.moves import Stale
from booster.post import actions as post

REMIND_BEFORE = timedelta(days=2)


def lapse_due(*, at: datetime) -> int:
    """Every offer whose date has passed; one that is answered at this very moment is left alone."""
    lapsed = 0
    for seat in queries.due_to_lapse(at):
        try:
            actions.lapse(seat=seat, at=at)
        except Stale:
            continue
        lapsed += 1
    return lapsed


def remind_due(*, at: datetime) -> int:
    """One reminder for each offer; the letter's key keeps it to one even if this runs twice."""
    due = list(queries.due_to_remind(at, at + REMIND_BEFORE))
    for seat in due:
        post.drop(**letters.reminder(seat, link=letters.link_of(seat, at=at)), by=None, at=at, release_now=True)
        actions.note_reminder(seat=seat, at=at)
    return len(due)


BEATS = [
    Beat("cohort.lapse_due", timedelta(minutes=10), lapse_due),
    Beat("cohort.remind_due", timedelta(hours=1), remind_due),
]
