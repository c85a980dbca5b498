import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booster.craft.balance import (
    BadProblem,
    Candidate,
    Infeasible,
    Limit,
    Problem,
    choose,
    explain_infeasible,
    lot_of,
    price,
    relaxed,
    replacements,
)
from booster.craft.tests.referee import keeps, lots, problems, referee

calm = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def person(id, score, country="AT", unit=None, **more):
    return Candidate(id, score, {"country": country, **more}, unit)


def five():
    return [person("a", 9), person("b", 8), person("c", 7), person("d", 6, "BE"), person("e", 5, "CY")]


@calm
@given(problems())
def test_the_choice_is_the_one_that_trying_everything_gives(problem):
    best, winners = referee(problem)
    if best is None:
        with pytest.raises(Infeasible):
            choose(problem)
        return
    choice = choose(problem)
    assert choice.total == best
    assert choice.proof.state == "optimal"
    assert choice.proof.unique
    assert frozenset(choice.chosen) == max(winners, key=lambda ids: lots(ids, problem.seed))


@calm
@given(problems())
def test_every_reason_is_true(problem):
    best, winners = referee(problem)
    if best is None:
        return
    choice = choose(problem)
    people = {one.id: one for one in problem.candidates}
    chosen = set(choice.chosen)
    assert set(choice.reasons) == set(people)
    for identity, reason in choice.reasons.items():
        assert reason.code.startswith("in_" if identity in chosen else "out_")
        check_reason(problem, choice, people, winners, identity, reason)


def check_reason(problem, choice, people, winners, identity, reason):
    one, chosen = people[identity], set(choice.chosen)
    score = {name: Decimal(each.score) for name, each in people.items()}
    leaving = [gone for gone in chosen if keeps(problem, chosen - {gone} | {identity})]
    entering = [new for new in set(people) - chosen if keeps(problem, chosen - {identity} | {new})]
    line = limit_of(choice, reason) if "attribute" in reason.params else None
    holders = [other for other in chosen if line and carries(people[other], line)]
    full = bool(line) and line.reached == line.maximum
    checks = {
        "in_by_hand": identity in problem.forced_in,
        "in_sure": all(identity in group for group in winners),
        "in_lot": any(score[new] == score[identity] for new in entering),
        "in_minimum": bool(line) and line.reached == line.minimum and identity in holders,
        "in_best_fit": all(score[new] <= score[identity] for new in entering),
        "out_by_hand": identity in problem.forced_out,
        "out_unit": sum(people[other].unit == one.unit for other in chosen) == reason.params.get("maximum"),
        "out_maximum": full and all(score[other] > score[identity] for other in holders),
        "out_maximum_lot": full and all(score[other] >= score[identity] for other in holders),
        "out_maximum_none": bool(line) and line.maximum == 0,
        "out_below": all(score[other] > score[identity] for other in chosen - set(problem.forced_in)),
        "out_lot": any(score[gone] == score[identity] for gone in leaving),
        "out_limits": {gone for gone in leaving if score[gone] <= score[identity]} <= set(problem.forced_in),
        "out_no_seats": problem.seats == 0,
        "out_seats_by_hand": chosen == set(problem.forced_in),
    }
    assert checks[reason.code]


def limit_of(choice, reason):
    key = (reason.params["attribute"], reason.params["value"])
    return next(line for line in choice.limits if (line.attribute, line.value) == key)


def carries(one, line):
    carried = one.attributes[line.attribute]
    return line.value in ([carried] if isinstance(carried, str) else carried)


@calm
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_no_byte_of_the_answer(problem, chance):
    candidates, limits = list(problem.candidates), list(problem.limits)
    chance.shuffle(candidates)
    chance.shuffle(limits)
    other = replace(problem, candidates=candidates, limits=limits)
    answers = []
    for one in (problem, other):
        try:
            answers.append(repr(choose(one)))
        except Infeasible as clash:
            answers.append(repr(clash.clash))
    assert answers[0] == answers[1]


@calm
@given(problems())
def test_each_reserve_can_take_exactly_the_seats_it_names(problem):
    if referee(problem)[0] is None:
        return
    choice = choose(problem)
    chosen = set(choice.chosen)
    people = {one.id: one for one in problem.candidates}
    free = replace(problem, forced_in=())
    keys = []
    for reserve in choice.reserve:
        truly = {gone for gone in chosen if keeps(free, chosen - {gone} | {reserve.id})}
        assert set(reserve.seats) == truly
        keys.append((-len(truly), -Decimal(people[reserve.id].score), -lot_of(problem.seed, reserve.id)))
    assert keys == sorted(keys)
    assert set(choice.reserve_ids) == set(people) - chosen - set(problem.forced_out)


@calm
@given(problems())
def test_replacements_are_those_who_keep_every_limit_and_the_best_comes_first(problem):
    if problem.seats == 0 or referee(problem)[0] is None:
        return
    choice = choose(problem)
    people = {one.id: one for one in problem.candidates}
    leaving = choice.chosen[-1]
    rest = set(choice.chosen) - {leaving}
    free = replace(problem, forced_in=())
    able = replacements(problem, choice.chosen, leaving)
    assert set(able) == {one for one in set(people) - set(choice.chosen) if keeps(free, rest | {one})}
    scores = [Decimal(people[one].score) for one in able]
    assert scores == sorted(scores, reverse=True)


@calm
@given(problems())
def test_a_clash_is_named_exactly_when_there_is_one_and_its_relaxations_are_minimal(problem):
    clash = explain_infeasible(problem)
    assert (clash is None) == (referee(problem)[0] is not None)
    if clash is None:
        return
    assert clash.message
    for moves in (clash.relaxations, *clash.alternatives):
        if not moves:
            continue
        assert referee(relaxed(problem, moves))[0] is not None
        if any(one.side in ("seats", "per_unit") for one in moves):
            continue
        for place, one in enumerate(moves):
            less = replace(one, after=one.after + (1 if one.side == "minimum" else -1))
            fewer = [*moves[:place], *([less] if less.after != less.before else []), *moves[place + 1 :]]
            assert referee(relaxed(problem, fewer))[0] is None


# ---------------------------------------------------------------- plain cases


def test_without_limits_the_highest_scores_are_chosen_best_first():
    choice = choose(Problem(five(), 3))
    assert choice.chosen == ("a", "b", "c")
    assert choice.reserve_ids == ("d", "e")
    assert choice.total == Decimal(24)
    assert choice.average == Decimal(8)
    assert choice.proof.sentence == "Proven: no selection within the limits has a higher total."
    assert choice.reasons["a"].sentence == "In every selection with the highest total."
    assert choice.reasons["d"].sentence == "The score of 6 is below the lowest that was chosen by score, 7."


def test_a_maximum_for_each_country_brings_in_others_and_says_so():
    choice = choose(Problem(five(), 3, [Limit("country", maximum=1, label="Country")]))
    assert choice.chosen == ("a", "d", "e")
    assert choice.reasons["b"].sentence == "The maximum for Country AT (1) is reached by people with higher scores."
    assert [(line.label, line.reached, line.binding) for line in choice.limits] == [
        ("Country AT", 1, "maximum"),
        ("Country BE", 1, "maximum"),
        ("Country CY", 1, "maximum"),
    ]
    assert [(one.id, one.seats) for one in choice.reserve] == [("b", ("a",)), ("c", ("a",))]


def test_a_minimum_keeps_a_lower_score_and_says_so():
    choice = choose(Problem(five(), 2, [Limit("country", "CY", minimum=1)]))
    assert choice.chosen == ("a", "e")
    assert choice.reasons["e"].code in ("in_minimum", "in_sure")
    assert choice.reasons["b"].sentence.startswith("Taking the seat of anyone with the same or a lower score")
    assert choice.reasons["b"].params["label"] == "country CY"


def test_one_place_per_organisation():
    people = [person("a", 9, unit="X"), person("b", 8, unit="X"), person("c", 1)]
    choice = choose(Problem(people, 2))
    assert choice.chosen == ("a", "c")
    assert choice.reasons["b"].code == "out_unit"
    assert choose(replace(Problem(people, 2), per_unit_maximum=None)).chosen == ("a", "b")
    assert choose(Problem(people, 1, per_unit_maximum=0)).chosen == ("c",)


def test_a_person_with_two_ecosystems_counts_for_both():
    both = person("a", 9, ecosystem=frozenset({"1", "2"}))
    people = [both, person("b", 8, ecosystem="1"), person("c", 7, ecosystem="3")]
    assert choose(Problem(people, 2, [Limit("ecosystem", maximum=1)])).chosen == ("a", "c")


def test_a_named_limit_goes_before_the_one_for_each_value():
    limits = [Limit("country", "*", maximum=1), Limit("country", "AT", maximum=2)]
    assert choose(Problem(five(), 3, limits)).chosen == ("a", "b", "d")
    side = [Limit("country", "*", maximum=1), Limit("country", "CY", minimum=1)]
    assert choose(Problem(five(), 2, side)).chosen == ("a", "e")


def test_people_settled_by_hand_are_in_and_out():
    choice = choose(Problem(five(), 2, forced_in=["e"], forced_out=["a"]))
    assert choice.chosen == ("b", "e")
    assert choice.reasons["e"].sentence == "Put in by hand."
    assert choice.reasons["a"].sentence == "Left out by hand."
    assert "a" not in choice.reserve_ids
    assert choose(Problem(five(), 1, forced_in=["e"])).reasons["a"].code == "out_seats_by_hand"


def test_equals_are_decided_by_lot_which_the_seed_alone_decides():
    people = [person(name, 5) for name in "abcdefgh"]
    outcomes = {choose(Problem(people, 3, seed=seed)).chosen for seed in range(12)}
    assert len(outcomes) > 6
    choice = choose(Problem(people, 3, seed=3))
    assert choice.chosen == tuple(sorted("abcdefgh", key=lambda name: -lot_of(3, name))[:3])
    assert {choice.reasons[one].code for one in choice.chosen} == {"in_lot"}
    assert {choice.reasons[one].code for one in choice.reserve_ids} == {"out_lot"}


def test_nobody_and_no_seats_are_answers_too():
    assert choose(Problem([], 0)).chosen == ()
    choice = choose(Problem(five(), 0))
    assert choice.average == 0
    assert choice.reasons["a"].code == "out_no_seats"
    assert choose(Problem(five(), 5)).chosen == ("a", "b", "c", "d", "e")
    assert choose(Problem(five(), 1)).chosen == ("a",)


def test_scores_of_any_allowed_size_are_added_exactly():
    huge = [person(f"p{n}", Decimal(100_000) - Decimal("0.001") * n) for n in range(8)]
    tiny = [person(f"q{n}", Decimal("-0.001") * n, "BE") for n in range(8)]
    limits = [Limit("country", maximum=3)]
    choice = choose(Problem([*huge, *tiny], 6, limits))
    assert set(choice.chosen) == {"p0", "p1", "p2", "q0", "q1", "q2"}
    assert choice.total == Decimal("299999.994")


def test_a_thousand_values_are_no_trouble():
    chance = random.Random(1)
    people = [person(f"p{n}", chance.randrange(100), f"v{n % 1000}", f"u{n % 900}") for n in range(1500)]
    choice = choose(Problem(people, 40, [Limit("country", maximum=1)]))
    assert choice.proof.unique
    assert len(choice.limits) == 1000
    assert sum(line.reached for line in choice.limits) == 40


def test_a_misspelt_attribute_shows_as_a_limit_that_counts_nobody():
    choice = choose(Problem(five(), 2, [Limit("contry", maximum=1)]))
    assert [(line.value, line.reached) for line in choice.limits] == [("*", 0)]


def test_the_price_of_a_limit_is_what_the_choice_without_it_gains():
    problem = Problem(five(), 3, [Limit("country", maximum=1)])
    assert price(problem, "country", "AT").total - choose(problem).total == Decimal(4)
    with pytest.raises(BadProblem):
        price(problem, "country", "XX")


def test_a_search_that_is_stopped_never_calls_itself_proven(monkeypatch):
    from booster.craft.balance import solver

    real = solver.solve
    cut_short = {"bound": 25_500, "unique": False}
    monkeypatch.setattr(solver, "solve", lambda ground, seconds: replace(real(ground, seconds), **cut_short))
    choice = choose(Problem(five(), 3))
    assert choice.proof.state == "bound"
    assert choice.proof.gap == Decimal("1.5")
    assert "at most 1.5 points" in choice.proof.sentence


def test_a_search_that_is_stopped_is_at_least_beyond_improvement_by_one_exchange(monkeypatch):
    from booster.craft.balance import solver

    weak = solver.Solved(frozenset({"b", "c", "e"}), frozenset(), 20_000, 24_000, unique=False)
    monkeypatch.setattr(solver, "solve", lambda ground, budget: weak)
    assert choose(Problem(five(), 3)).chosen == ("a", "b", "c")


def test_no_time_at_all_is_said_so():
    from booster.craft.balance import Unsettled

    with pytest.raises(Unsettled):
        choose(Problem(five(), 3, [Limit("country", maximum=1)]), effort=0)
