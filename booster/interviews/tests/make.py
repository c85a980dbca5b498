"""Builders for tests: a round of interviews with somebody on its shortlist."""

from datetime import datetime, timedelta
from typing import Any

from booster.applications import actions as applications
from booster.applications.models import Application
from booster.applications.tests import make
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.interviews import actions
from booster.interviews.models import Slot


def call(*, at: datetime, organiser: Any) -> Call:
    """A published second round of an open call, ending thirty days after it."""
    first = make.call(at=at, organiser=organiser)
    second = calls.follow(
        call=first, round="interview", copy_questions=False, shortlist_size=3,
        deadline_at=first.deadline_at + timedelta(days=30), by=organiser, at=at,
    )  # fmt: skip
    second = Call.objects.select_related("follows", "edition__academy").get(pk=second.pk)
    return calls.publish(call=second, by=organiser, at=at)


def asked(call: Call, person: Any, *, at: datetime) -> Application:
    """The file of somebody who is asked to a talk."""
    sent = make.application(call=call.follows, by=person, at=at)
    return applications.carry_on(application=sent, call=call, by=None, at=at)


def slot(call: Call, *, at: datetime, days: int = 40, by: Any = None, capacity: int = 1, **terms: Any) -> Slot:
    start = at + timedelta(days=days)
    made = actions.Terms(**{"minutes": 30, "place": "Room 2", **terms}, capacity=capacity)
    actions.offer(call=call, starts=[start], terms=made, by=by, at=at)
    return Slot.objects.get(call=call, starts_at=start, place=made.place)
