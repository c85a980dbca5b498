"""The days of the demo, counted from the day on which it is built. Whole weeks lie between them and the real ones, so
that weekdays stay what they were."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from booster.academies.rules import DayPlan, LegPlan
from booster.kit.times import local_day, moment

ZONE = "Europe/Brussels"
FIRST_DEADLINE = date(2022, 10, 24)  # a Monday: the deadline that the files of answers were written for
BEFORE = timedelta(weeks=78)  # so long before the one in selection lies the edition that is over, its follow-up too


@dataclass(frozen=True, slots=True)
class Days:
    """``today`` is when the demo is built; the others are days on which calls close, at 18:00."""

    today: datetime
    choosing: date  # call for participants of the edition in selection: 9 to 15 days ago, a Monday
    calling: date  # call for venues of the edition that begins: in 9 to 15 days, a Friday

    def ago(self, days: float) -> datetime:
        return self.today - timedelta(days=days)

    def ahead(self, days: int) -> datetime:
        """At 18:00 of that day, as people set deadlines."""
        return evening(local_day(self.today, ZONE) + timedelta(days=days))


def days_from(today: datetime) -> Days:
    """The days of a demo that is built at ``today`` (aware)."""
    local = local_day(today, ZONE)
    monday = local - timedelta(days=local.weekday())
    choosing = monday - timedelta(days=7 if local.weekday() >= 2 else 14)
    friday = local + timedelta(days=(4 - local.weekday()) % 7)
    while friday - local < timedelta(days=9):
        friday += timedelta(days=7)
    return Days(today.astimezone(UTC), choosing, friday)


def evening(day: date) -> datetime:
    """18:00 in Brussels."""
    return moment(day, time(18), ZONE)


def morning(day: date, hour: int = 9) -> datetime:
    return moment(day, time(hour), ZONE)


def shape(deadline: date, *, place: str = "") -> list[LegPlan]:
    """Two days online 38 days after the call for participants closed, two days in person 91 days later."""
    online, there = deadline + timedelta(days=38), deadline + timedelta(days=129)
    return [leg("online", "Online days", online, 2), leg("in_person", "Days in person", there, 2, place=place)]


def shape_of_mornings(deadline: date) -> list[LegPlan]:
    """Three mornings online and two days in person, as the third edition was held."""
    online, there = deadline + timedelta(days=95), deadline + timedelta(days=166)
    mornings = [DayPlan(online + timedelta(days=n), time(9), time(12, 30)) for n in range(3)]
    online_leg = LegPlan("online", "Online mornings", tuple(mornings))
    return [online_leg, leg("in_person", "Days in person", there, 2)]


def leg(kind: str, name: str, first: date, count: int, *, place: str = "") -> LegPlan:
    """So many whole days from ``first`` on."""
    days = [DayPlan(first + timedelta(days=n), time(9), time(17)) for n in range(count)]
    return LegPlan(kind, name, tuple(days), place=place)


def moved(day: str, shift: timedelta) -> str:
    """An ISO date so many days later; what is no date stays."""
    try:
        return (date.fromisoformat(day) + timedelta(days=round(shift / timedelta(days=1)))).isoformat()
    except ValueError:
        return day
