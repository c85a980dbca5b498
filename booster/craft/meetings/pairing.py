"""Who meets whom, rounds left aside: a b-matching by columns, proven over all pairs. Imported lazily (scipy).

Method: the linear relaxation over each person's most valuable pairs; the multipliers price every other pair, and those
that would pay are added until none does (column generation). Pairs whose reduced cost exceeds the distance to a whole
answer can be in no better one, so a small integer programme over the rest (HiGHS) settles the whole question.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, hstack, vstack

NEAREST = 40
SLACK = 1e-6
FEW = 4_000
EACH = 4
NODES_PER_SECOND = 200


class NoPlan(Exception):
    """The rows contradict each other."""


class OutOfEffort(Exception):
    """Stopped before any whole answer was found."""


@dataclass(frozen=True, slots=True)
class Row:
    """`factor` per pair, summed over the pairs that meet, lies between `low` and `high`. `lack`: of each lacking."""

    factor: np.ndarray
    low: float
    high: float
    lack: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """Choose pairs so that everyone has `floor` (less what they lack) to `cap` meetings and all rows hold.

    `lack`: the most that one person may lack to the floor. `keep`: pairs that may be chosen. `sure`: that must be.
    `value`: per pair, what a person's total counts; everyone with a cap above 0 has at least `least`.
    """

    size: int
    one: np.ndarray
    other: np.ndarray
    cap: np.ndarray
    floor: np.ndarray
    lack: int
    keep: np.ndarray
    sure: np.ndarray
    value: np.ndarray
    least: int = 0
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """`chosen`: per pair. `bound`: no answer has more. `keep`, `sure`: pairs that can, and must, be in one as good."""

    chosen: np.ndarray
    value: int
    bound: int
    keep: np.ndarray
    sure: np.ndarray


@dataclass(slots=True)
class _Prices:
    """Multipliers of a linear relaxation, made valid; `cost` is what each pair adds beyond its prices."""

    cost: np.ndarray
    bound: float
    open: np.ndarray


def degrees(question: Question, chosen: np.ndarray) -> np.ndarray:
    return np.bincount(question.one[chosen], minlength=question.size) + np.bincount(
        question.other[chosen], minlength=question.size
    )


def maximise(question: Question, worth: np.ndarray, effort: float, lacking: int = 0) -> Settled:
    """Most worth (whole numbers per pair, `lacking` for each meeting that a person lacks). NoPlan, OutOfEffort."""
    if not question.keep.any():
        return _nobody(question, lacking)
    prices = _price(question, worth, lacking)
    order = np.lexsort((np.arange(len(worth)), -prices.cost))
    order = order[question.keep[order]]
    found: tuple[np.ndarray, int, int] | None = None
    core = np.zeros(len(worth), dtype=bool)
    core[order[: max(FEW // 4, EACH * question.size)]] = True
    while True:
        found = _whole(question, worth, lacking, core, effort) or found
        if found is None:
            if core.sum() == len(order):
                raise NoPlan
            core[order[: 4 * int(core.sum())]] = True
            continue
        chosen, value, bound = found
        top = int(np.floor(prices.bound + SLACK * max(1.0, abs(prices.bound))))
        gap = top - value + 0.5
        keep = question.keep & (prices.cost >= -gap)
        if (keep <= core).all():
            break
        core |= keep
    return Settled(chosen, value, max(value, min(top, bound)), keep, question.sure | (chosen & (prices.cost > gap)))


def _nobody(question: Question, lacking: int) -> Settled:
    lack = int(question.floor.sum())
    kept = all(row.low <= row.lack * lack <= row.high for row in question.rows)
    if question.floor.max(initial=0) > question.lack or (question.least and question.cap.any()) or not kept:
        raise NoPlan
    value = lacking * lack
    return Settled(question.keep, value, value, question.keep, question.sure)


def smallest(question: Question, effort: float) -> tuple[int, int, np.ndarray | None]:
    """The largest `least` that everybody can have, what it cannot surpass, and pairs that reach it (None: stopped)."""
    pairs = np.flatnonzero(question.keep)
    matrix, limit = _table(question, pairs)
    count, poor = len(pairs), np.flatnonzero(question.cap > 0)
    line = np.full(question.size, -1)
    line[poor] = np.arange(len(poor))
    down = np.concatenate([line[question.one[pairs]], line[question.other[pairs]]])
    across = np.concatenate([np.arange(count)] * 2)
    gains = csr_matrix(
        (np.tile(-question.value[pairs].astype(float), 2), (down, across)), shape=(len(poor), matrix.shape[1])
    )
    column = csr_matrix(np.concatenate([np.zeros(matrix.shape[0]), np.ones(len(poor))]).reshape(-1, 1))
    whole = csr_matrix(hstack([vstack([matrix, gains]), column]))
    lacks = matrix.shape[1] - count
    cost = np.zeros(whole.shape[1])
    cost[-1] = -1
    answer = milp(
        cost,
        integrality=np.concatenate([np.ones(count), np.zeros(lacks), [1]]),
        bounds=Bounds(
            np.concatenate([question.sure[pairs].astype(float), np.zeros(lacks + 1)]),
            np.concatenate([np.ones(count), np.full(lacks, float(question.lack)), [np.inf]]),
        ),
        constraints=LinearConstraint(whole, -np.inf, np.concatenate([limit, np.zeros(len(poor))])),
        options={"mip_rel_gap": 0.0, "node_limit": max(1, int(effort * NODES_PER_SECOND))},
    )
    top = int(question.value[question.keep].max(initial=0)) * int(question.cap.max(initial=0))
    if answer.x is None:
        return 0, top, None
    chosen = np.zeros(len(question.one), dtype=bool)
    chosen[pairs] = np.rint(answer.x[:count]) == 1
    value = int(totals(question, chosen)[poor].min())
    return value, value if answer.status == 0 else max(value, int(np.floor(-answer.mip_dual_bound + SLACK))), chosen


def totals(question: Question, chosen: np.ndarray) -> np.ndarray:
    """What each person's meetings are worth together."""
    found = np.zeros(question.size, dtype=np.int64)
    np.add.at(found, question.one[chosen], question.value[chosen])
    np.add.at(found, question.other[chosen], question.value[chosen])
    return found


def _price(question: Question, worth: np.ndarray, lacking: int) -> _Prices:
    active = _nearest(question, worth)  # by what it counts for people, so that a count of requests starts well
    while True:
        answer = _relax(question, worth, lacking, active)
        if answer is None:
            if (active == question.keep).all():
                raise NoPlan
            active = question.keep.copy()
            continue
        pays = question.keep & ~active & (answer.cost > SLACK)
        if not pays.any():
            return answer
        active |= pays


def _nearest(question: Question, worth: np.ndarray) -> np.ndarray:
    """Each person's 40 most valuable pairs."""
    pairs = np.flatnonzero(question.keep)
    if len(pairs) <= FEW:
        return question.keep.copy()
    table = np.full((question.size, question.size), -1, dtype=np.int64)
    one, other = question.one[pairs], question.other[pairs]
    table[one, other] = table[other, one] = question.value[pairs]
    place = np.zeros((question.size, question.size), dtype=np.int64)
    place[one, other] = place[other, one] = pairs
    best = np.argsort(-table, axis=1, kind="stable")[:, :NEAREST]
    near = np.zeros(len(worth), dtype=bool)
    near[np.take_along_axis(place, best, axis=1)[np.take_along_axis(table, best, axis=1) >= 0]] = True
    near |= question.sure | (worth > question.value)
    return np.asarray(near & question.keep)


def _table(question: Question, pairs: np.ndarray) -> tuple[csr_matrix, np.ndarray]:
    """All rows as `matrix x <= limit`, columns: the pairs, then what each person lacks (where anyone may)."""
    size, count = question.size, len(pairs)
    across = np.concatenate([np.arange(count)] * 2)
    down = np.concatenate([question.one[pairs], question.other[pairs]])
    meets = csr_matrix((np.ones(2 * count), (down, across)), shape=(size, count))
    bare = question.floor > 0
    blocks, limits = [meets, -meets[bare]], [question.cap.astype(float), -question.floor[bare].astype(float)]
    if question.least:
        totals = csr_matrix((np.tile(question.value[pairs].astype(float), 2), (down, across)), shape=(size, count))
        poor = question.cap > 0
        blocks.append(-totals[poor])
        limits.append(np.full(int(poor.sum()), -float(question.least)))
    for row in question.rows:
        factor = csr_matrix(row.factor[pairs].reshape(1, -1).astype(float))
        if np.isfinite(row.high):
            blocks.append(factor)
            limits.append(np.array([row.high]))
        if np.isfinite(row.low):
            blocks.append(-factor)
            limits.append(np.array([-row.low]))
    matrix = csr_matrix(vstack(blocks))
    if question.lack:
        matrix = csr_matrix(hstack([matrix, _lacks(question, bare, matrix.shape[0])]))
    return matrix, np.concatenate(limits)


def _lacks(question: Question, bare: np.ndarray, height: int) -> csr_matrix:
    size = question.size
    down = size + np.arange(int(bare.sum()))
    values = [-np.ones(len(down))]
    rows, columns = [down], [np.flatnonzero(bare)]
    line = size + len(down) + (int((question.cap > 0).sum()) if question.least else 0)
    for row in question.rows:
        for sign, end in ((1, row.high), (-1, row.low)):
            if np.isfinite(end):
                rows.append(np.full(size, line))
                columns.append(np.arange(size))
                values.append(np.full(size, sign * row.lack))
                line += 1
    return csr_matrix((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(height, size))


def _relax(question: Question, worth: np.ndarray, lacking: int, active: np.ndarray) -> _Prices | None:
    pairs = np.flatnonzero(active)
    matrix, limit = _table(question, pairs)
    lacks = np.full(question.size if question.lack else 0, float(lacking))
    gain = np.concatenate([worth[pairs].astype(float), lacks])
    low = np.concatenate([question.sure[pairs].astype(float), np.zeros(len(lacks))])
    high = np.concatenate([np.ones(len(pairs)), np.full(len(lacks), float(question.lack))])
    answer = linprog(-gain, A_ub=matrix, b_ub=limit, bounds=np.column_stack([low, high]), method="highs")
    if answer.status == 2:
        return None
    price = np.maximum(-answer.ineqlin.marginals, 0) if answer.status == 0 else np.zeros(len(limit))
    everything, _ = _table(question, np.arange(len(worth))) if len(pairs) < len(worth) else (matrix, limit)
    all_gain = np.concatenate([worth.astype(float), lacks])
    cost = all_gain - everything.T @ price
    own, rest = cost[: len(worth)], cost[len(worth) :]
    bound = float(price @ limit) + float(np.where(question.sure, own, np.maximum(own, 0))[question.keep].sum())
    bound += float(np.maximum(rest, 0).sum()) * question.lack
    return _Prices(own, bound, active)


def _whole(
    question: Question, worth: np.ndarray, lacking: int, core: np.ndarray, effort: float
) -> tuple[np.ndarray, int, int] | None:
    pairs = np.flatnonzero(core)
    matrix, limit = _table(question, pairs)
    lacks = question.size if question.lack else 0
    gain = np.concatenate([worth[pairs].astype(float), np.full(lacks, float(lacking))])
    low = np.concatenate([question.sure[pairs].astype(float), np.zeros(lacks)])
    high = np.concatenate([np.ones(len(pairs)), np.full(lacks, float(question.lack))])
    answer = milp(
        -gain,
        integrality=np.concatenate([np.ones(len(pairs)), np.zeros(lacks)]),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(matrix, -np.inf, limit),
        options={"mip_rel_gap": 0.0, "node_limit": max(1, int(effort * NODES_PER_SECOND))},
    )
    if answer.status == 2:
        return None
    if answer.x is None:
        raise OutOfEffort
    chosen = np.zeros(len(worth), dtype=bool)
    chosen[pairs] = np.rint(answer.x[: len(pairs)]) == 1
    lack = np.maximum(question.floor - degrees(question, chosen), 0)
    value = int(worth[chosen].sum() + lacking * lack.sum())
    bound = int(np.floor(-answer.mip_dual_bound + SLACK * max(1, abs(value)))) if answer.status else value
    return chosen, value, bound
