import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from booster.academies.access import RULES, holds, is_operator, leads_an_edition, roles_of
from booster.academies.models import Role
from booster.academies.tests import make
from booster.kit.access import allows
from booster.people import actions as people
from conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verb", ["academies.change", "academies.copy", "academies.move", "academies.appoint"])
def test_only_its_organiser_and_operators_change_an_edition(verb, olga, sana):
    edition = make.edition(at=NOW, organiser=olga)
    other = make.edition(at=NOW, slug="cba-2")
    assert allows(RULES, verb, olga, edition)
    assert not allows(RULES, verb, olga, other)
    assert RULES[verb](sana, edition) == "Only an organiser of this edition may do this."
    sana.is_operator = True
    assert is_operator(sana, edition) == "Take up the operator's power first, and say why."
    assert not allows(RULES, verb, sana, edition)
    people.take_up(person=sana, reason="to help Olga", by=sana, at=now())
    assert allows(RULES, verb, sana, edition)


def test_founding_is_for_operators_and_planning_for_whoever_organises_already(olga, sana):
    make.edition(at=NOW, organiser=olga)
    assert leads_an_edition(olga, None) is None
    assert leads_an_edition(sana, None) == "Only an organiser may do this."
    assert is_operator(olga, None) == "Only an operator may do this."
    assert allows(RULES, "academies.plan", olga, None)
    assert allows(RULES, "academies.read", sana, None)


def test_nobody_and_strangers_hold_no_role():
    assert roles_of(None) == frozenset()
    assert roles_of(AnonymousUser()) == frozenset()


def test_roles_are_asked_for_once(olga, django_assert_num_queries):
    edition = make.edition(at=NOW, organiser=olga)
    vars(olga).pop("_roles_now", None)
    with django_assert_num_queries(1):
        assert holds(Role.ORGANISER)(olga, edition) is None
        assert holds(Role.HOST)(olga, edition) == "Only the host of this edition may do this."
