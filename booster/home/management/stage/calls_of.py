"""Calls of the demo, drafted from the templates and published on their day."""

from datetime import date, datetime, timedelta
from typing import Any

from booster.academies.models import Edition
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.calls.rules.templates import PARTICIPANTS, VENUES
from booster.home.management.stage.days import evening, morning
from booster.people.models import Person

DRAFTED_BEFORE = timedelta(days=10)


def drafted(
    edition: Edition, kind: str, *, opens: date, closes: date, by: Person, at: datetime | None = None, **columns: Any
) -> Call:
    """The call with its form published, still a draft. ``opens`` at 9, ``closes`` at 18 in Brussels."""
    template = VENUES if kind == Call.Kind.VENUES else PARTICIPANTS
    at = at or morning(opens) - DRAFTED_BEFORE
    call = calls.draft(
        edition=edition, kind=kind, template=template, slug=f"{edition.slug}-{kind}",
        opens_at=morning(opens), deadline_at=evening(closes), by=by, at=at, **columns,
    )  # fmt: skip
    calls.publish_form(version=call.form_versions.get(), by=by, at=at)
    return call


def opened(edition: Edition, kind: str, *, opens: date, closes: date, by: Person, **columns: Any) -> Call:
    """The call, published on the morning on which it opens."""
    call = drafted(edition, kind, opens=opens, closes=closes, by=by, **columns)
    return calls.publish(call=call, by=by, at=morning(opens))


def closed(call: Call) -> Call:
    """As the clock closes it, a minute after its deadline."""
    assert call.deadline_at is not None
    return calls.close(call=call, by=None, at=call.deadline_at + timedelta(minutes=1))
