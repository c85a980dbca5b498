"""Policies, bands and chances as people type and read them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from booster.craft.balance import Candidate, Problem, Reason
from booster.craft.balance.fair import BandCount, Certificate, Panel, Portfolio, Terms
from booster.selection.rules import chances, policies, portfolios


def test_usual_bands_have_one_width_from_the_top():
    assert policies.usual_bounds(Decimal(50)) == (90, 80, 70)
    assert policies.usual_bounds(Decimal(0)) == (75, 50, 25)
    assert policies.usual_bounds(Decimal("70.5")) == (95, 90, 85)
    assert policies.usual_bounds(Decimal(90)) == (95,)  # too few for merit first: the page says so


def test_bands_hold_points_from_their_lower_bound():
    bands = policies.bands_of((85, 70), Decimal("60.5"))
    assert [(one.letter, str(one.least), one.below) for one in bands] == [
        ("A", "85", None), ("B", "70", Decimal(85)), ("C", "60.5", Decimal(70))
    ]  # fmt: skip
    points = [Decimal(100), Decimal(85), Decimal("84.99"), Decimal("60.5"), Decimal(60), None]
    assert policies.count(bands, points) == (2, 1, 1)


@pytest.mark.parametrize(
    "typed, found",
    [
        ("", None),
        ("50", None),
        ("50.0", None),
        ("60,5", Decimal("60.5")),
        (" 100 ", Decimal(100)),
        ("99.99", Decimal("99.99")),
    ],
)
def test_a_threshold_is_read(typed, found):
    assert policies.threshold_of(typed, call=Decimal(50)) == found


@pytest.mark.parametrize(
    "typed", ["49.99", "100.01", "-60", "60.123", "sixty", "٦٠", "6e1", "NaN", ".", "60." * 2, "1" * 99]
)
def test_a_threshold_that_cannot_be_meant_is_refused(typed):
    with pytest.raises(policies.BadPolicy, match="from 50 to 100") as refused:
        policies.threshold_of(typed, call=Decimal(50))
    assert refused.value.place == "threshold"


def test_fields_left_empty_do_not_count():
    assert policies.bounds_of(["", "90", " ", "70"], threshold=Decimal(50)) == (90, 70)


def test_five_bands_are_the_most():
    assert policies.bounds_of(["90", "80", "70", "60"], threshold=Decimal(55)) == (90, 80, 70, 60)
    with pytest.raises(policies.BadPolicy) as refused:
        policies.bounds_of(["95", "90", "80", "70", "60"], threshold=Decimal(50))
    assert refused.value.place == "bands"


def test_a_chance_is_told_as_people_say_it():
    assert chances.said(Fraction(1)) == "In every group that can be drawn: the seat is sure."
    assert chances.said(Fraction(1, 3)) == "By lot, with a chance of 1 in 3."
    assert chances.said(Fraction(3, 4)) == "By lot, with a chance of 75 %."


def test_chances_are_spread_over_columns_of_ten_percent():
    found = chances.spread(
        {"a": "1", "b": "1/10", "c": "11/100", "d": "999/1000", "e": "0", "f": "1", "g": "1/1000"}, apart=["f"]
    )  # fmt: skip
    assert (found.sure, found.in_lottery, found.without, found.least) == (1, 4, 1, "0.1 %")
    assert found.columns == (2, 1, 0, 0, 0, 0, 0, 0, 0, 1)
    assert chances.spread({}).least == "0 %"


def test_numbers_are_the_same_for_the_same_input_and_say_nothing():
    first = portfolios.numbers_of("input", ["P-2", "P-1", "P-3"])
    assert first == portfolios.numbers_of("input", ["P-3", "P-1", "P-2"])
    assert sorted(first.values()) == ["001", "002", "003"]
    assert len({tuple(portfolios.numbers_of(f"input {n}", ["P-1", "P-2", "P-3"]).items()) for n in range(40)}) == 6
    assert portfolios.numbers_of("x", [str(n) for n in range(1000)])["7"].isdecimal()


def test_a_question_is_asked_about_numbers():
    problem = Problem([Candidate("P-1", 3), Candidate("P-2", 4)], 1, forced_in=["P-1"], forced_out=["P-2"])
    asked = portfolios.numbered(problem, {"P-1": "002", "P-2": "001"})
    assert [one.id for one in asked.candidates] == ["002", "001"]
    assert (list(asked.forced_in), list(asked.forced_out)) == (["002"], ["001"])


@pytest.mark.parametrize("threshold, bands", [(Decimal("60.50"), (Decimal(80), Decimal("60.50"))), (None, ())])
def test_a_portfolio_is_read_as_it_was_written(threshold, bands):
    made = Portfolio(
        terms=Terms("merit" if bands else "lottery", threshold, bands), seats=1,
        panels=(Panel(("001",), 1, Fraction(1, 3)), Panel(("002",), 2, Fraction(2, 3))), tickets=3,
        chances={"001": Fraction(1, 3), "002": Fraction(2, 3), "003": Fraction(0)},
        bands=(BandCount("A", "80", 2, 1),), certificate=Certificate("columns", "exact", 1e-7, "Proven."),
        least=Fraction(1, 3), geometric_mean=0.47, never={"003": Reason("out_band", {"a": 1}, "No.")}, sentence="Said.",
    )  # fmt: skip
    assert portfolios.read(portfolios.written(made)) == made


def test_what_panels_reach_of_a_value():
    panels = [Panel(("1", "2"), 1, Fraction(1, 2)), Panel(("2", "3"), 1, Fraction(1, 2))]
    carries = {"1": frozenset({"gender:woman"}), "2": frozenset({"country:BE"}), "3": frozenset({"country:BE"})}
    assert portfolios.spread(panels, carries) == {"country:BE": (1, 2), "gender:woman": (0, 1)}
