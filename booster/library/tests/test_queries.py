import io

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from PIL import Image

from booster.kit.access import Refused
from booster.library import actions, queries, rules
from booster.library.models import Document
from booster.library.tests import make
from booster.library.tests.make import NOW

pytestmark = pytest.mark.django_db


def test_a_file_is_handed_out_to_be_saved(django_assert_num_queries):
    document = make.document("Βιογραφικό – “Paula”.pdf")
    with django_assert_num_queries(0):
        response = queries.response_for(document)
    assert b"".join(response.streaming_content) == make.PDF
    response.close()
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%CE%92")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(make.PDF))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["Content-Security-Policy"].endswith("; sandbox")


@pytest.mark.parametrize(
    ("name", "content", "disposition", "sandboxed"),
    [
        ("a.png", make.picture(), 'inline; filename="a.png"', True),
        ("a.pdf", make.PDF, 'inline; filename="a.pdf"', False),
        ("a.txt", b"<script>alert(1)</script>", 'attachment; filename="a.txt"', True),
    ],
)
def test_only_what_a_browser_shows_harmlessly_is_shown(name, content, disposition, sandboxed):
    document = make.document(name, content, allowed=rules.DOCUMENTS | rules.PICTURES)
    response = queries.response_for(document, inline=True)
    response.close()
    assert response["Content-Disposition"] == disposition
    assert ("sandbox" in response["Content-Security-Policy"]) is sandboxed


def test_a_file_can_be_read_whole():
    assert queries.read(make.document()) == make.PDF


def test_with_a_scanner_nobody_gets_a_file_before_it_is_clean(settings):
    before = make.document()
    settings.BOOSTER_CLAMD = "127.0.0.1:3310"
    for document in (before, make.document()):
        with pytest.raises(Refused, match="still being checked for viruses"):
            queries.response_for(document)
        with pytest.raises(Refused):
            queries.read(document)
        actions.note_scan(document, verb="clear", at=NOW)
        assert queries.why_not(document) is None
        assert queries.read(document) == make.PDF


def test_an_infected_file_is_never_handed_out(settings):
    settings.BOOSTER_CLAMD = "127.0.0.1:3310"
    document = actions.note_scan(make.document(), verb="condemn", at=NOW)
    with pytest.raises(Refused, match="upload a clean copy"):
        queries.response_for(document)


def test_a_removed_file_is_not_there():
    document = actions.remove(make.document(), by=None, at=NOW)
    assert queries.why_not(document) == "This file was removed."
    with pytest.raises(Http404):
        queries.response_for(document)


def test_a_file_that_the_storage_lost_is_not_there():
    document = make.document()
    default_storage.delete(document.stored)
    with pytest.raises(Http404):
        queries.read(Document.objects.get())


def test_a_picture_is_handed_out_small_and_nothing_else_is(django_assert_num_queries):
    for mode, size, small in (
        ("RGB", (1200, 800), (480, 320)),
        ("RGBA", (300, 900), (160, 480)),
        ("L", (9, 9), (9, 9)),
    ):
        document = make.document("hall.png", make.picture(size=size, mode=mode), allowed=rules.PICTURES)
        with django_assert_num_queries(0):
            response = queries.small_response_for(document)
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
        assert response["Cache-Control"] == "private, max-age=600"
        assert Image.open(io.BytesIO(response.content)).size == small
    with pytest.raises(Http404):
        queries.small_response_for(make.document())


def test_a_small_picture_waits_for_the_scanner_as_the_whole_one_does(settings):
    document = make.document("hall.png", make.picture(), allowed=rules.PICTURES)
    settings.BOOSTER_CLAMD = "127.0.0.1:3310"
    with pytest.raises(Refused, match="still being checked for viruses"):
        queries.small_response_for(document)
    settings.BOOSTER_CLAMD = ""
    default_storage.delete(document.stored)
    default_storage.save(document.stored, make.upload("hall.png", b"not a picture any more"))
    with pytest.raises(Http404):
        queries.small_response_for(document)


def test_a_page_asks_for_the_small_or_the_whole_file(rf):
    picture = make.document("hall.png", make.picture(), allowed=rules.PICTURES)
    assert queries.response_to(rf.get("/?small"), picture)["Content-Type"] == "image/jpeg"
    for document, way in ((picture, "inline"), (make.document("a.pdf"), "attachment")):
        response = queries.response_to(rf.get("/"), document)
        response.close()
        assert response["Content-Disposition"].startswith(way)
