"""Timetables proposed, re-planned and explained; the referee tries every one."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from ortools.sat.python import cp_model

from booster.craft.tests.programmes import FIRST, SIZES, academy
from booster.craft.tests.timetable_referee import best, figures, programmes
from booster.craft.timetable import (
    Crowd,
    Frontal,
    Impossible,
    Order,
    Place,
    Programme,
    Relief,
    Room,
    RoomClosed,
    SameDay,
    Session,
    Speaker,
    SpeakerAway,
    Travel,
    Unsettled,
    Window,
    conflicts,
    eased,
    overflows,
    propose,
    replan,
)
from booster.craft.timetable.answer import say
from booster.craft.timetable.search import Search
from booster.craft.working import Stopped, unwatched

NAMES = ("moves", "wishes", "chains", "idle")


def attempt(programme):
    try:
        return propose(programme, effort=2)
    except Impossible:
        return None


@settings(max_examples=25, deadline=None)
@given(programmes())
def test_a_proposal_breaks_no_rule_and_says_true_figures(programme):
    found = attempt(programme)
    if found is None:
        return
    assert conflicts(programme, found.places) == ()
    assert tuple(stage.value for stage in found.stages) == figures(programme, found.places)
    assert tuple(stage.name for stage in found.stages) == NAMES


@settings(max_examples=8, deadline=None)
@given(programmes(most=2, hours=(10, 13)))
def test_no_timetable_at_all_is_better_than_the_proposal(programme):
    found = attempt(programme)
    assert best(programme) == (found and tuple(stage.value for stage in found.stages))
    assert found is None or found.proof.state == "optimal"


def tiny(*sessions, **changes):
    told = {
        "zone": "UTC",
        "days": [Window(FIRST, time(9), time(12)), Window(FIRST + timedelta(days=1), time(9), time(12))],
        "sessions": sessions,
        "rooms": [Room("hall", 40, "Hall"), Room("loft", 20, "Loft")],
    }
    return Programme(**{**told, **changes})


def at(hour, minute=0, room="hall", on=FIRST):
    return Place(datetime.combine(on, time(hour, minute), UTC), room)


LATER = FIRST + timedelta(days=1)
PAIR = (Session("a", 90, "Opening", track="t", speakers=["x"]), Session("b", 60, "Pitch", track="t", speakers=["y"]))
PEOPLE = [Speaker("x", "UTC", "Ms X"), Speaker("y", "UTC", "Mr Y")]


def test_published_places_are_kept_before_anything_else():
    sessions = [replace(PAIR[0], published=at(9)), replace(PAIR[1], published=at(11, room="loft"))]
    found = propose(tiny(*sessions, speakers=PEOPLE, rules=[Order("b", "a")]))
    assert found.moved == ("a",)
    assert found.places["b"] == at(11, room="loft")
    assert [(stage.name, stage.value, stage.bound) for stage in found.stages[:1]] == [("moves", 1, 1)]


def test_wishes_of_speakers_are_kept_before_gaps_are_short():
    wish = [replace(PEOPLE[0], prefers=[Window(FIRST, time(9), time(12))]), PEOPLE[1]]
    wish[1] = replace(wish[1], prefers=[Window(LATER, time(9), time(10))])
    found = propose(tiny(*PAIR, speakers=wish, rules=[Order("a", "b")]))
    assert found.places["b"].start == at(9, on=LATER).start
    assert [stage.value for stage in found.stages] == [0, 0, 22 * 60 + 30 - 90, 0]
    assert found.places["a"].start == at(10, 30).start
    assert (found.proof.state, found.proof.unique) == ("optimal", True)
    assert found.proof.reason.sentence == "No timetable keeps the rules better."


def test_a_speaker_who_loses_a_day_moves_alone():
    published = {"a": at(9), "b": at(10, 30)}
    found = replan(tiny(*PAIR, speakers=PEOPLE), published, [SpeakerAway("x", FIRST)])
    assert found.moved == ("a",)
    assert found.places == {"a": at(9, on=LATER, room=found.places["a"].room), "b": at(10, 30)}
    assert [(stage.name, stage.value, stage.proven) for stage in found.stages] == [
        ("moves", 1, True),
        ("shift", 24 * 60, True),
    ]


def test_a_room_that_closes_moves_its_sessions_next_door():
    found = replan(tiny(*PAIR, speakers=PEOPLE), {"a": at(9), "b": at(10, 30, "loft")}, [RoomClosed("hall", FIRST)])
    assert found.places == {"a": at(9, room="loft"), "b": at(10, 30, "loft")}
    assert (found.moved, found.stages[1].value) == (("a",), 0)


def test_a_published_place_that_is_impossible_now_counts_as_a_move():
    found = replan(tiny(*PAIR, speakers=PEOPLE), {"a": at(7), "b": at(9)})
    assert found.moved == ("a",)
    assert found.places["a"].start == at(10).start


def test_what_is_new_finds_a_place_around_what_is_published():
    found = replan(tiny(*PAIR, speakers=PEOPLE), {"a": at(9)})
    assert (found.moved, found.places["a"]) == ((), at(9))


@settings(max_examples=6, deadline=None)
@given(programmes(most=2, hours=(10, 13)))
def test_no_replan_moves_fewer(programme):
    first = attempt(programme)
    if first is None:
        return
    changed = replace(programme, rooms=[one for one in programme.rooms if one.id != "big"])
    kept = {one: place for one, place in first.places.items() if place.room != "big"}
    sessions = [replace(one, published=kept.get(one.id)) for one in programme.sessions]
    lowest = best(replace(changed, sessions=sessions))
    try:
        found = replan(changed, kept, effort=2)
    except Impossible:
        assert lowest is None
    else:
        assert found.stages[0].value == found.stages[0].bound == lowest[0]


def test_the_least_to_ask_for_is_proven_and_has_alternatives():
    away = [
        Speaker("x", "UTC", "Ms X", windows=[Window(FIRST, time(9), time(10, 30))]),
        Speaker("y", "UTC", "Mr Y", windows=[Window(FIRST, time(9), time(10))]),
    ]
    with pytest.raises(Impossible) as refusal:
        propose(tiny(*PAIR, speakers=away, rules=[Order("a", "b")]))
    clash = refusal.value.clash
    assert clash.kind == "capacity"
    assert (clash.cost, clash.bound, clash.proven) == (10, 10, True)
    assert [one.speaker for one in clash.reliefs] == ["y"]
    assert clash.reliefs[0].reason.code == "ask"
    assert len(clash.alternatives) == 2


def test_what_does_not_fit_together_says_what_to_leave_out():
    rooms = [Room("hall", 40, "Hall")]
    days = [Window(FIRST, time(9), time(11))]
    sessions = [Session("a", 75, "A", track="t"), Session("b", 45, "B", track="u"), Session("c", 45, "C", track="u")]
    with pytest.raises(Impossible) as refusal:
        propose(tiny(*sessions, days=days, rooms=rooms))
    clash = refusal.value.clash
    assert clash.message == "Sessions for Hall need 165 minutes and these rooms have 120. Add a room or time."
    sets = [clash.reliefs, *clash.alternatives]
    assert (clash.cost, clash.proven) == (30, True)
    assert [[one.reason.sentence for one in each] for each in sets] == [
        ["Leave 'A' out."],
        ["Leave 'B' out."],
        ["Leave 'C' out."],
    ]


def test_sessions_that_fit_alone_but_not_together_are_found_by_search():
    days = [Window(FIRST, time(9), time(10, 30))]
    sessions = [replace(one, track="", minutes=45) for one in PAIR] + [Session("c", 45, speakers=["x", "y"])]
    people = [*PEOPLE]
    rules = [Order("a", "b", gap=15)]
    with pytest.raises(Impossible) as refusal:
        propose(tiny(*sessions[:2], days=[Window(FIRST, time(9), time(10, 30))], speakers=people, rules=rules))
    assert refusal.value.clash.kind == "capacity"
    rules = [Order("a", "b", most=15), Order("a", "c", most=15)]
    with pytest.raises(Impossible) as refusal:
        propose(tiny(*sessions, days=[*days, Window(LATER, time(9), time(10, 30))], speakers=people, rules=rules))
    clash = refusal.value.clash
    assert (clash.kind, clash.message) == ("together", "Every session fits somewhere, but not all of them together.")
    assert (clash.cost, clash.proven) == (30, True)


def test_a_circle_is_refused_without_advice():
    with pytest.raises(Impossible) as refusal:
        propose(tiny(*PAIR, speakers=PEOPLE, rules=[Order("a", "b"), Order("b", "a")]))
    clash = refusal.value.clash
    assert (clash.kind, clash.reliefs, clash.proven) == ("circle", (), False)


def test_a_session_no_room_suits_can_only_be_left_out():
    with pytest.raises(Impossible) as refusal:
        propose(tiny(Session("a", 60, "A", audience=100), *PAIR[1:], speakers=PEOPLE))
    assert [one.reason.sentence for one in refusal.value.clash.reliefs] == ["Leave 'A' out."]


def shuffled(programme, seed):
    order = Random(seed)
    mixed = {
        name: order.sample(list(getattr(programme, name)), len(getattr(programme, name)))
        for name in ("days", "sessions", "rooms", "speakers", "breaks", "rules")
    }
    return replace(programme, **mixed)


def test_the_order_of_the_data_changes_nothing():
    programme = academy(3, *SIZES["19"])
    first = propose(programme, effort=5)
    assert first.proof.unique
    assert {propose(shuffled(programme, seed), effort=5) == first for seed in (1, 2)} == {True}


def test_the_seed_decides_between_equals_only():
    programme = academy(1, *SIZES["19"])
    found = [propose(programme, seed=seed) for seed in (0, 1)]
    assert found[0].places != found[1].places
    assert found[0].stages == found[1].stages


def test_the_founding_academy_is_settled_with_proof():
    found = propose(academy(1, *SIZES["19"]))
    assert [(stage.name, stage.value, stage.bound) for stage in found.stages] == [
        ("moves", 0, 0),
        ("wishes", 0, 0),
        ("chains", 195, 195),
        ("idle", 360, 360),
    ]


@pytest.mark.parametrize("last", [0, 1])
def test_a_stopped_search_gives_its_best_with_bounds_and_says_so(last):
    programme = academy(1, *SIZES["38"])
    found = propose(programme, watch=lambda step: step.stage == "start" or step.done < last)
    assert conflicts(programme, found.places) == ()
    assert found.proof.state == "bound"
    assert not found.proof.unique
    assert not found.stages[2].proven
    assert found.stages[2].gap == found.stages[2].value - found.stages[2].bound
    assert found.proof.reason.sentence.startswith("The search stopped; chains, idle could still be better by at most ")


def test_little_effort_gives_an_honest_bound():
    found = propose(academy(1, *SIZES["38"]), effort=0.02)
    assert found.proof.state == "bound"
    assert all(stage.bound <= stage.value for stage in found.stages)


def test_a_search_without_any_answer_says_so():
    with pytest.raises(Unsettled):
        propose(academy(1, *SIZES["92"]), effort=1e-6)


def test_a_watch_that_says_no_at_once_stops_the_work():
    with pytest.raises(Stopped):
        propose(academy(1, *SIZES["19"]), watch=lambda step: False)


def test_over_full_programmes_are_seen_by_counting():
    full = academy(1, 4, 8, 12, 3, 1)
    assert [one.sentence for one in overflows(full)] == [
        "Track track 1 needs 2085 minutes with its breaks and has 2040. Leave sessions out or add time."
    ]


def test_a_stop_while_looking_for_relief_leaves_the_clash():
    with pytest.raises(Impossible) as refusal:
        propose(tiny(Session("a", 60, "A", audience=100), speakers=PEOPLE), watch=lambda step: False)
    assert refusal.value.clash.message == "No room suits 'A': the rooms are too small. Change the room or the session."
    assert refusal.value.clash.reliefs == ()


def test_too_little_effort_for_relief_leaves_the_clash():
    with pytest.raises(Impossible) as refusal:
        propose(academy(5, *SIZES["92"]), effort=1e-9)
    assert (refusal.value.clash.kind, refusal.value.clash.reliefs) == ("alone", ())


def test_no_timetable_that_breaks_a_rule_is_ever_handed_over(monkeypatch):
    fault = conflicts(tiny(*PAIR, speakers=PEOPLE), {"a": at(7)})
    monkeypatch.setattr("booster.craft.timetable.solving.broken", lambda ground, spots: fault)
    with pytest.raises(RuntimeError, match="The solver's timetable breaks a rule: 'Opening'"):
        propose(tiny(*PAIR, speakers=PEOPLE))


def test_a_model_the_solver_does_not_take_is_a_fault_of_ours():
    model = cp_model.CpModel()
    model.add(model.new_int_var(0, 2**62, "") + model.new_int_var(0, 2**62, "") >= 1)
    with pytest.raises(RuntimeError, match="The model is wrong"):
        Search(model, 1.0, unwatched).first(1.0)


def cheaper(programme, cost):
    """The programme after every set of askings (10) and leavings (30) that costs less."""
    days = sorted({window.date for window in programme.days})
    steps = [("ask", one.id, day) for one in programme.speakers for day in days]
    steps += [("leave", one.id, None) for one in programme.sessions]
    for size in range(1, 1 + cost // 10):
        for some in combinations(steps, size):
            if sum(10 if kind == "ask" else 30 for kind, _, _ in some) < cost:
                yield granted(programme, some)


def granted(programme, steps):
    gone = [Relief(who, "", None, say("leave_out", a=who)) for kind, who, _ in steps if kind == "leave"]
    speakers = []
    for one in programme.speakers:
        more = [Window(day, time(0), time(0)) for _, who, day in steps if who == one.id]
        speakers.append(one if one.windows is None else replace(one, windows=[*one.windows, *more]))
    return eased(replace(programme, speakers=speakers), gone)


@settings(max_examples=12, deadline=None)
@given(programmes(most=3, hours=(10, 13)))
def test_reliefs_help_and_nothing_cheaper_would(programme):
    try:
        propose(programme, effort=2)
    except Impossible as refusal:
        clash = refusal.clash
    else:
        return
    assert clash.proven
    for reliefs in (clash.reliefs, *clash.alternatives):
        assert attempt(eased(programme, reliefs)) is not None
    if clash.cost <= 30:
        assert [one for one in cheaper(programme, clash.cost) if attempt(one)] == []


def test_reliefs_over_midnight_are_granted_in_the_zone_of_the_speaker():
    tokyo = Speaker("x", "Asia/Tokyo", windows=[])
    session = Session("a", 60, "A", speakers=["x"])
    programme = tiny(
        session, Session("b", 60), speakers=[tokyo], rules=[Order("a", "b"), SameDay(["a", "b"]), Crowd(9)]
    )
    late = Relief("a", "x", at(14, 30), say("leave_out", a="A"))
    assert eased(programme, [late]).speakers[0].windows == [
        Window(FIRST, time(23, 30), time(0)),
        Window(LATER, time(0), time(0, 30)),
    ]
    early = Relief("a", "x", at(14), say("leave_out", a="A"))
    assert eased(programme, [early]).speakers[0].windows == [Window(FIRST, time(23), time(0))]
    gone = eased(programme, [Relief("b", "", None, say("leave_out", a="b"))])
    assert (gone.rules, [one.id for one in gone.sessions]) == ([SameDay(["a"]), Crowd(9)], ["a"])
    kept = eased(replace(programme, rules=[Order("a", "b")]), [late])
    assert kept.rules == [Order("a", "b")]


def test_a_row_of_lessons_is_broken_by_a_pause_or_by_the_night():
    lessons = [Session(one, 60, one.upper(), "lesson", "t") for one in "abcd"]
    found = propose(tiny(*lessons, rules=[Frontal(["lesson"], 60, 45)]))
    assert found.stages[3].value == 2 * 45
    assert [conflicts(tiny(*lessons, rules=[Frontal(["lesson"], 60, 45)]), found.places)] == [()]
    assert propose(tiny(*lessons, rules=[Frontal(["lesson"], 120, 45)])).stages[3].value == 0


def test_the_way_between_venues_keeps_a_track_in_one_of_them():
    rooms = [Room("large", 40, venue="north"), Room("next", 20, venue="north"), Room("far", 10, venue="south")]
    sessions = [Session("a", 60, track="t", audience=40), Session("b", 60, track="t", audience=5)]
    days = [Window(FIRST, time(9), time(11, 15))]
    ways = [Travel("north", "south", 30)]
    found = propose(tiny(*sessions, days=days, rooms=rooms, travel=ways))
    assert (found.places["a"].room, found.places["b"].room, found.room_changes) == ("large", "large", 0)
    closed = replan(tiny(*sessions, days=days, rooms=rooms, travel=ways), {"a": at(9, room="large")})
    assert closed.places["b"].room != "far"
