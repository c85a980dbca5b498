"""Plans without repeats, looked up or built by arithmetic: the first that has enough groups, places and sessions."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from booster.craft.mixing.dice import Dice
from booster.craft.mixing.fields import Schedule, one_session, ringed, shifted, transversal, widest
from booster.craft.mixing.ground import Ints
from booster.craft.mixing.starters import STARTERS, turned


@dataclass(frozen=True, slots=True)
class Design:
    """`sessions` of groups of points; `points` of them; `method` "design" or "starter"."""

    sessions: Schedule
    points: int
    method: str


@lru_cache(maxsize=64)
def longest(groups: int, size: int, sessions: int) -> Design | None:
    """A plan of at least `sessions` sessions in which nobody meets twice, as long as is cheap; None when none is known.

    Cost: at most groups squared times size steps of ring arithmetic.
    """
    for enough in sorted({max(sessions, min(groups + 1, 14)), sessions}, reverse=True):
        for method, schedule in _found(groups, size, enough):
            if schedule is not None:
                return Design(schedule, groups * size, method)
    return None


def _found(groups: int, size: int, sessions: int) -> Iterator[tuple[str, Schedule | None]]:
    yield "design", one_session(groups, size) if sessions == 1 else None
    yield "design", ringed(groups, size, sessions)
    yield "design", transversal(groups, size, sessions)
    for starter in STARTERS:
        if (starter.groups, starter.size) == (groups, size) and starter.sessions >= sessions:
            yield "starter", turned(starter)
    yield "design", shifted(groups, size, sessions)


def variants(groups: int, size: int, sessions: int, count: int, dice: Dice) -> list[Design]:
    """Up to `count` plans of exactly `sessions` sessions: other sessions of a longer one, other slopes. The first is
    always the same."""
    base = longest(groups, size, sessions)
    if base is None:
        return []
    found = [Design(base.sessions[:sessions], base.points, base.method)]
    for _ in range(count - 1):
        sloped = base
        if base.method == "design" and len(base.sessions) <= groups and size < widest(groups) <= 32:
            slopes = sorted(dice.order(widest(groups))[:size])
            other = transversal(groups, size, len(base.sessions), slopes)
            sloped = Design(other, base.points, base.method) if other else base
        chosen = sorted(dice.order(len(sloped.sessions))[:sessions])
        found.append(Design(tuple(sloped.sessions[turn] for turn in chosen), base.points, base.method))
    return found


def shrunk(design: Design, people: int) -> Schedule | None:
    """The plan for fewer people, numbered 0 to people - 1: points that never meet are left out, so sizes differ by one.

    None when there are not enough points that never meet.
    """
    spare = design.points - people
    left = set(_strangers(meetings_of_points(design), spare))
    if len(left) < spare:
        return None
    numbers = {point: number for number, point in enumerate(sorted({*range(design.points)} - left))}
    return tuple(
        tuple(tuple(sorted(numbers[point] for point in group if point in numbers)) for group in session)
        for session in design.sessions
    )


def meetings_of_points(design: Design) -> Ints:
    """Point x point: in how many sessions they share a group."""
    counts = np.zeros((design.points, design.points), dtype=np.int64)
    for session in design.sessions:
        for group in session:
            counts[np.ix_(group, group)] += 1
    np.fill_diagonal(counts, 0)
    return counts


def _strangers(meetings: Ints, wanted: int) -> list[int]:
    """So many points of which no two meet, by trying in order, going back when stuck; fewer when there are none."""
    free = [frozenset(int(one) for one in np.flatnonzero(line == 0)) - {row} for row, line in enumerate(meetings)]
    best: list[int] = []
    stack: list[tuple[list[int], frozenset[int]]] = [([], frozenset(range(len(free))))]
    for _ in range(5000):
        if not stack or len(best) >= wanted:
            break
        chosen, rest = stack.pop()
        if len(chosen) > len(best):
            best = chosen
        if len(chosen) + len(rest) < wanted or not rest or len(chosen) == wanted:
            continue
        first = max(rest, key=lambda one: (len(free[one] & rest), -one))
        stack.append((chosen, rest - {first}))
        stack.append(([*chosen, first], rest & free[first]))
    return best[:wanted]
