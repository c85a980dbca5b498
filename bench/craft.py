"""Times of the pure algorithms on generated pools: python bench/craft.py [--quick]. Checks what it times.

The pools are drawn by numpy's PCG64 from a seed; sums of scores and best totals are known, and asserted. Wall seconds
say what a person waits for, CPU seconds what the machine worked.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from booster.craft.assignment import Sharing, assign
from booster.craft.balance import Candidate, Infeasible, Limit, Problem, choose, relaxed, tally
from booster.craft.travel import Spot, travel

SUMS = {
    200: (13889, 13627, 13934),
    1000: (69444, 70271, 69779),
    10_000: (695282, 693945, 697948),
}
BEST = {
    (200, False): (3239, 3196, 3274),
    (200, True): (3140, 3138, 3197),
    (1000, False): (3626, 3593, 3570),
    (1000, True): (3586, 3555, 3529),
    (5000, False): (3868, 3864, 3836),
    (5000, True): (3826, 3819, 3809),
    (10_000, False): (3897, 3901, 3917),
    (10_000, True): (3860, 3862, 3887),
}
MATURITY = ((3, 10), (10, 18), (10, 18), (3, 10))


def pool(size: int, seed: int, seats: int, *, tight: bool) -> tuple[Problem, int]:
    """A pool of candidates with limits as an academy sets them, and the sum of all scores."""
    draw = np.random.default_rng(seed)

    def ranks(number: int, power: float) -> np.ndarray:
        weights = np.arange(1, number + 1, dtype=float) ** -power
        return weights / weights.sum()

    country = draw.choice(27, size, p=ranks(27, 0.8))
    ecosystem = draw.choice(14, size, p=ranks(14, 0.6))
    maturity = draw.choice(4, size, p=[0.15, 0.35, 0.35, 0.15])
    role = draw.choice(5, size, p=[0.4, 0.25, 0.15, 0.12, 0.08])
    gender = draw.choice(3, size, p=[0.42, 0.56, 0.02])
    raw = np.round(draw.normal(70, 10, size) + 2 * (maturity - 1.5) - 2 * (country > 15))
    score = np.clip(raw, 0, 100).astype(int)
    unit = draw.integers(0, max(1, int(0.75 * size)), size)
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
    return Problem(candidates, seats, limits(seats, tight=tight), seed=seed), int(score.sum())


def limits(seats: int, *, tight: bool) -> list[Limit]:
    found = [Limit("country", str(value), 0, 2 if tight else 3) for value in range(27)]
    found += [Limit("ecosystem", str(value), 1, 4 if tight else 5) for value in range(14)]
    found += [
        Limit("maturity", str(value), low * seats // 40, high * seats // 40)
        for value, (low, high) in enumerate(MATURITY)
    ]
    found += [Limit("role", str(value), 2 * seats // 40, (14 if value else 18) * seats // 40) for value in range(5)]
    return found + [Limit("gender", str(value), 16 * seats // 40) for value in range(2)]


def timed(name: str, work: Callable[[], Any]) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    print(f"{name:<44} {time.perf_counter() - wall:7.2f} s wall {time.process_time() - cpu:7.2f} s cpu", end="  ")
    return answer


def selections(sizes: list[int]) -> None:
    for size in sizes:
        for seed in (1, 2, 3):
            for tight in (False, True):
                problem, total = pool(size, seed, 40, tight=tight)
                assert size not in SUMS or total == SUMS[size][seed - 1], "another generator"
                choice = timed(f"40 of {size}, seed {seed}{', tight' * tight}", lambda p=problem: choose(p))
                assert choice.proof.state == "optimal"
                assert choice.proof.unique
                assert choice.total == BEST[size, tight][seed - 1], "not the known optimum"
                fills = {seat for reserve in choice.reserve for seat in reserve.seats}
                print(f"total {choice.total.normalize():f}, {len(fills)} of 40 replaceable by one")


def one_edition() -> None:
    problem, _ = pool(186, 1, 27, tight=False)
    problem = replace(problem, limits=[one for one in problem.limits if one.attribute != "role"])
    choice = timed("27 of 186", lambda: choose(problem))
    print(f"total {choice.total.normalize():f}")
    counted = timed("live count, 27 of 186", lambda: tally(problem.candidates, choice.chosen, problem.limits))
    print("holds" if counted.holds else "breaks")
    tight, _ = pool(2000, 1, 40, tight=True)
    print(f"total {timed('40 of 2000, tight', lambda: choose(tight)).total.normalize():f}")


def clashes(size: int) -> None:
    problem, _ = pool(size, 1, 40, tight=False)
    extra = [Limit("country", "26", 15, 15), Limit("ecosystem", "13", 14, 14)]
    impossible = replace(problem, limits=[*problem.limits, *extra])

    def clash() -> Infeasible | None:
        try:
            choose(impossible)
        except Infeasible as found:
            return found
        return None

    found = timed(f"clash in {size} explained", clash)
    assert found is not None
    choose(relaxed(impossible, found.clash.relaxations))
    print(f"{len(found.clash.relaxations)} moves, {len(found.clash.alternatives)} alternatives")


def sharing(files: int, evaluators: int) -> None:
    chance = random.Random(1)
    names = [f"e{place}" for place in range(evaluators)]
    pairs = [(f"f{file}", name) for file in range(files) for name in names]
    question = Sharing(
        files=[f"f{file}" for file in range(files)],
        evaluators=dict.fromkeys(names, 2 * files // evaluators + 5),
        forbidden=[pair for pair in pairs if chance.random() < 0.08],
        affinity={pair: chance.randrange(4) for pair in pairs},
    )
    print(timed(f"{files} files to {evaluators} evaluators, 2 each", lambda: assign(question)).sentence)


def journeys(people: int, places: int) -> None:
    chance = random.Random(1)

    def spots(number: int, name: str) -> list[Spot]:
        return [Spot(f"{name}{n}", chance.uniform(35, 60), chance.uniform(-9, 30)) for n in range(number)]

    homes, targets = spots(people, "p"), spots(places, "q")
    print(f"{len(timed(f'{people} people to {places} places', lambda: travel(homes, targets)))} answers")


def main() -> None:
    quick = "--quick" in sys.argv[1:]
    wall = time.perf_counter()
    choose(Problem([Candidate("a", 1)], 1))
    print(f"first choice, with scipy's import: {time.perf_counter() - wall:.2f} s")
    one_edition()
    selections([200, 1000] if quick else [200, 1000, 5000, 10_000])
    clashes(1000 if quick else 10_000)
    sharing(186, 8)
    journeys(40, 9)
    journeys(1000, 1000)


if __name__ == "__main__":
    main()
