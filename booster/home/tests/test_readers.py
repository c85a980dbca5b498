"""A reader sees what is decided in an edition and changes nothing of it, whichever door they try."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from booster.academies import actions as academies
from booster.academies.models import Role
from booster.academies.tests import make as editions
from booster.calls.models import Call
from booster.chronicle.models import Errand, Fact
from booster.evaluation import actions as evaluation
from booster.evaluation.models import Assignment, Evaluator, Screening
from booster.kit.access import Refused
from booster.post.models import Letter
from booster.selection.models import Decision
from booster.selection.tests import make
from conftest import NOW

pytestmark = pytest.mark.django_db

READ = (
    "/editions/{edition}/desk/", "/editions/{edition}/timeline/", "/editions/{edition}/calls/",
    "/editions/{edition}/cohort/", "/calls/{call}/edit/", "/calls/{call}/applications/", "/applications/{file}/file/",
    "/calls/{call}/screening/", "/calls/{call}/board/", "/calls/{call}/decisions/", "/calls/{call}/report/",
    "/calls/{call}/report.pdf",
)  # fmt: skip
REFUSED = {
    "/calls/{call}/applications/export/": 403,
    "/calls/{call}/board/export/": 403,
    "/applications/{file}/file.pdf": 403,
    "/editions/{edition}/letters/": 403,
    "/editions/{edition}/people/": 403,
    "/editions/{edition}/settings/": 403,
    "/calls/{call}/edit/texts/": 403,
    "/calls/{call}/evaluators/": 403,
    "/calls/{call}/cohort/": 403,
    "/calls/{call}/complaints/": 403,
}


@pytest.fixture
def call(olga) -> Call:
    made = make.call(at=NOW, organiser=olga)
    make.files(made, at=NOW, count=4)
    make.decided(made, by=olga, at=NOW, seats=2)
    academies.step(edition=made.edition, verb="open", by=olga, at=NOW)
    return made


@pytest.fixture
def rosa(make_person, call, olga) -> Any:
    person = make_person("Rosa Romano")
    academies.appoint(edition=call.edition, person=person, role=Role.READER, by=olga, at=NOW)
    return person


def of(address: str, call: Call) -> str:
    file = call.applications.order_by("pk").values_list("pk", flat=True).first()
    return address.format(edition=call.edition.slug, call=call.slug, file=file)


@pytest.mark.parametrize("address", READ)
def test_a_reader_opens_what_is_decided_and_finds_no_button_that_writes(address, call, rosa, client_of):
    answer = client_of(rosa).get(of(address, call))
    assert answer.status_code == 200
    main = answer.content.partition(b"<main")[2].partition(b"</main>")[0]
    assert b'method="post"' not in main


@pytest.mark.parametrize(("address", "status"), REFUSED.items())
def test_a_reader_is_refused_what_writes_and_what_carries_away(address, status, call, rosa, client_of):
    assert client_of(rosa).get(of(address, call)).status_code == status


def test_a_reader_reads_no_sensitive_answer_and_an_organiser_does(call, rosa, olga, client_of):
    version = call.form_versions.order_by("-number").first()
    asked = {one["key"]: one for section in version.sections for one in section["questions"]}
    assert asked["gender"]["sensitive"] is True
    page = of("/applications/{file}/file/", call)
    assert b"<dt>Gender</dt>" in client_of(olga).get(page).content
    assert b"Gender" not in client_of(rosa).get(page).content


def test_the_role_ends_with_its_day_and_reaches_one_edition_alone(call, rosa, olga, client_of):
    edition = editions.edition(at=NOW, organiser=olga, slug="cba-2")
    other = make.call(at=NOW, organiser=olga, edition=edition, slug="cba-2-participants")
    assert client_of(rosa).get(of("/calls/{call}/applications/", other)).status_code == 404
    held = rosa.memberships.get()
    academies.end_role(membership=held, on=NOW.date(), by=olga, at=NOW)
    assert client_of(rosa).get(of("/calls/{call}/applications/", call)).status_code == 404


def test_a_reader_does_not_evaluate(call, rosa, olga):
    entry = evaluation.NewEvaluator(email=rosa.email, name=rosa.name)
    with pytest.raises(Refused, match="organiser or reader"):
        evaluation.invite(call=call, entry=entry, by=olga, at=NOW)


def doors(call: Call) -> Iterator[str]:
    """Every address of every room, with what this call has where the address asks for something."""
    keys = [
        rows.order_by("pk").values_list("pk", flat=True).first()
        for rows in (
            call.applications, call.scenarios, Decision.objects, Screening.objects, Assignment.objects,
            Evaluator.objects,
        )
    ]  # fmt: skip
    values = {"slug": (call.slug, call.edition.slug), "kind": ("answers",)}
    rooms = {one.label for one in apps.get_app_configs() if one.name.startswith("booster.")}
    for room in get_resolver().url_patterns:
        if isinstance(room, URLResolver) and room.app_name in rooms:
            for door in room.url_patterns:
                takes = door.pattern.converters
                known = [values.get(name, sorted({*keys, 1})) for name in takes]
                for chosen in product(*known):
                    yield reverse(f"{room.app_name}:{door.name}", kwargs=dict(zip(takes, chosen, strict=True)))


def refused(client: Client, address: str) -> bool:
    """Also by a limit of tries, which two clients of one machine share."""
    return client.post(address, {"kind": "participants", "which": "all", "all": "yes"}).status_code in (
        403,
        404,
        405,
        429,
    )


def test_no_door_that_is_shut_to_strangers_lets_a_reader_write(call, rosa, sana, client_of):
    stranger, reader = client_of(sana), client_of(rosa)
    shut = [address for address in sorted(set(doors(call))) if refused(stranger, address)]
    before = (Fact.objects.count(), Errand.objects.count(), Letter.objects.count())
    assert len(shut) > 150
    assert [address for address in shut if not refused(reader, address)] == []
    assert (Fact.objects.count(), Errand.objects.count(), Letter.objects.count()) == before


def test_every_door_reads_or_refuses(call, rosa, client_of):
    reader = client_of(rosa)
    answers = {address: reader.get(address).status_code for address in set(doors(call)) - {reverse("home:ready")}}
    assert set(answers.values()) <= {200, 302, 403, 404, 405}
