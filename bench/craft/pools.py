"""Generated instances of people: numpy's PCG64 from a seed, in a fixed order of draws; their sums are asserted."""

from decimal import Decimal
from typing import Any

import numpy as np

from booster.craft.balance import Candidate, Limit, Problem

SUMS = {
    200: (13889, 13627, 13934),
    400: (27979, 28080, 28116),
    1000: (69444, 70271, 69779),
    10_000: (695282, 693945, 697948),
}
COHORT_SUMS = {27: 410, 30: 459, 33: 546, 36: 621, 38: 666, 40: 703}
MEETING_SUMS = {40: 14566, 150: 174690, 500: 1848586}
MATURITY = ((3, 10), (10, 18), (10, 18), (3, 10))


def ranks(number: int, power: float) -> np.ndarray:
    weights = np.arange(1, number + 1, dtype=float) ** -power
    return weights / weights.sum()


def pool(size: int, seed: int, seats: int, *, tight: bool) -> Problem:
    """Applicants of an academy, with limits as it sets them."""
    draw = np.random.default_rng(seed)
    country = draw.choice(27, size, p=ranks(27, 0.8))
    ecosystem = draw.choice(14, size, p=ranks(14, 0.6))
    maturity = draw.choice(4, size, p=[0.15, 0.35, 0.35, 0.15])
    role = draw.choice(5, size, p=[0.4, 0.25, 0.15, 0.12, 0.08])
    gender = draw.choice(3, size, p=[0.42, 0.56, 0.02])
    raw = np.round(draw.normal(70, 10, size) + 2 * (maturity - 1.5) - 2 * (country > 15))
    score = np.clip(raw, 0, 100).astype(int)
    unit = draw.integers(0, max(1, int(0.75 * size)), size)
    assert seed > 3 or size not in SUMS or score.sum() == SUMS[size][seed - 1], "another generator"
    columns = {"country": country, "ecosystem": ecosystem, "maturity": maturity, "role": role, "gender": gender}
    candidates = [
        Candidate(
            f"p{place:05d}",
            int(score[place]),
            {name: str(values[place]) for name, values in columns.items()},
            f"o{unit[place]}",
        )
        for place in range(size)
    ]
    return Problem(candidates, seats, limits(seats, tight=tight), seed=seed)


def limits(seats: int, *, tight: bool) -> list[Limit]:
    found = [Limit("country", str(value), 0, 2 if tight else 3) for value in range(27)]
    found += [Limit("ecosystem", str(value), 1, 4 if tight else 5) for value in range(14)]
    found += [
        Limit("maturity", str(value), low * seats // 40, high * seats // 40)
        for value, (low, high) in enumerate(MATURITY)
    ]
    found += [Limit("role", str(value), 2 * seats // 40, (14 if value else 18) * seats // 40) for value in range(5)]
    return found + [Limit("gender", str(value), 16 * seats // 40) for value in range(2)]


def halves(size: int, seats: int) -> Problem:
    """Two features of two values, three kinds of people, shares as in the pool: everybody's fair chance is the same."""
    kinds = [("0", "0")] * (size // 2) + [("0", "1")] * (size // 4) + [("1", "1")] * (size // 4)
    people = [Candidate(f"p{place:05d}", 1, {"a": a, "b": b}) for place, (a, b) in enumerate(kinds)]
    shares = {("a", "0"): 3 * seats // 4, ("a", "1"): seats // 4, ("b", "0"): seats // 2, ("b", "1"): seats // 2}
    return Problem(people, seats, [Limit(name, value, got, got) for (name, value), got in shares.items()])


def cohort(size: int, seed: int) -> dict[str, list[int]]:
    """People of a cohort by country, ecosystem, maturity and gender, none too often."""
    draw = np.random.default_rng(seed)
    country = _spread(draw, draw.choice(27, size, p=ranks(27, 0.8)), 27, 3)
    ecosystem = _spread(draw, draw.choice(14, size, p=ranks(14, 0.6)), 14, 5)
    counts = [int(0.15 * size), int(0.35 * size), int(0.35 * size)]
    maturity = np.repeat([0, 1, 2, 3], [*counts, size - sum(counts)])
    draw.shuffle(maturity)
    gender = np.repeat([0, 1], [size // 2, size - size // 2])
    draw.shuffle(gender)
    found = {"country": country, "ecosystem": ecosystem, "maturity": maturity, "gender": gender}
    total = sum(int(values.sum()) for values in found.values())
    assert seed != 7 or size not in COHORT_SUMS or total == COHORT_SUMS[size], f"another generator: {total}"
    return {name: values.tolist() for name, values in found.items()}


def _spread(draw: np.random.Generator, values: np.ndarray, number: int, most: int) -> np.ndarray:
    while True:
        counts = np.bincount(values, minlength=number)
        crowded = np.flatnonzero(counts > most)
        if not len(crowded):
            return values
        holder = draw.choice(np.flatnonzero(values == crowded[0]))
        values[holder] = draw.integers(number)


def meetings(size: int, seed: int) -> tuple[list[list[int]], list[dict[str, Any]]]:
    """Affinity of every pair, and the needs, offers and organisation that it was counted from."""
    draw = np.random.default_rng(seed)
    share = ranks(40, 0.7)
    needs, offers = np.zeros((size, 40), dtype=np.int64), np.zeros((size, 40), dtype=np.int64)
    for person in range(size):
        for table in (needs, offers):
            weights = draw.integers(1, 4, 4)
            table[person, draw.choice(40, 4, replace=False, p=share)] = weights
    given = needs @ offers.T
    both = given + given.T + 2 * np.minimum(given, given.T) + draw.integers(0, 2, (size, size))
    upper = np.triu(both, 1)
    worth = upper + upper.T
    unit = draw.integers(0, int(0.9 * size), size)
    worth[unit[:, None] == unit[None, :]] = 0
    assert seed != 1 or size not in MEETING_SUMS or worth.sum() == MEETING_SUMS[size], (
        f"another generator: {worth.sum()}"
    )
    people = [
        {
            "needs": {f"t{tag}": int(row[tag]) for tag in np.flatnonzero(row)},
            "offers": {f"t{tag}": int(mine[tag]) for tag in np.flatnonzero(mine)},
            "organisation": f"o{unit[person]}",
        }
        for person, (row, mine) in enumerate(zip(needs, offers, strict=True))
    ]
    return worth.tolist(), people


def edges(*scores: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(score) for score in scores)
