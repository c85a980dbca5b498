import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booster.academies import actions as academies
from booster.academies.models import Role
from booster.applications.actions import taking
from booster.applications.models import Application
from booster.applications.tests import exports, make
from booster.chronicle.models import Fact
from booster.intake import actions, queries
from booster.intake.models import ColumnMapping, Intake
from booster.library.models import Document
from booster.people.models import Person
from conftest import NOW

pytestmark = pytest.mark.django_db
HEAD = (
    "ID,Created,E-mail,First name,Family name,Name of your cluster organisation,Country,Members,Management team,"
    "Biggest challenge"
)
ROW = "001-{n},01/10/2022 08:00,p{n}@example.org,Ana,Kos,Cluster {n},DE,40,2,Words"


def text(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


@pytest.fixture
def call(olga):
    return make.call(at=NOW, organiser=olga)


@pytest.fixture
def upload(call, olga, client_of):
    """Send a file as an organiser; the answer of the server."""

    def send(content: bytes, name: str = "answers.csv", by=olga):
        file = SimpleUploadedFile(name, content)
        return client_of(by).post(reverse("intake:choose_file", args=[call.slug, "answers"]), {"file": file})

    return send


def told(response) -> str:
    return response.content.decode()


def counts() -> tuple[int, ...]:
    return Application.objects.count(), Person.objects.count(), Intake.objects.count(), Fact.objects.count()


# --------------------------------------------------------------------------------------------- the way


def test_a_file_is_looked_at_row_by_row_and_then_taken_in_once(call, olga, upload, client_of):
    seen = upload(text(ROW.format(n=1), ROW.format(n=2), ",01/10/2022 08:00,x@example.org,,,,,,,"))
    document = Document.objects.get()
    page = reverse("intake:look_at_file", args=[call.slug, "answers", document.pk])
    assert (seen.status_code, seen.url) == (302, page)
    before = counts()

    preview = client_of(olga).get(page)
    assert [(row.row, row.id, row.verdict) for row in preview.context["rows"]] == [
        (1, "", ""),
        (2, "001-1", "not both legs"),
        (3, "001-2", "not both legs"),
        (4, "", "refused"),
    ]
    assert "could not tell it again" in told(preview)
    assert "so every answer counts as “not both legs”" in told(preview)
    assert counts() == before

    done = client_of(olga).post(page, {"take_in": "yes", **columns_of(preview)}, follow=True)
    intake = Intake.objects.get()
    assert done.redirect_chain[-1][0] == reverse("intake:report", args=[call.slug, "answers", intake.pk])
    assert "2 new rows taken in; known already: 0." in told(done)
    assert "The row has no id, so a second import could not tell it again." in told(done)
    assert sorted(Application.objects.values_list("reference", flat=True)) == ["001-1", "001-2"]
    assert (intake.filename, intake.new_count, intake.refused_count, intake.taken_by) == ("answers.csv", 2, 1, olga)
    [refused] = intake.problems.filter(refused=True)
    assert (refused.row, refused.field) == (4, "id")
    assert refused.message == "The row has no id, so a second import could not tell it again."

    again = client_of(olga).post(page, {"take_in": "yes", **columns_of(preview)}, follow=True)
    assert "0 new rows taken in; known already: 2." in told(again)
    assert Application.objects.count() == 2
    assert [one.new_count for one in queries.intakes(call)] == [0, 2]
    listed = client_of(olga).get(reverse("intake:choose_file", args=[call.slug, "answers"]))
    assert told(listed).count("answers.csv") == 2


def columns_of(preview) -> dict[str, str]:
    return {field.html_name: field.value() or "" for field in preview.context["form"]}


def test_a_corrected_column_is_kept_for_the_next_file_of_the_call(call, olga, upload, client_of):
    head = HEAD.replace("E-mail", "Where we write to")
    page = upload(text(ROW.format(n=1), head=head)).url
    preview = client_of(olga).get(page)
    assert preview.context["reading"].entries[0].address == ""
    right = {**columns_of(preview), "column-email": "Where we write to"}
    corrected = client_of(olga).post(page, {"columns": "yes", **right})
    assert corrected.context["reading"].entries[0].address == "p1@example.org"
    assert Application.objects.count() == 0
    assert ColumnMapping.objects.get(call=call, sheet="participants").columns["email"] == "Where we write to"
    assert Fact.objects.filter(kind="applications.columns_kept").count() == 1

    other = upload(text(ROW.format(n=2), head=head), "next.csv").url
    assert client_of(olga).get(other).context["reading"].entries[0].address == "p2@example.org"


def test_one_column_for_two_answers_is_told_and_nothing_kept(call, olga, upload, client_of):
    page = upload(text(ROW.format(n=1))).url
    wrong = {**columns_of(client_of(olga).get(page)), "column-given_name": "Family name"}
    answer = client_of(olga).post(page, {"columns": "yes", **wrong})
    assert "“Family name” is chosen for two answers." in told(answer)
    assert not ColumnMapping.objects.exists()


def test_a_wrong_column_does_not_take_in_what_the_preview_did_not_show(call, olga, upload, client_of):
    page = upload(text(ROW.format(n=1))).url
    wrong = {**columns_of(client_of(olga).get(page)), "column-given_name": "Family name"}
    answer = client_of(olga).post(page, {"take_in": "yes", **wrong})
    assert answer.status_code == 200
    assert "“Family name” is chosen for two answers." in told(answer)
    assert Application.objects.count() == 0


def test_other_columns_are_shown_before_anything_is_taken_in(call, olga, upload, client_of):
    page = upload(text(ROW.format(n=1))).url
    without = {**columns_of(client_of(olga).get(page)), "column-members": ""}
    answer = client_of(olga).post(page, {"take_in": "yes", **without})
    assert "You chose other columns" in told(answer)
    assert "members" not in answer.context["reading"].entries[0].answers
    assert Application.objects.count() == 0
    assert ColumnMapping.objects.get().columns["members"] == ""

    again = client_of(olga).get(page)
    assert "members" not in again.context["reading"].entries[0].answers
    client_of(olga).post(page, {"take_in": "yes", **columns_of(again)})
    assert "members" not in Application.objects.get().answers
    back = {**columns_of(again), "column-members": "Members"}
    found = client_of(olga).post(page, {"columns": "yes", **back})
    assert found.context["reading"].entries[0].answers["members"] == 40


def test_a_fault_midway_leaves_everything_as_it_was(call, olga, upload, client_of, monkeypatch):
    page = upload(text(ROW.format(n=1), ROW.format(n=2))).url
    values = columns_of(client_of(olga).get(page))
    before = counts()

    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(taking, "_supersede", fail)
    with pytest.raises(RuntimeError):
        client_of(olga).post(page, {"take_in": "yes", **values})
    assert (Application.objects.count(), Person.objects.count(), Intake.objects.count()) == before[:3]


# ------------------------------------------------------------------------------------------------ doors


def test_the_page_is_for_organisers_of_this_edition_alone(call, olga, sana, paula, client_of):
    academies.appoint(edition=call.edition, person=paula, role=Role.PARTICIPANT, by=None, at=NOW)
    page = reverse("intake:choose_file", args=[call.slug, "answers"])
    assert client_of(olga).get(page).status_code == 200
    for person in (sana, paula):
        refused = client_of(person).get(page)
        assert refused.status_code == 403
        assert "Only an organiser of this edition may do this." in told(refused)
    assert client_of(None).get(page).status_code == 302
    assert client_of(olga).get(reverse("intake:choose_file", args=["no-such-call", "answers"])).status_code == 404


def test_a_file_that_somebody_else_brought_or_that_is_gone_is_not_found(call, olga, ren, upload, client_of):
    academies.appoint(edition=call.edition, person=ren, role=Role.ORGANISER, by=None, at=NOW)
    page = upload(text(ROW.format(n=1))).url
    assert client_of(ren).get(page).status_code == 404
    assert client_of(ren).post(page, {"take_in": "yes"}).status_code == 404
    assert client_of(olga).get(page).status_code == 200
    assert client_of(olga).get(reverse("intake:look_at_file", args=[call.slug, "answers", 999])).status_code == 404
    assert Application.objects.count() == 0


# -------------------------------------------------------------------------------------------- bad files


def workbook(*rows: list, merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 8_000_000)
    return out.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


@pytest.mark.parametrize(
    "name, content, sentence",
    [
        ("a.csv", b"", "The submitted file is empty."),
        ("a.csv", b"\xef\xbb\xbf\r\n \r\n", "is empty"),
        ("a.csv", b"1,2,3\n4,5,6\n", "has no header row"),
        ("a.xlsx", b"%PDF-1.7\n1 0 obj\n", "holds no table, whatever its name says"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "holds no table, whatever its name says"),
        ("a.xlsx", ENCRYPTED, "is protected by a password"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "is damaged"),
        ("a.xlsx", workbook([None]), "is empty"),
        ("a.csv", text(*(["1,2"] * 50_000)), "has more than 20,000 rows. Split it into several files"),
        ("a.txt", text(ROW.format(n=1)), "XLSX, CSV"),
    ],
    ids=["nothing", "blank", "no header", "pdf", "png", "encrypted", "damaged", "empty book", "50,000 rows", "ending"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_beside_the_box_and_not_kept(upload, name, content, sentence):
    answer = upload(content, name)
    assert answer.status_code == 200
    assert sentence in told(answer)
    assert not Document.objects.exists()


def test_a_zip_bomb_is_not_opened(upload):
    answer = upload(bomb(), "a.xlsx")
    assert "it was not opened" in told(answer)
    assert not Document.objects.exists()


def test_no_file_at_all_is_told(call, olga, client_of):
    answer = client_of(olga).post(reverse("intake:choose_file", args=[call.slug, "answers"]), {"file": ""})
    assert "This field is required." in told(answer)


def test_a_name_with_a_path_is_kept_as_a_bare_name(upload, call, olga, client_of):
    page = upload(text(ROW.format(n=1)), "../../etc/pass\u202ewd.csv").url
    assert "/" not in Document.objects.get().name
    assert "\u202e" not in told(client_of(olga).get(page))


def test_two_headers_and_merged_titles_are_read_past_and_told(upload, olga, client_of):
    row = ROW.format(n=1).split(",")
    content = workbook(
        ["Answers", None], HEAD.split(","), row, HEAD.split(","), ROW.format(n=2).split(","), merge="A1:C1"
    )
    preview = client_of(olga).get(upload(content, "a.xlsx").url)
    assert [entry.id for entry in preview.context["reading"].entries] == ["001-1", "001-2"]
    assert "Row 4 repeats the header" in told(preview)


def test_hostile_text_is_shown_as_text_and_kept_as_written(upload, call, olga, client_of):
    row = (
        '"=cmd|1\u200b",01/10/2022 08:00,p1@example.org,<script>alert(1)</script>,\u202eKos,Cluster 1,DE,40,2,'
        + "x" * 6000
    )
    page = upload(text(row)).url
    preview = client_of(olga).get(page)
    assert "<script>alert(1)" not in told(preview)
    assert "too long: 6000 characters, at most 3600 for 300 words" in told(preview)
    client_of(olga).post(page, {"take_in": "yes", **columns_of(preview)})
    kept = Application.objects.get()
    assert (kept.reference, kept.answers["family_name"], len(kept.answers["challenge"])) == ("=cmd|1", "Kos", 6000)
    assert kept.title == "<script>alert(1)</script> Kos"
    listed = told(client_of(olga).get(reverse("applications:list", args=[call.slug])))
    assert "<script>alert(1)" not in listed


# ---------------------------------------------------------------------------------------------- figures


def asked(answers: int) -> int:
    """How many queries but inserts a run costs: SQLite takes rows by some thirty an insert."""
    call = make.call(at=NOW, deadline_at=exports.DEADLINE)
    reading = queries.read_file(call, exports.as_text(exports.make(answers, answers=answers), 1), "a.csv")
    with CaptureQueriesContext(connection) as caught:
        actions.take_in(call=call, reading=reading, by=None, at=NOW)
    return sum(not query["sql"].startswith("INSERT") for query in caught)


def test_taking_in_ten_and_a_hundred_and_fifty_answers_asks_the_same():
    few, many = (asked(n) for n in (10, 150))
    assert few == many
    assert few <= 32


def test_the_pages_cost_the_same_with_one_row_and_with_many(call, olga, upload, client_of):
    client = client_of(olga)
    cost = []
    for numbers in (range(1), range(12)):
        page = upload(text(*(ROW.format(n=n) for n in numbers)), f"{len(numbers)}.csv").url
        with CaptureQueriesContext(connection) as caught:
            client.get(page)
        cost.append(len(caught))
    assert cost[0] == cost[1]
    cost = []
    for name in ("one.csv", "two.csv", "three.csv"):
        reading = queries.read_file(call, text(ROW.format(n=1)), name)
        actions.take_in(call=call, reading=reading, by=olga, at=NOW)
        with CaptureQueriesContext(connection) as caught:
            assert name in told(client.get(reverse("intake:choose_file", args=[call.slug, "answers"])))
        cost.append(len(caught))
    assert cost[0] == cost[1] == cost[2] <= 12


# ------------------------------------------------------------------------------------------ other files


@pytest.mark.parametrize("kind", ["evaluators", "evaluations", "assignments"])
def test_every_kind_of_file_goes_the_same_way(call, olga, client_of, kind):
    client = client_of(olga)
    where = reverse("intake:choose_file", args=[call.slug, kind])
    assert client.get(where).status_code == 200
    rows = {
        "evaluators": b"Write to,name\nnew@example.org,New\nbad,Bad\n",
        "evaluations": b"application,Write to,motivation,challenge,contribution\n7,new@example.org,3,4,5\n",
        "assignments": b"application,Write to\n7,new@example.org\n",
    }[kind]
    known = rows.replace(b"Write to", b"email")
    page = client.post(where, {"file": SimpleUploadedFile("rows.csv", known)}).url
    preview = client.get(page)
    assert "Nothing is kept yet." in told(preview)
    assert Intake.objects.count() == 0
    refused = [row.row for row in preview.context["rows"] if row.verdict == "refused"]
    done = client.post(page, {"take_in": "yes", **columns_of(preview)}, follow=True)
    kept = Intake.objects.get()
    assert (kept.kind, kept.refused_count) == (kind, len(refused))
    assert [p.row for p in kept.problems.filter(refused=True)] == refused == ([3] if kind == "evaluators" else [2])
    assert kept.problems.get(refused=True).message.replace("'", "&#x27;") in told(done)
    assert "rows.csv" in told(client.get(where))


def test_the_columns_of_evaluators_can_be_corrected_too(call, olga, client_of):
    client, content = client_of(olga), b"e-mail,name,House\nnew@example.org,Nora New,Hub\n"
    where = reverse("intake:choose_file", args=[call.slug, "evaluators"])
    page = client.post(where, {"file": SimpleUploadedFile("rows.csv", content)}).url
    first = client.get(page)
    assert first.context["reading"].entries[0].organisation == ""
    seen = client.post(page, {"columns": "yes", **columns_of(first), "column-organisation": "House"})
    assert seen.context["reading"].entries[0].organisation == "Hub"
    assert ColumnMapping.objects.get(sheet="evaluators").columns["organisation"] == "House"


def test_no_other_kind_and_no_report_of_another_call(call, olga, client_of):
    client = client_of(olga)
    for name, more in (("choose_file", []), ("look_at_file", [1]), ("report", [1])):
        assert client.get(reverse(f"intake:{name}", args=[call.slug, "wishes", *more])).status_code == 404
    assert client.get(reverse("intake:report", args=[call.slug, "answers", 1])).status_code == 404
    for page, kind in (("applications:list", "answers"), ("evaluation:evaluators", "evaluators")):
        door = reverse("intake:choose_file", args=[call.slug, kind])
        assert door in told(client.get(reverse(page, args=[call.slug])))
