"""The slow but certain way to the fairest chances: every group tried, leximin in exact fractions."""

from fractions import Fraction
from itertools import combinations

from booster.craft.tests.referee import keeps


def groups_of(problem, terms):
    """Every group that may be drawn under these terms."""
    lowest = terms.lowest
    taking = [
        one.id for one in problem.candidates if lowest is None or one.score >= lowest or one.id in problem.forced_in
    ]
    groups = [ids for ids in combinations(sorted(taking), problem.seats) if keeps(problem, ids)]
    if terms.policy != "merit" or not groups:
        return groups
    best = max(band_seats(problem, terms, ids) for ids in groups)
    return [ids for ids in groups if band_seats(problem, terms, ids) == best]


def band_seats(problem, terms, ids):
    scores = [one.score for one in problem.candidates if one.id in ids]
    tops = [float("inf"), *terms.bands[:-1]]
    return tuple(sum(low <= score < top for score in scores) for low, top in zip(terms.bands, tops, strict=True))


def fairest_chances(groups, ids):
    """Leximin over lotteries among these groups, by exact linear programs. Chances of all ids."""
    fixed = {}
    while len(fixed) < len(ids):
        free = [name for name in ids if name not in fixed]
        level = best_level(groups, fixed, free)
        stuck = [name for name in free if top_chance(groups, fixed, free, level, name) == level]
        fixed |= dict.fromkeys(stuck, level)
    return fixed


def best_level(groups, fixed, free):
    rows = [[Fraction(name in one) for one in groups] + [Fraction(-1)] for name in free]
    rows += [[Fraction(name in one) for one in groups] + [Fraction(0)] for name in fixed]
    limits = [Fraction(0)] * len(free) + list(fixed.values())
    return highest(rows, limits, [Fraction(0)] * len(groups) + [Fraction(1)], len(groups))


def top_chance(groups, fixed, free, level, name):
    floors = fixed | dict.fromkeys(free, level)
    rows = [[Fraction(one in group) for group in groups] for one in floors]
    return highest(rows, list(floors.values()), [Fraction(name in group) for group in groups], len(groups))


def highest(rows, limits, gain, whole):
    """Maximise gain x, x >= 0, rows x >= limits, the first `whole` of x add up to 1. Exact simplex, Bland's rule.

    Phase one by artificial columns; exact, so it needs no tolerance.
    """
    number = len(gain)
    table = [[*row] for row in rows] + [[Fraction(place < whole) for place in range(number)]]
    right = [*limits, Fraction(1)]
    surplus = len(rows)
    for place, row in enumerate(table):
        row += [Fraction(-(place == other)) for other in range(surplus)]
        row += [Fraction(place == other) for other in range(len(table))]
        row.append(right[place])
    basis = [number + surplus + place for place in range(len(table))]
    width = number + surplus
    pivoted(table, basis, [Fraction(0)] * width + [Fraction(-1)] * len(table), width + len(table))
    assert not any(row[-1] for row, column in zip(table, basis, strict=True) if column >= width)
    for place, column in enumerate(basis):  # an artificial column at nought gives way to any other
        if column >= width and (others := [one for one in range(width) if table[place][one]]):
            exchange(table, basis, place, others[0])
    pivoted(table, basis, [*gain, *[Fraction(0)] * (surplus + len(table))], width)
    return sum(gain[column] * row[-1] for row, column in zip(table, basis, strict=True) if column < number)


def pivoted(table, basis, gain, width):
    while True:
        worth = [
            gain[one] - sum(gain[base] * row[one] for row, base in zip(table, basis, strict=True) if row[one])
            for one in range(width)
        ]
        enter = next((one for one in range(width) if worth[one] > 0), None)
        if enter is None:
            return
        ratios = [(row[-1] / row[enter], basis[place], place) for place, row in enumerate(table) if row[enter] > 0]
        exchange(table, basis, min(ratios)[2], enter)


def exchange(table, basis, place, enter):
    pivot = table[place][enter]
    table[place] = [one / pivot for one in table[place]]
    for other, row in enumerate(table):
        if other != place and row[enter]:
            factor = row[enter]
            table[other] = [one - factor * mine for one, mine in zip(row, table[place], strict=True)]
    basis[place] = enter
