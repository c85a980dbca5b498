"""The fairest chances of fractional groups: leximin by linear programs. Talks to HiGHS through scipy; import it lazily.

Repeat: raise the smallest chance that is not fixed yet as far as it goes, and fix the kinds that hold it down (their
rows have a price). Each level becomes an exact fraction, and the whole is checked again in exact arithmetic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack

from booster.craft.balance.fair.faces import Face
from booster.craft.balance.fair.finder import Purse
from booster.craft.balance.fair.programs import minimised

PRICE = 1e-7
HELD = 1e-7
SLACKS = (0.0, 1e-9, 1e-8, 1e-7)


@dataclass(frozen=True, slots=True)
class Levels:
    """A chance per kind. `exact`: as fractions they keep every line exactly."""

    chances: tuple[Fraction, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class _Program:
    """Lines as `table @ p <= limit`, the seats as `total @ p == seats`; p is a chance per kind."""

    table: csr_matrix
    limit: np.ndarray
    total: csr_matrix
    seats: int


def fairest(face: Face, purse: Purse) -> Levels | None:
    """Leximin of n/size over all fractional groups of a face that is not empty. 6 to 40 programs.

    None when the programs' arithmetic fails.
    """
    program = _program(face)
    fixed: dict[int, Fraction] = {place: Fraction(1) for place, kind in enumerate(face.kinds) if kind.forced}
    while len(fixed) < len(face.kinds):
        purse.ask("chances", len(fixed), len(face.kinds))
        raised = _patient(program, fixed, purse)
        if raised is None:
            return None
        level, tight = raised
        fixed |= dict.fromkeys(tight, level)
    chances = tuple(fixed[place] for place in range(len(face.kinds)))
    return Levels(chances, _keeps(face, chances))


def possible(face: Face, purse: Purse) -> list[int]:
    """The kinds that some fractional group holds; nobody else can be in any group. A few programs."""
    program, unknown = _program(face), set(range(len(face.kinds)))
    while unknown:
        purse.ask("chances", 0, len(face.kinds))
        cost = np.array([-float(place in unknown) for place in range(len(face.kinds))])
        answer = minimised(
            purse,
            cost,
            A_ub=program.table,
            b_ub=program.limit,
            A_eq=program.total,
            b_eq=[program.seats],
            bounds=(0, 1),
        )
        if answer is None:  # nothing is known of them
            break
        held = {place for place in unknown if answer.x[place] > HELD}
        unknown -= held
        if not held:
            return [place for place in range(len(face.kinds)) if place not in unknown]
    return list(range(len(face.kinds)))


def _program(face: Face) -> _Program:
    rows: list[int] = []
    places: list[int] = []
    values: list[int] = []
    limits: list[int] = []
    for line in face.lines:
        for sign, bound in ((1, line.high), (-1, -line.low)):
            if sign < 0 and line.low == 0:
                continue
            rows += [len(limits)] * len(line.kinds)
            places += line.kinds
            values += [sign * face.kinds[kind].size for kind in line.kinds]
            limits.append(bound)
    shape = (len(limits), len(face.kinds))
    sizes = np.array([[kind.size for kind in face.kinds]], dtype=float)
    table = csr_matrix((values, (rows, places)), shape=shape, dtype=float)
    return _Program(table, np.array(limits, float), csr_matrix(sizes), face.seats)


def _patient(program: _Program, fixed: dict[int, Fraction], purse: Purse) -> tuple[Fraction, list[int]] | None:
    """One level; with more slack for the levels before it where floats make them contradict each other."""
    return next((found for slack in SLACKS if (found := _raise(program, fixed, slack, purse))), None)


def _raise(
    program: _Program, fixed: dict[int, Fraction], slack: float, purse: Purse
) -> tuple[Fraction, list[int]] | None:
    """The highest level of all that is not fixed, and the kinds that cannot go above it."""
    number, table = program.total.shape[1], program.table
    free = np.array([place for place in range(number) if place not in fixed])
    lift = csr_matrix((-np.ones(len(free)), (np.arange(len(free)), free)), shape=(len(free), number))
    low, high = np.zeros(number + 1), np.ones(number + 1)
    for place, chance in fixed.items():
        low[place], high[place] = max(0.0, float(chance) - slack), min(1.0, float(chance) + slack)
    high[number] = np.inf
    answer = minimised(
        purse,
        np.append(np.zeros(number), -1.0),
        A_ub=vstack(
            [hstack([table, csr_matrix((table.shape[0], 1))]), hstack([lift, np.ones((len(free), 1))])], format="csr"
        ),
        b_ub=np.append(program.limit, np.zeros(len(free))),
        A_eq=hstack([program.total, csr_matrix((1, 1))], format="csr"),
        b_eq=[program.seats],
        bounds=np.column_stack([low, high]),
    )
    if answer is None:
        return None
    prices = -answer.ineqlin.marginals[table.shape[0] :]
    tight = free[prices > max(PRICE, prices.max() / 1e4)]
    return fraction_of(float(-answer.fun)), [int(place) for place in tight]


def fraction_of(value: float) -> Fraction:
    """The fraction with a small denominator that a float stands for beyond doubt, else one within 1e-12."""
    clipped = Fraction(min(max(value, 0.0), 1.0))
    for digits in range(1, 8):
        near = clipped.limit_denominator(10**digits)
        if abs(near - clipped) * 10 ** (2 * digits + 2) < 1:
            return near
    return clipped.limit_denominator(10**12)


def _keeps(face: Face, chances: Sequence[Fraction]) -> bool:
    seats = [chance * kind.size for chance, kind in zip(chances, face.kinds, strict=True)]
    return sum(seats) == face.seats and all(
        line.low <= sum(seats[kind] for kind in line.kinds) <= line.high for line in face.lines
    )
