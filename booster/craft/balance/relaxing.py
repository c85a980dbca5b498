"""The least change of limits that makes a selection possible. Talks to HiGHS like `solver`; import it lazily."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack

from booster.craft.balance.budget import Budget, OutOfEffort, halted
from booster.craft.balance.problem import Ground
from booster.craft.balance.solver import Model, model_of

WEIGHT = 1000
SAMPLE = 800
Move = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class _Slacks:
    """One column per bound that may move: its row, its side, how far it may go, and what one step costs."""

    rows: tuple[int, ...]
    sides: tuple[str, ...]
    most: np.ndarray
    cost: np.ndarray
    tie: np.ndarray


@dataclass(frozen=True, slots=True)
class _Program:
    """Kinds of people (how many of each), then slacks, then switches of cuts; all whole numbers."""

    low: np.ndarray
    high: np.ndarray
    kinds: csr_matrix
    most: np.ndarray
    seats: int
    slacks: _Slacks


def least_moves(ground: Ground, *, answers: int, budget: Budget) -> list[list[Move]]:
    """Up to `answers` cheapest sets of moves (row, side, steps), the cheapest first, each minimal; [] when none helps.

    A step of a raised maximum costs 1, of a lowered minimum 1 + 2/minimum: small minima are dearer. Ties: a hash of
    the limits' names. [[]] means that nothing needs to move. Frozen limits stay. OutOfEffort when the
    budget ends first.
    """
    program = _program(ground)
    found: list[list[Move]] = []
    while program is not None and len(found) < answers:
        steps = _cheapest(program, [_indices(program, moves) for moves in found], budget)
        if steps is None:
            break
        rows, sides = program.slacks.rows, program.slacks.sides
        moves = [(rows[place], sides[place], int(steps[place])) for place in np.flatnonzero(steps)]
        found.append(moves)
        if not moves:
            break
    return found


def most_seats(ground: Ground, budget: Budget) -> int | None:
    """The most seats that can be filled with every maximum kept, up to those asked for; None when none can be."""
    program = _program(ground)
    if program is None:
        return None
    ones = np.ones(len(program.most))
    rules = [LinearConstraint(ones.reshape(1, -1), 0, program.seats)]
    if program.kinds.shape[0]:
        rules.append(LinearConstraint(program.kinds, -np.inf, program.high))
    options = {"node_limit": budget.nodes()}
    answer = milp(-ones, integrality=ones, bounds=Bounds(0, program.most), constraints=rules, options=options)
    budget.used(answer.mip_node_count)
    return None if answer.x is None else int(np.rint(answer.x).sum()) + ground.seats - program.seats


def _program(ground: Ground) -> _Program | None:
    model = model_of(ground)
    if model.seats < 0 or (model.high[len(ground.rows) :] < 0).any():
        return None
    columns, most = _kinds(ground, model)
    nobody = csr_matrix((model.rows.shape[0], 1))  # the solver refuses programs without columns
    return _Program(
        low=model.low,
        high=model.high,
        kinds=csr_matrix(hstack([model.rows[:, columns], nobody])),
        most=np.append(most, 0.0),
        seats=model.seats,
        slacks=_slacks(ground),
    )


def _kinds(ground: Ground, model: Model) -> tuple[list[int], np.ndarray]:
    """One column for all people whom the limits cannot tell apart, and how many of them may be chosen."""
    units = Counter(member.unit for member in ground.members if member.unit)
    kinds: dict[tuple[int, str | None], list[int]] = {}
    for column, place in enumerate(model.columns):
        member = ground.members[place]
        crowded = member.unit and ground.per_unit is not None and units[member.unit] > ground.per_unit
        kinds.setdefault((member.mask, member.unit if crowded else None), []).append(column)
    groups = list(kinds.values())
    return [group[0] for group in groups], np.array([len(group) for group in groups], dtype=float)


def _slacks(ground: Ground) -> _Slacks:
    held = Counter(row for member in ground.members for row in member.rows)
    entries: list[tuple[int, str, int, int]] = []
    for place, row in enumerate(ground.rows):
        if row.frozen:
            continue
        if row.maximum is not None and held[place] > row.maximum:
            entries.append((place, "maximum", held[place] - row.maximum, WEIGHT))
        if row.minimum:
            entries.append((place, "minimum", row.minimum, WEIGHT + round(2 * WEIGHT / row.minimum)))
    names = [f"{ground.rows[place].attribute}\n{ground.rows[place].value}\n{side}" for place, side, _, _ in entries]
    return _Slacks(
        rows=tuple(entry[0] for entry in entries),
        sides=tuple(entry[1] for entry in entries),
        most=np.array([entry[2] for entry in entries], dtype=float),
        cost=np.array([entry[3] for entry in entries], dtype=float),
        tie=np.array([_tie(name) for name in names], dtype=float),
    )


def _tie(name: str) -> int:
    return 1 + hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[0]


def _indices(program: _Program, moves: Sequence[Move]) -> list[tuple[int, int]]:
    slots = {key: place for place, key in enumerate(zip(program.slacks.rows, program.slacks.sides, strict=True))}
    return [(slots[row, side], steps) for row, side, steps in moves]


def _cheapest(program: _Program, cuts: list[list[tuple[int, int]]], budget: Budget) -> np.ndarray | None:
    """Steps per slack. Among very many kinds a sample answers first; the bound of the linear relaxation proves it.

    Alternatives (with cuts) are taken from the sample unproven.
    """
    if len(program.most) <= SAMPLE:
        return _steps(program, cuts, budget)
    upper, cost, rules = _parts(program, cuts)
    answer = milp(cost, bounds=Bounds(0, upper), constraints=rules)
    if answer.x is None:
        return None
    kinds = len(program.most)
    core = answer.x[:kinds] > 0
    core[:: max(1, kinds // SAMPLE)] = True
    sample = replace(program, kinds=csr_matrix(program.kinds[:, np.flatnonzero(core)]), most=program.most[core])
    steps = _steps(sample, cuts, budget)
    if steps is not None and (cuts or program.slacks.cost @ steps < answer.fun + 1):
        return steps
    return _steps(program, cuts, budget)


def _parts(
    program: _Program, cuts: list[list[tuple[int, int]]]
) -> tuple[np.ndarray, np.ndarray, list[LinearConstraint]]:
    """Upper bounds, costs and rules of the whole program."""
    switches = sum(len(cut) for cut in cuts)
    upper = np.concatenate([program.most, program.slacks.most, np.ones(switches)])
    cost = np.concatenate([np.zeros(len(program.most)), program.slacks.cost, np.zeros(switches)])
    return upper, cost, _rules(program, cuts, switches)


def _steps(program: _Program, cuts: list[list[tuple[int, int]]], budget: Budget) -> np.ndarray | None:
    """Steps per slack: least cost, then least tie weight. Each cut forbids the moves of an earlier answer."""
    kinds, slacks = len(program.most), len(program.slacks.most)
    upper, cost, rules = _parts(program, cuts)
    first = _whole(cost, upper, rules, budget)
    if first is None:
        return None
    best = float(cost @ first)
    rules.append(LinearConstraint(cost.reshape(1, -1), -np.inf, best + 0.5))
    tie = np.concatenate([np.zeros(kinds), program.slacks.tie, np.zeros(len(upper) - kinds - slacks)])
    second = _whole(tie, upper, rules, budget) if best else first
    answer = first if second is None else second
    return answer[kinds : kinds + slacks]


def _rules(program: _Program, cuts: list[list[tuple[int, int]]], switches: int) -> list[LinearConstraint]:
    kinds, slacks, height = len(program.most), len(program.slacks.most), len(program.low)
    seats = np.concatenate([np.ones(kinds), np.zeros(slacks + switches)])
    rules = [LinearConstraint(seats.reshape(1, -1), program.seats, program.seats)]
    if height:
        pad = csr_matrix((height, switches))
        for side, sign, low, high in (("maximum", -1.0, -np.inf, program.high), ("minimum", 1.0, program.low, np.inf)):
            own = [place for place, one in enumerate(program.slacks.sides) if one == side]
            down = [program.slacks.rows[place] for place in own]
            shift = csr_matrix(([sign] * len(own), (down, own)), shape=(height, slacks))
            rules.append(LinearConstraint(csr_matrix(hstack([program.kinds, shift, pad])), low, high))
    start = kinds + slacks
    for cut in cuts:
        rules.extend(_cut(program, cut, start, kinds + slacks + switches))
        start += len(cut)
    return rules


def _cut(program: _Program, cut: list[tuple[int, int]], start: int, width: int) -> list[LinearConstraint]:
    """At least one of these slacks moves less than before: its switch is on, and on means fewer steps."""
    some = np.zeros(width)
    some[start : start + len(cut)] = 1
    rules = [LinearConstraint(some.reshape(1, -1), 1, np.inf)]
    for switch, (slack, steps) in enumerate(cut, start):
        row = np.zeros(width)
        row[len(program.most) + slack] = 1
        row[switch] = program.slacks.most[slack] - steps + 1
        rules.append(LinearConstraint(row.reshape(1, -1), -np.inf, program.slacks.most[slack]))
    return rules


def _whole(cost: np.ndarray, upper: np.ndarray, rules: list[LinearConstraint], budget: Budget) -> np.ndarray | None:
    answer = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, upper),
        constraints=rules,
        options={"mip_rel_gap": 0.0, "node_limit": budget.nodes()},
    )
    budget.used(answer.mip_node_count)
    if halted(answer.status, answer.message):
        raise OutOfEffort
    return None if answer.x is None else np.rint(answer.x)
