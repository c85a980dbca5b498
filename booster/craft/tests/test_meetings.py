from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.meetings import BadProblem, Person, Problem, Worth, plan, why_not
from booster.craft.meetings.colouring import Colouring, colour
from booster.craft.meetings.pairing import NoPlan, Question, maximise
from booster.craft.working import Stopped, unwatched


def instance(size, seed):
    """The published family of instances: 40 tags, four needs and four offers each, some noise, shared organisations."""
    dice = np.random.default_rng(seed)
    chances = np.arange(1, 41) ** -0.7
    chances /= chances.sum()
    needs, offers = np.zeros((size, 40), int), np.zeros((size, 40), int)
    for person in range(size):
        for table in (needs, offers):
            weights = dice.integers(1, 4, 4)
            table[person, dice.choice(40, 4, replace=False, p=chances)] = weights
    gains = needs @ offers.T
    noisy = np.triu(gains + gains.T + 2 * np.minimum(gains, gains.T) + dice.integers(0, 2, (size, size)), 1)
    homes = dice.integers(0, int(0.9 * size), size)
    return np.where(homes[:, None] == homes[None, :], 0, noisy + noisy.T)


def crowd(size, **more):
    return [Person(f"p{place:04}", **more) for place in range(size)]


def sound(problem, answer):
    """Nobody twice in a round, no pair twice, everybody there, tables kept."""
    seen, pairs = set(), set()
    away = {person.id: set(person.away) for person in problem.people}
    for one in answer.meetings:
        assert one.one < one.other
        assert (one.one, one.other) not in pairs
        pairs.add((one.one, one.other))
        for name in (one.one, one.other):
            assert (name, one.round) not in seen
            assert one.round not in away[name]
            seen.add((name, one.round))
    for name, person in answer.people.items():
        assert len(person.turns) + len(person.pauses) == problem.rounds
        assert {turn.round for turn in person.turns} == {number for who, number in seen if who == name}
    return pairs


@pytest.mark.parametrize("size, checksum", [(40, 14566), (150, 174690), (500, 1848586)])
def test_the_instances_are_the_published_ones(size, checksum):
    assert instance(size, 1).sum() == checksum


@pytest.mark.parametrize("size, total", [(40, 2569), (150, 11923)])
def test_the_published_optimum_is_found_proven_and_fits_into_the_rounds(size, total):
    problem = Problem(crowd(size), 6, affinity=instance(size, 1).tolist())
    answer = plan(problem)
    sound(problem, answer)
    assert answer.level("total").value == total
    assert all(level.proven for level in answer.levels)
    assert answer.dropped == ()
    assert min(len(person.turns) for person in answer.people.values()) >= 5


def referee(weights, rounds, spare=1):
    """Every set of meetings of a handful of people tried round by round: the best (-lacking, total) there is."""
    size = len(weights)

    def matchings(free):
        if len(free) < 2:
            yield ()
            return
        first, *rest = free
        yield from matchings(rest)
        for other in rest:
            for more in matchings([one for one in rest if one != other]):
                yield ((first, other), *more)

    every = list(matchings(list(range(size))))
    states = {frozenset()}
    for _ in range(rounds):
        states = {state | set(found) for state in states for found in every if not state & set(found)}

    def worth(state):
        met = [sum(one in pair for pair in state) for one in range(size)]
        floor = max(min(rounds, size - 1) - spare, 0)
        return -sum(max(floor - own, 0) for own in met), sum(weights[one][other] for one, other in state)

    return max(map(worth, states))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=10, max_size=10), st.integers(2, 3), st.sampled_from([4, 5]))
def test_a_handful_of_people_meet_as_well_as_every_plan_tried(numbers, rounds, size):
    weights = [[0] * size for _ in range(size)]
    values = iter(numbers)
    for one in range(size):
        for other in range(one + 1, size):
            weights[one][other] = weights[other][one] = next(values)
    problem = Problem(crowd(size), rounds, affinity=weights)
    answer = plan(problem)
    sound(problem, answer)
    reached = (-int(answer.level("floor").value), int(answer.level("total").value))
    assert reached == referee(weights, rounds)
    assert answer.level("total").bound >= answer.level("total").value


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.integers(2, 14), st.integers(1, 4), st.none() | st.integers(0, 5))
def test_order_of_people_does_not_matter_and_every_plan_is_sound(seed, size, rounds, tables):
    dice = np.random.default_rng(seed)
    people = [
        Person(
            f"p{place:02}",
            {f"t{tag}": int(dice.integers(1, 4)) for tag in dice.integers(0, 5, 2)},
            {f"t{tag}": int(dice.integers(1, 4)) for tag in dice.integers(0, 5, 2)},
            organisation=f"o{dice.integers(0, size)}",
            mode=("", "online", "room")[dice.integers(0, 3)],
            away=[number for number in range(1, rounds + 1) if dice.random() < 0.15],
        )
        for place in range(size)
    ]
    names = [person.id for person in people]
    pairs = [tuple(dice.choice(names, 2, replace=False)) for _ in range(6)]
    pairs = [(str(one), str(other)) for one, other in pairs]
    options = {"refused": pairs[:2], "met": pairs[2:3], "requested": [*pairs[3:], pairs[4][::-1]], "tables": tables}
    problem = Problem(people, rounds, seed=seed, **options)
    answer = plan(problem, effort=0.5)
    met = sound(problem, answer)
    assert not met & {tuple(sorted(pair)) for pair in pairs[:2]}
    for number in range(1, rounds + 1):
        seated = [one.table for one in answer.meetings if one.round == number and one.table]
        assert seated == list(range(1, len(seated) + 1))
        assert tables is None or len(seated) <= tables
    for level in answer.levels:
        assert (level.bound <= level.value) if level.code == "floor" else (level.bound >= level.value)
    assert plan(replace(problem, people=people[::-1]), effort=0.5) == answer


def test_a_person_reads_why_they_meet_and_why_a_round_is_free():
    people = [
        Person("ann", {"EU funding": 3}, {"training design": 2}),
        Person("bea", {"training design": 1}, {"EU funding": 2}),
        Person("cat", {"EU funding": 2}, {}),
    ]
    answer = plan(Problem(people, 3, requested=[("bea", "ann"), ("ann", "cat"), ("cat", "ann")]))
    ann = answer.people["ann"]
    reasons = {turn.other: [reason.sentence for reason in turn.reasons] for turn in ann.turns}
    assert reasons == {
        "bea": [
            "bea asked for this meeting.",
            "bea offers “EU funding”, which you need (high).",
            "bea needs “training design” (low), which you offer.",
        ],
        "cat": ["You both asked for this meeting."],
    }
    assert answer.people["bea"].turns[0].reasons[0].code in ("you_asked", "they_offer_high", "they_need_middle")
    (free,) = ann.pauses
    assert ann.sentence == f"2 of 3: in round {free.round} the number of people present is odd."
    assert answer.level("requests").sentence == "Meetings that both asked for: 1; no plan has more."
    assert answer.sentence == "Meetings: 3, in 3 rounds for 3 people; everybody has from 2 to 2."
    with pytest.raises(KeyError):
        answer.level("beauty")


def test_affinity_counts_needs_offers_the_mutual_part_requests_and_earlier_meetings():
    people = [Person("a", {"x": 3}, {"y": 2}), Person("b", {"y": 1}, {"x": 2}), Person("c"), Person("d")]
    # a gains 3 x 2, b gains 1 x 2, both: twice the smaller
    assert plan(Problem(people, 1)).meetings[0].affinity == 6 + 2 + 2 * 2
    asked = plan(Problem(people, 1, requested=[("a", "b"), ("b", "a")], worth=Worth(mutual=0, asked=Decimal("0.5"))))
    assert (asked.meetings[0].affinity, asked.meetings[0].requested) == (9, 2)
    met = plan(Problem(people, 1, met=[("b", "a")], worth=Worth(met=5)))
    assert met.level("total").value == 7
    assert plan(Problem(people, 1, met=[("a", "b")])).level("total").value == 0
    home = [replace(person, organisation="same") for person in people]
    assert plan(Problem(home, 1)).level("total").value == 0


def test_a_meeting_worth_nothing_only_fills_a_floor():
    empty = [[0] * 4 for _ in range(4)]
    assert plan(Problem(crowd(4), 1, affinity=empty)).meetings == ()
    filled = plan(Problem(crowd(4), 1, affinity=empty, spare=0))
    assert len(filled.meetings) == 2
    assert filled.meetings[0].affinity == 0
    assert filled.people["p0000"].turns[0].reasons[0].code == "to_fill"


@pytest.mark.parametrize("size", [40, 80])
def test_with_a_tenth_away_the_plan_is_still_proven_best(size):
    dice = np.random.default_rng(7)
    absent = dice.random((size, 6)) < 0.1
    people = [Person(f"p{one:04}", away=[int(k) + 1 for k in np.flatnonzero(absent[one])]) for one in range(size)]
    problem = Problem(people, 6, affinity=instance(size, 1).tolist())
    answer = plan(problem)
    sound(problem, answer)
    assert all(level.proven for level in answer.levels)
    assert all(len(one.turns) >= one.present - 1 for one in answer.people.values())


def test_pairs_that_fit_into_no_rounds_are_planned_again_with_their_rounds():
    people = [Person(name, {"t": 3}, {"t": 1}) for name in "abcdef"]
    requests = [("a", "b"), ("b", "a"), ("c", "a")]
    problem = Problem(people, 3, tables=[3, 0, 2], requested=requests)
    answer = plan(problem)
    sound(problem, answer)
    assert len(answer.meetings) == 5
    assert answer.dropped
    assert answer.notes[0].code == "dropped"
    assert answer.level("total").value == 69
    assert not answer.unique
    assert plan(problem) == answer


def test_a_triangle_in_two_rounds_leaves_one_pair_out_and_proves_that_it_must():
    weights = [[0, 5, 5], [5, 0, 5], [5, 5, 0]]
    answer = plan(Problem(crowd(3), 2, affinity=weights))
    assert answer.level("total").value == 10
    assert [level.proven for level in answer.levels] == [True, True, True]
    assert answer.people["p0000"].total + answer.people["p0001"].total + answer.people["p0002"].total == 20


def test_why_two_people_do_not_meet():
    weights = [[0, 9, 5, 1], [9, 0, 1, 5], [5, 1, 0, 9], [1, 5, 9, 0]]
    people = [*crowd(4), Person("away", away=[1]), Person("room", mode="room"), Person("web", mode="online")]
    people[0] = replace(people[0], mode="")
    wide = [[*row, 0, 0, 0] for row in weights] + [[0] * 7 for _ in range(3)]
    problem = Problem(people, 1, affinity=wide, refused=[("room", "p0003")])
    answer = plan(problem)

    def why(one, other):
        return why_not(problem, answer, one, other)

    assert why("p0000", "p0001").sentence == "You meet p0001 in round 1."
    assert why("p0000", "p0002").sentence == (
        "Both of you are worth more elsewhere; with this meeting the best plan would lose 8."
    )
    assert why("p0003", "room").code == "refused"
    assert why("web", "room").code == "modes"
    assert why("away", "p0000").code == "never_together"
    for one, other in (("p0000", "nobody"), ("p0000", "p0000")):
        with pytest.raises(BadProblem):
            why(one, other)


def test_why_not_may_be_a_lot_a_request_or_a_floor():
    flat = [[0 if one == other else 3 for other in range(4)] for one in range(4)]
    problem = Problem(crowd(4), 1, affinity=flat)
    answer = plan(problem)
    apart = next(name for name in ("p0001", "p0002", "p0003") if answer.meetings[0].other != name)
    assert why_not(problem, answer, "p0000", apart).code == "as_good"
    asked = Problem(crowd(4), 1, affinity=flat, requested=[("p0000", "p0001"), ("p0001", "p0000")])
    assert why_not(asked, plan(asked), "p0000", "p0002").sentence == (
        "With this meeting fewer meetings that both asked for would take place: 1."
    )
    line = Problem(crowd(4), 1, affinity=flat, spare=0, refused=[("p0001", "p0003")])
    assert why_not(line, plan(line), "p0000", "p0002").sentence == (
        "With this meeting more meetings would be missing to the floor: 2."
    )
    worse = replace(answer, levels=tuple(replace(level, value=Decimal(0)) for level in answer.levels))
    assert why_not(problem, worse, "p0000", apart).code == "could"


def test_the_watch_may_stop_the_work_and_hears_its_stages():
    heard = []
    plan(Problem(crowd(4), 2, affinity=[[1] * 4] * 4), watch=lambda step: heard.append(step.stage) or True)
    assert heard[:4] == ["floor", "total", "smallest", "lots"]
    with pytest.raises(Stopped):
        plan(Problem(crowd(4), 2), watch=lambda step: False)


@pytest.mark.parametrize(
    "change, said, culprit",
    [
        ({"people": crowd(1) * 2}, "'p0000' is there twice", "p0000"),
        ({"people": [Person("")]}, "is not a text", ""),
        ({"people": [Person("a", mode="moon")]}, "mode of 'a'", "a"),
        ({"people": [Person("a", away=[4])]}, "rounds go from 1 to 3", "a"),
        ({"people": [Person("a", {"": 1})]}, "The tag ''", "a"),
        ({"people": [Person("a", {"x": float("nan")})]}, "'x' in the needs of 'a' is not a number", "a"),
        ({"people": [Person("a", {}, {"x": -1})]}, "must be from 0 to 1000000", "a"),
        ({"people": [Person("a", {}, {"x": True})]}, "is not a number", "a"),
        ({"people": crowd(2001)}, "at most 2000", "people"),
        ({"rounds": 0}, "number of rounds", "rounds"),
        ({"rounds": 2.0}, "number of rounds", "rounds"),
        ({"spare": -1}, "spare rounds", "spare"),
        ({"seed": "x"}, "seed", "seed"),
        ({"worth": Worth(asked=None)}, "'asked'", "asked"),
        ({"tables": -1}, "number of tables", "tables"),
        ({"tables": 2.5}, "number of tables", "tables"),
        ({"tables": [1, 2]}, "for 2 rounds, but there are 3", "tables"),
        ({"tables": [1, 2, -1]}, "in round 3", "tables 3"),
        ({"refused": [("p0000", "x")]}, "'x' in 'refused' is not among", "x"),
        ({"met": [("p0000", "p0000")]}, "paired with themselves", "p0000"),
        ({"requested": ["ab"]}, "is not a pair", "ab"),
        ({"affinity": [[0, 1]]}, "1 rows for 2 people", "affinity"),
        ({"affinity": [[0, 1], [1]]}, "row of 'p0001' has 1 numbers", "p0001"),
        ({"affinity": [[0, 1], [2, 0]]}, "'p0000' and 'p0001' is not the same both ways", "p0000, p0001"),
        ({"affinity": [[0, float("inf")], [1, 0]]}, "'p0000' and 'p0001' is not a number", "p0000, p0001"),
        ({"affinity": [[0, 1], [None, 0]]}, "'p0001' and 'p0000' is not a number", "p0001, p0000"),
        ({"affinity": [[0, -1], [-1, 0]]}, "must be from 0", "p0000, p0001"),
        ({"people": [Person(f"p{one:04}", {"x": 1_000_000}, {"x": 1_000_000}) for one in range(500)]}, "", ""),
    ],
)  # fmt: skip
def test_bad_questions_are_refused_by_name(change, said, culprit):
    problem = replace(Problem(crowd(2), 3), **change)
    if not said:
        with pytest.raises(BadProblem, match="no longer exact"):
            plan(replace(problem, worth=Worth(mutual=1_000_000)))
        return
    with pytest.raises(BadProblem, match=said) as refusal:
        plan(problem)
    assert refusal.value.culprit == culprit


@pytest.mark.parametrize("people", [[], crowd(1), [Person("a", away=[1]), Person("b", away=[2])]])
def test_nobody_to_meet_is_an_empty_plan(people):
    answer = plan(Problem(people, 2))
    assert answer.meetings == ()
    assert answer.sentence == "There are no meetings."
    assert all(level.proven for level in answer.levels)
    assert len(answer.notes) == len(people)


def test_somebody_who_is_never_there_is_told_so():
    answer = plan(Problem([Person("a", away=[1]), *crowd(2)], 1, affinity=[[0, 0, 0], [0, 0, 4], [0, 4, 0]]))
    assert answer.people["a"].sentence == "You are away in every round."
    assert answer.people["p0000"].sentence == "1 of 1."


def test_too_little_effort_still_gives_a_plan_and_never_a_false_proof():
    problem = Problem(crowd(60), 5, affinity=instance(60, 3).tolist())
    answer = plan(problem, effort=0)
    sound(problem, answer)
    best = plan(problem)
    assert answer.level("total").value <= best.level("total").value <= answer.level("total").bound


def test_a_pair_that_no_plan_can_hold_is_said_to_be_so():
    problem = Problem(crowd(2), 1, tables=0, affinity=[[0, 4], [4, 0]])
    answer = plan(problem)
    assert answer.meetings == ()
    assert why_not(problem, answer, "p0000", "p0001").code == "cannot"


def test_people_online_need_no_table_and_meet_the_room_only_across():
    people = [Person("a", mode="online"), Person("b", mode="online"), Person("c", mode="room")]
    flat = [[0, 1, 4], [1, 0, 1], [4, 1, 0]]
    apart = plan(Problem(people, 1, tables=0, affinity=flat))
    assert [(one.one, one.other, one.table) for one in apart.meetings] == [("a", "b", None)]
    assert apart.people["c"].sentence == "There is nobody whom you may meet."
    across = plan(Problem(people, 1, affinity=flat, across=True))
    assert [(one.one, one.other, one.table) for one in across.meetings] == [("a", "c", 1)]


def test_a_small_start_leads_to_the_same_answer(monkeypatch):
    from booster.craft.meetings import pairing

    weights = instance(24, 5)
    problem = Problem(
        crowd(24), 3, affinity=weights.tolist(), refused=[("p0000", f"p{one:04}") for one in range(1, 21)]
    )
    best = plan(problem)
    monkeypatch.setattr(pairing, "NEAREST", 1)
    monkeypatch.setattr(pairing, "EACH", 0)
    for few in (4, 160, 200):
        monkeypatch.setattr(pairing, "FEW", few)
        assert plan(problem) == best


def test_when_pairs_take_too_long_a_plan_by_rounds_stands_in(monkeypatch):
    from booster.craft.meetings import pairing

    problem = Problem(crowd(6), 3, affinity=instance(6, 5).tolist(), requested=[("p0000", "p0001"), ("p0001", "p0000")])
    best = plan(problem)

    def tired(*_, **__):
        raise pairing.OutOfEffort

    monkeypatch.setattr(pairing, "_whole", tired)
    answer = plan(problem, effort=2)
    sound(problem, answer)
    assert answer.level("total").value == best.level("total").value
    assert not answer.unique
    assert answer.level("total").gap == 0


def test_sums_too_large_to_be_exact_are_refused():
    with pytest.raises(BadProblem, match="sum is no longer exact"):
        plan(Problem([Person(name, {"x": 1_000_000}, {"x": 1_000_000}) for name in "ab"], 1))


def test_nothing_found_in_the_second_search_leaves_the_first_plan(monkeypatch):
    from ortools.sat.python import cp_model

    from booster.craft.meetings import timed

    problem = Problem([Person(name, {"t": 3}, {"t": 1}) for name in "abcdef"], 3, tables=[3, 0, 2])
    monkeypatch.setattr(cp_model.CpSolver, "solve", lambda *_: cp_model.UNKNOWN)
    answer = plan(problem)
    sound(problem, answer)
    assert answer.meetings
    monkeypatch.undo()
    monkeypatch.setattr(timed, "SMALL", 0)
    monkeypatch.setattr(timed, "NEAREST", 2)
    again = plan(problem, effort=1)
    sound(problem, again)
    assert again.level("total").bound >= again.level("total").value


def test_a_draw_that_finds_nothing_keeps_the_pairs_in_hand(monkeypatch):
    from booster.craft.meetings import levels

    problem = Problem(crowd(12), 3, affinity=instance(12, 5).tolist())
    best = plan(problem)
    sums = instance(12, 5).max()
    real = levels.maximise
    left = []

    def tired(question, worth, effort, lacking=0):
        if (worth.max() > sums or not worth.any()) and not left.pop():
            raise levels.OutOfEffort
        return real(question, worth, effort, lacking)

    monkeypatch.setattr(levels, "maximise", tired)
    for turns in ([False], [False, True]):
        left[:] = turns
        answer = plan(problem)
        assert answer.level("total") == best.level("total")
        assert not answer.unique

    def unsure(question, worth, effort, lacking=0):
        found = real(question, worth, effort, lacking)
        return replace(found, bound=found.bound + 1) if worth.max() > sums else found

    monkeypatch.setattr(levels, "maximise", unsure)
    assert not plan(problem).unique


def test_tables_that_are_all_needed_are_all_used():
    problem = Problem(crowd(12), 4, tables=[3, 5, 2, 4], affinity=instance(12, 9).tolist(), spare=2)
    answer = plan(problem)
    sound(problem, answer)
    used = [sum(one.round == number for one in answer.meetings) for number in (1, 2, 3, 4)]
    assert all(one <= limit for one, limit in zip(used, [3, 5, 2, 4], strict=True))
    assert all(level.bound == level.value for level in answer.levels[:2])


def test_the_solver_stopped_before_any_answer_has_no_proof(monkeypatch):
    from booster.craft.meetings import pairing

    problem = Problem(crowd(10), 2, affinity=instance(10, 5).tolist(), requested=[("p0000", "p0001")])
    real = pairing.milp

    def stopped(*given, **named):
        found = real(*given, **named)
        found.x, found.status = None, 1
        return found

    monkeypatch.setattr(pairing, "milp", stopped)
    answer = plan(problem, effort=1)
    sound(problem, answer)
    assert not answer.unique
    levels = {}

    def last(cost, *given, **named):
        found = real(cost, *given, **named)
        if cost[-1] == -1 and not cost[:-1].any():
            levels["seen"] = True
            found.x, found.status = None, 1
        return found

    monkeypatch.setattr(pairing, "milp", last)
    open_ = plan(problem)
    assert levels
    assert open_.level("smallest").bound >= open_.level("smallest").value
    assert open_.level("total").proven


def test_so_few_tables_that_some_lack_two_meetings():
    answer = plan(Problem(crowd(8), 3, tables=1, affinity=instance(8, 5).tolist()))
    assert answer.level("floor").value == 10
    assert answer.level("floor").proven
    assert len(answer.meetings) == 3


def test_more_meetings_than_tables_leave_some_without_a_round():
    for ends in ([(0, 1), (2, 3), (4, 5)], [(0, 1), (1, 2), (2, 3)]):
        graph = Colouring(ends, [3, 3, 3], 6, [True] * 3, [1, 1])
        left = colour(graph, 0.01, unwatched)
        assert len(left) == 1
        assert graph.spare == [0, 0]


def test_long_work_on_rounds_is_told_and_may_be_stopped():
    ends = [(one, other) for one in range(5) for other in range(one)]
    graph = Colouring(ends, [15] * 10, 5, [False] * 10, [9] * 4)
    steps = []
    assert colour(graph, 1, lambda step: steps.append(step) or True)
    assert (steps[0].stage, steps[0].whole) == ("rounds", 10)
    with pytest.raises(Stopped):
        colour(Colouring(ends, [15] * 10, 5, [False] * 10, [9] * 4), 1, lambda step: False)


def test_no_pairs_left_is_an_answer_only_where_nobody_needs_one():
    nothing, none = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=bool)
    question = Question(2, nothing, nothing + 1, np.ones(2), np.ones(2, dtype=np.int64), 0, none, none, nothing)
    with pytest.raises(NoPlan):
        maximise(question, nothing, 1)
    assert maximise(replace(question, lack=1), nothing, 1, lacking=-1).value == -2


def test_a_second_search_without_proof_claims_none(monkeypatch):
    from ortools.sat.python import cp_model

    from booster.craft.meetings import timed
    from booster.craft.meetings.ground import read
    from booster.craft.meetings.levels import settle

    real = cp_model.CpSolver.solve
    monkeypatch.setattr(cp_model.CpSolver, "solve", lambda *given: real(*given) and cp_model.FEASIBLE)
    room = [Person(name, {"t": 3}, {"t": 1}, mode="room") for name in "abcdef"]
    web = [Person("g", mode="online"), Person("h", {"t": 1}, {"t": 1}, mode="online", away=[1, 2])]
    problem = Problem([*room, *web], 3, tables=[3, 0, 2], requested=[("a", "b"), ("b", "a"), ("c", "a"), ("g", "h")])
    ground = read(problem)
    placed = timed.place(ground, settle(ground, 1, unwatched), {}, 1, unwatched)
    assert placed.proven == frozenset()
    assert {number for pair, number in placed.rounds.items() if not ground.tabled[pair]} == {2}
    assert len(placed.rounds) >= 5


def test_a_floor_that_too_few_partners_hold_down_says_so():
    few = plan(Problem(crowd(2), rounds=3, affinity=[[0, 1], [1, 0]]))
    said = (
        "Everybody has a meeting in all rounds they are there, or with all whom they may meet where these are fewer, "
    )
    assert few.level("floor").sentence == said + "but for at most 1."
    alone = plan(Problem(crowd(2), rounds=3, refused=[("p0000", "p0001")]))
    assert alone.level("floor").sentence == said + "but for at most 1."
    whole = plan(Problem(crowd(4), rounds=3, affinity=[[0, 1, 1, 1], [1, 0, 1, 1], [1, 1, 0, 1], [1, 1, 1, 0]]))
    assert whole.level("floor").sentence == "Everybody has a meeting in all rounds they are there, but for at most 1."
