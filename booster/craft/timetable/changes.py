"""What can happen to a published programme, as changes of its data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from booster.craft.timetable.checking import known
from booster.craft.timetable.programme import Programme, Window


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
