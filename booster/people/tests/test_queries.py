from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from booster.people import actions as people
from booster.people import queries as persons
from conftest import NOW

SOON = NOW + timedelta(days=7)


def test_people_are_found_by_any_spelling_of_a_confirmed_address(olga, sana, django_assert_num_queries):
    EmailAddress.objects.create(user=olga, email="olga@work.example", verified=True)
    EmailAddress.objects.create(user=sana, email="hers@work.example", verified=False)
    for rows in (["olga@example.org"], [" OLGA@work.example ", "sana@EXAMPLE.org", "hers@work.example", "", "n/a"]):
        with django_assert_num_queries(2):
            found = persons.people_by_email(rows)
    assert found == {"olga@work.example": olga, "sana@example.org": sana}
    assert persons.person_by_email("Olga@Example.Org") == olga
    assert persons.person_by_email("who@example.org") is None
    assert persons.person_by_email("") is None


def test_the_forgotten_are_not_found(olga):
    people.forget(person=olga, by=olga, at=NOW)
    assert persons.people_by_email(["olga@example.org", olga.email]) == {}
    assert persons.directory("olga") == []


def test_the_directory_finds_by_parts_of_name_and_address(olga, paula, pavel, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert persons.directory("pa") == [paula, pavel]
    assert persons.directory("pa example.org", limit=1) == [paula]
    assert persons.directory("pereira paula") == [paula]
    assert persons.directory("   ") == []
    assert persons.directory("%_'; drop table") == []


def test_affiliations_come_with_their_organisations_in_one_query(olga, sana, django_assert_num_queries):
    places = people.ensure_organisations(
        entries=[people.NewOrganisation("Alpha"), people.NewOrganisation("Beta")], by=None, at=NOW
    )
    alpha, beta = places.values()
    old = people.affiliate(person=olga, organisation=alpha, by=None, at=NOW)
    people.end_affiliation(affiliation=old, until=NOW.date(), by=None, at=NOW)
    people.affiliate(person=olga, organisation=beta, by=None, at=NOW)
    for group in ([olga], [olga, sana]):
        with django_assert_num_queries(1):
            found = persons.affiliations_of(group)
            assert {pk: row.organisation.name for pk, row in found.items()} == {olga.pk: "Beta"}
    with django_assert_num_queries(1):
        assert {row.organisation.name for row in persons.affiliations(olga)} == {"Alpha", "Beta"}


def test_a_consent_stands_until_it_is_withdrawn(olga):
    given = people.consent(person=olga, what="directory", version="2", by=olga, at=NOW)
    assert persons.has_consented(olga, "directory")
    assert persons.has_consented(olga, "directory", "2")
    assert not persons.has_consented(olga, "directory", "3")
    people.withdraw_consent(consent=given, by=olga, at=SOON)
    assert not persons.has_consented(olga, "directory")
    assert persons.consents_of(olga) == [given]


def test_the_cast_is_who_has_a_line(olga, sana):
    people.put_in_cast(person=olga, line="A call to close on Friday.", by=None, at=NOW)
    assert list(persons.cast()) == [olga]


def issued(**terms):
    return people.issue_link(**{"purpose": "tryout", "expires_at": SOON, "by": None, "at": NOW, **terms})


def test_a_link_opens_for_its_purpose_and_time(olga):
    link, token = issued(person=olga)
    assert persons.open_link(token=token, at=NOW) == link
    assert persons.open_link(token=token, at=NOW, purpose="tryout") == link
    with pytest.raises(persons.Unknown):
        persons.open_link(token=token, at=NOW, purpose="complain")
    with pytest.raises(persons.Expired) as late:
        persons.open_link(token=token, at=SOON)
    assert late.value.link == link


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "' or 1=1 --", "\x00", "é" * 5000])
def test_nonsense_is_an_unknown_link(db, token):
    with pytest.raises(persons.Unknown):
        persons.open_link(token=token, at=NOW)


def test_a_link_of_a_closed_account_is_unknown(olga):
    _link, token = issued(person=olga)
    olga.is_active = False
    olga.save()
    with pytest.raises(persons.Unknown):
        persons.open_link(token=token, at=NOW)


def test_a_link_knows_for_whom_it_is(olga, sana, client_of):
    for_olga, _token = issued(person=olga)
    for_an_address, _token = issued(address="info@example.org")
    for_nobody, _token = issued()
    assert not persons.is_for_somebody_else(for_olga, olga)
    assert persons.is_for_somebody_else(for_olga, sana)
    assert persons.is_for_somebody_else(for_an_address, sana)
    assert not persons.is_for_somebody_else(for_nobody, sana)
    EmailAddress.objects.create(user=sana, email="info@example.org", verified=True)
    assert not persons.is_for_somebody_else(for_an_address, sana)
    own, _token = issued(address="Sana@Example.org")
    assert not persons.is_for_somebody_else(own, sana)


def test_a_grant_lasts_twelve_hours_for_its_purpose_and_thing(olga, sana):
    session = {}
    link, _token = issued(person=olga, thing=sana)
    assert persons.granted(session, purpose="tryout", at=NOW) is None
    persons.note_grant(session, link, at=NOW)
    assert persons.granted(session, purpose="tryout", at=NOW) == link
    assert persons.granted(session, purpose="tryout", at=NOW, thing=sana) == link
    assert persons.granted(session, purpose="tryout", at=NOW, thing=olga) is None
    assert persons.granted(session, purpose="complain", at=NOW) is None
    assert persons.granted(session, purpose="tryout", at=NOW + timedelta(hours=12)) == link
    assert persons.granted(session, purpose="tryout", at=NOW + timedelta(hours=13)) is None
    people.revoke_links(purpose="tryout", by=None, at=NOW)
    assert persons.granted(session, purpose="tryout", at=NOW) is None


def test_no_grant_costs_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert persons.granted({}, purpose="tryout", at=NOW) is None
        assert persons.granted({persons.SESSION_KEY: {"7": "no time"}}, purpose="tryout", at=NOW) is None


def test_a_link_is_written_with_the_address_of_the_house(settings):
    settings.BOOSTER_URL = "https://academy.example"
    assert persons.link_url("abc") == "https://academy.example/l/abc/"


def test_a_link_whose_room_is_silent_leads_nowhere(olga, destination):
    link, _token = issued(person=olga)
    assert persons.link_destination(None, link) == ""
    destination("tryout", lambda request, link: "")
    destination("tryout", lambda request, link: f"/seats/{link.pk}/")
    assert persons.link_destination(None, link) == f"/seats/{link.pk}/"
