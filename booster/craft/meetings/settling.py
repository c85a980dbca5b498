"""Pairs, then rounds, then what is left over. Needs scipy; imported lazily by `planning`."""

import numpy as np

from booster.craft.meetings import levels
from booster.craft.meetings.answer import Plan
from booster.craft.meetings.colouring import Colouring, colour
from booster.craft.meetings.ground import Ground, read
from booster.craft.meetings.levels import Aim, Pairing
from booster.craft.meetings.pairing import degrees, totals
from booster.craft.meetings.problem import Problem
from booster.craft.meetings.telling import told
from booster.craft.working import Watch


def plan(problem: Problem, effort: float, watch: Watch) -> Plan:
    ground = read(problem)
    pairing = levels.settle(ground, effort, watch)
    graph, left = rounds_of(ground, np.flatnonzero(pairing.chosen), effort, watch)
    rounds = {pair: graph.round_of[place] for place, pair in enumerate(_pairs(pairing)) if place not in left}
    dropped = [_pairs(pairing)[place] for place in left]
    return told(ground, rounds, measured(ground, pairing, rounds), pairing.unique and not dropped, dropped)


def _pairs(pairing: Pairing) -> list[int]:
    return [int(pair) for pair in np.flatnonzero(pairing.chosen)]


def rounds_of(ground: Ground, pairs: np.ndarray, effort: float, watch: Watch) -> tuple[Colouring, set[int]]:
    """Rounds for these pairs; the second part are the places of those that found none."""
    tables = ground.tables or [len(ground.people)] * ground.rounds
    powers = 1 << np.arange(ground.rounds, dtype=np.int64)
    bits, open_ = ground.there @ powers, int((np.array(tables) > 0) @ powers)
    graph = Colouring(
        ends=[(int(ground.one[pair]), int(ground.other[pair])) for pair in pairs],
        allowed=[
            int(bits[ground.one[pair]] & bits[ground.other[pair]]) & (open_ if ground.tabled[pair] else -1)
            for pair in pairs
        ],
        people=len(ground.people),
        tabled=[bool(one) for one in ground.tabled[pairs]],
        spare=list(tables),
    )
    return graph, set(colour(graph, effort, watch, ground.problem.seed))


def measured(ground: Ground, pairing: Pairing, rounds: dict[int, int]) -> list[Aim]:
    """The aims as the plan with rounds reaches them, against the bounds of the pairs."""
    question = pairing.question
    chosen = np.zeros(len(ground.one), dtype=bool)
    chosen[list(rounds)] = True
    met = degrees(question, chosen)
    own = totals(question, chosen)[question.cap > 0]
    reached = {
        "floor": int(np.maximum(question.floor - met, 0).sum()),
        "requests": int((ground.asked[chosen] == 2).sum()),
        "total": int(ground.worth[chosen].sum()),
        "smallest": int(own.min(initial=int(own.max(initial=0)))),
    }
    return [Aim(aim.code, reached[aim.code], aim.bound) for aim in pairing.aims]
