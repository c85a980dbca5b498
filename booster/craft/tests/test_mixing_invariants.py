"""Whatever the question: rules are kept, counts are true, bounds hold; and small cases beside every plan there is."""

from dataclasses import replace
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.mixing import (
    Apart,
    Facilitator,
    Group,
    Infeasible,
    Person,
    Problem,
    Seat,
    Session,
    Together,
    Unsettled,
    broken,
    check,
    even_sessions,
    mix,
    replan,
)
from booster.craft.mixing.ground import read
from booster.craft.mixing.proving import seat_or_refuse
from booster.craft.tests.mixing_cohort import splits

SOME = settings(max_examples=30, deadline=None)


@st.composite
def questions(draw):
    size = draw(st.integers(2, 11))
    ids = [f"p{row}" for row in range(size)]
    names = [f"s{turn}" for turn in range(draw(st.integers(1, 3)))]
    few = st.lists(st.sampled_from(ids), max_size=3, unique=True)
    some = st.lists(st.sampled_from(names), max_size=1)
    people = [
        Person(
            one,
            {"role": draw(st.sampled_from(["", "a", "b"]))},
            languages=draw(st.sampled_from([(), (), (), ("it",), ("en", "it")])),
            online=draw(st.integers(0, 9)) == 9,
            away=draw(some) if draw(st.integers(0, 4)) == 4 else (),
        )
        for one in ids
    ]
    table = st.builds(
        Group,
        id=st.just(""),
        low=st.integers(0, 1),
        high=st.integers(4, 7),
        place=st.sampled_from(["both", "both", "both", "room", "online"]),
        language=st.sampled_from(["", "", "", "", "it"]),
    )
    sessions = []
    for name in names:
        groups = draw(st.lists(table, min_size=2, max_size=4))
        tables = [
            Group(f"g{place}", group.low, group.high, group.place, group.language) for place, group in enumerate(groups)
        ]
        sessions.append(Session(name, tables, facilitated=draw(st.integers(0, 4)) == 4))
    return Problem(
        people,
        sessions,
        facilitators=[Facilitator(f"f{n}", apart=draw(few)) for n in range(draw(st.sampled_from([0, 4, 5])))],
        apart=[Apart(draw(few), draw(some)) for _ in range(draw(st.integers(0, 2)))],
        together=[Together(draw(few), draw(some)) for _ in range(draw(st.integers(0, 2)))],
        seats=[Seat(draw(st.sampled_from(ids)), names[0], "g0") for _ in range(draw(st.integers(0, 1)))],
        history=[draw(few)],
        weights={"role": 1},
        seed=draw(st.integers(0, 3)),
    )


def recounted(problem, plan):
    """Pairs that met, each with how often, from nothing but sets."""
    times = {}
    gatherings = [group.people for session in plan for group in session.groups]
    for gathering in [*gatherings, *problem.history]:
        for pair in combinations(sorted(gathering), 2):
            times[pair] = times.get(pair, 0) + 1
    return times


def shuffled_like(problem):
    return Problem(
        tuple(reversed(problem.people)),
        problem.sessions,
        tuple(reversed(problem.facilitators)),
        tuple(reversed(problem.apart)),
        tuple(reversed(problem.together)),
        problem.seats,
        problem.history,
        problem.weights,
        problem.affinity,
        problem.seed,
    )


@SOME
@given(questions())
def test_every_answer_keeps_every_rule_and_its_counts_are_those_of_the_plan(problem):
    try:
        answer = mix(problem, effort=0.02)
    except (Infeasible, Unsettled):
        return
    assert broken(problem, answer.plan) == ()
    times = recounted(problem, answer.plan)
    counts = answer.counts
    assert counts.distinct == len(times) <= answer.proof.bound
    assert counts.twice == sum(count == 2 for count in times.values())
    assert counts.oftener == sum(count > 2 for count in times.values())
    assert counts.mixing_bound <= counts.mixing
    assert all(same.least <= same.meetings for same in counts.same)
    partners = [len(counts.ids) - 1 - len(counts.unmet[one]) for one in counts.ids]
    assert counts.least_partners == min(partners)
    assert mix(shuffled_like(problem), effort=0.02) == answer
    if not any(leader.apart for leader in problem.facilitators):
        again = replan(problem, answer.plan)
        assert (again.plan, again.moves) == (answer.plan, 0)


@SOME
@given(questions(), questions())
def test_a_changed_question_keeps_every_rule_or_says_why_not(problem, other):
    try:
        plan = mix(problem, effort=0.02).plan
        answer = replan(other, plan, effort=0.1)
    except (Infeasible, Unsettled):
        return
    assert broken(other, answer.plan) == ()


def best_of(size, groups, sessions):
    """The most distinct pairs of any plan, all of them tried; the first session is fixed, names being free."""
    sizes = [len(group) for group in next(splits(range(size), [-(-(size - g) // groups) for g in range(groups)]))]
    plans = list(splits(range(size), sizes))
    pairs = [frozenset(pair for group in plan for pair in combinations(group, 2)) for plan in plans]
    return max(len(frozenset().union(pairs[0], *rest)) for rest in product(set(pairs), repeat=sessions - 1))


def test_small_cases_are_as_good_as_the_best_of_all_plans():
    for case in [(4, 2, 2), (4, 2, 3), (5, 2, 2), (6, 2, 2), (6, 3, 3), (6, 2, 3), (7, 3, 2), (8, 2, 2)]:
        size, groups, sessions = case
        people = [Person(f"p{row}") for row in range(size)]
        answer = mix(Problem(people, even_sessions(sessions, groups, size)), effort=0.3)
        assert answer.counts.distinct == best_of(*case), case
        assert answer.proof.bound >= answer.counts.distinct


@SOME
@given(questions())
def test_what_counting_refuses_an_exhaustive_search_refuses_too(problem):
    free = replace(problem, sessions=[replace(session, facilitated=False) for session in problem.sessions])
    try:
        check(free)
    except Infeasible:
        assert any(seat_or_refuse(hour) is None for hour in read(free).hours)


def test_refusals_are_true_for_every_small_question():
    """Three groups of two: a refusal means that no split keeps the three wishes."""
    ids = [f"p{row}" for row in range(6)]
    pairs = list(combinations(ids, 2))
    every = [[set(group) for group in split] for split in splits(ids, (2, 2, 2))]
    for first, second, third in zip(pairs, pairs[4:] + pairs[:4], pairs[9:] + pairs[:9], strict=True):
        problem = Problem(
            [Person(one) for one in ids],
            even_sessions(1, 3, 6),
            apart=[Apart(first), Apart(second)],
            together=[Together(third)],
        )
        possible = any(
            any(set(third) <= group for group in split)
            and not any({*first} <= group or {*second} <= group for group in split)
            for split in every
        )
        try:
            assert broken(problem, mix(problem, effort=0.02).plan) == ()
            assert possible
        except Infeasible:
            assert not possible
