"""Choosing: merit optimum, fair lotteries, bands, clashes, replacements, the same bytes again."""

import hashlib
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.craft import pools
from bench.craft.case import Case, Found
from bench.peers.asking import ask
from booster.craft import balance
from booster.craft.assignment import Sharing, assign
from booster.craft.balance import Limit, Problem, choose
from booster.craft.balance.problem import read
from booster.craft.balance.reasons import reserve_list
from booster.craft.balance.standing import stand

BEST = {
    (200, False): (3239, 3196, 3274),
    (200, True): (3140, 3138, 3197),
    (1000, False): (3626, 3593, 3570),
    (1000, True): (3586, 3555, 3529),
    (5000, False): (3868, 3864, 3836),
    (5000, True): (3826, 3819, 3809),
    (10_000, False): (3897, 3901, 3917),
    (10_000, True): (3860, 3862, 3887),
    (30_000, False): (3979, 3993, 3975),
    (30_000, True): (3957, 3979, 3953),
}
SECONDS = {1000: 0.3, 10_000: 1.5, 30_000: 3.0}
DIRECT = {
    200: "HiGHS direct 0.04 s, CP-SAT 0.04-1.4 s",
    1000: "HiGHS direct 0.1-0.2 s, CP-SAT 0.2-0.5 s",
    5000: "HiGHS direct 0.5-1.1 s, CP-SAT 3-6 s",
    10_000: "HiGHS direct 2-3 s, CP-SAT 18-42 s",
    30_000: "HiGHS direct 14-27 s, CP-SAT 34-62 s",
}
# name: (size, tight, CPU seconds, least chance known, what the peer needed)
LOTTERIES = {
    "lottery 20 of 200, two features": (200, None, 0.2, 0.1, "Gurobi 2.7 s; CBC 4-13 s"),
    "lottery 200 of 2000, two features": (2000, None, 0.5, 0.1, "Gurobi 1162 s"),
    "lottery 40 of 200": (200, False, 6.0, 0.103448, "sortition-algorithms CBC 5-21 s"),
    "lottery 40 of 200, tight": (200, True, 6.0, 0.068966, "sortition-algorithms CBC 19-81 s"),
    "lottery 40 of 400": (400, False, 12.0, 0.038961, "sortition-algorithms CBC 17-73 s"),
    "lottery 40 of 400, tight": (400, True, 12.0, 0.025974, "sortition-algorithms CBC 72-450 s, one run: least 0.0"),
}
CLASHES = {
    "candidates": [],
    "arithmetic": [Limit("country", "26", 15, 15), Limit("ecosystem", "13", 30, 30)],
    "together": [Limit("country", "0", 3, 3), Limit("role", "4", 2, 2), Limit("gender", "2", 20, None)],
    "units": [],
}


def cases() -> list[Case]:
    found = [
        Case(
            f"best {40} of {size}, seed {seed}{', tight' * tight}",
            lambda size=size, seed=seed, tight=tight: merit(size, seed, tight),
            "P1.1",
            SECONDS.get(size),
            DIRECT[size],
            quick=size <= 1000,
        )
        for size in (200, 1000, 5000, 10_000, 30_000)
        for seed in (1, 2, 3)
        for tight in (False, True)
    ]
    for name, (_, _, seconds, _, peer) in LOTTERIES.items():
        quick = "two features" in name or name == "lottery 40 of 200"
        found.append(Case(name, lambda name=name: lottery(name), "P1.2", seconds, peer, quick))
    found += [
        Case("bands 85 75 65, 40 of 200", lambda: bands(200, False), "P1.3", 10, quick=True),
        Case("bands 85 75 65, 40 of 1000", lambda: bands(1000, False), "P1.3", 10),
        Case("bands 85 75 65, 40 of 1000, tight", lambda: bands(1000, True), "P1.3", 10),
    ]
    for kind in CLASHES:
        found.append(
            Case(f"clash of {kind} in 10000", lambda kind=kind: clash(kind), "P1.5", 1.0, "one minimal relaxation")
        )
    found += [
        Case("every single drop-out, 40 of 1000", drop_outs, "P1.6", 0.1, "none answers it", quick=True),
        Case("the same bytes in another order, 40 of 400", same_bytes, "P1.7", None, "two runs differ", quick=True),
    ]
    found.append(Case("186 files to 8 evaluators, 2 each", sharing, quick=True))
    return found


def merit(size: int, seed: int, tight: bool) -> Callable[[], Found]:
    problem = pools.pool(size, seed, 40, tight=tight)

    def work() -> Found:
        choice = choose(problem)
        good = choice.proof.state == "optimal" and choice.total == BEST[size, tight][seed - 1]
        return Found(
            f"total {choice.total.normalize():f}", f"{choice.proof.bound.normalize():f}", choice.proof.state, good
        )

    return work


def problem_of(name: str) -> Problem:
    size, tight, *_ = LOTTERIES[name]
    return pools.halves(size, size // 10) if tight is None else pools.pool(size, 1, 40, tight=tight)


def lottery(name: str) -> Callable[[], Found]:
    from booster.craft.balance import fair

    problem, known = problem_of(name), LOTTERIES[name][3]

    def work() -> Found:
        found = fair.portfolio(problem, fair.Terms("lottery"), effort=600)
        exact = found.certificate.state == "exact" and found.certificate.deviation <= 1e-6
        told = f"least {float(found.least):.6f}, mean {found.geometric_mean:.5f}"
        chances = tuple(sorted(map(float, found.chances.values())))
        good = exact and float(found.least) >= known - 1e-6
        return Found(told, f"{known:.6f}", found.certificate.state, good, chances)

    return work


def bands(size: int, tight: bool) -> Callable[[], Found]:
    from booster.craft.balance import fair

    problem = pools.pool(size, 1, 40, tight=tight)

    def work() -> Found:
        found = fair.portfolio(problem, fair.Terms("merit", bands=pools.edges(85, 75, 65)), effort=600)
        seats = " ".join(f"{one.name}{one.seats}" for one in found.bands)
        exact = found.certificate.state == "exact" and found.certificate.deviation <= 1e-6
        return Found(f"{seats}, {len(found.panels)} groups", "", found.certificate.method, exact)

    return work


def clash(kind: str) -> Callable[[], Found]:
    problem = pools.pool(10_000, 1, 40, tight=False)
    problem = replace(problem, limits=[*problem.limits, *CLASHES[kind]])
    if kind == "candidates":
        problem = replace(problem, seats=10_001)
    if kind == "units":
        crowd = [replace(one, unit=f"o{place % 30}") for place, one in enumerate(problem.candidates)]
        problem = replace(problem, candidates=crowd)

    def work() -> Found:
        try:
            choose(problem)
        except balance.Infeasible as refusal:
            found = refusal.clash
            return Found(f"{found.kind}, {len(found.relaxations)} moves", "", "proven", bool(found.message))
        return Found("no clash", good=False)

    return work


def drop_outs() -> Callable[[], Found]:
    problem = pools.pool(1000, 1, 40, tight=False)
    choice = choose(problem)

    def work() -> Found:
        ground = read(problem)
        listed = reserve_list(ground, stand(ground, ground.find(choice.chosen)))
        filled = {seat for one in listed for seat in one.seats}
        return Found(f"{len(filled)} of 40 replaceable", "40")

    return work


def sharing() -> Callable[[], Found]:
    chance = random.Random(1)
    names = [f"e{place}" for place in range(8)]
    pairs = [(f"f{file}", name) for file in range(186) for name in names]
    question = Sharing(
        files=[f"f{file}" for file in range(186)],
        evaluators=dict.fromkeys(names, 51),
        forbidden=[pair for pair in pairs if chance.random() < 0.08],
        affinity={pair: chance.randrange(4) for pair in pairs},
    )
    return lambda: Found(assign(question).sentence[:30])


def same_bytes() -> Callable[[], Found]:
    problem = pools.pool(400, 1, 40, tight=False)

    def work() -> Found:
        marks = set()
        for turn in range(3):
            mixed = list(problem.candidates)
            random.Random(turn).shuffle(mixed)
            choice = choose(replace(problem, candidates=mixed))
            text = repr((choice.chosen, choice.reserve, sorted(choice.reasons.items()), choice.limits, choice.proof))
            marks.add(hashlib.sha256(text.encode()).hexdigest())
        return Found(f"{len(marks)} answer in 3 orders", "1", "SHA-256", len(marks) == 1)

    return work


def beside(name: str, python: Path, ours: dict[str, Any]) -> dict[str, Any] | None:
    """sortition-algorithms on the same instance: Gurobi for its linear programs, CBC for its panels."""
    if name not in LOTTERIES or LOTTERIES[name][0] > 400:
        return None
    problem = problem_of(name)
    people = [{"id": one.id, "attributes": one.attributes, "unit": one.unit or one.id} for one in problem.candidates]
    quotas = [
        (one.attribute, one.value, one.minimum or 0, problem.seats if one.maximum is None else one.maximum)
        for one in problem.limits
    ]
    if LOTTERIES[name][1] is not None:  # it asks for a row for every value that occurs
        quotas.append(("gender", "2", 0, problem.seats))
    units = any(one.unit for one in problem.candidates)
    question = {"seats": problem.seats, "people": people, "quotas": quotas, "units": units, "backend": "mip-cbc"}
    row = ask(
        python, "sortition.py", question, "sortition-algorithms 0.12.15", lambda answer: json.dumps(answer["chances"])
    )
    if row["cpu"] is not None:
        theirs = json.loads(row["result"])
        row["result"] = f"least {theirs[0]:.6f}"
        row["bound"], row["met"] = compared(ours.get("figures", ()), theirs)
        row["target"] = "P1.4"
    return row


def compared(ours: Sequence[float], theirs: Sequence[float]) -> tuple[str, bool]:
    """Chances in rising order: who is ahead at the first difference above 1e-5."""
    for place, (own, other) in enumerate(zip(ours, theirs, strict=True)):
        if abs(own - other) > 1e-5:
            return f"{'ours' if own > other else 'theirs'} from {place + 1}", own > other
    return "equal", True
