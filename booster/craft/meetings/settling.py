"""Pairs, then rounds, then what is left over. Needs scipy; imported lazily by `planning`."""

from collections.abc import Mapping

import numpy as np

from booster.craft.meetings import levels
from booster.craft.meetings.answer import Code, Plan
from booster.craft.meetings.colouring import Colouring, colour
from booster.craft.meetings.ground import Ground, read
from booster.craft.meetings.levels import Aim, Pairing
from booster.craft.meetings.pairing import OutOfEffort, degrees
from booster.craft.meetings.problem import Problem
from booster.craft.meetings.telling import told
from booster.craft.working import Watch


def plan(problem: Problem, effort: float, watch: Watch) -> Plan:
    ground = read(problem)
    pairing = paired(ground, effort, watch)
    pairs = np.flatnonzero(pairing.chosen)
    graph, left = rounds_of(ground, pairs, effort, watch)
    rounds = {int(pair): graph.round_of[place] for place, pair in enumerate(pairs) if place not in left}
    if not left and (len(pairs) or pairing.unique):
        return told(ground, rounds, measured(ground, pairing, rounds), pairing.unique, ())
    from booster.craft.meetings import timed  # noqa: PLC0415 -- OR-Tools, only where pairs and rounds disagree

    placed = timed.place(ground, pairing, filled(ground, rounds), effort, watch)
    dropped = [int(pair) for pair in pairs if int(pair) not in placed.rounds]
    return told(ground, placed.rounds, measured(ground, pairing, placed.rounds, placed.proven), False, dropped)


def paired(ground: Ground, effort: float, watch: Watch) -> Pairing:
    """The best pairs, or nobody and the loosest bounds when the effort was too small for any."""
    try:
        return levels.settle(ground, effort, watch)
    except OutOfEffort:
        question = levels.question_of(ground)
        return Pairing(np.zeros_like(question.keep), levels.open_aims(ground, question), question, unique=False)


def filled(ground: Ground, rounds: Mapping[int, int]) -> dict[int, int]:
    """The same rounds, and further meetings where two people who gain by them are idle, dearest first. Cost: pairs."""
    rounds = dict(rounds)
    idle = ground.there.copy()
    spare = list(ground.tables or [len(ground.people)] * ground.rounds)
    for pair, number in rounds.items():
        idle[[ground.one[pair], ground.other[pair]], number] = False
        spare[number] -= bool(ground.tabled[pair])
    order = np.lexsort((np.arange(len(ground.worth)), -ground.worth, -(ground.asked == 2).astype(int)))
    for pair in order[ground.worth[order] > 0]:
        free = idle[ground.one[pair]] & idle[ground.other[pair]]
        open_ = [one for one in np.flatnonzero(free) if spare[one] > 0 or not ground.tabled[pair]]
        if open_ and int(pair) not in rounds:
            number = rounds[int(pair)] = int(max(open_, key=lambda one: (spare[one], -one)))
            idle[[ground.one[pair], ground.other[pair]], number] = False
            spare[number] -= bool(ground.tabled[pair])
    return rounds


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


def measured(
    ground: Ground, pairing: Pairing, rounds: Mapping[int, int], proven: frozenset[str] = frozenset()
) -> list[Aim]:
    """The aims as the plan with rounds reaches them, against the bounds of the pairs. `proven`: aims that no plan with
    the same earlier ones surpasses. Once an aim stays below its bound, the bounds after it no longer hold for plans
    like this one, and the loosest take their place.
    """
    question = pairing.question
    chosen = np.zeros(len(ground.one), dtype=bool)
    chosen[list(rounds)] = True
    met = degrees(question, chosen)
    reached: dict[Code, int] = {
        "floor": int(np.maximum(question.floor - met, 0).sum()),
        "requests": int((ground.asked[chosen] == 2).sum()),
        "total": int(ground.worth[chosen].sum()),
        "smallest": levels.least_total(question, chosen),
    }
    bounds, aims = {aim.code: aim.bound for aim in pairing.aims}, []
    for aim in pairing.aims:
        value = reached[aim.code]
        aims.append(Aim(aim.code, value, value if aim.code in proven else bounds[aim.code]))
        if value != bounds[aim.code]:
            bounds = levels.loosest(ground, question)
    return aims
