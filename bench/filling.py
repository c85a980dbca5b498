"""Fill an empty database with so many applications, evaluated twice each, and say what bench/pages.py may ask for.

python bench/filling.py APPLICATIONS, with BOOSTER_DATA set; prints one line of JSON. Not a way to write: it goes past
the actions, because 20,000 applications with 120,000 marks shall be there in a minute.
"""

# ruff: noqa: E402 -- Django wants its settings before its models

import json
import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "booster.config.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from booster.academies import actions as academies
from booster.academies.models import Role
from booster.applications import actions as applications
from booster.applications.models import Application
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.evaluation import actions as evaluation
from booster.evaluation.models import Assignment, Evaluation, Evaluator, Mark, Screening
from booster.home import demo
from booster.home.actions import found_cluster_academy
from booster.intake import actions as intake
from booster.intake import queries as reading_of
from booster.people import actions as people
from booster.people.models import Organisation, Person
from booster.selection import actions as selection
from booster.selection.rules import limits

FILES = Path(demo.__path__[0])
BATCH = 2000
settings.ALLOWED_HOSTS = ["*"]


def persons() -> tuple[Person, Person]:
    """An organiser and somebody who writes an application."""
    made = []
    for name in ("Olga Organ", "Paula Pereira"):
        person = people.ensure_person(email=f"{name.split()[0].lower()}@example.org", name=name, by=None, at=now())
        made.append(people.confirm_address(person=person, by=person, at=now()))
    return made[0], made[1]


def fill(count: int) -> tuple[Call, Call, Application, Person, Person]:
    olga, paula = persons()
    founded = found_cluster_academy(by=None, at=now())
    call = founded.participants
    academies.appoint(edition=founded.edition, person=olga, role=Role.ORGANISER, by=None, at=now())
    for kind, file in (("answers", "participant-responses.xlsx"), ("evaluators", "evaluators.csv")):
        reading = reading_of.read_file(call, FILES / file, file, kind=kind)
        intake.take_in(call=call, kind=kind, reading=reading, by=olga, at=now())
    evaluation.screen(call=call, by=None, at=now())
    marks = reading_of.read_file(call, FILES / "evaluations.csv", "evaluations.csv", kind="evaluations")
    intake.take_in(call=call, kind="evaluations", reading=marks, by=olga, at=now())
    multiply(call, count)
    open_call, draft = an_open_call(founded.edition, olga, paula)
    wish = limits.read({"country": {"max": 3}, "gender": {"woman": {"min": 12}}})
    asked_for = selection.Settings(name="A try", seats=27, seed=1, wish=wish)
    selection.propose(call=call, settings=asked_for, by=olga, at=now())
    return call, open_call, draft, olga, paula


def an_open_call(edition: Any, olga: Person, paula: Person) -> tuple[Call, Application]:
    at = now()
    call = calls.draft(
        edition=edition, kind=Call.Kind.PARTICIPANTS, slug="cba-open", opens_at=at - timedelta(days=3),
        deadline_at=at + timedelta(days=20), contact="academy@example.org", by=olga, at=at,
    )  # fmt: skip
    calls.publish_form(version=call.form_versions.get(), by=olga, at=at)
    calls.publish(call=call, by=olga, at=at)
    return call, applications.start(call=call, by=paula, at=at)


def multiply(call: Call, count: int) -> None:
    """Copies of those who stand as sent, with people and organisations of their own, until there are ``count``."""
    there = list(Application.objects.filter(call=call, state="submitted").order_by("pk"))
    missing = count - Application.objects.filter(call=call).count()
    numbers = range(max(0, missing))
    at = now()
    crowd = Person.objects.bulk_create(
        [Person(email=f"p{n}@example.org", name=f"Person {n}", joined_at=at) for n in numbers],
        batch_size=BATCH,
    )  # fmt: skip
    houses = Organisation.objects.bulk_create(
        [Organisation(name=f"Cluster {n}", key=f"cluster {n}", country="FR") for n in numbers], batch_size=BATCH
    )
    made = []
    for n in numbers:
        like = there[n % len(there)]
        made.append(
            Application(
                edition_id=call.edition_id, call=call, form_version_id=like.form_version_id, applicant=crowd[n],
                organisation=houses[n], reference=f"X-{n:06}", state="submitted", answers=like.answers,
                title=f"{like.title} {n}", country=like.country, ecosystems=like.ecosystems, language=like.language,
                source="import", started_at=like.started_at, submitted_at=like.submitted_at, changed_at=at,
                latitude=like.latitude, longitude=like.longitude, folded=like.folded,
            )
        )  # fmt: skip
    Application.objects.bulk_create(made, batch_size=BATCH)
    judge(call, made, there)


def judge(call: Call, made: list[Application], there: list[Application]) -> None:
    """The verdicts and marks of those whom they are copies of."""
    verdicts = {s.application_id: s for s in Screening.objects.filter(application__call=call)}
    given: dict[int, list[tuple[int, list[Mark]]]] = {}
    for one in Evaluation.objects.filter(assignment__application__call=call).prefetch_related("marks", "assignment"):
        given.setdefault(one.assignment.application_id, []).append((one.assignment.evaluator_id, list(one.marks.all())))
    at = now()
    pairs = [(copy, there[n % len(there)]) for n, copy in enumerate(made)]
    Screening.objects.bulk_create(
        [
            Screening(
                edition_id=call.edition_id, application=copy, eligible=verdicts[like.pk].eligible,
                code=verdicts[like.pk].code, failed=verdicts[like.pk].failed, computed_at=at,
            )
            for copy, like in pairs
        ],
        batch_size=BATCH,
    )  # fmt: skip
    work = [(copy, evaluator, marks) for copy, like in pairs for evaluator, marks in given.get(like.pk, [])]
    assigned = Assignment.objects.bulk_create(
        [
            Assignment(
                edition_id=call.edition_id, application=copy, evaluator_id=evaluator, state="open", assigned_at=at
            )
            for copy, evaluator, _marks in work
        ],
        batch_size=BATCH,
    )  # fmt: skip
    evaluations = Evaluation.objects.bulk_create(
        [
            Evaluation(
                edition_id=call.edition_id, assignment=one, state="signed", comment="As before.",
                changed_at=at, signed_at=at,
            )
            for one in assigned
        ],
        batch_size=BATCH,
    )  # fmt: skip
    Mark.objects.bulk_create(
        [
            Mark(evaluation=one, criterion_id=mark.criterion_id, value=mark.value)
            for one, (_copy, _evaluator, marks) in zip(evaluations, work, strict=True)
            for mark in marks
        ],
        batch_size=BATCH,
    )  # fmt: skip


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def cost(person: Person | None, path: str) -> dict[str, Any]:
    """SQL queries, bytes and the cookie of somebody who asks for a page the second time."""
    client = signed_in(person)
    client.get(path)
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as seen:
        response = client.get(path)
    seconds = time.perf_counter() - began
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return {
        "path": path, "status": response.status_code, "queries": len(seen), "bytes": len(response.content),
        "seconds": seconds,
        "cookie": f"{settings.SESSION_COOKIE_NAME}={cookie.value}" if cookie else "",
    }  # fmt: skip


def main() -> None:
    count = int(sys.argv[1])
    with transaction.atomic():
        call, open_call, draft, olga, paula = fill(count)
    assert Evaluator.objects.filter(call=call).count() == 8
    pages = {
        "public call page": (None, f"/calls/{open_call.slug}/"),
        "application form": (None, f"/calls/{open_call.slug}/apply/"),
        "form, a draft": (paula, f"/applications/{draft.pk}/"),
        "list of applications": (olga, f"/calls/{call.slug}/applications/"),
        "evaluation board": (olga, f"/calls/{call.slug}/board/"),
        "cohort builder": (olga, f"/calls/{call.slug}/cohort/"),
    }
    print(json.dumps({name: cost(person, path) for name, (person, path) in pages.items()}))


if __name__ == "__main__":
    main()
