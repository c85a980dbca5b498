"""A first plan of one session that keeps every rule: those with the fewest groups to go to are seated first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from booster.craft.mixing.dice import Dice
from booster.craft.mixing.ground import Flags, Hour, Ints

TRIES = 20
STEPS_PER_TRY = 4000


@dataclass(slots=True)
class _Try:
    """People seated so far. `units`: chains and single people, hardest first; `groups`: of each unit, -1 when none."""

    hour: Hour
    units: list[tuple[int, ...]]
    taken: Ints
    blocked: Ints
    groups: list[int]
    steps: int = 0


def seat(hour: Hour, dice: Dice) -> list[list[int]] | None:
    """Groups of one session with all rules kept and sizes as even as this finds them; None when none was found.

    None proves nothing. Cost: milliseconds for 40 people, about a second for 1,000.
    """
    units = _units(hour)
    for _ in range(TRIES):
        lots = dice.draw(len(units))
        order = sorted(range(len(units)), key=lambda one: (_room(hour, units[one]), lots[one]))
        attempt = _start(hour, [units[one] for one in order])
        if _descend(attempt, dice):
            groups = _grouped(attempt)
            even(hour, groups)
            if all(low <= len(members) for low, members in zip(hour.low.tolist(), groups, strict=True)):
                return groups
    return None


def _units(hour: Hour) -> list[tuple[int, ...]]:
    tied = {person for chain in hour.chains for person in chain}
    return [*hour.chains, *((int(one),) for one in np.flatnonzero(hour.present) if int(one) not in tied)]


def _room(hour: Hour, unit: Sequence[int]) -> tuple[int, int, int]:
    """Sorts the hardest to seat first: long chains, few open groups, many to keep apart from."""
    rows = list(unit)
    return -len(rows), int(hour.open[rows].all(axis=0).sum()), -int(hour.apart[rows].sum())


def _start(hour: Hour, units: list[tuple[int, ...]]) -> _Try:
    count = len(hour.session.groups)
    blocked = np.zeros((len(hour.present), count), dtype=np.int64)
    return _Try(hour, units, np.zeros(count, dtype=np.int64), blocked, [-1] * len(units))


def _descend(attempt: _Try, dice: Dice) -> bool:
    """Depth first without recursion, so that 1,000 people fit."""
    choices: list[list[int]] = []
    while len(choices) < len(attempt.units):
        choices.append(_choices(attempt, len(choices), dice))
        while choices and not choices[-1]:
            choices.pop()
            if choices:
                _put(attempt, len(choices) - 1, -1)
        attempt.steps += 1
        if not choices or attempt.steps > STEPS_PER_TRY + 4 * len(attempt.units):
            return False
        _put(attempt, len(choices) - 1, choices[-1].pop())
    return True


def _choices(attempt: _Try, place: int, dice: Dice) -> list[int]:
    """The groups a unit may join, the best last: those short of their least size, then the emptiest."""
    hour, rows = attempt.hour, list(attempt.units[place])
    fits = hour.open[rows].all(axis=0) & (attempt.taken + len(rows) <= hour.high)
    fits &= attempt.blocked[rows].sum(axis=0) == 0
    lots = dice.draw(len(fits))
    groups = [int(one) for one in np.flatnonzero(fits)]
    short = hour.low - attempt.taken
    return sorted(groups, key=lambda one: (short[one] > 0, -int(attempt.taken[one]), lots[one]))


def _put(attempt: _Try, place: int, group: int) -> None:
    """Seat a unit, or with -1 take it back."""
    rows = list(attempt.units[place])
    before = attempt.groups[place]
    for old, sign in ((before, -1), (group, 1)):
        if old >= 0:
            attempt.taken[old] += sign * len(rows)
            attempt.blocked[:, old] += sign * attempt.hour.apart[rows].sum(axis=0)
    attempt.groups[place] = group


def _grouped(attempt: _Try) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in attempt.taken]
    for unit, group in zip(attempt.units, attempt.groups, strict=True):
        groups[group].extend(unit)
    return [sorted(members) for members in groups]


def even(hour: Hour, groups: list[list[int]]) -> None:
    """Move single people from larger to smaller groups while rules allow: below the least size first, then evenness."""
    tied = {person for chain in hour.chains for person in chain}
    while True:
        move = next(_moves(hour, groups, tied), None)
        if move is None:
            return
        person, source, target = move
        groups[source].remove(person)
        groups[target] = sorted([*groups[target], person])


def _moves(hour: Hour, groups: list[list[int]], tied: set[int]) -> Iterator[tuple[int, int, int]]:
    sizes = [len(members) for members in groups]
    wide = sorted(range(len(groups)), key=lambda one: (-sizes[one], one))
    narrow = sorted(range(len(groups)), key=lambda one: (sizes[one] >= hour.low[one], sizes[one], one))
    for target in narrow:
        short = sizes[target] < hour.low[target]
        for source in wide:
            gain = sizes[source] - sizes[target] > (0 if short else 1)
            if not gain or sizes[source] <= hour.low[source] or sizes[target] >= hour.high[target]:
                continue
            for person in groups[source]:
                if person not in tied and may_join(hour.open, hour.apart, person, target, groups[target]):
                    yield person, source, target


def may_join(opened: Flags, apart: Flags, person: int, group: int, members: Sequence[int]) -> bool:
    return bool(opened[person, group]) and not any(apart[person, other] for other in members)
