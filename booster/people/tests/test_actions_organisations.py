from datetime import date
from decimal import Decimal

import pytest

from booster.chronicle.models import Fact
from booster.people import actions as people
from booster.people import facts
from booster.people.models import Affiliation, Organisation
from conftest import NOW

New = people.NewOrganisation


def ensure(*entries):
    return list(people.ensure_organisations(entries=entries, by=None, at=NOW).values())


def test_an_organisation_is_noted_once_however_it_is_spelt(db):
    first, second = ensure(New("Alpha Cluster", "BE"), New("ALPHA  cluster.", "be", city="Liège"))[0], None
    second = people.ensure_organisation(entry=New("alpha CLUSTER", "BE", city="Namur", members=40), by=None, at=NOW)
    assert first == second
    assert Organisation.objects.count() == 1
    second.refresh_from_db()
    assert (second.name, second.city, second.members) == ("Alpha Cluster", "Liège", 40)


def test_the_same_name_in_two_countries_is_two_organisations(db):
    one, two = ensure(New("Energy Cluster", "BE"), New("Energy Cluster", "PT"))
    assert one != two


def test_an_unnamed_country_means_the_only_namesake(db):
    [known] = ensure(New("Energy Cluster", "BE"))
    assert ensure(New("Energy Cluster")) == [known]
    ensure(New("Energy Cluster", "PT"))
    assert ensure(New("Energy Cluster"))[0].country == ""  # which of the two, nobody can tell


def test_a_country_told_later_completes_the_entry(db):
    [unknown] = ensure(New("Energy Cluster"))
    [known] = ensure(New("Energy Cluster", "BE"))
    assert unknown == known
    known.refresh_from_db()
    assert known.country == "BE"


def test_many_organisations_cost_as_many_queries_as_one(db, django_assert_num_queries):
    def batch(first, count, **more):
        return [New(f"Cluster number {n}", "BE", **more) for n in range(first, first + count)]

    with django_assert_num_queries(5):
        ensure(*batch(0, 1))
    with django_assert_num_queries(5):
        ensure(*batch(1, 40))
    with django_assert_num_queries(3):
        ensure(*batch(0, 41))
    with django_assert_num_queries(5):
        ensure(*batch(0, 41, staff_fte=Decimal("2.5"), ecosystems=("tourism",)))
    assert Organisation.objects.filter(staff_fte=Decimal("2.5"), ecosystems=["tourism"]).count() == 41


def test_too_long_and_invisible_text_is_cut_and_cleaned(db):
    [row] = ensure(New("A\u202eB" + "x" * 600, "BE", website="https://example.org/" + "y" * 600))
    assert len(row.name) == 300
    assert len(row.website) == 300
    assert "\u202e" not in row.name


def test_impossible_numbers_are_unknown_numbers(db):
    wild = {
        "founded": 20222,
        "members": -5,
        "smes": 10**12,
        "staff_fte": Decimal("1e9"),
        "latitude": 95.0,
        "longitude": 3.0,
    }
    [row] = ensure(New("Alpha", "BE", **wild))
    assert [getattr(row, name) for name in wild] == [None] * 6
    [row] = ensure(New("Alpha", "BE", founded=1999, latitude=50.8, longitude=4.35))
    assert (row.founded, row.latitude, row.longitude) == (1999, 50.8, 4.35)


def test_an_entry_can_be_corrected_by_who_may(db, operator):
    [row] = ensure(New("Alpha", "BE", members=10))
    people.change_organisation(organisation=row, entry=New("Alpha Plus", "NL", members=12), by=operator, at=NOW)
    row.refresh_from_db()
    assert (row.name, row.country, row.members, row.key) == ("Alpha Plus", "NL", 12, New("Alpha Plus").key)
    assert Fact.objects.filter(kind=facts.ORGANISATION_CHANGED.name).count() == 1


def test_an_affiliation_said_twice_is_one_and_can_be_corrected(olga):
    [place] = ensure(New("Alpha", "BE"))
    first = people.affiliate(person=olga, organisation=place, role_title="Manager", by=olga, at=NOW)
    people.affiliate(person=olga, organisation=place, role_title="Manager", by=olga, at=NOW)
    people.affiliate(person=olga, organisation=place, by=olga, at=NOW)
    assert Fact.objects.filter(kind=facts.AFFILIATED.name).count() == 1
    later = people.affiliate(
        person=olga, organisation=place, role_title="Director", since=date(2020, 1, 1), by=olga, at=NOW
    )
    assert later == first
    assert (later.role_title, later.since) == ("Director", date(2020, 1, 1))


def test_after_the_last_day_a_return_is_a_new_entry(olga):
    [place] = ensure(New("Alpha", "BE"))
    first = people.affiliate(person=olga, organisation=place, by=olga, at=NOW)
    people.end_affiliation(affiliation=first, until=date(2022, 9, 30), by=olga, at=NOW)
    people.affiliate(person=olga, organisation=place, by=olga, at=NOW)
    assert Affiliation.objects.count() == 2
    assert list(Affiliation.objects.current().values_list("until", flat=True)) == [None]


@pytest.mark.parametrize("name", ["", "   ", "—"])
def test_a_nameless_organisation_is_still_one_entry(db, name):
    ensure(New(name, "BE"))
    ensure(New(name, "BE"))
    assert Organisation.objects.count() == 1
