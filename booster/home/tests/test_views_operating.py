"""The first start, and the operator's page."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from booster.academies.models import Academy, Edition, Membership
from booster.academies.queries import shape
from booster.academies.tests import make as editions
from booster.calls.models import Call
from booster.chronicle.models import Errand, Fact
from booster.home import rules
from booster.people import actions as people
from booster.people.models import Person
from conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def otto(make_person):
    person = people.appoint_operator(person=make_person("Otto Operator"), by=None, at=NOW)
    people.take_up(person=person, reason="a look", by=person, at=now())
    return person


def operator(*words):
    out = io.StringIO()
    call_command("operator", *words, stdout=out)
    return out.getvalue()


def typed(**more):
    first = now().date() + timedelta(weeks=20)
    return {
        "name": "Harbour Academy", "summary": "Ports learn.", "contact": "harbour@example.org",
        "edition": "1st edition", "start": "calls",
        "online_on": first, "in_person_on": first + timedelta(weeks=10), "zone": "Europe/Athens",
        "place": "Piraeus",
    } | more  # fmt: skip


def test_the_first_start_leads_from_the_front_to_an_academy(client):
    assert "booster operator YOUR@ADDRESS" in client.get("/").content.decode()
    told = operator("Otto@Example.org", "--name", "Otto Operator")
    link = re.search(r"http://testserver(/l/\S+)", told)[1]
    assert "booster operator YOUR@ADDRESS" not in client.get("/").content.decode()
    page = client.post(link, follow=True)
    assert (page.request["PATH_INFO"], page.request["QUERY_STRING"]) == ("/power/", "next=%2Foperations%2F")
    page = client.post("/power/", {"reason": "the first academy", "next": "/operations/"}, follow=True)
    assert page.request["PATH_INFO"] == "/operations/"
    assert "Found the first academy" in page.content.decode()
    client.logout()
    assert client.post(link).status_code == 410  # once is once


def test_an_operator_is_appointed_twice_without_harm_and_dismissed(otto):
    told = operator("otto@example.org")
    assert "otto@example.org runs this installation" in told
    assert "does not run this installation any more" in operator("otto@example.org", "--end")
    otto.refresh_from_db()
    assert otto.is_operator is False
    with pytest.raises(CommandError, match="is not an e-mail address"):
        operator("nonsense")


def test_an_academy_is_founded_with_days_and_both_calls(client_of, otto):
    client = client_of(otto)
    assert client.get("/operations/found/").status_code == 200
    answer = client.post("/operations/found/", typed())
    edition = Edition.objects.get()
    assert answer.url == "/editions/harbour-academy-1/desk/"
    assert (edition.academy.name, edition.zone, edition.state) == ("Harbour Academy", "Europe/Athens", "planned")
    legs = shape(edition)
    assert [(leg.kind, len(leg.days), leg.place, leg.zone) for leg in legs] == [
        ("online", 2, "", "Europe/Athens"),
        ("in_person", 2, "Piraeus", "Europe/Athens"),
    ]
    first = legs[0].days[0].on
    assert [(call.kind, call.state, call.deadline_at.date()) for call in Call.objects.order_by("-kind")] == [
        ("venues", "draft", first - timedelta(weeks=11)),
        ("participants", "draft", first - timedelta(weeks=5)),
    ]
    assert [held.person for held in Membership.objects.all()] == [otto]
    assert client.get(answer.url).status_code == 200


def test_three_academies_each_with_an_organiser_of_its_own(client_of, otto):
    client = client_of(otto)
    for number, start in enumerate(("calls", "days", "empty")):
        more = {"organiser_email": f"o{number}@example.org", "organiser_name": f"Organiser {number}"}
        answer = client.post("/operations/found/", typed(name=f"Academy {number}", start=start, **more))
        assert answer.url == "/operations/"
    assert sorted(held.person.name for held in Membership.objects.all()) == [f"Organiser {n}" for n in range(3)]
    assert [(edition.slug, edition.legs.count()) for edition in Edition.objects.order_by("slug")] == [
        ("academy-0-1", 2),
        ("academy-1-1", 2),
        ("academy-2-1", 0),
    ]
    assert Call.objects.count() == 2
    assert "Academy 2" in client.get("/operations/").content.decode()


@pytest.mark.parametrize(
    "wrong, where",
    [
        ({"name": ""}, "name"),
        ({"name": "Ελλάδα"}, "slug"),
        ({"slug": "cba"}, "slug"),
        ({"contact": "nobody"}, "contact"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"online_on": "2020-01-01"}, "online_on"),
        ({"online_on": "", "in_person_on": ""}, "online_on"),
        ({"organiser_email": "nobody"}, "organiser_email"),
        ({"organiser_email": "o@example.org"}, "organiser_name"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_its_field_and_founds_nothing(client_of, otto, wrong, where):
    editions.academy(at=NOW)
    page = client_of(otto).post("/operations/found/", typed(**wrong))
    assert page.status_code == 200
    assert where in page.context["form"].errors
    assert (Academy.objects.count(), Edition.objects.count(), Person.objects.count()) == (1, 0, 1)


def test_only_operators_see_the_installation(client, client_of, olga):
    editions.edition(at=NOW, organiser=olga)
    for page in ("/operations/", "/operations/found/"):
        assert client.get(page).status_code == 302
        assert client_of(olga).get(page).status_code == 403
    assert client_of(olga).post("/operations/retry/").status_code == 403


def errand(state="given_up", **more):
    fact = Fact.objects.create(kind="calls.published", at=NOW, by_house=True, thing_type="calls.call", thing_id=1)
    return Errand.objects.create(
        fact=fact, reaction="booster.calls.reactions.tell", state=state, attempts=5, not_before=NOW,
        trouble="OSError: away", **more,
    )  # fmt: skip


def test_the_page_says_until_when_and_why_operators_act(client_of, otto):
    client = client_of(otto)
    page = client.get("/operations/").content.decode()
    assert "a look" in page
    assert client.post("/power/lay-down/").status_code == 302
    assert client.get("/operations/")["Location"] == "/power/?next=%2Foperations%2F"
    assert client.post("/operations/retry/").status_code == 403
    assert client.get("/operators/people/person/")["Location"] == "/operators/login/?next=/operators/people/person/"
    assert client.get("/operators/login/?next=/operators/")["Location"] == "/power/?next=/operators/"


def test_an_operator_opens_a_planned_edition_only_on_duty(client_of, otto, olga):
    edition = editions.edition(at=NOW, organiser=olga)
    client = client_of(otto)
    assert client.get(f"/editions/{edition.slug}/people/").status_code == 200
    client.post("/power/lay-down/")
    assert client.get(f"/editions/{edition.slug}/people/").status_code in {302, 404}


def test_errands_in_trouble_are_shown_and_tried_again(client_of, otto):
    one, other, waiting = errand(), errand(), errand("todo")
    client = client_of(otto)
    page = client.get("/operations/").content.decode()
    assert all(text in page for text in ("OSError: away", "1 wait, 2 were given up", "No worker runs", "Try again"))
    client.post("/operations/retry/", {"errand": [one.pk, waiting.pk, "nonsense"]})
    assert [Errand.objects.get(pk=e.pk).attempts for e in (one, other, waiting)] == [0, 5, 5]
    client.post("/operations/retry/", {"all": "yes"})
    assert not Errand.objects.filter(state="given_up").exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_however_much_there_is(client_of, otto, number, django_assert_max_num_queries):
    for n in range(number):
        editions.edition(at=NOW, slug=f"cba-{n}")
        errand()
    client = client_of(otto)
    with django_assert_max_num_queries(16):
        client.get("/operations/")


def test_calls_fit_between_today_and_the_first_day():
    today = NOW.date()
    assert [str(day) for day in rules.call_days(today + timedelta(weeks=20), today)] == [
        "2022-11-05", "2022-12-03", "2022-12-10", "2023-01-14",
    ]  # fmt: skip
    assert rules.call_days(today + timedelta(weeks=15), today) is None
