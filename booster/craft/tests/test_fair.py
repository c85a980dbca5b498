"""Lotteries among groups against a referee that tries every group in exact fractions."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booster.craft.balance import Infeasible
from booster.craft.balance.fair import Terms, portfolio
from booster.craft.tests.lotteries import fairest_chances, groups_of
from booster.craft.tests.referee import problems

LOTTERY = Terms("lottery")
TERMS = (LOTTERY, Terms("lottery", Decimal(1)), Terms("merit", None, (Decimal(6), Decimal(1), Decimal(-4))))


@settings(max_examples=60, deadline=None)
@given(problem=problems(), terms=st.sampled_from(TERMS))
def test_chances_are_the_fairest_of_all_lotteries_among_groups(problem, terms):
    groups = groups_of(problem, terms)
    if not groups:
        with pytest.raises(Infeasible):
            portfolio(problem, terms)
        return
    answer = portfolio(problem, terms)
    assert {panel.ids for panel in answer.panels} <= set(groups)
    expected = fairest_chances(groups, [one.id for one in problem.candidates])
    assert answer.certificate.state == "exact"
    for name, chance in expected.items():
        assert abs(answer.chances[name] - chance) <= 1e-6
    assert sum(panel.tickets for panel in answer.panels) == answer.tickets
    assert {name for name, chance in answer.chances.items() if not chance} == set(answer.never)
