"""What is kept for strangers is never stale and never somebody else's."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from booster.academies import actions as academies
from booster.academies.rules import PhasePlan
from booster.calls import actions
from booster.calls.tests import make
from booster.ui import kept

pytestmark = pytest.mark.django_db
PAGES = ["", "questions/", "white-book/", "box/", "deadline.ics"]


@pytest.fixture
def call(olga):
    return make.open_call(at=now(), organiser=olga, kind="venues")


def text(client, call, page=""):
    answer = client.get(f"/calls/{call.slug}/{page}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_second_stranger_is_served_with_one_cheap_query(client, call, page, django_assert_num_queries):
    first = text(client, call, page)
    with django_assert_num_queries(1):
        assert text(client, call, page) == first


@pytest.mark.parametrize("path", ["/calls/", "/calls/feed.json", "/calls/feed.xml", "/calls/calendar.ics"])
def test_a_list_is_served_with_one_query_however_long_it_is(client, olga, call, path, django_assert_num_queries):
    client.get(path)
    with django_assert_num_queries(1):
        client.get(path)
    for n in range(2, 4):
        make.open_call(at=now(), organiser=olga, home=make.edition(at=now(), slug=f"cba-{n}"))
    client.get(path)
    with django_assert_num_queries(1):
        client.get(path)


def test_a_changed_text_shows_at_once(client, olga, call):
    text(client, call)
    actions.change_texts(call=call, values={"title": "A new name"}, by=olga, at=now())
    assert "A new name" in text(client, call)
    assert "A new name" in client.get("/calls/").content.decode()


def test_an_extension_shows_at_once_on_the_page_in_the_feed_and_in_the_calendar(client, olga, call):
    paths = [f"/calls/{call.slug}/", f"/calls/{call.slug}/deadline.ics", "/calls/calendar.ics", "/calls/feed.json"]
    before = [client.get(path).content for path in paths]
    actions.extend(call=call, until=call.deadline_at + timedelta(days=7), reason="Holidays in June", by=olga, at=now())
    after = [client.get(path).content for path in paths]
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert b"Holidays in June" in after[0]


def test_an_answer_shows_at_once(client, olga, sana, call):
    text(client, call)
    enquiry = actions.ask(call=call, text="Sana asks: who pays?", by=sana, at=now())
    assert "who pays" not in text(client, call)
    actions.answer(enquiry=enquiry, public_text="Who pays?", answer="Nobody.", by=olga, at=now())
    assert "Who pays?" in text(client, call)
    assert "Sana" not in text(client, call)


def test_closing_shows_at_once(client, olga, call):
    assert 'href="apply/"' in text(client, call)
    actions.close(call=call, by=olga, at=now())
    assert 'href="apply/"' not in text(client, call)


def test_criteria_white_book_and_cut_offs_show_at_once(client, olga, call):
    text(client, call)
    actions.set_criteria(call=call, criteria=list(call.criteria.all())[:2], by=olga, at=now())
    assert "Environmental performance" not in text(client, call)
    text(client, call, "white-book/")
    actions.set_requirements(call=call, requirements=[], by=olga, at=now())
    assert client.get(f"/calls/{call.slug}/white-book/").status_code == 404
    actions.add_cut_off(
        call=call, closes_at=call.deadline_at - timedelta(days=9), note="First batch", by=olga, at=now()
    )
    assert "First batch" in text(client, call)


def test_a_renamed_edition_and_new_phases_show_at_once(client, olga, call):
    text(client, call)
    academies.change(edition=call.edition, name="The eleventh edition", by=olga, at=now())
    assert "The eleventh edition" in text(client, call)
    before = text(client, call)
    today = now().date()
    academies.set_phases(edition=call.edition, phases=[PhasePlan("calls", today, today)], by=olga, at=now())
    assert text(client, call) != before


def test_the_deadline_ends_the_kept_page_to_the_second(client, call, monkeypatch):
    text(client, call)
    for module in ("ui.kept", "calls.views.public"):
        monkeypatch.setattr(f"booster.{module}.now", lambda: call.deadline_at + timedelta(seconds=1))
    assert 'href="apply/"' not in text(client, call)


def test_a_draft_is_never_kept(client, client_of, olga):
    draft = make.draft(at=now(), organiser=olga)
    assert client_of(olga).get(f"/calls/{draft.slug}/").status_code == 200
    assert client.get(f"/calls/{draft.slug}/").status_code == 302
    assert client.get("/calls/").content.decode().count(draft.slug) == 0


def test_nobody_is_served_the_page_of_somebody_else(client, client_of, olga, sana, call):
    organiser = client_of(olga).get(f"/calls/{call.slug}/")
    assert b"Edit the call" in organiser.content
    assert organiser["Cache-Control"] == "private, no-store"
    assert "Edit the call" not in text(client, call)
    assert b"Edit the call" not in client_of(sana).get(f"/calls/{call.slug}/").content
    assert b"Edit the call" in client_of(olga).get(f"/calls/{call.slug}/").content


def test_a_kept_page_holds_nothing_of_its_first_reader(client, call):
    client.cookies["zone"] = "Asia/Tokyo"
    client.cookies["csrftoken"] = "a" * 32
    first = client.get(f"/calls/{call.slug}/?lang=xx&utm_source=%3Cscript%3E", HTTP_X_FORWARDED_FOR="203.0.113.9")
    for trace in (b"Tokyo", b"utm_source", b"csrf", b"203.0.113.9", b"<script>alert"):
        assert trace not in first.content
    assert "Set-Cookie" not in first.headers
    assert client.get(f"/calls/{call.slug}/").content == first.content


def test_languages_are_kept_apart(client, olga, call):
    words = {"title": "Appel aux lieux"}
    actions.translate(call=call, language="fr", words=words, by=olga, at=now(), revision=call.revision)
    french = client.get(f"/calls/{call.slug}/?lang=fr").content.decode()
    assert "Appel aux lieux" in french
    assert "Not everything here has been translated into français" in french
    assert '<h1><span lang="en">Call for venue providers' in text(client, call)
    assert (
        '<h1><span lang="en">Call for venue providers' in client.get(f"/calls/{call.slug}/?lang=tlh").content.decode()
    )


def test_a_reader_who_has_the_page_gets_304_until_it_changes(client, olga, call):
    etag = client.get(f"/calls/{call.slug}/")["ETag"]
    again = client.get(f"/calls/{call.slug}/", HTTP_IF_NONE_MATCH=etag)
    assert (again.status_code, again.content) == (304, b"")
    actions.change_texts(call=call, values={"summary": "Other"}, by=olga, at=now())
    assert client.get(f"/calls/{call.slug}/", HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_only_the_box_may_stand_in_other_pages(client, call):
    box, page = client.get(f"/calls/{call.slug}/box/"), client.get(f"/calls/{call.slug}/")
    assert "frame-ancestors *" in box["Content-Security-Policy"]
    assert "X-Frame-Options" not in box.headers
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_strangers_are_those_without_a_session_who_only_read(rf):
    get = rf.get("/calls/")
    assert kept.is_stranger(get)
    for cookie in ("sessionid", "messages"):
        request = rf.get("/calls/")
        request.COOKIES[cookie] = "x"
        assert not kept.is_stranger(request)
    assert not kept.is_stranger(rf.post("/calls/"))
    assert not kept.is_stranger(rf.get("/calls/", HTTP_HX_REQUEST="true"))


LANGUAGES = ["bg", "de", "en", "fr", "ga", "mt"]


def spoken(answer):
    return answer.content.decode().partition('<html lang="')[2].partition('"')[0]


@pytest.mark.parametrize("page", ["", "questions/", "white-book/", "box/"])
def test_a_kept_page_speaks_the_language_of_who_asks_whoever_asked_before(client, call, page):
    path = f"/calls/{call.slug}/{page}"
    for _round in range(2):  # the second time everything is kept
        for language in LANGUAGES:
            answer = client.get(path, HTTP_ACCEPT_LANGUAGE=language)
            assert (spoken(answer), answer.headers["Content-Language"]) == (language, language)
            assert {"Cookie", "Accept-Language"} <= {word.strip() for word in answer.headers["Vary"].split(",")}


def test_the_cookie_of_a_reader_chooses_among_the_kept_pages(client, call):
    path = f"/calls/{call.slug}/"
    assert spoken(client.get(path, HTTP_ACCEPT_LANGUAGE="fr")) == "fr"
    client.cookies["language"] = "de"
    assert spoken(client.get(path, HTTP_ACCEPT_LANGUAGE="fr")) == "de"
    del client.cookies["language"]
    assert spoken(client.get(path, HTTP_ACCEPT_LANGUAGE="fr")) == "fr"


def test_a_copy_in_another_language_is_not_taken_for_unchanged(client, call):
    path = f"/calls/{call.slug}/"
    english = client.get(path, HTTP_ACCEPT_LANGUAGE="en").headers["ETag"]
    assert client.get(path, HTTP_ACCEPT_LANGUAGE="en", HTTP_IF_NONE_MATCH=english).status_code == 304
    assert client.get(path, HTTP_ACCEPT_LANGUAGE="de", HTTP_IF_NONE_MATCH=english).status_code == 200


def test_a_change_shows_at_once_in_every_language(client, olga, call):
    path = f"/calls/{call.slug}/"
    for language in LANGUAGES:
        client.get(path, HTTP_ACCEPT_LANGUAGE=language)
    actions.change_texts(call=call, values={"title": "A new name"}, by=olga, at=now())
    for language in LANGUAGES:
        assert "A new name" in client.get(path, HTTP_ACCEPT_LANGUAGE=language).content.decode()


def test_a_call_is_told_in_the_reader_s_language_where_it_has_been_written(client, olga, call):
    actions.translate(
        call=call, language="fr", words={"title": "Appel aux hôtes"}, by=olga, at=now(), revision=call.revision
    )
    for path in ("/calls/", f"/calls/{call.slug}/"):
        assert "Appel aux hôtes" in client.get(path, HTTP_ACCEPT_LANGUAGE="fr").content.decode()
        assert "Appel aux hôtes" not in client.get(path, HTTP_ACCEPT_LANGUAGE="de").content.decode()
    assert (
        '<span lang="fr">Appel aux hôtes</span>'
        in client.get(f"/calls/{call.slug}/?lang=fr", HTTP_ACCEPT_LANGUAGE="de").content.decode()
    )
