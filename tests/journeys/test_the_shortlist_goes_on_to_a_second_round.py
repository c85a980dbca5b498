"""Concept, then a talk, then a full application elsewhere: the shortlist goes on, nobody else comes in."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.tasks import run_errands
from booster.interviews.models import Slot
from booster.post.models import Letter
from booster.selection.tests import make

WHY = "The four best plans were read again by the team."


def draft_second_round(page, axe_clean, call, kind):
    page.goto(f"/calls/{call.slug}/edit/second-round/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second round")
    axe_clean(page)
    page.get_by_label(kind).check()
    page.get_by_label("For about how many").fill("2")
    page.get_by_label("Its deadline, if you know it").fill((now() + timedelta(days=20)).date().isoformat())
    page.locator("#id_until_hour").fill("18:00")
    page.get_by_role("button", name="Draft the second round").click()
    expect(page.get_by_text("The second round is drafted. Make it yours.")).to_be_visible()
    axe_clean(page)
    second = Call.objects.get(follows=call)
    if not second.is_interview:
        page.goto(f"/calls/{second.slug}/form/")
        page.get_by_role("button", name=re.compile("Publish")).first.click()
        page.goto(f"/calls/{second.slug}/edit/")
    page.get_by_role("button", name="Publish the call").click()
    expect(page.get_by_text("The call is published.")).to_be_visible()
    return second


def strangers_read_of_it(page, axe_clean, call, second):
    page.goto(f"/calls/{call.slug}/")
    expect(page.get_by_role("heading", name="A second round follows")).to_be_visible()
    expect(page.get_by_text("About 2 of those who apply are put on a shortlist")).to_be_visible()
    axe_clean(page)
    page.get_by_role("link", name="What the second round is about, and how it is judged").click()
    expect(page.get_by_text("Only for the shortlist of")).to_be_visible()
    axe_clean(page)
    page.goto("/calls/")
    expect(page.get_by_role("link", name=second.title)).to_have_count(0)
    answer = page.goto(f"/calls/{second.slug}/apply/")
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Only for the shortlist")
    axe_clean(page)


def make_the_shortlist(page, axe_clean, call):
    page.goto(f"/calls/{call.slug}/shortlist/")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    axe_clean(page)
    page.get_by_label("How you chose").fill(WHY)
    page.get_by_role("button", name="Propose this shortlist").click()
    expect(page.get_by_text("2 applications are on the shortlist.")).to_be_visible()
    axe_clean(page)
    page.get_by_role("button", name=re.compile("Confirm all")).click()
    run_errands(at=now())
    page.goto(f"/calls/{call.slug}/decisions/")


def tell(page, call):
    page.goto(f"/calls/{call.slug}/decisions/")
    page.get_by_role("button", name=re.compile("^Tell ")).first.click()
    page.get_by_role("button", name="Tell them").click()


def offer_times(page, axe_clean, second):
    page.goto(f"/calls/{second.slug}/talks/")
    axe_clean(page)
    page.get_by_label("Day").fill((now() + timedelta(days=25)).date().isoformat())
    page.get_by_label("From").fill("09:00")
    page.get_by_label("How many talks in a row").fill("2")
    page.get_by_label("Place").fill("Room 2, Rue de la Loi 1")
    page.get_by_role("button", name="Offer these times").click()
    expect(page.get_by_text("2 times are offered.")).to_be_visible()
    axe_clean(page)


def choose_a_time(page, axe_clean, draft):
    page.goto("/my/")
    expect(page.get_by_text("Choose a time for the talk before the deadline.")).to_be_visible()
    axe_clean(page)
    page.goto(f"/applications/{draft.pk}/")
    expect(page.get_by_text("You are on the shortlist and asked to a talk.")).to_be_visible()
    axe_clean(page)
    page.get_by_role("link", name="Choose a time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a time for the talk")
    axe_clean(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Take this time").click()
    expect(page.get_by_role("heading", name="Your talk")).to_be_visible()
    axe_clean(page)


def two_want_one_time(one, two, axe_clean, drafts):
    two.goto(f"/applications/{drafts[1].pk}/talk/")
    two.get_by_role("radio").first.check()  # both have the same time before them
    choose_a_time(one, axe_clean, drafts[0])
    two.get_by_role("button", name="Take this time").click()
    expect(two.get_by_text("Somebody else took this time a moment ago. Choose another one.")).to_be_visible()
    axe_clean(two)
    two.get_by_role("radio").first.check()
    two.get_by_role("button", name="Take this time").click()
    expect(two.get_by_role("heading", name="Your talk")).to_be_visible()
    assert set(Slot.objects.values_list("taken", flat=True)) == {1}


def one_leaves(two):
    two.get_by_role("link", name="I do not go on").click()
    two.get_by_role("button", name="Withdraw my application").click()
    run_errands(at=now())
    assert "1 of 2 on the shortlist are still in it." in Letter.objects.get(kind="applications.round_left").body
    assert sorted(Slot.objects.values_list("taken", flat=True)) == [0, 1]


@pytest.fixture
def first(olga):
    call = make.call(at=now(), organiser=olga)
    make.files(call, at=now(), count=5)
    return call


@pytest.mark.browser
def test_the_shortlist_is_asked_to_a_talk(page_of, axe_clean, olga, first):
    desk = page_of(olga)
    second = draft_second_round(desk, axe_clean, first, "An interview")
    strangers_read_of_it(page_of(None, width=390, height=844), axe_clean, first, second)
    make_the_shortlist(desk, axe_clean, first)
    tell(desk, first)
    expect(desk.get_by_text("Free times: 0; people on the shortlist: 2.")).to_be_visible()
    offer_times(desk, axe_clean, second)
    tell(desk, first)
    expect(desk.get_by_text("5 decisions are told.")).to_be_visible()
    run_errands(at=now())
    assert Letter.objects.filter(kind="selection.outcome", body__contains="The next step is a talk").count() == 2

    drafts = list(Application.objects.filter(call=second).select_related("applicant").order_by("pk"))
    one, two = (page_of(draft.applicant, width=390, height=844) for draft in drafts)
    two_want_one_time(one, two, axe_clean, drafts)
    one_leaves(two)
    desk.goto(f"/calls/{second.slug}/talks/")
    expect(desk.get_by_role("row").filter(has_text=drafts[0].title)).to_be_visible()
    axe_clean(desk)


@pytest.mark.browser
def test_the_shortlist_sends_a_full_application(page_of, axe_clean, olga, first):
    desk = page_of(olga)
    second = draft_second_round(desk, axe_clean, first, "A full application")
    make_the_shortlist(desk, axe_clean, first)
    tell(desk, first)
    expect(desk.get_by_text("5 decisions are told.")).to_be_visible()
    run_errands(at=now())
    draft = Application.objects.filter(call=second).select_related("applicant", "follows").order_by("pk")[0]
    page = page_of(draft.applicant, width=390, height=844)
    page.goto(f"/applications/{draft.follows_id}/decision/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are on the shortlist")
    axe_clean(page)
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("This is the second round.")).to_be_visible()
    axe_clean(page)
    other = Application.objects.filter(call=first, second_file=None).select_related("applicant").first()
    outside = page_of(other.applicant)
    assert outside.goto(f"/calls/{second.slug}/apply/").status == 403
    expect(outside.get_by_text("no application of that address is on the shortlist")).to_be_visible()
    axe_clean(outside)
