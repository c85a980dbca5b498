"""The doors: who gets in, what the pages say, how many queries they ask."""

import json
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils.timezone import now
from openpyxl import load_workbook

from booster.applications import actions
from booster.applications.access import code_of
from booster.applications.models import Application, Partner
from booster.applications.tests import make
from booster.applications.tests.test_actions import VENUE, invite, pdf
from booster.calls import actions as calls
from booster.chronicle.tasks import run_errands
from booster.kit import inlets
from booster.people import actions as people
from booster.people.models import Person
from booster.post.models import Letter


@pytest.fixture
def call(olga):
    return make.call(at=now(), organiser=olga)


@pytest.fixture
def venues(olga):
    return make.call(at=now(), kind="venues", sections=VENUE, organiser=olga)


def closed(call):
    """The deadline passed an hour ago."""
    call.deadline_at = now() - timedelta(hours=1)
    type(call).objects.filter(pk=call.pk).update(deadline_at=call.deadline_at)


def begin(client, call, **values):
    page = client.get(f"/calls/{call.slug}/apply/")
    holder = re.search(r'name="holder" value="([^"]+)"', page.content.decode())[1]
    sent = {"name": "Nora New", "address": "new@example.org", "holder": holder, **values}
    return client.post(f"/calls/{call.slug}/apply/", sent)


def mailed_link(address="new@example.org", kind="private_link"):
    run_errands(at=now())
    letter = Letter.objects.filter(address=address, kind=f"applications.{kind}").first()
    return re.search(r"http://\S+(/l/\S+/)", letter.body)[1], letter


# -- beginning without an account


@pytest.mark.parametrize(
    "name, answers",
    [
        ("Nora New", {"given_name": "Nora", "family_name": "New", "email": "new@example.org"}),
        ("Nora", {"given_name": "Nora", "email": "new@example.org"}),
        ("Ana Maria de Sousa", {"email": "new@example.org"}),
    ],
)
def test_what_was_given_at_the_beginning_is_not_asked_for_twice(olga, name, answers):
    asked = make.call(at=now(), organiser=olga)
    assert begin(Client(), asked, name=name).status_code == 302
    assert Application.objects.get().answers == answers


def test_name_and_address_are_enough_and_the_form_opens(call):
    client = Client()
    answer = begin(client, call)
    draft = Application.objects.get()
    assert answer["Location"] == f"/applications/{draft.pk}/"
    page = client.get(answer["Location"]).content.decode()
    assert "First name" in page
    assert "We sent a private link to new@example.org" in page


def test_every_stranger_gets_a_token_and_a_holder_of_their_own_for_one_query(call, django_assert_num_queries):
    Client().get(f"/calls/{call.slug}/apply/")
    pages, token = [], re.compile(r'name="(?:csrfmiddlewaretoken|holder)" value="([^"]+)"')
    for client in (Client(), Client()):
        with django_assert_num_queries(1):
            pages.append(client.get(f"/calls/{call.slug}/apply/"))
    assert len({one for page in pages for one in token.findall(page.content.decode())}) == 4
    assert [page["Cache-Control"] for page in pages] == ["private, no-store"] * 2


def test_the_token_of_a_kept_page_is_good_and_a_foreign_one_is_not(call):
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"/calls/{call.slug}/apply/").content.decode()
    sent = dict(re.findall(r'name="(csrfmiddlewaretoken|holder)" value="([^"]+)"', page))
    sent |= {"name": "Nora New", "address": "new@example.org"}
    assert client.post(f"/calls/{call.slug}/apply/", sent).status_code == 302
    assert Client(enforce_csrf_checks=True).post(f"/calls/{call.slug}/apply/", sent).status_code == 403


def test_the_deadline_ends_the_kept_page_to_the_second_and_an_extension_opens_it(call, olga):
    assert "Entry code" not in Client().get(f"/calls/{call.slug}/apply/").content.decode()
    closed(call)
    assert "Entry code" in Client().get(f"/calls/{call.slug}/apply/").content.decode()
    calls.extend(call=call, until=now() + timedelta(days=3), reason="Holidays", by=olga, at=now())
    assert "Entry code" not in Client().get(f"/calls/{call.slug}/apply/").content.decode()


def test_the_browser_holds_this_draft_and_nothing_else(call, paula):
    client, other = Client(), make.draft(call=call, by=paula, at=now())
    begin(client, call)
    draft = Application.objects.get(applicant=None)
    assert client.get(f"/applications/{draft.pk}/").status_code == 200
    assert client.get(f"/applications/{other.pk}/").status_code == 302
    assert Client().get(f"/applications/{draft.pk}/").status_code == 302


def test_the_page_says_the_same_for_a_known_and_an_unknown_address(call, paula):
    known, unknown = Client(), Client()
    assert begin(known, call, address=paula.email).status_code == begin(unknown, call).status_code == 302
    pages = [
        re.sub(
            r"[\w.]+@example.org|/\d+/|value=\"\S+\"|application-\d+|nonce\S+",
            "",
            c.get(f"/applications/{a.pk}/").content.decode(),
        )
        for c, a in zip((known, unknown), Application.objects.order_by("pk"), strict=True)
    ]
    assert len(pages[0]) == len(pages[1])


@pytest.mark.parametrize("values", [{"name": " \u200b "}, {"address": "nobody"}, {"address": ""}])
def test_a_name_and_a_usable_address_are_needed(call, values):
    assert begin(Client(), call, **values).status_code == 200
    assert not Application.objects.exists()


def test_a_holder_that_is_not_ours_is_replaced(call):
    begin(Client(), call, holder="x")
    assert len(Application.objects.get().holder) == 22


def test_one_address_is_not_flooded_with_letters(call):
    codes = [begin(Client(REMOTE_ADDR=f"10.0.0.{n}"), call).status_code for n in range(6)]
    assert codes == [302] * 5 + [429]


def test_the_mailed_link_verifies_and_the_code_does_as_well(call):
    client = Client()
    begin(client, call)
    link, _letter = mailed_link()
    assert Application.objects.get().applicant is None
    client.get(link)
    assert Application.objects.get().applicant is None  # a mail scanner burns nothing
    assert client.post(link)["Location"] == f"/applications/{Application.objects.get().pk}/"
    assert Application.objects.get().applicant == Person.objects.get(email="new@example.org")


def test_the_code_in_the_letter_can_be_typed_in(call):
    client = Client()
    begin(client, call)
    draft = Application.objects.get()
    _link, letter = mailed_link()
    assert code_of(draft) in letter.body
    client.post(f"/applications/{draft.pk}/verify/", {"code": "12 34"})
    assert Application.objects.get().verified_at is None
    client.post(f"/applications/{draft.pk}/verify/", {"code": f" {code_of(draft)[:4]} {code_of(draft)[4:]}"})
    assert Application.objects.get().verified_at is not None


def test_codes_cannot_be_guessed_for_long(call):
    client = Client()
    begin(client, call)
    url = f"/applications/{Application.objects.get().pk}/verify/"
    assert [client.post(url, {"code": f"{n:08d}"}).status_code for n in range(11)] == [302] * 10 + [429]


def test_a_link_opened_in_another_browser_leads_there_and_shuts_the_first_out_until_the_code(call):
    first, second = Client(), Client()
    begin(first, call)
    draft = Application.objects.get()
    link, _letter = mailed_link()
    second.post(link)
    assert second.get(f"/applications/{draft.pk}/").status_code == 200
    assert first.get(f"/applications/{draft.pk}/").status_code == 302


def test_a_link_works_once_and_a_forwarded_one_no_more(call):
    client = Client()
    begin(client, call)
    link, _letter = mailed_link()
    client.post(link)
    assert Client().post(link).status_code == 410


def test_a_known_person_comes_to_the_draft_that_they_have(call, paula):
    older = make.draft(call=call, by=paula, at=now(), goal="old")
    client = Client()
    begin(client, call, address=paula.email)
    link, _letter = mailed_link(paula.email)
    assert client.post(link)["Location"] == f"/applications/{older.pk}/"
    assert client.get(f"/applications/{older.pk}/").status_code == 200


def test_the_letter_comes_again_on_request_a_few_times(call):
    client = Client()
    begin(client, call)
    url = f"/applications/{Application.objects.get().pk}/ask-link/"
    assert [client.post(url).status_code for _ in range(5)] == [302] * 4 + [429]
    run_errands(at=now())
    assert Letter.objects.count() == 5


def test_late_the_page_says_so_kindly_and_takes_an_entry_code(call):
    closed(call)
    page = Client().get(f"/calls/{call.slug}/apply/").content.decode()
    assert "The deadline has passed" in page
    assert begin(Client(), call, code="NONE-NONE-NONE").status_code == 200
    code = calls.make_entry_code(call=call, note="x", valid_until=now() + timedelta(days=1), by=None, at=now())
    assert begin(Client(), call, code=code.code).status_code == 302


def test_a_call_that_has_not_opened_takes_nothing(call, paula, client_of):
    type(call).objects.filter(pk=call.pk).update(opens_at=now() + timedelta(days=1))
    assert "has not opened yet" in Client().get(f"/calls/{call.slug}/apply/").content.decode()
    client_of(paula).post(f"/calls/{call.slug}/apply/")
    assert not Application.objects.exists()


# -- signed in


def test_one_click_begins_and_earlier_answers_come_along(call, paula, client_of):
    earlier = make.application(call=make.call(at=now()), by=paula, at=now())
    client = client_of(paula)
    assert f'value="{earlier.pk}"' in client.get(f"/calls/{call.slug}/apply/").content.decode()
    client.post(f"/calls/{call.slug}/apply/", {"reuse": earlier.pk})
    assert Application.objects.get(call=call).answers["goal"] == "A service that members pay for."


def test_nobody_reuses_anothers_answers(call, paula, pavel, client_of):
    theirs = make.application(call=make.call(at=now()), by=pavel, at=now())
    client_of(paula).post(f"/calls/{call.slug}/apply/", {"reuse": theirs.pk})
    draft = Application.objects.get(call=call)
    assert "goal" not in draft.answers
    client_of(paula).post(f"/applications/{draft.pk}/reuse/", {"reuse": theirs.pk})
    draft.refresh_from_db()
    assert "goal" not in draft.answers


def test_a_browser_that_merely_holds_a_draft_reaches_no_earlier_answers(call, paula):
    earlier = make.application(call=make.call(at=now()), by=paula, at=now())
    client = Client()
    begin(client, call, address=paula.email)
    client.post(mailed_link(paula.email)[0])
    draft = Application.objects.get(call=call, applicant=paula)
    assert client.post(f"/applications/{draft.pk}/reuse/", {"reuse": earlier.pk}).status_code == 302
    draft.refresh_from_db()
    assert "goal" not in draft.answers


def test_with_a_code_a_signed_in_person_begins_late(call, paula, client_of):
    closed(call)
    client = client_of(paula)
    assert "used up" not in client.post(f"/calls/{call.slug}/apply/", {"code": "AAAA-BBBB-CCCC"}).content.decode()
    code = calls.make_entry_code(call=call, note="x", valid_until=now() + timedelta(days=1), by=None, at=now())
    assert client.post(f"/calls/{call.slug}/apply/", {"code": code.code}).status_code == 302


# -- the form


def test_every_section_opens_and_all_of_them_on_one_page(call, paula, client_of):
    draft = make.draft(call=call, by=paula, at=now())
    client = client_of(paula)
    for section in ("you", "organisation", "learning", "commitment", "consents", "all", "nonsense"):
        assert client.get(f"/applications/{draft.pk}/?section={section}&missing=1").status_code == 200
    page = client.get(f"/applications/{draft.pk}/?section=learning").content.decode()
    assert "Judged under" in page
    assert "Challenge, 40 of 100 points" in page
    assert "0 of 300 words" in page


def test_a_section_that_is_judged_under_one_criterion_says_so_once(hana, client_of):
    draft = make.draft(call=make.call(at=now(), kind="venues"), by=hana, at=now())
    page = client_of(hana).get(f"/applications/{draft.pk}/?section=reach").content.decode()
    assert page.count("Reach and stay, 15 of 100 points") == 1
    assert "This section is judged under" in page


def test_the_form_of_the_venue_template_opens_whole(olga, hana, client_of):
    draft = make.draft(call=make.call(at=now(), kind="venues"), by=hana, at=now())
    page = client_of(hana).get(f"/applications/{draft.pk}/?section=all").content.decode()
    assert 'name="rooms-0-name"' in page
    assert 'name="dates-0-first"' in page
    assert 'type="file"' in page


def test_saving_by_button_keeps_everything_and_goes_on(call, paula, client_of):
    draft = make.draft(call=call, by=paula, at=now())
    url = f"/applications/{draft.pk}/?section=you"
    sent = {
        "section": "you",
        "revision": 1,
        "given_name": "P",
        "role": "manager",
        "years": "many",
        "then": "organisation",
    }
    assert client_of(paula).post(url, sent)["Location"] == f"/applications/{draft.pk}/?section=organisation"
    draft.refresh_from_db()
    assert (draft.answers["given_name"], draft.answers["years"], draft.answers["family_name"]) == ("P", "many", None)
    assert "is not a number" in client_of(paula).get(url).content.decode()


def test_lines_are_added_and_taken_out_without_scripts(hana, client_of):
    draft = make.draft(call=make.call(at=now(), kind="venues"), by=hana, at=now())
    url = f"/applications/{draft.pk}/?section=all"
    rooms = {"rooms-0-name": "A", "rooms-0-cabaret": "60", "rooms-1-name": "B", "rooms-1-daylight": "yes"}
    client_of(hana).post(url, {"revision": 1, **rooms, "add": "rooms"})
    draft.refresh_from_db()
    assert draft.answers["rooms"] == [{"name": "A", "cabaret": 60}, {"name": "B", "daylight": True}]
    client_of(hana).post(url, {"revision": draft.revision, **rooms, "remove": "rooms-0"})
    draft.refresh_from_db()
    assert draft.answers["rooms"] == [{"name": "B", "daylight": True}]


def test_words_beyond_the_limit_are_kept_and_said(call, paula, client_of):
    draft = make.draft(call=call, by=paula, at=now())
    text = "\u202ea\u200bword " * 1000
    client_of(paula).post(
        f"/applications/{draft.pk}/?section=learning", {"section": "learning", "revision": 1, "challenge": text}
    )
    draft.refresh_from_db()
    assert draft.answers["challenge"] == ("aword " * 1000).strip()
    assert (
        "1000 words, at most 300"
        in client_of(paula).get(f"/applications/{draft.pk}/?section=learning").content.decode()
    )


def test_a_script_in_an_answer_stays_text(call, paula, client_of, olga):
    sent = make.application(call=call, by=paula, at=now(), goal="<script>alert(1)</script>")
    page = client_of(olga).get(f"/applications/{sent.pk}/file/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_page_that_saves_by_itself_is_told_when_its_reader_is_no_longer_signed_in(call, paula):
    draft = make.draft(call=call, by=paula, at=now(), goal="stays")
    sent = {"revision": draft.revision, "goal": "typed after the session ended"}
    answer = Client().post(f"/applications/{draft.pk}/save/", sent, headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json() == {
        "message": "You are no longer signed in here. Your text is kept in this browser and put back once you sign in."
    }
    draft.refresh_from_db()
    assert draft.answers["goal"] == "stays"


def test_the_page_saves_by_itself_only_what_changed(call, paula, client_of):
    draft = make.draft(call=call, by=paula, at=now(), goal="stays")
    answer = client_of(paula).post(
        f"/applications/{draft.pk}/save/",
        {"revision": draft.revision, "years": "x", "topics-green": "2", "topics-funding": "1"},
    )
    assert answer.json() == {"revision": draft.revision + 1, "errors": {"years": "“x” is not a number."}}
    draft.refresh_from_db()
    assert (draft.answers["goal"], draft.answers["topics"], draft.answers["years"]) == (
        "stays",
        ["funding", "green"],
        "x",
    )


def test_a_cleared_box_is_saved_as_nothing(call, paula, client_of):
    draft = make.draft(call=call, by=paula, at=now(), ecosystems=["tourism"])
    client_of(paula).post(f"/applications/{draft.pk}/save/", {"revision": draft.revision, "cleared": "ecosystems"})
    draft.refresh_from_db()
    assert draft.answers["ecosystems"] is None


def test_no_is_an_answer(call, paula, client_of):
    draft = make.draft(call=call, by=paula, at=now())
    client_of(paula).post(f"/applications/{draft.pk}/save/", {"revision": draft.revision, "both_online": "no"})
    draft.refresh_from_db()
    assert draft.answers["both_online"] is False


def test_two_editors_in_one_question_are_shown_both_texts(venues, hana, pavel, client_of):
    draft = make.draft(call=venues, by=hana, at=now(), venue_name="Old")
    actions.join(partner=invite(draft, hana, section_keys=[]), at=now())
    base = draft.revision
    client_of(hana).post(f"/applications/{draft.pk}/save/", {"revision": base, "venue_name": "Hers"})
    told = client_of(pavel).post(
        f"/applications/{draft.pk}/save/", {"revision": base, "venue_name": "His", "cost": "5"}
    )
    assert told.status_code == 409
    (clash,) = told.json()["clashes"]
    assert (clash["theirs"], clash["yours"], clash["by"], clash["label"]) == ("Hers", "His", "Hana Horváth", "Name")
    draft.refresh_from_db()
    assert (draft.answers["venue_name"], draft.answers["cost"]) == ("Hers", 5)


def test_without_scripts_both_texts_stand_on_a_page_and_one_chooses(venues, hana, pavel, client_of):
    draft = make.draft(call=venues, by=hana, at=now(), venue_name="Old")
    actions.join(partner=invite(draft, hana, section_keys=[]), at=now())
    url, base = f"/applications/{draft.pk}/?section=place", draft.revision
    client_of(hana).post(url, {"section": "place", "revision": base, "venue_name": "Hers"})
    page = client_of(pavel).post(url, {"section": "place", "revision": base, "venue_name": "His"})
    assert page.status_code == 409
    draft.refresh_from_db()
    chosen = {
        "chosen": 1,
        "revision": draft.revision,
        "yours:venue_name": json.dumps("His"),
        "choice:venue_name": "yours",
    }
    client_of(pavel).post(url, chosen)
    draft.refresh_from_db()
    assert draft.answers["venue_name"] == "His"


@pytest.mark.parametrize("choice", ["theirs", "yours:state"])
def test_choosing_theirs_changes_nothing(venues, hana, client_of, choice):
    draft = make.draft(call=venues, by=hana, at=now(), venue_name="Old")
    sent = {"chosen": 1, "revision": 9, "yours:venue_name": '"x"', "choice:venue_name": choice, "choice:state": "yours"}
    client_of(hana).post(f"/applications/{draft.pk}/", sent)
    draft.refresh_from_db()
    assert draft.answers == {"venue_name": "Old"}


def test_saving_by_itself_after_the_deadline_says_why(call, paula, client_of):
    sent = make.application(call=call, by=paula, at=now())
    closed(call)
    answer = client_of(paula).post(f"/applications/{sent.pk}/save/", {"revision": "x", "goal": "late"})
    assert (answer.status_code, answer.json()) == (409, {"message": "This application cannot be changed any more."})


def test_regions_follow_the_country_and_organisations_are_found(call, paula, client_of):
    sent = make.application(call=call, by=paula, at=now())
    client = client_of(paula)
    assert (
        "Attiki"
        in (page := client.get(f"/applications/{sent.pk}/regions/?country=GR&country_key=country").content.decode())
        or "EL30" in page
    )
    assert client.get(f"/applications/{sent.pk}/regions/?country=XX").content.decode().count("<option") == 1
    assert (
        "Atlantic Food Cluster"
        in client.get(f"/applications/{sent.pk}/organisations/?organisation_name=atlantic").content.decode()
    )
    assert client.get(f"/applications/{sent.pk}/organisations/?organisation_name=at").content.decode().strip() == ""


def test_a_question_that_is_needed_later_says_optional_until_then(paula, client_of):
    asked = {"key": "a", "kind": "text", "label": "Later", "required_after": (now() + timedelta(days=2)).isoformat()}
    call = make.call(at=now(), sections=[{"key": "s", "title": "S", "questions": [asked]}])
    draft = make.draft(call=call, by=paula, at=now())
    url = f"/applications/{draft.pk}/"
    assert "(optional)" in client_of(paula).get(url).content.decode()
    assert "Send my application</button>" in client_of(paula).get(f"{url}send/").content.decode()
    call.form_versions.update(
        sections=[{"key": "s", "title": "S", "questions": [{**asked, "required_after": now().isoformat()}]}]
    )
    assert "(required)" in client_of(paula).get(url).content.decode()


# -- files


def test_files_are_uploaded_opened_and_removed(venues, hana, sana, client_of):
    draft = make.draft(call=venues, by=hana, at=now())
    url = f"/applications/{draft.pk}/?section=place"
    client_of(hana).post(url, {"section": "place", "revision": 1, "plan": pdf(), "then": "stay"})
    draft.refresh_from_db()
    (named,) = draft.answers["plan"]
    assert "plan.pdf" in client_of(hana).get(url).content.decode()
    opened = client_of(hana).get(f"/applications/{draft.pk}/attachments/{named['id']}/")
    assert opened.status_code == 200
    assert client_of(sana).get(f"/applications/{draft.pk}/attachments/{named['id']}/").status_code == 404
    client_of(hana).post(url, {"section": "place", "revision": 9, "remove_file": f"plan:{named['id']}"})
    draft.refresh_from_db()
    assert draft.answers["plan"] == []
    assert client_of(hana).get(f"/applications/{draft.pk}/attachments/{named['id']}/").status_code == 404


def test_a_file_that_is_not_taken_is_said_and_the_text_stays(venues, hana, client_of):
    draft = make.draft(call=venues, by=hana, at=now())
    url = f"/applications/{draft.pk}/?section=place"
    sent = {"section": "place", "revision": 1, "venue_name": "Hall", "plan": pdf("virus.exe"), "then": "cost"}
    page = client_of(hana).post(url, sent, follow=True)
    assert "virus.exe" in page.content.decode()
    assert page.request["QUERY_STRING"] == "section=place"
    draft.refresh_from_db()
    assert draft.answers == {"venue_name": "Hall"}


def test_the_copy_is_a_pdf_whatever_the_answers_hold(call, paula, olga, sana, client_of):
    sent = make.application(call=call, by=paula, at=now(), goal='#import "x": *\n$ ] ) \\ <a> @b Αθήνα')
    for person, path in ((paula, "copy.pdf"), (olga, "file.pdf")):
        answer = client_of(person).get(f"/applications/{sent.pk}/{path}")
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
        assert client_of(sana).get(f"/applications/{sent.pk}/{path}").status_code == 404


# -- sending


def test_what_is_missing_is_a_list_with_links(call, paula, client_of):
    draft = make.draft(call=call, by=paula, at=now())
    page = client_of(paula).get(f"/applications/{draft.pk}/send/").content.decode()
    links = re.findall(r"section=(\w+)&amp;missing=1#field-(\w+)", page)
    assert links[:3] == [("you", "role"), ("you", "years"), ("organisation", "organisation_name")]
    assert "Send my application</button>" not in page


def test_sending_twice_in_a_row_is_one_application_and_one_receipt(call, paula, client_of):
    draft = make.draft(call=call, by=paula, at=now(), **make.ANSWERS["participants"])
    client = client_of(paula)
    for _ in range(2):
        assert client.post(f"/applications/{draft.pk}/send/").status_code == 302
    run_errands(at=now())
    assert Letter.objects.filter(kind="applications.receipt").count() == 1
    assert "Your application has arrived." in client.get(f"/applications/{draft.pk}/").content.decode()


def test_a_minute_late_the_page_is_kind_keeps_the_text_and_takes_a_code(call, paula, client_of):
    draft = make.draft(call=call, by=paula, at=now(), **make.ANSWERS["participants"])
    closed(call)
    client = client_of(paula)
    page = client.post(f"/applications/{draft.pk}/send/")
    text = page.content.decode()
    assert page.status_code == 409
    assert "Everything that you wrote is kept" in text
    assert "Our members come to events and not to projects." in text
    client.post(f"/applications/{draft.pk}/use-code/", {"code": "nonsense"})
    code = calls.make_entry_code(call=call, note="x", valid_until=now() + timedelta(days=1), by=None, at=now())
    client.post(f"/applications/{draft.pk}/use-code/", {"code": code.code})
    assert client.post(f"/applications/{draft.pk}/send/").status_code == 302


def test_changes_are_shown_as_not_sent_until_they_are(call, paula, client_of):
    sent = make.application(call=call, by=paula, at=now())
    client = client_of(paula)
    client.post(f"/applications/{sent.pk}/save/", {"revision": sent.revision, "goal": "better"})
    assert "not sent yet" in client.get(f"/applications/{sent.pk}/").content.decode()
    assert client.get(f"/applications/{sent.pk}/?section=learning").content.decode().count("better") == 1
    client.post(f"/applications/{sent.pk}/send/")
    sent.refresh_from_db()
    assert sent.answers["goal"] == "better"


def test_a_later_application_asks_before_it_replaces(call, paula, client_of):
    make.application(call=call, by=paula, at=now())
    second = make.draft(call=call, by=paula, at=now(), **make.ANSWERS["participants"])
    client = client_of(paula)
    assert "P-0001" in client.get(f"/applications/{second.pk}/send/").content.decode()
    assert client.post(f"/applications/{second.pk}/send/").status_code == 409
    assert client.post(f"/applications/{second.pk}/send/", {"replace": "yes"}).status_code == 302


def test_withdrawing_asks_once_and_can_be_undone(call, paula, client_of):
    sent = make.application(call=call, by=paula, at=now())
    client = client_of(paula)
    assert client.get(f"/applications/{sent.pk}/withdraw/").status_code == 200
    client.post(f"/applications/{sent.pk}/withdraw/", {"reason": "x"})
    assert "Take it up again" in client.get(f"/applications/{sent.pk}/").content.decode()
    client.post(f"/applications/{sent.pk}/restore/")
    sent.refresh_from_db()
    assert sent.state == "draft"


# -- strangers


PATHS = [
    "",
    "send/",
    "withdraw/",
    "partners/",
    "file/",
    "ask-completion/",
    "regions/",
    "organisations/",
    "attachments/1/",
    "file/attachments/1/",
]


@pytest.mark.parametrize("path", PATHS)
def test_whoever_guesses_an_address_finds_nothing(call, paula, sana, client_of, path):
    draft = make.draft(call=call, by=paula, at=now())
    assert client_of(sana).get(f"/applications/{draft.pk}/{path}").status_code == 404
    assert client_of(sana).get(f"/applications/99999/{path}").status_code == 404
    assert client_of(None).get(f"/applications/{draft.pk}/{path}").status_code == 302


@pytest.mark.parametrize("path", ["", "send/", "file/", "ask-completion/", "attachments/1/", "file/attachments/1/"])
def test_not_even_an_organiser_sees_a_draft(call, paula, olga, client_of, path):
    draft = make.draft(call=call, by=paula, at=now())
    assert client_of(olga).get(f"/applications/{draft.pk}/{path}").status_code == 404


def test_an_organiser_reads_what_was_sent_and_never_what_is_merely_typed(call, paula, olga, client_of):
    sent = make.application(call=call, by=paula, at=now())
    actions.save_answers(application=sent, answers={"goal": "secret thoughts"}, revision=99, by=paula, at=now())
    page = client_of(olga).get(f"/applications/{sent.pk}/file/").content.decode()
    assert "A service that members pay for." in page
    assert "secret thoughts" not in page
    assert client_of(olga).get(f"/applications/{sent.pk}/").status_code == 404


def test_an_organiser_of_another_edition_sees_nothing(call, paula, pavel, client_of):
    sent = make.application(call=call, by=paula, at=now())
    make.call(at=now(), organiser=pavel)
    assert client_of(pavel).get(f"/applications/{sent.pk}/file/").status_code == 404
    assert client_of(pavel).get(f"/calls/{call.slug}/applications/").status_code == 404
    assert client_of(pavel).get(f"/calls/{call.slug}/applications/export/").status_code == 404


def test_a_partner_may_not_send_nor_withdraw(venues, hana, pavel, client_of):
    draft = make.draft(call=venues, by=hana, at=now())
    actions.join(partner=invite(draft, hana), at=now())
    client = client_of(pavel)
    assert client.get(f"/applications/{draft.pk}/").status_code == 200
    for path in ("send/", "withdraw/", "restore/", "use-code/"):
        assert client.post(f"/applications/{draft.pk}/{path}").status_code == 403


# -- partners


def test_a_partner_comes_by_the_letter_signs_and_leaves(venues, hana, client_of):
    draft = make.draft(call=venues, by=hana, at=now(), venue_name="Hall", cost=1)
    client, partner = client_of(hana), Client()
    sent = {"organisation_name": "Uni Sofia", "name": "Vera", "address": "vera@example.org", "section_keys": "cost"}
    assert client.post(f"/applications/{draft.pk}/partners/", sent).status_code == 302
    link, _letter = mailed_link("vera@example.org", "invitation")
    assert partner.post(link)["Location"] == f"/applications/{draft.pk}/"
    assert 'name="cost"' in partner.get(f"/applications/{draft.pk}/?section=cost").content.decode()
    partner.post(f"/applications/{draft.pk}/save/", {"revision": draft.revision, "cost": "7"})
    draft.refresh_from_db()
    assert draft.answers["cost"] == 7
    partner.post(f"/applications/{draft.pk}/partners/sign-off/", {"revision": draft.revision - 1})
    assert Partner.objects.get().state == "joined"
    partner.post(f"/applications/{draft.pk}/partners/sign-off/", {"revision": draft.revision})
    assert Partner.objects.get().state == "signed_off"
    client.post(f"/applications/{draft.pk}/save/", {"revision": draft.revision, "venue_name": "Barn"})
    assert "Changed since you signed" in partner.get(f"/applications/{draft.pk}/partners/").content.decode()
    assert "Uni Sofia" in client.get(f"/applications/{draft.pk}/send/").content.decode()
    partner.post(f"/applications/{draft.pk}/partners/sign-off/", {"take_back": "yes"})
    assert partner.post(f"/applications/{draft.pk}/partners/leave/", follow=True).status_code == 200
    assert partner.get(f"/applications/{draft.pk}/").status_code == 302


def test_an_invited_person_who_signs_in_joins_with_one_click(venues, hana, pavel, client_of):
    draft = make.draft(call=venues, by=hana, at=now())
    actions.join(partner=invite(draft, hana), by=pavel, at=now())
    Partner.objects.update(state="invited")
    assert client_of(pavel).post(f"/applications/{draft.pk}/partners/sign-off/", {"revision": 1}).status_code == 403
    client_of(pavel).post(f"/applications/{draft.pk}/partners/join/")
    assert Partner.objects.get().state == "joined"


def test_the_applicant_invites_again_removes_and_is_told_what_is_wrong(venues, hana, client_of):
    draft = make.draft(call=venues, by=hana, at=now())
    partner, client = invite(draft, hana), client_of(hana)
    assert client.post(f"/applications/{draft.pk}/partners/{partner.pk}/invite-again/").status_code == 302
    assert client.post(f"/applications/{draft.pk}/partners/{partner.pk}/remove/").status_code == 302
    assert client.post(f"/applications/{draft.pk}/partners/{partner.pk}/remove/").status_code == 404
    own = {"organisation_name": "X", "name": "X", "address": "hana@example.org"}
    assert "own address" in client.post(f"/applications/{draft.pk}/partners/", own).content.decode()
    assert (
        "No letter can reach"
        in client.post(f"/applications/{draft.pk}/partners/", {**own, "address": "x"}).content.decode()
    )


def test_a_signed_in_partner_lands_in_their_own_section_and_is_led_to_the_signature(venues, hana, pavel, client_of):
    draft = actions.start(call=venues, by=hana, at=now())
    own = draft.form_version.sections[-1]["key"]
    actions.join(partner=invite(draft, hana, section_keys=[own]), by=pavel, at=now())
    client = client_of(pavel)
    form = client.get(f"/applications/{draft.pk}/").content.decode()
    assert f'name="section" value="{own}"' in form
    assert "Save and go to my signature" in form
    first = client.get(f"/applications/{draft.pk}/?section={draft.form_version.sections[0]['key']}").content.decode()
    assert "Others write this section" in first
    kept = client.post(f"/applications/{draft.pk}/?section={own}", {"revision": draft.revision, "then": "sign"})
    assert kept["Location"] == f"/applications/{draft.pk}/partners/"
    assert "Your signature" in client.get(kept["Location"]).content.decode()


def test_a_removed_partner_finds_the_link_void(venues, hana):
    draft = make.draft(call=venues, by=hana, at=now())
    partner = invite(draft, hana, address="vera@example.org")
    link, _letter = mailed_link("vera@example.org", "invitation")
    actions.remove_partner(partner=partner, by=hana, at=now())
    assert Client().post(link).status_code == 404


# -- organisers


def test_the_list_filters_sorts_and_searches_in_any_spelling(call, olga, paula, pavel, client_of):
    make.application(call=call, by=paula, at=now())
    make.application(
        call=call, by=pavel, at=now(), country="BG", organisation_name="Клъстър София", ecosystems=["tourism"]
    )
    make.draft(call=call, by=olga, at=now())
    client, url = client_of(olga), f"/calls/{call.slug}/applications/"

    def found(query):
        return re.findall(r"P-\d{4}", client.get(f"{url}?{query}").content.decode().split("<tbody>")[-1])

    assert found("") == ["P-0001", "P-0002"]
    assert found("sort=-reference") == ["P-0002", "P-0001"]
    assert found("q=PEREÏRA") == ["P-0001"]
    assert found("q=клъстър") == ["P-0002"]
    assert found("country=BG") == ["P-0002"]
    assert found("ecosystem=tourism") == ["P-0002"]
    assert found("state=withdrawn") == []
    assert found("state=nonsense&sort=nonsense&page=x&size=7") == ["P-0001", "P-0002"]
    assert "1 more is being written" in client.get(url).content.decode()


def test_upper_rooms_add_a_column_and_a_filter(call, olga, paula, pavel, client_of, monkeypatch):
    one = make.application(call=call, by=paula, at=now())
    make.application(call=call, by=pavel, at=now())
    column = {"key": "verdict", "label": "Verdict", "choices": [["ok", "Eligible"]], "values": {str(one.pk): "ok"}}
    monkeypatch.setitem(
        inlets._fragments, "applications.columns", [lambda request, call: json.dumps(column), lambda r, c: ""]
    )
    page = client_of(olga).get(f"/calls/{call.slug}/applications/?verdict=ok").content.decode()
    assert re.findall(r"P-\d{4}", page) == ["P-0001"]
    assert "Eligible" in page


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_for_one_and_for_many(
    call, olga, make_person, client_of, django_assert_num_queries, count
):
    for n in range(count):
        make.application(call=call, by=make_person(f"Person{'abcd'[n]} Name"), at=now())
    client = client_of(olga)
    with django_assert_num_queries(13):
        client.get(f"/calls/{call.slug}/applications/")


@pytest.mark.parametrize("filled", [False, True])
def test_the_form_costs_the_same_empty_and_filled(call, paula, client_of, django_assert_num_queries, filled):
    draft = make.draft(call=call, by=paula, at=now(), **(make.ANSWERS["participants"] if filled else {}))
    client = client_of(paula)
    with django_assert_num_queries(7):
        client.get(f"/applications/{draft.pk}/?section=all")


def test_an_export_holds_the_chosen_columns_and_no_formulas(call, olga, paula, client_of):
    make.application(call=call, by=paula, at=now(), goal="=cmd|' /C calc'!A0")
    url, client = f"/calls/{call.slug}/applications/export/", client_of(olga)
    assert client.get(url).status_code == 200
    assert "at least one column" in client.get(f"{url}?kind=csv").content.decode()
    text = b"".join(client.get(f"{url}?kind=csv&fixed=reference&asked=goal").streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1] == "P-0001,'=cmd|' /C calc'!A0"
    book = load_workbook(
        BytesIO(
            client.get(
                f"{url}?kind=xlsx&fixed=title&fixed=country&fixed=sent&fixed=ecosystems&fixed=organisation&asked=goal"
            ).content
        )
    )
    row = [cell.value for cell in list(book.active.rows)[1]]
    assert (row[0], row[1], row[-1]) == ("Paula Pereira", "Portugal", "'=cmd|' /C calc'!A0")


def test_please_complete_from_the_organisers_page_to_the_applicants(call, olga, paula, pavel, client_of):
    sent, other = (make.application(call=call, by=p, at=now()) for p in (paula, pavel))
    closed(call)
    client = client_of(olga)
    assert client.get(f"/applications/{sent.pk}/ask-completion/").status_code == 200
    day = (now() + timedelta(days=3)).date().isoformat()
    asked = {"question_keys": "goal", "message": "Which?", "until": f"{day}T18:00"}
    assert client.post(f"/applications/{sent.pk}/ask-completion/", asked).status_code == 302
    assert "already" in client.post(f"/applications/{sent.pk}/ask-completion/", asked).content.decode()
    assert "Which?" in client.get(f"/applications/{sent.pk}/file/").content.decode()
    theirs = client_of(paula)
    page = theirs.get(f"/applications/{sent.pk}/?section=asked").content.decode()
    assert 'name="goal"' in page
    assert 'name="offer"' not in page
    assert "Which?" in theirs.get(f"/applications/{sent.pk}/").content.decode()
    theirs.post(f"/applications/{sent.pk}/?section=asked", {"revision": 99, "goal": "That", "then": "check"})
    assert theirs.post(f"/applications/{sent.pk}/send/").status_code == 302
    sent.refresh_from_db()
    assert sent.answers["goal"] == "That"
    assert 'name="goal"' not in client_of(pavel).get(f"/applications/{other.pk}/?section=learning").content.decode()


def test_an_organiser_stops_asking(call, olga, paula, client_of):
    sent = make.application(call=call, by=paula, at=now())
    actions.ask_completion(
        application=sent, question_keys=["goal"], message="?", until=now() + timedelta(days=1), by=olga, at=now()
    )
    for _ in range(2):
        assert client_of(olga).post(f"/applications/{sent.pk}/end-completion/").status_code == 302
    assert "Ask to complete" in client_of(olga).get(f"/applications/{sent.pk}/file/").content.decode()


def test_withdrawn_and_replaced_files_say_so(call, olga, paula, client_of):
    first = make.application(call=call, by=paula, at=now())
    second = make.draft(call=call, by=paula, at=now(), **make.ANSWERS["participants"])
    second = actions.submit(application=second, by=paula, at=now(), replace=True)
    actions.withdraw(application=second, reason="", by=paula, at=now())
    assert "P-0002" in client_of(olga).get(f"/applications/{first.pk}/file/").content.decode()
    assert "Withdrawn" in client_of(olga).get(f"/applications/{second.pk}/file/").content.decode()
    assert "later application" in client_of(paula).get(f"/applications/{first.pk}/").content.decode()


def test_an_organiser_who_left_sees_the_list_no_more(call, olga, paula, client_of):
    from booster.academies.models import Membership

    Membership.objects.update(ends_on=now().date() - timedelta(days=1))
    assert client_of(olga).get(f"/calls/{call.slug}/applications/").status_code == 404
    assert people  # the cast stays
