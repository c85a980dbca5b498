"""Plans computed once and stored: a few sessions which, turned step by step, give all the others without a repeat.

Points are numbered through cycles of the given lengths. A turn moves each point one further in its cycle; session t is
a stored session turned t times. They were found by annealing over the stored sessions alone, counting how often the
turns of a pair come round; the test counts every pair of every plan again.
"""

from dataclasses import dataclass

from booster.craft.mixing.fields import Schedule


@dataclass(frozen=True, slots=True)
class Starter:
    """`blocks`: per stored session its groups, points in one line; the longest cycle says how many turns."""

    groups: int
    size: int
    cycles: tuple[int, ...]
    blocks: tuple[str, ...]

    @property
    def sessions(self) -> int:
        return max(self.cycles) * len(self.blocks)


STARTERS = (
    Starter(
        5,
        3,
        (7, 7, 1),
        ("0 4 6 8 14 1 12 13 2 11 3 9 10 5 7",),
    ),
    Starter(
        8,
        3,
        (11, 11, 1, 1),
        ("10 12 3 4 9 6 23 17 1 5 11 15 20 2 21 19 7 8 0 14 22 16 18 13",),
    ),
    Starter(
        10,
        3,
        (14, 14, 1, 1),
        ("24 10 28 25 2 15 26 6 5 0 16 18 21 22 11 14 23 17 13 1 9 3 20 12 29 8 27 7 19 4",),
    ),
    Starter(
        12,
        3,
        (17, 17, 1, 1),
        ("1 9 17 24 18 4 32 23 27 21 8 14 20 30 15 6 3 2 10 31 33 5 12 7 26 35 16 19 34 0 22 13 25 11 28 29",),
    ),
    Starter(
        6,
        4,
        (7, 7, 7, 1, 1, 1),
        ("6 9 21 20 5 17 22 12 8 7 10 2 1 3 16 0 18 14 19 11 4 13 15 23",),
    ),
    Starter(
        9,
        4,
        (11, 11, 11, 1, 1, 1),
        ("30 6 34 17 19 3 9 10 5 23 27 8 1 20 33 32 18 16 22 12 15 0 14 2 7 13 24 35 25 31 4 11 28 21 26 29",),
    ),
    Starter(
        6,
        5,
        (6,) * 5,
        ("24 7 14 26 6 5 19 11 9 4 29 0 12 8 23 10 22 13 15 21 2 18 20 27 28 17 16 1 25 3",),
    ),
    Starter(
        12,
        4,
        (12, 12, 12, 12),
        (
            "35 17 21 43 4 29 42 22 12 25 24 28 47 18 26 10 23 36 8 44 16 0 14 9 6 39 27 37 33 1 31 2 "
            "15 46 32 5 20 30 19 7 11 38 45 3 34 41 40 13",
        ),
    ),
    Starter(
        10,
        5,
        (9, 9, 9, 9, 9, 3, 1, 1),
        (
            "13 22 6 21 8 41 20 44 3 24 18 33 48 7 17 0 4 47 43 27 2 39 10 49 30 45 26 19 42 29 28 36 "
            "40 9 15 37 31 35 32 1 5 11 16 34 23 38 14 46 25 12",
        ),
    ),
)


def turned(starter: Starter) -> Schedule:
    """All sessions of a starter."""
    following: list[int] = []
    for length in starter.cycles:
        first = len(following)
        following += [first + (place + 1) % length for place in range(length)]
    plan = []
    for block in starter.blocks:
        points = [int(point) for point in block.split()]
        for _ in range(max(starter.cycles)):
            groups = range(0, len(points), starter.size)
            plan.append(tuple(tuple(points[first : first + starter.size]) for first in groups))
            points = [following[point] for point in points]
    return tuple(plan)
