"""Groups over all sessions: what is joined, what is proven, and that every rule is kept."""

from decimal import Decimal

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
from booster.craft.tests.mixing_cohort import academy, columns


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
    answer = mix(Problem([Person(f"p{row:03}") for row in range(400)], even_sessions(6, 80, 400)))
    assert (answer.counts.distinct, answer.proof.bound) == (4800, 4800)


def test_counts_of_a_plan_that_leaves_people_out_are_still_given():
    problem = Problem(people(6, attributes={"role": "x"}), even_sessions(1, 2, 6), weights={"role": 1})
    plan = (SessionPlan("s1", (GroupPlan("g1", ("p00", "p01")),)),)
    counts = count(problem, plan)
    assert (counts.distinct, counts.mixing, counts.unmet["p00"]) == (1, 1, ("p02", "p03", "p04", "p05"))
