"""Lotteries among groups against a referee that tries every group in exact fractions."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.balance import BadProblem, Candidate, Infeasible, Limit, Problem, Unsettled, choose
from booster.craft.balance.fair import Terms, cost_of_inclusion, draw, portfolio, published, settled
from booster.craft.balance.fair.climbing import Climber
from booster.craft.balance.fair.faces import Face, Kind, Line, face_of
from booster.craft.balance.fair.finder import Finder, Found, NoGroup, OutOfEffort, Purse
from booster.craft.balance.fair.levels import fairest, fraction_of, possible
from booster.craft.balance.fair.programs import surely_minimised
from booster.craft.balance.fair.terms import field_of
from booster.craft.tests.lotteries import fairest_chances, groups_of
from booster.craft.tests.referee import keeps, problems
from booster.craft.working import Stopped, unwatched

LOTTERY = Terms("lottery")
MERIT = Terms("merit", None, (Decimal(80), Decimal(70), Decimal(60)))
TERMS = (LOTTERY, Terms("lottery", Decimal(1)), Terms("merit", None, (Decimal(6), Decimal(1), Decimal(-4))))
ROUND = [("a", "xy"), ("b", "yz"), ("c", "zx"), ("d", ""), ("e", "")]
TRIANGLE = Problem([Candidate(one, 70, {"v": set(values)}) for one, values in ROUND], 2, [Limit("v", maximum=1)])


def academy(size, seats, seed=1):
    """A pool with limits that bind, and organisations with several people."""
    chance = random.Random(seed)
    people = [
        Candidate(
            f"p{place:03}",
            chance.randrange(40, 101),
            {"country": chance.choice("AABBCDE"), "role": chance.choice("xyz")},
            f"o{chance.randrange(size * 2 // 3)}",
        )
        for place in range(size)
    ]
    limits = [Limit("country", "*", None, seats // 3), Limit("role", "*", seats // 5, seats // 2)]
    return Problem(people, seats, limits, seed=seed)


@settings(max_examples=35, deadline=None)
@given(problem=problems(), terms=st.sampled_from(TERMS))
def test_chances_are_the_fairest_of_all_lotteries_among_groups(problem, terms):
    groups = groups_of(problem, terms)
    if not groups:
        with pytest.raises(Infeasible):
            portfolio(problem, terms)
        return
    answer = portfolio(problem, terms)
    assert {panel.ids for panel in answer.panels} <= set(groups)
    expected = fairest_chances(groups, [one.id for one in problem.candidates])
    assert answer.certificate.state == "exact"
    for name, chance in expected.items():
        assert abs(answer.chances[name] - chance) <= 1e-6
    assert sum(panel.tickets for panel in answer.panels) == answer.tickets
    assert {name for name, chance in answer.chances.items() if not chance} == set(answer.never)
    drawn = draw(published(problem, terms, answer, version="1"), "seed")
    choice = settled(problem, terms, answer, drawn)
    assert set(choice.chosen) == set(drawn.ids)
    assert set(choice.reasons) == {one.id for one in problem.candidates}
    assert {name for name, one in choice.reasons.items() if one.code.startswith("in_")} == set(drawn.ids)


def test_people_whom_no_rule_tells_apart_have_the_same_chance_to_the_ticket():
    people = [Candidate(f"p{place}", 50, {"sex": "fm"[place < 4]}) for place in range(10)]
    answer = portfolio(Problem(people, 3, [Limit("sex", "f", 1, 1)]), LOTTERY)
    assert {answer.chances[f"p{place}"] for place in range(4)} == {Fraction(1, 2)}
    assert {answer.chances[f"p{place}"] for place in range(4, 10)} == {Fraction(1, 6)}
    assert answer.tickets == 6
    assert answer.least == Fraction(1, 6)
    assert answer.geometric_mean == pytest.approx((0.5**4 / 6**6) ** 0.1)
    assert (answer.certificate.method, answer.certificate.state, answer.certificate.deviation) == (
        "relaxation",
        "exact",
        0.0,
    )
    assert answer.certificate.sentence == (
        "Proven: no lottery among the groups within the limits is fairer. The chances are exact."
    )


def test_where_fractions_promise_more_than_groups_hold_the_groups_decide():
    answer = portfolio(TRIANGLE, LOTTERY)
    assert dict(answer.chances) == {
        "a": Fraction(1, 3),
        "b": Fraction(1, 3),
        "c": Fraction(1, 3),
        "d": Fraction(1, 2),
        "e": Fraction(1, 2),
    }
    assert answer.certificate.method == "columns"
    assert answer.certificate.state == "exact"
    assert answer.certificate.sentence.startswith("Proven group by group: no lottery among real groups is fairer.")


def test_the_input_s_order_changes_no_byte():
    problem = academy(60, 12)
    first = published(problem, MERIT, portfolio(problem, MERIT), version="1")
    people, limits = list(problem.candidates), list(problem.limits)
    random.Random(3).shuffle(people)
    other = replace(problem, candidates=people, limits=limits[::-1])
    assert published(other, MERIT, portfolio(other, MERIT), version="1") == first


def test_merit_fills_the_top_band_first_and_draws_lots_only_below():
    problem = academy(60, 12)
    answer = portfolio(problem, MERIT)
    best = Problem(
        [replace(one, score=int(one.score >= 80)) for one in problem.candidates if one.score >= 60],
        12,
        problem.limits,
    )
    assert answer.bands[0].seats == choose(best).total
    assert [band.name for band in answer.bands] == ["A", "B", "C"]
    assert [band.edge for band in answer.bands] == ["80", "70", "60"]
    assert sum(band.seats for band in answer.bands) == 12
    assert all(keeps(problem, panel.ids) for panel in answer.panels)
    assert sum(answer.chances.values()) == 12


def test_several_of_one_organisation_or_any_number():
    people = [Candidate(f"p{place}", 50, {}, "u" if place < 3 else None) for place in range(4)]
    assert portfolio(Problem(people, 2), LOTTERY).chances["p3"] == 1
    assert portfolio(Problem(people, 2, per_unit_maximum=2), LOTTERY).chances["p3"] == Fraction(1, 2)
    assert portfolio(Problem(people, 3, per_unit_maximum=None), LOTTERY).chances["p3"] == Fraction(3, 4)
    nobody = portfolio(Problem(people, 1, per_unit_maximum=0), LOTTERY)
    assert nobody.never["p0"].sentence == (
        "Nobody of an organisation can be chosen under the limit of 0 per organisation."
    )


def test_people_settled_by_hand_are_certain():
    people = [Candidate(f"p{place}", 50, {}, "u" if place < 2 else None) for place in range(5)]
    problem = Problem(people, 2, forced_in=["p0"], forced_out=["p4"])
    answer = portfolio(problem, Terms("lottery", Decimal(40)))
    assert dict(answer.chances) == {"p0": 1, "p1": 0, "p2": Fraction(1, 2), "p3": Fraction(1, 2), "p4": 0}
    assert {name: one.code for name, one in answer.never.items()} == {"p1": "out_unit", "p4": "out_by_hand"}
    choice = settled(problem, LOTTERY, answer, draw(published(problem, LOTTERY, answer, version="1"), "s"))
    assert choice.reasons["p0"].sentence == "Put in by hand."


def test_everyone_without_a_chance_is_told_the_first_true_reason():
    people = [
        *(Candidate(f"a{place}", 90, {"country": "AT"}) for place in range(2)),
        Candidate("below", 50),
        Candidate("zero", 90, {"country": "BE"}),
        Candidate("cost", 70, {"country": "CY"}),
    ]
    problem = Problem(people, 2, [Limit("country", "BE", maximum=0, label="Belgium")])
    answer = portfolio(problem, MERIT)
    assert {name: one.sentence for name, one in answer.never.items()} == {
        "below": "The score of 50 is below 60, the lowest that takes part.",
        "cost": "Every group with you has fewer people of a higher band.",
        "zero": "No group within the limits contains you. In the way: Belgium.",
    }
    assert answer.certificate.method == "single"
    assert answer.certificate.sentence == "There is only one best group."
    assert answer.sentence == "There is one group, and nothing to draw."


def test_who_is_kept_out_by_people_put_in_by_hand_is_told_so():
    people = [Candidate("a", 1, {"v": "x"}), Candidate("b", 1, {"v": "y"}), Candidate("c", 1, {"v": "y"})]
    answer = portfolio(Problem(people, 1, forced_in=["a"]), LOTTERY)
    assert answer.never["b"].code in ("out_never", "out_never_structure")
    assert answer.never["b"].sentence.startswith("No group within the limits contains you")


def test_the_drawn_group_has_reasons_reserve_and_limits():
    people = [Candidate(f"p{place}", 60 + place, {"sex": "fm"[place < 4]}) for place in range(10)]
    problem = Problem(people, 3, [Limit("sex", "f", 1, 1), Limit("sex", "m", 0, 3)])
    answer = portfolio(problem, LOTTERY)
    drawn = draw(published(problem, LOTTERY, answer, version="1"), "2026")
    choice = settled(problem, LOTTERY, answer, drawn)
    chosen = choice.chosen[-1]
    assert choice.reasons[chosen].code == "in_drawn"
    assert choice.reasons[chosen].sentence in (
        f"By lot: chance 1 in 2, ball {drawn.ball}.",
        f"By lot: chance 1 in 6, ball {drawn.ball}.",
    )
    out = choice.reserve[0].id
    assert choice.reasons[out].sentence in (
        "By lot: chance 1 in 2, another group was drawn.",
        "By lot: chance 1 in 6, another group was drawn.",
    )
    limits = [(one.value, one.reached, one.binding) for one in choice.limits]
    assert limits == [("f", 1, "maximum"), ("m", 2, None)]
    assert [len(one.seats) for one in choice.reserve] == sorted(
        (len(one.seats) for one in choice.reserve), reverse=True
    )
    assert choice.proof.state == "optimal"
    assert choice.total == sum(60 + int(name[1:]) for name in choice.chosen)
    with pytest.raises(BadProblem, match="not in the portfolio"):
        settled(problem, LOTTERY, answer, replace(drawn, ids=("p0", "p1", "p2")))


def test_a_sure_person_is_in_every_best_group():
    problem = Problem([Candidate("a", 90), Candidate("b", 70), Candidate("c", 70)], 2)
    answer = portfolio(problem, MERIT)
    choice = settled(problem, MERIT, answer, draw(published(problem, MERIT, answer, version="1"), "s"))
    assert choice.reasons["a"].sentence == "In every best group."
    assert [one.id for one in choice.reserve] == [({"b", "c"} - set(choice.chosen)).pop()]


def test_points_only_is_a_portfolio_of_one_group():
    problem = Problem([Candidate("a", 90), Candidate("b", 70), Candidate("c", 40)], 1)
    terms = Terms("points", Decimal(50))
    answer = portfolio(problem, terms)
    assert [panel.ids for panel in answer.panels] == [("a",)]
    assert (answer.certificate.method, answer.certificate.state) == ("single", "exact")
    assert answer.never["b"].code == "out_below"
    assert answer.never["c"].code == "out_threshold"
    choice = settled(problem, terms, answer, draw(published(problem, terms, answer, version="1"), "s"))
    assert choice.chosen == ("a",)
    assert choice.reserve_ids == ("b",)


def test_what_it_costs_to_have_somebody_in():
    people = [*(Candidate(f"a{place}", 90) for place in range(3)), Candidate("b", 70, {"v": "x"})]
    problem = Problem(people, 2, [Limit("v", "x", maximum=1)])
    assert cost_of_inclusion(problem, MERIT, "a0").sentence == "Including this person costs nothing in any band."
    cost = cost_of_inclusion(problem, MERIT, "b")
    assert (cost.before, cost.after, cost.band, cost.fewer) == ((2, 0, 0), (1, 1, 0), "A", 1)
    assert cost.sentence == "Every group with this person has at least 1 fewer of band A."
    barred = replace(problem, limits=[Limit("v", "x", maximum=0)])
    assert not cost_of_inclusion(barred, MERIT, "b").possible
    with pytest.raises(Infeasible):
        cost_of_inclusion(replace(problem, seats=9), MERIT, "b")
    with pytest.raises(BadProblem, match="nobody"):
        cost_of_inclusion(problem, MERIT, "nobody")
    for effort, watch, refusal in ((1, lambda step: False, Stopped), (0, lambda step: True, Unsettled)):
        with pytest.raises(refusal):
            cost_of_inclusion(problem, MERIT, "b", effort=effort, watch=watch)


def test_a_search_that_is_stopped_says_how_far_chances_may_be_off():
    problem = academy(60, 15)
    whole = portfolio(problem, LOTTERY)
    assert whole.certificate.state == "exact"
    seen = set()
    for effort in (0.02, 0.05, 0.1, 0.2, 0.4):
        try:
            answer = portfolio(problem, LOTTERY, effort=effort)
        except Unsettled as refusal:
            seen.add(str(refusal))
            continue
        off = max(abs(answer.chances[name] - one) for name, one in whole.chances.items())
        seen.add(answer.certificate.state)
        assert off <= answer.certificate.deviation + 2e-6
        assert all(keeps(problem, panel.ids) for panel in answer.panels)
    assert "bound" in seen
    with pytest.raises(Unsettled, match="effort ended"):
        portfolio(problem, LOTTERY, effort=0)


def test_work_that_is_stopped_anywhere_keeps_the_groups_it_has():
    states = set()
    for last in (*range(24), 30, 36):
        heard = []

        def watch(step, heard=heard, last=last):
            heard.append(step)
            return len(heard) <= last

        try:
            answer = portfolio(TRIANGLE, LOTTERY, watch=watch)
        except Stopped:
            states.add("stopped")
            continue
        states.add((answer.certificate.method, answer.certificate.state))
        drawn = draw(published(TRIANGLE, LOTTERY, answer, version="1"), "s")
        codes = {one.code for one in settled(TRIANGLE, LOTTERY, answer, drawn).reasons.values()}
        assert codes <= {"in_drawn", "in_every_best", "out_drawn", "out_none"}
    assert states >= {"stopped", ("single", "bound"), ("columns", "bound"), ("columns", "exact")}


def test_the_watch_hears_of_the_work_and_stops_it():
    stages = []

    def watch(step):
        stages.append(step.stage)
        return len(stages) < 40

    answer = portfolio(academy(60, 15), LOTTERY, watch=watch)
    assert set(stages) == {"groups", "chances"}
    assert answer.certificate.state == "bound"
    assert answer.certificate.sentence.startswith("The search was stopped: chances may be unfair by up to ")
    assert len(stages) == 40
    with pytest.raises(Stopped):
        portfolio(academy(60, 15), LOTTERY, watch=lambda step: False)


@pytest.mark.parametrize(
    "terms, culprit, message",
    [
        (Terms("best"), "policy", "none of points, merit, lottery"),
        (Terms("merit"), "bands", "needs 1 to 5 bands, not 0"),
        (Terms("merit", None, tuple(Decimal(one) for one in (90, 80, 70, 60, 50, 40))), "bands", "not 6"),
        (Terms("merit", None, (Decimal(80), Decimal(76))), "band B", "Band B is 4 points wide"),
        (Terms("merit", None, (Decimal(80), Decimal(90))), "band B", "Band B is -10 points wide"),
        (Terms("merit", None, (Decimal("NaN"),)), "band A", "'band A' is not a number"),
        (Terms("lottery", None, (Decimal(80),)), "bands", "Only the policy merit has bands"),
        (Terms("lottery", Decimal("Infinity")), "threshold", "'threshold' is not a number"),
        (Terms("lottery", 3.5), "threshold", "not an int or a Decimal"),
    ],
)
def test_terms_that_contradict_themselves_name_the_culprit(terms, culprit, message):
    with pytest.raises(BadProblem, match=message) as refusal:
        portfolio(Problem([Candidate("a", 1)], 1), terms)
    assert refusal.value.culprit == culprit


def test_silly_problems_have_an_answer_or_a_clash():
    one = Candidate("a", 50)
    assert portfolio(Problem([], 0), LOTTERY).panels[0].ids == ()
    nobody = portfolio(Problem([one], 0), LOTTERY)
    assert nobody.never["a"].sentence == "There are no seats."
    assert nobody.least == 1
    assert portfolio(Problem([one], 1), LOTTERY).chances == {"a": 1}
    for problem, kind in (
        (Problem([], 1), "candidates"),
        (Problem([one], 2), "candidates"),
        (Problem([one], 1, [Limit("v", "x", 1)]), "arithmetic"),
        (Problem([one, Candidate("b", 1)], 1, [Limit("v", "x", 2, 1)]), "arithmetic"),
        (Problem([Candidate("a", 1, {}, "u"), Candidate("b", 1, {}, "u")], 2), "units"),
    ):
        with pytest.raises(Infeasible) as refusal:
            portfolio(problem, LOTTERY)
        assert refusal.value.clash.kind == kind
    with pytest.raises(Infeasible):
        portfolio(Problem([one], 1), Terms("lottery", Decimal(51)))
    with pytest.raises(BadProblem, match="twice"):
        portfolio(Problem([one, one], 1), LOTTERY)
    with pytest.raises(BadProblem, match="not a number"):
        portfolio(Problem([Candidate("a", Decimal("NaN"))], 1), LOTTERY)


def test_a_thousand_values_and_equal_scores_are_no_trouble():
    people = [Candidate(f"p{place}", 50, {"v": f"v{place}"}) for place in range(1000)]
    answer = portfolio(Problem(people, 10, [Limit("v", "*", maximum=1)]), LOTTERY)
    assert set(answer.chances.values()) == {Fraction(1, 100)}
    assert len(answer.panels) == 100


def test_whom_only_fractions_hold_is_in_no_group_and_told_so():
    """Halves of a, b and c fill x, y and w; no whole person of them leaves room for the rest."""
    carried = {"a": "xy", "b": "yw", "c": "wx", "d": "xyw", "e": "", "f": ""}
    people = [Candidate(one, 70, {"v": set(values)}) for one, values in carried.items()]
    answer = portfolio(Problem(people, 2, [Limit("v", "*", 1, 1)]), LOTTERY)
    half = Fraction(1, 2)
    assert dict(answer.chances) == {"a": 0, "b": 0, "c": 0, "d": 1, "e": half, "f": half}
    assert answer.certificate.method == "columns"
    assert answer.never["a"].sentence.startswith("No group within the limits contains you.")


def test_a_cohort_of_everybody_leaves_nothing_to_exchange():
    face = Face((Kind(("a", "b"), None, False, 0), Kind(("c",), None, False, 0)), (), 3)
    assert Climber(face).climb((2, 1), np.array([1, 2])) == (2, 1)


def test_tickets_that_cannot_be_shared_evenly_are_one_apart():
    primes = (101, 103, 107, 109, 113)
    names = {prime: [f"{prime}-{place}" for place in range(prime)] for prime in primes}
    people = [Candidate(name, 50, {"v": str(prime)}) for prime in primes for name in names[prime]]
    answer = portfolio(Problem(people, 5, [Limit("v", "*", 1, 1)]), LOTTERY)
    assert answer.tickets == 100_000_000
    assert answer.certificate.deviation == 1e-8
    assert answer.certificate.sentence.endswith("Chances are kept to within 0.00000001.")
    for prime in primes:
        assert max(abs(answer.chances[name] - Fraction(1, prime)) for name in names[prime]) <= Fraction(1, 10**8)


def test_faces_without_a_group_are_known_by_every_solver():
    kinds = (Kind(("a",), None, False, 0), Kind(("b",), None, False, 0))
    face = Face(kinds, (Line((0, 1), 2, 2),), 1)
    purse = Purse(1, unwatched)
    assert fairest(face, purse) is None
    assert possible(face, purse) == [0, 1]
    with pytest.raises(NoGroup):
        Finder(face, purse).best([0, 0])
    with pytest.raises(RuntimeError, match="not solved"):
        surely_minimised(purse, np.array([1.0]), A_eq=[[1.0]], b_eq=[-1.0])


def test_a_level_is_the_small_fraction_it_stands_for_beyond_doubt():
    assert fraction_of(1 / 3) == Fraction(1, 3)
    assert fraction_of(1234 / 99_991) == Fraction(1234, 99_991)
    assert fraction_of(2**-0.5).denominator > 10**7


def test_a_group_that_breaks_a_limit_is_a_fault_and_never_an_answer():
    class Strict(Face):
        def holds(self, counts):
            return False

    with pytest.raises(RuntimeError, match="breaks a limit"):
        Finder(Strict((Kind(("a",), None, False, 0),), (), 1), Purse(1, unwatched)).best([1])


def test_a_question_that_the_effort_does_not_settle_has_no_answer():
    face = face_of(field_of(academy(60, 15), LOTTERY))
    with pytest.raises(OutOfEffort):
        Finder(face, Purse(1e-9, unwatched)).best([0] * len(face.kinds))


def test_a_face_that_fractions_alone_can_reach_is_left_for_real_groups():
    people = [Candidate(one, 70, {"v": set(values)}) for one, values in ROUND[:4]]
    answer = portfolio(Problem(people, 2, [Limit("v", maximum=1)]), LOTTERY)
    third = Fraction(1, 3)
    assert dict(answer.chances) == {"a": third, "b": third, "c": third, "d": 1}
    assert answer.certificate.method == "columns"


def test_only_a_proven_group_counts_as_the_best():
    assert Found((1,), 3, 3).sure() == Found((1,), 3, 3)
    with pytest.raises(OutOfEffort):
        Found((1,), 2, 3).sure()


@pytest.mark.parametrize("seed, size", [(3, 12)])
def test_groups_that_no_exchange_reaches_are_found_as_well(seed, size):
    chance = random.Random(seed)
    chance.choice([10, 12, 14, 16])
    people = [
        Candidate(
            f"p{place:02}",
            chance.choice([90, 75, 65]),
            {"v": set(chance.sample("uvwxyz", chance.choice([1, 2, 2, 3])))},
        )
        for place in range(size)
    ]
    exactly = Limit("v", "*", 2, 2) if chance.random() < 0.5 else Limit("v", "*", 1, 2)
    problem = Problem(people, 5, [exactly])
    answer = portfolio(problem, LOTTERY)
    assert answer.certificate.method == "columns"
    expected = fairest_chances(groups_of(problem, LOTTERY), [one.id for one in people])
    assert all(abs(answer.chances[name] - one) <= 1e-6 for name, one in expected.items())


def test_who_shares_an_organisation_with_the_drawn_is_told_so():
    problem = Problem([Candidate("a", 1, {}, "u"), Candidate("b", 1, {}, "u"), Candidate("c", 1)], 2)
    answer = portfolio(problem, LOTTERY)
    choice = settled(problem, LOTTERY, answer, draw(published(problem, LOTTERY, answer, version="1"), "s"))
    other = ({"a", "b"} - set(choice.chosen)).pop()
    assert choice.reasons[other].sentence == (
        "Another person of the same organisation is chosen; at most 1 per organisation."
    )


def test_somebody_without_a_ticket_after_a_stop_has_a_reason():
    """Two alike, one seat, one group found: the other of the two is in no group, and says why."""
    problem = academy(30, 6)
    answers = 0
    for effort in (0.0005, 0.001, 0.002, 0.004, 0.008):
        try:
            answer = portfolio(problem, LOTTERY, effort=effort)
        except Unsettled:
            continue
        answers += 1
        assert {name for name, chance in answer.chances.items() if not chance} == set(answer.never)
        drawn = draw(published(problem, LOTTERY, answer, version="1"), "x")
        assert set(settled(problem, LOTTERY, answer, drawn).reasons) == set(answer.chances)
    assert answers
