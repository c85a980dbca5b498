"""Builders for tests, through the real actions where they exist."""

from typing import Any

from booster.academies.tests import make as academies
from booster.applications.models import Application
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.people import actions as people
from booster.selection.models import Scenario


def call(*, at: Any, organiser: Any = None, kind: str = "participants", slug: str = "cba-1") -> Call:
    edition = academies.edition(at=at, organiser=organiser, slug=slug)
    return calls.draft(edition=edition, kind=kind, by=None, at=at)


def application(call: Call, name: str, *, at: Any, reference: str = "") -> Application:
    """A sent application of a person called ``name``."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    person = people.ensure_person(email=email, name=name, by=None, at=at)
    return Application.objects.create(
        edition=call.edition, call=call, form_version=call.form_versions.get(), applicant=person, title=name,
        reference=reference or name, state="submitted", started_at=at, changed_at=at, submitted_at=at,
    )  # fmt: skip


def adopted(call: Call, seats_of_reserve: dict[str, list[str]], *, at: Any) -> Scenario:
    return Scenario.objects.create(
        edition=call.edition, call=call, name="adopted", seats=2, state="adopted", made_at=at,
        result={"seats_of_reserve": seats_of_reserve},
    )  # fmt: skip
