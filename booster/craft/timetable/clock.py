"""Wall-clock times to minutes, with daylight saving right: the hour that is missing and the hour that repeats."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booster.craft.timetable.answer import Reason, say
from booster.craft.timetable.programme import MIDNIGHT, BadProgramme, Window

MINUTE = timedelta(minutes=1)
FIRST_YEAR, LAST_YEAR = 1971, 2199  # zones know little before, and dates need room on both sides
Span = tuple[int, int]  # from minute to minute, the end excluded


def zone_of(name: str, holder: str) -> ZoneInfo:
    """The zone of this name. BadProgramme names the holder when no such zone exists."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError, TypeError):
        raise BadProgramme(f"The time zone {name!r} of {holder!r} does not exist.", holder) from None


def check_year(day: date, holder: str) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadProgramme(
            f"A date of {holder!r} is in the year {day.year}; {FIRST_YEAR} to {LAST_YEAR} are known.", holder
        )


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted, with spans that touch or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def inside(spans: Iterable[Span], start: int, end: int) -> bool:
    """Whether one span holds all of it."""
    return any(first <= start and end <= last for first, last in spans)


@dataclass(slots=True)
class Clock:
    """Counts minutes from a midnight in UTC. `notes` collects the wall-clock times that needed a decision."""

    base: datetime
    zone: ZoneInfo
    notes: list[Reason] = field(default_factory=list)
    known: dict[tuple[str, date, time, int], int] = field(default_factory=dict)

    def minute(self, moment: datetime, holder: str) -> int:
        """An instant in minutes. BadProgramme for one without a zone or with seconds."""
        if moment.tzinfo is None or moment.utcoffset() is None:
            raise BadProgramme(f"The start of {holder!r} has no time zone.", holder)
        check_year(moment, holder)
        passed = moment.astimezone(UTC) - self.base
        if passed % MINUTE:
            raise BadProgramme(f"The start of {holder!r} is not a whole minute.", holder)
        return passed // MINUTE

    def moment(self, minute: int) -> datetime:
        return self.base + minute * MINUTE

    def local(self, minute: int) -> datetime:
        return self.moment(minute).astimezone(self.zone)

    def day(self, minute: int) -> date:
        return self.local(minute).date()

    def zone_named(self, name: str) -> ZoneInfo:
        """A zone that was read before."""
        return ZoneInfo(name)

    def span(self, window: Window, zone: ZoneInfo, holder: str) -> Span:
        """A window in minutes. A repeated hour counts from its first start to its second end.

        A time that the clocks skip stands for the moment of the skip. BadProgramme when it ends before it starts.
        """
        check_year(window.date, holder)
        last = window.date + timedelta(days=1) if window.end == MIDNIGHT else window.date
        if last == window.date and window.end <= window.start:
            raise BadProgramme(f"A window of {holder!r} on {window.date} ends before it starts.", holder)
        return self._reach(window.date, window.start, zone, 0), self._reach(last, window.end, zone, 1)

    def _reach(self, day: date, hour: time, zone: ZoneInfo, fold: int) -> int:
        key = (zone.key, day, hour, fold)
        if key not in self.known:
            self.known[key] = self._convert(day, hour, zone, fold)
        return self.known[key]

    def _convert(self, day: date, hour: time, zone: ZoneInfo, fold: int) -> int:
        first, second = (datetime.combine(day, hour.replace(fold=side), zone) for side in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return (first.astimezone(UTC) - self.base) // MINUTE
        shown = {"hour": f"{hour:%H:%M}", "date": day.isoformat(), "zone": zone.key}
        if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == first.replace(tzinfo=None, fold=0):
            self.notes.append(say("hour_repeats" if fold == 0 else "hour_repeats_end", **shown))
            return ((second if fold else first).astimezone(UTC) - self.base) // MINUTE
        skip = _skip(second.astimezone(UTC), first.astimezone(UTC), zone)
        self.notes.append(say("hour_missing", **shown, instead=f"{skip.astimezone(zone):%H:%M}"))
        return (skip - self.base) // MINUTE


def _skip(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first minute with the new offset, between two moments around the skip."""
    new = after.astimezone(zone).utcoffset()
    minutes = (after - before) // MINUTE
    low, high = 0, minutes
    while low < high:
        middle = (low + high) // 2
        if (before + middle * MINUTE).astimezone(zone).utcoffset() == new:
            high = middle
        else:
            low = middle + 1
    return before + low * MINUTE
