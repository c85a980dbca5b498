"""When an evaluator is reminded by itself: three days before the first file is due, and the day after. Pure."""

from datetime import date, timedelta

BEFORE, AFTER = timedelta(days=3), timedelta(days=1)


def is_due(first_due: date, *, reminded_on: date | None, today: date) -> bool:
    """Whether a day of reminding has come and nobody has been reminded on it or since, by hand included."""
    return any(
        day <= today and (reminded_on is None or reminded_on < day) for day in (first_due - BEFORE, first_due + AFTER)
    )
