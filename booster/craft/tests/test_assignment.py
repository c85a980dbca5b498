from collections import Counter
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booster.craft.assignment import BadAssignment, Sharing, assign


def judge(sharing, pairs):
    """The objectives in their order, smaller is better."""
    served, loads = Counter(file for file, _ in pairs), Counter(name for _, name in pairs)
    missing = [max(0, sharing.per_file - served[file]) for file in sharing.files]
    squares = sum(loads[name] ** 2 for name in sharing.evaluators)
    return (
        sum(missing),
        sum(gap * (gap + 1) // 2 for gap in missing),
        squares,
        -sum(sharing.affinity.get(pair, 0) for pair in pairs),
    )


def referee(sharing):
    kept = set(sharing.kept)
    held = Counter(name for _, name in kept)
    choices = []
    for file in sharing.files:
        own = [name for each, name in kept if each == file]
        able = [n for n in sharing.evaluators if (file, n) not in sharing.forbidden and n not in own]
        most = max(0, sharing.per_file - len(own))
        choices.append([[(file, n) for n in group] for size in range(most + 1) for group in combinations(able, size)])
    best = None
    for picks in product(*choices):
        pairs = kept | {pair for pick in picks for pair in pick}
        loads = Counter(name for _, name in pairs)
        if all(loads[name] <= max(most, held[name]) for name, most in sharing.evaluators.items()):
            value = judge(sharing, pairs)
            best = value if best is None else min(best, value)
    return best


@st.composite
def sharings(draw):
    files = [f"f{n}" for n in range(draw(st.integers(0, 4)))]
    evaluators = {f"e{n}": draw(st.integers(0, 3)) for n in range(draw(st.integers(0, 3)))}
    pairs = [(file, name) for file in files for name in evaluators]
    some = st.frozensets(st.sampled_from(pairs), max_size=4) if pairs else st.just(frozenset())
    forbidden = draw(some)
    return Sharing(
        files=files,
        evaluators=evaluators,
        per_file=draw(st.integers(1, 3)),
        forbidden=forbidden,
        affinity={pair: draw(st.integers(0, 3)) for pair in pairs if draw(st.booleans())},
        kept=draw(some) - forbidden,
        seed=draw(st.integers(0, 3)),
    )


calm = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(sharings())
def test_the_sharing_is_as_good_as_the_best_of_all(sharing):
    found = assign(sharing)
    assert judge(sharing, found.pairs) == referee(sharing)
    assert set(sharing.kept) <= set(found.pairs)
    assert not set(found.pairs) & set(sharing.forbidden)
    assert set(found.added) == set(found.pairs) - set(sharing.kept)
    assert found.affinity == -judge(sharing, found.pairs)[3]


@calm
@given(sharings())
def test_every_shortfall_is_named_with_a_true_cause(sharing):
    found = assign(sharing)
    served = Counter(file for file, _ in found.pairs)
    loads = Counter(name for _, name in found.pairs)
    gaps = {file: sharing.per_file - served[file] for file in sharing.files}
    assert {one.file: one.missing for one in found.short} == {file: gap for file, gap in gaps.items() if gap > 0}
    for one in found.short:
        able = [name for name in sharing.evaluators if (one.file, name) not in sharing.forbidden]
        assert one.params["able"] == len(able)
        if one.code == "conflicts":
            assert len(able) < sharing.per_file
        for name in able:
            assert (one.file, name) in found.pairs or loads[name] >= sharing.evaluators[name]


@calm
@given(sharings(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(sharing, chance):
    files, names = list(sharing.files), list(sharing.evaluators.items())
    chance.shuffle(files)
    chance.shuffle(names)
    assert assign(replace(sharing, files=files, evaluators=dict(names))) == assign(sharing)


def test_loads_are_even_and_experts_get_their_files():
    files = [f"f{n}" for n in range(6)]
    affinity = {(file, "a"): 5 for file in files[:3]} | {(file, "b"): 5 for file in files[3:]}
    found = assign(Sharing(files, {"a": 9, "b": 9, "c": 9}, per_file=2, affinity=affinity))
    assert found.loads == {"a": 4, "b": 4, "c": 4}
    assert found.spread == 0
    assert found.affinity == 30
    assert found.sentence == "Each evaluator has between 4 and 4 files."


def test_missing_places_are_spread_over_files():
    found = assign(Sharing(["f", "g"], {"a": 1, "b": 1}, per_file=2))
    assert sorted(file for file, _ in found.pairs) == ["f", "g"]
    assert [one.sentence for one in found.short] == [
        "All 2 evaluators without a conflict have reached their capacity or hold this file already."
    ] * 2


def test_conflicts_are_named_where_they_leave_too_few():
    found = assign(Sharing(["f"], {"a": 1, "b": 1}, per_file=2, forbidden=[("f", "a")]))
    assert found.pairs == (("f", "b"),)
    assert found.short[0].sentence == "Evaluators without a conflict: 1; needed: 2."


def test_what_is_kept_stays_beyond_a_lowered_capacity():
    found = assign(Sharing(["f", "g"], {"a": 1, "b": 5}, per_file=1, kept=[("f", "a"), ("g", "a")]))
    assert found.loads == {"a": 2, "b": 0}
    assert found.added == ()


def test_nobody_and_nothing():
    assert assign(Sharing([], {})).sentence == "There are no evaluators."
    assert assign(Sharing(["f"], {})).short[0].code == "conflicts"
    assert assign(Sharing([], {"a": 2})).loads == {"a": 0}


def test_seeds_decide_between_equals():
    files = [f"f{n}" for n in range(6)]
    even = Sharing(files, {"a": 3, "b": 3}, per_file=1)
    assert len({assign(replace(even, seed=seed)).pairs for seed in range(8)}) > 3


@pytest.mark.parametrize(
    "change, culprit",
    [
        ({"files": ["f", "f"]}, "f"),
        ({"per_file": 0}, "per_file"),
        ({"evaluators": {"a": -1}}, "a"),
        ({"evaluators": {"a": 1.5}}, "a"),
        ({"kept": [("x", "a")]}, "x"),
        ({"kept": [("f", "x")]}, "x"),
        ({"kept": [("f", "a")], "forbidden": [("f", "a")]}, "a"),
        ({"affinity": {("f", "a"): -1}}, "a"),
        ({"affinity": {("f", "a"): 0.5}}, "a"),
        ({"affinity": {("f", "a"): 1001}}, "a"),
    ],
)
def test_a_bad_question_names_its_culprit(change, culprit):
    with pytest.raises(BadAssignment) as refusal:
        assign(replace(Sharing(["f"], {"a": 1}), **change))
    assert refusal.value.culprit == culprit
