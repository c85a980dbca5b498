"""Work a selection out: read the pool, ask the solver, put its answer into words. Writes nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from booster.calls.models import Call
from booster.craft.balance import BadProblem, Candidate, Infeasible, Limit, Problem, choose, price, relaxed
from booster.kit.words import N_
from booster.selection.models import Scenario
from booster.selection.queries import batches
from booster.selection.queries.pool import Standing
from booster.selection.rules import limits, results

TOO_FEW = N_("{held} people have a place from other cut-offs: give the whole group at least as many seats.")
EFFORT = 60.0  # deterministic seconds after which the solver stops and says how far it got


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
    cut_off: str = "",
) -> Found:
    """The best selection for a call or one batch of it, or the clash. Imports the solver: run it in the worker or on
    the command line. ``seats`` are those of the whole group, who has a place from another batch among it.

    Raises ``craft.balance.BadProblem`` and ``craft.balance.Unsettled``. Queries as ``batches.field`` and one.
    """
    field = batches.field(call, cut_off)
    found, people, seated = field.found, field.candidates(), field.seated_ids
    if seated and seats < len(seated):  # fewer than none is refused by the problem itself
        raise BadProblem(TOO_FEW.format(held=len(seated)))
    problem = problem_of(people, seats=seats, seed=seed, wish=wish, picked=[*picked, *seated], dropped=dropped)
    try:
        choice = choose(problem, effort=EFFORT)
    except Infeasible as trouble:
        return Found(clashes=True, result=results.of_clash(trouble.clash))
    outside = {one.application.reference: one.why_out for one in found if one.why_out}
    kept = results.of_choice(choice, outside=outside, scores=_scores(found), pool=people, seated=seated)
    return Found(clashes=False, result=kept)


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
        cut_off=scenario.cut_off,
    )


def work_out_price(scenario: Scenario) -> dict[str, Any]:
    """What the limit in ``price_asked`` costs. Imports the solver. Raises as ``work_out``; and ``Infeasible``."""
    attribute, _gap, value = scenario.price_asked.partition(" ")
    field = batches.field(scenario.call, scenario.cut_off)
    problem = problem_of(
        field.candidates(), seats=scenario.seats, seed=scenario.seed, wish=wish_of(scenario),
        picked=[*scenario.picked, *field.seated_ids], dropped=scenario.dropped,
    )  # fmt: skip
    return results.of_price(scenario.result, price(problem, attribute, value, effort=EFFORT))


def _scores(found: list[Standing]) -> dict[str, str]:
    return {one.application.reference: f"{one.points:f}" for one in found if one.points is not None}
