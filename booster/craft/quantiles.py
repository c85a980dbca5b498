"""Two quantiles that the standard library lacks, exact for whole degrees of freedom and small groups. Pure."""

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt


def t_cdf(value: float, freedom: int) -> float:
    """Chance that Student's t with `freedom` (1 or more) is at most `value`: the finite series 26.7.3 and 26.7.4 of
    Abramowitz and Stegun. Cost: `freedom` steps.
    """
    angle = atan(value / sqrt(freedom))
    square = cos(angle) ** 2
    if freedom % 2:
        return 0.5 + (angle + sin(angle) * cos(angle) * _series(square, 2, freedom - 1)) / pi
    return 0.5 + sin(angle) * _series(square, 1, freedom - 1) / 2


def _series(square: float, start: int, end: int) -> float:
    """1 + start/(start+1) square + …, factors up to (end-1)/end; 0 where there is no term."""
    if end < start:
        return 0.0
    term = total = 1.0
    for number in range(start, end - 1, 2):
        term *= number / (number + 1) * square
        total += term
    return total


def t_quantile(chance: float, freedom: int) -> float:
    """The value that Student's t stays below with `chance` (0.5 to below 1); bisection to the last digits."""
    low, high = 0.0, 1.0
    while t_cdf(high, freedom) < chance:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, freedom) < chance else (low, middle)
    return (low + high) / 2


@lru_cache(maxsize=256)
def signed_rank_cut(people: int, level: float) -> tuple[int, float]:
    """Which Walsh average from either end bounds the interval (1: the outermost), and the confidence it holds.

    The distribution of the signed-rank statistic by counting subsets of 1..people with each sum, exact in whole
    numbers. With few people even the outermost may not hold `level`. Cost: people cubed.
    """
    most = people * (people + 1) // 2
    ways = [1] + [0] * most
    for rank in range(1, people + 1):
        for total in range(most, rank - 1, -1):
            ways[total] += ways[total - rank]
    whole, tail, cut, outside = 1 << people, 0, 0, 1
    for total in range(most // 2 + 1):
        tail += ways[total]
        if cut and 2 * tail / whole > 1 - level:
            break
        cut, outside = total + 1, tail
    return cut, 1 - 2 * outside / whole
