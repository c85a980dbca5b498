"""Builders for tests, through the real actions; rooms above use them too."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from booster.academies.tests import make as academies
from booster.applications import actions
from booster.applications.models import Application
from booster.applications.queries import form_of
from booster.calls import actions as calls
from booster.calls.models import Call

ANSWERS: dict[str, dict[str, Any]] = {
    "participants": {
        "given_name": "Paula",
        "family_name": "Pereira",
        "email": "paula@example.org",
        "gender": "woman",
        "role": "manager",
        "years": 4,
        "organisation_name": "Atlantic Food Cluster",
        "country": "PT",
        "city": "Porto",
        "latitude": 41.15,
        "longitude": -8.61,
        "ecosystems": ["agri-food"],
        "founded": 2011,
        "members": 84,
        "smes": 60,
        "staff_fte": 2.5,
        "label": "bronze",
        "maturity": "growing",
        "challenge": "Our members come to events and not to projects.",
        "goal": "A service that members pay for.",
        "offer": "How we run a buyers’ day with twelve retailers.",
        "both_online": True,
        "both_in_person": True,
        "approval": True,
        "consent": {"given": True, "version": "1"},
    },
}
_numbers = count(1)


def call(
    *,
    at: datetime,
    kind: str = "participants",
    organiser: Any = None,
    edition: Any = None,
    sections: Any = None,
    open_days: int = 20,
    **about: Any,
) -> Call:
    """An open call: opened a day before ``at``, closing ``open_days`` after it; ``sections`` for the template's."""
    number = next(_numbers)
    edition = edition or academies.edition(at=at, organiser=organiser, slug=f"edition-{number}")
    values = {
        "opens_at": at - timedelta(days=1),
        "deadline_at": at + timedelta(days=open_days),
        "contact": "call@example.org",
    }
    made = calls.draft(
        edition=edition, kind=kind, by=None, at=at - timedelta(days=2), slug=f"call-{number}", **{**values, **about}
    )
    version = made.form_versions.get()
    if sections is not None:
        made.form_versions.update(sections=sections)
        version.refresh_from_db()
    calls.publish_form(version=version, by=None, at=at - timedelta(days=2))
    made.refresh_from_db()
    return calls.publish(call=made, by=None, at=at - timedelta(days=1))


def draft(*, call: Call, by: Any, at: datetime, **answers: Any) -> Application:
    """The person's draft with these answers."""
    begun = actions.start(call=call, by=by, at=at)
    if answers:
        begun = actions.save_answers(
            application=begun, answers=answers, revision=begun.revision, by=by, at=at
        ).application
    return begun


def application(*, call: Call, by: Any, at: datetime, **answers: Any) -> Application:
    """A sent application. For calls of the participants' template the answers are complete unless given otherwise."""
    mine = actions.start(call=call, by=by, at=at)
    own = {"given_name": by.given_name or "Paula", "family_name": by.family_name or "P", "email": by.email}
    asked = form_of(mine).questions
    complete = {key: value for key, value in {**ANSWERS.get(call.kind, {}), **own}.items() if key in asked}
    mine = draft(call=call, by=by, at=at, **{**complete, **answers})
    return actions.submit(application=mine, by=by, at=at)
