"""Moments and zones. UTC inside; a zone only where a person reads or writes a time."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from booster.kit.words import N_

SKIPPED = N_("{hour} does not exist on this day in {zone}: the clocks jump over it.")


class ImpossibleHour(ValueError):
    """That wall-clock time does not exist in that zone: the clocks jump over it."""


_known = cache(available_timezones)  # reads the whole tz database: once is enough


def zone(name: str) -> ZoneInfo:
    """The zone called ``name``; ``ValueError`` for a name that the tz database does not know."""
    if name not in _known():
        raise ValueError(f"“{name}” is not a time zone.")
    return ZoneInfo(name)


def moment(day: date, hour: time, zone_name: str) -> datetime:
    """The UTC moment of a wall-clock time.

    An hour that the clocks repeat means its second passage, so that nobody is late by the doubt; an hour
    that they skip raises ``ImpossibleHour``.
    """
    local = datetime.combine(day, hour, zone(zone_name)).replace(fold=1)
    back = local.astimezone(UTC).astimezone(zone(zone_name))
    if back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ImpossibleHour(SKIPPED.format(hour=f"{hour:%H:%M}", zone=zone_name))
    return local.astimezone(UTC)


def local_day(at: datetime, zone_name: str) -> date:
    return at.astimezone(zone(zone_name)).date()


def end_of(day: date, zone_name: str) -> datetime:
    """The last minute of a day in a zone, in UTC; also where the clocks jump at midnight, as on the Azores."""
    midnight = datetime.combine(day + timedelta(days=1), time(0, 0), zone(zone_name))  # skipped: the jump itself
    return midnight.astimezone(UTC) - timedelta(minutes=1)
