"""booster solve balance: who is chosen, the reserve, the limits, a reason for everybody."""

from decimal import Decimal
from typing import Any

from booster.config.solving.kinds import Asked, Told, guarded, table
from booster.craft import balance
from booster.craft.instances.balance import BalanceInstance

FORM = BalanceInstance
EFFORT = 60.0  # deterministic seconds, when none are asked for


def told(instance: BalanceInstance, asked: Asked) -> Told:
    return guarded(balance, lambda: _chosen(instance, asked))


def _chosen(instance: BalanceInstance, asked: Asked) -> Told:
    problem = instance.question(asked.seed)
    choice = balance.choose(problem, effort=asked.effort, watch=asked.watch)
    scores = {one.id: one.score for one in problem.candidates}
    document = {"answer": choice, "seed": problem.seed}
    return Told(document, lines(choice, scores), picture=lambda: _picture(problem, choice))


def _picture(problem: balance.Problem, choice: balance.Choice) -> str:
    from booster.config.solving import strips  # noqa: PLC0415 -- only when a picture is asked for

    return strips.picture(problem, choice)


def lines(choice: balance.Choice, scores: dict[str, Any]) -> list[str]:
    found = [f"Chosen: {len(choice.chosen)} people, {figure(choice.total)} points, {choice.average:.1f} on average."]
    found += table([[one, figure(scores[one]), choice.reasons[one].sentence] for one in choice.chosen] or [[""]], RIGHT)
    found += ["", choice.proof.sentence]
    if choice.limits:
        found += ["", "Limits"]
        found += table([[one.label, asked_for(one), f"got {one.reached}", bound(one)] for one in choice.limits])
    if choice.reserve:
        found += ["", "Reserve, in the order of moving up"]
        found += table([[one.id, figure(scores[one.id]), one.sentence] for one in choice.reserve], RIGHT)
    others = sorted(set(choice.reasons) - {*choice.chosen}, key=lambda one: (-scores[one], one))
    if others:
        found += ["", "Not chosen"]
        found += table([[one, figure(scores[one]), choice.reasons[one].sentence] for one in others], RIGHT)
    return found


RIGHT = frozenset({1})


def figure(points: Decimal | int) -> str:
    return f"{Decimal(points).normalize():f}"


def asked_for(one: balance.LimitOutcome) -> str:
    low = 0 if one.minimum is None else one.minimum
    return f"asked {low} or more" if one.maximum is None else f"asked {low} to {one.maximum}"


def bound(one: balance.LimitOutcome) -> str:
    return f"the {one.binding} is reached" if one.binding else "leaves room"
