"""What is wrong with a programme as data. Each error names its culprit. Cost: linear."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from booster.craft.timetable.programme import (
    Apart,
    BadProgramme,
    Crowd,
    Frontal,
    Lunch,
    Order,
    Place,
    Programme,
    Rule,
    SameDay,
    Session,
)

DAY = 1440
MOST_PEOPLE = 1_000_000
MODES = ("in_person", "online", "hybrid")


def check(programme: Programme) -> None:
    """BadProgramme for the first thing that is wrong; zones and windows are checked where they are converted."""
    sessions = _ids("session", programme.sessions)
    rooms = _ids("room", programme.rooms)
    speakers = _ids("speaker", programme.speakers)
    groups = _ids("group", programme.groups)
    if sessions and not programme.days:
        raise BadProgramme("The programme has no days.", "days")
    if sessions and not rooms:
        raise BadProgramme("The programme has no rooms.", "rooms")
    for session in programme.sessions:
        _session(session, rooms, speakers, groups)
    for room in programme.rooms:
        whole(room.capacity, 0, MOST_PEOPLE, f"The capacity of room {room.id!r}", room.id)
    for speaker in programme.speakers:
        whole(speaker.pause, 0, DAY, f"The pause of speaker {speaker.id!r}", speaker.id)
    for way in programme.travel:
        whole(way.minutes, 0, DAY, f"The way from {way.venue!r} to {way.other!r}", way.venue)
    whole(programme.track_break, 0, DAY, "The break in a track", "track_break")
    for rule in programme.rules:
        check_rule(rule, sessions)


def check_rule(rule: Rule, sessions: Collection[str]) -> None:
    """BadProgramme when a rule alone is wrong; `sessions`: all ids."""
    if type(rule) not in RULES:
        raise BadProgramme(f"{rule!r} is no rule.", repr(rule))
    RULES[type(rule)](rule, sessions)


def whole(value: object, low: int, high: int, what: str, culprit: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise BadProgramme(f"{what} must be a whole number from {low} to {high}, not {value!r}.", culprit)


def _ids(kind: str, things: Sequence[Any]) -> frozenset[str]:
    seen: set[str] = set()
    for thing in things:
        if not isinstance(thing.id, str) or not thing.id:
            raise BadProgramme(f"A {kind} has no id.", kind)
        if thing.id in seen:
            raise BadProgramme(f"The {kind} {thing.id!r} is there twice.", thing.id)
        seen.add(thing.id)
    return frozenset(seen)


def known(ids: Iterable[str], among: Collection[str], kind: str, where: str) -> None:
    for one in sorted(set(ids) - set(among)):
        raise BadProgramme(f"{where} names the {kind} {one!r}, which is not in the programme.", one)


def _session(session: Session, rooms: Collection[str], speakers: Collection[str], groups: Collection[str]) -> None:
    where = f"The session {session.id!r}"
    whole(session.minutes, 1, DAY, f"The length of session {session.id!r}", session.id)
    whole(session.audience, 0, MOST_PEOPLE, f"The audience of session {session.id!r}", session.id)
    for name in ("groups", "speakers", "equipment", "avoids"):
        if isinstance(getattr(session, name), str):
            raise BadProgramme(f"{where} has one text as its {name}; a list is needed.", session.id)
    if session.mode not in MODES:
        raise BadProgramme(f"{where} has the unknown mode {session.mode!r}.", session.id)
    known(session.speakers, speakers, "speaker", where)
    known(session.groups, groups, "group", where)
    for place in (session.pinned, session.published):
        if isinstance(place, Place):
            known([place.room], rooms, "room", where)


def _order(rule: Order, sessions: Collection[str]) -> None:
    where = f"The order of {rule.before!r} and {rule.after!r}"
    known([rule.before, rule.after], sessions, "session", where)
    whole(rule.gap, 0, 366 * DAY, f"{where}: the gap", rule.after)
    if rule.most is not None:
        whole(rule.most, rule.gap, 366 * DAY, f"{where}: the longest gap", rule.after)
    whole(rule.days, 0, 366, f"{where}: the days", rule.after)


def _together(rule: SameDay | Apart, sessions: Collection[str]) -> None:
    if isinstance(rule.sessions, str):
        raise BadProgramme("A rule has one text as its sessions; a list is needed.", rule.sessions)
    known(rule.sessions, sessions, "session", "A rule")


def _lunch(rule: Lunch, sessions: Collection[str]) -> None:
    long = (rule.end.hour - rule.start.hour) * 60 + rule.end.minute - rule.start.minute
    if long <= 0:
        raise BadProgramme("The lunch ends before it starts.", "lunch")
    whole(rule.minutes, 1, long, "The minutes for lunch", "lunch")


def _frontal(rule: Frontal, sessions: Collection[str]) -> None:
    whole(rule.minutes, 1, DAY, "The frontal minutes in a row", "frontal")
    whole(rule.pause, 1, DAY, "The pause between frontal sessions", "frontal")


def _crowd(rule: Crowd, sessions: Collection[str]) -> None:
    whole(rule.people, 0, MOST_PEOPLE, "The people at the same time", "crowd")


RULES: dict[type[Rule], Callable[[Any, Collection[str]], None]] = {
    Order: _order,
    SameDay: _together,
    Apart: _together,
    Lunch: _lunch,
    Frontal: _frontal,
    Crowd: _crowd,
}
