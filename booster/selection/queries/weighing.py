"""Everybody's chance, and the draw. ``weigh``, ``compared``, ``cost_of_seat`` import a solver: run them in the worker
or on the command line. ``drawn`` hashes only."""

from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from booster.calls.models import Call
from booster.craft.balance import Problem
from booster.craft.balance.fair import (
    Terms,
    committed,
    cost_of_inclusion,
    draw,
    fingerprint,
    portfolio,
    published,
    settled,
)
from booster.craft.working import Watch
from booster.selection.models import Portfolio, Scenario
from booster.selection.queries.solving import Found, Question, Setting, Weighed, question_of, setting
from booster.selection.rules import policies, portfolios, results

PROGRAM = f"booster {version('booster')}"


def threshold_of(asked: Scenario | Question, call: Call) -> Decimal:
    """The points that somebody needs to have a part in the draw."""
    return Decimal(
        call.threshold if asked.threshold is None else asked.threshold
    )  # a call made just now has a whole number


def terms_of(question: Question, call: Call) -> Terms:
    """How people are chosen, as the craft takes it; the lowest band begins at the threshold."""
    threshold = threshold_of(question, call)
    edges = (*map(Decimal, question.bands), threshold) if question.policy == policies.MERIT else ()
    return Terms(question.policy, threshold, edges)  # type: ignore[arg-type]


def weigh(here: Setting, question: Question, *, effort: float, watch: Watch) -> Found:
    """Every group that may be drawn, with everybody's chance. Raises as ``answering.work_out``, and ``Infeasible``."""
    numbers = portfolios.numbers_of(results.canonical(here.people), [one.id for one in here.people])
    problem, terms = portfolios.numbered(here.problem, numbers), terms_of(question, here.call)
    found = portfolio(problem, terms, effort=effort, watch=watch)
    public = published(problem, terms, found, version=PROGRAM)
    weighed = results.of_portfolio(
        found, numbers=numbers, outside=here.outside, scores=here.scores, pool=here.people, seated=here.seated,
        limits=here.problem.limits,
    )  # fmt: skip
    columns = {
        "kept": portfolios.written(found),
        "weighed": weighed,
        "numbers": {number: reference for reference, number in numbers.items()},
        "committed": committed(problem, terms, found, version=PROGRAM).decode(),
        "published": public.decode(),
        "fingerprint": fingerprint(public),
    }
    return Found(clashes=False, result=weighed, weighed=Weighed(columns))


def compared(
    scenario: Scenario, problem: Problem, question: Question, *, effort: float, watch: Watch
) -> dict[str, Any]:
    """What changes for everybody when the question is another one: seats in each band, and the least chance."""
    found = portfolio(problem, terms_of(question, scenario.call), effort=effort, watch=watch)
    return results.of_comparison(scenario.result, found)


def cost_of_seat(here: Setting, question: Question, reference: str, *, effort: float, watch: Watch) -> dict[str, Any]:
    """What the bands lose when one person is in every group."""
    terms = terms_of(question, here.call)
    return {"message": cost_of_inclusion(here.problem, terms, reference, effort=effort, watch=watch).sentence}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw makes of a scenario. ``ball`` from 0; ``result`` as a worked-out scenario keeps it."""

    ball: int
    result: dict[str, Any]


def drawn(scenario: Scenario, kept: Portfolio, seed: str) -> Drawn:
    """The group that a seed draws, with the reserve and everybody's reason. Queries as ``solving.setting``."""
    found = draw(kept.published.encode(), seed)
    here, question = setting(scenario.call, question_of(scenario)), question_of(scenario)
    numbers = {reference: number for number, reference in kept.numbers.items()}
    problem = portfolios.numbered(here.problem, numbers)
    choice = settled(problem, terms_of(question, scenario.call), portfolios.read(kept.kept), found)
    named = results.with_references(choice, kept.numbers)
    result = results.of_choice(
        named, outside=here.outside, scores=here.scores, pool=here.people, seated=here.seated
    )  # fmt: skip
    ball = {"seed": seed, "ball": found.ball, "shown": found.ball_shown, "tickets": found.tickets, "panel": found.panel}
    return Drawn(found.ball, {**kept.weighed, **result, "draw": ball})


def undrawn(scenario: Scenario) -> dict[str, Any]:
    """What the scenario said before the draw. One query."""
    return dict(Portfolio.objects.get(scenario=scenario).weighed)
