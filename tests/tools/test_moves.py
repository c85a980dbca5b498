import pytest

from booster.academies.models import Edition
from booster.academies.states import EDITION
from booster.academies.tests import make
from booster.kit.machine import NotNow
from booster.kit.moves import Stale, move, settle
from conftest import NOW

pytestmark = pytest.mark.django_db


def test_a_move_sets_the_state_and_what_goes_with_it_in_one_query(django_assert_num_queries):
    edition = make.edition(at=NOW)
    with django_assert_num_queries(1):
        assert move(edition, EDITION, "open", summary="Now open") is edition
    assert (edition.state, edition.summary) == ("open", "Now open")
    edition.refresh_from_db()
    assert (edition.state, edition.summary) == ("open", "Now open")


def test_of_two_who_move_the_same_thing_the_second_is_told():
    mine = make.edition(at=NOW)
    other = Edition.objects.get(pk=mine.pk)
    move(mine, EDITION, "open")
    with pytest.raises(Stale, match="Somebody else changed this a moment ago"):
        move(other, EDITION, "open")
    assert other.state == "planned"


def test_a_move_from_the_wrong_state_changes_nothing():
    edition = make.edition(at=NOW)
    with pytest.raises(NotNow):
        move(edition, EDITION, "run", summary="No")
    edition.refresh_from_db()
    assert (edition.state, edition.summary) == ("planned", "")


def test_settling_writes_only_what_still_holds():
    edition = make.edition(at=NOW)
    settle(edition, expected={"seats_max": 40}, seats_max=45)
    assert edition.seats_max == 45
    with pytest.raises(Stale):
        settle(edition, expected={"seats_max": 40}, seats_max=50)
    assert Edition.objects.get(pk=edition.pk).seats_max == 45
