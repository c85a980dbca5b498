"""From a programme to the ground that every other file works on: checked, in minutes, sorted by id."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from booster.craft.timetable.checking import check
from booster.craft.timetable.clock import Clock, Span, check_year, merged, zone_of
from booster.craft.timetable.ground import Chain, Ground, Hall, Item, Pause, Spot, Stream, Voice, suits
from booster.craft.timetable.programme import (
    Apart,
    BadProgramme,
    Break,
    Crowd,
    Frontal,
    Group,
    Lunch,
    Order,
    Place,
    Programme,
    Room,
    Rule,
    SameDay,
    Session,
    Speaker,
    Window,
)

MOST_DAYS = 366  # from the first day to the last
WAKING = (time(7), time(21))  # nobody is online outside these hours of their own zone, unless agreed


def read(programme: Programme) -> Ground:
    """Check a programme and compile it. BadProgramme names the culprit. Does not depend on the order of anything."""
    check(programme)
    zone = zone_of(programme.zone, "programme")
    dates = sorted({day.date for day in programme.days}) or [date(2000, 1, 1)]
    check_year(dates[0], "programme")
    if (dates[-1] - dates[0]).days >= MOST_DAYS:
        raise BadProgramme(f"The programme spans more than {MOST_DAYS} days.", "days")
    clock = Clock(datetime.combine(dates[0] - timedelta(days=1), time(0), UTC), zone)
    spans = [(clock.span(day, zone, "programme"), day.date) for day in programme.days]
    halls = tuple(_hall(clock, room) for room in sorted(programme.rooms, key=lambda one: one.id))
    voices = tuple(_voice(clock, one) for one in sorted(programme.speakers, key=lambda one: one.id))
    crews = tuple(sorted(programme.groups, key=lambda one: one.id))
    sessions = sorted(programme.sessions, key=lambda one: one.id)
    streams = _streams(programme, sessions, voices, crews)
    index = {session.id: place for place, session in enumerate(sessions)}
    rules = sorted(programme.rules, key=_rule_key)
    crowds = [rule.people for rule in rules if isinstance(rule, Crowd)]
    return Ground(
        clock=clock,
        items=_items(clock, sessions, halls, voices, crews, streams),
        halls=halls,
        voices=voices,
        crews=crews,
        streams=streams,
        days=merged(span for span, _ in spans),
        dates=tuple(dates),
        breaks=tuple(sorted((_pause(clock, one) for one in programme.breaks), key=lambda one: (one.span, one.name))),
        chains=tuple(Chain(index[one.before], index[one.after], one) for one in rules if isinstance(one, Order)),
        same_days=_sets(rules, SameDay, index),
        aparts=_sets(rules, Apart, index),
        lunches=tuple((one, _lunch(clock, one, dates)) for one in rules if isinstance(one, Lunch)),
        frontals=tuple(one for one in rules if isinstance(one, Frontal)),
        crowd=min(crowds, default=None),
        ways=_ways(programme),
        waking=_waking(clock, programme, dates),
    )


def _rule_key(rule: Rule) -> tuple[str, str]:
    if isinstance(rule, (SameDay, Apart)):
        return type(rule).__name__, repr(sorted(set(rule.sessions)))
    if isinstance(rule, Frontal):
        return "Frontal", repr((sorted(set(rule.kinds)), rule.minutes, rule.pause))
    return type(rule).__name__, repr(rule)


def _sets(
    rules: Iterable[Rule], kind: type[SameDay] | type[Apart], index: Mapping[str, int]
) -> tuple[tuple[int, ...], ...]:
    found = (rule for rule in rules if isinstance(rule, SameDay | Apart) and isinstance(rule, kind))
    return tuple(tuple(sorted({index[one] for one in rule.sessions})) for rule in found)


def _hall(clock: Clock, room: Room) -> Hall:
    return Hall(room, room.name or room.id, _spans(clock, room.windows, clock.zone.key, room.id))


def _voice(clock: Clock, speaker: Speaker) -> Voice:
    spans = _spans(clock, speaker.windows, speaker.zone, speaker.id)
    wishes = _spans(clock, speaker.prefers, speaker.zone, speaker.id)
    return Voice(speaker, speaker.name or speaker.id, spans, wishes or None)


def _spans(clock: Clock, windows: Iterable[Window] | None, zone: str, holder: str) -> tuple[Span, ...] | None:
    found = zone_of(zone, holder)
    return None if windows is None else merged(clock.span(one, found, holder) for one in windows)


def _pause(clock: Clock, rest: Break) -> Pause:
    name = rest.name or "a break"
    return Pause(clock.span(rest.window, clock.zone, name), name)


def _lunch(clock: Clock, rule: Lunch, dates: Iterable[date]) -> tuple[Span, ...]:
    return tuple(clock.span(Window(day, rule.start, rule.end), clock.zone, "lunch") for day in dates)


def _ways(programme: Programme) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for one in programme.travel:
        for pair in ((one.venue, one.other), (one.other, one.venue)):
            found[pair] = max(one.minutes, found.get(pair, 0))
    return found


def _waking(clock: Clock, programme: Programme, dates: list[date]) -> dict[str, tuple[Span, ...]]:
    zones = {(one.zone, one.id) for one in programme.speakers} | {(programme.zone, "programme")}
    zones |= {(zone, one.id) for one in programme.groups for zone in one.zones}
    near = [dates[0] - timedelta(days=1), *dates, *(day + timedelta(days=1) for day in dates)]
    days = sorted({*near, *(day - timedelta(days=1) for day in dates)})
    found: dict[str, tuple[Span, ...]] = {}
    for name, holder in sorted(zones):
        if name not in found:
            zone = zone_of(name, holder)
            found[name] = merged(clock.span(Window(day, *WAKING), zone, holder) for day in days)
    return found


def _streams(
    programme: Programme, sessions: list[Session], voices: tuple[Voice, ...], crews: tuple[Group, ...]
) -> tuple[Stream, ...]:
    found = [
        Stream("speaker", one.speaker.id, one.name, one.speaker.pause, _who(sessions, "speakers", one.speaker.id))
        for one in voices
    ]
    found += [Stream("group", one.id, one.name or one.id, 0, _who(sessions, "groups", one.id)) for one in crews]
    for track in sorted({one.track for one in sessions} - {""}):
        items = tuple(place for place, one in enumerate(sessions) if one.track == track)
        found.append(Stream("track", track, track, programme.track_break, items))
    return tuple(found)


def _who(sessions: list[Session], field: str, who: str) -> tuple[int, ...]:
    return tuple(place for place, one in enumerate(sessions) if who in getattr(one, field))


def _items(
    clock: Clock,
    sessions: list[Session],
    halls: tuple[Hall, ...],
    voices: tuple[Voice, ...],
    crews: tuple[Group, ...],
    streams: tuple[Stream, ...],
) -> tuple[Item, ...]:
    numbers = {hall.room.id: place for place, hall in enumerate(halls)}
    by_size = sorted(range(len(halls)), key=lambda place: (halls[place].room.capacity, halls[place].room.id))
    part = [[] for _ in sessions]  # type: list[list[int]]
    for place, stream in enumerate(streams):
        for item in stream.items:
            part[item].append(place)
    speaker_at = {voice.speaker.id: place for place, voice in enumerate(voices)}
    group_at = {crew.id: place for place, crew in enumerate(crews)}

    def spot(place: Place | None, holder: str) -> Spot | None:
        if place is None:
            return None
        if not isinstance(place, Place):
            raise BadProgramme(f"The place of {holder!r} is no Place.", holder)
        return clock.minute(place.start, holder), numbers[place.room]

    return tuple(
        Item(
            index=index,
            session=one,
            name=one.title or one.id,
            minutes=one.minutes,
            rooms=tuple(place for place in by_size if not suits(one, halls[place].room)),
            streams=tuple(part[index]),
            speakers=tuple(sorted({speaker_at[who] for who in one.speakers})),
            groups=tuple(sorted({group_at[who] for who in one.groups})),
            pinned=spot(one.pinned, one.id),
            published=spot(one.published, one.id),
        )
        for index, one in enumerate(sessions)
    )
