"""Until when one may complain. Pure."""

from datetime import datetime, timedelta

from booster.kit import times


def complaint_until(told_at: datetime, days: int, zone: str) -> datetime:
    """The last minute of the last day: so many days after the day of telling, in the call's zone."""
    return times.end_of(times.local_day(told_at, zone) + timedelta(days=days), zone)


def may_complain(told_at: datetime | None, days: int, zone: str, *, at: datetime) -> bool:
    return told_at is not None and at < complaint_until(told_at, days, zone) + timedelta(minutes=1)
