"""What an evaluator sees of the photos and plans that lie in the lines of an offer."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image

from booster.applications import actions as applications
from booster.applications.tests import make as files
from booster.calls.models import Call
from booster.evaluation import actions
from booster.evaluation.tests import make

SECTIONS = [
    {
        "key": "place",
        "title": "Place",
        "questions": [
            {"key": "name", "kind": "text", "label": "Name", "identifies": True},
            {"key": "rooms", "kind": "rooms", "label": "Rooms"},
            {"key": "proof", "kind": "checklist", "label": "List", "evidence": True,
             "options": [{"value": "wifi", "label": "Wireless access"}]},
        ],
    }
]  # fmt: skip


@pytest.fixture
def at():
    return now()


def entry(document):
    return {"id": document.pk, "name": document.name, "size": document.size}


@pytest.fixture
def held(olga, paula, ren, at):
    call = files.call(at=at, organiser=olga, kind="venues", sections=SECTIONS)
    call.gates.all().delete()
    draft = files.draft(call=call, by=paula, at=at, name="Paula Pereira")
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40)).save(drawn, "PNG")
    brought = (("rooms-0-photo", "paula.png", drawn.getvalue()), ("proof-wifi-file", "paula.pdf", b"%PDF-1.4\n%%EOF\n"))
    photo, proof = (
        applications.attach_file(application=draft, box=box, file=SimpleUploadedFile(name, content), by=paula, at=at)
        for box, name, content in brought
    )
    answers = {
        "rooms": [{"name": "Paula's hall", "photo": entry(photo)}],
        "proof": {"wifi": {"answer": "yes", "remark": "", "file": entry(proof)}},
    }
    applications.save_answers(application=draft, answers=answers, revision=draft.revision, by=paula, at=at)
    sent = applications.submit(application=draft, by=paula, at=at)
    actions.screen(call=call, by=None, at=at)
    return make.assignment(application=sent, evaluator=make.evaluator(call=call, person=ren, at=at), at=at)


def test_photo_and_evidence_stand_in_their_lines(held, ren, client_of):
    rooms, proof = (held.application.answers[key] for key in ("rooms", "proof"))
    page = client_of(ren).get(f"/evaluating/{held.pk}/").content.decode()
    where = f"/evaluating/{held.pk}/attachments/"
    photo = f"{where}{rooms[0]['photo']['id']}/"
    assert f'src="{photo}?small" alt="Photo: Paula&#x27;s hall"' in page
    assert f'<a href="{where}{proof["wifi"]["file"]["id"]}/">paula.pdf</a>' in page
    assert client_of(ren).get(f"{photo}?small")["Content-Type"] == "image/jpeg"


def test_in_blind_reading_they_are_seen_without_their_names(held, ren, olga, client_of, at):
    Call.objects.update(blind=True)
    page = client_of(ren).get(f"/evaluating/{held.pk}/").content.decode()
    assert "paula." not in page.lower()
    assert 'alt="Photo: ▇▇▇&#x27;s hall"' in page
    assert 'Evidence<span class="visually-hidden">: Wireless access</span></a>' in page
    number = held.application.answers["rooms"][0]["photo"]["id"]
    photo = f"/evaluating/{held.pk}/attachments/{number}/"
    assert client_of(ren).get(photo)["Content-Disposition"] == f'inline; filename="file-{held.application_id}.png"'
    assert "paula" not in str(client_of(ren).get(f"{photo}?small").headers).lower()
    actions.redact(application=held.application, question_key="rooms", text="A hall.", by=olga, at=at)
    assert client_of(ren).get(photo).status_code == 404
