import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from booster.chronicle.models import Fact
from booster.people import actions as people
from booster.people import facts
from booster.people import queries as persons
from booster.people.actions.merging import _pointing_here
from booster.people.models import Affiliation, Consent, Link, Person
from conftest import NOW


@pytest.fixture
def twin(make_person):
    """Paula once more, with her other address and more known of her."""
    return make_person("Paula P.", email="paula@work.example", zone="Europe/Lisbon", gender="woman")


@pytest.fixture
def place(db):
    return people.ensure_organisation(entry=people.NewOrganisation("Alpha", "PT"), by=None, at=NOW)


def test_everything_that_points_to_the_one_points_to_the_other(paula, twin, operator, place):
    people.affiliate(person=twin, organisation=place, by=None, at=NOW)
    people.consent(person=twin, what="directory", version="1", by=twin, at=NOW)
    people.issue_link(purpose="tryout", person=twin, expires_at=NOW.replace(year=2023), by=twin, at=NOW)
    twin.groups.add(Group.objects.create(name="choir"))
    merged = people.merge(keep=paula, absorb=twin, by=operator, at=NOW)
    assert merged.left == {}
    assert merged.moved["people.consent.person"] == 1
    assert merged.moved["people.link.person"] == merged.moved["people.link.made_by"] == 1
    assert [row.person for row in Affiliation.objects.all()] == [paula]
    assert [row.person for row in Consent.objects.all()] == [paula]
    assert [row.made_by for row in Link.objects.all()] == [paula]
    assert [group.name for group in paula.groups.all()] == ["choir"]
    told = Fact.objects.get(kind=facts.MERGED.name)
    assert (told.actor, told.thing_id, told.payload["absorbed"]) == (operator, paula.pk, twin.pk)


def test_no_table_of_the_house_is_overlooked(paula, twin, operator):
    people.merge(keep=paula, absorb=twin, by=operator, at=NOW)
    pointing = {f"{m._meta.label_lower}.{f}": m._base_manager.filter(**{f: twin}).count() for m, f in _pointing_here()}
    assert pointing.pop("people.person.merged_into") == 0
    assert {name for name, count in pointing.items() if count} == set()
    assert {"account.emailaddress.user", "chronicle.fact.actor", "people.person_groups.person"} <= set(pointing)


def test_both_addresses_lead_to_the_kept_entry_and_what_was_empty_is_filled(paula, twin, operator):
    people.merge(keep=paula, absorb=twin, by=operator, at=NOW)
    paula.refresh_from_db()
    twin.refresh_from_db()
    assert persons.people_by_email(["paula@work.example", "paula@example.org"]) == {
        "paula@work.example": paula,
        "paula@example.org": paula,
    }
    assert sorted(EmailAddress.objects.filter(user=paula).values_list("email", "primary")) == [
        ("paula@example.org", True),
        ("paula@work.example", False),
    ]
    assert (paula.name, paula.country, paula.zone, paula.gender) == ("Paula Pereira", "PT", "Europe/Lisbon", "woman")
    assert (twin.is_active, twin.merged_into, twin.has_usable_password()) == (False, paula, False)
    assert twin.email == f"merged-{twin.pk}@people.invalid"


def test_what_the_kept_entry_has_already_stays_behind_and_is_counted(paula, twin, operator, place):
    for person in (paula, twin):
        people.affiliate(person=person, organisation=place, by=None, at=NOW)
        people.consent(person=person, what="directory", version="1", by=person, at=NOW)
    people.consent(person=twin, what="photographs", version="1", by=twin, at=NOW)
    merged = people.merge(keep=paula, absorb=twin, by=operator, at=NOW)
    assert merged.left == {"people.affiliation.person": 1, "people.consent.person": 1}
    assert merged.moved["people.consent.person"] == 1
    assert Consent.objects.filter(person=paula).count() == 2


def test_an_unconfirmed_address_of_the_one_that_the_other_had_typed_too_is_confirmed_once(paula, twin, operator):
    EmailAddress.objects.create(user=paula, email=twin.email, verified=False)
    people.merge(keep=paula, absorb=twin, by=operator, at=NOW)
    assert EmailAddress.objects.get(email="paula@work.example").user == paula


def test_an_address_that_a_third_person_has_confirmed_stays_theirs(paula, twin, sana, operator):
    EmailAddress.objects.filter(user=twin).delete()
    EmailAddress.objects.create(user=sana, email=twin.email, verified=True)
    people.merge(keep=paula, absorb=twin, by=operator, at=NOW)
    assert persons.person_by_email("paula@work.example") == sana


def test_an_entry_cannot_be_merged_with_itself_or_twice_or_when_forgotten(paula, twin, sana, operator):
    with pytest.raises(ValidationError):
        people.merge(keep=paula, absorb=paula, by=operator, at=NOW)
    people.merge(keep=paula, absorb=twin, by=operator, at=NOW)
    with pytest.raises(ValidationError):
        people.merge(keep=sana, absorb=twin, by=operator, at=NOW)
    with pytest.raises(ValidationError):
        people.merge(keep=twin, absorb=sana, by=operator, at=NOW)
    people.forget(person=sana, by=sana, at=NOW)
    with pytest.raises(ValidationError):
        people.merge(keep=paula, absorb=sana, by=operator, at=NOW)
    assert Person.objects.alive().count() == 2
