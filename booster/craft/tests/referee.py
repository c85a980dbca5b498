"""The slow but certain way: try every selection. Other tests compare with it."""

from collections import Counter
from decimal import Decimal
from itertools import combinations

from hypothesis import strategies as st

from booster.craft.balance import Candidate, Limit, Problem, lot_of, tally


def keeps(problem, ids):
    picked = [one for one in problem.candidates if one.id in ids]
    units = Counter(one.unit for one in picked if one.unit)
    most = problem.per_unit_maximum
    return (
        (most is None or max(units.values(), default=0) <= most)
        and set(problem.forced_in) <= set(ids)
        and not set(problem.forced_out) & set(ids)
        and tally(problem.candidates, ids, problem.limits).holds
    )


def referee(problem):
    """Every selection tried: the best total, and all selections that reach it."""
    best, winners = None, []
    for group in combinations(problem.candidates, problem.seats):
        ids = [one.id for one in group]
        if not keeps(problem, ids):
            continue
        total = sum((Decimal(one.score) for one in group), Decimal(0))
        if best is None or total > best:
            best, winners = total, []
        if total == best:
            winners.append(frozenset(ids))
    return best, winners


def lots(ids, seed):
    sums = [sum(lot_of(seed, one) >> (256 - word) & 0xFFFFF for one in ids) for word in (20, 40, 60)]
    return tuple(sums)


@st.composite
def problems(draw):
    size = draw(st.integers(1, 9))
    scores = st.one_of(st.integers(0, 4), st.decimals(-3, 5, places=3))
    candidates = [
        Candidate(
            f"p{place}",
            draw(scores),
            {
                "country": draw(st.sampled_from(["AT", "BE", "CY"])),
                "ecosystem": draw(st.frozensets(st.sampled_from("123"), max_size=2)),
            },
            draw(st.sampled_from([None, "u", "v", "w", "x"])),
        )
        for place in range(size)
    ]
    bound = st.one_of(st.none(), st.integers(0, 3))
    limits = [
        Limit(attribute, value, draw(bound), draw(bound))
        for attribute, value in [("country", "*"), ("country", "AT"), ("ecosystem", "*"), ("ecosystem", "2")]
        if draw(st.booleans())
    ]
    ids = [one.id for one in candidates]
    forced = draw(st.frozensets(st.sampled_from(ids), max_size=1))
    return Problem(
        candidates=candidates,
        seats=draw(st.integers(0, size)),
        limits=limits,
        per_unit_maximum=draw(st.sampled_from([None, 1, 1, 2])),
        forced_in=forced,
        forced_out=draw(st.frozensets(st.sampled_from(ids), max_size=1)) - forced,
        seed=draw(st.integers(-5, 5)),
    )
