from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booster.craft.agreement import (
    BadMark,
    Reliability,
    alpha,
    calibrate,
    icc,
    interval,
    of_mean,
    severities,
    spreads,
    trimmed_mean,
)

# Shrout and Fleiss (1979), table 2: six subjects, four judges.
JUDGES = {
    f"s{row}": dict(zip("abcd", marks, strict=True))
    for row, marks in enumerate([(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)])
}
# Krippendorff (2011), four observers and twelve units with gaps.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = {
    f"u{unit:02d}": {f"o{row}": marks[unit] for row, marks in enumerate(OBSERVERS) if marks[unit] is not None}
    for unit in range(12)
}


def test_icc_of_the_published_example():
    found = icc(JUDGES)
    assert found.value == pytest.approx(0.1657, abs=0.0005)
    assert (found.files, found.marks) == (6, 24)
    assert found.sentence == "Agreement 0.17: low; talk before ranking by these marks."


def test_alpha_of_the_published_example():
    found = alpha(UNITS)
    assert found.value == pytest.approx(0.849, abs=0.0005)
    assert (found.files, found.marks) == (11, 40)
    assert found.sentence == "Agreement 0.85: the marks can be relied on."


def test_agreement_of_the_middling_sort_is_for_tentative_conclusions():
    marks = {"a": {"x": 1, "y": 2}, "b": {"x": 3, "y": 3}, "c": {"x": 5, "y": 4}, "d": {"x": 2, "y": 3}}
    assert 0.667 <= alpha(marks).value < 0.8
    assert "tentative" in alpha(marks).sentence


def test_reliability_that_cannot_be_computed_says_why():
    assert icc({}).value is None
    assert icc({"a": {"x": 1, "y": 2}}).sentence == "At least two files with two marks each are needed."
    assert alpha({"a": {"x": 1}}).sentence == "At least one file with two marks is needed."
    same = {"a": {"x": 3, "y": 3}, "b": {"x": 3, "y": 3}}
    assert icc(same).sentence == alpha(same).sentence == "All marks are the same: nothing to tell apart."


def test_full_agreement_is_one():
    marks = {"a": {"x": 1, "y": 1}, "b": {"x": 4, "y": 4}}
    assert icc(marks).value == pytest.approx(1)
    assert alpha(marks).value == pytest.approx(1)


def test_a_spread_over_one_and_a_half_diverges_and_one_at_it_does_not():
    marks = {"b": {"x": 2, "y": Decimal("3.5")}, "a": {"x": 1.5, "y": 4, "z": 2}, "c": {}, "d": {"x": 5}}
    first, second, third = spreads(marks)
    assert (first.file, first.spread, first.divergent) == ("a", 2.5, True)
    assert first.sentence == "The marks lie 2.5 apart, over the 1.5 allowed."
    assert (second.file, second.divergent) == ("b", False)
    assert first.median == 2
    assert first.deviation == pytest.approx(1.3229, abs=0.0001)
    assert (third.deviation, third.marks) == (None, 1)
    assert spreads(marks, threshold=3)[0].divergent is False


def test_a_trimmed_mean_drops_the_ends():
    assert trimmed_mean([0, 3, 3, 4, 5]) == pytest.approx(10 / 3)
    assert trimmed_mean([1, 2]) == 1.5
    for values, share in [([], 0.2), ([1], 0.5)]:
        with pytest.raises(ValueError, match="trimmed mean"):
            trimmed_mean(values, share=share)


def test_severity_is_drawn_towards_nought():
    marks = {"a": {"x": 2, "y": 4}, "b": {"x": 1, "y": 3}, "c": {"z": 5}}
    strict, alone, mild = severities(marks)
    assert (strict.evaluator, strict.raw, strict.files) == ("x", -1, 2)
    assert strict.shrunk == pytest.approx(-2 / 6)
    assert strict.sentence == "About 0.33 marks lower than the means of 2 shared files."
    assert (mild.evaluator, mild.shrunk) == ("y", pytest.approx(2 / 6))
    assert (alone.files, alone.sentence) == (0, "No file is shared with anyone.")
    assert severities(marks, prior=0)[0].shrunk == -1


def test_calibration_is_the_distance_to_the_reference():
    found = calibrate("x", {"a": 3, "b": 2, "only": 1}, {"a": 4, "b": 2.5, "c": 1})
    assert (found.items, found.distance, found.bias, found.worst, found.worst_item) == (2, 0.75, -0.75, 1, "a")
    assert found.sentence == "On average 0.75 marks from the reference (-0.75), over 2 items."
    assert calibrate("x", {}, {"a": 1}).sentence == "No item is marked by both."


@pytest.mark.parametrize("mark", [float("nan"), float("inf"), None, "4", True, Decimal("NaN")])
def test_a_mark_that_is_no_number_is_named(mark):
    for measure in (spreads, severities, icc, alpha):
        with pytest.raises(BadMark) as refusal:
            measure({"f": {"x": 1, "y": mark}})
        assert (refusal.value.file, refusal.value.evaluator) == ("f", "y")


marks_ = st.dictionaries(
    st.sampled_from("abcde"), st.dictionaries(st.sampled_from("wxyz"), st.integers(0, 10).map(lambda n: n / 2))
)


@given(marks_)
def test_reliability_is_at_most_one_and_shifting_all_marks_changes_nothing(marks):
    moved = {file: {name: mark + 7 for name, mark in given_.items()} for file, given_ in marks.items()}
    for measure in (icc, alpha):
        value = measure(marks).value
        assert value is None or value <= 1 + 1e-9
        assert measure(moved).value == (None if value is None else pytest.approx(value, abs=1e-6))


@given(marks_)
def test_differences_to_the_means_cancel_out(marks):
    total = sum(line.raw * line.files for line in severities(marks))
    assert total == pytest.approx(0, abs=1e-9)


def test_a_range_by_leaving_out_one_file_at_a_time():
    marks = {f"f{one}": {"a": one, "b": one + (1 if one % 3 else 0)} for one in range(8)}
    found = interval(alpha, marks)
    assert found.low < alpha(marks).value < found.high <= 1
    assert (found.files, found.level) == (8, 0.95)
    assert found.sentence == f"Plausible is an agreement from {found.low:.2f} to {found.high:.2f}, over 8 files."
    assert interval(icc, marks, level=0.5).low > interval(icc, marks).low


def test_no_range_from_too_little():
    two = {"f": {"a": 1, "b": 2}, "g": {"a": 3, "b": 3}}
    assert interval(alpha, two).low is None
    assert interval(alpha, two).sentence == "At least three files with two marks each are needed for a range."
    assert interval(icc, {"f": {"a": 1}}).sentence == "At least two files with two marks each are needed."


def test_the_mean_of_several_marks_is_more_reliable_than_one():
    single = Reliability("ICC(1)", 0.5, 10, 30, "")
    assert of_mean(single, 3).value == 0.75
    assert of_mean(single, 3).measure == "ICC(1) of the mean of 3"
    assert of_mean(Reliability("ICC(1)", -0.5, 10, 30, ""), 3).value == 0.0
    assert of_mean(Reliability("ICC(1)", None, 0, 0, "none"), 3).sentence == "none"
    with pytest.raises(ValueError, match="at least one"):
        of_mean(single, 0)
