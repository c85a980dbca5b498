import pytest

from booster.academies.models import Edition
from booster.academies.queries import shape
from booster.calls.models import Call
from booster.home import actions
from booster.kit.machine import NotNow
from conftest import NOW

pytestmark = pytest.mark.django_db


def test_the_first_edition_is_as_it_was_held():
    founded = actions.found_cluster_academy(by=None, at=NOW)
    assert [str(day.on) for leg in shape(founded.edition) for day in leg.days] == [
        "2022-12-01",
        "2022-12-02",
        "2023-03-02",
        "2023-03-03",
    ]
    assert {call.slug: call.deadline_at.isoformat() for call in Call.objects.all()} == {
        "cba-1-participants": "2022-10-24T16:00:00+00:00",
        "cba-1-venues": "2022-09-16T16:00:00+00:00",
    }
    assert {call.state for call in Call.objects.all()} == {"open"}
    with pytest.raises(NotNow, match="exists already"):
        actions.found_cluster_academy(by=None, at=NOW)
    assert Edition.objects.count() == 1
