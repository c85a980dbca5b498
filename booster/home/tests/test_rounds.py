"""Two rounds in next year's edition."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from booster.calls import actions as calls
from booster.calls.tests import make
from booster.home import actions as home
from booster.home.queries.steps import next_step
from booster.selection.models import Scenario
from booster.selection.tests import make as choosing

pytestmark = pytest.mark.django_db


def test_next_years_second_round_follows_next_years_first(olga):
    first = make.open_call(at=now(), organiser=olga)
    calls.follow(call=first, round="full", copy_questions=True, by=olga, at=now())
    edition = home.copy_edition(
        source=first.edition, name="Next", slug="next", shift=timedelta(days=365), by=olga, at=now()
    )
    copies = list(edition.calls.order_by("pk"))
    assert [one.follows for one in copies] == [None, copies[0]]
    assert [one.round for one in copies] == ["first", "full"]


def test_next_years_cohort_is_chosen_as_this_years(olga):
    call = choosing.call(at=now(), organiser=olga)
    choosing.files(call, at=now(), count=6)
    choosing.weighed(call, by=olga, at=now(), bands=(90, 75))
    home.copy_edition(source=call.edition, name="Next", slug="next", shift=timedelta(days=365), by=olga, at=now())
    copied = Scenario.objects.get(edition__slug="next")
    assert (copied.call.slug, copied.state, copied.policy, copied.bands) == (
        "next-participants", "draft", "merit", [90, 75]
    )  # fmt: skip


def test_after_the_telling_a_first_round_leads_to_the_second(olga):
    first = make.open_call(at=now(), organiser=olga)
    second = calls.follow(call=first, round="full", copy_questions=True, by=olga, at=now())
    first.state = "settled"
    step = next_step(first, {"submitted": 2, "screened": 2, "eligible": 2, "evaluated": 2, "told": 2})
    assert (step.why, step.href) == ("The shortlist goes on to the second round.", f"/calls/{second.slug}/edit/")
