"""When talks can be. Pure."""

from datetime import datetime, timedelta

MOST = 100  # times in one series
DAY = timedelta(days=1)


def series(first: datetime, *, count: int, minutes: int, pause: int) -> list[datetime]:
    """``count`` talks of ``minutes`` one after the other, with a pause between them; at least one, at most ``MOST``."""
    step = timedelta(minutes=minutes + pause)
    return [first + n * step for n in range(max(1, min(count, MOST)))]


def is_reminded(starts_at: datetime, booked_at: datetime, *, at: datetime) -> bool:
    """In the day before a talk, unless the time was chosen within that day: then it is fresh in mind."""
    return starts_at - DAY <= at < starts_at and booked_at < starts_at - DAY
