"""What no plan with given group sizes can surpass: pairs that meet, meetings of the alike, cost. Counting, no search.

Sources: pairs and places are counting; the pigeonhole is the usual one (two sessions share at most groups x groups
cells, so more people than cells must meet again), turned into repeats by averaging over the sessions; KNOWN_LIMITS are
proven maxima of the social golfer problem (OEIS A107431; W. Harvey's list in CSPLib problem 010; 6 x 6 is Tarry's
theorem); LEAST_SESSIONS are the Dagstuhl tables of "everyone meets everyone" (public domain).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from booster.craft.mixing.ground import Flags, Ground, Hour, Ints, pairs_of
from booster.craft.mixing.parts import Components, components, parts

KNOWN_LIMITS = {(4, 3): 4, (5, 4): 5, (6, 6): 3}  # groups, people in each: most sessions without a repeat
LEAST_SESSIONS = {
    (24, 4): 8, (25, 5): 6, (28, 4): 9, (30, 5): 8, (30, 6): 7, (36, 6): 8, (40, 4): 13, (40, 5): 10,
}  # fmt: skip

Sizes = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """No plan with these sizes joins more than `pairs` pairs; `by` names the argument, as in `Proof`."""

    pairs: int
    by: Literal["pairs", "places", "pigeonhole", "tables"]


def ceiling(ground: Ground, sizes: Sizes) -> Ceiling:
    """The least of all bounds on distinct pairs, history counted. Cost: sessions squared times people.

    Parts of the cohort that can never meet are bounded one by one; `by` is then that of the part with the most pairs.
    """
    shares = parts(ground)
    found = [_ceiling(part.ground, part.of_groups(sizes)) for part in shares]
    inside = sum(int((np.triu(part.ground.history, 1) > 0).sum()) for part in shares)
    strangers = int((np.triu(ground.history, 1) > 0).sum()) - inside  # pairs of two parts that met before
    return Ceiling(sum(one.pairs for one in found) + strangers, max(found, key=lambda one: one.pairs).by)


def _ceiling(ground: Ground, sizes: Sizes) -> Ceiling:
    known = int((np.triu(ground.history, 1) > 0).sum())
    places = known + sum(size * (size - 1) // 2 for groups in sizes for size in groups)
    forced = _forced_repeats(ground)
    crowded = _repeats_by_pigeonhole(ground, sizes)
    listed = _repeats_by_tables(ground, sizes)
    found = [
        Ceiling(_possible_pairs(ground), "pairs"),
        Ceiling(places - forced, "places"),
        Ceiling(places - crowded, "pigeonhole"),
        Ceiling(places - listed, "tables"),
    ]
    return min(found, key=lambda one: one.pairs)


def _possible_pairs(ground: Ground) -> int:
    """Pairs that have met, or may share a group in some session."""
    possible: Flags = ground.history > 0
    for hour in ground.hours:
        seats = hour.open.astype(np.float64)
        possible = possible | (((seats @ seats.T) > 0) & ~hour.apart)
    return int(np.triu(possible, 1).sum())


def _forced_repeats(ground: Ground) -> int:
    """Meetings of those who must stay together, beyond their first."""
    times: dict[tuple[int, int], int] = {}
    for hour in ground.hours:
        for chain in hour.chains:
            for pair in pairs_of(chain):
                times[pair] = times.get(pair, 0) + 1
    return sum(count - (1 if ground.history[pair] == 0 else 0) for pair, count in times.items())


def _repeats_by_pigeonhole(ground: Ground, sizes: Sizes) -> int:
    halls = [components(hour) for hour in ground.hours]
    total = 0
    for one, two in combinations(range(len(sizes)), 2):
        spread = _spread(halls[one], halls[two])
        if np.array_equal(ground.hours[one].present, ground.hours[two].present):
            rows = sum(_level(size, len(sizes[two])) for size in sizes[one])
            columns = sum(_level(size, len(sizes[one])) for size in sizes[two])
            spread = max(spread, rows, columns)
        total += spread
    return _from_coincidences(total, len(sizes))


def _from_coincidences(total: int, sessions: int) -> int:
    """A pair that meets m times is m(m-1)/2 coincidences and m-1 repeats; m is at most the number of sessions."""
    return -(-2 * total // sessions)


def _spread(first: Components, second: Components) -> int:
    """Pairs that must share a group in both of two sessions, at least: more people than cells they can spread over."""
    cells: dict[tuple[int, int], int] = {}
    for mine, theirs in zip(first.of_person, second.of_person, strict=True):
        if mine >= 0 and theirs >= 0:
            cells[mine, theirs] = cells.get((mine, theirs), 0) + 1
    return sum(_level(people, first.groups[a] * second.groups[b]) for (a, b), people in cells.items())


def _level(people: int, cells: int) -> int:
    """The fewest pairs that share a cell when people are spread over cells."""
    each, more = divmod(people, cells)
    return (cells - more) * each * (each - 1) // 2 + more * (each + 1) * each // 2


def _repeats_by_tables(ground: Ground, sizes: Sizes) -> int:
    shapes = {tuple(groups) for groups in sizes}
    if len(shapes) != 1 or () in shapes or any(not hour.present.all() for hour in ground.hours):
        return 0
    (shape,) = shapes
    most = KNOWN_LIMITS.get((len(shape), shape[0]))
    count = len(sizes)
    if most is None or len(set(shape)) != 1 or count <= most:
        return 0
    # every choice of most + 1 sessions holds a coincidence; each is counted in as many choices as hold its sessions
    return _from_coincidences(-(-count * (count - 1) // (most * (most + 1))), count)


def least_sessions(people: int, size: int) -> int | None:
    """The fewest sessions in which everyone can meet everyone in groups of at most `size`; a lower bound.

    None when groups of that size can never join anybody.
    """
    if size < 2:
        return None
    return max(-(-(people - 1) // (size - 1)), LEAST_SESSIONS.get((people, size), 0))


def least_same(ground: Ground, codes: Ints, sizes: Sizes) -> int:
    """The fewest meetings of people with the same value, pairs not looked at: each value spread evenly."""
    total = 0
    for hour, groups in zip(ground.hours, sizes, strict=True):
        held = codes[hour.present & (codes >= 0)]
        total += sum(_filled(int(holders), groups) for holders in np.bincount(held)) if held.size else 0
    return total


def _filled(holders: int, groups: Sequence[int]) -> int:
    """Holders of one value seated level by level: the next in a group meets all who are there already."""
    pairs = level = 0
    while seats := min(holders, sum(size > level for size in groups)):
        pairs += seats * level
        holders -= seats
        level += 1
    return pairs


def least_cost(ground: Ground, sizes: Sizes) -> int:
    """No plan with these sizes costs less, in thousandths: every attribute and every affinity at its own best."""
    alike = sum(rate * least_same(ground, ground.codes[name], sizes) for name, rate in ground.rates.items())
    return alike - sum(_most_liking(ground, hour, groups) for hour, groups in zip(ground.hours, sizes, strict=True))


def _most_liking(ground: Ground, hour: Hour, groups: Sequence[int]) -> int:
    """At best everyone sits with those they like most; halved, because both sides count a meeting."""
    if not ground.liking.any():
        return 0
    present = np.flatnonzero(hour.present)
    filled = [size for size in groups if size]
    sure, most = min(filled, default=1) - 1, max(filled, default=1) - 1
    total = sum(_best(sorted((int(x) for x in line), reverse=True), sure, most) for line in _others(ground, present))
    return total // 2


def _others(ground: Ground, present: Ints) -> Iterator[Ints]:
    for row in present:
        yield ground.liking[row, present[present != row]]


def _best(liked: Sequence[int], sure: int, most: int) -> int:
    return sum(liked[:sure]) + sum(one for one in liked[sure:most] if one > 0)
