"""Work a selection out, what a limit costs, what a seat for one person costs. Writes nothing.

All of it imports a solver: run it in the worker or on the command line.
"""

from typing import Any

from booster.calls.models import Call
from booster.craft.balance import Infeasible, choose
from booster.craft.working import Watch, unwatched
from booster.selection.models import Scenario
from booster.selection.queries import weighing
from booster.selection.queries.solving import Found, Question, including, question_of, setting, without
from booster.selection.rules import policies, results

EFFORT = 60.0  # deterministic seconds after which the solver stops and says how far it got


def work_out(call: Call, question: Question, *, watch: Watch = unwatched) -> Found:
    """The best selection, or everybody's chance when a draw is to follow, or the clash.

    Raises ``BadProblem``, ``Unsettled`` and ``Stopped`` of the craft. Queries as ``solving.setting``.
    """
    here = setting(call, question)
    try:
        if question.policy in policies.DRAWN:
            return weighing.weigh(here, question, effort=EFFORT, watch=watch)
        choice = choose(here.problem, effort=EFFORT, watch=watch)
    except Infeasible as trouble:
        return Found(clashes=True, result=results.of_clash(trouble.clash))
    kept = results.of_choice(
        choice, outside=here.outside, scores=here.scores, pool=here.people, seated=here.seated
    )  # fmt: skip
    return Found(clashes=False, result=kept)


def work_out_scenario(scenario: Scenario, *, watch: Watch = unwatched) -> Found:
    """As ``work_out``, with what the scenario asks for."""
    return work_out(scenario.call, question_of(scenario), watch=watch)


def work_out_price(scenario: Scenario, *, watch: Watch = unwatched) -> dict[str, Any]:
    """What the limit in ``price_asked`` costs. Raises as ``work_out``; and ``Infeasible``."""
    attribute, _gap, value = scenario.price_asked.partition(" ")
    question = question_of(scenario)
    here = setting(scenario.call, question)
    free = without(here.problem, attribute, value)
    if question.policy in policies.DRAWN:
        return weighing.compared(scenario, free, question, effort=EFFORT, watch=watch)
    return results.of_price(scenario.result, choose(free, effort=EFFORT, watch=watch))


def work_out_inclusion(scenario: Scenario, *, watch: Watch = unwatched) -> dict[str, Any]:
    """What a seat for the person in ``person_asked`` costs the others. Raises as ``work_out_price``."""
    question = question_of(scenario)
    here = setting(scenario.call, question)
    if question.policy in policies.DRAWN:
        return weighing.cost_of_seat(here, question, scenario.person_asked, effort=EFFORT, watch=watch)
    with_them = including(here.problem, scenario.person_asked)
    return results.of_price(scenario.result, choose(with_them, effort=EFFORT, watch=watch))
