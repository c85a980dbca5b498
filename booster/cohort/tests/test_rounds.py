"""Seats come from the last round: a shortlist makes none."""

import pytest
from django.utils.timezone import now

from booster.chronicle.actions import record
from booster.chronicle.tasks import run_errands
from booster.cohort.models import Seat
from booster.cohort.tests import make
from booster.selection import facts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("outcome", "seats"), [("shortlisted", 0), ("chosen", 1), ("reserve", 1)])
def test_only_a_place_or_the_reserve_makes_a_seat(olga, outcome, seats):
    call = make.call(at=now(), organiser=olga)
    application = make.application(call, "Ada Alder", at=now())
    record(facts.TOLD, thing=application, by=olga, at=now(), outcome=outcome, rank=1, decision=1)
    run_errands(at=now())
    assert Seat.objects.count() == seats
