import hashlib
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import connection
from PIL import Image

from booster.kit.moves import Stale
from booster.library import actions, rules, tasks
from booster.library.models import Document
from booster.library.tests import make
from booster.library.tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(days=30)


def _woken():
    return [call.args for _, call, *_ in connection.run_on_commit]


def test_a_file_is_kept_with_what_is_known_of_it():
    paula = make.person()
    document = make.document("..\\CV Paula.PDF", by=paula, kept_until=LATER)
    document.refresh_from_db()
    assert (document.name, document.size, document.content_type) == ("CV Paula.pdf", len(make.PDF), "application/pdf")
    assert document.sha256 == hashlib.sha256(make.PDF).hexdigest()
    assert (document.uploaded_by, document.uploaded_at, document.kept_until) == (paula, NOW, LATER)
    assert (document.scan, document.is_picture, str(document)) == ("absent", False, "CV Paula.pdf")
    assert document.stored.startswith("documents/2026/03/02/")
    assert "Paula" not in document.stored
    assert default_storage.open(document.stored).read() == make.PDF


def test_keeping_a_file_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        make.document()


def test_a_large_upload_on_disk_is_kept_too():
    with TemporaryUploadedFile("notes.txt", "text/plain", 0, None) as file:
        file.write(b"words and words\n" * 300_000)
        file.size = file.tell()
        document = actions.store(file=file, allowed=rules.DOCUMENTS, by=None, at=NOW)
    assert document.size == 4_800_000
    assert default_storage.size(document.stored) == 4_800_000


def test_the_same_file_twice_is_two_documents():
    assert make.document().stored != make.document().stored


def test_a_picture_is_kept_without_what_the_camera_knew():
    exif = Image.Exif()
    exif[0x010E] = "my house"
    document = make.document("Me.JPG", make.picture("JPEG", exif=exif), allowed=rules.PICTURES)
    kept = default_storage.open(document.stored).read()
    assert b"house" not in kept
    assert (document.size, document.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    assert (document.content_type, document.is_picture) == ("image/jpeg", True)
    assert Image.open(io.BytesIO(kept)).size == (40, 30)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.exe", b"MZ", id="a program"),
        pytest.param("a.pdf", b"", id="nothing"),
        pytest.param("a.pdf", b"<html>", id="a page"),
        pytest.param("a.png", make.picture(), id="a picture where documents are asked for"),
    ],
)
def test_an_unfit_file_leaves_nothing_behind(name, content):
    with pytest.raises(rules.UnfitFile):
        make.document(name, content)
    assert not Document.objects.exists()


def test_a_file_that_lies_about_its_size_is_measured():
    file = make.upload("a.txt", b"x" * 2000)
    file.size = 5
    with pytest.raises(rules.UnfitFile, match="too large"):
        actions.store(file=file, allowed=rules.Allowed(("txt",), 1000), by=None, at=NOW)


def test_with_a_scanner_a_new_file_waits_for_it(settings):
    settings.BOOSTER_CLAMD = "127.0.0.1:3310"
    assert make.document().scan == "unscanned"
    assert _woken() == [("booster.library.tasks.scan_new",)]


def test_the_end_of_keeping_can_be_set_and_lifted():
    one, other = make.document(), make.document()
    assert actions.keep_until([one, other], kept_until=LATER, by=None, at=NOW) == 2
    assert Document.objects.overdue(LATER).count() == 2
    assert actions.keep_until(Document.objects.filter(pk=one.pk), kept_until=None, by=None, at=NOW) == 1
    assert list(Document.objects.overdue(LATER)) == [other]


def test_a_removed_file_is_gone_and_the_row_proves_it():
    document = make.document("CV Paula.pdf")
    actions.remove(document, by=None, at=LATER)
    assert _woken() == [("booster.library.tasks.erase_removed",)]
    assert tasks.erase_waiting(at=LATER) == 1
    assert not default_storage.exists(document.stored)
    document.refresh_from_db()
    assert (document.name, document.removed_at, document.erased_at) == ("removed.pdf", LATER, LATER)
    actions.remove(document, by=None, at=LATER + timedelta(days=1))
    document.refresh_from_db()
    assert document.removed_at == LATER
    assert tasks.erase_waiting(at=LATER) == 0


def test_of_two_who_erase_one_counts():
    document = actions.remove(make.document(), by=None, at=LATER)
    other = Document.objects.get()
    actions.erase(document, at=LATER)
    with pytest.raises(Stale):
        actions.erase(other, at=LATER)


def test_what_has_stayed_as_long_as_it_may_is_purged():
    old = make.document("old.pdf", kept_until=NOW)
    young = make.document("young.pdf", kept_until=LATER)
    always = make.document("always.pdf")
    assert tasks.purge(at=NOW) == 1
    assert tasks.purge(at=NOW) == 0
    assert not default_storage.exists(old.stored)
    assert default_storage.exists(young.stored)
    assert set(Document.objects.kept()) == {young, always}
    old.refresh_from_db()
    assert (old.name, old.removed_at, old.erased_at) == ("removed.pdf", NOW, NOW)


def test_a_file_whose_transaction_failed_is_swept_away():
    lost, kept = make.document("lost.pdf"), make.document("kept.pdf")
    Document.objects.filter(pk=lost.pk).delete()
    assert tasks.sweep(at=NOW + timedelta(days=1)) == 0
    assert tasks.sweep(at=NOW + timedelta(days=2)) == 1
    assert not default_storage.exists(lost.stored)
    assert default_storage.exists(kept.stored)
    assert tasks.sweep(at=LATER) == 0


def test_a_person_sees_their_own_uploads():
    paula = make.person()
    mine = make.document(by=paula)
    make.document(by=make.person("Pavel Participant"))
    assert list(Document.objects.seen_by(paula)) == [mine]
    assert list(Document.objects.seen_by(AnonymousUser())) == []
