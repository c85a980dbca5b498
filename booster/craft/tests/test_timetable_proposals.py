"""Timetables proposed, re-planned and explained; the referee tries every one."""

from hypothesis import assume, given, settings

from booster.craft.tests.timetable_referee import best, figures, programmes
from booster.craft.timetable import (
    Impossible,
    conflicts,
    propose,
)

NAMES = ("moves", "wishes", "chains", "idle")


def attempt(programme):
    try:
        return propose(programme, effort=2)
    except Impossible:
        return None


@settings(max_examples=40, deadline=None)
@given(programmes())
def test_a_proposal_breaks_no_rule_and_says_true_figures(programme):
    found = attempt(programme)
    assume(found)
    assert conflicts(programme, found.places) == ()
    assert tuple(stage.value for stage in found.stages) == figures(programme, found.places)
    assert tuple(stage.name for stage in found.stages) == NAMES


@settings(max_examples=15, deadline=None)
@given(programmes(most=2, hours=(10, 13)))
def test_no_timetable_at_all_is_better_than_the_proposal(programme):
    found = attempt(programme)
    assert best(programme) == (found and tuple(stage.value for stage in found.stages))
    assert found is None or found.proof.state == "optimal"
