"""Wrong data is named, zones and the hours around daylight saving are right, arithmetic sees what cannot be."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from booster.craft.timetable import (
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
    RoomClosed,
    SameDay,
    Session,
    Speaker,
    SpeakerAway,
    Travel,
    Window,
    changed,
    conflicts,
    overflows,
    places_for,
    propose,
    replan,
)

DAY = date(2026, 3, 3)
HALL = Room("hall", 40, "Hall")


def day(start=9, end=18, on=DAY):
    return Window(on, time(start), time(end))


def programme(*sessions, **changes):
    told = {"zone": "UTC", "days": [day()], "sessions": sessions or [Session("a", 60)], "rooms": [HALL]}
    return Programme(**{**told, **changes})


def at(hour, minute=0, room="hall"):
    return Place(datetime(2026, 3, 3, hour, minute, tzinfo=UTC), room)


A, B = Session("a", 60), Session("b", 60)

WRONG = [
    (programme(zone="Europe/Atlantis"), "The time zone 'Europe/Atlantis' of 'programme' does not exist."),
    (programme(zone=""), "The time zone '' of 'programme' does not exist."),
    (programme(speakers=[Speaker("x", "Mars")]), "The time zone 'Mars' of 'x' does not exist."),
    (programme(groups=[Group("g", zones=["Mars"])]), "The time zone 'Mars' of 'g' does not exist."),
    (programme(days=[]), "The programme has no days."),
    (programme(rooms=[]), "The programme has no rooms."),
    (programme(days=[day(18, 9)]), "A window of 'programme' on 2026-03-03 ends before it starts."),
    (programme(days=[day(9, 9)]), "A window of 'programme' on 2026-03-03 ends before it starts."),
    (
        programme(speakers=[Speaker("x", "UTC", windows=[day(12, 11)])]),
        "A window of 'x' on 2026-03-03 ends before it starts.",
    ),
    (programme(A, A), "The session 'a' is there twice."),
    (programme(Session("", 60)), "A session has no id."),
    (programme(Session("a", -15)), "The length of session 'a' must be a whole number from 1 to 1440, not -15."),
    (programme(Session("a", 0)), "The length of session 'a' must be a whole number from 1 to 1440, not 0."),
    (programme(Session("a", True)), "The length of session 'a' must be a whole number from 1 to 1440, not True."),
    (programme(Session("a", 60.0)), "The length of session 'a' must be a whole number from 1 to 1440, not 60.0."),
    (
        programme(Session("a", 60, audience=-1)),
        "The audience of session 'a' must be a whole number from 0 to 1000000, not -1.",
    ),
    (programme(Session("a", 60, speakers="x")), "The session 'a' has one text as its speakers; a list is needed."),
    (programme(Session("a", 60, mode="radio")), "The session 'a' has the unknown mode 'radio'."),
    (
        programme(Session("a", 60, speakers=["x"])),
        "The session 'a' names the speaker 'x', which is not in the programme.",
    ),
    (programme(Session("a", 60, groups=["g"])), "The session 'a' names the group 'g', which is not in the programme."),
    (
        programme(Session("a", 60, pinned=at(9, room="loft"))),
        "The session 'a' names the room 'loft', which is not in the programme.",
    ),
    (programme(Session("a", 60, pinned="hall")), "The place of 'a' is no Place."),
    (
        programme(Session("a", 60, pinned=Place(datetime(2026, 3, 3, 9), "hall"))),
        "The start of 'a' has no time zone.",
    ),
    (
        programme(Session("a", 60, pinned=Place(datetime(2026, 3, 3, 9, 0, 5, tzinfo=UTC), "hall"))),
        "The start of 'a' is not a whole minute.",
    ),
    (
        programme(rooms=[Room("hall", -1)]),
        "The capacity of room 'hall' must be a whole number from 0 to 1000000, not -1.",
    ),
    (
        programme(speakers=[Speaker("x", "UTC", pause=-5)]),
        "The pause of speaker 'x' must be a whole number from 0 to 1440, not -5.",
    ),
    (
        programme(travel=[Travel("north", "south", -1)]),
        "The way from 'north' to 'south' must be a whole number from 0 to 1440, not -1.",
    ),
    (programme(track_break=-1), "The break in a track must be a whole number from 0 to 1440, not -1."),
    (
        programme(rules=[Order("a", "z")]),
        "The order of 'a' and 'z' names the session 'z', which is not in the programme.",
    ),
    (
        programme(A, B, rules=[Order("a", "b", gap=30, most=15)]),
        "The order of 'a' and 'b': the longest gap must be a whole number from 30 to 527040, not 15.",
    ),
    (
        programme(A, B, rules=[Order("a", "b", days=-1)]),
        "The order of 'a' and 'b': the days must be a whole number from 0 to 366, not -1.",
    ),
    (programme(rules=[SameDay(["z"])]), "A rule names the session 'z', which is not in the programme."),
    (programme(rules=[Apart("ab")]), "A rule has one text as its sessions; a list is needed."),
    (programme(rules=[Lunch(time(14), time(12), 60)]), "The lunch ends before it starts."),
    (
        programme(rules=[Lunch(time(12), time(13), 90)]),
        "The minutes for lunch must be a whole number from 1 to 60, not 90.",
    ),
    (
        programme(rules=[Frontal(["lesson"], 0)]),
        "The frontal minutes in a row must be a whole number from 1 to 1440, not 0.",
    ),
    (programme(rules=[Crowd(-1)]), "The people at the same time must be a whole number from 0 to 1000000, not -1."),
    (
        programme(days=[day(on=date.min)]),
        "A date of 'programme' is in the year 1; 1971 to 2199 are known.",
    ),
    (
        programme(days=[day(), day(on=date.max)]),
        "The programme spans more than 366 days.",
    ),
    (
        programme(speakers=[Speaker("x", "UTC", windows=[day(on=date.max)])]),
        "A date of 'x' is in the year 9999; 1971 to 2199 are known.",
    ),
    (
        programme(Session("a", 60, pinned=Place(datetime.max.replace(tzinfo=UTC), "hall"))),
        "A date of 'a' is in the year 9999; 1971 to 2199 are known.",
    ),
    (programme(rules=["lunch"]), "'lunch' is no rule."),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG, ids=[message for _, message in WRONG])
def test_wrong_data_is_named(wrong, message):
    with pytest.raises(BadProgramme) as refusal:
        conflicts(wrong, {})
    assert str(refusal.value) == message
    assert refusal.value.culprit


def test_an_unknown_session_or_room_of_a_timetable_is_named():
    with pytest.raises(BadProgramme, match="The timetable names the session 'z'"):
        conflicts(programme(), {"z": at(9)})
    with pytest.raises(BadProgramme, match="The timetable names the room 'loft'"):
        conflicts(programme(), {"a": at(9, room="loft")})
    with pytest.raises(BadProgramme, match="The session 'z' is not in the programme"):
        places_for(programme(), "z", {})
    with pytest.raises(BadProgramme, match="The published timetable names the session 'z'"):
        replan(programme(), {"z": at(9)})
    with pytest.raises(BadProgramme, match="A change names the speaker 'x'"):
        replan(programme(), {}, [SpeakerAway("x", DAY)])
    with pytest.raises(BadProgramme, match="A change names the room 'loft'"):
        changed(programme(), [RoomClosed("loft", DAY)])


@pytest.mark.parametrize("effort", [0, -1, float("inf"), float("nan"), True, "long"])
def test_an_effort_that_is_no_number_above_zero_is_refused(effort):
    with pytest.raises(BadProgramme, match="The effort must be a number of seconds above 0"):
        propose(programme(), effort=effort)


def test_a_seed_that_is_no_whole_number_is_refused():
    with pytest.raises(BadProgramme, match="The seed must be a whole number"):
        propose(programme(), seed=0.5)


def test_a_programme_without_sessions_has_an_empty_timetable():
    nothing = Programme("UTC", [], [], [])
    assert conflicts(nothing, {}) == ()
    assert overflows(nothing) == ()
    assert propose(nothing).places == {}


def test_changes_take_a_day_from_windows_or_from_always():
    speakers = [Speaker("x", "UTC"), Speaker("y", "UTC", windows=[day(), day(on=date(2026, 3, 4))])]
    found = changed(
        programme(speakers=speakers), [SpeakerAway("x", DAY), SpeakerAway("y", DAY), RoomClosed("hall", DAY)]
    )
    assert [one.date.day for one in found.speakers[0].windows] == [2, 4]
    assert found.speakers[1].windows == [day(on=date(2026, 3, 4))]
    assert [one.date.day for one in found.rooms[0].windows] == [2, 4]


def night(zone, on, start, end):
    return Programme(
        "UTC",
        [Window(on - timedelta(days=1), time(0), time(0)), Window(on, time(0), time(0))],
        [Session("a", 60, speakers=["x"])],
        [HALL],
        [Speaker("x", zone, windows=[Window(on, start, end)])],
    )


def test_the_hour_that_does_not_exist_is_the_moment_of_the_skip_and_is_named():
    found = propose(night("Europe/Brussels", date(2026, 3, 29), time(2, 30), time(4)))
    assert found.places["a"].start == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert [note.sentence for note in found.notes] == [
        "02:30 on 2026-03-29 does not exist in Europe/Brussels (the clocks go forward); 03:00 is taken."
    ]


def test_the_hour_that_repeats_is_counted_from_its_first_start_to_its_second_end():
    twice = night("Europe/Brussels", date(2026, 10, 25), time(2), time(2, 30))
    assert [place.start.hour * 60 + place.start.minute for place in places_for(twice, "a", {}, 9)] == [0, 15, 30]
    assert [note.sentence for note in propose(twice).notes] == [
        "02:00 on 2026-10-25 happens twice in Europe/Brussels (the clocks go back); the first is taken.",
        "02:30 on 2026-10-25 happens twice in Europe/Brussels (the clocks go back); the second is taken.",
    ]


def test_a_zone_that_skips_half_an_hour_is_right_too():
    found = propose(night("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), time(6)))
    assert found.places["a"].start == datetime(2026, 10, 3, 15, 30, tzinfo=UTC)
    assert "02:30 is taken" in found.notes[0].sentence


def test_windows_follow_the_offset_of_their_own_date():
    before, after = date(2026, 3, 27), date(2026, 3, 30)
    speaker = Speaker("x", "Europe/Brussels", windows=[day(9, 10, before), day(9, 10, after)])
    days = [day(6, 18, before), day(6, 18, after)]
    free = places_for(programme(Session("a", 60, speakers=["x"]), days=days, speakers=[speaker]), "a", {}, 9)
    assert [place.start for place in free] == [
        datetime(2026, 3, 27, 8, tzinfo=UTC),
        datetime(2026, 3, 30, 7, tzinfo=UTC),
    ]


def test_lengths_and_published_starts_off_the_grid_are_exact():
    late = timezone(timedelta(hours=1))
    kept = Session("b", 50, pinned=Place(datetime(2026, 3, 3, 10, 10, tzinfo=late), "hall"))
    found = propose(programme(Session("a", 10), kept, days=[Window(DAY, time(9), time(10))]))
    assert found.places == {"a": at(9), "b": at(9, 10)}


FULL = [
    (
        programme(A, B, rules=[Order("a", "b"), Order("b", "a")]),
        ["These sessions wait for each other in a circle: 'a' → 'b' → 'a'. Take one of these orders away."],
    ),
    (
        programme(A, rules=[Order("a", "a")]),
        ["These sessions wait for each other in a circle: 'a' → 'a'. Take one of these orders away."],
    ),
    (
        programme(Session("a", 60, speakers=["x"]), speakers=[Speaker("x", "UTC", "Ms X", windows=[])]),
        ["Ms X has no free time during the programme and speaks in 'a'. Ask Ms X or leave it out."],
    ),
    (
        programme(Session("a", 600)),
        ["'a' takes 600 minutes and the longest time without a break is 540. Shorten or split it."],
    ),
    (
        programme(Session("a", 60, audience=41)),
        ["No room suits 'a': the rooms are too small. Change the room or the session."],
    ),
    (
        programme(Session("a", 60, mode="online"), Session("b", 60, equipment=["piano"])),
        [
            "No room suits 'a': no room is an online channel. Change the room or the session.",
            "No room suits 'b': the rooms lack equipment. Change the room or the session.",
        ],
    ),
    (
        programme(
            Session("a", 60, speakers=["x", "y"]),
            speakers=[Speaker("x", "UTC", "X", windows=[day(9, 11)]), Speaker("y", "UTC", "Y", windows=[day(11, 13)])],
        ),
        ["'a' fits nowhere: its speakers, rooms and days share no 60 minutes. Ask X, Y."],
    ),
    (
        programme(rooms=[Room("hall", 40, windows=[Window(DAY, time(9), time(9, 30))])]),
        ["'a' fits nowhere: no suitable room is open for 60 minutes of the programme. Open one."],
    ),
    (
        programme(Session("a", 60, pinned=at(20))),
        ["'a' is pinned to Tue 3 Mar 20:00-21:00 UTC in Hall, which breaks a rule. Free it or change the rule."],
    ),
    (
        programme(Session("a", 60, kind="lesson", track="t"), rules=[Frontal(["lesson"], 45)]),
        ["'a' takes 60 minutes, more than the 45 in a row allowed. Shorten or split it."],
    ),
    (
        programme(A, B, Session("c", 480), rules=[Order("a", "b"), Order("b", "c")]),
        [
            "The chain 'a' → 'b' → 'c' does not fit: 'c' finds no time after the others. Add time or loosen the order.",
            "Sessions for Hall need 600 minutes and these rooms have 540. Add a room or time.",
        ],
    ),
    (
        programme(A, B, rules=[Order("a", "b", days=1)]),
        ["The chain 'a' → 'b' does not fit: 'b' finds no time after the others. Add time or loosen the order."],
    ),
    (
        programme(*(replace(A, id=f"s{n}", track="t") for n in range(8)), rooms=[HALL, Room("b", 9)], track_break=15),
        ["Track t needs 600 minutes with its breaks and has 525. Leave sessions out or add time."],
    ),
    (
        programme(
            *(Session(f"s{n}", 100, speakers=["x"]) for n in range(5)),
            rooms=[HALL, Room("loft", 9)],
            speakers=[Speaker("x", "UTC", "Ms X", windows=[Window(DAY, time(9), time(17))])],
        ),
        ["Ms X speaks for 500 minutes and is free for 400 of them. Ask Ms X for more time."],
    ),
    (
        programme(
            *(Session(f"s{n}", minutes, groups=["g"]) for n, minutes in enumerate([100, 100, 100, 100, 60])),
            days=[day(9, 20)],
            rooms=[HALL, Room("loft", 9)],
            groups=[Group("g", "The group")],
            breaks=[Break(day(12, 13)), Break(day(16, 17))],
        ),
        ["The group attends 4 sessions of 100 minutes or more and has time for 3. Leave some out."],
    ),
]


@pytest.mark.parametrize(("full", "sentences"), FULL, ids=[sentences[0][:40] for _, sentences in FULL])
def test_arithmetic_names_what_cannot_be(full, sentences):
    assert [one.sentence for one in overflows(full)] == sentences
