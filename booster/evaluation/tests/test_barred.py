"""A property: what an evaluator may not read shows behind no door of the whole project.

Every address that the project knows is filled in with the ids of one secret file: its objects share one number and one
slug, so that each address needs to be tried only once. The secret stands in title, reference, names, answers and files.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils.timezone import now

from booster.academies import actions as academies
from booster.academies.models import Academy, Edition, Role
from booster.applications.models import Application, Attachment
from booster.calls.models import Call
from booster.evaluation import actions, queries
from booster.evaluation.models import (
    Assignment,
    CalibrationFile,
    Consensus,
    Evaluation,
    Evaluator,
    Redaction,
    Screening,
)
from booster.evaluation.queries import desk
from booster.evaluation.tests import make
from booster.library import actions as library
from booster.library.models import Document
from booster.library.rules import DOCUMENTS
from booster.people import actions as people
from booster.people.models import Person
from booster.questions.rules import questions

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NUMBER, SLUG = 777_777, "the-call"  # far above what a sequence reaches, which PostgreSQL never turns back
SECRETS = ("Xanthippe", "Quetzalcoatl", "zyzzyva", "REF-SECRET-9", "tell-tale.pdf", "flabbergast")


def addresses():
    """Every pattern of ours with its variables, but the ways out of the session."""
    found, waiting = [], [("/", {}, one) for one in get_resolver().url_patterns]
    while waiting:
        before, known, one = waiting.pop()
        pattern = one.pattern
        text = before + str(pattern).lstrip("^").rstrip("$")
        named = {**known, **getattr(pattern, "converters", {})}
        if isinstance(one, URLResolver):
            waiting += [(text, named, inner) for inner in one.url_patterns]
        elif "(" not in text and "logout" not in text:
            found.append((text, named))
    return sorted(found)


def filled(text, named):
    for name, converter in named.items():
        kind = type(converter).__name__
        value = {"IntConverter": str(NUMBER), "SlugConverter": SLUG}.get(kind, "evaluations")
        value = "evaluators" if name == "kind" else value
        for shape in (
            f"<int:{name}>",
            f"<slug:{name}>",
            f"<str:{name}>",
            f"<path:{name}>",
            f"<uuid:{name}>",
            f"<{name}>",
        ):
            text = text.replace(shape, value)
    return text


@pytest.fixture
def applicant(make_person):
    return make_person("Xanthippe Quetzalcoatl", email="xanthippe@tell.example", country="GR")


@pytest.fixture
def scene(olga, ren, paula, applicant):
    """A secret file and a harmless one, both in Ren's call; everything that belongs to the secret has one number."""
    at = now()
    call = make.call(at=at, organiser=olga)
    Call.objects.filter(pk=call.pk).update(slug=SLUG)
    Edition.objects.filter(pk=call.edition_id).update(slug=SLUG, state="open")
    Academy.objects.update(slug=SLUG)
    call.refresh_from_db()
    secret = make.file(
        call=call,
        by=applicant,
        at=at,
        organisation_name="Hellenic Olive Cluster",
        challenge="Our zyzzyva problem.",
        country="GR",
    )
    paper = SimpleUploadedFile(
        "tell-tale.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    document = library.store(file=paper, allowed=DOCUMENTS, by=applicant, at=at)
    Document.objects.filter(pk=document.pk).update(scan="clean")
    Application.objects.filter(pk=secret.pk).update(reference="REF-SECRET-9")
    renumbered(secret, document)
    other = make.file(call=call, by=paula, at=at)
    evaluator = make.evaluator(call=call, person=ren, at=at, by=olga)
    return call, Application.objects.get(reference="REF-SECRET-9"), other, evaluator


def renumbered(secret, document):
    """Give the secret file and its document the number; nothing else points to them yet but its verdict."""
    Screening.objects.filter(application=secret).delete()
    row = Application.objects.get(pk=secret.pk)
    Application.objects.filter(pk=secret.pk).update(
        holder="", reference="old", state="erased", title="", answers={}, name="", applicant=None, folded="", address=""
    )
    row.pk, row.reference = NUMBER, "REF-SECRET-9"
    row.save(force_insert=True)
    old = Document.objects.get(pk=document.pk)
    Document.objects.filter(pk=old.pk).update(stored="gone")
    old.pk = NUMBER
    old.save(force_insert=True)
    Attachment.objects.create(pk=NUMBER, application_id=NUMBER, question_key="challenge", document_id=NUMBER)
    actions.screen(call=Call.objects.get(pk=row.call_id), by=None, at=now())


def given_to_ren(scene, olga, state):
    """The secret file in Ren's hands in a state, with marks that somebody else signed and a consensus in words."""
    call, secret, other, evaluator = scene
    at = now()
    held = make.assignment(application=secret, evaluator=evaluator, at=at, by=olga, state="open")
    begun = make.sign(assignment=held, at=at, note="flabbergast")
    if state != "open":
        actions_to(state, held, olga, at)
    moved = Assignment.objects.get(pk=held.pk)
    moved.pk = NUMBER
    moved.application_id, moved.evaluator_id = NUMBER, evaluator.pk
    Assignment.objects.filter(pk=held.pk).update(application=other, state="ended")
    moved.save(force_insert=True)
    Evaluation.objects.filter(pk=begun.pk).update(assignment_id=NUMBER)
    Consensus.objects.create(
        pk=NUMBER, edition_id=call.edition_id, application_id=NUMBER, marks={}, text="flabbergast", recorded_at=at
    )
    Redaction.objects.create(
        pk=NUMBER,
        edition_id=call.edition_id,
        application_id=NUMBER,
        question_key="challenge",
        text="zyzzyva",
        made_at=at,
    )
    return Assignment.objects.get(pk=NUMBER)


def actions_to(state, held, olga, at):
    if state == "assigned":
        Assignment.objects.filter(pk=held.pk).update(state="assigned")
    elif state == "ended":
        actions.unassign(assignment=held, by=olga, at=at)
    else:
        conflict = actions.declare_conflict(assignment=held, reason="family", text="", by=held.evaluator.person, at=at)
        if state == "barred":
            actions.decide_conflict(conflict=conflict, bar=True, reason="A tie.", by=olga, at=at)


def body_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def told_by(client):
    """(address, secret) of every secret that some door tells; lists are asked to search for it as well."""
    leaks = []
    for text, named in addresses():
        where = filled(text, named)
        for query in [{}] if named else [{}, {"q": "zyzzyva"}]:
            answer = client.get(where, query, follow=True)
            said = body_of(answer).decode(errors="replace") + str(answer.headers)
            said = said.replace('value="zyzzyva"', "").replace("q=zyzzyva", "")
            leaks += [(where, secret) for secret in SECRETS if secret in said]
    return leaks


@pytest.mark.parametrize(
    "state, blind",
    [
        ("assigned", False),
        ("in_doubt", True),
        ("barred", False),
        ("ended", False),
    ],
)
def test_no_door_of_the_project_tells_a_closed_file(scene, olga, ren, state, blind):
    call, secret, other, evaluator = scene
    Call.objects.filter(pk=call.pk).update(blind=blind, marks_seen="always")
    make.assignment(application=other, evaluator=evaluator, at=now(), by=olga)
    given_to_ren((call, secret, other_of(scene), evaluator), olga, state)
    client = Client(raise_request_exception=False)
    client.force_login(ren, backend="django.contrib.auth.backends.ModelBackend")
    assert told_by(client) == []


def other_of(scene):
    """A third file, to park what was moved away."""
    call, _secret, _other, _evaluator = scene
    third = people.ensure_person(email="third@example.org", name="Third Person", by=None, at=now())
    return make.file(call=call, by=third, at=now())


def test_the_doors_of_the_property_do_tell_the_file_once_it_is_open(scene, olga, ren):
    """Else the property would hold for want of doors."""
    call, secret, _other, evaluator = scene
    given_to_ren((call, secret, other_of(scene), evaluator), olga, "open")
    client = Client()
    client.force_login(ren, backend="django.contrib.auth.backends.ModelBackend")
    told = told_by(client)
    assert {where for where, _secret in told} >= {f"/evaluating/{NUMBER}/", "/evaluating/"}
    assert (f"/evaluating/{NUMBER}/", "zyzzyva") in told


def test_an_organiser_reaches_the_file_by_the_same_addresses(scene, olga):
    call, secret, _other, evaluator = scene
    given_to_ren((call, secret, other_of(scene), evaluator), olga, "barred")
    client = Client()
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    told = {where for where, _secret in told_by(client)}
    assert told >= {f"/calls/{SLUG}/board/", f"/applications/{NUMBER}/assign/"}


@pytest.mark.parametrize("state", ["assigned", "in_doubt", "barred", "ended"])
def test_no_posting_opens_or_changes_a_closed_file(scene, olga, ren, state):
    call, secret, _other, evaluator = scene
    given_to_ren((call, secret, other_of(scene), evaluator), olga, state)
    client = Client()
    client.force_login(ren, backend="django.contrib.auth.backends.ModelBackend")
    before = Evaluation.objects.values().get(assignment=NUMBER)
    for door in ("save/", "reopen/", "", f"attachments/{NUMBER}/"):
        answer = client.post(
            f"/evaluating/{NUMBER}/{door}", {"mark-motivation": "5", "revision": "3", "sign": "yes"}, follow=True
        )
        assert not any(secret in answer.content.decode() for secret in SECRETS)
    assert Evaluation.objects.values().get(assignment=NUMBER) == before


def test_the_evaluator_never_reads_applications_by_their_own_queryset(scene, olga, ren):
    call, secret, _other, evaluator = scene
    given_to_ren((call, secret, other_of(scene), evaluator), olga, "open")
    assert list(Application.objects.seen_by(ren)) == []
    assert list(Application.objects.organised_by(ren)) == []
    assert list(Document.objects.seen_by(ren)) == []
    assert [a.pk for a in Assignment.objects.seen_by(ren)] == [NUMBER]


@pytest.mark.parametrize("state, counts", [("open", True), ("barred", False), ("in_doubt", False), ("ended", False)])
def test_totals_leave_out_marks_of_a_conflicted_evaluator(scene, olga, state, counts):
    call, secret, _other, evaluator = scene
    given_to_ren((call, secret, other_of(scene), evaluator), olga, state)
    assert (NUMBER in queries.scores(call)) is counts
    row = next(row for row in queries.board(call).rows if row.pk == NUMBER)
    assert row.signed == int(counts)
    assert queries.progress(call).signed == int(counts)


def test_a_barred_evaluator_has_no_file_on_the_desk_and_none_in_the_counts(scene, olga, ren):
    call, secret, _other, evaluator = scene
    given_to_ren((call, secret, other_of(scene), evaluator), olga, "barred")
    assert desk.my_evaluating(ren) == []
    assert list(Assignment.objects.seen_by(ren)) == []
    load = queries.pool(call, today=now().date())[0]
    assert (load.given, load.signed) == (0, 0)


def test_whoever_has_left_or_whose_last_day_has_passed_sees_nothing(scene, olga, ren):
    call, secret, _other, evaluator = scene
    given_to_ren((call, secret, other_of(scene), evaluator), olga, "open")
    Evaluator.objects.filter(pk=evaluator.pk).update(ends_on=now().date() - timedelta(days=2))
    assert list(Assignment.objects.seen_by(ren)) == []
    client = Client()
    client.force_login(ren, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/evaluating/{NUMBER}/").status_code == 404
    assert told_by(client) == []


def test_whose_role_ended_is_refused_with_the_reason(scene, olga, ren):
    call, secret, _other, evaluator = scene
    given_to_ren((call, secret, other_of(scene), evaluator), olga, "open")
    role = ren.memberships.get(role=Role.EVALUATOR)
    academies.end_role(membership=role, on=now().date() - timedelta(days=1), by=olga, at=now())
    client = Client()
    client.force_login(Person.objects.get(pk=ren.pk), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/evaluating/{NUMBER}/")
    assert answer.status_code == 403
    assert "Only an evaluator of this edition may do this." in answer.content.decode()


def test_blind_reading_tells_the_text_but_not_who_wrote_it(scene, olga, ren):
    call, secret, _other, evaluator = scene
    Call.objects.filter(pk=call.pk).update(blind=True)
    Application.objects.filter(pk=NUMBER).update(
        answers={
            **secret.answers,
            "goal": "I, Xanthippe Quetzalcoatl of the Hellenic Olive Cluster, want buyers. xq@tell.example",
        }
    )
    given_to_ren((call, secret, other_of(scene), evaluator), olga, "open")
    client = Client()
    client.force_login(ren, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/evaluating/{NUMBER}/").content.decode()
    assert f"File {NUMBER}" in page
    assert "want buyers" in page
    for word in ("Xanthippe", "Quetzalcoatl", "Hellenic", "tell.example", "REF-SECRET-9", "tell-tale.pdf"):
        assert word not in page
    assert client.get(f"/evaluating/{NUMBER}/attachments/{NUMBER}/").status_code == 404


def test_the_form_names_what_identifies():
    """The property of blind reading rests on the form saying so."""
    from booster.calls.rules.templates import PARTICIPANTS

    form = questions.parse(PARTICIPANTS.sections)
    assert {"given_name", "family_name", "email"} <= questions.blind(form)


def test_the_sample_file_is_for_those_who_evaluate(scene, olga, ren, sana):
    call, _secret, _other, evaluator = scene
    CalibrationFile.objects.create(edition_id=call.edition_id, call=call, title="A sample", text="Text", reference={})
    client = Client()
    client.force_login(sana, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/evaluating/sample/{evaluator.pk}/").status_code == 404
