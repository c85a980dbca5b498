"""What cannot be is said before any search, with the people, groups and sessions it hangs on."""

from decimal import Decimal

import pytest

from booster.craft.mixing import (
    Apart,
    BadProblem,
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
    mix,
)
from booster.craft.mixing.ground import read
from booster.craft.mixing.proving import seat_or_refuse

NAMES = ["ada", "ben", "cem", "dia", "eva", "fox"]


def people(**special):
    return [special.get(name, Person(name)) for name in NAMES]


def session(*groups, **rest):
    return Session("mon", groups or (Group("a", 3, 3), Group("b", 3, 3)), **rest)


def problem(who=None, groups=(), facilitated=False, **rest):
    return Problem(people() if who is None else who, [session(*groups, facilitated=facilitated)], **rest)


def refusal(question):
    with pytest.raises(Infeasible) as caught:
        mix(question, effort=0.1)
    assert caught.value.clash.message == " ".join(fault.sentence for fault in caught.value.clash.faults)
    return caught.value.clash.message


def error(question):
    with pytest.raises(BadProblem) as caught:
        mix(question, effort=0.1)
    return str(caught.value), caught.value.culprit


@pytest.mark.parametrize(
    "question, said",
    [
        (
            problem(groups=[Group("a", 1, 2), Group("b", 1, 3)]),
            "mon: 6 people are present, but the groups have 5 places.",
        ),
        (problem(groups=[Group("a", 7, 8)]), "mon: a needs at least 7 people, but 6 are present."),
        (
            problem(groups=[Group("a", 4, 5), Group("b", 4, 5)]),
            "mon: the groups need at least 8 people, but 6 are present.",
        ),
        (
            problem(together=[Together(["ada", "ben"]), Together(["ben", "cem", "dia"])]),
            "mon: ada, ben, cem, dia must stay together, but no group they may join has more than 3 places.",
        ),
        (
            problem(together=[Together(["ada", "ben"]), Together(["ben", "cem"])], apart=[Apart(["ada", "cem"])]),
            "mon: ada and cem must be kept apart, but are tied together: ada – ben – cem.",
        ),
        (
            problem(apart=[Apart(["ada", "ben", "cem"])]),
            "mon: ada, ben, cem must all be kept apart, which takes 3 groups; there are 2.",
        ),
        (
            problem(
                apart=[Apart([NAMES[place], NAMES[(place + 1) % 5]]) for place in range(5)],
            ),
            "mon: ada, ben, cem, dia, eva cannot be kept apart as wished in 2 groups.",
        ),
        (
            problem(
                people(ada=Person("ada", languages=["it", "fr"])),
                [Group("a", 3, 3, language="en"), Group("b", 3, 3, language="de")],
            ),
            "mon: no group speaks a language of ada (fr, it).",
        ),
        (problem(people(ada=Person("ada", online=True))), "mon: ada takes part online, but no group is online."),
        (
            problem([Person("ada", online_in=["mon"]), Person("ben")], [Group("a", 0, 2)]),
            "mon: ada takes part online, but no group is online.",
        ),
        (
            problem(
                people(ada=Person("ada", online=True, languages=["it"])),
                [Group("a", 1, 3, "online", "en"), Group("b", 3, 6, language="it")],
            ),
            "mon: no group is open to ada: language and place are never both right.",
        ),
        (
            problem(seats=[Seat("ada", "mon", "b"), Seat("ada", "mon", "a")]),
            "mon: ada is given two groups, a and b.",
        ),
        (
            problem(
                people(ada=Person("ada", languages=["it"])),
                [Group("a", 3, 3, language="en"), Group("b", 3, 3)],
                seats=[Seat("ada", "mon", "a")],
            ),
            "mon: ada is given a, which is not open to them.",
        ),
        (
            problem(seats=[Seat(name, "mon", "a") for name in NAMES[:4]]),
            "mon: 4 people are given a, which has 3 places.",
        ),
        (
            problem(seats=[Seat("ada", "mon", "a"), Seat("ben", "mon", "a")], apart=[Apart(["ada", "ben"], ["mon"])]),
            "mon: ada and ben must be kept apart, but both are given a.",
        ),
        (
            problem(seats=[Seat("ada", "mon", "a"), Seat("ben", "mon", "b")], together=[Together(["ada", "ben"])]),
            "mon: ada and ben must stay together, but are given a and b.",
        ),
        (
            problem(facilitated=True, facilitators=[Facilitator("leo"), Facilitator("mia", away=["mon"])]),
            "mon: 2 groups want a facilitator each; facilitators who can be there: 1.",
        ),
        (
            problem(facilitated=True, facilitators=[Facilitator("leo"), Facilitator("mia", online=True)]),
            "mon: 2 groups want a facilitator each; facilitators who can be there: 1.",
        ),
        (
            problem(
                groups=[Group("a", 3, 3, language="it"), Group("b", 3, 3, language="en")],
                facilitated=True,
                facilitators=[Facilitator("leo", ["it"]), Facilitator("mia", ["it"])],
            ),
            "mon: the facilitators present cannot lead a, b at the same time; language or place is not theirs.",
        ),
        (
            problem(
                [*(Person(name, languages=["it"]) for name in NAMES[:4]), *map(Person, NAMES[4:])],
                [Group("a", 2, 3, language="it"), Group("b", 2, 3, language="en")],
            ),
            "mon: 4 people can only sit in a, which is 3 places.",
        ),
        (
            problem(
                [*(Person(name, languages=["it"]) for name in NAMES[:5]), Person("fox")],
                [Group("a", 0, 5, language="it"), Group("b", 2, 3, language="en")],
            ),
            "mon: 2 people are needed in b, but only 1 may sit there.",
        ),
        (
            problem(
                [Person("ada", online=True), *map(Person, NAMES[1:])],
                [Group("a", 3, 3, "online"), Group("b", 3, 6)],
            ),
            "mon: 3 people are needed in a, but only 1 may sit there.",
        ),
    ],
)
def test_a_clash_is_named_with_its_people_and_session(question, said):
    assert said in refusal(question)


def test_rules_that_only_clash_all_together_are_still_refused_with_the_session():
    # three couples who must stay together do not fit two groups of three
    question = problem(together=[Together(NAMES[:2]), Together(NAMES[2:4]), Together(NAMES[4:])])
    assert refusal(question) == "mon: the rules cannot all be kept at once."


def test_a_chain_of_people_with_no_common_group_is_named():
    who = people(ada=Person("ada", languages=["it"]), ben=Person("ben", languages=["en"]))
    question = problem(
        who, [Group("a", 3, 3, language="it"), Group("b", 3, 3, language="en")], together=[Together(["ada", "ben"])]
    )
    assert refusal(question) == "mon: ada, ben must stay together, but no group is open to all of them."


def test_a_chain_with_somebody_who_has_no_group_is_told_by_what_they_lack():
    question = problem(people(ada=Person("ada", online=True)), together=[Together(["ada", "ben"])])
    assert refusal(question) == "mon: ada takes part online, but no group is online."


def test_no_effort_leaves_a_question_open():
    question = problem(together=[Together(NAMES[:2]), Together(NAMES[2:4]), Together(NAMES[4:])])
    with pytest.raises(Unsettled, match="none ruled out"):
        seat_or_refuse(read(question).hours[0], effort=0)


def test_somebody_in_the_room_needs_a_group_there():
    who = people(ada=Person("ada", online=True))
    groups = [Group("a", 1, 6, "online"), Group("b", 0, 6, "online")]
    assert mix(problem(who, groups)).counts.distinct == 6  # all online: everybody sits there
    groups = [Group("a", 1, 6, "online", "en"), Group("b", 0, 6, "room", "en")]
    who = [Person("ada", online=True), Person("ben", languages=["it"])]
    assert refusal(problem(who, groups)).endswith("no group speaks a language of ben (it).")


@pytest.mark.parametrize(
    "question, said",
    [
        (problem([]), ("There are no people.", "people")),
        (problem([Person("ada")]), ("'ada' is alone: there is nobody to meet.", "ada")),
        (problem([Person("ada"), Person("ada")]), ("The person 'ada' is there twice.", "ada")),
        (problem([Person(""), Person("ada")]), ("The person id '' is not a text.", "")),
        (Problem(people(), []), ("There are no sessions.", "sessions")),
        (Problem(people(), [Session("mon", [])]), ("'mon' has no groups.", "mon")),
        (Problem(people(), [session(), session()]), ("The session 'mon' is there twice.", "mon")),
        (problem(groups=[Group("a", 1, 6), Group("a", 1, 6)]), ("The group 'a' is there twice.", "a")),
        (problem(groups=[Group("a", 3, 2)]), ("The least size of 'a' in 'mon' is above its largest.", "a")),
        (problem(groups=[Group("a", -1, 2)]), ("The sizes of 'a' in 'mon' are not whole numbers of 0 or more.", "a")),
        (problem(groups=[Group("a", 1, 6, "zoom")]), ("The place of 'a' in 'mon' is none of room, online, both.", "a")),
        (problem(apart=[Apart(["ada", "zoe"])]), ("There is no person 'zoe'.", "zoe")),
        (problem(apart=[Apart("ada")]), ("A list of ids is needed, not the text 'ada'.", "ada")),
        (problem(together=[Together(["ada", "ben"], ["tue"])]), ("There is no session 'tue'.", "tue")),
        (problem(seats=[Seat("ada", "mon", "z")]), ("There is no group 'z' in 'mon'.", "z")),
        (problem(seats=[Seat("zoe", "mon", "a")]), ("There is no person 'zoe'.", "zoe")),
        (problem(people(ada=Person("ada", away=["tue"]))), ("There is no session 'tue'.", "tue")),
        (problem(facilitators=[Facilitator("ada")]), ("'ada' is both a person and a facilitator.", "ada")),
        (problem(facilitators=[Facilitator("leo", apart=["zoe"])]), ("There is no person 'zoe'.", "zoe")),
        (problem(weights={"role": float("nan")}), ("The weight of role is not a number.", "weight of role")),
        (problem(weights={"role": "much"}), ("The weight of role is not a number.", "weight of role")),
        (problem(weights={"role": -1}), ("The weight of role is not between 0 and 1000000.", "weight of role")),
        (problem(affinity=[[0] * 6] * 5), ("The affinity needs 6 rows of 6 numbers.", "affinity")),
        (
            problem(affinity=[[0, 1, *[0] * 4], *[[0] * 6] * 5]),
            ("The affinity of ada and ben is not the same in both directions.", "ada and ben"),
        ),
        (
            problem(affinity=[[0, Decimal("nan"), *[0] * 4], *[[0] * 6] * 5]),
            ("The affinity of ada and ben is not a number.", "affinity of ada and ben"),
        ),
        (problem(seed="x"), ("The seed must be a whole number.", "seed")),
    ],
)
def test_a_question_that_is_wrong_names_its_culprit(question, said):
    assert error(question) == said


def test_facilitators_who_must_not_lead_somebody_leave_the_groups_to_the_others():
    picky = [Facilitator("lea", apart=["ada"]), Facilitator("max"), Facilitator("zoe", apart=["ben"])]
    one = [Group("a", 6, 6)]
    assert (
        mix(problem(groups=one, facilitated=True, facilitators=picky[:2]), effort=0.1).plan[0].groups[0].facilitator
        == "max"
    )
    three = [Group("a", 1, 6), Group("b", 0, 6), Group("c", 0, 6)]
    found = mix(
        problem(groups=three, facilitated=True, facilitators=picky, together=[Together(["ada", "ben"])]), effort=0.1
    )
    assert broken(problem(groups=three, facilitated=True, facilitators=picky), found.plan) == ()


def test_too_few_facilitators_lead_the_largest_groups():
    groups = [Group("a", 0, 3), Group("b", 0, 6)]
    found = mix(problem(groups=groups, facilitated=True, facilitators=[Facilitator("max")]), effort=0.1)
    assert [(one.group, len(one.people)) for one in found.plan[0].groups] == [("a", 0), ("b", 6)]


def test_what_hangs_on_the_choice_of_facilitators_is_not_called_impossible():
    lone = [Facilitator("lea", apart=["ada"])]
    question = problem(groups=[Group("a", 6, 6)], facilitated=True, facilitators=lone)
    check(question)
    with pytest.raises(Unsettled, match="that these facilitators may lead, and none ruled out"):
        mix(question, effort=0.1)
