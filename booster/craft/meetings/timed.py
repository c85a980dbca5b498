"""Pairs and rounds at once (CP-SAT), for the rare case that the best pairs fit into no rounds. Imported lazily.

The search knows every pair where there are few, else each person's most valuable ones, and starts from the plan in
hand; so it never returns less. The aims are settled one after the other, each with a third of the effort.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from booster.craft.meetings.answer import Code
from booster.craft.meetings.ground import Ground
from booster.craft.meetings.levels import Pairing
from booster.craft.meetings.pairing import Question
from booster.craft.working import Watch, tell

SMALL = 6_000
NEAREST = 15
FAR = 1 << 60


@dataclass(frozen=True, slots=True)
class Placed:
    """`rounds`: pair to round (from 0). `proven`: aims that no plan with the same earlier ones surpasses."""

    rounds: dict[int, int]
    proven: frozenset[str]


@dataclass(slots=True)
class _Model:
    """`meets`: a variable per pair and round. `lacks`: what each person lacks to the floor, where there is one."""

    model: Any
    meets: dict[tuple[int, int], Any]
    lacks: list[Any]
    best: dict[int, int]
    proven: set[str] = field(default_factory=set)


def place(ground: Ground, pairing: Pairing, best: Mapping[int, int], effort: float, watch: Watch) -> Placed:
    """The best plan found from `best` on; its first aims first. Cost: up to `effort` deterministic seconds."""
    question = pairing.question
    pairs = _known(ground, best)
    scene = _built(ground, question, pairs, dict(best))
    aims: dict[Code, Any] = {
        "floor": -sum(scene.lacks),
        "requests": sum(one for (pair, _), one in scene.meets.items() if ground.asked[pair] == 2),
        "total": sum(int(ground.worth[pair]) * one for (pair, _), one in scene.meets.items()),
    }
    known = {one.code: one.bound for one in pairing.aims}
    for step, (code, aim) in enumerate(aims.items()):
        tell(watch, f"timed {code}", step, len(aims))
        if isinstance(aim, int):
            continue
        bound = -known[code] if code == "floor" else known[code]
        reached = _raised(scene, question, ground, aim, bound, effort / len(aims))
        if reached is None:
            break
        value, optimal = reached
        if optimal:
            scene.proven.add(code)
        if value < bound:
            known = dict.fromkeys(known, FAR) | {"floor": 0}
    whole = len(pairs) == len(ground.one)
    return Placed(scene.best, frozenset(scene.proven) if whole else frozenset())


def _known(ground: Ground, best: Mapping[int, int]) -> list[int]:
    if len(ground.one) * ground.rounds <= SMALL:
        return list(range(len(ground.one)))
    table = np.full((len(ground.people),) * 2, -1, dtype=np.int64)
    table[ground.one, ground.other] = table[ground.other, ground.one] = ground.worth
    near = np.argsort(-table, axis=1, kind="stable")[:, :NEAREST]
    found = {int(pair) for row, own in zip(ground.place, near, strict=True) for pair in row[own] if pair >= 0}
    return sorted(found | set(best) | {int(pair) for pair in np.flatnonzero(ground.asked == 2)})


def _built(ground: Ground, question: Question, pairs: list[int], best: dict[int, int]) -> _Model:
    model = cp_model.CpModel()
    meets: dict[tuple[int, int], Any] = {}
    people: list[list[list[Any]]] = [[[] for _ in range(ground.rounds)] for _ in ground.people]
    tabled: list[list[Any]] = [[] for _ in range(ground.rounds)]
    for pair in pairs:
        one, other = int(ground.one[pair]), int(ground.other[pair])
        own = []
        for number in map(int, np.flatnonzero(ground.there[one] & ground.there[other])):
            variable = meets[pair, number] = model.new_bool_var("")
            own.append(variable)
            people[one][number].append(variable)
            people[other][number].append(variable)
            if ground.tabled[pair]:
                tabled[number].append(variable)
        model.add_at_most_one(own)
    for busy in (busy for rounds in people for busy in rounds):
        model.add_at_most_one(busy)
    for number, limit in enumerate(ground.tables or ()):
        model.add(sum(tabled[number]) <= limit)
    counts = [sum(one for busy in rounds for one in busy) for rounds in people]
    return _Model(model, meets, _floors(model, question, counts), best)


def _floors(model: Any, question: Question, counts: list[Any]) -> list[Any]:
    lacks = []
    for floor, count in zip(question.floor.tolist(), counts, strict=True):
        if floor:
            lacks.append(model.new_int_var(0, floor, ""))
            model.add(count + lacks[-1] >= floor)
    return lacks


def _raised(
    scene: _Model, question: Question, ground: Ground, aim: Any, bound: int, effort: float
) -> tuple[int, bool] | None:
    """Settle one aim and hold it: its value and whether none is higher. None when the search found nothing at all.

    `bound`: no plan can have more of it, so that reaching it ends the search.
    """
    scene.model.clear_hints()
    for (pair, number), variable in scene.meets.items():
        scene.model.add_hint(variable, int(scene.best.get(pair) == number))
    met = np.bincount(
        [int(end[pair]) for pair in scene.best for end in (ground.one, ground.other)], minlength=question.size
    )
    lacking = [max(0, int(floor - own)) for floor, own in zip(question.floor, met, strict=True) if floor]
    for variable, lack in zip(scene.lacks, lacking, strict=True):
        scene.model.add_hint(variable, lack)
    scene.model.add(aim <= bound)
    scene.model.maximize(aim)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = ground.problem.seed % (1 << 31)
    solver.parameters.max_deterministic_time = max(effort, 0.01)
    status = solver.solve(scene.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    scene.best = {pair: number for (pair, number), variable in scene.meets.items() if solver.boolean_value(variable)}
    value = round(solver.objective_value)
    scene.model.add(aim >= value)
    return value, status == cp_model.OPTIMAL
