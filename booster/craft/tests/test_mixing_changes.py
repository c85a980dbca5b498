"""Late changes: what was published stays as far as it can."""

from dataclasses import replace

import pytest

from booster.craft.mixing import (
    Apart,
    BadProblem,
    Facilitator,
    Group,
    GroupPlan,
    Infeasible,
    Person,
    Problem,
    Seat,
    Session,
    SessionPlan,
    Together,
    broken,
    even_sessions,
    mix,
    replan,
)


def people(number, away=(), session="s1"):
    ids = [f"p{row:02}" for row in range(number)]
    return [Person(one, away=[session] if one in away else ()) for one in ids]


def roomy(problem, low, high):
    """The same question with other sizes."""
    sessions = [replace(s, groups=[replace(g, low=low, high=high) for g in s.groups]) for s in problem.sessions]
    return replace(problem, sessions=sessions)


@pytest.fixture(scope="module")
def published():
    problem = Problem(people(38), even_sessions(6, 8, 38))
    return problem, mix(problem).plan


def group_of(plan, size, session=0):
    return next(group.people for group in plan[session].groups if len(group.people) == size)


def changed(published, away, low=4, high=5, **rest):
    problem, plan = published
    question = roomy(replace(problem, people=people(38, away)), low, high)
    answer = replan(question, plan, **rest)
    assert broken(question, answer.plan) == ()
    return answer


def test_nobody_moves_when_groups_are_large_enough_without_the_absent(published):
    _, plan = published
    answer = changed(published, group_of(plan, 5)[:1])
    assert (answer.moves, answer.method) == (0, "kept")
    assert answer.sentences[-1].sentence == "Nobody changes a published group."
    assert answer.plan[1:] == plan[1:]


@pytest.mark.parametrize("missing, moves", [(1, 1), (2, 2)])
def test_one_moves_for_each_who_is_missed_in_a_group_that_got_too_small(published, missing, moves):
    _, plan = published
    answer = changed(published, group_of(plan, 4)[:missing])
    assert answer.moves == moves
    assert list(answer.moved) == ["s1"]
    assert answer.counts.oftener == 0


def test_more_moves_than_can_be_tried_out_are_still_the_fewest(published):
    _, plan = published
    answer = changed(published, group_of(plan, 4), high=6)
    assert answer.moves == 4
    assert answer.sentences[-1].sentence == "Changes of a published group: 4."


def test_newcomers_take_the_free_places_of_a_plan_without_repeats(published):
    problem, plan = published
    question = roomy(replace(problem, people=[*problem.people, Person("new1"), Person("new2")]), 4, 5)
    answer = replan(question, plan)
    assert (answer.moves, answer.counts.distinct, answer.counts.twice) == (0, 480, 0)


def test_a_newcomer_who_could_sit_anywhere_sits_where_they_meet_the_most(published):
    problem, plan = published
    question = roomy(replace(problem, people=[*problem.people, Person("new")]), 4, 6)
    answer = replan(question, plan)
    assert (answer.moves, answer.counts.twice, answer.counts.oftener) == (0, 0, 0)


def test_somebody_makes_room_for_a_newcomer_who_may_only_sit_where_it_is_full():
    tables = [Group("it", 1, 2, language="it"), Group("en", 1, 3, language="en")]
    who = [Person("ada", languages=["it", "en"]), Person("ben", languages=["it"]), Person("cem")]
    plan = (SessionPlan("s1", (GroupPlan("it", ("ada", "ben")), GroupPlan("en", ("cem",)))),)
    problem = Problem([*who, Person("new", languages=["it"])], [Session("s1", tables)])
    answer = replan(problem, plan)
    assert answer.plan[0].groups[0].people == ("ben", "new")
    assert answer.moved == {"s1": ("ada",)}


def test_newcomers_join_those_they_must_stay_with_and_avoid_the_others():
    plan = (SessionPlan("s1", (GroupPlan("g1", ("p00", "p01")), GroupPlan("g2", ("p02", "p03")))),)
    sessions = [Session("s1", [Group("g1", 1, 4), Group("g2", 1, 4)])]
    new = [Person("new")]
    together = replan(Problem([*people(4), *new], sessions, together=[Together(["new", "p03"])]), plan)
    assert together.plan[0].groups[1].people == ("new", "p02", "p03")
    apart = replan(Problem([*people(4), *new], sessions, apart=[Apart(["new", "p00"])]), plan)
    assert apart.plan[0].groups[1].people == ("new", "p02", "p03")
    nowhere = Problem([*people(4), *new], sessions, apart=[Apart(["new", "p00"]), Apart(["new", "p02"])])
    answer = replan(nowhere, plan)
    assert (answer.moves, broken(nowhere, answer.plan)) == (1, ())


def test_two_who_must_stay_together_from_now_on_are_brought_together():
    plan = (SessionPlan("s1", (GroupPlan("g1", ("p00", "p01")), GroupPlan("g2", ("p02", "p03")))),)
    sessions = [Session("s1", [Group("g1", 2, 2), Group("g2", 2, 2)])]
    question = Problem(people(4), sessions, together=[Together(["p00", "p02"])])
    answer = replan(question, plan)
    assert (answer.moves, broken(question, answer.plan)) == (2, ())


def test_people_who_must_be_kept_apart_from_now_on_are_separated_by_one_move():
    plan = (SessionPlan("s1", (GroupPlan("g1", ("p00", "p01", "p02")), GroupPlan("g2", ("p03", "p04")))),)
    sessions = [Session("s1", [Group("g1", 2, 3), Group("g2", 2, 3)])]
    question = Problem(people(5), sessions, apart=[Apart(["p00", "p01"]), Apart(["p01", "p04"])])
    answer = replan(question, plan)
    assert answer.moved == {"s1": ("p00",)}
    assert broken(question, answer.plan) == ()


def test_rules_that_no_moves_can_keep_are_refused():
    plan = (SessionPlan("s1", tuple(GroupPlan(f"g{n}", (f"p0{n}", f"p0{n + 3}", f"p0{n + 6}")) for n in range(3))),)
    sessions = [Session("s1", [Group(f"g{n}", 3, 3) for n in range(3)])]
    pairs = [Together([f"p0{2 * n}", f"p0{2 * n + 1}"]) for n in range(4)]
    with pytest.raises(Infeasible, match="cannot all be kept"):
        replan(Problem(people(9), sessions, together=pairs), plan)


def test_sessions_to_come_are_formed_anew_around_what_really_happened(published):
    problem, plan = published
    seen = [group.people for group in plan[0].groups]
    question = replace(problem, sessions=problem.sessions[1:], history=seen)
    answer = replan(question, plan, again=["s5", "s6"], effort=0.2)
    assert answer.plan == plan[1:]
    assert (answer.counts.distinct, answer.proof.state) == (432, "optimal")


def test_sessions_formed_anew_join_more_pairs_than_a_poor_plan():
    problem = Problem(people(12), even_sessions(3, 4, 12))
    poor = tuple(SessionPlan(f"s{n}", mix(problem).plan[0].groups) for n in (1, 2, 3))
    answer = replan(problem, poor, again=["s2", "s3"], effort=0.3)
    assert answer.plan[0] == poor[0]
    assert (answer.counts.distinct, answer.proof.state) == (36, "optimal")


def test_a_session_that_was_never_published_is_filled():
    problem = Problem(people(6), even_sessions(2, 2, 6))
    plan = mix(problem, effort=0.1).plan
    answer = replan(problem, plan[:1])
    assert (answer.moves, answer.counts.distinct) == (0, 10)  # of 3 in 2 groups some 2 meet again
    assert broken(problem, answer.plan) == ()


def test_forming_anew_needs_sessions_of_the_question():
    problem = Problem(people(6), even_sessions(1, 2, 6))
    with pytest.raises(BadProblem, match="There is no session 's9'"):
        replan(problem, (), again=["s9"])


def test_facilitators_stay_with_their_groups_unless_they_are_away():
    leaders = [Facilitator(name) for name in ("leo", "mia", "noa")]
    problem = Problem(people(6), even_sessions(2, 2, 6, facilitated=True), leaders)
    plan = mix(problem, effort=0.1).plan
    before = [group.facilitator for group in plan[0].groups]
    gone = [replace(one, away=["s1"]) if one.id == before[0] else one for one in leaders]
    question = replace(problem, facilitators=gone)
    answer = replan(question, plan)
    after = [group.facilitator for group in answer.plan[0].groups]
    assert (after[0] != before[0], after[1] == before[1]) == (True, True)
    assert answer.plan[1] == plan[1]
    assert broken(question, answer.plan) == ()


def test_facilitators_do_not_lead_whom_they_must_not_nor_where_they_are_not_seated():
    leaders = [Facilitator("leo", apart=["p00", "p01", "p02"]), Facilitator("mia"), Facilitator("noa")]
    problem = Problem(
        people(6),
        even_sessions(3, 2, 6, facilitated=True),
        leaders,
        seats=[Seat("mia", "s1", "g2"), Seat("p05", "s2", "g1")],
    )
    answer = mix(problem, effort=0.2)
    assert broken(problem, answer.plan) == ()
    assert answer.plan[0].groups[1].facilitator == "mia"


def test_a_group_for_which_there_is_no_facilitator_stays_empty_if_it_may():
    tables = [Group("g1", 0, 6), Group("g2", 2, 6), Group("g3", 0, 6)]
    leaders = [Facilitator("leo"), Facilitator("mia")]
    problem = Problem(people(6), [Session("s1", tables, facilitated=True)], leaders)
    answer = mix(problem, effort=0.1)
    assert sorted(len(group.people) for group in answer.plan[0].groups) == [0, 3, 3]
    assert broken(problem, answer.plan) == ()
    with pytest.raises(Infeasible, match="facilitators who can be there: 1"):
        mix(replace(problem, people=people(7), facilitators=leaders[:1]))


def test_broken_rules_of_a_plan_are_named():
    sessions = [Session("s1", [Group("g1", 2, 2), Group("g2", 1, 3, language="it")], facilitated=True)]
    problem = Problem(
        [*people(4, ["p03"]), Person("p04", languages=["en"])],
        sessions,
        [Facilitator("leo", apart=["p00"]), Facilitator("mia", ["en"])],
        apart=[Apart(["p00", "p01"])],
        together=[Together(["p00", "p02"])],
    )
    leo = (SessionPlan("s1", (GroupPlan("g1", ("p00", "p01", "p03"), "leo"), GroupPlan("g2", ("p00", "p04"), "leo"))),)
    assert [fault.sentence for fault in broken(problem, leo)] == [
        "s1: p02 has no group.",
        "s1: p00 is in more than one group.",
        "s1: p03 has a group, but is away.",
        "s1: g1 has 3 people, not 2 to 2.",
        "s1: p00 and p01 share a group, but must be kept apart.",
        "s1: g2 is not open to p04.",
        "s1: p00 and p02 must stay together, but do not.",
        "s1: leo leads more than one group.",
        "s1: leo and p00 share a group, but must be kept apart.",
        "s1: leo and p00 share a group, but must be kept apart.",
    ]
    mia = (SessionPlan("s1", (GroupPlan("g1", ("p00", "p02")), GroupPlan("g2", ("p01",), "mia"))),)
    assert [fault.sentence for fault in broken(problem, mia)] == [
        "s1: p04 has no group.",
        "s1: g1 has no facilitator who is present.",
        "s1: g2 is not open to mia.",
    ]
    empty = (SessionPlan("s1", (GroupPlan("g1", ()),)),)
    assert "s1: g1 has 0 people, not 2 to 2." in [fault.sentence for fault in broken(problem, empty)]


@pytest.mark.parametrize(
    "plan, said",
    [
        ((), "The plan has no session 's1'."),
        ((SessionPlan("s1", (GroupPlan("g9", ()),)),), "There is no group 'g9' in 's1'."),
        ((SessionPlan("s1", (GroupPlan("g1", ("zoe",)),)),), "There is no person 'zoe'."),
    ],
)
def test_a_plan_of_another_question_is_refused(plan, said):
    with pytest.raises(BadProblem, match=said):
        broken(Problem(people(4), even_sessions(1, 2, 4)), plan)
