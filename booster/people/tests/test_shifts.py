"""An operator's power is taken up for an hour, with a reason, and every time is kept."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils.timezone import now

from booster.chronicle.models import Fact
from booster.kit.access import Refused
from booster.people import actions as people
from booster.people.access import is_operator
from booster.people.models import Person, Shift
from conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def otto(make_person):
    return people.appoint_operator(person=make_person("Otto Operator"), by=None, at=NOW)


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_the_power_lasts_an_hour_and_is_told(otto):
    assert is_operator(otto, None) == "Take up the operator's power first, and say why."
    at = now()
    shift = people.take_up(person=otto, reason="the disk is full", by=otto, at=at)
    assert (shift.begins_at, shift.ends_at) == (at, at + timedelta(hours=1))
    assert is_operator(again(otto), None) is None
    told = Fact.objects.get(kind="people.power_taken_up")
    assert (told.actor, told.payload["reason"]) == (otto, "the disk is full")
    Shift.objects.update(begins_at=at - timedelta(hours=2), ends_at=at - timedelta(hours=1))
    assert is_operator(again(otto), None) is not None


def test_laid_down_it_is_over_and_said_once(otto):
    people.take_up(person=otto, reason="a look round", by=otto, at=now())
    people.lay_down(person=otto, by=otto, at=now())
    people.lay_down(person=otto, by=otto, at=now())
    assert again(otto).on_duty is False
    assert Fact.objects.filter(kind="people.power_laid_down").count() == 1


def test_a_second_reason_begins_a_second_shift(otto):
    people.take_up(person=otto, reason="one thing", by=otto, at=now())
    people.take_up(person=otto, reason="another thing", by=otto, at=now())
    assert [shift.reason for shift in Shift.objects.running()] == ["another thing"]
    assert Shift.objects.count() == 2


def test_nobody_else_takes_it_up(olga, client_of):
    with pytest.raises(Refused, match="Only operators"):
        people.take_up(person=olga, reason="curiosity", by=olga, at=NOW)
    with pytest.raises(Refused, match="Only operators"):
        people.lay_down(person=olga, by=olga, at=NOW)
    assert client_of(olga).get("/power/").status_code == 403
    assert client_of(None).get("/power/").status_code == 302


def test_a_reason_must_be_given_and_another_house_is_no_way_on(otto, client_of):
    client = client_of(otto)
    assert "reason" in client.post("/power/", {"reason": " "}).context["form"].errors
    assert client.post("/power/", {"reason": "a look round", "next": "https://evil.example"})["Location"] == "/profile/"
    assert Shift.objects.get().reason == "a look round"


def test_who_is_no_operator_costs_no_query(olga, otto, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert olga.on_duty is False
    with django_assert_num_queries(1):
        assert (otto.on_duty, otto.on_duty) == (False, False)


FOUND = {
    "name": "Skills Academy", "slug": "skills", "summary": "First line\nSecond “line” <b>", "edition": "1st edition",
    "start": "empty", "zone": "Europe/Brussels", "operator": "", "contact": "skills@example.org", "place": "",
    "organiser_name": "", "organiser_email": "",
}  # fmt: skip


def hidden(page: bytes) -> dict[str, str]:
    """What the page carries along, as a browser reads it."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.decode())
    return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def test_an_hour_that_ends_while_one_types_loses_nothing(otto, client_of):
    client = client_of(otto)
    refused = client.post("/operations/found/", FOUND)
    assert refused.status_code == 403
    assert b"Begin the hour and send it" in refused.content
    assert hidden(refused.content) == FOUND
    too_short = client.post("/operations/found/", hidden(refused.content) | {"power-reason": "x"})
    assert (too_short.status_code, hidden(too_short.content)) == (403, FOUND)
    assert not Shift.objects.exists()
    sent = client.post("/operations/found/", hidden(too_short.content) | {"power-reason": "a new academy"})
    assert (sent.status_code, sent["Location"]) == (302, "/editions/skills-1/desk/")
    assert Shift.objects.get().reason == "a new academy"
    assert Fact.objects.filter(kind="academies.academy_founded").count() == 1


def test_the_way_back_is_for_operators_alone_and_takes_up_nothing_twice(otto, olga, client_of):
    assert b"Begin the hour" not in client_of(olga).post("/operations/found/", FOUND).content
    client_of(olga).post("/operations/found/", FOUND | {"power-reason": "a new academy"})
    assert not Shift.objects.exists()
    people.take_up(person=otto, reason="a look round", by=otto, at=now())
    client_of(otto).post("/operations/found/", FOUND | {"power-reason": "a new academy"})
    assert [shift.reason for shift in Shift.objects.all()] == ["a look round"]
