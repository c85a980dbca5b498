import pytest

from booster.chronicle.actions import record
from booster.chronicle.models import Fact
from booster.chronicle.tasks import run_errands
from booster.cohort import actions, queries, reactions
from booster.cohort.models import LegSeat, Seat
from booster.cohort.tests import make
from booster.post.models import Letter
from booster.selection import facts as selection
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def tell(application, outcome, rank=1):
    record(selection.TOLD, thing=application, by=None, at=NOW, outcome=outcome, rank=rank)
    run_errands(at=NOW)


def test_the_chosen_are_offered_a_seat_and_reserves_wait_in_order(olga):
    call = make.call(at=NOW, organiser=olga)
    for name, outcome, rank in (
        ("Ada", "chosen", 1),
        ("Bo", "reserve", 2),
        ("Cy", "reserve", None),
        ("Di", "not_chosen", None),
    ):
        tell(make.application(call, name, at=NOW), outcome, rank)
    seats = Seat.objects.order_by("application__reference").values_list("application__reference", "state", "rank")
    assert list(seats) == [("Ada", "offered", None), ("Bo", "waiting", 2), ("Cy", "waiting", 999)]


def test_telling_twice_offers_once(olga):
    application = make.application(make.call(at=NOW, organiser=olga), "Ada", at=NOW)
    tell(application, "chosen")
    tell(application, "chosen")
    assert Seat.objects.count() == Letter.objects.filter(kind="cohort.offer").count() == 1


def test_a_call_for_venues_makes_no_seats_nor_does_somebody_who_is_gone(olga):
    tell(make.application(make.call(at=NOW, organiser=olga, kind="venues"), "Ada", at=NOW), "chosen")
    nobody = make.application(make.call(at=NOW, organiser=olga, slug="cba-2"), "Bo", at=NOW)
    nobody.applicant = None
    nobody.save()
    tell(nobody, "chosen")
    reactions.enrol(Fact(kind="selection.told", thing_id=999_999, payload={"outcome": "chosen"}), at=NOW)
    assert not Seat.objects.exists()


def test_nothing_is_written_about_a_seat_that_went_on_or_is_gone(olga):
    seat = actions.enrol(
        application=make.application(make.call(at=NOW, organiser=olga), "Ada", at=NOW), rank=None, at=NOW
    )
    actions.decline(seat=seat, reason="", by=seat.person, at=NOW)
    run_errands(at=NOW)
    reactions.write_thanks(Fact(kind="x", thing_id=seat.pk), at=NOW)
    for reaction in (reactions.write_offer, reactions.write_thanks, reactions.write_lapsed, reactions.fill):
        reaction(Fact(kind="x", thing_id=999_999), at=NOW)
    reactions.fill_leg(Fact(kind="x", thing_id=999_999), at=NOW)
    assert not Letter.objects.exists()


def test_ones_own_seats_are_those_that_were_offered(olga):
    call = make.call(at=NOW, organiser=olga)
    seat = actions.enrol(application=make.application(call, "Ada", at=NOW), rank=None, at=NOW)
    waiting = actions.enrol(application=make.application(call, "Bo", at=NOW), rank=1, at=NOW)
    assert list(queries.my_seats(seat.person)) == [seat]
    assert list(queries.my_seats(waiting.person)) == []
    assert list(Seat.objects.taken()) == [seat]
    part = queries.seat_with_legs(seat)[0]
    assert (str(seat), str(part), seat.state_label) == ("Ada", "Online days", "offered")
    assert LegSeat.objects.filter(seat=waiting).count() == 0
