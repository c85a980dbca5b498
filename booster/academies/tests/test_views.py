from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booster.academies import actions, queries
from booster.academies.models import Edition, Leg, Membership, Role
from booster.academies.tests import make
from booster.chronicle.models import Fact
from conftest import NOW

pytestmark = pytest.mark.django_db
SETTINGS = {
    "name": "1st",
    "zone": "Europe/Athens",
    "accent": "#1b4f8a",
    "seats_min": "20",
    "seats_max": "30",
    "letters_from": "08:00",
    "letters_until": "19:00",
}
LEG = {"kind": "online", "name": "Online", "zone": "Europe/Brussels", "place": ""}


@pytest.fixture
def edition(olga):
    return make.edition(at=NOW, organiser=olga)


def address(name: str, *args) -> str:
    return reverse(f"academies:{name}", args=args)


def days(*rows: tuple[str, str, str], initial: int = 0) -> dict[str, str]:
    typed = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(rows):
        typed |= {f"form-{number}-{name}": text for name, text in zip(("on", "opens", "closes"), row, strict=True)}
    return typed


@pytest.mark.parametrize("name, more", [("settings", ()), ("shape", ()), ("leg", (0,)), ("people", ())])
def test_pages_are_for_its_organisers_and_an_unknown_address_is_not_found(edition, olga, sana, client_of, name, more):
    page = address(name, edition.slug, *more)
    assert client_of(olga).get(page).status_code == 200
    assert client_of(sana).get(page).status_code == 404
    assert client_of(None).get(page).status_code == 302
    assert client_of(olga).get(address(name, "cba-2", *more)).status_code == 404
    actions.step(edition=edition, verb="open", by=olga, at=NOW)
    refused = client_of(sana).get(page)
    assert refused.status_code == 403
    assert "Only an organiser of this edition may do this." in refused.content.decode()


def test_settings_are_kept_and_silly_ones_told(edition, olga, client_of):
    page = address("settings", edition.slug)
    kept = client_of(olga).post(page, SETTINGS)
    assert (kept.status_code, kept.url) == (302, page)
    edition.refresh_from_db()
    assert (edition.zone, edition.seats_max) == ("Europe/Athens", 30)
    told = client_of(olga).post(page, {**SETTINGS, "zone": "Mars/Olympus", "accent": "#ffffff"})
    assert "Write a zone such as Europe/Brussels." in told.content.decode()
    assert Edition.objects.get().zone == "Europe/Athens"


def test_an_edition_is_planned_by_whoever_organises_one_already(edition, olga, sana, client_of):
    typed = {"academy": str(edition.academy_id), "name": "2nd edition", "slug": "cba-2"}
    assert client_of(olga).get(address("plan")).status_code == 200
    assert client_of(sana).post(address("plan"), typed).status_code == 403
    assert client_of(None).get(address("plan")).status_code == 302
    done = client_of(olga).post(address("plan"), typed)
    assert (done.status_code, done.url) == (302, address("shape", "cba-2"))
    assert [person.pk for person in queries.organisers_of(Edition.objects.get(slug="cba-2").pk)] == [olga.pk]


def test_a_leg_is_added_changed_and_removed(edition, olga, client_of):
    client = client_of(olga)
    added = client.post(
        address("leg", edition.slug, 99),
        LEG | days(("2023-05-02", "09:00", "12:00"), ("2023-05-01", "09:00", "12:00"), ("", "", "")),
    )
    assert added.url == address("shape", edition.slug)
    assert [str(day.on) for day in queries.shape(edition)[2].days] == ["2023-05-01", "2023-05-02"]
    rows = days(("2022-12-01", "10:00", "12:00"), ("2022-12-02", "10:00", "12:00"), initial=2)
    client.post(address("leg", edition.slug, 0), LEG | rows | {"form-1-DELETE": "on"})
    assert [(str(day.on), day.opens.hour) for day in queries.shape(edition)[0].days] == [("2022-12-01", 10)]
    client.post(address("drop_leg", edition.slug, 1))
    assert [leg.name for leg in queries.shape(edition)] == ["Online", "Online"]
    assert client.post(address("drop_leg", edition.slug, 7)).status_code == 404
    assert client.get(address("drop_leg", edition.slug, 0)).status_code == 405


@pytest.mark.parametrize(
    "rows, sentence",
    [
        ((("2022-12-01", "17:00", "09:00"),), "closes before it opens"),
        ((("2022-12-01", "09:00", "17:00"), ("2022-12-01", "09:00", "17:00")), "names the same day twice"),
        ((("", "", ""),), "has no day"),
        ((("2022-02-30", "09:00", "17:00"),), "Enter a valid date."),
        ((("2022-12-01", "25:00", "17:00"),), "Enter a valid time."),
    ],
)
def test_days_that_cannot_be_are_told_and_nothing_changes(edition, olga, client_of, rows, sentence):
    told = client_of(olga).post(address("leg", edition.slug, 0), LEG | days(*rows))
    assert told.status_code == 200
    assert sentence in told.content.decode()
    assert queries.shape(edition) == make.FIRST_EDITION


def test_a_leg_with_a_script_for_a_name_is_shown_as_text(edition, olga, client_of):
    client = client_of(olga)
    client.post(
        address("leg", edition.slug, 0),
        {**LEG, "name": "<script>alert(1)</script>"} | days(("2022-12-01", "09:00", "17:00")),
    )
    page = client.get(address("shape", edition.slug)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_edition_without_days_says_what_to_do(olga, client_of):
    make.edition(at=NOW, organiser=olga, slug="bare", legs=[])
    page = client_of(olga).get(address("shape", "bare")).content.decode()
    assert "Add the first leg" in page
    assert client_of(olga).get(address("leg", "bare", 0)).status_code == 200


def test_a_role_is_given_and_ended(edition, olga, client_of):
    page = address("people", edition.slug)
    typed = {"email": " Ren@Example.org", "name": "Ren Reeve", "role": "evaluator", "ends_on": ""}
    assert client_of(olga).post(page, typed).url == page
    held = Membership.objects.get(role=Role.EVALUATOR)
    assert held.person.email == "ren@example.org"
    assert client_of(olga).post(address("end_role", held.pk)).url == page
    held.refresh_from_db()
    assert held.ends_on < date.today()
    told = client_of(olga).post(page, {**typed, "email": "x"}).content.decode()
    assert "not an address that a letter can reach" in told


def test_the_end_of_a_role_is_set_moved_and_taken_away(edition, olga, ren, client_of):
    held = actions.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=olga, at=NOW)
    client, where = client_of(olga), address("limit_role", held.pk)
    assert client.get(where).status_code == 200
    for day in (date.today() + timedelta(days=9), date.today() + timedelta(days=3), None):
        assert client.post(where, {"ends_on": day or ""}).url == address("people", edition.slug)
        held.refresh_from_db()
        assert held.ends_on == day
    assert "This day is over." in client.post(where, {"ends_on": "2020-01-01"}).content.decode()
    assert Fact.objects.filter(kind="academies.role_limited").count() == 3
    assert client_of(ren).post(where, {"ends_on": ""}).status_code == 403


def test_the_last_organiser_gets_no_last_day(edition, olga, client_of):
    where = address("limit_role", Membership.objects.get(person=olga).pk)
    told = client_of(olga).post(where, {"ends_on": date.today() + timedelta(days=9)}).content.decode()
    assert "appoint another one first" in told
    assert Membership.objects.get(person=olga).ends_on is None


def test_roles_of_a_closed_edition_show_as_past(edition, olga, ren, client_of):
    actions.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=olga, at=NOW)
    assert "past, with the edition" not in client_of(olga).get(address("people", edition.slug)).content.decode()
    Edition.objects.filter(pk=edition.pk).update(state="closed")
    page = client_of(olga).get(address("people", edition.slug)).content.decode()
    assert page.count("past, with the edition") == 1  # the organiser goes on
    assert 'datetime="2023-03-03"' in page


def test_the_last_organiser_stays(edition, olga, client_of):
    held = Membership.objects.get(person=olga)
    refused = client_of(olga).post(address("end_role", held.pk))
    assert refused.status_code == 403
    assert "appoint another one first" in refused.content.decode()
    held.refresh_from_db()
    assert held.ends_on is None


def test_nobody_ends_roles_of_an_edition_that_is_not_theirs(edition, olga, ren, sana, client_of):
    held = actions.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=olga, at=NOW)
    assert client_of(sana).post(address("end_role", held.pk)).status_code == 404
    assert client_of(ren).post(address("end_role", held.pk)).status_code == 403
    assert client_of(olga).post(address("end_role", 999_999)).status_code == 404
    assert client_of(olga).get(address("end_role", held.pk)).status_code == 405


def test_an_edition_moves_on_and_a_wrong_moment_is_told(edition, olga, sana, client_of):
    page = address("step", edition.slug)
    assert client_of(olga).post(page, {"verb": "open"}).status_code == 302
    edition.refresh_from_db()
    assert edition.state == "open"
    assert client_of(sana).post(page, {"verb": "run"}).status_code == 403
    for verb in ("open", "explode", ""):
        assert client_of(olga).post(page, {"verb": verb}).status_code == 409


@pytest.mark.parametrize("name", ["shape", "people"])
def test_pages_cost_the_same_with_one_row_and_with_many(olga, ren, paula, hana, client_of, name):
    few = make.edition(at=NOW, organiser=olga, slug="few", legs=make.FIRST_EDITION[:1])
    many = make.edition(at=NOW, organiser=olga, slug="many", legs=make.FIRST_EDITION * 3)
    for person in (ren, paula, hana):
        actions.appoint(edition=many, person=person, role=Role.COACH, by=olga, at=NOW)
    client, cost = client_of(olga), []
    client.get(address(name, few.slug))
    for edition in (few, many):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address(name, edition.slug)).status_code == 200
        cost.append(len(caught))
    assert cost[0] == cost[1] <= 12


def test_legs_keep_their_places_when_one_in_the_middle_goes(edition, olga, client_of):
    client_of(olga).post(address("drop_leg", edition.slug, 0))
    assert list(Leg.objects.values_list("position", "name")) == [(0, "Days in Strasbourg")]
