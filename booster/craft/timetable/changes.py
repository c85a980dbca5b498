"""What can happen to a programme, as changes of its data: people away, rooms closed, reliefs granted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booster.craft.timetable.answer import Relief
from booster.craft.timetable.checking import known
from booster.craft.timetable.programme import MIDNIGHT, Apart, Order, Programme, Rule, SameDay, Speaker, Window


@dataclass(frozen=True, slots=True)
class SpeakerAway:
    """A speaker is not free on a date (of the speaker's own zone)."""

    speaker: str
    date: date


@dataclass(frozen=True, slots=True)
class RoomClosed:
    """A room is closed on a date of the programme's zone."""

    room: str
    date: date


Change = SpeakerAway | RoomClosed


def changed(programme: Programme, changes: Sequence[Change]) -> Programme:
    """The programme after these changes. BadProgramme for an unknown speaker or room."""
    for change in changes:
        if isinstance(change, SpeakerAway):
            known([change.speaker], [one.id for one in programme.speakers], "speaker", "A change")
            speakers = [
                replace(one, windows=_without(one.windows, change.date, programme)) if one.id == change.speaker else one
                for one in programme.speakers
            ]
            programme = replace(programme, speakers=speakers)
        else:
            known([change.room], [one.id for one in programme.rooms], "room", "A change")
            rooms = [
                replace(one, windows=_without(one.windows, change.date, programme)) if one.id == change.room else one
                for one in programme.rooms
            ]
            programme = replace(programme, rooms=rooms)
    return programme


def _without(windows: Sequence[Window] | None, day: date, programme: Programme) -> list[Window]:
    """The windows of other dates; always free becomes whole days around the programme."""
    if windows is None:
        days = {one.date + timedelta(days=step) for one in programme.days for step in (-1, 0, 1)}
        windows = [Window(one, time(0), time(0)) for one in sorted(days)]
    return [one for one in windows if one.date != day]


def eased(programme: Programme, reliefs: Sequence[Relief]) -> Programme:
    """The programme after these reliefs of a clash: speakers come when asked, sessions are left out."""
    gone = {one.session for one in reliefs if one.place is None}
    for one in reliefs:
        if one.place is not None:
            minutes = next(each.minutes for each in programme.sessions if each.id == one.session)
            end = one.place.start + timedelta(minutes=minutes)
            asked = {one.speaker: (one.place.start, end)}
            speakers = [_free(each, *asked[each.id]) if each.id in asked else each for each in programme.speakers]
            programme = replace(programme, speakers=speakers)
    kept = [one for one in programme.sessions if one.id not in gone]
    rules = [rule for one in programme.rules if (rule := _rule(one, gone)) is not None]
    return replace(programme, sessions=kept, rules=rules)


def _free(speaker: Speaker, start: datetime, end: datetime) -> Speaker:
    """The speaker with this time among the windows, split at midnight of the speaker's zone."""
    zone = ZoneInfo(speaker.zone)
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.date() == last.date() or last.time() == MIDNIGHT:
        more = [Window(first.date(), first.time(), last.time())]
    else:
        more = [Window(first.date(), first.time(), MIDNIGHT), Window(last.date(), MIDNIGHT, last.time())]
    return replace(speaker, windows=[*(speaker.windows or ()), *more])


def _rule(rule: Rule, gone: Collection[str]) -> Rule | None:
    """The rule without the sessions that are gone; None when nothing is left of it."""
    if isinstance(rule, Order):
        return None if {rule.before, rule.after} & set(gone) else rule
    if isinstance(rule, SameDay | Apart):
        return replace(rule, sessions=[one for one in rule.sessions if one not in gone])
    return rule
