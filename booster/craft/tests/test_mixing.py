"""Groups over all sessions: what is joined, what is proven, and that every rule is kept."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import numpy as np
import pytest

from booster.craft.mixing import (
    Apart,
    Group,
    GroupPlan,
    Person,
    Problem,
    Seat,
    Session,
    SessionPlan,
    Together,
    broken,
    count,
    even_sessions,
    mix,
)
from booster.craft.mixing.bank import Design, longest, meetings_of_points, shrunk
from booster.craft.mixing.colouring import clique, colourable
from booster.craft.mixing.dice import Dice
from booster.craft.mixing.relabel import relabel
from booster.craft.mixing.starters import STARTERS, turned
from booster.craft.tests.mixing_cohort import academy, columns
from booster.craft.working import Stopped, unwatched


def people(number, **rest):
    return [Person(f"p{row:02}", **rest) for row in range(number)]


def test_the_cohorts_of_the_tests_are_those_everybody_measures_with():
    sums = {size: sum(int(held.sum()) for held in columns(size, 7)) for size in (27, 30, 33, 36, 38, 40)}
    assert sums == {27: 410, 30: 459, 33: 546, 36: 621, 38: 666, 40: 703}


@pytest.mark.parametrize(
    "size, groups, sessions, pairs",
    [
        (40, 8, 8, 640),
        (35, 7, 7, 490),
        (30, 6, 6, 360),
        (25, 5, 6, 300),
        (36, 9, 10, 540),
        (32, 8, 9, 432),
        (28, 7, 9, 378),
        (24, 6, 7, 252),
        (40, 10, 11, 660),
        (40, 10, 13, 780),
        (36, 9, 11, 594),
        (36, 6, 3, 270),
    ],
)
def test_full_groups_never_repeat_a_pair_as_long_as_it_is_known_how(size, groups, sessions, pairs):
    problem = Problem(people(size), even_sessions(sessions, groups, size))
    answer = mix(problem)
    assert (answer.counts.distinct, answer.proof.state, answer.proof.gap) == (pairs, "optimal", 0)
    assert (answer.counts.twice, answer.counts.oftener) == (0, 0)
    assert broken(problem, answer.plan) == ()


@pytest.mark.parametrize("size", range(28, 41))
def test_uneven_cohorts_do_not_repeat_a_pair_either(size):
    groups = 7 if size < 32 else 8
    problem = Problem(people(size), even_sessions(7, groups, size))
    answer = mix(problem)
    assert (answer.proof.state, answer.counts.twice + answer.counts.oftener) == ("optimal", 0)
    assert broken(problem, answer.plan) == ()


@pytest.mark.parametrize("sessions, most", [(4, "14.7"), (6, "26"), (8, "51")])
def test_people_who_are_alike_rarely_meet_though_no_pair_is_given_up(sessions, most):
    answer = mix(academy(40, 8, sessions))
    assert answer.counts.distinct == 80 * sessions
    assert answer.counts.mixing_bound <= answer.counts.mixing <= Decimal(most)


def test_an_answer_says_what_it_reached_in_sentences():
    answer = mix(academy(40, 8, 6))
    assert [one.sentence for one in answer.sentences[:4]] == [
        "480 of at most 480 acquaintances.",
        "Nobody meets twice.",
        "Everyone meets at least 24 of 39 others.",
        "Full mutual acquaintance of 40 people in groups of at most 5 needs at least 10 sessions.",
    ]
    assert answer.sentences[4].code == "same"
    assert answer.method == "design"


def test_groups_larger_than_their_number_are_held_to_the_true_bound():
    answer = mix(Problem(people(30), even_sessions(2, 5, 30)), effort=1)
    assert (answer.counts.distinct, answer.proof.bound, answer.proof.by) == (145, 145, "pigeonhole")


def test_rules_are_kept_and_the_same_seed_gives_the_same_plan():
    rooms = [Group(f"g{number}", 4, 5) for number in range(4)]
    problem = Problem(
        [*people(19), Person("late", away=["s1"])],
        [Session(f"s{number}", rooms) for number in (1, 2, 3)],
        apart=[Apart(["p00", "p01", "p02"]), Apart(["p03", "p04"], ["s2"])],
        together=[Together(["p05", "p06"], ["s1"]), Together(["p06", "p07"], ["s1"])],
        seats=[Seat("p08", "s3", "g2")],
        seed=5,
    )
    answer = mix(problem, effort=0.5)
    assert broken(problem, answer.plan) == ()
    assert mix(problem, effort=0.5) == answer
    assert count(problem, answer.plan) == answer.counts


def test_people_online_and_in_the_room_are_two_questions_with_one_bound():
    tables = [Group(f"g{place}", 5, 5, "online" if place > 5 else "room") for place in range(8)]
    who = [*people(30), *(Person(f"q{row}", online=True) for row in range(10))]
    problem = Problem(who, [Session(f"s{turn}", tables) for turn in range(6)])
    answer = mix(problem, effort=0.5)
    assert broken(problem, answer.plan) == ()
    assert (answer.counts.distinct, answer.proof.bound, answer.proof.state) == (405, 405, "optimal")


def test_those_who_are_away_leave_a_plan_without_repeats_as_it_is():
    who = [Person(f"p{row:02}", away=[f"s{row % 6 + 1}"] if row % 3 == 0 else ()) for row in range(40)]
    sessions = [Session(one.id, [Group(group.id, 4, 5) for group in one.groups]) for one in even_sessions(6, 8, 40)]
    answer = mix(Problem(who, sessions), effort=1)
    assert (answer.method, answer.proof.state, answer.counts.twice) == ("design", "optimal", 0)


def test_hundreds_of_people_never_meet_twice():
    answer = mix(Problem([Person(f"p{row:03}") for row in range(200)], even_sessions(6, 40, 200)))
    assert (answer.counts.distinct, answer.proof.bound) == (2400, 2400)


def test_counts_of_a_plan_that_leaves_people_out_are_still_given():
    problem = Problem(people(6, attributes={"role": "x"}), even_sessions(1, 2, 6), weights={"role": 1})
    plan = (SessionPlan("s1", (GroupPlan("g1", ("p00", "p01")),)),)
    counts = count(problem, plan)
    assert (counts.distinct, counts.mixing, counts.unmet["p00"]) == (1, 1, ("p02", "p03", "p04", "p05"))


def test_more_sessions_than_any_known_plan_has_start_from_the_longest_known():
    answer = mix(Problem(people(12), even_sessions(6, 4, 12)), effort=0.3)
    assert (answer.method, answer.proof.state, answer.proof.by) == ("search", "bound", "pairs")
    assert "Between 6" in answer.proof.sentence
    assert answer.counts.distinct >= 62


def test_those_who_know_each_other_are_not_seated_together_again():
    known = [
        group.people for session in mix(Problem(people(16), even_sessions(2, 4, 16))).plan for group in session.groups
    ]
    problem = Problem(people(16), even_sessions(2, 4, 16), history=known)
    answer = mix(problem, effort=1)
    assert (answer.counts.distinct, answer.counts.twice, answer.proof.state) == (96, 0, "optimal")
    met_all = mix(replace(problem, history=[[f"p{row:02}" for row in range(16)]]), effort=0.1)
    assert (met_all.counts.distinct, met_all.counts.oftener, met_all.proof.state) == (120, 0, "optimal")


def test_a_plan_in_which_everyone_meets_can_spare_one_but_not_two():
    assert mix(Problem(people(39), even_sessions(13, 10, 39)), effort=0.05).method == "design"
    assert mix(Problem(people(38), even_sessions(13, 10, 38)), effort=0.05).method == "search"


def test_what_is_published_about_a_size_bounds_it():
    answer = mix(Problem(people(36), even_sessions(4, 6, 36)), effort=0.1)
    assert (answer.proof.bound, answer.proof.by) == (359, "tables")
    assert answer.proof.sentence.endswith("it is known that 4 sessions of these groups cannot all be free of repeats.")
    uneven = mix(Problem(people(35), even_sessions(4, 6, 35)), effort=0.1)
    assert uneven.proof.by == "places"


def test_people_who_like_each_other_meet_and_the_bound_says_how_much_there_is_to_gain():
    liking = [[0, 5, 0, 0], [5, 0, 0, 0], [0, 0, 0, -3], [0, 0, -3, 0]]
    answer = mix(Problem(people(4), even_sessions(1, 2, 4), affinity=liking), effort=0.1)
    assert (answer.counts.mixing, answer.counts.mixing_bound) == (Decimal("-2.000"), Decimal("-5.000"))
    assert answer.plan[0].groups[0].people in {("p00", "p01"), ("p02", "p03")}


def test_everyone_meets_everyone_where_that_can_be():
    answer = mix(Problem(people(16), even_sessions(5, 4, 16)))
    assert [one.code for one in answer.sentences] == ["acquaintances", "no_repeats", "everyone"]
    alone = mix(Problem(people(4), even_sessions(2, 4, 4)))
    assert [one.code for one in alone.sentences] == ["acquaintances", "no_repeats", "partners"]


def test_mixing_is_searched_for_where_no_plan_without_repeats_exists():
    problem = academy(27, 5, 4)
    answer = mix(problem, effort=1)
    assert broken(problem, answer.plan) == ()
    assert answer.counts.distinct >= 228
    assert answer.counts.mixing < 14


def test_whoever_watches_can_stop_before_there_is_an_answer_or_take_the_best_so_far():
    problem = academy(27, 5, 4)
    with pytest.raises(Stopped):
        mix(problem, watch=lambda step: False)
    seen = []
    answer = mix(problem, watch=lambda step: seen.append(step.stage) or step.stage == "checks")
    assert {*seen} == {"checks", "groups", "labels"}
    assert broken(problem, answer.plan) == ()


@pytest.mark.parametrize("starter", STARTERS, ids=lambda one: f"{one.groups}x{one.size}")
def test_every_stored_plan_is_complete_and_never_repeats_a_pair(starter):
    sessions = turned(starter)
    assert len(sessions) == starter.sessions
    for session in sessions:
        assert {len(group) for group in session} == {starter.size}
        assert sorted(point for group in session for point in group) == list(range(starter.groups * starter.size))
    pairs = [pair for session in sessions for group in session for pair in combinations(sorted(group), 2)]
    assert len(pairs) == len({*pairs})


@pytest.mark.parametrize(
    "groups, size", [(5, 5), (6, 5), (8, 5), (9, 3), (10, 3), (12, 5), (13, 4), (14, 7), (16, 4), (20, 5)]
)
def test_plans_from_arithmetic_never_repeat_a_pair_however_long_they_are(groups, size):
    for sessions in range(1, 20):
        design = longest(groups, size, sessions)
        if design is None:
            assert sessions > 3
            return
        assert meetings_of_points(design).max() <= 1
        assert all(sorted(p for g in s for p in g) == list(range(groups * size)) for s in design.sessions)


def test_too_few_points_that_never_meet_give_no_smaller_plan():
    assert shrunk(Design((((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2))), 4, "design"), 2) is None


def test_exchanges_of_many_points_are_weighed_as_truly_as_those_of_few():
    dice = Dice(3, "test")
    size = 160
    meetings = np.zeros((size, size), dtype=np.int64)
    for first in range(0, size, 4):
        meetings[first : first + 4, first : first + 4] = 1
    np.fill_diagonal(meetings, 0)
    values = np.array([dice.below(9) for _ in range(size)])
    cost = (values[:, None] == values[None, :]).astype(np.int64)
    np.fill_diagonal(cost, 0)
    start = np.arange(size)
    labels = relabel(meetings, cost, start, 60, dice, unwatched)
    assert labels.cost == int((meetings * cost[np.ix_(labels.person, labels.person)]).sum()) // 2
    assert labels.cost < int((meetings * cost).sum()) // 2
    assert relabel(meetings, cost, start, 60, dice, lambda step: False).person.tolist() == start.tolist()


def test_colouring_goes_back_where_the_first_choice_fails():
    wheel = np.zeros((7, 7), dtype=bool)
    for spoke in range(1, 7):
        wheel[0, spoke] = wheel[spoke, 0] = True
    for rim in range(1, 6):
        wheel[rim, rim % 5 + 1] = wheel[rim % 5 + 1, rim] = True
    assert colourable(wheel, 3) == [0, 1, 2, 3, 4, 5]  # an odd wheel needs four colours
    assert colourable(wheel, 4) == []
    assert clique(wheel) == [0, 1, 2]
    spindle = np.zeros((7, 7), dtype=bool)
    for one, other in [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (0, 4), (0, 5), (4, 5), (4, 6), (5, 6), (3, 6)]:
        spindle[one, other] = spindle[other, one] = True
    assert colourable(spindle, 3) == list(range(7))  # Moser's graph: no four all apart, and yet no three groups do


def test_colouring_looks_at_each_connected_part():
    sides = np.zeros((12, 12), dtype=bool)
    for first in (0, 6):
        for one in range(3):
            for other in range(3, 6):
                sides[first + one, first + other] = sides[first + other, first + one] = True
    assert colourable(sides, 3) == []
