from datetime import timedelta

import pytest

from booster.chronicle.models import Fact
from booster.people import actions as people
from booster.people import facts
from booster.people import queries as persons
from booster.people.actions import links as link_actions
from booster.people.models import Link
from conftest import NOW

SOON = NOW + timedelta(days=7)


def issued(**terms):
    return people.issue_link(**{"purpose": "tryout", "expires_at": SOON, "by": None, "at": NOW, **terms})


def test_the_token_stands_nowhere_in_the_database(olga):
    link, token = issued(person=olga)
    assert len(token) >= 43
    row = Link.objects.values().get(pk=link.pk)
    assert token not in str(row)
    assert token not in str(list(Fact.objects.values()))
    assert row["digest"] == persons.digest(token)
    assert (link.address, link.uses_left) == ("olga@example.org", 1)


def test_a_link_for_one_use_works_once(olga):
    link, token = issued(person=olga)
    used = people.use_link(token=token, purpose="tryout", at=NOW)
    assert (used, used.uses_left, used.used_at) == (link, 0, NOW)
    with pytest.raises(people.Used) as again:
        people.use_link(token=token, purpose="tryout", at=NOW)
    assert again.value.link == link
    assert Fact.objects.get(kind=facts.LINK_USED.name).actor == olga


def test_of_two_hands_on_the_last_use_one_wins(olga, monkeypatch):
    link, token = issued(person=olga)
    stale = persons.open_link(token=token, at=NOW)
    people.use_link(token=token, at=NOW)
    monkeypatch.setattr(link_actions, "open_link", lambda **asked: stale)
    with pytest.raises(people.Used):
        people.use_link(token=token, at=NOW)
    link.refresh_from_db()
    assert link.uses_left == 0


def test_a_link_for_three_uses_works_three_times(olga):
    _link, token = issued(person=olga, uses=3)
    assert [people.use_link(token=token, at=NOW).uses_left for _ in range(3)] == [2, 1, 0]
    with pytest.raises(people.Used):
        people.use_link(token=token, at=NOW)


def test_a_link_to_read_works_always_and_notes_it_once_an_hour(olga, django_assert_num_queries):
    link, token = issued(address="guest@example.org", uses=None)
    people.use_link(token=token, at=NOW)
    with django_assert_num_queries(3):  # savepoint, look, savepoint
        people.use_link(token=token, at=NOW + timedelta(minutes=59))
    people.use_link(token=token, at=NOW + timedelta(minutes=60))
    link.refresh_from_db()
    assert link.used_at == NOW + timedelta(minutes=60)
    assert Fact.objects.filter(kind=facts.LINK_USED.name).count() == 2


def test_an_expired_or_foreign_token_opens_nothing(olga):
    _link, token = issued(person=olga)
    with pytest.raises(people.Expired):
        people.use_link(token=token, at=SOON)
    with pytest.raises(people.Unknown):
        people.use_link(token=token[:-1], at=NOW)
    with pytest.raises(people.Unknown):
        people.use_link(token=token, purpose="complain", at=NOW)


def test_a_renewed_link_lasts_as_long_and_voids_the_old_one(olga, sana):
    link, token = issued(person=olga, thing=sana, signs_in=True)
    people.use_link(token=token, at=NOW)
    fresh, secret = people.renew_link(link=link, by=None, at=SOON)
    assert secret != token
    assert (fresh.person, fresh.thing_id, fresh.signs_in, fresh.uses_left) == (olga, sana.pk, True, 1)
    assert fresh.expires_at == SOON + timedelta(days=7)
    with pytest.raises(people.Unknown):
        persons.open_link(token=token, at=NOW)
    with pytest.raises(people.Unknown):
        people.renew_link(link=link, by=None, at=SOON)


def test_a_link_for_many_uses_is_renewed_for_many_and_one_without_an_address_not_at_all(db):
    many, _token = issued(address="guest@example.org", uses=None)
    assert people.renew_link(link=many, by=None, at=SOON)[0].uses_left is None
    nowhere, _token = issued()
    with pytest.raises(people.Unknown):
        people.renew_link(link=nowhere, by=None, at=SOON)


def test_links_are_made_void_by_purpose_thing_and_person(olga, sana, django_assert_num_queries):
    for person in (olga, sana):
        issued(person=person, thing=sana)
        issued(person=person, thing=olga, purpose="complain")
    assert people.revoke_links(purpose="tryout", thing=sana, person=olga, by=olga, at=NOW) == 1
    with django_assert_num_queries(5):
        assert people.revoke_links(thing=olga, by=olga, at=NOW) == 2
    assert people.revoke_links(person=sana, by=olga, at=NOW) == 1
    assert people.revoke_links(purpose="tryout", by=olga, at=NOW) == 0
    with pytest.raises(ValueError, match="which links"):
        people.revoke_links(by=olga, at=NOW)
