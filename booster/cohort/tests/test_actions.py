from datetime import UTC, datetime, timedelta

import pytest

from booster.academies.access import roles_of
from booster.academies.models import Day
from booster.chronicle.models import Fact
from booster.chronicle.tasks import run_errands
from booster.cohort import actions, letters, queries, tasks
from booster.cohort.models import LegSeat, Seat
from booster.cohort.tests import make
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.people.models import Person
from booster.post import actions as post
from booster.post.models import Letter
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BETWEEN_THE_LEGS = NOW.replace(year=2023, month=1)


@pytest.fixture
def call(olga):
    return make.call(at=NOW, organiser=olga)


def chosen(call, name="Ada Alder") -> Seat:
    return actions.enrol(application=make.application(call, name, at=NOW), rank=None, at=NOW)


def reserve(call, name, rank) -> Seat:
    return actions.enrol(application=make.application(call, name, at=NOW), rank=rank, at=NOW)


def test_whoever_is_chosen_is_offered_a_seat_for_every_leg_with_a_date(call):
    seat = chosen(call)
    assert (seat.state, seat.answer_by.isoformat()) == ("offered", "2022-10-06T21:59:00+00:00")
    assert [str(part.leg) for part in seat.legs.all()] == ["Online days", "Days in Strasbourg"]


def test_the_offer_is_written_once_however_often_the_errands_run(call):
    seat = chosen(call)
    run_errands(at=NOW)
    run_errands(at=NOW)
    letter = Letter.objects.get(kind="cohort.offer")
    assert (letter.to, letter.state) == (seat.person, "released")
    assert "/l/" in letter.body


def test_enrolling_twice_makes_one_seat(call):
    application = make.application(call, "Ada Alder", at=NOW)
    assert actions.enrol(application=application, rank=None, at=NOW) == actions.enrol(
        application=application, rank=3, at=NOW
    )
    assert Seat.objects.get().state == "offered"


def test_nobody_is_enrolled_whom_no_letter_reaches(call):
    application = make.application(call, "Ada Alder", at=NOW)
    application.applicant = None
    with pytest.raises(Refused, match="no usable address"):
        actions.enrol(application=application, rank=None, at=NOW)


def test_accepting_makes_a_participant_and_thanks(call):
    seat = chosen(call)
    actions.accept(seat=seat, by=seat.person, at=NOW)
    run_errands(at=NOW)
    assert (call.edition_id, "participant") in roles_of(Person.objects.get(pk=seat.person_id))
    assert Letter.objects.filter(kind="cohort.accepted").count() == 1
    with pytest.raises(NotNow):
        actions.accept(seat=seat, by=seat.person, at=NOW)


def test_a_minute_too_late_is_too_late(call):
    seat = chosen(call)
    with pytest.raises(NotNow, match="time to answer is over"):
        actions.accept(seat=seat, by=seat.person, at=seat.answer_by + timedelta(minutes=1))


def test_of_an_answer_and_a_lapse_at_the_same_moment_one_wins(call):
    seat, twin = chosen(call), Seat.objects.select_related("application__call", "edition", "person").get()
    actions.accept(seat=twin, by=seat.person, at=NOW)
    with pytest.raises(Stale):
        actions.lapse(seat=seat, at=NOW)


def test_a_declined_seat_goes_to_the_first_who_keeps_all_limits_and_only_once(call):
    make.adopted(call, {"Bo Birch": ["Zoe Zeder"], "Cy Cedar": ["Ada Alder"]}, at=NOW)
    seat = chosen(call)
    first, second = reserve(call, "Bo Birch", 1), reserve(call, "Cy Cedar", 2)
    actions.decline(seat=seat, reason=" no time ", by=seat.person, at=NOW)
    run_errands(at=NOW)
    assert actions.move_up(gap=seat, at=NOW) is None
    second.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, second.state, second.fills) == ("waiting", "offered", seat)
    assert second.why == "first on the reserve list who keeps all limits in this seat"
    assert seat.reason == "no time"


def test_an_offer_that_nobody_answers_lapses_and_the_next_is_asked(call):
    seat, waiting = chosen(call), reserve(call, "Bo Birch", 1)
    assert tasks.lapse_due(at=NOW + timedelta(days=1)) == 0
    late = seat.answer_by + timedelta(minutes=1)
    assert tasks.lapse_due(at=late) == 1
    assert tasks.lapse_due(at=late) == 0
    run_errands(at=late)
    waiting.refresh_from_db()
    seat.refresh_from_db()
    assert (seat.state, waiting.state) == ("lapsed", "offered")
    assert sorted(Letter.objects.values_list("kind", flat=True)) == ["cohort.lapsed", "cohort.offer"]


def test_a_seat_that_was_answered_meanwhile_does_not_lapse(call, monkeypatch):
    seat = chosen(call)
    stale = [Seat.objects.get(pk=seat.pk)]
    actions.accept(seat=seat, by=seat.person, at=NOW)
    monkeypatch.setattr(queries, "due_to_lapse", lambda at: stale)
    assert tasks.lapse_due(at=NOW) == 0


def test_a_reminder_is_sent_once_two_days_before(call):
    seat = chosen(call)
    run_errands(at=NOW)
    assert tasks.remind_due(at=NOW) == 0
    soon = seat.answer_by - timedelta(days=1)
    assert tasks.remind_due(at=soon) == 1
    assert tasks.remind_due(at=soon) == 0
    assert Letter.objects.filter(kind="cohort.reminder").count() == 1


def test_offers_and_what_lapsed_leave_in_the_editions_hours_and_thanks_at_once(call):
    saturday = datetime(2022, 10, 1, 20, tzinfo=UTC)
    seat = chosen(call)
    for kind in ("offer", "lapsed", "accepted"):
        draft = letters.offer(seat, link="https://example.org/l/") if kind == "offer" else getattr(letters, kind)(seat)
        post.drop(**draft, by=None, at=saturday, release_now=True)
    monday = datetime(2022, 10, 3, 6, tzinfo=UTC)
    assert dict(Letter.objects.values_list("kind", "not_before")) == {
        "cohort.offer": monday, "cohort.lapsed": monday, "cohort.accepted": saturday,
    }  # fmt: skip
    Seat.objects.update(answer_by=monday + timedelta(hours=20))
    last = letters.reminder(Seat.objects.get(pk=seat.pk), link="https://example.org/l/")
    assert post.drop(**last, by=None, at=saturday, release_now=True).not_before == saturday


def test_with_an_empty_reserve_list_the_seat_stays_free(call):
    seat = chosen(call)
    actions.decline(seat=seat, reason="", by=seat.person, at=NOW)
    run_errands(at=NOW)
    assert actions.move_up(gap=seat, at=NOW) is None


def test_giving_the_whole_seat_back_ends_the_role_and_between_the_legs_only_the_later_one_is_offered(call):
    seat, waiting = chosen(call), reserve(call, "Bo Birch", 1)
    actions.accept(seat=seat, by=seat.person, at=NOW)
    actions.give_back(seat=seat, reason="new job", by=seat.person, at=BETWEEN_THE_LEGS)
    run_errands(at=BETWEEN_THE_LEGS)
    waiting.refresh_from_db()
    assert roles_of(Person.objects.get(pk=seat.person_id)) == frozenset()
    assert [str(part.leg) for part in waiting.legs.all()] == ["Days in Strasbourg"]


def test_giving_one_leg_back_keeps_the_other_and_offers_that_leg_alone(call):
    seat, waiting = chosen(call), reserve(call, "Bo Birch", 1)
    actions.accept(seat=seat, by=seat.person, at=NOW)
    journey = LegSeat.objects.select_related("seat", "leg").get(seat=seat, leg__kind="in_person")
    actions.give_leg_back(leg_seat=journey, reason="cannot travel", by=seat.person, at=NOW)
    run_errands(at=NOW)
    run_errands(at=NOW)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.fills_leg) == ("offered", journey)
    assert [str(part.leg) for part in waiting.legs.all()] == ["Days in Strasbourg"]
    with pytest.raises(NotNow):
        actions.give_leg_back(leg_seat=journey, reason="", by=seat.person, at=NOW)
    last = LegSeat.objects.select_related("seat", "leg").get(seat=seat, leg__kind="online")
    with pytest.raises(Refused, match="give the whole seat back"):
        actions.give_leg_back(leg_seat=last, reason="", by=seat.person, at=NOW)


def test_somebody_taken_off_the_list_does_not_move_up(call, olga):
    seat, waiting = chosen(call), reserve(call, "Bo Birch", 1)
    actions.drop(seat=waiting, by=olga, at=NOW)
    actions.decline(seat=seat, reason="", by=seat.person, at=NOW)
    run_errands(at=NOW)
    waiting.refresh_from_db()
    assert waiting.state == "dropped"


@pytest.mark.parametrize("people", [1, 4])
def test_the_overview_needs_six_queries_however_many_seats(call, people, django_assert_num_queries):
    for number in range(people):
        chosen(call, f"Ada {number}")
        reserve(call, f"Bo {number}", number + 1)
    with django_assert_num_queries(6):
        shown = queries.overview(call.edition)
        assert (
            len([(seat.person.name, seat.application.organisation, list(seat.legs.all())) for seat in shown.seats])
            == people
        )
    assert shown.counts == {"offered": people, "waiting": people}


# -- who did not come

DAYS_BEGUN = NOW.replace(year=2022, month=12, day=1)


def held(call, name="Ada Alder"):
    seat = actions.enrol(application=make.application(call, name, at=NOW), rank=None, at=NOW)
    return actions.accept(seat=seat, by=seat.person, at=NOW)


def test_who_did_not_come_is_noted_once_and_may_have_come_after_all(olga):
    seat = held(make.call(at=NOW, organiser=olga))
    with pytest.raises(NotNow, match="not begun"):
        actions.miss(seat=seat, came=False, by=olga, at=NOW)
    assert actions.miss(seat=seat, came=True, by=olga, at=DAYS_BEGUN).missed_at is None
    for _again in range(2):
        assert actions.miss(seat=seat, came=False, by=olga, at=DAYS_BEGUN).state_label == "did not come"
    assert actions.miss(seat=seat, came=True, by=olga, at=DAYS_BEGUN).state_label == "accepted"
    told = Fact.objects.filter(kind__in=["cohort.missed", "cohort.came"]).order_by("pk")
    assert list(told.values_list("kind", flat=True)) == ["cohort.missed", "cohort.came"]


def test_only_who_held_a_seat_can_have_missed_the_days(olga):
    call = make.call(at=NOW, organiser=olga)
    waiting = actions.enrol(application=make.application(call, "Bo Birch", at=NOW), rank=1, at=NOW)
    with pytest.raises(NotNow, match="held the seat"):
        actions.miss(seat=waiting, came=False, by=olga, at=DAYS_BEGUN)
    Day.objects.all().delete()
    with pytest.raises(NotNow, match="not begun"):
        actions.miss(seat=held(call), came=False, by=olga, at=DAYS_BEGUN)
