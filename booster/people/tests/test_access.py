from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from booster.kit.access import Refused, allows, check
from booster.people.access import RULES, is_signed_in

NOBODY = AnonymousUser()


def test_one_edits_ones_own_profile_and_nobody_elses(olga, sana, operator):
    assert allows(RULES, "people.edit_profile", sana, sana)
    assert not allows(RULES, "people.edit_profile", sana, olga)
    assert not allows(RULES, "people.edit_profile", operator, olga)
    assert not allows(RULES, "people.edit_profile", NOBODY, olga)


def test_a_thing_with_a_person_belongs_to_that_person(olga, sana):
    thing = SimpleNamespace(person=olga)
    assert allows(RULES, "people.withdraw_consent", olga, thing)
    with pytest.raises(Refused, match="somebody else"):
        check(RULES, "people.withdraw_consent", sana, thing)


def test_only_operators_merge(olga, operator):
    assert allows(RULES, "people.merge", operator, olga)
    with pytest.raises(Refused, match="Only operators"):
        check(RULES, "people.merge", olga, olga)
    assert not allows(RULES, "people.merge", NOBODY, olga)


def test_a_person_may_be_forgotten_by_themselves_or_an_operator(olga, sana, operator):
    assert allows(RULES, "people.forget", olga, olga)
    assert allows(RULES, "people.forget", operator, olga)
    assert not allows(RULES, "people.forget", sana, olga)


def test_signed_in_means_signed_in(olga):
    assert is_signed_in(olga, None) is None
    assert is_signed_in(NOBODY, None) == "Sign in first."
    assert is_signed_in(None, None) == "Sign in first."
