"""Meetings: the proven best total in exactly so many rounds; with absences, how far from the bound."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from random import Random

from bench.craft import pools
from bench.craft.case import Case, Found
from booster.craft.meetings import Person, Plan, Problem, plan

# people, rounds: CPU seconds, total known, what greedy reaches
FULL = {
    (40, 6): (0.2, 2569, "greedy 97.2 %, someone 3 of 6"),
    (80, 6): (2.0, 5758, "greedy 96.3 %"),
    (150, 6): (2.0, 11923, "greedy 96.7 %"),
    (300, 6): (2.0, 26361, "greedy 96.7 %"),
    (500, 6): (2.0, 47594, "greedy 97.2 %"),
    (500, 10): (2.0, 74446, "greedy 97.2 %"),
    (1000, 6): (5.0, 103797, "top 40 of each"),
}
# people: CPU seconds, largest gap, what CP-SAT alone reached
AWAY = {
    40: (10.0, Fraction(1, 100), "gap 0.64 % after 5 s"),
    80: (10.0, Fraction(1, 100), "gap 0.63 % after 15 s"),
    150: (20.0, Fraction(3, 100), "gap 0.8 % after 60 s"),
}


def cases() -> list[Case]:
    found = []
    for (people, rounds), (seconds, known, peer) in FULL.items():
        prepare = lambda p=people, r=rounds, k=known: full(p, r, k)  # noqa: E731 -- a case builds later
        found.append(Case(f"{people} people, {rounds} rounds", prepare, "P4", seconds, peer, people <= 150))
    for people, (seconds, gap, peer) in AWAY.items():
        prepare = lambda p=people, g=gap: away(p, g)  # noqa: E731
        found.append(Case(f"{people} people, 6 rounds, 10 % away", prepare, "P4", seconds, peer, people <= 40))
    return found


def question(people: int, rounds: int, away: float = 0.0) -> Problem:
    """The affinity of the generator as it is: organisations are 0 in it, and 0 is better left empty."""
    worth, told = pools.meetings(people, 1)
    chance = Random(1)
    persons = [
        Person(
            f"p{n:04d}",
            organisation=str(told[n]["organisation"]),
            away=[number for number in range(1, rounds + 1) if chance.random() < away],
        )
        for n in range(people)
    ]
    return Problem(persons, rounds, affinity=worth, seed=1)


def checked(problem: Problem, found: Plan) -> Decimal:
    """The total counted from the meetings and nothing else; a plan that breaks a rule is an error."""
    place = {one.id: n for n, one in enumerate(problem.people)}
    busy, pairs = set(), set()
    total = Decimal(0)
    for one in found.meetings:
        for name in (one.one, one.other):
            assert (name, one.round) not in busy
            assert one.round not in problem.people[place[name]].away
            busy.add((name, one.round))
        assert (one.one, one.other) not in pairs
        assert 1 <= one.round <= problem.rounds
        pairs.add((one.one, one.other))
        total += Decimal(problem.affinity[place[one.one]][place[one.other]])  # type: ignore[index]
    return total


def fewest(problem: Problem, found: Plan) -> int:
    """How many meetings the worst served person lacks to all the rounds they are there."""
    return max(one.present - len(one.turns) for one in found.people.values())


def full(people: int, rounds: int, known: int) -> Callable[[], Found]:
    problem = question(people, rounds)

    def work() -> Found:
        found = plan(problem)
        total, level = checked(problem, found), found.level("total")
        good = total == level.value >= known and level.proven and fewest(problem, found) <= 1
        proof = "optimal" if level.proven else "bound"
        return Found(f"total {total}, lacks {fewest(problem, found)}", f"{level.bound:g}", proof, good)

    return work


def away(people: int, gap: Fraction) -> Callable[[], Found]:
    problem = question(people, 6, 0.1)

    def work() -> Found:
        found = plan(problem)
        total, level = checked(problem, found), found.level("total")
        apart = Fraction(level.bound - total) / Fraction(level.bound)
        told = f"total {total}, gap {float(100 * apart):.2f} %, lacks {fewest(problem, found)}"
        proof = "optimal" if level.proven else "bound"
        return Found(told, f"{level.bound:g}", proof, apart <= gap and total == level.value)

    return work
