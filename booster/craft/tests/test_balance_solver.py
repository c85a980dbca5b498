"""What large problems and short clocks make the solver do, brought about on small ones."""

from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from booster.craft.balance import (
    Candidate,
    Infeasible,
    Limit,
    Problem,
    choose,
    explain_infeasible,
    relaxed,
    relaxing,
    solver,
)
from booster.craft.balance.budget import Budget, OutOfEffort, halted
from booster.craft.tests.referee import lots, problems, referee

calm = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def people(size=9, *, score=5):
    return [Candidate(f"p{n}", score, {"country": "ABC"[n % 3]}) for n in range(size)]


@calm
@given(problem=problems())
def test_a_core_of_a_few_columns_gives_the_same_choice_as_all(problem, monkeypatch):
    monkeypatch.setattr(solver, "CORE", 1)
    best, winners = referee(problem)
    if best is None:
        with pytest.raises(Infeasible):
            choose(problem)
        return
    choice = choose(problem)
    assert choice.total == best
    assert frozenset(choice.chosen) == max(winners, key=lambda ids: lots(ids, problem.seed))


@calm
@given(problem=problems())
def test_a_sample_of_a_few_kinds_gives_relaxations_that_help(problem, monkeypatch):
    monkeypatch.setattr(relaxing, "SAMPLE", 2)
    monkeypatch.setattr(solver, "CORE", 1)
    clash = explain_infeasible(problem)
    assert (clash is None) == (referee(problem)[0] is not None)
    for moves in (clash.relaxations, *clash.alternatives) if clash else ():
        if moves:
            assert referee(relaxed(problem, moves))[0] is not None


def stopping(monkeypatch, after):
    """The clock runs out after this many questions to the solver."""
    real, asked = solver.ask, []

    def ask(*arguments):
        asked.append(1)
        if len(asked) > after:
            raise OutOfEffort
        return real(*arguments)

    monkeypatch.setattr(solver, "ask", ask)


def test_time_that_runs_out_between_equals_leaves_a_best_total_without_the_lots(monkeypatch):
    stopping(monkeypatch, 1)
    choice = choose(Problem(people(), 3))
    assert choice.proof.state == "optimal"
    assert not choice.proof.unique
    assert choice.proof.sentence.endswith("The lots between equal totals were not settled in the time allowed.")
    assert choice.total == Decimal(15)


def triangles():
    """Pairs exclude each other in rings of three, so that the linear relaxation promises more than there is."""
    rings = [
        Candidate(f"{ring}{n}", 50 - ring - n, {"skill": frozenset({f"{ring}{n}", f"{ring}{(n + 1) % 3}"})})
        for ring in range(5)
        for n in range(3)
    ]
    return [*rings, *(Candidate(f"filler{n:02d}", n % 3) for n in range(20))]


def test_rings_are_solved_whatever_the_size_of_the_core(monkeypatch):
    problem = Problem(triangles(), 7, [Limit("skill", maximum=1)])
    whole = choose(problem)
    assert whole.total == Decimal(50 + 49 + 48 + 47 + 46 + 2 + 2)
    assert whole.proof.unique
    monkeypatch.setattr(solver, "CORE", 1)
    assert choose(problem) == whole


def test_rings_that_only_halves_of_people_could_fill_are_a_clash():
    problem = Problem(triangles()[:6], 3, [Limit("skill", maximum=1)])
    with pytest.raises(Infeasible) as refusal:
        choose(problem)
    assert refusal.value.clash.kind == "together"
    assert len(refusal.value.clash.relaxations) == 1
    assert choose(relaxed(problem, refusal.value.clash.relaxations)).proof.unique


def test_time_that_runs_out_at_any_question_leaves_a_true_bound(monkeypatch):
    monkeypatch.setattr(solver, "CORE", 1)
    problem = Problem(triangles(), 7, [Limit("skill", maximum=1)])
    full = choose(problem)
    seen = set()
    for after in range(1, 6):
        with monkeypatch.context() as patch:
            stopping(patch, after)
            choice = choose(problem)
        seen.add((choice.proof.state, choice.proof.unique))
        assert choice.total <= full.total <= choice.proof.bound
        assert (choice.proof.state == "optimal") == (choice.proof.gap == 0)
    assert ("bound", False) in seen
    assert ("optimal", False) in seen


def test_a_solver_that_stops_with_a_gap_is_believed_only_up_to_its_bound(monkeypatch):
    real, calls = solver.milp, []

    def milp(*arguments, **options):
        answer = real(*arguments, **options)
        calls.append(1)
        if len(calls) < 2:
            return answer
        return SimpleNamespace(x=answer.x, status=1, mip_dual_bound=answer.mip_dual_bound - 2, mip_node_count=1)

    def gaps_from_the_start(*arguments, **options):
        answer = real(*arguments, **options)
        return SimpleNamespace(x=answer.x, status=1, mip_dual_bound=answer.mip_dual_bound - 2, mip_node_count=1)

    problem = Problem(triangles(), 7, [Limit("skill", maximum=1)])
    monkeypatch.setattr(solver, "milp", gaps_from_the_start)
    choice = choose(problem)
    assert choice.proof.state == "bound"
    assert choice.proof.gap == Decimal(2)
    monkeypatch.setattr(solver, "milp", milp)
    even = Problem([Candidate(one.id, 5, one.attributes) for one in triangles()], 7, problem.limits)
    assert choose(even).proof.state == "optimal"


@pytest.mark.parametrize("status, error", [(1, OutOfEffort), (4, RuntimeError), (2, None)])
def test_a_solver_without_an_answer_is_read_by_its_status(monkeypatch, status, error):
    none = SimpleNamespace(x=None, status=status, message="cut short", mip_node_count=None)
    monkeypatch.setattr(solver, "milp", lambda *_, **__: none)
    if error is None:
        assert solver.ask(np.ones(1), [], Budget(60)) is None
        return
    with pytest.raises(error):
        solver.ask(np.ones(1), [], Budget(60))


def test_an_answer_that_breaks_a_limit_is_a_fault(monkeypatch):
    wrong = SimpleNamespace(x=np.ones(9), status=0, mip_dual_bound=0.0, mip_node_count=0)
    monkeypatch.setattr(solver, "milp", lambda *_, **__: wrong)
    with pytest.raises(RuntimeError, match="breaks a limit"):
        choose(Problem(people(), 3, [Limit("country", maximum=1)]))


def test_a_selection_that_breaks_a_limit_never_leaves_the_house(monkeypatch):
    weak = solver.Solved(frozenset({"p0", "p3", "p6"}), frozenset(), 15_000, 15_000, unique=True)
    monkeypatch.setattr(solver, "solve", lambda ground, budget: weak)
    with pytest.raises(RuntimeError, match="breaks a limit"):
        choose(Problem(people(), 3, [Limit("country", maximum=1)]))


def test_a_relaxing_that_is_stopped_says_so(monkeypatch):
    stopped = SimpleNamespace(x=None, status=4, message="Solution limit reached", mip_node_count=None)
    monkeypatch.setattr(relaxing, "milp", lambda *_, **__: stopped)
    with pytest.raises(Infeasible) as refusal:
        choose(Problem(people(), 4, [Limit("country", maximum=1)]))
    assert refusal.value.clash.relaxations == ()


def test_lots_decide_under_a_full_maximum_too():
    same = [Candidate(f"p{n}", 5, {"country": "A"}) for n in range(4)] + [Candidate("q", 1, {"country": "B"})]
    choice = choose(Problem(same, 2, [Limit("country", "A", maximum=1)]))
    codes = {choice.reasons[one.id].code for one in same if one.id not in choice.chosen}
    assert codes == {"out_maximum_lot"}


def test_a_budget_counts_nodes_and_every_question_costs_a_little():
    budget = Budget(1)
    assert budget.nodes() == 400
    budget.used(150)
    budget.used(None)
    assert budget.nodes() == 246
    budget.used(10_000)
    with pytest.raises(OutOfEffort):
        budget.nodes()
    assert not budget.stopped


def test_the_limit_of_nodes_is_told_from_a_fault_by_its_message():
    assert halted(1, "Iteration or time limit reached.")
    assert halted(4, "HiGHS Status 16: Solution limit reached")
    assert not halted(4, "HiGHS Status 4: Solve error")
    assert not halted(0, "within the limit")


def test_a_real_search_that_is_cut_short_says_how_far_it_got_and_the_same_again():
    people = [
        Candidate(f"p{n:02d}", (37 * n) % 101, {"skill": {f"s{(n * k) % 11}" for k in (3, 5, 7)}}) for n in range(60)
    ]
    problem = Problem(people, 12, [Limit("skill", minimum=2, maximum=4)], seed=3)
    whole = choose(problem)
    assert whole.proof.state == "optimal"
    cut = [choose(problem, effort=effort) for effort in (0.0025, 0.0025, 0.01, 0.05)]
    assert cut[0] == cut[1]
    for one in cut:
        assert one.total <= whole.total <= one.proof.bound
        assert (one.proof.state == "optimal") == (one.proof.gap == 0)
