from decimal import Decimal
from itertools import product
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.change import BadChange, by_group, change, changes
from booster.craft.quantiles import signed_rank_cut, t_cdf, t_quantile

PEOPLE = [f"p{place:02}" for place in range(12)]
BEFORE = dict(zip(PEOPLE, [2, 3, 3, 2, 4, 3, 2, 1, 3, 4, 2, 3], strict=True))
AFTER = dict(zip(PEOPLE, [3, 4, 3, 4, 4, 4, 3, 3, 4, 3, 3, 4], strict=True))


def codes(found):
    return [note.code for note in found.notes]


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 11, 24, 39, 200])
def test_quantiles_of_t_agree_with_scipy(freedom):
    from scipy.stats import t

    for chance in (0.5, 0.9, 0.975, 0.999):
        assert t_quantile(chance, freedom) == pytest.approx(t.ppf(chance, freedom), abs=1e-6)
        assert t_cdf(1.3, freedom) == pytest.approx(t.cdf(1.3, freedom), abs=1e-9)


@pytest.mark.parametrize("people", [5, 6, 7, 10])
def test_the_signed_rank_cut_is_that_of_all_signs_tried(people):
    sums = sorted(sum(rank for rank, up in enumerate(signs, 1) if up) for signs in product((0, 1), repeat=people))
    cut, held = signed_rank_cut(people, 0.95)
    outside = sum(one < cut for one in sums) / len(sums)
    assert held == pytest.approx(1 - 2 * outside)
    if held >= 0.95:
        assert sum(one <= cut for one in sums) / len(sums) > 0.025


def test_few_people_hold_what_they_can():
    assert signed_rank_cut(1, 0.95) == (1, 0.0)
    assert signed_rank_cut(5, 0.95) == (1, 0.9375)
    assert signed_rank_cut(6, 0.95) == (1, 0.96875)
    assert signed_rank_cut(10, 0.95) == (9, pytest.approx(0.951171875))


def test_a_rise_is_told_with_both_ranges():
    found = change(BEFORE, AFTER, scale=(1, 5))
    assert found.people == 12
    assert found.mean.estimate == pytest.approx(10 / 12)
    assert (found.mean.low, found.mean.high) == (pytest.approx(0.3029, abs=1e-3), pytest.approx(1.3638, abs=1e-3))
    assert (found.shift.estimate, found.shift.low, found.shift.high) == (1.0, 0.5, 1.5)
    assert (found.better, found.same, found.worse) == (9, 2, 1)
    assert found.better_share.estimate == 0.75
    assert found.verdict == "rose"
    assert found.sentence == (
        "12 people answered both times. On average they rate 0.8 higher than before; plausible is a rise of 0.3 to 1.4."
    )
    assert found.notes[0].sentence == "9 rate higher than before, 2 the same, 1 lower."
    assert found.effect == pytest.approx(1.08, abs=0.02)


def test_the_interval_is_that_of_scipy():
    from scipy.stats import binomtest, ttest_rel

    found = change(BEFORE, AFTER)
    theirs = ttest_rel(list(AFTER.values()), list(BEFORE.values())).confidence_interval(0.95)
    assert (found.mean.low, found.mean.high) == (pytest.approx(theirs.low), pytest.approx(theirs.high))
    wilson = binomtest(9, 12).proportion_ci(0.95, method="wilson")
    assert (found.better_share.low, found.better_share.high) == (
        pytest.approx(wilson.low),
        pytest.approx(wilson.high),
    )


def test_a_fall_mirrors_a_rise():
    found = change(AFTER, BEFORE)
    assert found.verdict == "fell"
    assert found.sentence.endswith("On average they rate 0.8 lower than before; plausible is a fall of 0.3 to 1.4.")


def test_no_clear_change_is_said_to_be_none():
    after = {person: BEFORE[person] + (1 if place % 2 else -1) for place, person in enumerate(PEOPLE)}
    found = change(BEFORE, after)
    assert found.verdict == "open"
    assert "so these answers show neither a rise nor a fall" in found.sentence


def test_two_ways_that_disagree_are_a_hint():
    before = dict.fromkeys(PEOPLE[:6], 1)
    after = dict(zip(PEOPLE, [2, 2, 2, 2, 2, 40], strict=False))
    found = change(before, after)
    assert found.verdict == "hint"
    assert found.effect is not None


def test_the_same_step_for_all_and_no_spread_at_all():
    found = change(dict.fromkeys(PEOPLE, 2), dict.fromkeys(PEOPLE, Decimal(3)))
    assert (found.verdict, found.effect) == ("same", None)
    assert found.sentence == "12 people answered both times, and every one of them changed by +1.0."


def test_a_ceiling_and_missing_answers_are_said():
    before = {**dict.fromkeys(PEOPLE[:4], 5), **dict.fromkeys(PEOPLE[4:10], 3), "early": 2}
    found = change(before, {**dict.fromkeys(PEOPLE[:10], 5), "late": 3}, scale=(1, 5))
    assert codes(found) == ["shares", "ceiling", "missing"]
    assert found.notes[1].sentence.startswith("40 % gave the highest answer already before")
    many = change({**BEFORE, **{f"x{place}": 1 for place in range(9)}}, AFTER)
    assert codes(many) == ["shares", "missing_many"]


def test_fewer_than_five_are_hidden_without_any_figure():
    found = change({one: BEFORE[one] for one in PEOPLE[:4]}, AFTER)
    assert (found.people, found.mean, found.shift, found.verdict) == (0, None, None, "hidden")
    assert found.sentence == "Fewer than 5 people answered both times; no figures are shown."


def test_five_people_say_that_the_second_range_is_weaker():
    found = change({one: BEFORE[one] for one in PEOPLE[:5]}, AFTER)
    assert "short" in codes(found)
    assert found.notes[-1].sentence == "With 5 people the second range holds with 93.8 % confidence, not 95.0 %."


def test_several_questions_widen_their_ranges_and_say_so():
    found = changes({"a": BEFORE, "b": BEFORE, "only": BEFORE}, {"a": AFTER, "b": AFTER})
    assert list(found) == ["a", "b"]
    assert found["a"].mean.low < change(BEFORE, AFTER).mean.low
    assert found["a"].mean.level == pytest.approx(0.975)
    assert found["a"].notes[-1].sentence == (
        "2 questions are compared at once; the ranges are widened so that all of them hold together with 95 % "
        "confidence."
    )
    assert changes({"a": BEFORE}, {"a": AFTER}) == {"a": change(BEFORE, AFTER)}
    few = {one: BEFORE[one] for one in PEOPLE[:2]}
    assert changes({"a": few, "b": few}, {"a": AFTER, "b": AFTER})["a"].notes == ()


def test_a_hidden_group_takes_the_smallest_other_with_it():
    groups = dict.fromkeys(PEOPLE[:6], "big") | dict.fromkeys(PEOPLE[6:11], "mid") | {"p11": "tiny"}
    found = by_group(BEFORE, AFTER, groups)
    assert {name: one.verdict for name, one in found.items()} == {"big": "hint", "mid": "hidden_too", "tiny": "hidden"}
    even = by_group(BEFORE, AFTER, {person: "ab"[place % 2] for place, person in enumerate(PEOPLE)})
    assert [one.people for one in even.values()] == [6, 6]
    stray = by_group(BEFORE, AFTER, dict.fromkeys(PEOPLE[:11], "a"))
    assert stray["a"].verdict == "hidden_too"


@pytest.mark.parametrize(
    "before, options, culprit",
    [
        ({"ann": float("nan")}, {}, "ann"),
        ({"ann": float("inf")}, {}, "ann"),
        ({"ann": True}, {}, "ann"),
        ({"ann": "3"}, {}, "ann"),
        ({"ann": 6}, {"scale": (1, 5)}, "ann"),
        ({}, {"level": 1.0}, "level"),
        ({}, {"least": 1}, "least"),
    ],
)
def test_wrong_answers_are_refused_by_name(before, options, culprit):
    with pytest.raises(BadChange) as refusal:
        change(before, AFTER, **options)
    assert refusal.value.culprit == culprit


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=5, max_size=20), st.randoms())
def test_order_and_names_do_not_matter_and_turning_the_scale_turns_the_answer(pairs, dice):
    before = {str(place): one for place, (one, _) in enumerate(pairs)}
    after = {str(place): one for place, (_, one) in enumerate(pairs)}
    found = change(before, after)
    names = list(before)
    dice.shuffle(names)
    assert change({name: before[name] for name in names}, after) == found
    turned = change({name: -one for name, one in before.items()}, {name: -one for name, one in after.items()})
    assert turned.mean.low == pytest.approx(-found.mean.high)
    assert turned.shift.high == -found.shift.low
    assert (turned.better, turned.worse) == (found.worse, found.better)
    assert found.mean.estimate == pytest.approx(mean(late - early for early, late in pairs))
    assert found.shift.low <= found.shift.estimate <= found.shift.high
