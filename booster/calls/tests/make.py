"""Builders for tests, through the real actions."""

from datetime import timedelta
from typing import Any

from booster.academies.models import Edition
from booster.academies.tests import make as academies
from booster.calls import actions, queries
from booster.calls.models import Call


def edition(*, at: Any, organiser: Any = None, slug: str = "cba-1", **about: Any) -> Any:
    found = Edition.objects.filter(slug=slug).first()
    return found or academies.edition(at=at, organiser=organiser, slug=slug, **about)


def draft(*, at: Any, organiser: Any = None, kind: str = "participants", home: Any = None, **columns: Any) -> Call:
    """A draft that lacks nothing but its form: open for 28 days from a day before ``at``."""
    dates = {"opens_at": at - timedelta(days=1), "deadline_at": at + timedelta(days=27), "contact": "calls@example.org"}
    home = home or edition(at=at, organiser=organiser)
    return actions.draft(edition=home, kind=kind, by=organiser, at=at, **{**dates, **columns})


def ready(*, at: Any, **about: Any) -> Call:
    """A draft with a published form."""
    call = draft(at=at, **about)
    actions.publish_form(version=queries.form_draft(call), by=about.get("organiser"), at=at)
    call.refresh_from_db()
    return call


def open_call(*, at: Any, **about: Any) -> Call:
    call = ready(at=at, **about)
    return actions.publish(call=call, by=about.get("organiser"), at=at)
