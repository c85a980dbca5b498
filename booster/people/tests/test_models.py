import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from booster.people import actions as people
from booster.people.models import Affiliation, Consent, Link, Organisation, Person
from conftest import NOW

YEAR = NOW.replace(year=2023)


def refuses(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_one_address_is_one_person_in_whatever_case(olga):
    refuses(lambda: Person.objects.create(email="OLGA@example.org", name="Other", joined_at=NOW))


def test_a_person_is_shown_by_name_or_address(olga):
    assert str(olga) == "Olga Organ"
    assert olga.get_full_name() == "Olga Organ"
    assert olga.get_short_name() == "Olga"
    assert str(Person(email="x@example.org")) == "x@example.org"
    assert Person(name="Mononym").get_short_name() == "Mononym"


def test_only_operators_open_the_operators_lists(olga, operator):
    assert (olga.is_staff, operator.is_staff) == (False, True)


def test_a_gender_is_one_of_three_or_not_said(olga):
    refuses(lambda: Person.objects.filter(pk=olga.pk).update(gender="x"))


def test_signing_in_finds_the_person_however_the_address_is_typed(olga):
    assert Person.objects.get_by_natural_key(" OLGA@Example.org ") == olga
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get_by_natural_key(None)


def test_one_sees_oneself_and_operators_see_everybody(olga, sana, operator):
    assert list(Person.objects.seen_by(sana)) == [sana]
    assert set(Person.objects.seen_by(operator)) == {olga, sana, operator}
    assert list(Person.objects.seen_by(AnonymousUser())) == []
    assert list(Person.objects.seen_by(None)) == []


def test_one_sees_where_one_works_what_one_agreed_to_and_the_links_one_made(olga, sana, operator):
    place = people.ensure_organisation(entry=people.NewOrganisation("Alpha Cluster"), by=None, at=NOW)
    work = people.affiliate(person=olga, organisation=place, by=None, at=NOW)
    agreed = people.consent(person=olga, what="directory", version="1", by=olga, at=NOW)
    link, _token = people.issue_link(purpose="tryout", person=sana, expires_at=YEAR, by=olga, at=NOW)
    for model, row in [(Organisation, place), (Affiliation, work), (Consent, agreed), (Link, link)]:
        assert list(model.objects.seen_by(olga)) == [row]
        assert list(model.objects.seen_by(sana)) == []
        assert list(model.objects.seen_by(operator)) == [row]
        assert list(model.objects.seen_by(AnonymousUser())) == []
    assert [str(row) for row in (place, agreed)] == ["Alpha Cluster", "directory 1"]
    assert str(work) == f"{olga.pk} @ {place.pk}"
    assert str(link) == f"tryout {link.pk}"


def test_an_organisation_lies_on_earth_or_nowhere(db):
    refuses(lambda: Organisation.objects.create(name="X", key="x", latitude=91, longitude=0))
    refuses(lambda: Organisation.objects.create(name="X", key="x", latitude=1))


def test_a_link_lasts_and_signs_one_person_in_once(olga):
    def made(**values):
        return lambda: Link.objects.create(purpose="x", digest="1", made_at=NOW, **{"expires_at": YEAR, **values})

    refuses(made(expires_at=NOW))
    refuses(made(signs_in=True, uses_left=1))
    refuses(made(signs_in=True, person=olga, uses_left=None))


def test_a_consent_ends_after_it_began(olga):
    refuses(
        lambda: Consent.objects.create(
            person=olga, what="x", version="1", given_at=NOW, withdrawn_at=NOW.replace(year=2021)
        )
    )
