"""Conflicts of a timetable and the places that are free."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.tests.programmes import SIZES, academy
from booster.craft.tests.timetable_referee import programmes, referee, timetables
from booster.craft.timetable import (
    Apart,
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
    places_for,
)

DAY = date(2026, 3, 3)


def at(hour, minute=0, room="hall"):
    return Place(datetime(2026, 3, 3, hour, minute, tzinfo=UTC), room)


def small(**changes):
    told = {
        "zone": "UTC",
        "days": [Window(DAY, time(9), time(18))],
        "sessions": [Session("a", 60, "Opening", speakers=["x"]), Session("b", 60, "Pitch", speakers=["x"])],
        "rooms": [Room("hall", 40, "Hall"), Room("loft", 20, "Loft")],
        "speakers": [Speaker("x", "UTC", "Ms X")],
    }
    return Programme(**{**told, **changes})


def test_two_sessions_of_one_speaker_in_one_room_at_the_same_time_break_two_rules():
    found = conflicts(small(), {"a": at(9), "b": at(9, 30)})
    assert [one.sentence for one in found] == [
        "'Opening' and 'Pitch' are both in Hall (Tue 3 Mar 09:30-10:00 UTC). Move one of them to another room or time.",
        "Ms X speaks in 'Opening' and in 'Pitch' at the same time (Tue 3 Mar 09:30-10:00 UTC). Move one of them.",
    ]
    assert {one.move for one in found} == {"b"}


def test_sessions_that_touch_do_not_overlap():
    assert conflicts(small(), {"a": at(9), "b": at(10)}) == ()


def test_the_first_three_free_places_come_in_order_of_time_and_size():
    assert places_for(small(), "b", {"a": at(9)}) == (at(10, room="loft"), at(10), at(10, 15, "loft"))


def test_the_programme_of_the_generator_has_the_sizes_it_says():
    assert {name: len(academy(1, *size).sessions) for name, size in SIZES.items()} == {
        "19": 19,
        "38": 38,
        "92": 92,
        "184": 184,
    }


MANY = {"lunch", "frontal", "crowd", "pinned_elsewhere"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_sweep_finds_what_looking_at_every_pair_finds(data):
    programme = data.draw(programmes())
    placed = data.draw(timetables(programme))
    found = {(one.code, one.sessions) for one in conflicts(programme, placed) if one.code not in MANY}
    assert {(code, tuple(sorted(ids))) for code, ids in found} == {
        (code, tuple(sorted(ids))) for code, ids in referee(programme, placed)
    }


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_the_places_of_a_session_are_the_first_that_break_nothing(data):
    programme = data.draw(programmes(most=5))
    placed = data.draw(timetables(programme))
    session = data.draw(st.sampled_from([one.id for one in programme.sessions]))
    others = {one: place for one, place in placed.items() if one != session}
    room_order = ["old", "big", "web"]
    starts = [datetime(2026, 3, day, 6, tzinfo=UTC) + timedelta(minutes=15 * n) for day in (2, 3) for n in range(52)]
    tried = [Place(start, room) for start in starts for room in room_order]
    free = (
        place
        for place in tried
        if not any(session in one.sessions for one in conflicts(programme, {**others, session: place}))
    )
    assert places_for(programme, session, placed) == tuple(islice(free, 3))


NORTH, SOUTH = Room("n", 40, venue="north"), Room("s", 40, venue="south")
TRACK = [Session("a", 60, "A", "lesson", "t", audience=30), Session("b", 60, "B", "lesson", "t", audience=30)]
LINE = [
    (
        {"sessions": [replace(TRACK[0], pinned=at(9))]},
        {"a": at(10, room="loft")},
        ["'A' (Tue 3 Mar 10:00-11:00 UTC, Loft) is pinned to Hall, Tue 3 Mar 09:00-10:00 UTC. Put it back or free it."],
    ),
    (
        {"sessions": TRACK, "rules": [Lunch(time(11), time(14), 60)]},
        {"a": at(11, 15), "b": at(12, 30)},
        [
            "t has no 60 minutes free for lunch between 11:00 and 14:00 on Tue 3 Mar, at most 30, because of 'A', 'B'. "
            "Move one of them."
        ],
    ),
    ({"sessions": TRACK, "rules": [Lunch(time(11), time(14), 60)]}, {"a": at(11), "b": at(12)}, []),
    (
        {"sessions": TRACK, "rules": [Frontal(["lesson"], 90, 30)]},
        {"a": at(9), "b": at(10, 15)},
        [
            "t sits through 120 minutes in a row of 'A', 'B' (Tue 3 Mar 09:00-11:15 UTC); at most 90 are allowed. "
            "Move 'B'."
        ],
    ),
    ({"sessions": TRACK, "rules": [Frontal(["lesson"], 90, 30)]}, {"a": at(9), "b": at(10, 30)}, []),
    ({"sessions": TRACK, "rules": [Frontal(["lesson"], 120, 30)]}, {"a": at(9), "b": at(10)}, []),
    (
        {"sessions": [replace(one, track="") for one in TRACK], "rules": [Crowd(50)]},
        {"a": at(9), "b": at(9, 45, "aula")},
        [
            "60 people would be in 'A', 'B' at the same time (Tue 3 Mar 09:45-10:00 UTC); at most 50 are allowed. "
            "Move 'B'."
        ],
    ),
    ({"sessions": [replace(one, track="") for one in TRACK], "rules": [Crowd(50)]}, {"a": at(9), "b": at(10)}, []),
]

LINE += [
    (
        {"sessions": [replace(one, track="") for one in TRACK], "rules": [Apart(["a", "b"])]},
        {"a": at(9), "b": at(9, 30, "loft")},
        ["'A' and 'B' must not run at the same time (Tue 3 Mar 09:30-10:00 UTC). Move one of them."],
    ),
    (
        {"sessions": TRACK, "rules": [SameDay(["a", "b"])]},
        {"a": at(9), "b": Place(datetime(2026, 3, 4, 9, tzinfo=UTC), "hall")},
        [
            "'A' (Tue 3 Mar 09:00-10:00 UTC) and 'B' (Wed 4 Mar 09:00-10:00 UTC) must be on one day. Move 'B'.",
        ],
    ),
    ({"sessions": TRACK, "rules": [SameDay(["a", "b"])]}, {"a": at(9), "b": at(10)}, []),
    (
        {"sessions": TRACK, "track_break": 15},
        {"a": at(9), "b": at(10, 5)},
        ["Track t has 5 minutes between 'A' and 'B' and needs 15. Move 'B'."],
    ),
    (
        {"sessions": TRACK, "travel": [Travel("north", "south", 20)], "rooms": [NORTH, SOUTH], "track_break": 5},
        {"a": at(9, room="n"), "b": at(10, 10, "s")},
        ["Track t has 10 minutes from 'A' to 'B' in another venue; the way takes 20. Move 'B'."],
    ),
]


@pytest.mark.parametrize(("changes", "placed", "sentences"), LINE)
def test_lunch_rows_crowds_and_pins_are_said_in_a_sentence(changes, placed, sentences):
    rooms = [Room("hall", 40, "Hall"), Room("loft", 40, "Loft"), Room("aula", 40, "Aula")]
    days = [Window(DAY, time(9), time(18)), Window(DAY + timedelta(days=1), time(9), time(18))]
    programme = small(**{"rooms": rooms, "days": days, **changes})
    assert [one.sentence for one in conflicts(programme, placed)] == sentences


def test_conflicts_name_places_for_the_session_to_move():
    found = conflicts(small(), {"a": at(9), "b": at(9, 30)}, places=2)
    assert {one.places for one in found} == {(at(10, room="loft"), at(10))}


def test_of_two_the_one_that_is_not_pinned_moves():
    sessions = [Session("a", 60, "Opening"), Session("b", 60, "Pitch", pinned=at(9, 30))]
    assert [one.move for one in conflicts(small(sessions=sessions), {"a": at(9), "b": at(9, 30)})] == ["a"]


def test_a_pinned_session_has_one_place_only():
    sessions = [Session("a", 60, "Opening"), Session("b", 60, "Pitch", pinned=at(9, 30))]
    assert places_for(small(sessions=sessions), "b", {}) == (at(9, 30),)


def test_two_hundred_sessions_are_swept_in_fifty_milliseconds():
    programme = academy(1, 5, 52, 97, 15, 9)
    assert len(programme.sessions) == 201
    first = datetime(2026, 3, 2, 8, tzinfo=UTC)
    rooms = [room.id for room in programme.rooms]
    placed = {
        one.id: Place(first + timedelta(days=n % 5, minutes=15 * (n * 7 % 33)), rooms[n % 15])
        for n, one in enumerate(programme.sessions)
    }
    spent = []
    for _ in range(3):
        start = process_time()
        found = conflicts(programme, placed)
        spent.append(process_time() - start)
    assert len(found) > 100
    assert min(spent) < 0.05


def test_places_keep_the_way_between_venues_and_ignore_other_people():
    sessions = [*TRACK, Session("c", 60, "C")]
    programme = small(sessions=sessions, rooms=[NORTH, SOUTH], travel=[Travel("north", "south", 40)])
    placed = {"a": at(9, room="n")}
    assert places_for(programme, "b", placed) == (at(10, room="n"), at(10, 15, "n"), at(10, 30, "n"))
    assert places_for(programme, "b", placed, 5)[3:] == (at(10, 45, "n"), at(10, 45, "s"))
    assert places_for(programme, "c", placed, 1) == (at(9, room="s"),)


def test_conflicts_of_others_do_not_keep_a_session_from_its_place():
    sessions = [*TRACK, Session("c", 60, "C", track="t")]
    placed = {"a": at(9), "b": at(9, room="loft"), "c": at(17)}
    assert places_for(small(sessions=sessions), "c", placed, 1) == (at(10, room="loft"),)


def test_places_keep_orders_with_what_is_placed():
    rules = [Order("a", "b", gap=30, most=60)]
    programme = small(sessions=TRACK, rules=rules, rooms=[Room("hall", 40), Room("loft", 40)])
    assert places_for(programme, "a", {"b": at(11)}, 9) == (at(9), at(9, room="loft"), *pairs_of((9, 15), (9, 30)))
    assert places_for(programme, "b", {"a": at(9)}, 9) == pairs_of((10, 30), (10, 45), (11, 0))


def pairs_of(*times):
    return tuple(at(*when, room) for when in times for room in ("hall", "loft"))


ORDERS = [
    (Order("a", "b"), at(9, 30, "loft"), "'B' begins before 'A' has ended, and must come after it. Move 'B'."),
    (Order("a", "b", gap=30), at(10, 15), "'B' begins 15 minutes after 'A' and must wait 30. Move 'B'."),
    (Order("a", "b", most=30), at(11), "'B' begins 60 minutes after 'A' and may wait at most 30. Move 'B'."),
    (Order("a", "b", days=1), at(11), "'B' is 0 days after 'A' and needs 1 for the homework. Move 'B'."),
]


@pytest.mark.parametrize(("rule", "place", "sentence"), ORDERS)
def test_orders_that_are_broken_are_said_in_a_sentence(rule, place, sentence):
    sessions = [replace(one, track="") for one in TRACK]
    rooms = [Room("hall", 40), Room("loft", 40)]
    found = conflicts(small(sessions=sessions, rules=[rule], rooms=rooms), {"a": at(9), "b": place})
    assert [one.sentence for one in found] == [sentence]


def test_nobody_is_online_at_night_unless_agreed():
    sessions = [Session("a", 60, "A", mode="online", speakers=["x"], groups=["g"])]
    people = [Speaker("x", "America/New_York", "Ms X")]
    groups = [Group("g", "The group", zones=["Asia/Tokyo"])]
    rooms = [Room("web", 100, online=True)]
    asleep = small(sessions=sessions, speakers=people, groups=groups, rooms=rooms)
    assert [one.sentence for one in conflicts(asleep, {"a": at(11, 30, "web")})] == [
        "The group would attend 'A' online from 20:30 in Asia/Tokyo, outside 07:00-21:00. Move it or agree.",
        "Ms X would speak online in 'A' from 06:30 local time, not within 07:00-21:00. Move it or agree.",
    ]
    agreed = replace(asleep, speakers=[replace(people[0], agreed=True)], groups=[replace(groups[0], agreed=True)])
    assert conflicts(agreed, {"a": at(11, 30, "web")}) == ()


def test_what_web_processes_use_loads_no_solver():
    code = (
        "import sys; from booster.craft.timetable import Programme, conflicts, overflows, places_for, propose;"
        "nothing = Programme('UTC', [], [], []); conflicts(nothing, {}, 3); overflows(nothing);"
        "sys.exit('ortools' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
