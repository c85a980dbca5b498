"""The slow but certain way: every pair of placed sessions looked at, in aware datetimes; every timetable tried."""

from datetime import UTC, datetime, time, timedelta
from itertools import combinations, pairwise, permutations, product
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from booster.craft.tests.programmes import FIRST
from booster.craft.timetable import (
    Apart,
    Break,
    Crowd,
    Frontal,
    Group,
    Lunch,
    Order,
    Place,
    Programme,
    Room,
    SameDay,
    Session,
    Speaker,
    Travel,
    Window,
    conflicts,
)

DAYS = (FIRST, FIRST + timedelta(days=1))


def minutes(span):
    return span / timedelta(minutes=1)


def moments(window, zone):
    """Both ends of a window without daylight saving."""
    end = datetime.combine(window.date, window.end, ZoneInfo(zone))
    if window.end == time(0):
        end += timedelta(days=1)
    return datetime.combine(window.date, window.start, ZoneInfo(zone)).astimezone(UTC), end.astimezone(UTC)


def within(windows, zone, start, end):
    """Every minute of a time lies in some window."""
    spans = [moments(one, zone) for one in windows]
    at = start
    while at < end:
        if not any(first <= at < last for first, last in spans):
            return False
        at += timedelta(minutes=5)
    return True


def referee(programme, placed):
    """(code, ids) of every broken rule of one or two sessions."""
    start = {one: place.start.astimezone(UTC) for one, place in placed.items()}
    known = {one.id: one for one in programme.sessions}
    end = {one: start[one] + timedelta(minutes=known[one].minutes) for one in placed}
    found = set()
    for one in placed:
        found |= {(code, (one,)) for code in alone(programme, known[one], placed[one].room, start[one], end[one])}
    for one, other in permutations(placed, 2):
        if (start[one], end[one], one) < (start[other], end[other], other):
            ids = (one, other)
            apart = minutes(start[other] - end[one])
            found |= {(code, ids) for code in together(programme, known[one], known[other], placed, apart)}
    return found | ordered(programme, start, end)


def alone(programme, session, room_id, start, end):
    """What a session breaks by itself."""
    room = next(one for one in programme.rooms if one.id == room_id)
    if not within(programme.days, programme.zone, start, end):
        yield "outside_days"
    for first, last in (moments(rest.window, programme.zone) for rest in programme.breaks):
        if start < last and first < end:
            yield "in_break"
    if (session.mode == "online") != room.online:
        yield "room_real" if session.mode == "online" else "room_online"
    else:
        yield from unsuitable(programme, session, room, start, end)
    for who in programme.speakers:
        if who.id in session.speakers:
            yield from unfree(programme, session, who, start, end)
    for crew in programme.groups:
        zones = crew.zones or [programme.zone]
        awake = crew.agreed or session.mode != "online" or not any(asleep(zone, start, end) for zone in zones)
        yield from ["group_hours"] * (crew.id in session.groups and not awake)


def unsuitable(programme, session, room, start, end):
    needs = set(session.equipment) | ({"hybrid"} if session.mode == "hybrid" else set())
    yield from ["room_small"] * (session.audience > room.capacity)
    yield from ["room_lacks"] * bool(needs - set(room.equipment))
    yield from ["room_avoids"] * bool(set(session.avoids) & set(room.equipment))
    yield from ["room_closed"] * (room.windows is not None and not within(room.windows, programme.zone, start, end))


def unfree(programme, session, who, start, end):
    if who.windows is not None and not within(who.windows, who.zone, start, end):
        days = {day for one in who.windows for day in near(*moments(one, who.zone))}
        here = start.astimezone(ZoneInfo(programme.zone)).date()
        yield "speaker_away" if here in days else "speaker_absent"
    if session.mode == "online" and not who.agreed and asleep(who.zone, start, end):
        yield "speaker_hours"


def near(first, last):
    zone = ZoneInfo("Europe/Brussels")
    return {first.astimezone(zone).date(), (last - timedelta(minutes=1)).astimezone(zone).date()}


def asleep(zone, start, end):
    first, last = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    return first.time() < time(7) or last.time() > time(21) or last.date() > first.date()


def together(programme, one, other, placed, apart):
    """What a session and a later one break; `apart`: minutes from the end of the first to the start of the second."""
    venues = {room.id: room.venue for room in programme.rooms}
    pair = {venues[placed[one.id].room], venues[placed[other.id].room]}
    way = max((each.minutes for each in programme.travel if {each.venue, each.other} == pair), default=0)
    if apart < 0 and placed[one.id].room == placed[other.id].room:
        yield "room_overlap"
    shared = [("speaker", who.pause) for who in programme.speakers if who.id in {*one.speakers} & {*other.speakers}]
    shared += [("group", 0)] * bool({*one.groups} & {*other.groups})
    shared += [("track", programme.track_break)] * bool(one.track and one.track == other.track)
    for kind, pause in shared:
        if apart < 0:
            yield f"{kind}_overlap"
        elif apart < pause:
            yield f"{kind}_pause"
        elif apart < way:
            yield f"{kind}_travel"
    for rule in programme.rules:
        if isinstance(rule, Apart) and apart < 0 and {one.id, other.id} <= {*rule.sessions}:
            yield "apart"


def ordered(programme, start, end):
    found = set()
    day = {one: at.astimezone(ZoneInfo(programme.zone)).date() for one, at in start.items()}
    for rule in programme.rules:
        if isinstance(rule, Order) and rule.before in start and rule.after in start:
            ids, left = (rule.before, rule.after), minutes(start[rule.after] - end[rule.before])
            if left < 0:
                found.add(("order", ids))
                continue
            found |= {("gap_short", ids)} if left < rule.gap else set()
            found |= {("gap_long", ids)} if rule.most is not None and left > rule.most else set()
            found |= {("homework", ids)} if (day[rule.after] - day[rule.before]).days < rule.days else set()
        if isinstance(rule, SameDay):
            present = sorted((start[one], end[one], one) for one in rule.sessions if one in start)
            pairs = ((present[0][2], late[2]) for late in present[1:])
            found |= {("same_day", pair) for pair in pairs if day[pair[0]] != day[pair[1]]}
    return found


def best(programme):
    """Every timetable on the grid tried: the lowest (moves, wishes, gaps of orders, idle minutes), None without any."""
    options = []
    for session in programme.sessions:
        starts = [moments(one, programme.zone) for one in programme.days]
        times = [
            first + timedelta(minutes=15 * step)
            for first, last in starts
            for step in range(int(minutes(last - first) / 15))
        ]
        spots = [Place(at, room.id) for at in times for room in programme.rooms]
        options.append([spot for spot in spots if not conflicts(programme, {session.id: spot})])
    ids = [one.id for one in programme.sessions]
    tried = (dict(zip(ids, places, strict=True)) for places in product(*options))
    return min((figures(programme, one) for one in tried if not conflicts(programme, one)), default=None)


def figures(programme, placed):
    known = {one.id: one for one in programme.sessions}
    end = {one: place.start + timedelta(minutes=known[one].minutes) for one, place in placed.items()}
    moves = sum(one.published is not None and placed[one.id] != one.published for one in programme.sessions)
    wishes = sum(
        not within(who.prefers, who.zone, placed[one.id].start, end[one.id])
        for one in programme.sessions
        for who in programme.speakers
        if who.id in one.speakers and who.prefers
    )
    orders = [rule for rule in programme.rules if isinstance(rule, Order)]
    gaps = sum(minutes(placed[rule.after].start - end[rule.before]) for rule in orders)
    idle = 0
    for track in {one.track for one in programme.sessions if one.track}:
        line = sorted((placed[one.id].start, end[one.id]) for one in programme.sessions if one.track == track)
        same = ((first, second) for first, second in pairwise(line) if first[0].date() == second[0].date())
        idle += sum(minutes(second[0] - first[1]) for first, second in same)
    return moves, wishes, int(gaps), int(idle)


@st.composite
def programmes(draw, most=7, hours=(9, 18), rules=True):
    """Programmes of every kind of rule, small enough to be looked at in pairs."""
    zones = st.sampled_from(["Europe/Brussels", "Europe/Athens", "America/New_York"])
    some = st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True)
    kit = st.lists(st.sampled_from(["kit", "hybrid"]), max_size=1)
    window = st.builds(
        lambda day, start, length: Window(day, time(start), time(start + length)),
        st.sampled_from(DAYS),
        st.integers(8, 12),
        st.integers(2, 9),
    )
    count = draw(st.integers(1, most))
    ids = [f"s{number}" for number in range(count)]
    sessions = [
        Session(
            one,
            draw(st.sampled_from([30, 45, 60, 90])),
            kind=draw(st.sampled_from(["lesson", "teamwork"])),
            track=draw(st.sampled_from(["", "t", "u"])),
            groups=draw(st.lists(st.just("g"), max_size=1)),
            speakers=draw(some),
            audience=draw(st.sampled_from([0, 15, 30])),
            equipment=draw(kit) if rules else (),
            avoids=draw(st.lists(st.just("kit"), max_size=1)) if rules else (),
            mode=draw(st.sampled_from(["in_person", "in_person", "online", "hybrid"])) if rules else "in_person",
        )
        for one in ids
    ]
    told = []
    if count > 1:
        pairs = st.sampled_from(list(combinations(ids, 2)))
        for first, second in draw(st.lists(pairs, max_size=2, unique=True)):
            gap = draw(st.sampled_from([0, 30]))
            most_gap, days = draw(st.sampled_from([(None, 0), (240, 0), (None, 1)]))
            told.append(Order(first, second, gap, most_gap, days))
        told += [SameDay(pair) for pair in draw(st.lists(pairs, max_size=1))]
        told += [Apart(pair) for pair in draw(st.lists(pairs, max_size=1))]
    told += draw(
        st.lists(st.sampled_from([Lunch(time(12), time(14), 60), Frontal(["lesson"], 120), Crowd(60)]), unique_by=type)
    )
    people = [
        Speaker(
            one,
            draw(zones),
            windows=draw(st.none() | st.lists(window, max_size=3)),
            prefers=draw(st.lists(window, max_size=1)),
            pause=draw(st.sampled_from([0, 15])),
            agreed=draw(st.booleans()),
        )
        for one in ("x", "y")
    ]
    return Programme(
        zone="Europe/Brussels",
        days=[Window(day, time(hours[0]), time(hours[1])) for day in DAYS],
        sessions=sessions,
        rooms=[
            Room("big", 60, equipment=("kit", "hybrid"), venue="a"),
            Room("old", 20, venue="b", windows=draw(st.none() | st.lists(window, min_size=1, max_size=2))),
            Room("web", 100, online=True),
        ],
        speakers=people,
        groups=[Group("g", zones=draw(st.lists(zones, max_size=1)), agreed=draw(st.booleans()))],
        breaks=[Break(Window(day, time(12, 30), time(13)), "lunch") for day in draw(st.sampled_from([DAYS, ()]))],
        rules=told,
        travel=[Travel("a", "b", draw(st.sampled_from([20, 30])))],
        track_break=draw(st.sampled_from([0, 15])),
    )


@st.composite
def timetables(draw, programme):
    """Places for most sessions, wherever."""
    first = datetime.combine(FIRST, time(7), UTC)
    places = {}
    for one in programme.sessions:
        if draw(st.integers(0, 5)):
            late = timedelta(days=draw(st.integers(0, 1)), minutes=15 * draw(st.integers(0, 44)))
            places[one.id] = Place(first + late, draw(st.sampled_from([room.id for room in programme.rooms])))
    return places
