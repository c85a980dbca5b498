"""A photo and a plan for each room, evidence for each line of a checklist: brought, replaced, taken out, read."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image

from booster.applications import actions
from booster.applications import queries as applications
from booster.applications.models import Application, Attachment
from booster.applications.queries import form_of
from booster.applications.tests import make
from booster.chronicle.models import Fact
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.library.models import Document
from booster.library.rules import UnfitFile

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LINES = [{"value": "plenary", "label": "A plenary"}, {"value": "wifi", "label": "Wireless access"}]
SECTIONS = [
    {
        "key": "venue",
        "title": "The place",
        "questions": [
            {"key": "venue_name", "kind": "text", "label": "Name"},
            {"key": "rooms", "kind": "rooms", "label": "Rooms"},
            {"key": "book", "kind": "checklist", "label": "White book", "options": LINES, "evidence": True,
             "reasons": True, "required": True},
            {"key": "bare", "kind": "checklist", "label": "Bare", "options": LINES},
            {"key": "plans", "kind": "file", "label": "Plans", "files": "any", "several": True},
        ],
    },
    {"key": "other", "title": "Other", "questions": [{"key": "why", "kind": "text", "label": "Why"}]},
]  # fmt: skip


def picture(name="hall.png", size=(900, 600)):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def pdf(name="plan.pdf"):
    return SimpleUploadedFile(name, PDF)


@pytest.fixture
def call(olga):
    return make.call(at=now(), kind="venues", sections=SECTIONS, organiser=olga)


@pytest.fixture
def draft(call, hana):
    return make.draft(call=call, by=hana, at=now(), rooms=[{"name": "Plenary", "cabaret": 60}, {"name": "Attic"}])


def attach(draft, box, file, by):
    return actions.attach_file(application=draft, box=box, file=file, by=by, at=now())


def save(client, draft, **fields):
    draft.refresh_from_db()
    answer = client.post(f"/applications/{draft.pk}/save/", {"revision": draft.revision, **fields})
    draft.refresh_from_db()
    return answer


def table(draft, **changed):
    """The boxes of the rooms table as the page holds them."""
    boxes = {}
    for n, room in enumerate(draft.answers["rooms"]):
        boxes |= {f"rooms-{n}-name": room.get("name", ""), f"rooms-{n}-cabaret": room.get("cabaret", "")}
        boxes |= {f"rooms-{n}-{part}": room[part]["id"] for part in ("photo", "plan") if part in room}
    return {**boxes, **changed}


# -- actions


def test_a_file_lies_at_the_application_until_a_line_names_it(draft, hana):
    document = attach(draft, "rooms-0-photo", picture(), hana)
    assert Attachment.objects.get().question_key == "rooms"
    assert Fact.objects.filter(kind="applications.file_added").count() == 1
    draft.refresh_from_db()
    assert "photo" not in draft.answers["rooms"][0]
    rooms = [{"name": "Plenary", "photo": {"id": document.pk, "name": "", "size": 0}}]
    saved = actions.save_answers(
        application=draft, answers={"rooms": rooms}, revision=draft.revision, by=hana, at=now()
    )
    assert saved.application.answers["rooms"][0]["photo"] == {
        "id": document.pk, "name": "hall.png", "size": document.size,
    }  # fmt: skip


@pytest.mark.parametrize(
    "box",
    ["rooms-0-name", "rooms-x-photo", "rooms", "rooms-0-photo-upload", "book-zzz-file", "bare-wifi-file", "plans-0"],
)
def test_only_the_boxes_of_the_form_take_files(draft, hana, box):
    with pytest.raises(Refused, match="not answered by a file"):
        attach(draft, box, pdf(), hana)


def test_somebody_who_may_not_write_brings_nothing(draft, hana, call):
    with pytest.raises(Refused, match="zzz"):
        attach(draft, "zzz-0-photo", picture(), hana)
    Application.objects.filter(pk=draft.pk).update(state="withdrawn")
    with pytest.raises(NotNow):
        attach(draft, "rooms-0-photo", picture(), hana)
    assert Document.objects.count() == 0


def test_a_file_of_somebody_else_is_never_taken_over(draft, hana, pavel, call):
    other = make.draft(call=call, by=pavel, at=now())
    foreign = attach(other, "rooms-0-photo", picture("secret.png"), pavel)
    named = {"id": foreign.pk, "name": "secret.png", "size": 1}
    answers = {
        "rooms": [{"name": "Plenary", "photo": named}],
        "plans": [named],
        "book": {"wifi": {"answer": "yes", "remark": "", "file": named}},
    }
    saved = actions.save_answers(application=draft, answers=answers, revision=draft.revision, by=hana, at=now())
    kept = saved.application.answers
    assert kept["rooms"] == [{"name": "Plenary"}]
    assert kept["book"] == {"wifi": {"answer": "yes", "remark": ""}}
    assert not kept.get("plans")


@pytest.mark.parametrize("count", [1, 20])
def test_saving_a_table_costs_the_same_with_one_and_many_files(draft, hana, count, django_assert_num_queries):
    documents = [attach(draft, f"rooms-{n}-photo", picture(size=(3, 3)), hana) for n in range(count)]
    rooms = [{"name": f"R{n}", "photo": {"id": d.pk, "name": "", "size": 0}} for n, d in enumerate(documents)]
    with django_assert_num_queries(6):
        actions.save_answers(application=draft, answers={"rooms": rooms}, revision=draft.revision, by=hana, at=now())


def test_an_application_holds_only_so_many_files(draft, hana, monkeypatch):
    monkeypatch.setattr("booster.applications.actions.answers.MOST_FILES", 1)
    attach(draft, "rooms-0-photo", picture(), hana)
    with pytest.raises(NotNow, match="as many files as it can"):
        attach(draft, "rooms-0-plan", pdf(), hana)


def test_what_no_line_names_is_let_go_when_it_is_sent(draft, hana):
    kept = attach(draft, "rooms-0-photo", picture(), hana)
    loose = attach(draft, "rooms-1-plan", pdf(), hana)
    entry = {"id": kept.pk, "name": "", "size": 0}
    answers = {
        "rooms": [{"name": "Plenary", "photo": entry}],
        "book": {v["value"]: {"answer": "yes", "remark": ""} for v in LINES},
    }
    actions.save_answers(application=draft, answers=answers, revision=draft.revision, by=hana, at=now())
    actions.add_file(application=draft, question="plans", file=pdf(), by=hana, at=now())
    assert Attachment.objects.filter(document=loose).exists()  # a line that names it may be on its way
    actions.submit(application=draft, by=hana, at=now())
    assert not Attachment.objects.filter(document=loose).exists()
    assert Document.objects.get(pk=loose.pk).removed_at is not None
    assert Document.objects.get(pk=kept.pk).removed_at is None


def test_next_year_the_files_come_along(draft, hana, olga):
    document = attach(draft, "rooms-0-photo", picture(), hana)
    rooms = [{"name": "Plenary", "photo": {"id": document.pk, "name": "", "size": 0}}]
    actions.save_answers(application=draft, answers={"rooms": rooms}, revision=draft.revision, by=hana, at=now())
    draft.refresh_from_db()
    later = make.draft(call=make.call(at=now(), kind="venues", sections=SECTIONS, organiser=olga), by=hana, at=now())
    actions.reuse(application=later, earlier=draft, by=hana, at=now())
    later.refresh_from_db()
    assert later.answers["rooms"][0]["photo"]["id"] == document.pk
    assert later.attachments.get().document_id == document.pk
    actions.save_answers(application=later, answers={"rooms": None}, revision=later.revision, by=hana, at=now())
    actions.reuse(application=later, earlier=draft, by=hana, at=now())  # emptied, and taken over once more
    assert later.attachments.get().document_id == document.pk


# -- the page


def test_a_chosen_file_is_taken_at_once_and_saved_with_its_line(draft, hana, client_of, django_assert_num_queries):
    client = client_of(hana)
    url = f"/applications/{draft.pk}/"
    told = client.post(f"{url}upload/", {"box": "rooms-1-photo", "file": picture("../attic.png")})
    assert told.status_code == 200
    file = told.json()
    assert (file["name"], file["picture"]) == ("attic.png", True)
    assert save(client, draft, **table(draft, **{"rooms-1-photo": file["id"]})).json()["errors"] == {}
    assert draft.answers["rooms"] == [
        {"name": "Plenary", "cabaret": 60},
        {"name": "Attic", "photo": {"id": file["id"], "name": "attic.png", "size": file["size"]}},
    ]
    page = client.get(f"{url}?section=venue").content.decode()
    assert f'src="/applications/{draft.pk}/attachments/{file["id"]}/?small"' in page
    with django_assert_num_queries(6):
        small = client.get(f"{url}attachments/{file['id']}/?small")
    assert (small.status_code, small["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(small.content)).size == (480, 320)
    whole = client.get(f"{url}attachments/{file['id']}/")
    assert whole["Content-Disposition"].startswith("inline")


def test_a_file_is_replaced_and_taken_out_and_every_other_cell_stays(draft, hana, client_of):
    client = client_of(hana)
    one, two = (attach(draft, "rooms-0-photo", picture(name), hana) for name in ("one.png", "two.png"))
    plan = attach(draft, "rooms-0-plan", pdf(), hana)
    save(client, draft, **table(draft, **{"rooms-0-photo": one.pk, "rooms-0-plan": plan.pk}))
    save(client, draft, **table(draft, **{"rooms-0-photo": two.pk}))
    assert draft.answers["rooms"][0]["photo"]["name"] == "two.png"
    assert draft.answers["rooms"][0]["plan"]["name"] == "plan.pdf"
    save(client, draft, **table(draft, **{"rooms-0-photo": ""}))
    assert draft.answers["rooms"][0] == {
        "name": "Plenary", "cabaret": 60, "plan": {"id": plan.pk, "name": "plan.pdf", "size": plan.size},
    }  # fmt: skip


def test_without_scripts_the_form_brings_drops_and_answers(draft, hana, client_of):
    client, url = client_of(hana), f"/applications/{draft.pk}/?section=venue"
    sent = {"section": "venue", "revision": draft.revision, **table(draft)}
    client.post(
        url, {**sent, "rooms-1-plan-upload": pdf(), "book-wifi": "no", "book-wifi-file-upload": pdf("wifi.pdf")}
    )
    draft.refresh_from_db()
    assert [room.get("plan", {}).get("name") for room in draft.answers["rooms"]] == [None, "plan.pdf"]
    assert draft.answers["book"]["wifi"]["file"]["name"] == "wifi.pdf"
    book = {"book-wifi": "no", "book-wifi-file": draft.answers["book"]["wifi"]["file"]["id"]}
    sent = {"section": "venue", "revision": draft.revision, **table(draft), **book}
    client.post(url, {**sent, "all_yes": "book"})
    draft.refresh_from_db()
    assert {line: told["answer"] for line, told in draft.answers["book"].items()} == {"plenary": "yes", "wifi": "no"}
    sent = {"section": "venue", "revision": draft.revision, **table(draft), **book, "book-plenary": "yes"}
    client.post(url, {**sent, "drop": "book-wifi-file"})
    draft.refresh_from_db()
    assert draft.answers["book"] == {
        "plenary": {"answer": "yes", "remark": ""}, "wifi": {"answer": "no", "remark": ""},
    }  # fmt: skip
    client.post(url, {**sent, "revision": draft.revision, "all_yes": "rooms"})  # no such list: nothing happens
    draft.refresh_from_db()
    assert draft.answers["book"]["wifi"]["answer"] == "no"


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "wordprocessingml.document.main+xml")
        archive.writestr("big.bin", b"\0" * (40 * 2**20))
    return SimpleUploadedFile("evidence.docx", out.getvalue())


SVG = SimpleUploadedFile("hall.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
HOSTILE = [
    ("rooms-0-photo", lambda: SimpleUploadedFile("hall.png", PDF), "is called PNG, but inside it is something else"),
    ("rooms-0-photo", lambda: pdf(), "not a kind of file that is taken here. Possible: PNG, JPG, WEBP."),
    ("rooms-0-photo", lambda: SVG, "not a kind of file that is taken here"),
    ("rooms-0-photo", lambda: SimpleUploadedFile("hall.png", SVG.file.getvalue()), "inside it is something else"),
    ("rooms-0-photo", lambda: SimpleUploadedFile("big.jpg", b"\xff\xd8\xff" + b"0" * (25 * 2**20)), "at most 8 MB"),
    ("rooms-0-plan", lambda: SimpleUploadedFile("plan.pdf", PDF + b"0" * (25 * 2**20)), "at most 20 MB are taken."),
    ("rooms-0-plan", lambda: SimpleUploadedFile("plan.docx", b"PK"), "Possible: PDF, PNG, JPG, WEBP."),
    ("book-wifi-file", bomb, "unpacks to far more than it seems"),
    ("book-wifi-file", lambda: SimpleUploadedFile("virus.exe", b"MZ"), "not a kind of file that is taken here"),
    ("book-wifi-file", lambda: SimpleUploadedFile("empty.pdf", b""), "is empty"),
]


@pytest.mark.parametrize(("box", "file", "said"), HOSTILE)
def test_what_is_no_good_is_refused_with_a_reason_and_nothing_is_lost(draft, hana, client_of, box, file, said):
    client, before = client_of(hana), dict(draft.answers)
    told = client.post(f"/applications/{draft.pk}/upload/", {"box": box, "file": file()})
    if "empty" not in said:  # a browser that sends an empty file sends none
        assert (told.status_code, said in told.json()["message"]) == (422, True), told.content
    with pytest.raises(UnfitFile):
        attach(draft, box, file(), hana)
    url = f"/applications/{draft.pk}/?section=venue"
    sent = {"section": "venue", "revision": draft.revision, **table(draft), "venue_name": "Mill", "then": "other"}
    page = client.post(url, {**sent, f"{box}-upload": file()})
    draft.refresh_from_db()
    assert draft.answers == {**before, "venue_name": "Mill"}
    if "empty" not in said:
        assert page.status_code == 422
        assert said in page.content.decode().replace("&quot;", '"')
    assert Document.objects.count() == 0


def test_the_door_for_files_says_what_is_missing_or_closed(draft, hana, sana, client_of, call):
    url = f"/applications/{draft.pk}/upload/"
    assert client_of(hana).get(url).status_code == 405
    assert client_of(hana).post(url, {"box": "rooms-0-photo"}).json() == {"message": "Choose a file first."}
    assert client_of(sana).post(url, {"box": "rooms-0-photo", "file": picture()}).status_code == 404
    told = client_of(hana).post(url, {"box": "nowhere", "file": picture()})
    assert (told.status_code, told.json()["message"]) == (409, "“nowhere” cannot be changed by you now.")


def test_two_editors_on_one_table_clash_and_no_file_is_lost(draft, hana, pavel, client_of):
    invitation = actions.Invitation(name="Pavel", address=pavel.email, organisation_name="P", section_keys=[])
    partner = actions.invite_partner(application=draft, invitation=invitation, by=hana, at=now())
    actions.join(partner=partner, by=pavel, at=now())
    draft.refresh_from_db()
    base = draft.revision
    hers = attach(draft, "rooms-0-photo", picture("hers.png"), hana)
    his = attach(draft, "rooms-1-photo", picture("his.png"), pavel)
    url = f"/applications/{draft.pk}/save/"
    one = {"revision": base, **table(draft, **{"rooms-0-photo": hers.pk})}
    two = {"revision": base, **table(draft, **{"rooms-1-photo": his.pk, "rooms-1-cabaret": "12"})}
    assert client_of(hana).post(url, one).status_code == 200
    told = client_of(pavel).post(url, two)
    assert told.status_code == 409
    (clash,) = told.json()["clashes"]
    assert clash["theirs"] == "Plenary, Seats at round tables: 60, Photo: hers.png\nAttic"
    assert clash["yours"] == "Plenary, Seats at round tables: 60\nAttic, Seats at round tables: 12, Photo: his.png"
    assert client_of(pavel).post(url, {**two, "revision": told.json()["revision"]}).status_code == 200
    draft.refresh_from_db()
    assert draft.answers["rooms"][1]["photo"]["name"] == "his.png"
    assert Attachment.objects.count() == 2  # hers lies there still, until it is sent


# -- reading


@pytest.fixture
def sent(draft, hana):
    photo, plan, proof = (
        attach(draft, box, file, hana)
        for box, file in (("rooms-0-photo", picture()), ("rooms-0-plan", pdf()), ("book-wifi-file", pdf("speed.pdf")))
    )
    entry = {
        name: {"id": d.pk, "name": "", "size": 0} for name, d in (("photo", photo), ("plan", plan), ("proof", proof))
    }
    answers = {
        "rooms": [{"name": "Plenary", "photo": entry["photo"], "plan": entry["plan"]}, {"name": "Attic"}],
        "book": {
            "plenary": {"answer": "yes", "remark": ""},
            "wifi": {"answer": "partly", "remark": "Not in the attic", "file": entry["proof"]},
        },
    }
    actions.save_answers(application=draft, answers=answers, revision=draft.revision, by=hana, at=now())
    return actions.submit(application=draft, by=hana, at=now())


def test_files_are_read_in_the_line_that_they_belong_to(sent, django_assert_num_queries):
    with django_assert_num_queries(1):
        told = applications.reading(sent)
    said = {one.question.key: one for chapter in told.chapters for one in chapter.answers}
    rooms, book = said["rooms"], said["book"]
    assert rooms.table[0][-2:] == ("Photo", "Plan")
    assert [cell.file.document.name if cell.file else None for cell in rooms.grid[0][-2:]] == ["hall.png", "plan.pdf"]
    assert [cell.file for cell in rooms.grid[1][-2:]] == [None, None]
    assert book.table == (
        ("Line", "Answer", "Remark", "Evidence"),
        ("A plenary", "Yes", "", ""),
        ("Wireless access", "Partly", "Not in the attic", "speed.pdf"),
    )
    assert book.grid[1][3].file.document.name == "speed.pdf"
    assert book.text == "A plenary: Yes\nWireless access: Partly (Not in the attic; speed.pdf)"
    assert len(rooms.files) == 2


def test_the_organiser_reads_photo_plan_and_evidence_and_opens_them(sent, olga, sana, client_of):
    client = client_of(olga)
    page = client.get(f"/applications/{sent.pk}/file/").content.decode()
    photo, plan = sent.answers["rooms"][0]["photo"]["id"], sent.answers["rooms"][0]["plan"]["id"]
    files = f"/applications/{sent.pk}/file/attachments/"
    assert f'<img class="thumb" src="{files}{photo}/?small" alt="Photo: Plenary" loading="lazy">' in page
    assert f'<a href="{files}{plan}/">plan.pdf</a>' in page
    assert client.get(f"{files}{photo}/?small")["Content-Type"] == "image/jpeg"
    assert client.get(f"{files}{plan}/?small").status_code == 404
    assert client.get(f"{files}{plan}/")["Content-Disposition"].startswith("attachment")
    assert client_of(sana).get(f"{files}{photo}/?small").status_code == 404
    assert client.get(f"/applications/{sent.pk}/file.pdf").content[:5] == b"%PDF-"


def test_a_word_why_is_asked_before_sending_and_old_forms_ask_none(draft, hana, call):
    told = {"plenary": {"answer": "no", "remark": ""}, "wifi": {"answer": "partly", "remark": ""}}
    actions.save_answers(application=draft, answers={"book": told}, revision=draft.revision, by=hana, at=now())
    with pytest.raises(actions.Incomplete) as trouble:
        actions.submit(application=draft, by=hana, at=now())
    (problem,) = trouble.value.problems
    assert problem.message == "2 lines answered with “partly” or “no” still need a word why."
    older = [
        {
            **SECTIONS[0],
            "questions": [
                {k: v for k, v in q.items() if k not in ("reasons", "evidence")} for q in SECTIONS[0]["questions"]
            ],
        }
    ]
    call.form_versions.update(sections=older)
    fresh = Application.objects.get(pk=draft.pk)
    assert not form_of(fresh).questions["book"].reasons
    assert actions.submit(application=fresh, by=hana, at=now() + timedelta(seconds=1)).state == "submitted"
