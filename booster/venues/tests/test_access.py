import pytest

from booster.kit.access import allows
from booster.venues import actions
from booster.venues.access import RULES
from booster.venues.models import Venue
from booster.venues.tests import make
from conftest import NOW

pytestmark = pytest.mark.django_db
BOTH = {"look_over", "read", "describe", "sign", "step_back", "set_room", "set_task"}


def verbs(person, venue):
    return {verb.removeprefix("venues.") for verb in RULES if allows(RULES, verb, person, venue)}


def test_each_side_does_its_part_and_a_stranger_nothing(hana, olga, sana):
    venue = make.venue(hana, at=NOW, organiser=olga)
    assert verbs(hana, venue) == BOTH | {"sign_as_host"}
    assert verbs(olga, venue) == BOTH | {"adopt", "rewrite", "prepare", "sign_as_organiser"}
    assert verbs(sana, venue) == verbs(None, venue) == set()
    assert RULES["venues.read"](sana, venue) == "Only an organiser of this edition may do this."


def test_an_agreement_of_both_sides_stays_as_it_is(hana, olga):
    venue = make.venue(hana, at=NOW, organiser=olga)
    venue.state = "agreed"
    assert verbs(hana, venue) == BOTH
    assert verbs(olga, venue) == BOTH | {"adopt", "prepare"}
    assert RULES["venues.rewrite"](olga, venue).startswith("Both sides have signed")


def test_a_venue_that_was_given_up_is_only_read(hana, olga):
    venue = make.venue(hana, at=NOW, organiser=olga)
    venue.state = "stepped_back"
    assert verbs(olga, venue) == {"look_over", "read", "adopt"}
    assert RULES["venues.set_room"](olga, venue).startswith("This venue has been given up")


def test_organisers_and_hosts_see_a_venue_and_after_stepping_back_the_organisers_alone(hana, olga, pavel, sana):
    venue = make.venue(hana, at=NOW, organiser=olga)
    make.host(venue.edition, pavel, at=NOW)
    seen = [Venue.objects.seen_by(one).count() for one in (hana, pavel, olga, sana)]
    assert seen == [1, 1, 1, 0]
    actions.step_back(venue=venue, side="host", reason="No.", by=hana, at=NOW)
    assert [Venue.objects.seen_by(one).count() for one in (hana, pavel, olga)] == [0, 0, 1]
