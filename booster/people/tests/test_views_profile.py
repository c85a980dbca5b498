import pytest
from django.utils.html import format_html

from booster.kit import inlets
from booster.people import actions as people
from booster.people.models import Consent
from conftest import NOW

FORM = {"name": "Paula P. Pereira", "given_name": "Paula", "family_name": "Pereira", "language": "en",
        "zone": "Europe/Lisbon", "country": "PT"}  # fmt: skip


def test_one_changes_ones_own_profile(paula, client_of):
    client = client_of(paula)
    assert client.post("/profile/", FORM).headers["location"] == "/profile/"
    paula.refresh_from_db()
    assert (paula.name, paula.zone, paula.country) == ("Paula P. Pereira", "Europe/Lisbon", "PT")
    assert "Your profile is saved." in client.get("/profile/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "\u200b\u202e"}, {"zone": "Mars/Base"}, {"country": "XX"}, {"language": "klingon"}],
)
def test_nonsense_is_refused_and_nothing_is_written(paula, client_of, wrong):
    answer = client_of(paula).post("/profile/", {**FORM, **wrong})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    paula.refresh_from_db()
    assert paula.name == "Paula Pereira"


def test_a_profile_cannot_make_an_operator(paula, client_of):
    client_of(paula).post("/profile/", {**FORM, "is_operator": "on", "is_superuser": "on", "email": "x@example.org"})
    paula.refresh_from_db()
    assert (paula.is_operator, paula.is_superuser, paula.email) == (False, False, "paula@example.org")


def test_a_hostile_name_is_shown_as_text(paula, client_of):
    client_of(paula).post("/profile/", {**FORM, "name": "<script>alert(1)</script>"})
    assert b"<script>alert(1)" not in client_of(paula).get("/profile/").content


def test_strangers_are_sent_to_sign_in(client_of, db):
    for path in ("/profile/", "/profile/sign-in/", "/profile/consents/1/withdraw/"):
        assert client_of(None).get(path).headers["location"].startswith("/accounts/login/")
    assert client_of(None).post("/profile/sign-in/sign-out-everywhere/").status_code == 302


def test_rooms_above_show_ones_part_in_the_academies(paula, client_of):
    def shows(request, person):
        return format_html("<p>{} took part in 2022.</p>", person.name)

    inlets.offer({"people.profile": [shows, silent := lambda request, person: ""]})
    html = client_of(paula).get("/profile/").content.decode()
    inlets._fragments["people.profile"].remove(shows)
    inlets._fragments["people.profile"].remove(silent)
    assert "<p>Paula Pereira took part in 2022.</p>" in html
    assert "Nothing yet" not in html


def agree(person, count):
    return [people.consent(person=person, what=f"thing {n}", version="1", by=person, at=NOW) for n in range(count)]


def test_the_profile_costs_the_same_with_many_entries(paula, client_of, django_assert_num_queries):
    client = client_of(paula)
    agree(paula, 1)
    with django_assert_num_queries(4):  # session, person, consents, affiliations
        client.get("/profile/")
    agree(paula, 5)
    with django_assert_num_queries(4):
        client.get("/profile/")


def test_a_consent_is_withdrawn_by_its_owner_alone(paula, sana, operator, client_of):
    [row] = agree(paula, 1)
    url = f"/profile/consents/{row.pk}/withdraw/"
    assert client_of(sana).post(url).status_code == 404
    assert client_of(operator).post(url).status_code == 403
    assert "Withdraw your consent" in client_of(paula).get(url).content.decode()
    assert Consent.objects.standing().count() == 1
    client_of(paula).post(url)
    assert Consent.objects.standing().count() == 0
    assert "withdrawn on" in client_of(paula).get("/profile/").content.decode()


def test_signing_out_everywhere_keeps_the_session_that_asked(paula, client_of):
    here, there = client_of(paula), client_of(paula)
    assert here.get("/profile/sign-in/sign-out-everywhere/").status_code == 405
    here.post("/profile/sign-in/sign-out-everywhere/")
    assert here.get("/profile/").status_code == 200
    assert there.get("/profile/").status_code == 302


def test_every_way_in_is_on_one_page(paula, client_of, django_assert_num_queries):
    client = client_of(paula)
    with django_assert_num_queries(5):  # session, person, keys, addresses, providers
        html = client.get("/profile/sign-in/").content.decode()
    assert "paula@example.org" in html
    assert "You have none, and need none." in html
    people.change_sign_in(person=paula, how="password", password="a quiet river 7", by=paula, at=NOW)
    assert "Change my password" in client_of(paula).get("/profile/sign-in/").content.decode()


def test_the_operators_lists_show_and_change_nothing(operator, olga, client_of, rf):
    from django.contrib.admin import site

    from booster.people.models import Affiliation, Link, Organisation, Person

    request = rf.get("/")
    request.user = operator
    for model in (Person, Organisation, Affiliation, Consent, Link):
        shown = site.get_model_admin(model)
        assert shown.has_view_permission(request)
        assert not shown.has_add_permission(request)
        assert not shown.has_change_permission(request, olga)
        assert not shown.has_delete_permission(request, olga)
