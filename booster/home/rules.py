"""When the calls of a new edition can be, from its first day. Pure."""

from datetime import date, timedelta

from booster.academies.rules import DayPlan, LegPlan

WEEKS = (15, 11, 10, 5)  # before the first day: hosts are called, chosen from; participants are called, chosen from


def call_days(first: date, today: date) -> tuple[date, date, date, date] | None:
    """When the call for hosts opens and closes and that for participants; ``None`` when it is too late for that."""
    opens, closes, next_opens, next_closes = (first - timedelta(weeks=weeks) for weeks in WEEKS)
    return (opens, closes, next_opens, next_closes) if opens > today else None


def two_and_two(
    online: date | None, in_person: date | None, *, names: tuple[str, str], zone: str, place: str
) -> list[LegPlan]:
    """Two days online and two in person, each leg only when its first day is known."""
    legs = [("online", names[0], online, ""), ("in_person", names[1], in_person, place)]
    return [
        LegPlan(kind, name, (DayPlan(first), DayPlan(first + timedelta(days=1))), zone=zone, place=where)
        for kind, name, first, where in legs
        if first is not None
    ]
