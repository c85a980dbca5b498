"""Builders for tests, through the real actions where they exist."""

from typing import Any

from booster.academies import actions as academies
from booster.academies.models import Edition, Role
from booster.academies.tests import make as editions
from booster.applications.models import Application, Partner
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.selection.models import Decision
from booster.venues import actions
from booster.venues.models import Venue

OFFER = {
    "organisation_name": "Technical University of Žilina",
    "venue_name": "Mill Hall",
    "city": "Žilina",
    "rooms": [
        {"name": "Plenary", "m2": 210.5, "theatre": 120, "cabaret": 60, "step_free": True, "projector": True},
        {"name": "Attic", "cabaret": 8, "minutes": 2, "step_free": False},
    ],
    "wifi_devices": 250,
    "rooms_free": True,
    "catering_free": False,
    "cost_eur": 1800.0,
    "beds_held": 45,
    "study_visit": "The foundry.",
    "reach": "By train from Bratislava in 2 hours 20 minutes.",
    "conditions": "Free until 30 days before.",
}


def call(*, at: Any, organiser: Any = None, slug: str = "cba-1", legs: Any = editions.FIRST_EDITION) -> Call:
    edition = editions.edition(at=at, organiser=organiser, slug=slug, legs=legs)
    return calls.draft(edition=edition, kind="venues", by=None, at=at)


def offer(call: Call, applicant: Any, *, at: Any, reference: str = "V-0001", **answers: Any) -> Application:
    """A sent offer of ``applicant`` (``None``: imported without an account)."""
    given = {**OFFER, **answers}
    return Application.objects.create(
        edition=call.edition, call=call, form_version=call.form_versions.get(), applicant=applicant,
        title=f"{given['venue_name']} – {given['organisation_name']}", country="SK", latitude=49.2, longitude=18.7,
        reference=reference, state="submitted", answers=given, started_at=at, changed_at=at, submitted_at=at,
    )  # fmt: skip


def partner(offer: Application, person: Any, *, state: str = "signed_off") -> Partner:
    return Partner.objects.create(
        application=offer, person=person, name=person.name, organisation_name="Partner", address=person.email,
        state=state,
    )  # fmt: skip


def told(offer: Application, outcome: str, *, at: Any, rank: int | None = 1) -> Decision:
    return Decision.objects.create(
        edition=offer.edition, call=offer.call, application=offer, outcome=outcome, rank=rank, state="told",
        reason="The best place for groups.", decided_at=at, told_at=at,
    )  # fmt: skip


def venue(host: Any, *, at: Any, organiser: Any = None, slug: str = "cba-1", **answers: Any) -> Venue:
    return actions.adopt(
        application=offer(call(at=at, organiser=organiser, slug=slug), host, at=at, **answers), by=organiser, at=at
    )  # fmt: skip


def host(edition: Edition, person: Any, *, at: Any) -> None:
    academies.appoint(edition=edition, person=person, role=Role.HOST, by=None, at=at)
