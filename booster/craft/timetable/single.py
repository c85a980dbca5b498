"""Rules that one session keeps or breaks alone: days, breaks, room, speakers' windows, waking hours."""

from collections.abc import Iterator, Mapping

from booster.craft.timetable.answer import Conflict, Param, say
from booster.craft.timetable.clock import Clock, Span, inside
from booster.craft.timetable.ground import Ground, Hall, Item, Spot, lacking
from booster.craft.timetable.programme import BadProgramme

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown_day(clock: Clock, minute: int) -> str:
    at = clock.local(minute)
    return f"{DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]}"


def shown(clock: Clock, start: int, end: int) -> str:
    """ "Tue 3 Mar 10:00-11:00 CET", in the programme's zone."""
    first, last = clock.local(start), clock.local(end)
    return f"{shown_day(clock, start)} {first:%H:%M}-{last:%H:%M} {first.tzname()}"


def broken_alone(ground: Ground, item: Item, spot: Spot) -> Iterator[Conflict]:
    """Every rule this session breaks at this place, whatever else is placed."""
    start, end = spot[0], spot[0] + item.minutes
    told = {"a": item.name, "when": shown(ground.clock, start, end)}
    yield from _time(ground, item, spot, told)
    yield from _room(item, ground.halls[spot[1]], (start, end), told)
    yield from _speakers(ground, item, (start, end), told)
    yield from _hours(ground, item, (start, end), told)


def one(code: str, owner: Item, told: Mapping[str, Param], /, **params: Param) -> Conflict:
    return Conflict((owner.id,), owner.id, say(code, **told, **params))


def _time(ground: Ground, item: Item, spot: Spot, told: Mapping[str, Param]) -> Iterator[Conflict]:
    start, end = spot[0], spot[0] + item.minutes
    if not inside(ground.days, start, end):
        yield one("outside_days", item, told)
    for pause in ground.breaks:
        if start < pause.span[1] and pause.span[0] < end:
            yield one("in_break", item, told, b=pause.name, other=shown(ground.clock, *pause.span))
    if item.pinned is not None and item.pinned != spot:
        at, hall = item.pinned
        pinned = shown(ground.clock, at, at + item.minutes)
        room, other = ground.halls[spot[1]].name, ground.halls[hall].name
        yield one("pinned_elsewhere", item, told, room=room, other=other, pinned=pinned)


def _room(item: Item, hall: Hall, span: Span, told: Mapping[str, Param]) -> Iterator[Conflict]:
    session, room = item.session, hall.room
    if (session.mode == "online") != room.online:
        yield one("room_real" if session.mode == "online" else "room_online", item, told, room=hall.name)
        return
    if session.audience > room.capacity:
        yield one("room_small", item, told, room=hall.name, audience=session.audience, capacity=room.capacity)
    for thing in lacking(session, room):
        yield one("room_lacks", item, told, room=hall.name, item=thing)
    for thing in sorted(set(session.avoids) & set(room.equipment)):
        yield one("room_avoids", item, told, room=hall.name, item=thing)
    if hall.spans is not None and not inside(hall.spans, *span):
        yield one("room_closed", item, told, room=hall.name)


def _speakers(ground: Ground, item: Item, span: Span, told: Mapping[str, Param]) -> Iterator[Conflict]:
    for voice in (ground.voices[place] for place in item.speakers):
        if voice.spans is None or inside(voice.spans, *span):
            continue
        day = ground.clock.day(span[0])
        times = [
            f"{ground.clock.local(first):%H:%M}-{ground.clock.local(last):%H:%M}"
            for first, last in voice.spans
            if ground.clock.day(first) <= day <= ground.clock.day(last - 1)
        ]
        if times:
            yield one("speaker_away", item, told, speaker=voice.name, free=", ".join(times))
        else:
            yield one("speaker_absent", item, told, speaker=voice.name)


def _hours(ground: Ground, item: Item, span: Span, told: Mapping[str, Param]) -> Iterator[Conflict]:
    for code, name, zone in ground.person_zones(item):
        if inside(ground.waking[zone], *span):
            continue
        local = f"{ground.clock.moment(span[0]).astimezone(ground.clock.zone_named(zone)):%H:%M}"
        if code == "speaker_hours":
            yield one(code, item, told, speaker=name, local=local)
        else:
            yield one(code, item, told, group=name, local=local, zone=zone)


def item_named(ground: Ground, session: str) -> Item:
    """The session with this id. BadProgramme when there is none."""
    for item in ground.items:
        if item.id == session:
            return item
    raise BadProgramme(f"The session {session!r} is not in the programme.", session)
