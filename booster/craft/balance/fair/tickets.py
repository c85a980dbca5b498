"""Whole numbers of tickets for groups of kinds, and groups of people from groups of kinds. Whole numbers only."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from math import gcd, lcm

from booster.craft.balance.fair.faces import Counts, Face, Kind

MANY = 100_000_000
SMALL = 1_000_000
Tickets = list[tuple[Counts, int]]


def ticketed(face: Face, groups: Sequence[Counts], weights: Sequence[float], wanted: Sequence[Fraction]) -> Tickets:
    """Tickets per group: as few as are exact for the chances wanted, up to a million; else 100 million, rounded."""
    used = [(group, float(weight)) for group, weight in zip(groups, weights, strict=True) if weight > 1e-12]
    used.sort(key=lambda one: (-one[1], one[0]))
    for number in _numbers(wanted, [weight for _, weight in used]):
        tickets = [(group, round(weight * number)) for group, weight in used]
        if sum(one for _, one in tickets) == number and _exact(face, tickets, wanted):
            return _divisible(face, [(group, one) for group, one in tickets if one])
    return _rounded(used)


def _numbers(wanted: Sequence[Fraction], weights: Sequence[float]) -> list[int]:
    """Numbers of tickets that could be exact, smallest first."""
    found = set()
    for fractions in (wanted, [Fraction(weight).limit_denominator(SMALL) for weight in weights]):
        common = 1
        for one in fractions:
            common = lcm(common, one.denominator)
            if common > SMALL:
                break
        found |= {common * times for times in range(1, 13) if common * times <= SMALL}
    return sorted(found)


def _exact(face: Face, tickets: Tickets, wanted: Sequence[Fraction]) -> bool:
    whole = sum(one for _, one in tickets)
    return all(
        sum(group[place] * one for group, one in tickets) == wanted[place] * whole * kind.size
        for place, kind in enumerate(face.kinds)
    )


def _divisible(face: Face, tickets: Tickets) -> Tickets:
    """As many times the tickets as it takes to share them evenly within each kind, and no more."""
    times = 1
    for place, kind in enumerate(face.kinds):
        held = sum(group[place] * one for group, one in tickets)
        times = lcm(times, kind.size // gcd(held, kind.size))
    whole = sum(one for _, one in tickets)
    if times * whole > MANY:
        return [(group, one * (MANY // whole)) for group, one in tickets]
    tickets = [(group, one * times) for group, one in tickets]
    common = gcd(*(one for _, one in tickets), *_shares(face, tickets))
    return [(group, one // common) for group, one in tickets]


def _shares(face: Face, tickets: Tickets) -> list[int]:
    return [sum(group[place] * one for group, one in tickets) // kind.size for place, kind in enumerate(face.kinds)]


def _rounded(used: Sequence[tuple[Counts, float]]) -> Tickets:
    """Largest remainders; the heavier group first among equals."""
    exact = [Fraction(weight) for _, weight in used]
    scale = MANY / sum(exact)
    parts = [one * scale for one in exact]
    floors = [int(one) for one in parts]
    order = sorted(range(len(used)), key=lambda place: (floors[place] - parts[place], place))
    for place in order[: MANY - sum(floors)]:
        floors[place] += 1
    return [(group, one) for (group, _), one in zip(used, floors, strict=True) if one]


def people(face: Face, tickets: Tickets) -> dict[tuple[str, ...], int]:
    """Groups of people with their tickets: within a kind all get the same number, or one apart where it must be."""
    plans = [_shared(kind, [(group[place], one) for group, one in tickets]) for place, kind in enumerate(face.kinds)]
    found: Counter[tuple[str, ...]] = Counter()
    for place, (_, number) in enumerate(tickets):
        turns = [plan[place] for plan in plans]
        marks = sorted({0, number, *(mark for turn in turns for mark in turn.marks)})
        for start, end in pairwise(marks):
            ids = [name for turn in turns for name in turn.at(start)]
            found[tuple(sorted(ids))] += end - start
    return dict(sorted(found.items()))


class Turn:
    """Who of a kind is in while one group's tickets run from 0 to `number`: seats filled one after the other."""

    def __init__(self, shares: Sequence[tuple[str, int]], number: int, seats: int) -> None:
        kept = [(name, share) for name, share in shares if share]
        self._names = [name for name, _ in kept]
        self._ends = list(accumulate(share for _, share in kept))
        self._number, self._seats = number, seats
        self.marks = {end % number for end in self._ends}

    def at(self, ticket: int) -> list[str]:
        places = (seat * self._number + ticket for seat in range(self._seats))
        return [self._names[bisect_right(self._ends, place)] for place in places]


def _shared(kind: Kind, groups: Sequence[tuple[int, int]]) -> list[Turn]:
    """Per group (seats for the kind, tickets) the people's shares, so that in the end all have the same."""
    held = sum(seats * number for seats, number in groups)
    each, more = divmod(held, kind.size)
    left = [each + (place < more) for place in range(kind.size)]
    turns = []
    for place, (seats, number) in enumerate(groups):
        shares = _whole_turns(left, seats, number)
        rest = [have - share for have, share in zip(left, shares, strict=True)]
        if not _possible(rest, groups[place + 1 :]):
            shares = _even_turns(left, seats, number)
            rest = [have - share for have, share in zip(left, shares, strict=True)]
        left = rest
        turns.append(Turn(list(zip(kind.ids, shares, strict=True)), number, seats))
    return turns


def _whole_turns(left: Sequence[int], seats: int, number: int) -> list[int]:
    """Those with the most left, for all of the tickets."""
    first = set(sorted(range(len(left)), key=lambda place: (-left[place], place))[:seats])
    return [number if place in first else 0 for place in range(len(left))]


def _even_turns(left: Sequence[int], seats: int, number: int) -> list[int]:
    """Shares up to `number` that leave as even a rest as possible."""
    low, high = -1, max(left)
    while high - low > 1:  # the lowest rest at which the shares are no more than the seats hold
        middle = (low + high) // 2
        if sum(_taken(have, middle, number) for have in left) > seats * number:
            low = middle
        else:
            high = middle
    shares = [_taken(have, high, number) for have in left]
    missing = seats * number - sum(shares)
    for place, have in enumerate(left):
        if missing and shares[place] < min(number, have) and have - shares[place] == high:
            shares[place] += 1
            missing -= 1
    return shares


def _taken(have: int, rest: int, number: int) -> int:
    return max(0, min(have - rest, number))


def _possible(left: Sequence[int], groups: Sequence[tuple[int, int]]) -> bool:
    """Whether the groups that follow can give everyone exactly what is left (the condition of Gale and Ryser)."""
    if min(left) < 0:
        return False
    sums = accumulate(sorted(left, reverse=True))
    steps = _steps(groups, len(left))
    return all(have <= most for have, most in zip(sums, accumulate(steps), strict=True))


def _steps(groups: Sequence[tuple[int, int]], size: int) -> list[int]:
    """By how much the first q people's room grows with the q-th: the tickets of the groups with at least q seats."""
    by_seats = [0] * (size + 1)
    for seats, number in groups:
        by_seats[seats] += number
    return list(accumulate(reversed(by_seats[1:])))[::-1]
