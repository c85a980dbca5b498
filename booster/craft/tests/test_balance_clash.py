from dataclasses import replace
from decimal import Decimal

import pytest

from booster.craft.balance import (
    BadProblem,
    Candidate,
    Infeasible,
    Limit,
    Problem,
    choose,
    explain_infeasible,
    replacements,
    tally,
)


def person(id, score, country="AT", unit=None, **more):
    return Candidate(id, score, {"country": country, **more}, unit)


def five():
    return [person("a", 9), person("b", 8), person("c", 7), person("d", 6, "BE"), person("e", 5, "CY")]


# ---------------------------------------------------------------- bad problems


@pytest.mark.parametrize(
    "change, culprit",
    [
        ({"candidates": [person("x", Decimal("NaN"))]}, "x"),
        ({"candidates": [person("x", Decimal("Infinity"))]}, "x"),
        ({"candidates": [person("x", 100_001)]}, "x"),
        ({"candidates": [person("x", Decimal("-100000.001"))]}, "x"),
        ({"candidates": [person("x", 4.5)]}, "x"),
        ({"candidates": [person("x", True)]}, "x"),
        ({"candidates": [person("x", 1), person("x", 2)]}, "x"),
        ({"candidates": [person("", 1)]}, ""),
        ({"candidates": [person(7, 1)]}, "7"),
        ({"seats": -1}, "seats"),
        ({"seats": 1.0}, "seats"),
        ({"per_unit_maximum": -1}, "per_unit_maximum"),
        ({"seed": "one"}, "seed"),
        ({"forced_in": ["nobody"]}, "nobody"),
        ({"forced_in": ["a"], "forced_out": ["a"]}, "a"),
        ({"limits": [Limit("country", "AT", minimum=-1)]}, "country AT"),
        ({"limits": [Limit("country", "AT", maximum=1.5, label="Austria")]}, "Austria"),
        ({"limits": [Limit("", "AT", maximum=1)]}, " AT"),
    ],
)
def test_a_bad_problem_names_its_culprit(change, culprit):
    with pytest.raises(BadProblem) as refusal:
        choose(replace(Problem(five(), 2), **change))
    assert refusal.value.culprit == culprit


# ---------------------------------------------------------------- clashes


def clash(problem):
    with pytest.raises(Infeasible) as refusal:
        choose(problem)
    assert refusal.value.clash == explain_infeasible(problem)
    return refusal.value.clash


def said(moves):
    return [one.sentence for one in moves]


def test_too_few_people():
    found = clash(Problem(five(), 7))
    assert (found.kind, found.message) == ("candidates", "People who may be chosen: 5; seats: 7.")
    assert said(found.relaxations) == ["Fill 5 seats instead of 7."]


def test_too_few_people_once_organisations_are_counted():
    people = [person("a", 9, unit="X"), person("b", 8, unit="X"), person("c", 7, unit="Y"), person("d", 6)]
    found = clash(Problem(people, 9, per_unit_maximum=1))
    assert found.message == "People who may be chosen: 4; at most 1 of one organisation leaves 3; seats: 9."
    assert [(one.label, one.after) for one in found.relaxations] == [("seats", 3)]


def test_minima_that_add_up_to_more_than_the_seats():
    found = clash(Problem(five(), 1, [Limit("country", "BE", minimum=1), Limit("country", "CY", minimum=1)]))
    assert found.kind == "arithmetic"
    assert found.message == "The minima for country add up to 2; there is room for 1."
    assert found.limits == ("country BE", "country CY")
    assert len(found.relaxations) == 1
    assert len(found.alternatives) == 1


def test_maxima_that_leave_too_little_room():
    found = clash(Problem(five(), 4, [Limit("country", maximum=1)]))
    assert found.message == "The maxima for country leave room for 3; seats: 4."
    assert said(found.relaxations) == ["Raise the maximum for country AT from 1 to 2."]


def test_more_asked_for_than_there_are():
    found = clash(Problem(five(), 3, [Limit("country", "DK", minimum=1, label="Danes")]))
    assert found.message == "Danes: at least 1 are asked for, 0 are there."
    assert said(found.relaxations) == ["Lower the minimum for Danes from 1 to 0."]


def test_a_minimum_above_its_maximum():
    found = clash(Problem(five(), 3, [Limit("country", "AT", 3, 2)]))
    assert found.message == "country AT: the minimum 3 is above the maximum 2."


def test_too_few_organisations():
    people = [person(name, 5, unit="X" if name < "d" else None) for name in "abcd"]
    found = clash(Problem(people, 3))
    assert found.kind == "units"
    assert found.message == "Organisations: 1, people without one: 1, at most 1 each; seats: 3."
    assert said(found.relaxations) == ["Allow 2 instead of 1 per organisation."]
    assert [said(one) for one in found.alternatives] == [["Fill 2 seats instead of 3."]]


def test_limits_that_only_clash_together():
    people = [person("a", 5, "AT", role="x"), person("b", 5, "BE", role="y"), person("c", 5, "AT", role="y")]
    limits = [Limit("country", "BE", minimum=1), Limit("role", "x", minimum=1), Limit("role", "y", maximum=1)]
    found = clash(Problem(people, 2, [*limits, Limit("country", "AT", maximum=0)]))
    assert found.kind in ("together", "arithmetic")
    together = clash(Problem(people, 1, [Limit("country", "BE", minimum=1), Limit("role", "x", minimum=1)]))
    assert together.kind == "together"
    assert together.limits == ("country BE", "role x") or together.limits == ("role x", "country BE")
    assert len(together.alternatives) == 1


def test_a_limit_with_both_ends_is_named_once_where_nothing_helps():
    fixed = [Limit("country", "DK", 2, 3, frozen=True), Limit("country", "BE", 1, 3, frozen=True)]
    assert clash(Problem(five(), 3, fixed)).limits == ("country DK", "country BE")


def test_a_frozen_limit_is_never_proposed():
    limits = [Limit("country", "BE", minimum=1, frozen=True), Limit("role", "x", minimum=1)]
    people = [person("a", 5, "AT", role="x"), person("b", 5, "BE", role="y")]
    found = clash(Problem(people, 1, limits))
    assert said(found.relaxations) == ["Lower the minimum for role x from 1 to 0."]
    assert found.alternatives == ()


def test_what_no_limit_can_mend():
    people = [person("a", 5, unit="X"), person("b", 5, unit="X"), person("c", 4)]
    found = clash(Problem(people, 2, forced_in=["a", "b"]))
    assert found.kind == "structure"
    assert found.message == "More people of one organisation are put in by hand than the 1 allowed."
    assert said(found.relaxations) == ["Allow 2 instead of 1 per organisation."]
    over = clash(Problem(people, 1, forced_in=["a", "c"]))
    assert over.message == "People put in by hand: 2; seats: 1."
    assert over.relaxations == ()
    fixed = [Limit("country", "AT", maximum=1, frozen=True)]
    assert clash(Problem(people[1:], 2, fixed, forced_in=["b", "c"])).faults[-1].code == "nothing_helps"


def test_people_put_in_by_hand_against_a_maximum_ask_to_raise_it():
    found = clash(Problem(five(), 3, [Limit("country", "AT", maximum=1)], forced_in=["a", "b"]))
    assert said(found.relaxations) == ["Raise the maximum for country AT from 1 to 2."]


def test_a_clash_whose_search_takes_too_long_is_still_named():
    from booster.craft.balance import Unsettled
    from booster.craft.balance.clash import clash_of
    from booster.craft.balance.problem import read

    found = clash_of(read(Problem(five(), 4, [Limit("country", maximum=1)])), effort=0)
    assert found.kind == "arithmetic"
    assert found.relaxations == ()
    with pytest.raises(Unsettled):
        explain_infeasible(Problem(five(), 3), effort=0)


def test_a_search_that_somebody_stops_says_so_and_a_clash_is_named_even_then():
    from booster.craft.working import Stopped

    with pytest.raises(Stopped):
        explain_infeasible(Problem(five(), 3), watch=lambda step: False)
    with pytest.raises(Stopped):
        choose(Problem(five(), 3), watch=lambda step: False)
    stages = []
    with pytest.raises(Infeasible) as refusal:
        choose(Problem(five(), 4, [Limit("country", maximum=1)]), watch=lambda step: not stages.append(step.stage))
    assert refusal.value.clash.relaxations
    assert {*stages} == {"relaxations"}


def test_nothing_clashes_where_a_selection_exists():
    assert explain_infeasible(Problem(five(), 3)) is None
    assert explain_infeasible(Problem([], 0)) is None
    assert explain_infeasible(Problem([], 0, [Limit("country", "AT", minimum=1)])).kind == "arithmetic"


# ---------------------------------------------------------------- live counts


def test_a_tally_says_where_each_limit_stands():
    limits = [Limit("country", maximum=2), Limit("country", "CY", minimum=1)]
    now = tally(five(), ["a", "b", "d"], limits)
    assert [(line.value, line.count, line.available, line.state) for line in now.lines] == [
        ("AT", 2, 3, "at_maximum"),
        ("BE", 1, 1, "ok"),
        ("CY", 0, 1, "under"),
    ]
    assert not now.holds
    assert now.average == Decimal("7.667")
    assert now.values == {"country": {"AT": 2, "BE": 1}}
    assert tally(five(), ["a", "b", "c"], limits).lines[0].state == "over"
    assert tally(five(), [], []).average == 0


def test_a_tally_names_crowded_organisations_and_unknown_ids():
    people = [person("a", 1, unit="X"), person("b", 1, unit="X")]
    assert tally(people, ["a", "b"], [], per_unit_maximum=1).crowded_units == ("X",)
    assert not tally(people, ["a", "b"], [], per_unit_maximum=1).holds
    with pytest.raises(BadProblem, match="nobody"):
        tally(people, ["nobody"], [])


def test_replacements_refuse_someone_who_holds_no_seat():
    problem = Problem(five(), 3)
    with pytest.raises(BadProblem, match="not among the chosen"):
        replacements(problem, ["a", "b", "c"], "d")
    with pytest.raises(BadProblem, match="nobody"):
        replacements(problem, ["a", "nobody"], "a")
    assert replacements(problem, ["a", "b", "c"], "b") == ("d", "e")


def test_no_solver_is_loaded_by_what_a_web_process_uses():
    import subprocess
    import sys

    code = (
        "import sys; from booster.craft import balance; "
        "people = [balance.Candidate('a', 1)]; balance.tally(people, ['a'], []); "
        "sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
