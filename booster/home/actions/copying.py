"""Next year's edition from this one."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from booster.academies import actions as academies
from booster.academies.models import Edition
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.home import facts
from booster.selection import actions as selection


@transaction.atomic
def copy_edition(*, source: Edition, name: str, slug: str, shift: timedelta, by: Any, at: datetime) -> Edition:
    """Shape, phases, budget, organisers and the calls with their forms, criteria, gates, white book and how their
    cohorts are chosen.

    Every date is moved by ``shift``. The copies are drafts: nothing is public until somebody publishes it.
    """
    edition = academies.copy(source=source, name=name, slug=slug, shift=shift, by=by, at=at)
    copies: dict[int, Call] = {}
    for call in source.calls.order_by(F("follows").asc(nulls_first=True), "pk"):
        first = copies.get(call.follows_id or 0)
        copies[call.pk] = calls.copy(call=call, edition=edition, days=shift.days, follows=first, by=by, at=at)
        selection.copy(source=call, call=copies[call.pk], by=by, at=at)
    record(facts.EDITION_COPIED_WHOLE, thing=edition, by=by, at=at, source=source.name)
    return edition
