"""The only file that talks to HiGHS (through scipy). Import it lazily: scipy costs 0.6 s and 67 MB.

Method: linear relaxation, a mixed-integer solve over the columns with the best reduced cost, and a proof by reduced
cost that no other column can be in a selection at least as good. The same proof shrinks the question for the next
objective, so the lots are maximised only among the people between whom the scores leave a choice.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, vstack

from booster.craft.balance.budget import Budget, OutOfEffort, halted
from booster.craft.balance.problem import Ground, Member

CORE = 600
SLACK = 1e-5
LOT_BITS = 20


class NoSelection(Exception):
    """The rows contradict each other."""


@dataclass(frozen=True, slots=True)
class Solved:
    """`ids` of a best selection; `sure`: ids proven to be in every best one. `bound` in thousandths of a point."""

    ids: frozenset[str]
    sure: frozenset[str]
    points: int
    bound: int
    unique: bool


@dataclass(slots=True)
class Model:
    """Choose `seats` of the columns so that low <= rows x <= high. `fixed` are in. Indices into members."""

    columns: np.ndarray
    rows: csr_matrix
    low: np.ndarray
    high: np.ndarray
    seats: int
    fixed: list[int]


@dataclass(frozen=True, slots=True)
class _Stage:
    """`x`: 0/1 per column. `value` and `bound` in whole weights. `keep`, `sure`: columns still open, and always in."""

    x: np.ndarray
    value: int
    bound: int
    keep: np.ndarray
    sure: np.ndarray


def solve(ground: Ground, budget: Budget) -> Solved:
    """The best selection: most points, then most lots. NoSelection; OutOfEffort before there is any."""
    members = ground.members
    model = model_of(ground)
    points = np.array([member.points for member in members], dtype=np.int64)
    stage, scale, shift = _best(model, points, budget)
    bound = stage.bound * scale + shift * model.seats + int(points[model.fixed].sum())
    sure = frozenset(members[place].id for place in [*model.columns[stage.sure], *model.fixed])
    best = _ids(members, model, stage)
    total = sum(member.points for member in members if member.id in best)
    if bound != total:
        return Solved(best, sure, total, bound, unique=False)
    best, unique = _draw(ground, model, stage, points, budget)
    return Solved(best, sure, total, bound, unique)


def feasible(ground: Ground, budget: Budget) -> bool:
    """Whether a selection exists. OutOfEffort when that is not found out within the budget."""
    try:
        model = model_of(ground)
        weights = np.zeros(len(model.columns), dtype=np.int64)
        if not 0 < model.seats <= len(weights):
            return model.seats == 0 and not ((model.low > 0).any() or (model.high < 0).any())
        cost = _relax(model, weights)[1]
        core = np.zeros(len(weights), dtype=bool)
        core[:: max(1, len(weights) // CORE)] = True
        _incumbent(model, weights, core, np.argsort(cost, kind="stable"), budget)
    except NoSelection:
        return False
    return True


def _draw(
    ground: Ground, model: Model, stage: _Stage, weights: np.ndarray, budget: Budget
) -> tuple[frozenset[str], bool]:
    """Among the best selections the one with the most lots; whether it is proven to be the only one."""
    best = _ids(ground.members, model, stage)
    with suppress(OutOfEffort, NoSelection):  # none left within the tolerances: the answer in hand stands, unproven
        for round_, objective in enumerate(_lots(ground.members)):
            if not _narrow(model, stage, weights) or (round_ and _alone(model, best, ground.members, budget)):
                return best, True
            weights = objective
            stage, _, _ = _best(model, weights, budget)
            best = _ids(ground.members, model, stage)
            if stage.bound > stage.value:
                break
    return best, False


def _alone(model: Model, best: frozenset[str], members: Sequence[Member], budget: Budget) -> bool:
    """Whether no other selection is as good: forbid this one and ask whether any is left."""
    weights = np.array([-(member.id in best) for member in members], dtype=np.int64)
    stage, scale, shift = _best(model, weights, budget)
    return stage.bound * scale + shift * model.seats == -model.seats


def _lots(members: Sequence[Member]) -> list[np.ndarray]:
    words = range(LOT_BITS, 256, LOT_BITS)
    low = (1 << LOT_BITS) - 1
    return [np.array([member.lot >> (256 - word) & low for member in members], dtype=np.int64) for word in words]


def _ids(members: Sequence[Member], model: Model, stage: _Stage) -> frozenset[str]:
    return frozenset(members[place].id for place in [*model.columns[stage.x == 1], *model.fixed])


def model_of(ground: Ground) -> Model:
    fixed = [place for place, member in enumerate(ground.members) if member.id in ground.forced]
    free = [place for place, member in enumerate(ground.members) if member.id not in ground.forced]
    rows = [[*member.rows] for member in ground.members]
    low = [row.minimum for row in ground.rows]
    high = [len(ground.members) if row.maximum is None else row.maximum for row in ground.rows]
    if ground.per_unit is not None:
        for group in _crowds(ground):
            for place in group:
                rows[place].append(len(low))
            low.append(0)
            high.append(ground.per_unit)
    table = _incidence(rows, len(low))
    inside = np.asarray(table[:, fixed].sum(axis=1)).ravel()
    return Model(
        columns=np.array(free, dtype=np.int64),
        rows=table[:, free],
        low=np.array(low) - inside,
        high=np.array(high) - inside,
        seats=ground.seats - len(fixed),
        fixed=fixed,
    )


def _crowds(ground: Ground) -> list[list[int]]:
    """Places of the members of each organisation that has more of them than allowed."""
    units: dict[str, list[int]] = {}
    for place, member in enumerate(ground.members):
        if member.unit:
            units.setdefault(member.unit, []).append(place)
    return [group for group in units.values() if len(group) > (ground.per_unit or 0)]


def _incidence(rows: Sequence[Sequence[int]], height: int) -> csr_matrix:
    down = np.fromiter((row for carried in rows for row in carried), dtype=np.int64)
    across = np.repeat(np.arange(len(rows)), [len(carried) for carried in rows])
    return csr_matrix((np.ones(len(down)), (down, across)), shape=(height, len(rows)))


def _narrow(model: Model, stage: _Stage, weights: np.ndarray) -> bool:
    """Keep what may still vary among selections as good as this one. False when nothing is left to decide."""
    sure, keep = stage.sure, stage.keep & ~stage.sure
    inside = np.asarray(model.rows[:, sure].sum(axis=1)).ravel()
    value = int(weights[model.columns[stage.x == 1]].sum() - weights[model.columns[sure]].sum())
    model.fixed = [*model.fixed, *model.columns[sure].tolist()]
    model.seats -= int(sure.sum())
    rows = model.rows[:, keep]
    model.columns = model.columns[keep]
    floor, level = _shrunk(weights[model.columns], value, model.seats)
    model.rows = csr_matrix(vstack([rows, csr_matrix(floor.reshape(1, -1).astype(float))]))
    model.low = np.append(model.low - inside, level - 0.5)
    model.high = np.append(model.high - inside, np.inf)
    return 0 < model.seats < len(model.columns)


def _shrunk(weights: np.ndarray, value: int, seats: int) -> tuple[np.ndarray, int]:
    """The same row in smaller numbers: any selection has `seats` columns, so a common shift and divisor may go."""
    if not len(weights):
        return weights, value
    shift, scale = int(weights.min()), _common(weights)
    return (weights - shift) // scale, (value - shift * seats) // scale


def _common(weights: np.ndarray) -> int:
    return gcd(*(int(one) for one in np.unique(weights - weights.min()))) or 1


def _best(model: Model, weights: np.ndarray, budget: Budget) -> tuple[_Stage, int, int]:
    """Maximise the weights (per member) over the model. Returns the stage with its weights' divisor and shift."""
    own = weights[model.columns]
    if model.seats == 0:
        return _nobody(model), 1, 0
    if not 0 < model.seats <= len(own):
        raise NoSelection
    shift, scale = int(own.min()), _common(own)
    return _stage(model, (own - shift) // scale, budget), scale, shift


def _nobody(model: Model) -> _Stage:
    if (model.low > 0).any() or (model.high < 0).any():
        raise NoSelection
    none = np.zeros(len(model.columns), dtype=bool)
    return _Stage(none.astype(int), 0, 0, none, none)


def _stage(model: Model, weights: np.ndarray, budget: Budget) -> _Stage:
    top, cost = _relax(model, weights)
    slack = SLACK * max(1.0, float(weights.max()))
    order = np.lexsort((np.arange(len(cost)), cost))
    core = np.zeros(len(weights), dtype=bool)
    core[order[: max(CORE, 3 * model.seats)]] = True
    x, bound = _incumbent(model, weights, core, order, budget)
    while True:
        value = int(weights[x == 1].sum())
        gap = top - value + slack
        keep = cost <= gap
        if (keep <= core).all():
            break
        core |= keep
        try:
            x, bound = _integer(model, weights, core, budget) or (x, bound)
        except OutOfEffort:
            bound = int(np.floor(top + slack))
            break
    limit = max(value, min(bound, int(np.floor(top + slack))))
    return _Stage(x, value, limit, keep, (-cost > gap) & (x == 1))


def _incumbent(
    model: Model, weights: np.ndarray, core: np.ndarray, order: np.ndarray, budget: Budget
) -> tuple[np.ndarray, int]:
    """A first answer; the core grows (in place) while it is too small to hold one."""
    while True:
        found = _integer(model, weights, core, budget)
        if found is not None:
            return found
        if core.all():
            raise NoSelection
        core[order[: 4 * int(core.sum())]] = True


def _relax(model: Model, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Bound of the linear relaxation, and per column how much forcing it in (+) or out (-) lowers that bound.

    Both are computed anew from the multipliers (any multipliers of the right sign give a valid bound), so that a sloppy
    solver cannot make them wrong.
    """
    ends = [(model.rows[np.isfinite(model.high)], model.high), (-model.rows[np.isfinite(model.low)], -model.low)]
    table = csr_matrix(vstack([rows for rows, _ in ends]))
    limit = np.concatenate([bound[np.isfinite(bound)] for _, bound in ends])
    size = len(weights)
    answer = linprog(
        -weights.astype(float),
        A_ub=table if len(limit) else None,
        b_ub=limit if len(limit) else None,
        A_eq=np.ones((1, size)),
        b_eq=[model.seats],
        bounds=(0, 1),
        method="highs",
    )
    if answer.status == 2:
        raise NoSelection
    price = np.zeros(len(limit)) if not len(limit) or answer.status else np.minimum(answer.ineqlin.marginals, 0)
    level = float(answer.eqlin.marginals[0]) if not answer.status else -float(weights.max())
    cost = -weights - table.T @ price - level
    bound = float(price @ limit) + level * model.seats + float(np.minimum(cost, 0).sum())
    return -bound, cost


def _integer(model: Model, weights: np.ndarray, core: np.ndarray, budget: Budget) -> tuple[np.ndarray, int] | None:
    """Best 0/1 answer over the core columns and an upper bound over them; None when they allow none."""
    columns = np.flatnonzero(core)
    rows = model.rows[:, columns]
    told = (model.low > 0) | (np.asarray(rows.sum(axis=1)).ravel() > model.high)
    constraints = [LinearConstraint(np.ones((1, len(columns))), model.seats, model.seats)]
    if told.any():
        constraints.append(LinearConstraint(rows[told], model.low[told], model.high[told]))
    answer = ask(-weights[columns].astype(float), constraints, budget)
    if answer is None:
        return None
    x = np.zeros(len(weights), dtype=int)
    x[columns] = np.rint(answer.x)
    _recheck(model, x)
    bound = np.floor(-answer.mip_dual_bound + SLACK) if np.isfinite(answer.mip_dual_bound) else weights.sum()
    value = int(weights[x == 1].sum())
    return x, value if answer.status == 0 else max(value, int(bound))


def ask(cost: np.ndarray, constraints: list[LinearConstraint], budget: Budget) -> Any | None:
    ones = np.ones(len(cost))
    for presolve in (True, False):
        options = {"mip_rel_gap": 0.0, "node_limit": budget.nodes(), "presolve": presolve}
        answer = milp(cost, integrality=ones, bounds=Bounds(0, 1), constraints=constraints, options=options)
        budget.used(answer.mip_node_count)
        if answer.x is not None:
            return answer
        if answer.status == 2:
            return None
    if halted(answer.status, answer.message):
        raise OutOfEffort
    raise RuntimeError(f"The solver gave no answer: {answer.message}")


def _recheck(model: Model, x: np.ndarray) -> None:
    """Exact arithmetic on whole numbers; a solver that breaks a row is a fault, never an answer."""
    reached = np.rint(model.rows @ x)
    if x.sum() != model.seats or (reached < model.low).any() or (reached > model.high).any():
        raise RuntimeError("The solver's answer breaks a limit.")
