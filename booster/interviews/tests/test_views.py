"""The pages of times: for organisers, and for whoever is asked to a talk."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from booster.interviews import actions
from booster.interviews.models import Booking, Slot
from booster.interviews.tests import make

pytestmark = pytest.mark.django_db
NOW = now()


@pytest.fixture
def call(olga):
    return make.call(at=NOW, organiser=olga)


def said(**about):
    day = (NOW + timedelta(days=40)).date().isoformat()
    return {
        "day": day, "hour": "09:00", "count": "3", "minutes": "30", "pause": "10", "capacity": "1", "place": "Room 2",
        "link": "", **about,
    }  # fmt: skip


def test_an_organiser_offers_times_in_a_row(client_of, olga, call):
    client, page = client_of(olga), f"/calls/{call.slug}/talks/"
    assert "No time is offered yet" in client.get(page).content.decode()
    assert client.post(page, said()).status_code == 302
    assert Slot.objects.count() == 3
    assert "0/1" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"place": ""}, "Say where: give a place or a link."),
        ({"day": "2020-01-01"}, "Every time must be in the future."),
        ({"count": "0"}, "greater than or equal to 1"),
        ({"minutes": "100000"}, "less than or equal to 480"),
        ({"day": "9999-12-31"}, "This day cannot be used."),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_cause_and_keeps_the_rest(client_of, olga, call, wrong, told):
    answer = client_of(olga).post(f"/calls/{call.slug}/talks/", said(**wrong))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert 'value="09:00"' in answer.content.decode()
    assert Slot.objects.count() == 0


def test_strangers_and_calls_without_interviews_have_no_such_page(client_of, olga, sana, call):
    assert client_of(sana).get(f"/calls/{call.slug}/talks/").status_code == 404
    assert client_of(olga).get(f"/calls/{call.follows.slug}/talks/").status_code == 403


def test_a_time_is_changed_and_removed_on_its_page(client_of, olga, sana, call):
    slot = make.slot(call, at=NOW)
    client = client_of(olga)
    assert 'value="Room 2"' in client.get(f"/talks/{slot.pk}/").content.decode()
    assert client.post(f"/talks/{slot.pk}/", said(place="Room 9")).status_code == 302
    slot.refresh_from_db()
    assert slot.place == "Room 9"
    past = client.post(f"/talks/{slot.pk}/", said(day="2020-01-01"))
    assert past.status_code == 422
    assert client_of(sana).post(f"/talks/{slot.pk}/remove/").status_code == 404
    assert client.post(f"/talks/{slot.pk}/remove/").status_code == 302
    assert Slot.objects.count() == 0


def test_the_applicant_chooses_a_time_and_sees_it_on_their_page(client_of, paula, call):
    mine, slot = make.asked(call, paula, at=NOW), make.slot(call, at=NOW)
    client = client_of(paula)
    assert f"/applications/{mine.pk}/talk/" in client.get(f"/applications/{mine.pk}/").content.decode()
    assert client.post(f"/applications/{mine.pk}/talk/", {}).status_code == 409
    assert client.post(f"/applications/{mine.pk}/talk/", {"slot": str(slot.pk)}).status_code == 302
    shown = client.get(f"/applications/{mine.pk}/").content.decode()
    assert "Your talk" in shown
    assert "Room 2" in shown
    assert "Choose another time" in shown


def test_who_comes_second_is_told_and_sees_what_is_left(client_of, paula, pavel, call):
    mine, theirs = make.asked(call, paula, at=NOW), make.asked(call, pavel, at=NOW)
    slot, left = make.slot(call, at=NOW), make.slot(call, at=NOW, days=41)
    actions.choose(slot=slot, application=theirs, by=pavel, at=NOW)
    answer = client_of(paula).post(f"/applications/{mine.pk}/talk/", {"slot": str(slot.pk)})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else took this time a moment ago. Choose another one." in shown
    assert f'value="{left.pk}"' in shown
    assert f'value="{slot.pk}"' not in shown


def test_without_free_times_the_page_says_whom_to_write_to(client_of, paula, call):
    mine = make.asked(call, paula, at=NOW)
    assert "No time is free now" in client_of(paula).get(f"/applications/{mine.pk}/talk/").content.decode()


def test_nobody_chooses_for_somebody_else(client_of, paula, olga, sana, call):
    mine, slot = make.asked(call, paula, at=NOW), make.slot(call, at=NOW)
    for person in (olga, sana):
        answer = client_of(person).post(f"/applications/{mine.pk}/talk/", {"slot": str(slot.pk)})
        assert answer.status_code == 404
    assert Booking.objects.count() == 0


def test_a_slot_of_another_call_is_none_of_the_times(client_of, paula, olga, call):
    mine, foreign = make.asked(call, paula, at=NOW), make.slot(make.call(at=NOW, organiser=olga), at=NOW)
    answer = client_of(paula).post(f"/applications/{mine.pk}/talk/", {"slot": str(foreign.pk)})
    assert "Choose one of the times." in answer.content.decode()


def test_pages_ask_as_often_with_many_times_as_with_one(client_of, paula, olga, call, django_assert_num_queries):
    mine = make.asked(call, paula, at=NOW)
    make.slot(call, at=NOW)
    theirs, ours = client_of(paula), client_of(olga)
    for _round in range(2):
        with django_assert_num_queries(5):
            theirs.get(f"/applications/{mine.pk}/talk/")
        with django_assert_num_queries(10):
            ours.get(f"/calls/{call.slug}/talks/")
        for days in range(50, 60):
            make.slot(call, at=NOW, days=days)
