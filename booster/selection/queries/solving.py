"""Work a selection out: read the pool, ask the solver, put its answer into words. Writes nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from booster.calls.models import Call
from booster.craft.balance import Candidate, Infeasible, Limit, Problem, choose, price, relaxed
from booster.selection.models import Scenario
from booster.selection.queries.pool import Standing, pool, standings
from booster.selection.rules import limits, results

SECONDS = 60.0  # wall time after which the solver stops and says how far it got


@dataclass(frozen=True, slots=True)
class Found:
    """``result`` is what a scenario keeps; with ``clashes`` it says which limits cannot hold together."""

    clashes: bool
    result: dict[str, Any]


def named(candidates: Sequence[Candidate], wished: Sequence[Limit]) -> tuple[Limit, ...]:
    """Every limit once for each value that it speaks of, with the name that people read in reasons."""
    spread = relaxed(Problem(candidates, 0, wished), ()).limits
    return tuple(replace(one, label=limits.label_of(one.attribute, one.value) or one.label) for one in spread)


def problem_of(
    found: list[Candidate],
    *,
    seats: int,
    seed: int,
    wish: limits.Wish,
    picked: Collection[str] = (),
    dropped: Collection[str] = (),
) -> Problem:
    """The question to the solver. Raises ``craft.balance.BadProblem``. No query."""
    return Problem(
        candidates=found,
        seats=seats,
        limits=named(found, wish.limits),
        per_unit_maximum=wish.per_organisation,
        forced_in=tuple(picked),
        forced_out=tuple(dropped),
        seed=seed,
    )


def work_out(
    call: Call,
    *,
    seats: int,
    seed: int,
    wish: limits.Wish,
    picked: Collection[str] = (),
    dropped: Collection[str] = (),
) -> Found:
    """The best selection for a call, or the clash. Imports the solver: run it in the worker or on the command line.

    Raises ``craft.balance.BadProblem`` and ``craft.balance.Unsettled``. Six queries.
    """
    found = standings(call)
    people = pool(call, found)
    problem = problem_of(people, seats=seats, seed=seed, wish=wish, picked=picked, dropped=dropped)
    try:
        choice = choose(problem, seconds=SECONDS)
    except Infeasible as trouble:
        return Found(clashes=True, result=results.of_clash(trouble.clash))
    outside = {one.application.reference: one.why_out for one in found if one.why_out}
    return Found(
        clashes=False, result=results.of_choice(choice, outside=outside, scores=_scores(found), pool=people)
    )  # fmt: skip


def wish_of(scenario: Scenario) -> limits.Wish:
    """The limits that a scenario keeps. No query."""
    return limits.read(scenario.limits, per_organisation=scenario.per_organisation)


def work_out_scenario(scenario: Scenario) -> Found:
    """As ``work_out``, with what the scenario asks for."""
    return work_out(
        scenario.call,
        seats=scenario.seats,
        seed=scenario.seed,
        wish=wish_of(scenario),
        picked=scenario.picked,
        dropped=scenario.dropped,
    )


def work_out_price(scenario: Scenario) -> dict[str, Any]:
    """What the limit in ``price_asked`` costs. Imports the solver. Raises as ``work_out``; and ``Infeasible``."""
    attribute, _gap, value = scenario.price_asked.partition(" ")
    people = pool(scenario.call, standings(scenario.call))
    problem = problem_of(
        people, seats=scenario.seats, seed=scenario.seed, wish=wish_of(scenario),
        picked=scenario.picked, dropped=scenario.dropped,
    )  # fmt: skip
    return results.of_price(scenario.result, price(problem, attribute, value, seconds=SECONDS))


def _scores(found: list[Standing]) -> dict[str, str]:
    return {one.application.reference: f"{one.points:f}" for one in found if one.points is not None}
