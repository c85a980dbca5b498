"""Instances: what is wrong is said by its path, all at once, and nothing passes for something else."""

import json
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from booster.craft import meetings, mixing, timetable
from booster.craft.balance import Candidate, Limit, Problem, fair
from booster.craft.instances import reading
from booster.craft.instances.balance import BalanceInstance
from booster.craft.instances.meetings import MeetingsInstance
from booster.craft.instances.mixing import MixingInstance
from booster.craft.instances.strict import Instance
from booster.craft.instances.timetable import TimetableInstance
from booster.craft.instances.travel import TravelInstance


def faults(text, form=BalanceInstance):
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(reading.BadInstance) as refusal:
        reading.read(raw, form)
    return str(refusal.value).split("\n")


def test_a_good_instance_becomes_the_question_of_its_algorithm():
    text = """{"$schema": "x", "note": "Two of them.", "seats": 1, "per_unit_maximum": null, "seed": 4,
      "people": [{"id": "a", "score": 81.125, "attributes": {"country": "FI", "field": ["x", "y"], "role": ""}},
                 {"id": "b", "score": 80, "unit": "Guild"}],
      "limits": [{"attribute": "country", "maximum": 2}], "forced_in": ["b"]}"""
    question = reading.read(b"\xef\xbb\xbf" + text.encode(), BalanceInstance).question()
    assert question == Problem(
        candidates=[
            Candidate("a", Decimal("81.125"), {"country": ["FI"], "field": ["x", "y"], "role": []}),
            Candidate("b", Decimal(80), {}, "Guild"),
        ],
        seats=1,
        limits=[Limit("country", "*", None, 2)],
        per_unit_maximum=None,
        forced_in=["b"],
        forced_out=[],
        seed=4,
    )
    assert reading.read(text.encode(), BalanceInstance).question(seed=9).seed == 9


def test_every_fault_is_named_by_its_path():
    assert faults(
        """{"seats": true, "x": 3, "people": [{"id": "a", "score": "abc"}, {"id": "", "score": NaN},
        {"id": "c", "score": 1e9, "seats": 3}, 7, {"id": "d", "score": true, "id": "d"}, {"score": -Infinity},
        {"id": 5, "score": {}, "attributes": {"f": 3}}, {"id": "f", "score": []}],
        "limits": [{"attribute": "c", "minimum": -1, "maximum": 1.5, "frozen": 0}, {"value": null}]}"""
    ) == [
        "people[4].id: This key stands here more than once.",
        "seats: A whole number is needed, not true.",
        "people[0].score: A number is needed, not “abc”.",
        "people[1].id: The text must not be empty.",
        "people[1].score: A number is needed, not NaN.",
        "people[2].score: The number must be 100000 or less, not 1E+9.",
        "people[2].seats: This key is not known here.",
        "people[3]: An object is needed, not 7.",
        "people[4].score: A number is needed, not true.",
        "people[5].id: This key is missing.",
        "people[5].score: A number is needed, not -Infinity.",
        "people[6].id: A text is needed, not 5.",
        "people[6].score: A number is needed, not an object.",
        "people[6].attributes.f: A list is needed, not 3.",
        "people[7].score: A number is needed, not a list.",
        "limits[0].minimum: The number must be 0 or more, not -1.",
        "limits[0].maximum: A whole number is needed, not 1.5.",
        "limits[0].frozen: true or false is needed, not 0.",
        "limits[1].attribute: This key is missing.",
        "limits[1].value: A text is needed, not null.",
    ]


def test_more_than_twenty_faults_are_counted():
    people = ",".join('{"id": "a"}' for _ in range(30))
    with pytest.raises(reading.BadInstance) as refusal:
        reading.read(f'{{"seats": 1, "people": [{people}]}}'.encode(), BalanceInstance)
    assert (len(refusal.value.faults), refusal.value.count) == (20, 30)


@pytest.mark.parametrize(
    "text, sentence",
    [
        (b"", "The file is not JSON: Expecting value (line 1, column 1)."),
        (b'{"a": 1,}', "The file is not JSON: Illegal trailing comma before end of object (line 1, column 8)."),
        (b"\xff", "The file is not UTF-8: byte 1 does not fit."),
        (b"[" * 100_000, "The file is not an instance: it is nested too deeply."),
        (b"[]", "An object is needed, not a list."),
    ],
)
def test_what_is_no_instance_is_refused_in_one_line(text, sentence):
    found = faults(text)
    assert len(found) == 1
    assert found[0].split(":")[0] == sentence.split(":")[0]  # JSON's own words differ between versions of Python


def test_a_file_beyond_the_largest_is_not_read(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_BYTES", 10)
    assert faults(b"{" + b" " * 20) == ["The file has 21 bytes; at most 10 are read."]


def test_numbers_of_thousands_of_digits_are_no_numbers():
    long = "9" * 5000
    text = '{"seats": 1, "people": [{"id": "a", "score": 1}], "seed": ' + long + "}"
    assert faults(text) == ["seed: A whole number is needed, not " + "9" * 40 + "."]


def test_people_are_there_once_and_known():
    text = """{"seats": 1, "people": [{"id": "a", "score": 1}, {"id": "b", "score": 1}, {"id": "a", "score": 1}],
      "forced_in": ["a", "q"], "forced_out": ["a", "z"]}"""
    assert faults(text) == [
        "people[2].id: “a” is there twice: first at people[0].",
        "forced_in[1]: There is no person “q”.",
        "forced_out[1]: There is no person “z”.",
        "forced_out[0]: “a” is both put in and left out by hand.",
    ]


def test_two_keys_alike_are_found_where_all_else_is_in_order():
    text = '{"seats": 1, "people": [{"id": "a", "score": 1, "score": 2}], "note": "x", "note": "y"}'
    assert faults(text) == [
        "note: This key stands here more than once.",
        "people[0].score: This key stands here more than once.",
    ]


def test_groups_name_people_and_sessions_that_are_there():
    text = """{"people": [{"id": "a", "away": ["s9"]}, {"id": "a", "online_in": ["s1", "q"]}], "sessions": [],
      "facilitators": [{"id": "f", "away": ["q"]}], "apart": [{"people": ["a", "x"], "sessions": ["q"]}],
      "together": [{"people": ["a", "f"]}], "even": {"sessions": 1, "groups": 1}}"""
    assert faults(text, MixingInstance) == [
        "people[1].id: “a” is there twice: first at people[0].",
        "people[0].away[0]: There is no session “s9”.",
        "people[1].online_in[1]: There is no session “q”.",
        "facilitators[0].away[0]: There is no session “q”.",
        "apart[0].people[1]: There is no person “x”.",
        "apart[0].sessions[0]: There is no session “q”.",
    ]
    text = '{"people": [], "even": {"sessions": 1, "groups": 1}, "again": ["s1", "s2"]}'
    assert faults(text, MixingInstance) == [
        "again: Sessions are formed anew from a published plan, and none is given.",
        "again[1]: There is no session “s2”.",
    ]
    assert faults('{"people": []}', MixingInstance) == ["sessions: Give either sessions or even, one of them."]


def test_sessions_are_listed_or_shared_evenly_among_those_present():
    text = """{"people": [{"id": "a", "attributes": {"country": "FI"}}, {"id": "b", "away": ["s1"]}, {"id": "c"}],
      "sessions": [{"id": "s1", "groups": [{"id": "g", "low": 1, "high": 3, "place": "both"}], "facilitated": true}],
      "seats": [{"person": "a", "session": "s1", "group": "g"}], "facilitators": [{"id": "f", "apart": ["c"]}],
      "affinity": [[0, 1, 0.5], [1, 0, 0], [0.5, 0, 0]], "seed": 5}"""
    question = reading.read(text.encode(), MixingInstance).question()
    assert question.sessions == [mixing.Session("s1", [mixing.Group("g", 1, 3, "both")], True)]
    assert question.seats == [mixing.Seat("a", "s1", "g")]
    assert question.people[0] == mixing.Person("a", {"country": "FI"}, [], False, [], [])
    assert (question.affinity[0][2], question.seed) == (0.5, 5)
    published = ', "published": [{"session": "s1", "groups": [{"group": "g", "people": ["a"], "facilitator": "f"}]}]}'
    instance = reading.read((text.rstrip("}") + published).encode(), MixingInstance)
    assert instance.plan() == (mixing.SessionPlan("s1", (mixing.GroupPlan("g", ("a",), "f"),)),)
    text = """{"people": [{"id": "a"}, {"id": "b", "away": ["s1"]}, {"id": "c"}],
      "even": {"sessions": 2, "groups": 2}}"""
    first, second = reading.read(text.encode(), MixingInstance).question(7).sessions
    assert [(group.low, group.high) for group in first.groups] == [(1, 1), (1, 1)]
    assert [(group.id, group.low, group.high) for group in second.groups] == [("g1", 1, 2), ("g2", 1, 2)]


def test_bands_belong_to_merit_and_go_down_by_five():
    text = '{"seats": 1, "people": [], "policy": "merit", "bands": [85, 82, 82.5]}'
    assert faults(text) == [
        "bands[1]: Each edge must be 5 points or more below the one before.",
        "bands[2]: Each edge must be 5 points or more below the one before.",
    ]
    assert faults('{"seats": 1, "people": [], "bands": [85]}') == [
        "bands: Bands belong to the policy “merit”, which needs them."
    ]
    assert faults('{"seats": 1, "people": [], "policy": "luck"}') == [
        "policy: “luck” is not known here; known are 'points', 'merit' or 'lottery'."
    ]
    text = '{"seats": 1, "people": [], "policy": "merit", "bands": [85, 75.5], "threshold": 60}'
    assert reading.read(text.encode(), BalanceInstance).terms() == fair.Terms(
        "merit", Decimal(60), (Decimal(85), Decimal("75.5"))
    )


def test_meetings_name_people_rounds_and_tables_that_are_there():
    text = """{"people": [{"id": "a", "away": [3, 0]}, {"id": "a"}, {"id": "b"}], "rounds": 2, "tables_by_round": [1],
      "refused": [["a", "z"]], "met": [["a", "a"]], "requested": [["a"]], "affinity": [[0]]}"""
    assert faults(text, MeetingsInstance) == ["requested[0]: At least 2 entries are needed; there are 1."]
    assert faults(text.replace('["a"]]', '["q", "b"]]'), MeetingsInstance) == [
        "people[1].id: “a” is there twice: first at people[0].",
        "people[0].away[0]: Rounds go from 1 to 2.",
        "people[0].away[1]: Rounds go from 1 to 2.",
        "refused[0][1]: There is no person “z”.",
        "met[0]: “a” is paired with themselves.",
        "requested[0][0]: There is no person “q”.",
        "tables_by_round: One number for each of the 2 rounds is needed.",
        "affinity: One row for each of the 3 people is needed; there are 1.",
    ]


@pytest.mark.parametrize(
    "affinity, fault",
    [
        ("[[0, 1], [1]]", "affinity[1]: One number for each of the 2 people is needed."),
        ("[[0, 1], [2, 0]]", "affinity[1][0]: It differs from affinity[0][1]."),
        ("[[0, 1], [NaN, 0]]", "affinity[1][0]: A number is needed, not NaN."),
        ("[[0, 1], [-1, 0]]", "affinity[1][0]: The number must be 0 or more, not -1."),
    ],
)
def test_affinity_is_a_symmetric_square(affinity, fault):
    text = f'{{"people": [{{"id": "a"}}, {{"id": "b"}}], "rounds": 1, "affinity": {affinity}}}'
    assert faults(text, MeetingsInstance) == [fault]


def test_meetings_become_the_question_of_their_algorithm():
    text = """{"people": [{"id": "a", "needs": {"x": 2.5}, "organisation": "o"}, {"id": "b", "mode": "online"}],
      "rounds": 2, "tables": 1, "affinity": [[0, 1], [1, 0]], "requested": [["a", "b"]], "worth": {"met": 2}}"""
    question = reading.read(text.encode(), MeetingsInstance).question(3)
    assert question == meetings.Problem(
        people=[
            meetings.Person("a", {"x": Decimal("2.5")}, {}, "o", "", []),
            meetings.Person("b", {}, {}, None, "online", []),
        ],
        rounds=2,
        tables=1,
        affinity=[[Decimal(0), Decimal(1)], [Decimal(1), Decimal(0)]],
        refused=[],
        met=[],
        requested=[("a", "b")],
        worth=meetings.Worth(Decimal(2), Decimal(3), Decimal(2)),
        seed=3,
    )


def test_dates_times_and_rules_of_a_programme_are_read_strictly():
    text = """{"zone": "Europe/Rome", "days": [{"date": "2027-02-30", "start": "9", "end": 17}], "task": "propose",
      "rooms": [{"id": "r", "capacity": 5}, {"id": "r", "capacity": 5}], "rules": [{"rule": "nap"}],
      "sessions": [{"id": "s", "minutes": 1500, "pinned": {"start": "2027-03-01T09:00", "room": "r"}}]}"""
    assert faults(text, TimetableInstance) == [
        "days[0].date: “2027-02-30” is not written like 2027-03-01.",
        "days[0].start: “9” is not written like 09:30.",
        "days[0].end: 17 is not written like 09:30.",
        "sessions[0].minutes: The number must be 1440 or less, not 1500.",
        "sessions[0].pinned.start: “2027-03-01T09:00” is not written like 2027-03-01T09:30+01:00.",
        "rules[0]: The rule “nap” is not known here; known are 'order', 'same_day', 'apart', 'lunch', 'frontal', "
        "'crowd'.",
    ]
    text = """{"zone": "Europe/Rome", "days": [{"date": "2027-02-28", "start": "09:00", "end": "17:00"}],
      "rooms": [{"id": "r", "capacity": 5}, {"id": "r", "capacity": 5}], "sessions": [],
      "rooms_closed": [{"room": "r", "date": "2027-02-28"}], "rules": [{"rule": "crowd", "people": 3}]}"""
    assert faults(text, TimetableInstance) == [
        "rooms[1].id: “r” is there twice: first at rooms[0].",
        "task: Changes belong to the task “replan”.",
    ]


def test_zones_that_are_none_and_days_turned_round_are_named():
    text = """{"zone": "Europe/Atlantis", "days": [{"date": "2027-02-28", "start": "17:00", "end": "09:00"}],
      "rooms": [], "sessions": [], "speakers": [{"id": "p", "zone": "../x"}],
      "groups": [{"id": "g", "zones": ["UTC", "Moon"]}]}"""
    assert faults(text, TimetableInstance) == [
        "zone: There is no time zone “Europe/Atlantis”.",
        "speakers[0].zone: There is no time zone “../x”.",
        "groups[0].zones[1]: There is no time zone “Moon”.",
        "days[0].end: The day ends before it starts.",
    ]


def test_a_programme_becomes_the_question_of_its_algorithm():
    text = """{"zone": "Europe/Rome", "days": [{"date": "2027-02-28", "start": "09:00", "end": "00:00"}], "seed": 4,
      "rooms": [{"id": "r", "capacity": 5, "windows": [{"date": "2027-02-28", "start": "09:00", "end": "10:00"}]}],
      "sessions": [{"id": "s", "minutes": 15, "published": {"start": "2027-02-28T09:00+01:00", "room": "r"}}],
      "speakers": [{"id": "p", "zone": "Europe/Rome"}], "groups": [{"id": "g"}], "task": "replan",
      "breaks": [{"date": "2027-02-28", "start": "12:00", "end": "13:00", "name": "lunch"}],
      "travel": [{"venue": "a", "other": "b", "minutes": 10}],
      "rules": [{"rule": "order", "before": "s", "after": "s"}, {"rule": "lunch", "start": "12:00", "end": "14:00",
       "minutes": 30}], "speakers_away": [{"speaker": "p", "date": "2027-02-28"}]}"""
    instance = reading.read(text.encode(), TimetableInstance)
    question, day = instance.question(), date(2027, 2, 28)
    place = timetable.Place(datetime.fromisoformat("2027-02-28T09:00+01:00"), "r")
    assert question.days == [timetable.Window(day, time(9), time(0))]
    assert question.rooms == [timetable.Room("r", 5, "", [], "", False, [timetable.Window(day, time(9), time(10))])]
    assert question.sessions[0].published == place
    assert question.rules == [timetable.Order("s", "s"), timetable.Lunch(time(12), time(14), 30)]
    assert question.breaks == [timetable.Break(timetable.Window(day, time(12), time(13)), "lunch")]
    assert instance.published() == {"s": place}
    assert instance.changes() == [timetable.SpeakerAway("p", day)]


def test_coordinates_that_are_missing_swapped_or_off_the_globe_are_named():
    text = """{"people": [{"id": "a", "latitude": 60, "longitude": 24}, {"id": "a", "latitude": 4.3, "longitude": 50}],
     "places": [{"id": "q", "latitude": 100, "longitude": 10, "figures": {"carbon": 3}}], "criteria":
     [{"criterion": "cost", "weight": 0}]}"""
    assert faults(text, TravelInstance) == [
        "people[1].id: “a” is there twice: first at people[0].",
        "people[1]: a: its latitude and longitude look swapped.",
        "places[0]: q: its latitude and longitude look swapped.",
        "places[0].figures: The figure for “cost” is missing.",
        "places[0].figures.carbon: This figure is worked out and cannot be given.",
        "criteria: At least one weight must be above 0.",
    ]
    text = (
        """{"people": [{"id": "a", "latitude": null}], "places": [{"id": "q", "latitude": 1e999, "longitude": "3"}]}"""
    )
    assert faults(text, TravelInstance) == [
        "people[0].latitude: A number is needed, not null.",
        "people[0].longitude: This key is missing.",
        "places[0].latitude: The number is too large.",
        "places[0].longitude: A number is needed, not “3”.",
    ]


def test_an_attribute_needs_a_name():
    text = '{"seats": 1, "people": [{"id": "a", "score": 1, "attributes": {"": "x"}}]}'
    assert faults(text) == ["people[0].attributes.: The text must not be empty."]


def test_a_format_without_rules_between_its_parts_finds_no_fault():
    assert list(reading.read(b"{}", Instance).faults()) == []


def test_places_of_the_whole_world_are_taken_as_they_are():
    text = '{"people": [], "places": [{"id": "q", "latitude": 4.3, "longitude": 50.8}], "region": "world"}'
    question = reading.read(text.encode(), TravelInstance).question()
    assert (question.box, question.places[0].latitude) == (None, 4.3)


def test_a_culprit_is_found_by_its_path():
    document = json.loads('{"people": [{"id": "a"}, {"id": "b", "away": ["x", "y"]}]}')
    assert reading.locate(document, "b") == "people[1].id"
    assert reading.locate(document, "y") == "people[1].away[1]"
    assert reading.locate(document, "nobody") == ""
