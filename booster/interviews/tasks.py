"""What comes round: a reminder in the day before a talk."""

from datetime import datetime, timedelta

from booster.interviews import letters, queries
from booster.interviews.rules import DAY, is_reminded
from booster.kit.beats import Beat
from booster.post import actions as post


def remind_talks(*, at: datetime) -> int:
    """Write to whoever has a talk within a day; the letter's key keeps it to one. How many are due."""
    rows = queries.due_for_reminder(since=at, until=at + DAY)
    due = [one for one in rows if is_reminded(one.slot.starts_at, one.booked_at, at=at)]
    post.drop_many([letters.tomorrow(one) for one in due], by=None, at=at)
    return len(due)


BEATS = [Beat("interviews.remind_talks", timedelta(hours=1), remind_talks)]
