import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from icalendar import Calendar

from booster.calls import actions, queries
from booster.calls.models import Call, Enquiry
from booster.calls.tests import make

pytestmark = pytest.mark.django_db
PUBLIC = ["", "questions/", "white-book/", "white-book.pdf", "deadline.ics", "box/", "ask/"]
DESK = [
    *(
        "edit/",
        "edit/texts/",
        "edit/translations/fr/",
        "edit/dates/",
        "edit/settings/",
        "edit/criteria/",
        "edit/gates/",
    ),
    *("edit/white-book/", "edit/documents/", "edit/codes/", "enquiries/", "extend/", "form/", "form/sections/you/"),
    *("form/sections/", "form/questions/", "form/versions/1/"),
]


@pytest.fixture
def venues(olga):
    return make.open_call(at=now(), organiser=olga, kind="venues")


@pytest.fixture
def call(olga):
    return make.open_call(at=now(), organiser=olga)


@pytest.mark.parametrize("page", PUBLIC)
def test_everybody_reads_the_pages_of_a_published_call(client, venues, page):
    assert client.get(f"/calls/{venues.slug}/{page}").status_code == 200


@pytest.mark.parametrize("page", DESK)
def test_an_organiser_opens_every_page_of_the_desk(client_of, olga, call, page):
    assert client_of(olga).get(f"/calls/{call.slug}/{page}").status_code == 200


@pytest.mark.parametrize("page", DESK)
def test_a_stranger_opens_no_page_of_the_desk(client_of, client, sana, call, page):
    assert client_of(sana).get(f"/calls/{call.slug}/{page}").status_code == 403
    assert client.get(f"/calls/{call.slug}/{page}").status_code == 302


def test_a_draft_is_seen_by_its_organisers_only(client, client_of, olga, sana):
    call = make.draft(at=now(), organiser=olga)
    assert client_of(olga).get(f"/calls/{call.slug}/").status_code == 200
    assert client_of(sana).get(f"/calls/{call.slug}/").status_code == 404
    assert client.get(f"/calls/{call.slug}/").status_code == 302


# ---------------------------------------------------------------------------------------------- doing


def page(client, call, path, **sent):
    return client.post(f"/calls/{call.slug}/{path}", sent)


@pytest.fixture
def draft(olga):
    return make.draft(at=now(), organiser=olga)


def test_an_organiser_drafts_a_call_from_its_template(client_of, olga, sana):
    home = make.edition(at=now(), organiser=olga)
    assert client_of(sana).post(f"/editions/{home.slug}/calls/", {"kind": "venues"}).status_code in (403, 404)
    answer = client_of(olga).post(f"/editions/{home.slug}/calls/", {"kind": "venues"})
    assert answer.url == f"/calls/{home.slug}-venues/edit/"
    assert b"No version of its form is published" in client_of(olga).get(answer.url).content


def test_a_call_goes_through_its_life_in_the_browser(client_of, olga, sana, draft):
    client, form = client_of(olga), queries.form_draft(draft)
    assert page(client, draft, "publish/").status_code == 409
    assert page(client_of(sana), draft, "publish/").status_code == 404
    page(client, draft, "form/publish/", revision=form.revision)
    assert page(client, draft, "publish/").status_code == 302
    assert page(client_of(sana), draft, "close/").status_code == 403
    assert page(client, draft, "close/").status_code == 302
    until = (now() + timedelta(days=90)).date().isoformat()
    again = page(client, draft, "extend/", until_day=until, until_hour="18:00", reason="Too few")
    assert again.status_code == 302
    assert Call.objects.get().state == "open"
    page(client, draft, "close/")
    page(client, draft, "settle/")
    assert Call.objects.get().state == "settled"


def test_an_impossible_extension_is_told_beside_its_box(client_of, olga, call):
    early = page(client_of(olga), call, "extend/", until_day="2020-01-01", until_hour="18:00", reason="x")
    assert early.status_code == 422
    assert "after the deadline that stands now" in early.content.decode()
    gap = page(client_of(olga), call, "extend/", until_day="2027-03-28", until_hour="02:30", reason="x")
    assert "does not exist" in gap.content.decode()
    silly = page(client_of(olga), call, "extend/", until_day="9999-12-31", until_hour="23:59", reason="x")
    assert silly.status_code in (302, 422)


DATES = {"zone": "Europe/Brussels", "opens_day": "2026-10-01", "opens_hour": "09:00", "grace_minutes": "0"}


def test_the_hour_that_the_clocks_repeat_means_its_second_passage(client_of, olga, draft):
    sent = {**DATES, "revision": "1", "deadline_day": "2027-10-31", "deadline_hour": "02:30"}
    assert page(client_of(olga), draft, "edit/dates/", **sent).status_code == 302
    assert Call.objects.get().deadline_at.isoformat() == "2027-10-31T01:30:00+00:00"


@pytest.mark.parametrize(
    "wrong,told",
    [
        ({"deadline_day": "2027-03-28", "deadline_hour": "02:30"}, "does not exist"),
        ({"zone": "Europe/Atlantis"}, "not a time zone"),
        ({"deadline_day": "2026-09-01"}, "must be after the opening"),
        ({"deadline_day": "soon"}, "Enter a valid date"),
    ],
)
def test_impossible_dates_are_told(client_of, olga, draft, wrong, told):
    sent = {**DATES, "revision": "1", "deadline_day": "2027-10-31", "deadline_hour": "18:00", **wrong}
    answer = page(client_of(olga), draft, "edit/dates/", **sent)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_a_cut_off_that_cannot_be_is_told_at_its_field_and_kept_as_typed(client_of, olga, call):
    late = (call.deadline_at + timedelta(days=3)).date().isoformat()
    client, page = client_of(olga), f"/calls/{call.slug}/edit/cut-offs/"
    answer = client.post(page, {"until_day": late, "until_hour": "18:00", "note": "Second batch"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "A cut-off must not be after the deadline of the call." in text
    assert (f'value="{late}"' in text, 'value="Second batch"' in text) == (True, True)
    assert client.post(page, {"until_day": "soon", "note": "x"}).status_code == 422
    assert client.get(page).url == f"/calls/{call.slug}/edit/dates/"
    good = (call.deadline_at - timedelta(days=3)).date().isoformat()
    assert client.post(page, {"until_day": good, "until_hour": "18:00", "note": ""}).status_code == 302


TEXTS = {"title": "T", "summary": "S", "body": "B", "contact": "a@example.org", "language": "en"}


def test_who_comes_second_keeps_what_they_typed(client_of, olga, draft):
    client = client_of(olga)
    assert page(client, draft, "edit/texts/", revision=1, **TEXTS).status_code == 302
    second = page(client, draft, "edit/texts/", revision=1, **{**TEXTS, "body": "My long work"})
    assert second.status_code == 409
    assert "My long work" in second.content.decode()
    assert 'value="2"' in second.content.decode()
    third = page(client, draft, "edit/texts/", revision=2, **{**TEXTS, "body": "My long work"})
    assert third.status_code == 302
    assert Call.objects.get().body == "My long work"


def test_texts_are_cleaned_and_harmless(client_of, client, olga, call):
    body = "# Hello\u202e\n\n<script>alert(1)</script> [x](javascript:alert(1))"
    assert (
        page(client_of(olga), call, "edit/texts/", revision=call.revision, **{**TEXTS, "body": body}).status_code == 302
    )
    shown = client.get(f"/calls/{call.slug}/").content.decode()
    assert "<script>alert" not in shown
    assert 'href="javascript:' not in shown
    assert "\u202e" not in shown
    looked = page(client_of(olga), call, "edit/texts/preview/", body="**bold**")
    assert "<strong>bold</strong>" in looked.content.decode()


def test_settings_and_translations_are_kept(client_of, olga, draft):
    names = ("seats", "per_organisation", "evaluators_per_file", "threshold", "marks_seen", "acceptance_days")
    sent = {n: getattr(draft, n) for n in (*names, "complaint_days", "keep_drafts_days", "keep_unsuccessful_days")}
    assert page(client_of(olga), draft, "edit/settings/", revision=1, **{**sent, "seats": 30}).status_code == 302
    assert page(client_of(olga), draft, "edit/settings/", revision=1, **{**sent, "seats": 31}).status_code == 409
    assert Call.objects.get().seats == 30
    assert page(client_of(olga), draft, "edit/translations/fr/", revision=2, title="Appel").status_code == 302
    assert page(client_of(olga), draft, "edit/translations/fr/", revision=2, title="Autre").status_code == 409
    assert Call.objects.get().translations == {"fr": {"title": "Appel"}}
    for bad in ("en", "klingon!"):
        assert client_of(olga).get(f"/calls/{draft.slug}/edit/translations/?language={bad}").status_code == 302


def rows(prefix, initial, *filled):
    sent = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": initial}
    for n, row in enumerate(filled):
        sent |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
    return sent


def test_criteria_are_edited_as_rows(client_of, olga, draft):
    kept = {"key": "motivation", "title": "Motivation", "weight": "40", "anchors": "0: nothing\n5: all", "place": "2"}
    new = {"key": "", "title": "Reach", "weight": "60", "place": "1"}
    sent = rows("criteria", 3, kept, {"key": "challenge", "title": "C", "weight": "9", "DELETE": "on"}, new, {})
    assert page(client_of(olga), draft, "edit/criteria/", revision=1, **sent).status_code == 302
    assert list(draft.criteria.values_list("key", "weight")) == [("reach", 60), ("motivation", 40)]
    assert draft.criteria.get(key="motivation").question_keys == ["goal", "topics", "prior_trainings"]
    assert page(client_of(olga), draft, "edit/criteria/", revision=1, **sent).status_code == 409
    bad = rows("criteria", 0, {"title": "X", "anchors": "very good"})
    answer = page(client_of(olga), draft, "edit/criteria/", revision=2, **bad)
    assert answer.status_code == 422
    assert "does not begin with a mark" in answer.content.decode()


def test_gates_survive_their_own_page(client_of, olga):
    for kind in ("participants", "venues"):
        call = make.draft(at=now(), organiser=olga, kind=kind)
        before = list(call.gates.values("code", "message", "kind", "params", "position"))
        html = client_of(olga).get(f"/calls/{call.slug}/edit/gates/")
        sent = {}
        for form in html.context["rows"]:
            sent |= {form.add_prefix(n): v for n, v in form.initial.items() if v not in (None, "")}
        sent |= {"gates-TOTAL_FORMS": len(before) + 1, "gates-INITIAL_FORMS": len(before)}
        assert page(client_of(olga), call, "edit/gates/", revision=1, **sent).status_code == 302
        assert list(call.gates.values("code", "message", "kind", "params", "position")) == before


def test_a_condition_without_its_question_is_told(client_of, olga, draft):
    sent = rows(
        "gates", 0, {"code": "x", "message": "m", "kind": "at_least"}, {"code": "x", "message": "m", "kind": "yes"}
    )
    answer = page(client_of(olga), draft, "edit/gates/", revision=1, **sent).content.decode()
    assert "needs the key of a question" in answer
    assert "needs a number" in answer


def test_the_white_book_is_edited_as_rows(client_of, olga, venues):
    sent = rows("book", 1, {"key": "plenary", "section": "Rooms", "text": "A hall", "level": "must"}, {"section": "Rooms", "text": "A boat", "level": "may"}, {})  # fmt: skip # noqa: E501
    assert page(client_of(olga), venues, "edit/white-book/", revision=venues.revision, **sent).status_code == 302
    assert list(venues.requirements.values_list("key", "level")) == [("plenary", "must"), ("a_boat", "may")]
    bad = rows("book", 0, {"text": "Homeless"})
    assert page(client_of(olga), venues, "edit/white-book/", revision=9, **bad).status_code == 422


def test_codes_cut_offs_and_documents_in_the_browser(client_of, olga, call):
    client, day = client_of(olga), (now() + timedelta(days=5)).date().isoformat()
    assert page(client, call, "edit/codes/", note="x", uses=1, until_day=day, until_hour="18:00").status_code == 302
    code = call.entry_codes.get()
    assert code.code in client.get(f"/calls/{call.slug}/edit/codes/").content.decode()
    assert page(client, call, f"edit/codes/{code.pk}/end/").status_code == 302
    page(client, call, "edit/cut-offs/", until_day=day, until_hour="18:00", note="First")
    assert page(client, call, "edit/cut-offs/", until_day="x").status_code == 422
    page(client, call, "edit/cut-offs/", remove=call.cut_offs.get().pk)
    assert call.cut_offs.count() == 0
    file = SimpleUploadedFile("annex.txt", b"The rules of the house.\n" * 3)
    assert page(client, call, "edit/documents/", title="Annex", file=file).status_code == 302
    assert b"Annex" in client.get(f"/calls/{call.slug}/").content
    document = call.documents.get()
    assert client.get(f"/calls/{call.slug}/documents/{document.pk}/").status_code in (200, 403)
    program = SimpleUploadedFile("annex.pdf", b"MZ\x90\x00" + b"\x00" * 200)
    assert page(client, call, "edit/documents/", title="Annex", file=program).status_code == 422
    assert page(client, call, f"edit/documents/{document.pk}/remove/").status_code == 302


def test_anybody_asks_and_everybody_reads_the_answer(client, client_of, olga, sana, call):
    asked = page(client, call, "ask/", text="Who\u202e pays?", address="ann@example.org")
    assert asked.status_code == 302
    assert page(client_of(sana), call, "ask/", text="And when?").status_code == 302
    assert page(client, call, "ask/", text="", address="nobody").status_code == 422
    assert page(client, call, "ask/", text="Spam", address="s@example.org", web_site="http://x").status_code == 302
    first = Enquiry.objects.get(address="ann@example.org")
    assert first.text == "Who pays?"
    assert Enquiry.objects.count() == 2
    desk = client_of(olga)
    sent = {"public_text": "Who pays?", "answer": "Nobody."}
    assert page(client_of(sana), call, f"enquiries/{first.pk}/", **sent).status_code == 403
    assert page(desk, call, f"enquiries/{first.pk}/", **sent).status_code == 302
    assert page(desk, call, f"enquiries/{first.pk}/", answer="").status_code == 422
    assert b"Nobody." in client.get(f"/calls/{call.slug}/").content
    assert page(desk, call, f"enquiries/{Enquiry.objects.get(asker=sana).pk}/set-aside/").status_code == 302


def test_a_stranger_who_asks_too_often_is_slowed_down(client, call):
    for _n in range(5):
        page(client, call, "ask/", text="Again?", address="ann@example.org")
    assert page(client, call, "ask/", text="Again?", address="ann@example.org").status_code == 429
    assert Enquiry.objects.count() == 1


def test_the_builder_works_without_javascript(client_of, olga, draft):
    client = client_of(olga)

    def seen():
        return queries.newest_form(draft).revision

    add = {"revision": seen(), "kind": "choice", "label": "Which colour?", "options": "red = Red\nDark blue"}
    assert client.post(f"/calls/{draft.slug}/form/questions/?section=you", add).status_code == 302
    asked = queries.form_of(queries.newest_form(draft)).questions["which_colour"]
    assert asked.values == ("red", "dark_blue")
    change = {"revision": seen(), "kind": "long_text", "label": "Why?", "limit_unit": "words", "limit_most": 50}
    change |= {"when_question": "role", "when_test": "any_of", "when_value": "manager; director", "required": "on"}
    assert page(client, draft, "form/questions/which_colour/", **change).status_code == 302
    asked = queries.form_of(queries.newest_form(draft)).questions["which_colour"]
    assert (asked.kind, asked.limit.most, asked.when.values) == ("long_text", 50, ("manager", "director"))
    page(client, draft, "form/move/", revision=seen(), up="which_colour")
    page(client, draft, "form/move/", revision=seen(), what="section", down="you")
    page(client, draft, "form/move/", revision=seen(), sort="consents", order=["consent_photo", "consent"])
    sections = queries.newest_form(draft).sections
    assert [s["key"] for s in sections][:2] == ["organisation", "you"]
    assert sections[-1]["questions"][0]["key"] == "consent_photo"
    page(client, draft, "form/remove/", revision=seen(), key="which_colour")
    page(client, draft, "form/remove/", revision=seen(), what="section", key="consents")
    assert page(client, draft, "form/sections/", revision=seen(), title="Last", text="x").status_code == 302
    assert page(client, draft, "form/sections/last/", revision=seen(), title="The last").status_code == 302
    assert queries.newest_form(draft).sections[-1] == {"key": "last", "title": "The last", "questions": []}


def test_readers_of_the_questions_learn_when_one_is_asked(client_of, olga, draft, client):
    for key, when in (("years", {"when_test": "is_not", "when_value": "manager"}), ("approval", {"when_value": "yes"})):
        revision = queries.newest_form(draft).revision
        about = {"revision": revision, "kind": "text", "label": key, "when_question": "role", **when}
        if key == "approval":
            about |= {"when_question": "both_online", "when_test": "is"}
        assert page(client_of(olga), draft, f"form/questions/{key}/", **about).status_code == 302
    actions.publish_form(version=queries.form_draft(draft), by=olga, at=draft.opens_at)
    actions.publish(call=draft, by=olga, at=draft.opens_at)
    told = client.get(f"/calls/{draft.slug}/questions/").content.decode()
    assert "Asked only if the answer to “Your role” is not: " in told
    assert "Asked only if the answer to “I can attend all online days” is: Yes." in told


def test_moments_of_a_question_are_typed_and_shown_on_the_clock_of_the_call(client_of, olga, draft):
    client = client_of(olga)
    sent = {"revision": 1, "kind": "text", "label": "Role", "required_after": "2022-11-14T18:00"}
    assert page(client, draft, "form/questions/role/", **sent).status_code == 302
    asked = queries.form_of(queries.newest_form(draft)).questions["role"]
    assert asked.required_after == datetime(2022, 11, 14, 17, 0, tzinfo=UTC)  # 18:00 in Brussels, in winter
    shown = client.get(f"/calls/{draft.slug}/form/questions/role/").content.decode()
    assert 'value="2022-11-14T18:00"' in shown
    assert "On the clock of Europe/Brussels." in shown
    skipped = {**sent, "revision": 2, "required_after": "2023-03-26T02:30"}  # the clocks jump over it
    assert page(client, draft, "form/questions/role/", **skipped).status_code == 422


def test_in_the_builder_too_the_second_keeps_what_they_typed(client_of, olga, draft):
    client = client_of(olga)
    sent = {"revision": 1, "kind": "text", "label": "First"}
    assert page(client, draft, "form/questions/role/", **sent).status_code == 302
    second = page(client, draft, "form/questions/role/", **{**sent, "label": "My words"})
    assert second.status_code == 409
    assert "My words" in second.content.decode()
    assert (
        page(client, draft, "form/questions/role/", **{**sent, "revision": 2, "label": "My words"}).status_code == 302
    )
    moved = client.post(f"/calls/{draft.slug}/form/move/", {"revision": 1, "up": "role"}, follow=True)
    assert "Somebody else changed this form" in moved.content.decode()


def test_what_would_be_no_form_is_refused_with_its_reason(client_of, olga, draft):
    client = client_of(olga)
    no_options = {"revision": 1, "kind": "choice", "label": "X"}
    assert "needs options" in page(client, draft, "form/questions/role/", **no_options).content.decode()
    twice = {**no_options, "options": "One\nTwo\ntwo"}
    assert "“two” stands there twice." in page(client, draft, "form/questions/role/", **twice).content.decode()
    late = {
        "revision": 1,
        "kind": "text",
        "label": "X",
        "when_question": "consent",
        "when_test": "is",
        "when_value": "yes",
    }
    answer = page(client, draft, "form/questions/given_name/", **late)
    assert answer.status_code == 422
    assert "asked earlier" in answer.content.decode()
    crossed = {"revision": 1, "kind": "number", "label": "X", "minimum": 5, "maximum": 1}
    assert page(client, draft, "form/questions/years/", **crossed).status_code == 422
    assert client.get(f"/calls/{draft.slug}/form/questions/nowhere/").status_code == 404
    assert client.get(f"/calls/{draft.slug}/form/sections/nowhere/").status_code == 404
    assert client.get(f"/calls/{draft.slug}/form/versions/77/").status_code == 404


def test_the_preview_draws_what_is_being_typed(client_of, olga, draft):
    sent = {"kind": "choice", "label": "Which <b>colour</b>?", "options": "Red\nBlue"}
    looked = page(client_of(olga), draft, "form/preview/", **sent).content.decode()
    assert "Which &lt;b&gt;colour&lt;/b&gt;?" in looked
    assert looked.count('type="radio"') == 2
    assert "Not complete yet" in page(client_of(olga), draft, "form/preview/", kind="choice", label="").content.decode()


def test_changes_of_a_published_form_are_thrown_away(client_of, olga, call):
    client = client_of(olga)
    page(client, call, "form/remove/", revision=queries.newest_form(call).revision, key="years")
    assert queries.form_draft(call).number == 2
    page(client, call, "form/discard/")
    assert queries.form_draft(call) is None
    page(client, call, "form/discard/")
    assert "nothing new" in client.post(f"/calls/{call.slug}/form/publish/", {}, follow=True).content.decode()


# ---------------------------------------------------------------------------------------------- machines and queries


def test_feeds_are_what_they_say(client, venues):
    feed = json.loads(client.get("/calls/feed.json").content)
    assert feed["items"][0]["_call"]["state"] == "open"
    assert feed["items"][0]["url"] == f"http://testserver/calls/{venues.slug}/"
    rss = ElementTree.fromstring(client.get("/calls/feed.xml").content)
    assert rss.findtext("channel/item/title") == venues.title
    before = Calendar.from_ical(client.get(f"/calls/{venues.slug}/deadline.ics").content).walk("VEVENT")[0]
    actions.extend(call=venues, until=venues.deadline_at + timedelta(days=3), reason="x", by=None, at=now())
    after = Calendar.from_ical(client.get("/calls/calendar.ics").content).walk("VEVENT")[0]
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt > before["dtstart"].dt


def test_the_feeds_begin_with_the_newest_call(client, olga, venues):
    later = make.open_call(at=now() + timedelta(days=1), organiser=olga, slug="later")
    assert json.loads(client.get("/calls/feed.json").content)["items"][0]["url"].endswith(f"/calls/{later.slug}/")
    rss = ElementTree.fromstring(client.get("/calls/feed.xml").content)
    assert rss.findtext("channel/item/link").endswith(f"/calls/{later.slug}/")


def test_the_page_tells_search_engines_until_when_a_place_can_be_had(client, call):
    html = client.get(f"/calls/{call.slug}/").content.decode()
    told = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert (told["@type"], told["offers"]["availabilityEnds"]) == ("EducationEvent", call.deadline_at.isoformat())
    assert "endDate" not in told


def test_the_page_tells_search_engines_what_it_is(client, olga, venues):
    actions.change_texts(call=venues, values={"title": "A </script><b>call"}, by=olga, at=now())
    html = client.get(f"/calls/{venues.slug}/").content.decode()
    told = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert told["name"] == "A </script><b>call"
    assert told["url"] == f"http://testserver/calls/{venues.slug}/"
    assert told["validThrough"] == venues.deadline_at.isoformat()


def test_the_white_book_is_a_tagged_pdf(client, venues, call):
    pdf = client.get(f"/calls/{venues.slug}/white-book.pdf").content
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in pdf or b"/MarkInfo" in pdf
    assert client.get(f"/calls/{call.slug}/white-book.pdf").status_code == 404


@pytest.mark.parametrize(
    "path,most", [("", 15), ("questions/", 15), ("edit/", 15), ("form/", 15), ("edit/criteria/", 15)]
)
def test_no_page_needs_more_than_fifteen_queries(
    client_of, olga, sana, call, path, most, django_assert_max_num_queries
):
    client = client_of(olga)
    for n in range(3):
        enquiry = actions.ask(call=call, text=f"{n}?", by=sana, at=now())
        actions.answer(enquiry=enquiry, public_text=f"{n}?", answer="!", by=olga, at=now())
    with django_assert_max_num_queries(most):
        assert client.get(f"/calls/{call.slug}/{path}").status_code == 200


def test_the_first_view_of_a_call_stays_within_twenty_kilobytes(client, venues):
    assert len(client.get(f"/calls/{venues.slug}/").content) < 20_000
