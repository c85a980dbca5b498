import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from booster.chronicle.models import Fact
from booster.people import actions as people
from booster.people import facts
from booster.people.models import Person
from conftest import NOW

LATER = NOW.replace(hour=12)


def told(kind, thing):
    return Fact.objects.filter(kind=kind.name, thing_id=thing.pk).count()


def test_signing_up_makes_a_person_with_an_unconfirmed_address_and_no_password(db):
    person = people.sign_up(email=" Zoe@Example.ORG ", name="  Zoë\u200b  Zen ", at=NOW)
    assert (person.email, person.name, person.joined_at) == ("zoe@example.org", "Zoë Zen", NOW)
    assert not person.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(person.email, False, True)]
    assert Fact.objects.get(kind=facts.SIGNED_UP.name).actor == person


def test_a_taken_or_unusable_address_cannot_sign_up(olga):
    for address in ("OLGA@example.org", "", "olga", "olga@", "a@b", "x" * 300 + "@example.org"):
        with pytest.raises(ValidationError):
            people.sign_up(email=address, name="Other", at=NOW)
    assert Person.objects.count() == 1


def test_a_person_is_noted_once_and_never_overwritten(olga):
    first = people.ensure_person(email="new@example.org", name="New One", country="pt", by=olga, at=NOW)
    second = people.ensure_person(email="NEW@example.org", name="Renamed", country="ES", by=olga, at=LATER)
    assert first == second
    assert (second.name, second.country, second.joined_at) == ("New One", "PT", NOW)
    assert told(facts.NOTED, first) == 1


def test_somebody_without_a_name_is_called_by_their_address(db):
    assert people.ensure_person(email="info@example.org", name=" ", by=None, at=NOW).name == "info"


def test_hostile_names_are_cleaned_and_cut(db):
    person = people.ensure_person(
        email="x@example.org", name="\u202e=cmd|' /C calc'!A0\x00" + "n" * 6000, by=None, at=NOW, given_name="g" * 300
    )
    assert len(person.name) == 200
    assert "\u202e" not in person.name
    assert "\x00" not in person.name
    assert len(person.given_name) == 100


def test_a_gender_or_country_that_nobody_knows_does_not_stop_an_import(db):
    person = people.ensure_person(email="x@example.org", name="X", gender="n/a", country="Germany", by=None, at=NOW)
    person.refresh_from_db()
    assert (person.gender, person.country) == ("", "")


def entries(first, count):
    return [people.NewPerson(f"p{n}@example.org", f"P {n}") for n in range(first, first + count)]


def test_many_people_cost_as_many_queries_as_one(db, django_assert_num_queries):
    with django_assert_num_queries(9):
        assert len(people.ensure_people(entries=entries(0, 1), by=None, at=NOW)) == 1
    with django_assert_num_queries(9):
        assert len(people.ensure_people(entries=entries(1, 40), by=None, at=NOW)) == 40
    with django_assert_num_queries(4):  # nothing twice
        assert len(people.ensure_people(entries=entries(0, 41), by=None, at=NOW)) == 41
    assert Person.objects.count() == EmailAddress.objects.count() == 41


def test_one_bad_address_among_many_leaves_nothing(db):
    with pytest.raises(ValidationError, match="n/a"):
        people.ensure_people(entries=[*entries(0, 3), people.NewPerson("n/a", "None")], by=None, at=NOW)
    assert Person.objects.count() == 0


def test_the_first_entry_of_an_address_counts(db):
    found = people.ensure_people(
        entries=[people.NewPerson("a@example.org", "First"), people.NewPerson("A@example.org", "Second")],
        by=None,
        at=NOW,
    )
    assert [person.name for person in found.values()] == ["First"]


def test_a_profile_changes_only_what_is_given(olga):
    people.rename(person=olga, zone="Europe/Athens", by=olga, at=NOW)
    olga.refresh_from_db()
    assert (olga.zone, olga.name, olga.country) == ("Europe/Athens", "Olga Organ", "FR")
    fact = Fact.objects.get(kind=facts.RENAMED.name)
    assert fact.payload == {"before": {"zone": ""}, "after": {"zone": "Europe/Athens"}}
    people.rename(person=olga, zone="Europe/Athens", by=olga, at=LATER)
    assert told(facts.RENAMED, olga) == 1


def test_a_zone_that_does_not_exist_and_an_empty_name_are_refused(olga):
    with pytest.raises(ValidationError, match="Mars/Base"):
        people.rename(person=olga, zone="Mars/Base", by=olga, at=NOW)
    with pytest.raises(ValidationError, match="name"):
        people.rename(person=olga, name="\u200b", by=olga, at=NOW)
    people.rename(person=olga, zone="", by=olga, at=NOW)


def test_an_address_is_confirmed_once(olga):
    assert told(facts.ADDRESS_CONFIRMED, olga) == 1
    people.confirm_address(person=olga, by=olga, at=LATER)
    assert told(facts.ADDRESS_CONFIRMED, olga) == 1


def test_an_address_that_somebody_else_has_confirmed_stays_theirs(olga, sana):
    EmailAddress.objects.filter(user=sana).delete()
    EmailAddress.objects.create(user=olga, email=sana.email, verified=True)
    people.confirm_address(person=sana, by=sana, at=LATER)
    assert not EmailAddress.objects.get(user=sana).verified


def test_a_password_is_set_and_told_without_the_password(olga):
    people.change_sign_in(person=olga, how="password", password="a quiet river 7", by=olga, at=NOW)
    assert olga.check_password("a quiet river 7")
    assert Fact.objects.get(kind=facts.SIGN_IN_CHANGED.name).payload == {"how": "password"}


def test_operators_are_appointed_and_dismissed_once(olga):
    people.appoint_operator(person=olga, by=None, at=NOW)
    people.appoint_operator(person=olga, by=None, at=NOW)
    olga.refresh_from_db()
    assert olga.is_staff
    assert olga.is_superuser
    assert told(facts.OPERATOR_APPOINTED, olga) == 1
    people.dismiss_operator(person=olga, by=None, at=LATER)
    assert not olga.is_staff
    assert told(facts.OPERATOR_DISMISSED, olga) == 1


def test_a_new_account_of_another_house_is_welcomed(sana):
    people.welcome(person=sana, by=sana, at=NOW)
    assert told(facts.SIGNED_UP, sana) == 1
