"""Why two people do not meet: what the best plan would lose if they did. Needs scipy; imported lazily."""

from collections.abc import Mapping
from dataclasses import replace

from booster.craft.meetings import levels
from booster.craft.meetings.answer import Plan, Reason
from booster.craft.meetings.ground import Ground, read
from booster.craft.meetings.pairing import NoPlan, OutOfEffort
from booster.craft.meetings.problem import BadProblem, Problem
from booster.craft.meetings.wording import say
from booster.craft.working import Watch


def why_not(problem: Problem, plan: Plan, one: str, other: str, effort: float, watch: Watch) -> Reason:
    ground = read(problem)
    index = {name: place for place, name in enumerate(ground.ids)}
    for name in (one, other):
        if name not in index:
            raise BadProblem(f"{name!r} is not among the people.", name)
    if one == other:
        raise BadProblem(f"{one!r} cannot meet themselves.", one)
    for meeting in plan.meetings:
        if {meeting.one, meeting.other} == {one, other}:
            return say("they_meet", other=other, round=meeting.round)
    pair = int(ground.place[index[one], index[other]])
    if pair < 0:
        return say(_barred(ground, index[one], index[other]))
    question = levels.question_of(ground)
    sure = question.sure.copy()
    sure[pair] = True
    try:
        _, aims, _ = levels.reach(ground, replace(question, sure=sure), effort, watch)
    except (NoPlan, OutOfEffort):
        return say("cannot")
    return _compared(ground, plan, {aim.code: aim.value for aim in aims})


def _barred(ground: Ground, one: int, other: int) -> str:
    names = {ground.ids[one], ground.ids[other]}
    if any(set(pair) == names for pair in ground.problem.refused):
        return "refused"
    return "modes" if (ground.there[one] & ground.there[other]).any() else "never_together"


def _compared(ground: Ground, plan: Plan, reached: Mapping[str, int]) -> Reason:
    lacking = reached["floor"] - int(plan.level("floor").value)
    if lacking > 0:
        return say("costs_floor", lacking=lacking)
    lost = int(plan.level("requests").value) - reached["requests"] if "requests" in reached else 0
    if not lacking and lost > 0:
        return say("costs_requests", lost=lost)
    loss = plan.level("total").value - ground.shown(reached["total"])
    if lacking < 0 or lost < 0 or loss < 0:
        return say("could")
    return say("costs", loss=f"{loss:f}") if loss else say("as_good")
