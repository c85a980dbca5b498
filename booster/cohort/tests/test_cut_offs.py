"""Seats of a call with cut-offs: whose is free for the next batch, whose reserve goes first."""

import pytest

from booster.chronicle.tasks import run_errands
from booster.cohort import actions as cohort
from booster.cohort import queries as seats
from booster.cohort.models import Seat
from booster.kit.access import Refused
from booster.selection import actions
from booster.selection.queries.batches import holders
from booster.selection.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def call(olga, now):
    return make.call(at=now, organiser=olga)


@pytest.fixture
def files(call, now):
    """A-000 to A-004 for the cut-off, A-005 to A-011 after it."""
    return make.files(call, at=now, count=12)


@pytest.fixture
def cut_off(call, files, now):
    return make.passed_cut_off(call, at=now, rows=files[:5])


def test_a_seat_given_back_is_free_for_the_next_and_who_moved_up_holds_one(call, cut_off, files, olga, now):
    make.told(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    gone = Seat.objects.get(application__reference="A-000")
    cohort.decline(seat=gone, reason="", by=gone.person, at=now)
    run_errands(at=now)
    moved = Seat.objects.filter(state="offered").exclude(application__reference="A-001").get()
    assert moved.rank == 1
    assert holders(call) == {moved.application_id, files[1].pk}


def test_the_reserve_of_an_earlier_cut_off_goes_first(call, cut_off, files, olga, now):
    make.told(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2)
    make.told(call, cut_off="0", by=olga, at=now, seats=4)
    waiting = seats.waiting(call.edition_id)
    early = {row.reference for row in files[:5]}
    assert [one.rank for one in waiting] == list(range(1, len(waiting) + 1))
    firsts = [one.reference in early for one in waiting]
    assert firsts == sorted(firsts, reverse=True)
    assert any(firsts)
    assert not all(firsts)
    merged = seats.seats_of_reserve(call)
    assert {one.reference for one in waiting} <= set(merged)


def test_a_seat_that_was_given_back_since_makes_a_selection_stale(call, cut_off, files, olga, now):
    make.told(call, cut_off=str(cut_off.pk), by=olga, at=now, seats=2, reserves=0)
    kept = make.solved(call, by=olga, at=now, seats=4, cut_off="0")
    gone = Seat.objects.get(application__reference="A-000")
    cohort.decline(seat=gone, reason="", by=gone.person, at=now)
    with pytest.raises(Refused, match="changed since this was worked out"):
        actions.adopt(scenario=kept, by=olga, at=now)
