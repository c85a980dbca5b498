"""A made-up cohort from a seed, and the slow referee of groups: every plan tried."""

from itertools import combinations

import numpy as np

from booster.craft.mixing import Person, Problem, even_sessions

WEIGHTS = {"country": 0.5, "ecosystem": 0.5, "maturity": 0.15, "gender": 0.05}


def columns(people, seed):
    """Country (at most 3 of each), ecosystem (at most 5), maturity, gender of each person, as numbers."""
    dice = np.random.default_rng(seed)

    def spread(values, power, most):
        chance = np.arange(1, values + 1) ** -power
        held = dice.choice(values, people, p=chance / chance.sum())
        while (over := np.flatnonzero(np.bincount(held, minlength=values) > most)).size:
            holder = dice.choice(np.flatnonzero(held == over[0]))
            held[holder] = dice.integers(values)
        return held

    def shares(counts):
        held = np.repeat(np.arange(len(counts)), counts)
        dice.shuffle(held)
        return held

    country, ecosystem = spread(27, 0.8, 3), spread(14, 0.6, 5)
    few, many = int(0.15 * people), int(0.35 * people)
    maturity = shares([few, many, many, people - few - 2 * many])
    return country, ecosystem, maturity, shares([people // 2, people - people // 2])


def cohort(people, seed=7):
    held = dict(zip(WEIGHTS, columns(people, seed), strict=True))
    return [Person(f"p{row:02}", {name: str(held[name][row]) for name in WEIGHTS}) for row in range(people)]


def academy(people, groups, sessions, weights=WEIGHTS, **rest):
    return Problem(cohort(people), even_sessions(sessions, groups, people), weights=weights, **rest)


def splits(people, sizes):
    """Every way to split people into groups of these sizes."""
    if not sizes:
        yield ()
        return
    for group in combinations(people, sizes[0]):
        for rest in splits([one for one in people if one not in group], sizes[1:]):
            yield (group, *rest)
