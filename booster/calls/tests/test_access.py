import pytest

from booster.calls.access import RULES
from booster.calls.tests import make

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {"calls.read", "calls.ask"}


def test_everybody_reads_and_asks_and_only_organisers_do_the_rest(olga, sana, now):
    call = make.open_call(at=now, organiser=olga)
    assert {verb for verb, rule in RULES.items() if rule(sana, call) is None} == OPEN_TO_ALL
    assert {verb for verb, rule in RULES.items() if rule(olga, call) is None} == set(RULES)


def test_an_organiser_of_another_edition_is_a_stranger_here(olga, hana, now):
    call = make.open_call(at=now, organiser=olga)
    make.edition(at=now, organiser=hana, slug="other")
    assert RULES["calls.change"](hana, call) == "Only an organiser of this edition may do this."
