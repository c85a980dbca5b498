"""The pages: who may open them, what they show, in how many queries; forms without a script; hostile input."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.tasks import run_errands
from booster.evaluation.models import Screening
from booster.post.models import Letter
from booster.selection import actions, inlets, tasks
from booster.selection.models import Complaint, Decision, PolicyNote, Scenario, Signature
from booster.selection.tests import make
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def call(olga):
    made = make.call(at=NOW, organiser=olga)
    make.files(made, at=NOW, count=6)
    return made


@pytest.fixture
def venues(call, olga):
    made = make.call(at=NOW, organiser=olga, kind="venues", edition=call.edition)
    make.files(made, at=NOW, count=3)
    return made


@pytest.fixture
def desk(client_of, olga):
    return client_of(olga)


def page(name, *args):
    return reverse(f"selection:{name}", args=args)


PAGES = ("builder", "scenarios", "decisions", "complaints", "report", "report_pdf")


@pytest.mark.parametrize("name", PAGES)
def test_only_organisers_open_the_pages_of_a_call(call, client_of, olga, sana, name):
    address = page(name, call.slug)
    assert client_of(olga).get(address).status_code == 200
    assert client_of(sana).get(address).status_code == 404
    assert client_of(None).get(address)["Location"].startswith("/accounts/login/")


def test_each_kind_of_call_has_its_own_way_of_choosing(call, venues, desk):
    compared = desk.get(page("compare", venues.slug))
    assert compared.status_code == 200
    assert 'action="#journeys"' in compared.content.decode()  # who counts another cohort comes back to the journeys
    refused = desk.get(page("compare", call.slug))
    assert refused.status_code == 403
    assert "build a cohort" in refused.content.decode()
    assert desk.get(page("builder", venues.slug)).status_code == 403


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    "name, queries",
    [("builder", 11), ("compare", 14), ("decisions", 7), ("complaints", 6), ("scenarios", 6), ("report", 14)],
)
def test_pages_take_constant_queries(olga, client_of, django_assert_num_queries, name, queries, count):
    call = make.call(at=NOW, organiser=olga, kind="venues" if name == "compare" else "participants")
    make.files(call, at=NOW, count=count)
    if name in ("decisions", "scenarios"):
        make.told(call, by=olga, at=NOW, seats=1)
    desk = client_of(olga)
    desk.get(page(name, call.slug))
    with django_assert_num_queries(queries):
        assert desk.get(page(name, call.slug)).status_code == 200


FORM = {"seats": "3", "seed": "1", "per_organisation": "1", "reserves": "2", "limit": ["country:*", "gender:woman"],
        "least": ["", "1"], "most": ["1", ""], "fixed": ["no", "yes"]}  # fmt: skip


def test_trying_by_hand_saves_nothing_and_answers_a_fragment_to_htmx(call, desk):
    address = page("builder", call.slug)
    whole = desk.post(address, {**FORM, "toggle_in": "A-005"}).content.decode()
    assert "<html" in whole
    assert 'name="in" value="A-005"' in whole
    part = desk.post(
        address, {**FORM, "in": "A-005", "toggle_out": "A-000"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in part
    assert 'name="out" value="A-000"' in part
    assert "Left out by hand." in part
    assert Scenario.objects.count() == 0


def test_the_list_is_searched_narrowed_and_paged_and_forgets_nothing(olga, desk):
    big = make.call(at=NOW, organiser=olga, slug="big")
    make.files(big, at=NOW, count=80)
    address = page("builder", big.slug)
    text = desk.post(address, {**FORM, "in": "A-050", "words": "person 50"}).content.decode()
    assert "1 of 80 candidates" in text
    assert 'name="in" value="A-050"' in text
    text = desk.post(address, {**FORM, "of": "country:BE"}).content.decode()
    assert "14 of 80 candidates" in text
    assert 'name="of_before" value="country:BE"' in text
    text = desk.post(address, {**FORM, "of_before": "country:BE", "all": "yes"}).content.decode()
    assert "candidates</p>" not in text
    second = desk.post(address, {**FORM, "page": "2"}).content.decode()
    assert "31 to 60 of 77" in second
    moved = desk.post(address, {**FORM, "page_before": "2", "toggle_out": "A-000"}).content.decode()
    assert "31 to 60 of 77" in moved
    assert "1 to 30 of 77" in desk.post(address, {**FORM, "page_before": "2"}).content.decode()
    for odd in ("x", "-1", "٣", "99999999"):
        assert desk.post(address, {**FORM, "page": odd, "of": "<b>", "words": "\x00"}).status_code == 200


def test_the_page_of_the_builder_stays_small_with_many_files(olga, desk):
    big = make.call(at=NOW, organiser=olga, slug="big")
    make.files(big, at=NOW, count=600)
    Call.objects.filter(pk=big.pk).update(seats=27)
    assert len(desk.get(page("builder", big.slug)).content) < 120_000


def test_each_limit_says_in_a_sentence_whether_it_is_kept(call, desk):
    shown = {**FORM, "limit": ["country:*", "gender:woman"], "least": ["", "3"], "most": ["1", ""]}
    text = desk.post(page("builder", call.slug), shown).content.decode()
    assert "Women: 1 (2 short of the minimum)." in text
    assert "Countries: kept, at the limit Belgium, Germany, France." in text


def test_rows_are_added_and_removed_without_a_script(call, desk):
    address = page("builder", call.slug)
    more = desk.post(address, {**FORM, "add": "limit"}).content.decode()
    assert more.count('name="limit"') == 4  # three rows and the template
    less = desk.post(address, {**FORM, "remove": "0"}).content.decode()
    assert less.count('name="limit"') == 2
    assert desk.post(address, {**FORM, "remove": "99"}).content.decode().count('name="limit"') == 3


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"seats": "many"}, "is no whole number"),
        ({"seats": "-1"}, "is no whole number"),
        ({"seats": "99999"}, "is no whole number"),
        ({"seed": "٣x"}, "is no whole number"),
        ({"most": ["1", "x"]}, "Limit 2"),
        ({"least": ["3", ""], "most": ["1", ""]}, "cannot both hold"),
        ({"limit": ["shoe:*", ""]}, "none of country"),
        ({"limit": ["country:<script>", ""]}, "&lt;script&gt;"),
    ],
)
def test_wrong_numbers_are_told_and_the_picture_stays(call, desk, wrong, words):
    answer = desk.post(page("builder", call.slug), {**FORM, **wrong, "do": "work"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert "<script>" not in text
    assert "People, best first" in text
    assert Scenario.objects.count() == 0


def test_a_value_that_nobody_carries_stays_readable(call, desk):
    text = desk.post(page("builder", call.slug), {**FORM, "limit": ["country:MT", "gender:woman"]}).content.decode()
    assert "Nobody in the pool" in text
    assert "Malta" in text


def test_no_files_no_seats_and_strange_fields_are_borne(olga, client_of):
    call = make.call(at=NOW, organiser=olga)
    desk = client_of(olga)
    assert "Nobody can be chosen yet" in desk.get(page("builder", call.slug)).content.decode()
    answer = desk.post(
        page("builder", call.slug), {"seats": "0", "in": ["x", "x"], "toggle_in": "\x00<b>", "scenario": "zz"}
    )
    assert answer.status_code == 200


def test_working_it_out_hands_it_to_the_worker_and_the_page_waits(call, desk):
    answer = desk.post(page("builder", call.slug), {**FORM, "do": "work", "name": "Mine", "in": "A-005"})
    scenario = Scenario.objects.get()
    assert (scenario.state, scenario.picked, scenario.reserves) == ("waiting", ["A-005"], 2)
    assert "The worker is at it" in desk.get(answer["Location"]).content.decode()
    asked_again = desk.get(page("progress", scenario.pk)).content.decode()
    fetched, kept = asked_again.split('<div class="buttons', 1)
    assert 'hx-select="#progress"' in fetched
    assert "Stop the work" in kept  # a button under a finger is not replaced
    assert "HX-Redirect" not in desk.get(page("progress", scenario.pk))
    tasks.run_waiting(at=NOW)
    assert desk.get(page("progress", scenario.pk))["HX-Redirect"] == answer["Location"]
    found = desk.get(answer["Location"]).content.decode()
    assert "Proven: no selection within the limits has a higher total." in found
    assert "Adopt this selection" in found
    desk.post(page("price", scenario.pk), {"limit": "country BE"})
    assert "The worker is at it" in desk.get(answer["Location"]).content.decode()
    tasks.run_waiting(at=NOW)
    found = desk.get(answer["Location"]).content.decode()
    assert "Without it the average would go from" in found
    assert '<details class="fold" open><summary>What each limit asked and got' in found
    assert desk.post(page("price", scenario.pk), {"limit": "country MT"}).status_code == 403


def test_a_selection_without_a_name_is_named_by_the_hour_on_the_clock_of_the_call(call, desk, monkeypatch):
    monkeypatch.setattr("booster.selection.views.builder.now", lambda: datetime(2026, 11, 28, 9, 12, tzinfo=UTC))
    desk.post(page("builder", call.slug), {**FORM, "do": "save", "name": ""})
    assert Scenario.objects.get().name == "Try of Sat 28 Nov 2026, 10:12"


def test_saving_again_changes_it_and_a_stale_page_is_refused(call, desk):
    desk.post(page("builder", call.slug), {**FORM, "do": "save"})
    scenario = Scenario.objects.get()
    again = {**FORM, "do": "save", "name": "Second", "scenario": scenario.pk, "revision": scenario.revision}
    assert desk.post(page("builder", call.slug), again).status_code == 302
    assert desk.post(page("builder", call.slug), again).status_code == 409
    desk.post(page("builder", call.slug), {**again, "new": "yes"})
    assert list(Scenario.objects.order_by("pk").values_list("revision", flat=True)) == [2, 1]


def test_a_clash_names_the_limits_and_one_click_tries_what_helps(call, desk):
    tight = {**FORM, "limit": ["country:*", "role:*"], "least": ["", "2"], "most": ["1", ""],
             "fixed": ["no", "no"], "do": "work"}  # fmt: skip
    desk.post(page("builder", call.slug), tight)
    tasks.run_waiting(at=NOW)
    scenario = Scenario.objects.get()
    text = desk.get(page("builder", call.slug) + f"?scenario={scenario.pk}").content.decode()
    assert "No group keeps all of these limits" in text
    assert "Try this" in text
    for wrong in ("", "9", "-1", "x"):
        assert desk.post(page("relax", scenario.pk), {"answer": wrong}).status_code == 409
    desk.post(page("relax", scenario.pk), {"answer": "0"})
    tasks.run_waiting(at=NOW)
    assert Scenario.objects.get().state == "solved"


def test_nothing_helps_is_told_and_so_is_what_cannot_be_worked_out(call, desk, olga):
    scenario = make.solved(call, by=olga, at=NOW, seats=5000)
    text = desk.get(page("builder", call.slug) + f"?scenario={scenario.pk}").content.decode()
    assert "People who may be chosen: 6" in text
    Scenario.objects.update(state="unsettled", result={"message": "Too hard."})
    assert "Too hard." in desk.get(page("builder", call.slug) + f"?scenario={scenario.pk}").content.decode()


def test_two_saved_selections_side_by_side(call, desk, olga):
    one, other = make.solved(call, by=olga, at=NOW), make.solved(call, by=olga, at=NOW, dropped=["A-000"])
    text = desk.get(page("scenarios", call.slug), {"left": one.pk, "right": other.pk}).content.decode()
    assert "2 people are in both." in text
    assert (
        "Side by side" not in desk.get(page("scenarios", call.slug), {"left": one.pk, "right": one.pk}).content.decode()
    )


def test_from_adopting_to_telling(call, desk, olga):
    scenario = make.solved(call, by=olga, at=NOW)
    decisions = page("decisions", call.slug)
    assert "Nothing is decided yet" in desk.get(decisions).content.decode()
    assert desk.post(page("adopt", scenario.pk))["Location"] == decisions
    assert "See its decisions" in desk.get(page("builder", call.slug) + f"?scenario={scenario.pk}").content.decode()
    assert desk.post(page("reopen", scenario.pk)).status_code == 302
    desk.post(page("adopt", scenario.pk))
    assert desk.post(page("confirm", call.slug), {"which": "ticked"}).status_code == 302
    last = Decision.objects.order_by("-pk").first()
    desk.post(page("confirm", call.slug), {"which": "ticked", "decision": [last.pk, "x"]})
    desk.post(page("confirm", call.slug), {"which": "all"})
    assert "Letters are still being written" in desk.get(decisions, headers={"HX-Request": "true"}).content.decode()
    assert desk.post(page("tell", call.slug)).status_code == 403
    run_errands(at=now())
    assert "3 letters are written and held." in desk.get(decisions).content.decode()
    shown = desk.get(page("decision", last.pk)).content.decode()
    assert "Dear Person" in shown
    desk.post(page("take_back", last.pk))
    assert "It is written when the decision is confirmed." in desk.get(page("decision", last.pk)).content.decode()
    desk.post(page("confirm", call.slug), {"which": "all"})
    run_errands(at=now())
    assert desk.post(page("tell", call.slug)).status_code == 302
    assert set(Decision.objects.values_list("state", flat=True)) == {"told"}


def test_a_proposal_is_decided_otherwise_with_reasons(call, desk, olga):
    made = actions.adopt(scenario=make.solved(call, by=olga, at=NOW), by=olga, at=NOW)
    address = page("decision", made[0].pk)
    assert desk.post(address, {"outcome": "reserve", "reason": "", "why": ""}).status_code == 422
    assert desk.post(address, {"outcome": "reserve", "reason": "Asked to.", "why": "By mail."}).status_code == 302
    assert Decision.objects.get(pk=made[0].pk).outcome == "reserve"


def test_many_decisions_are_shown_in_part_and_each_outcome_page_by_page(olga, desk):
    big = make.call(at=NOW, organiser=olga, slug="big")
    make.files(big, at=NOW, count=90)
    actions.adopt(scenario=make.solved(big, by=olga, at=NOW), by=olga, at=NOW)
    text = desk.get(page("decisions", big.slug)).content.decode()
    assert "Look over what is proposed, then confirm it" in text
    assert text.count('name="decision"') == 3 + 10 + 60
    assert "Show all 77: Not chosen" in text
    alone = desk.get(page("decisions", big.slug), {"of": "not_chosen"}).content.decode()
    assert alone.count('name="decision"') == 77
    assert desk.get(page("decisions", big.slug), {"of": "<b>", "page": "x"}).status_code == 200


def test_people_without_an_address_are_listed(call, desk, olga):
    Application.objects.filter(reference="A-005").update(applicant=None)
    make.decided(call, by=olga, at=NOW)
    assert "No letter reaches these people" in desk.get(page("decisions", call.slug)).content.decode()


def test_a_venue_is_noted_chosen_and_refused_without_a_reason(venues, desk):
    first, second, _third = venues.applications.order_by("pk")
    note = {"application": first.pk, "kind": "rotation", "favours": "no", "text": "They hosted in spring."}
    assert desk.post(page("note", venues.slug), {**note, "text": ""}).status_code == 422
    assert desk.post(page("note", venues.slug), note).status_code == 302
    assert PolicyNote.objects.get().favours is False
    assert "They hosted in spring." in desk.get(page("compare", venues.slug)).content.decode()
    assert desk.post(page("choose", venues.slug), {"chosen": first.pk, "reason": ""}).status_code == 422
    choice = {"chosen": first.pk, "runner_up": second.pk, "reason": "The lab."}
    assert desk.post(page("choose", venues.slug), choice).status_code == 302
    assert Decision.objects.filter(call=venues).count() == 3
    actions.confirm(call=venues, by=None, at=NOW)
    assert "Decisions are confirmed." in desk.get(page("compare", venues.slug)).content.decode()


def test_a_typed_cohort_and_an_empty_call(call, venues, desk):
    text = desk.get(page("compare", venues.slug), {"countries": "3 Germany, Narnia"}).content.decode()
    assert "Counted for 3 people" in text
    assert "Narnia" in text
    venues.applications.update(state="withdrawn")
    assert "No offers yet" in desk.get(page("compare", venues.slug)).content.decode()


def test_the_applicant_reads_the_outcome_once_told_and_nobody_else_does(call, client_of, olga, sana):
    decision = next(one for one in make.decided(call, by=olga, at=NOW) if one.outcome == "reserve")
    mine = client_of(decision.application.applicant)
    address = page("outcome", decision.application_id)
    assert mine.get(address).status_code == 404
    actions.tell(call=call, by=olga, at=now())
    text = mine.get(address).content.decode()
    assert "You are on the reserve list" in text
    assert "of 100 points" in text
    assert client_of(sana).get(address).status_code == 404
    assert client_of(None).get(address).status_code == 302
    status = mine.get(reverse("applications:answer", args=[decision.application_id])).content.decode()
    assert address in status


def test_a_complaint_from_the_page_to_the_answer(call, client_of, olga, desk):
    make.decided(call, by=olga, at=NOW)
    actions.tell(call=call, by=olga, at=now())
    decision = Decision.objects.get(application__reference="A-005")
    mine = client_of(decision.application.applicant)
    address = page("complain", decision.pk)
    assert mine.get(address).status_code == 200
    assert mine.post(address, {"text": " "}).status_code == 422
    assert mine.post(address, {"text": "A mark is <b>wrong</b>."}).status_code == 302
    assert "arrived already" in mine.get(address).content.decode()
    assert mine.post(address, {"text": "Again."}).status_code == 409
    complaint = Complaint.objects.get()
    assert "A mark is &lt;b&gt;wrong" in desk.get(page("complaints", call.slug)).content.decode()
    assert mine.post(page("admit", complaint.pk)).status_code == 403
    assert desk.post(page("answer", complaint.pk), {"answer": ""}).status_code == 422
    desk.post(page("admit", complaint.pk))
    desk.post(page("answer", complaint.pk), {"answer": "You are right.", "changes_decision": "on"})
    run_errands(at=now())
    assert "taken again" in mine.get(page("outcome", decision.application_id)).content.decode()
    assert "taken again" in mine.get(reverse("applications:answer", args=[decision.application_id])).content.decode()
    assert "You are right." in desk.get(page("complaints", call.slug)).content.decode()


def test_a_complaint_that_is_refused_says_so(call, client_of, olga, desk):
    make.decided(call, by=olga, at=NOW)
    decision = actions.tell(call=call, by=olga, at=now())[0]
    complaint = actions.complain(decision=decision, text="Unfair.", by=None, at=now())
    desk.post(page("answer", complaint.pk), {"answer": "It is about the merits."})
    assert Complaint.objects.get().state == "refused"
    mine = client_of(decision.application.applicant)
    assert "It is about the merits." in mine.get(page("outcome", decision.application_id)).content.decode()


def test_after_the_window_the_page_refuses_kindly(call, client_of, olga):
    decision = make.told(call, by=olga, at=now() - timedelta(days=40))[0]
    mine = client_of(decision.application.applicant)
    text = mine.get(page("complain", decision.pk)).content.decode()
    assert "The time for complaints ended on" in text
    assert mine.post(page("complain", decision.pk), {"text": "Late."}).status_code == 409
    assert client_of(olga).get(page("complain", decision.pk)).status_code == 403


def test_the_report_is_read_signed_and_printed(call, venues, desk, olga):
    actions.note_policy(application=venues.applications.first(), kind="other", favours=True, text="T.", by=olga, at=NOW)
    make.told(call, by=olga, at=NOW, picked=["A-005"], rows=[{"attribute": "gender", "minimum": 1, "maximum": 3},
                                                             {"attribute": "country", "maximum": 2}])  # fmt: skip
    Call.objects.update(blind=True)
    shown = desk.get(page("report", call.slug))
    digest = shown.context["digest"]
    assert desk.post(page("report", call.slug), {"part": "", "seen": digest}).status_code == 422
    assert desk.post(page("report", call.slug), {"part": "Chair", "seen": "0"}).status_code == 409
    assert desk.post(page("report", call.slug), {"part": "Chair", "seen": digest}).status_code == 302
    assert "as it stands" in desk.get(page("report", call.slug)).content.decode()
    for address in (page("report_pdf", call.slug), page("signed_pdf", call.slug, Signature.objects.get().pk)):
        paper = desk.get(address)
        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")
        assert b"/StructTreeRoot" in paper.content
    assert desk.get(page("report_pdf", venues.slug)).status_code == 200
    assert desk.get(page("report", venues.slug)).status_code == 200


def test_the_list_and_the_file_of_organisers_show_the_outcome(call, desk, olga):
    file = Application.objects.get(reference="A-000")
    before = desk.get(reverse("applications:file", args=[file.pk])).content.decode()
    assert re.search(r"/decisions/\d+/", before) is None
    decision = make.told(call, by=olga, at=NOW)[0]
    assert (
        page("decision", decision.pk)
        in desk.get(reverse("applications:file", args=[decision.application_id])).content.decode()
    )
    assert "Outcome" in desk.get(reverse("applications:list", args=[call.slug])).content.decode()


def test_what_nobody_checked_or_marked_yet_is_said_in_the_comparison(olga, client_of):
    venues = make.call(at=NOW, organiser=olga, kind="venues")
    first, second = make.files(venues, at=NOW, count=2)
    first.screening.delete()
    second.assignments.all().delete()
    text = client_of(olga).get(page("compare", venues.slug)).content.decode()
    assert "not checked" in text


def test_a_complaint_by_somebody_without_an_account_is_answered_to_the_address(call, olga):
    decision = make.told(call, by=olga, at=NOW)[0]
    Application.objects.filter(pk=decision.application_id).update(applicant=None, address="typed@example.org")
    actions.complain(decision=Decision.objects.get(pk=decision.pk), text="By post.", by=olga, at=NOW)
    run_errands(at=NOW)
    assert Letter.objects.get(kind="selection.complained").address == "typed@example.org"


def test_organisers_see_nothing_in_the_status_of_an_applicant(call, olga, rf):
    decision = make.told(call, by=olga, at=NOW)[0]
    request = rf.get("/")
    request.user = olga
    assert inlets.outcome(request, decision.application) == ""
    assert inlets.column(request, make.call(at=NOW, organiser=olga, edition=call.edition, slug="other")) == ""


def test_a_refused_button_leads_back_to_its_page_and_its_address_alone_says_what_it_is(olga, client_of):
    call = make.call(at=NOW, organiser=olga)
    make.files(call, at=NOW, count=3)
    scenario = make.solved(call, by=olga, at=NOW)
    Screening.objects.filter(application__call=call, application__reference="A-001").delete()
    desk, where = client_of(olga), page("adopt", scenario.pk)
    here = f"{page('builder', call.slug)}?scenario={scenario.pk}"
    answer = desk.post(where, HTTP_REFERER=f"http://testserver{here}")
    text = answer.content.decode()
    assert (answer.status_code, "1 application is not checked" in text) == (403, True)
    assert (f'href="{here}">Go back' in text, "ask the organisers" in text) == (True, False)
    assert "Go back" not in desk.post(where, HTTP_REFERER="https://elsewhere.example/x/").content.decode()
    alone = desk.get(where)
    assert (alone.status_code, alone["Allow"]) == (405, "POST")
    assert "This is the address of a button" in alone.content.decode()
