"""Keeping people apart is colouring a graph: the largest clique found, and whether so many groups can do."""

from collections.abc import Iterable

import numpy as np

from booster.craft.mixing.ground import Flags

STEPS = 20_000


def clique(apart: Flags) -> list[int]:
    """The largest set of people all apart from each other: exact for small graphs, else the best within STEPS steps."""
    near = [frozenset(int(one) for one in np.flatnonzero(line)) for line in apart]
    best: list[int] = []
    stack: list[tuple[list[int], frozenset[int]]] = [([], frozenset(row for row, line in enumerate(near) if line))]
    for _ in range(STEPS):
        if not stack:
            break
        chosen, rest = stack.pop()
        if len(chosen) > len(best):
            best = chosen
        if len(chosen) + len(rest) <= len(best):
            continue
        first = min(rest, key=lambda one: (-len(near[one] & rest), one))
        stack.append((chosen, rest - {first}))
        stack.append(([*chosen, first], rest & near[first]))
    return sorted(best)


def colourable(apart: Flags, groups: int) -> list[int]:
    """Empty when people can be kept apart in so many groups, or STEPS steps did not tell; else those who cannot be.

    The people returned are a connected part of the graph without those who always find a group.
    """
    near = {row: {int(one) for one in np.flatnonzero(line)} for row, line in enumerate(apart) if line.any()}
    core = _core(near, groups)
    for part in _parts(core):
        if _stuck({row: core[row] for row in part}, groups):
            return sorted(part)
    return []


def _core(near: dict[int, set[int]], groups: int) -> dict[int, set[int]]:
    """Without everyone who has fewer than `groups` others to keep away from: they always find a group."""
    left = {row: set(others) for row, others in near.items()}
    while easy := [row for row, others in left.items() if len(others) < groups]:
        for row in easy:
            for other in left.pop(row):
                if other in left:
                    left[other].discard(row)
    return left


def _parts(near: dict[int, set[int]]) -> Iterable[list[int]]:
    seen: set[int] = set()
    for start in sorted(near):
        if start in seen:
            continue
        part, queue = {start}, [start]
        for one in queue:
            new = sorted(near[one] - part)
            part.update(new)
            queue.extend(new)
        seen |= part
        yield sorted(part)


def _stuck(near: dict[int, set[int]], groups: int) -> bool:
    """Whether trying everything, hardest person first, ends without a colouring."""
    colours: dict[int, int] = {}
    trail: list[tuple[int, list[int]]] = []
    for _ in range(STEPS):
        if len(colours) == len(near):
            return False
        row = min(set(near) - set(colours), key=lambda one: (-_seen(near, colours, one), -len(near[one]), one))
        taken = {colours[other] for other in near[row] if other in colours}
        fresh = max(colours.values(), default=-1) + 2
        trail.append((row, [one for one in range(min(groups, fresh)) if one not in taken]))
        while trail and not trail[-1][1]:
            trail.pop()
            if trail:
                del colours[trail[-1][0]]
        if not trail:
            return True
        row, open_ = trail[-1]
        colours[row] = open_.pop()
    return False


def _seen(near: dict[int, set[int]], colours: dict[int, int], row: int) -> int:
    return len({colours[other] for other in near[row] if other in colours})
