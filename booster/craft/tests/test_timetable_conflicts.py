"""Conflicts of a timetable and the places that are free."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.tests.programmes import SIZES, academy
from booster.craft.tests.timetable_referee import programmes, referee, timetables
from booster.craft.timetable import Place, Programme, Room, Session, Speaker, Window, conflicts, places_for

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


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_sweep_finds_what_looking_at_every_pair_finds(data):
    programme = data.draw(programmes())
    placed = data.draw(timetables(programme))
    found = {(one.code, one.sessions) for one in conflicts(programme, placed) if one.code not in MANY}
    assert {(code, tuple(sorted(ids))) for code, ids in found} == {
        (code, tuple(sorted(ids))) for code, ids in referee(programme, placed)
    }


@settings(max_examples=30, deadline=None)
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
