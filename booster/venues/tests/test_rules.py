from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booster.venues import rules
from booster.venues.rules import RoomPlan
from booster.venues.states import HOSTING

FIRST, LAST, TODAY = date(2023, 3, 2), date(2023, 3, 3), date(2022, 10, 1)


def test_the_list_names_twelve_things_and_more_each_with_its_text_and_day():
    assert len(rules.TASKS) == 14
    assert [task.days for task in rules.TASKS] == sorted(task.days for task in rules.TASKS)
    assert {task.owner for task in rules.TASKS} == {"host", "organiser"}
    assert min(len(task.text) for task in rules.TASKS) > 80
    assert [task.title for task in rules.TASKS if task.key == "sign"] == ["Read and sign the agreement"]


@pytest.mark.parametrize(
    "days, today, due",
    [
        (-60, TODAY, date(2023, 1, 1)),
        (14, TODAY, date(2023, 3, 17)),
        (-120, date(2023, 1, 10), date(2023, 1, 13)),  # late already: three days of grace
        (-120, date(2023, 2, 28), date(2023, 3, 1)),  # never beyond the eve
        (-1, date(2023, 5, 1), date(2023, 3, 1)),
    ],
)
def test_a_task_is_due_so_many_days_before_or_after(days, today, due):
    assert rules.due_on(days, first=FIRST, last=LAST, today=today) == due


def test_without_days_in_person_nothing_has_a_date():
    assert rules.due_on(-60, first=None, last=None, today=TODAY) is None


def test_rooms_come_out_of_an_offer_as_they_stand_there():
    answers = {
        "rooms": [
            {"name": " Grand  hall ", "m2": 210.55, "theatre": 120, "cabaret": 60.0, "step_free": True, "minutes": 0},
            {"name": "Grand hall", "cabaret": "60", "m2": float("nan"), "daylight": "yes", "minutes": -1},
            {"name": "Grand hall", "theatre": True},
            {"name": "", "cabaret": 3},
            "no room",
        ]
    }
    assert rules.rooms_from(answers) == [
        RoomPlan("Grand hall", m2=Decimal("210.6"), theatre=120, cabaret=60, step_free=True, minutes=0),
        RoomPlan("Grand hall (2)"),
        RoomPlan("Grand hall (3)"),
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(JSON | st.lists(st.dictionaries(st.sampled_from(["name", "m2", "cabaret", "minutes"]), JSON), max_size=5))
def test_whatever_stands_in_an_offer_the_rooms_have_names_that_differ_and_fit(rooms):
    found = rules.rooms_from({"rooms": rooms})
    names = [room.name for room in found]
    assert len(names) == len(set(names))
    assert all(0 < len(name) <= 120 for name in names)
    assert all(room.m2 is None or 0 <= room.m2 <= 100_000 for room in found)


def test_capacity_tells_the_largest_room_the_sum_and_who_does_not_fit():
    rooms = [RoomPlan("Hall", theatre=90, cabaret=38), RoomPlan("Attic", cabaret=12)]
    theatre, cabaret = rules.capacities(rooms, people=40)
    assert (theatre.largest_room, theatre.total, theatre.fits, theatre.missing) == ("Hall", 90, True, 0)
    assert (cabaret.largest, cabaret.total, cabaret.fits, cabaret.missing) == (38, 50, False, 2)
    assert [one.largest_room for one in rules.capacities([RoomPlan("Yard")], people=1)] == ["", ""]
    assert [one.total for one in rules.capacities([], people=1)] == [0, 0]


def test_only_rooms_known_to_be_within_three_minutes_are_near():
    rooms = [RoomPlan("Hall", minutes=0), RoomPlan("A", minutes=3), RoomPlan("B", minutes=4), RoomPlan("C")]
    assert rules.nearby(rooms) == 1
    assert rules.nearby([]) == 0


def task(owner, due=None):
    return SimpleNamespace(owner=owner, due_on=due)


HOSTS, OURS, BILL = task("host", date(2023, 1, 1)), task("organiser"), task("host", date(2023, 3, 17))


@pytest.mark.parametrize(
    "state, side, signed, tasks, step",
    [
        ("stepped_back", "host", [], [HOSTS], "over"),
        ("proposed", "host", [], [HOSTS], "sign"),
        ("proposed", "organiser", ["host"], [OURS], "sign"),
        ("proposed", "host", ["host"], [HOSTS], "task"),
        ("proposed", "host", ["host"], [], "wait"),
        ("agreed", "host", ["host", "organiser"], [OURS], "wait"),
        ("agreed", "organiser", ["host", "organiser"], [BILL], "prepare"),
        ("agreed", "organiser", ["host", "organiser"], [OURS, BILL], "task"),
        ("agreed", "organiser", ["host", "organiser"], [HOSTS], "wait"),
        ("agreed", "host", ["host", "organiser"], [], "done"),
        ("ready", "host", [], [BILL], "task"),
        ("ready", "organiser", [], [BILL], "done"),
    ],
)
def test_each_side_has_one_next_step(state, side, signed, tasks, step):
    assert rules.next_step(state=state, side=side, signed=signed, open_tasks=tasks, last=LAST)[0] == step


def test_without_days_every_open_task_keeps_a_place_from_being_ready():
    assert rules.before_the_end([BILL], None) == [BILL]
    assert rules.still_to_sign(["organiser"]) == ["host"]


def test_a_hosting_is_proposed_agreed_made_ready_or_given_up():
    assert HOSTING.states == ("proposed", "agreed", "ready", "stepped_back")
    assert HOSTING.verbs("stepped_back") == ()
