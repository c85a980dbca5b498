"""From 186 imported answers to 27 chosen people: limits, what-if, the worker, decisions, letters, the report."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from booster.academies import actions as academies
from booster.academies.models import Role
from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.tasks import run_errands
from booster.home import demo
from booster.post.models import Letter
from booster.selection import tasks
from booster.selection.models import Decision, Scenario

FILES = Path(demo.__path__[0])
CALL = "cba-1-participants"


def prepare(organiser) -> None:
    """The files are in, Olga organises."""
    call_command("new", "cba")
    call_command("import", "participants", str(FILES / "participant-responses.xlsx"), "--call", CALL)
    call_command("import", "evaluators", str(FILES / "evaluators.csv"), "--call", CALL)
    call_command("import", "evaluations", str(FILES / "evaluations.csv"), "--call", CALL)
    call = Call.objects.get(slug=CALL)
    academies.appoint(edition=call.edition, person=organiser, role=Role.ORGANISER, by=None, at=now())


DESK = (
    "/editions/cba-1/desk/",
    "/editions/cba-1/calls/",
    "/editions/cba-1/cohort/",
    f"/calls/{CALL}/edit/",
    f"/calls/{CALL}/edit/gates/",
    f"/calls/{CALL}/edit/criteria/",
)


def walk_the_desk(page: Page, axe_clean) -> None:
    """From the desk, whose first card is the next step, over the pages that lead on from it and back."""
    for address in DESK:
        page.goto(address)
        axe_clean(page)
    page.locator("summary").filter(has_text="Motivation").click()
    expect(page.get_by_label("What it looks at").first).to_be_visible()
    page.get_by_role("link", name="Desk of the edition").first.click()
    page.get_by_role("link", name="Choose the cohort").first.click()
    expect(page.get_by_role("heading", name="Choose the cohort")).to_be_visible()


def see_it_follow(page: Page) -> None:
    """The picture and the sentence follow what is typed; a bar shows its people; nothing is saved."""
    page.locator("#most-0").fill("1")
    page.locator("#most-0").press("Tab")
    expect(page.locator("#kept")).to_contain_text("over the maximum")
    page.get_by_role("button", name="Germany", exact=True).click()
    expect(page.locator("#looked")).to_contain_text("Germany")
    page.get_by_role("button", name="Show everybody").click()
    expect(page.locator("#looked")).to_have_count(0)
    assert page.locator(".seats > li").count() == 27


def try_by_hand(page: Page, axe_clean) -> None:
    page.goto(f"/calls/{CALL}/cohort/")
    axe_clean(page)
    expect(page.get_by_role("status").filter(has_text="27 in for 27 seats")).to_be_visible()
    page.get_by_label("at most", exact=True).first.fill("1")
    page.get_by_role("button", name="Add a limit").click()
    page.locator("select[name=limit]").nth(1).select_option("ecosystem:*")
    page.locator("input[name=least]").nth(1).fill("5")
    page.get_by_role("button", name="Show what they do").click()
    expect(page.get_by_text("limits are not kept")).to_be_visible()
    page.locator(".candidate.is-in").first.get_by_role("button").click()
    expect(page.get_by_text("26 in for 27 seats")).to_be_visible()
    page.locator(".candidate").first.get_by_role("button").click()
    expect(page.get_by_text("27 in for 27 seats")).to_be_visible()
    assert Scenario.objects.count() == 0  # nothing was saved so far


def have_it_worked_out(page: Page, axe_clean) -> None:
    page.get_by_label("Name of this selection").fill("Balanced")
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_text("The worker is at it.")).to_be_visible()
    tasks.run_waiting(at=now())
    expect(page.get_by_role("heading", name="No group keeps all of these limits")).to_be_visible(timeout=15_000)
    axe_clean(page)
    page.get_by_role("button", name="Try this").first.click()
    expect(page.get_by_text("The worker is at it.")).to_be_visible()
    tasks.run_waiting(at=now())
    expect(page.get_by_text("Proven: no selection within the limits has a higher total.")).to_be_visible(timeout=15_000)
    axe_clean(page)
    page.get_by_role("button", name="Adopt this selection").click()
    page.get_by_role("button", name="Adopt it").click()


def decide_and_tell(page: Page, axe_clean) -> None:
    expect(page.get_by_role("heading", name="Decisions", exact=True)).to_be_visible()
    axe_clean(page)
    page.get_by_role("button", name="Confirm all 183 decisions").click()
    run_errands(at=now())
    expect(page.get_by_text("letters are written and held")).to_be_visible(timeout=15_000)
    page.locator("#g-reserve ~ ol a").first.click()
    expect(page.get_by_text("of 100 points")).to_be_visible()
    axe_clean(page)
    page.go_back()
    page.get_by_role("button", name=re.compile("Tell 183 decisions")).click()
    page.get_by_role("button", name="Tell them").click()
    expect(page.get_by_text("183 told")).to_be_visible()
    while run_errands(at=now()):  # a telling owes more than one round of them
        pass

    assert Decision.objects.filter(outcome="chosen", state="told").count() == 27
    assert not Letter.objects.filter(kind="selection.outcome", state="held").exists()
    unreachable = Application.objects.filter(call__slug=CALL, state="submitted", applicant=None).count()
    told = Letter.objects.filter(kind__in=["selection.outcome", "cohort.offer"]).count()
    assert told + unreachable == 183


def sign_the_report(page: Page, axe_clean) -> None:
    page.goto(f"/calls/{CALL}/report/")
    axe_clean(page)
    page.get_by_label("In what capacity you sign").fill("For the organiser, as chair")
    page.get_by_role("button", name="Sign this report").click()
    expect(page.get_by_text("as it stands")).to_be_visible()


def complain_and_answer(page: Page, page_of, axe_clean) -> None:
    decision = Decision.objects.filter(outcome="not_chosen").select_related("application__applicant").first()
    theirs = page_of(decision.application.applicant, width=390)
    theirs.goto(f"/applications/{decision.application_id}/decision/")
    expect(theirs.get_by_role("heading", name="Your application was not chosen")).to_be_visible()
    axe_clean(theirs)
    theirs.get_by_role("link", name="Complain about this decision").click()
    axe_clean(theirs)
    theirs.get_by_label("What went wrong").fill("The second mark was given for another file.")
    theirs.get_by_role("button", name="Send my complaint").click()
    expect(theirs.get_by_text("Your complaint has arrived.")).to_be_visible()
    page.goto(f"/calls/{CALL}/complaints/")
    axe_clean(page)
    page.get_by_role("button", name="Admit this complaint").click()
    page.get_by_label("Answer").fill("The mark belongs to your file; it was checked.")
    page.get_by_role("button", name="Answer this complaint").click()
    expect(page.get_by_text("The answer is recorded and sent.")).to_be_visible()


@pytest.mark.browser
def test_an_organiser_chooses_27_and_tells_everyone(page_of, axe_clean, olga):
    prepare(olga)
    page = page_of(olga)
    walk_the_desk(page, axe_clean)
    see_it_follow(page)
    try_by_hand(page, axe_clean)
    have_it_worked_out(page, axe_clean)
    decide_and_tell(page, axe_clean)
    sign_the_report(page, axe_clean)
    complain_and_answer(page, page_of, axe_clean)
    call_command("import", "offers", str(FILES / "venue-offers.xlsx"), "--call", "cba-1-venues")
    page.goto("/calls/cba-1-venues/compare/")
    axe_clean(page)
    expect(page.get_by_text("Counted for 27 people: the people chosen for this edition.")).to_be_visible()
