"""Limits as people write them, windows, small cells, names taken out, what-if: the pure files."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.balance import Candidate, Limit, Problem, choose
from booster.selection.rules import capitals, limits, results, whatif
from booster.selection.rules.counts import Line, distribution
from booster.selection.rules.feedback import without_names
from booster.selection.rules.whatif import Hand
from booster.selection.rules.windows import complaint_until, may_complain
from booster.selection.states import COMPLAINT, DECISION, SCENARIO
from booster.ui import europe

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(
    ["country", "each", "*", "DE", "min", "max", "limits", "organisation", "per_organisation", "newcomer", "yes"]
)  # fmt: skip
keys = st.text(max_size=10) | st.sampled_from(
    ["limits", "attribute", "value", "min", "max", "country", "ecosystem", "organisation", "per_organisation", "seats"]
)  # fmt: skip
anything = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(anything)
def test_reading_limits_never_raises_anything_but_bad_limits(written):
    try:
        found = limits.read(written)
    except limits.BadLimits:
        return
    assert limits.read(limits.written(found.limits), per_organisation=found.per_organisation) == found


def rows(written) -> list[tuple]:
    return [(one.attribute, one.value, one.minimum, one.maximum) for one in limits.read(written).limits]


@pytest.mark.parametrize(
    "written, expected",
    [
        ({"country": {"max": 3}}, [("country", "*", None, 3)]),
        ({"countries": {"Germany": {"at_most": 2}, "EL": {"min": 1}}},
         [("country", "DE", None, 2), ("country", "GR", 1, None)]),
        ({"gender": {"women": {"min": 11}}}, [("gender", "woman", 11, None)]),
        ({"role": {"Employees": {"min": 2}}}, [("role", "employee", 2, None)]),
        ({"newcomer": {"min": 5}}, [("newcomer", "yes", 5, None)]),
        ({"newcomers": {"no": {"max": 5}}}, [("newcomer", "no", None, 5)]),
        ({"maturity": {"Growing": {"min": 2, "max": 9}}}, [("maturity", "growing", 2, 9)]),
        ({"limits": {"country": {"max": 3}}, "per_organisation": 2}, [("country", "*", None, 3)]),
        ([{"attribute": "industrial_ecosystem", "value": "Agri-food", "min": 1}],
         [("ecosystem", "agri-food", 1, None)]),
        ({"limits": [{"attribute": "country", "value": "each", "maximum": 3, "frozen": True}]},
         [("country", "*", None, 3)]),
        ({"seats": 27, "seed": 1, "country": {"max": 3}}, [("country", "*", None, 3)]),
        ([], []),
        ({}, []),
    ],
)  # fmt: skip
def test_limits_are_read_in_either_form(written, expected):
    assert rows(written) == expected


@pytest.mark.parametrize(
    "written, most",
    [
        ({"organisation": {"max": 2}}, 2),
        ({"one_per_organisation": True}, 1),
        ({"one_per_organisation": False}, None),
        ({"per_organisation": 3}, 3),
        ({"limits": [], "per_organisation": 2}, 2),
        ([{"attribute": "organisation", "maximum": None}], None),
        ([{"attribute": "organisation"}], 1),
    ],
)
def test_places_of_an_organisation_are_read_beside(written, most):
    assert limits.read(written).per_organisation == most


@pytest.mark.parametrize(
    "written, message",
    [
        (7, "a table of attributes or a list"),
        ({"limits": 7}, "holds a table of attributes"),
        ([7], "this is no limit"),
        ({"country": 3}, "write the least and the most"),
        ({"country": {"DE": 3}}, "country, DE: write"),
        ({"shoe": {"max": 3}}, "none of country"),
        ({"country": {"Atlantis": {"max": 1}}}, "is not a country"),
        ({"ecosystem": {"Bakery": {"max": 1}}}, "none of the 14"),
        ({"country": {"max": -1}}, "a whole number"),
        ({"country": {"max": True}}, "a whole number"),
        ({"country": {"max": 2.5}}, "a whole number"),
        ({"country": {"min": 3, "max": 2}}, "cannot both hold"),
        ([{"attribute": "country", "maximum": 1}] * 501, "more than the 500"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(written, message):
    with pytest.raises(limits.BadLimits, match=message):
        limits.read(written)


def test_labels_are_words():
    assert [limits.label_of(*pair) for pair in [
        ("country", "GR"), ("ecosystem", "agri-food"), ("ecosystem", "bakery"), ("gender", "woman"), ("role", "chef"),
        ("country", "*"),
    ]] == ["Greece", "Agri-food", "bakery", "women", "chef", ""]  # fmt: skip


def test_relaxing_moves_one_bound_and_leaves_the_others():
    wish = limits.read({"country": {"max": 1}, "gender": {"woman": {"min": 9}}})
    moves = [
        {"side": "maximum", "attribute": "country", "value": "IT", "to": 3},
        {"side": "minimum", "attribute": "gender", "value": "woman", "to": 7},
        {"side": "per_unit", "to": 2},
        {"side": "seats", "to": 20},
    ]
    relaxed, seats = limits.relax(wish, 27, moves)
    assert (seats, relaxed.per_organisation) == (20, 2)
    assert [(one.attribute, one.value, one.minimum, one.maximum) for one in relaxed.limits] == [
        ("country", "*", None, 1), ("gender", "woman", 7, None), ("country", "IT", None, 3),
    ]  # fmt: skip


def candidates() -> list[Candidate]:
    return [Candidate("a", Decimal(90), {"country": "BE"}, "x"), Candidate("b", Decimal(80), {"country": {"FR"}}),
            Candidate("c", 70, {"country": ""})]  # fmt: skip


def test_the_digest_of_a_pool_does_not_depend_on_its_order_and_changes_with_a_score():
    pool = candidates()
    assert results.digest(pool) == results.digest(pool[::-1])
    assert results.digest(pool) != results.digest([*pool[:2], Candidate("c", 71)])


def test_the_reserve_list_ends_where_it_should_and_holds_nobody_who_fits_nowhere():
    result = {"reserve": ["a", "b", "c"], "seats_of_reserve": {"a": ["x"], "c": ["x"]}}
    assert results.reserve_list(result, 5) == ["a", "c"]
    assert results.reserve_list(result, 1) == ["a"]


def test_the_price_names_who_would_change_places():
    choice = choose(Problem(candidates(), 1, [Limit("country", "BE", maximum=0)]))
    before = results.of_choice(choice, outside={}, scores={}, pool=candidates())
    after = choose(Problem(candidates(), 1))
    assert results.of_price(before, after) == {
        "before": "80.000", "after": "90.000", "gain": "10.000", "in": ["a"], "out": ["b"],
    }  # fmt: skip


NOON = datetime(2023, 3, 1, 12, tzinfo=UTC)


def test_a_complaint_may_come_until_the_last_minute_of_the_last_day_where_the_call_is():
    assert complaint_until(NOON, 30, "Europe/Brussels") == datetime(2023, 3, 31, 21, 59, tzinfo=UTC)  # summer time
    last = datetime(2023, 3, 31, 21, 59, 59, tzinfo=UTC)
    assert may_complain(NOON, 30, "Europe/Brussels", at=last)
    assert not may_complain(NOON, 30, "Europe/Brussels", at=last + timedelta(seconds=1))
    assert not may_complain(None, 30, "Europe/Brussels", at=NOON)


def test_small_cells_are_not_shown():
    everybody = ["BE"] * 20 + ["FR"] * 9 + ["MT"] * 1 + ["CY"] * 2
    chosen = ["BE"] * 12 + ["FR"] * 6 + ["MT"]
    assert distribution(everybody, chosen) == [Line("BE", 20, 12), Line("", 12, 7)]  # FR goes with the hidden ones


def test_a_single_hidden_number_takes_the_smallest_shown_one_with_it():
    everybody, chosen = ["a"] * 9 + ["b"] * 8 + ["c"] * 7, ["a"] * 7 + ["b"] * 6 + ["c"] * 2
    assert distribution(everybody, chosen) == [Line("a", 9, 7), Line("b", 8, None), Line("c", 7, None)]


def test_an_order_is_kept_and_nothing_is_no_line():
    assert [one.value for one in distribution(["x"] * 5 + ["y"] * 9, [], order=["x", "y"])] == ["x", "y"]
    assert distribution([], []) == []
    assert distribution(["a"] * 2, ["a"]) == [Line("", 2, None)]


@given(st.lists(st.sampled_from("abcdef"), max_size=60), st.integers(0, 60))
def test_no_shown_cell_is_small(everybody, cut):
    for line in distribution(everybody, everybody[:cut]):
        assert line.value == "" or (line.among or 0) >= 5
        assert line.chosen is None or line.chosen == 0 or line.chosen >= 5


def test_names_and_addresses_of_evaluators_are_taken_out():
    text = "As Ren Reeve said, REEVE (ren@example.org) would know; reevesdale is a town."
    assert without_names(text, ["Ren Reeve", "ren@example.org", " ", ""]) == (
        "As … said, … (…) would know; reevesdale is a town."
    )


def test_a_hand_moves_people_and_moves_them_back():
    hand = Hand().toggled("a", is_in=True)
    assert hand == Hand((), ("a",))
    assert hand.toggled("a", is_in=False) == Hand()
    assert Hand().toggled("b", is_in=False) == Hand(("b",), ())
    assert Hand(("a", "a", "z"), ("a", "b")).known({"a", "b"}) == Hand(("a",), ("b",))


def test_who_is_in_before_and_after_a_solve():
    pool = [one.id for one in candidates()]
    assert whatif.in_now(pool, 2, None, Hand()) == {"a", "b"}
    assert whatif.in_now(pool, 2, ["c", "gone"], Hand(("b", "gone"), ("c",))) == {"b"}


def test_everybody_has_a_reason():
    hand, told = Hand(("a",), ("b",)), {"c": "Because."}
    say = lambda key, is_in, reasons: whatif.reason(key, seats=2, is_in=is_in, hand=hand, reasons=reasons)  # noqa: E731
    assert say("a", True, told) == "Put in by hand."
    assert say("b", False, told) == "Left out by hand."
    assert say("c", True, told) == "Because."
    assert say("d", False, told) == "Was not in the pool when this was worked out."
    assert say("c", True, None).startswith("Among the 2 highest")
    assert say("c", False, None).startswith("Below the 2 highest")


def test_a_typed_cohort_is_read_and_what_is_not_is_told():
    people, unread = capitals.read("3 Germany, Greece 2; PT x2\nAtlantis, 0 France, , 600 Spain")
    assert [one.id.split()[0] for one in people] == ["DE", "DE", "DE", "GR", "GR", "PT", "PT"]
    assert unread == ["Atlantis", "0 France", "600 Spain"]
    assert not capitals.read("Malta")[0][0].rail


@given(st.text(max_size=80))
def test_any_typed_cohort_is_borne(text):
    people, _unread = capitals.read(text)
    assert len(people) <= capitals.MOST


def test_people_start_at_home_else_at_their_capital_else_nowhere():
    assert (capitals.spot("a", "BE", 50.0, 4.0).latitude) == 50.0
    assert (capitals.spot("a", "BE", None, None).latitude) == 50.85
    assert (capitals.spot("a", "BE", 4.0, 50.0).latitude) == 50.85  # swapped
    assert capitals.spot("a", "", None, None) is None


def test_a_place_lies_on_the_map_or_it_does_not():
    assert europe.point(71.5, -25) == (0.0, 0.0)
    assert europe.point(50.85, 4.35) == (180.7, 206.5)
    assert europe.point(None, 3) is None
    assert europe.point(10, 3) is None


@pytest.mark.parametrize("machine", [SCENARIO, DECISION, COMPLAINT])
def test_every_state_can_be_reached(machine):
    assert machine.unreachable() == set()
