"""Groups: distinct pairs of the upper bound, mixing at the bound, no design, change, scale."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from bench.craft import pools
from bench.craft.case import Case, Found
from booster.craft.mixing import Mixing, Person, Problem, broken, even_sessions, mix, replan

# (people, groups, sessions): pairs of at most, pairs of good-enough-golfers with its seconds
DESIGNS = {
    (40, 8, 4): (320, "golfers 320, 2.1 s; groupselect 270"),
    (40, 8, 6): (480, "golfers 475, 11.2 s; groupselect 353"),
    (40, 8, 7): (560, "annealing 554"),
    (40, 8, 8): (640, "golfers 613, 5.8 s; groupselect 447"),
    (25, 5, 6): (300, "golfers 280, 5.0 s"),
    (28, 7, 6): (252, "golfers 250, 6.2 s"),
    (28, 7, 9): (378, "annealing 356"),
    (35, 7, 6): (420, "golfers 409, 8.8 s"),
    (35, 7, 7): (490, "annealing 475"),
    (30, 6, 6): (360, "golfers 340, 8.1 s"),
    (24, 6, 7): (252, ""),
    (36, 9, 8): (432, "golfers 432, 3.2 s"),
    (36, 9, 10): (540, "annealing 530"),
    (32, 8, 8): (384, "golfers 377, 7.6 s"),
    (32, 8, 9): (432, ""),
    (40, 10, 8): (480, "golfers 480, 2.4 s"),
    (40, 10, 11): (660, "annealing 650"),
    (36, 6, 3): (270, "annealing 270"),
    (33, 7, 6): (372, "annealing 370"),
    (33, 7, 7): (434, "annealing 424"),
    (38, 8, 7): (504, "annealing 502"),
    (38, 8, 8): (576, "annealing 560"),
    (36, 8, 8): (512, ""),
    (29, 6, 6): (336, "annealing 331"),
}
STRETCH = {(32, 8, 10): 480, (36, 9, 11): 594, (40, 10, 13): 780}
SEARCHES = {
    (30, 5, 2): (145, "bound 145 proven"),
    (30, 5, 3): (210, "annealing 210"),
    (30, 5, 4): (271, "annealing 271"),
    (27, 5, 4): (230, "annealing 230"),
    (36, 6, 4): (358, "golfers 355, 8.6 s"),
}
MIXED = {4: 14.7, 6: 26.0, 8: 51.0}
WEIGHTS = {"country": 0.5, "ecosystem": 0.5, "maturity": 0.15, "gender": 0.05}
QUICK = {(40, 8, 6), (25, 5, 6), (38, 8, 7), (30, 5, 3)}


def cases() -> list[Case]:
    found = []
    for key, (most, peer) in DESIGNS.items():
        found.append(Case(name(key), lambda key=key, most=most: pairs(key, most), "P2.1", 1.0, peer, key in QUICK))
    for key, most in STRETCH.items():
        found.append(Case(f"{name(key)} (stretch)", lambda key=key, most=most: pairs(key, most), "P2.1", 1.0, "known"))
    for sessions, cost in MIXED.items():
        peer = {4: "annealing 15.6", 6: "annealing 38.6 at 480", 8: "annealing 64 at 620"}[sessions]
        prepare = lambda sessions=sessions, cost=cost: mixed(sessions, cost)  # noqa: E731 -- a case builds later
        found.append(Case(f"mixing 40 people in 8, {sessions} sessions", prepare, "P2.2", 2.0, peer, sessions == 6))
    for key, (least, peer) in SEARCHES.items():
        found.append(Case(name(key), lambda key=key, least=least: pairs(key, least), "P2.3", 5.0, peer, key in QUICK))
    for away in (2, 4, 8):
        most = 0 if away == 2 else away
        prepare = lambda away=away, most=most: changed(away, most)  # noqa: E731
        found.append(
            Case(f"40 people in 8, {away} away from a session", prepare, "P2.5", 1.0, "one move each", away == 2)
        )
    found.append(Case("1000 people in 200, 6 sessions", lambda: pairs((1000, 200, 6), 11940), "P2.6", 60.0, "none"))
    return found


def name(key: tuple[int, int, int]) -> str:
    people, groups, sessions = key
    return f"{people} people in {groups}, {sessions} sessions"


def question(people: int, groups: int, sessions: int) -> Problem:
    return Problem([Person(f"p{n:04d}") for n in range(people)], even_sessions(sessions, groups, people), seed=1)


def pairs(key: tuple[int, int, int], least: int) -> Callable[[], Found]:
    problem = question(*key)

    def work() -> Found:
        found = mix(problem)
        met = recounted(found)
        good = least <= met == found.counts.distinct and not broken(problem, found.plan)
        return Found(f"{met} pairs, {found.method}", str(found.proof.bound), found.proof.state, good)

    return work


def changed(away: int, most: int) -> Callable[[], Found]:
    """People of one table, then of the next, miss the third session; tables seat four or five."""
    problem = question(40, 8, 6)
    roomy = [replace(one, groups=[replace(group, low=4, high=5) for group in one.groups]) for one in problem.sessions]
    problem = replace(problem, sessions=roomy)
    plan = mix(problem).plan
    order = [name for group in plan[2].groups for name in group.people]
    gone = {*(order[:away] if away > 2 else (order[0], order[5]))}
    people = [replace(one, away=[plan[2].session] if one.id in gone else []) for one in problem.people]
    problem = replace(problem, people=people)

    def work() -> Found:
        found = replan(problem, plan)
        good = found.moves <= most and not broken(problem, found.plan)
        return Found(f"{found.moves} moves, {recounted(found)} pairs", str(most), found.method, good)

    return work


def recounted(found: Mixing) -> int:
    """Pairs that share a group, counted from the plan and nothing else."""
    tables = [group.people for session in found.plan for group in session.groups]
    return len({pair for people in tables for pair in combinations(sorted(people), 2)})


def mixed(sessions: int, most: float) -> Callable[[], Found]:
    columns = pools.cohort(40, 7)
    people = [Person(f"p{n:02d}", {name: str(values[n]) for name, values in columns.items()}) for n in range(40)]
    problem = replace(question(40, 8, sessions), people=people, weights=WEIGHTS)

    def work() -> Found:
        found = mix(problem)
        counts = found.counts
        good = recounted(found) == counts.distinct == 80 * sessions and counts.mixing <= most
        told = f"{counts.distinct} pairs, cost {counts.mixing:.2f}"
        return Found(told, f"{counts.mixing_bound:.2f}", found.proof.state, good)

    return work
