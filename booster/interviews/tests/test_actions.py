"""Times offered, chosen, moved and given back; the last place goes to one."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from booster.applications import actions as applications
from booster.calls.models import Call
from booster.chronicle.tasks import run_errands
from booster.interviews import actions, queries, tasks
from booster.interviews.models import Booking, Slot
from booster.interviews.tests import make
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.post.models import Letter

pytestmark = pytest.mark.django_db
NOW = now()


@pytest.fixture
def call(olga):
    return make.call(at=NOW, organiser=olga)


def choose(slot, application, *, at=NOW):
    return actions.choose(slot=slot, application=application, by=application.applicant, at=at)


class TestOffer:
    def test_a_time_that_is_there_already_is_passed_over(self, call, olga):
        terms = actions.Terms(minutes=30, place="Room 2")
        starts = [NOW + timedelta(days=1), NOW + timedelta(days=2)]
        assert actions.offer(call=call, starts=starts[:1], terms=terms, by=olga, at=NOW) == 1
        assert actions.offer(call=call, starts=starts, terms=terms, by=olga, at=NOW) == 1
        assert Slot.objects.count() == 2

    def test_a_time_is_in_the_future_and_somewhere(self, call, olga):
        terms = actions.Terms(minutes=30, place="Room 2")
        with pytest.raises(Refused, match="in the future"):
            actions.offer(call=call, starts=[NOW], terms=terms, by=olga, at=NOW)
        with pytest.raises(Refused, match="place or a link"):
            actions.offer(call=call, starts=[NOW + timedelta(1)], terms=actions.Terms(minutes=30), by=olga, at=NOW)

    def test_only_a_round_of_interviews_that_is_not_settled_has_times(self, call, olga):
        terms = actions.Terms(minutes=30, place="Room 2")
        with pytest.raises(Refused, match="no interviews"):
            actions.offer(call=call.follows, starts=[NOW + timedelta(1)], terms=terms, by=olga, at=NOW)
        Call.objects.filter(pk=call.pk).update(state="settled")
        call.refresh_from_db()
        with pytest.raises(NotNow, match="settled"):
            actions.offer(call=call, starts=[NOW + timedelta(1)], terms=terms, by=olga, at=NOW)


class TestChoose:
    def test_choosing_sends_the_file_and_tells_when_and_where(self, call, paula):
        mine = make.asked(call, paula, at=NOW)
        slot = make.slot(call, at=NOW, link="https://talk.example.org/a")
        booking = choose(slot, mine)
        mine.refresh_from_db()
        slot.refresh_from_db()
        assert (mine.state, slot.taken, booking.slot) == ("submitted", 1, slot)
        run_errands(at=NOW)
        letter = Letter.objects.get(kind="interviews.agreed")
        assert (letter.to, "Where: Room 2" in letter.body) == (paula, True)
        assert "https://talk.example.org/a" in letter.body

    def test_the_same_choice_twice_is_one(self, call, paula):
        mine, slot = make.asked(call, paula, at=NOW), make.slot(call, at=NOW)
        assert choose(slot, mine) == choose(slot, mine)
        slot.refresh_from_db()
        assert slot.taken == 1

    def test_the_last_place_goes_to_one_and_the_other_loses_nothing(self, call, paula, pavel):
        one, two = make.asked(call, paula, at=NOW), make.asked(call, pavel, at=NOW)
        slot, other = make.slot(call, at=NOW), make.slot(call, at=NOW, days=41)
        stale = Slot.objects.get(pk=slot.pk)  # both saw it free
        choose(other, two)
        choose(slot, one)
        with pytest.raises(NotNow, match="Somebody else took this time a moment ago"):
            choose(stale, two)
        assert Booking.objects.get(application=two).slot == other
        assert set(Slot.objects.values_list("taken", flat=True)) == {1}

    def test_whoever_loses_the_first_choice_is_still_asked_and_not_sent(self, call, paula, pavel):
        one, two = make.asked(call, paula, at=NOW), make.asked(call, pavel, at=NOW)
        slot = make.slot(call, at=NOW)
        choose(slot, one)
        with pytest.raises(NotNow, match="took this time"):
            choose(slot, two)
        two.refresh_from_db()
        assert two.state == "draft"

    def test_moving_frees_the_former_time(self, call, paula):
        mine = make.asked(call, paula, at=NOW)
        slot, other = make.slot(call, at=NOW), make.slot(call, at=NOW, days=41)
        choose(slot, mine)
        choose(other, mine)
        slot.refresh_from_db()
        other.refresh_from_db()
        assert (slot.taken, other.taken, Booking.objects.count()) == (0, 1, 1)

    def test_a_time_has_its_moment_and_its_call(self, call, paula, olga):
        mine = make.asked(call, paula, at=NOW)
        soon = make.slot(call, at=NOW, days=1)
        with pytest.raises(NotNow, match="has passed"):
            choose(soon, mine, at=NOW + timedelta(days=2))
        foreign = make.slot(make.call(at=NOW, organiser=olga), at=NOW)
        with pytest.raises(Refused, match="another call"):
            choose(foreign, mine)
        with pytest.raises(NotNow, match="deadline has passed"):
            choose(make.slot(call, at=NOW, days=90), mine, at=call.deadline_at + timedelta(days=1))
        choose(soon, mine)
        with pytest.raises(NotNow, match="has begun already"):
            choose(make.slot(call, at=NOW), mine, at=NOW + timedelta(days=1, minutes=5))

    def test_the_database_refuses_more_than_a_slot_holds(self, call):
        slot = make.slot(call, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Slot.objects.filter(pk=slot.pk).update(taken=2)


class TestLeaving:
    def test_withdrawing_frees_the_time_once(self, call, paula):
        mine, slot = make.asked(call, paula, at=NOW), make.slot(call, at=NOW)
        choose(slot, mine)
        applications.withdraw(application=mine, reason="", by=paula, at=NOW)
        run_errands(at=NOW)
        slot.refresh_from_db()
        assert (slot.taken, Booking.objects.count()) == (0, 0)
        assert not actions.give_back(application=mine, by=None, at=NOW)

    def test_whoever_came_back_before_the_worker_looked_keeps_the_time(self, call, paula):
        mine, slot = make.asked(call, paula, at=NOW), make.slot(call, at=NOW)
        choose(slot, mine)
        applications.withdraw(application=mine, reason="", by=paula, at=NOW)
        applications.restore(application=mine, by=paula, at=NOW)
        choose(slot, mine)
        run_errands(at=NOW)
        slot.refresh_from_db()
        assert slot.taken == 1


class TestChange:
    def test_whoever_chose_it_is_told_of_another_hour(self, call, olga, paula):
        mine, slot = make.asked(call, paula, at=NOW), make.slot(call, at=NOW)
        choose(slot, mine)
        values = {"starts_at": slot.starts_at + timedelta(hours=2), "place": "Room 5"}
        actions.change(slot=slot, values=values, by=olga, at=NOW)
        run_errands(at=NOW)
        assert "Where: Room 5" in Letter.objects.get(kind="interviews.changed").body

    def test_more_places_are_nobodys_news(self, call, olga, paula):
        mine, slot = make.asked(call, paula, at=NOW), make.slot(call, at=NOW, capacity=2)
        choose(slot, mine)
        actions.change(slot=slot, values={"capacity": 5}, by=olga, at=NOW)
        actions.change(slot=slot, values={"capacity": 5}, by=olga, at=NOW)
        run_errands(at=NOW)
        assert not Letter.objects.filter(kind="interviews.changed").exists()
        with pytest.raises(NotNow, match="in the future"):
            actions.change(slot=slot, values={"starts_at": NOW}, by=olga, at=NOW)

    def test_a_slot_never_holds_fewer_than_chose_it_nor_stands_twice(self, call, olga, paula, pavel):
        slot, other = make.slot(call, at=NOW, capacity=2), make.slot(call, at=NOW, days=41)
        choose(slot, make.asked(call, paula, at=NOW))
        choose(slot, make.asked(call, pavel, at=NOW))
        with pytest.raises(NotNow, match="than it would hold"):
            actions.change(slot=slot, values={"capacity": 1}, by=olga, at=NOW)
        with pytest.raises(NotNow, match="offered at that place already"):
            actions.change(slot=slot, values={"starts_at": other.starts_at}, by=olga, at=NOW)

    def test_only_a_free_time_is_removed(self, call, olga, paula):
        slot, free = make.slot(call, at=NOW), make.slot(call, at=NOW, days=41)
        choose(slot, make.asked(call, paula, at=NOW))
        with pytest.raises(NotNow, match="Somebody has chosen this time"):
            actions.remove(slot=slot, by=olga, at=NOW)
        assert actions.remove(slot=free, by=olga, at=NOW) == call
        assert Slot.objects.count() == 1


class TestQueries:
    def test_room_counts_those_who_have_been_asked_and_not_chosen(self, call, paula, pavel, django_assert_num_queries):
        make.slot(call, at=NOW, capacity=3)
        with django_assert_num_queries(2):
            assert queries.room_for(call, at=NOW) == 3
        make.asked(call, paula, at=NOW)
        mine = make.asked(call, pavel, at=NOW)
        assert queries.room_for(call, at=NOW) == 1
        choose(Slot.objects.get(), mine)
        assert queries.room_for(call, at=NOW) == 1
        assert queries.room_for(call, at=NOW + timedelta(days=50)) == -1

    def test_slots_with_who_comes_are_two_queries(self, call, paula, pavel, django_assert_num_queries):
        for days, person in ((40, paula), (41, pavel)):
            choose(make.slot(call, at=NOW, days=days), make.asked(call, person, at=NOW))
        with django_assert_num_queries(2):
            found = [[str(b.application) for b in slot.bookings.all()] for slot in queries.slots_of(call)]
        assert found == [["Paula Pereira"], ["Pavel Petrov"]]


def test_a_talk_is_told_again_once_in_the_day_before(call, paula):
    mine, slot = make.asked(call, paula, at=NOW), make.slot(call, at=NOW)
    choose(slot, mine)
    assert tasks.remind_talks(at=slot.starts_at - timedelta(days=2)) == 0
    at = slot.starts_at - timedelta(hours=20)
    assert tasks.remind_talks(at=at) == tasks.remind_talks(at=at) == 1
    assert Letter.objects.filter(kind="interviews.tomorrow").count() == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_last_place_at_the_same_moment(olga, paula, pavel):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection; its file takes one writer at a time.")
    call = make.call(at=NOW, organiser=olga)
    slot = make.slot(call, at=NOW)
    files = [make.asked(call, person, at=NOW) for person in (paula, pavel)]
    start, outcomes = Barrier(2), []

    def go(application):
        start.wait()
        try:
            choose(Slot.objects.get(pk=slot.pk), application)
            outcomes.append("agreed")
        except NotNow as no:
            outcomes.append(str(no))
        finally:
            connection.close()

    both = [Thread(target=go, args=[one]) for one in files]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["Somebody else took this time a moment ago. Choose another one.", "agreed"]
    slot.refresh_from_db()
    assert (slot.taken, Booking.objects.count()) == (1, 1)
