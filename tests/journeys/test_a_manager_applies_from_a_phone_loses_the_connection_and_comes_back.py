"""A cluster manager applies from a phone, in a train: the connection goes, the text stays, the application arrives."""

import re
from collections.abc import Callable

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from booster.applications.models import Application
from booster.applications.tests import make
from booster.chronicle.tasks import run_errands
from booster.post.models import Letter

Clean = Callable[[Page], None]
CHALLENGE = "Our members come to events and not to projects."
GOAL = "A service that members pay for."


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=10_000)


def go_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Save and go on|Look it over and send")).click()


def begin(page: Page, slug: str, axe_clean: Clean) -> None:
    page.goto(f"/calls/{slug}/apply/")
    axe_clean(page)
    page.get_by_label("Your name").fill("Nora Nowak")
    page.get_by_label("Your e-mail address").fill("nora@example.org")
    page.get_by_role("button", name="Begin my application").click()


def write_about_oneself(page: Page, axe_clean: Clean) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("You")
    axe_clean(page)
    page.get_by_label("First name").fill("Nora")
    page.get_by_label("Family name").fill("Nowak")
    page.get_by_label("E-mail address").first.fill("nora@example.org")
    page.get_by_label("Cluster manager").check()
    saved(page)
    page.get_by_label("Years in cluster management").fill("6")
    go_on(page)


def write_about_the_organisation(page: Page, axe_clean: Clean) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Your organisation")
    axe_clean(page)
    page.get_by_label("Name of your cluster organisation").fill("Silesia Automotive")
    page.get_by_label("Country").select_option("PL")
    expect(page.locator("#id_region option[value=PL22]")).to_have_count(1)
    page.get_by_label("Region").select_option("PL22")
    page.get_by_label("Town").fill("Katowice")
    page.locator("input[name=ecosystems]").first.check()
    for name, number in (("founded", "2012"), ("members", "120"), ("smes", "80"), ("staff_fte", "2.5")):
        page.locator(f"input[name={name}]").fill(number)
    page.get_by_label("Bronze").check()
    page.get_by_label("Growing").check()
    go_on(page)


def lose_the_connection_and_come_back(page: Page, axe_clean: Clean) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("What you want to work on")
    axe_clean(page)
    challenge = page.get_by_label("What is the biggest challenge")
    challenge.fill("Our members")
    saved(page)
    page.context.set_offline(True)
    challenge.fill(CHALLENGE)
    expect(page.locator("[data-saved]")).to_contain_text("kept in this browser", timeout=10_000)
    assert Application.objects.get().answers["challenge"] == "Our members"
    page.context.set_offline(False)
    page.reload()
    expect(challenge).to_have_value(CHALLENGE)
    saved(page)
    assert Application.objects.get().answers["challenge"] == CHALLENGE
    expect(page.locator("[data-field=challenge] .counter")).to_contain_text("9 of 300 words")


def write_the_rest(page: Page, axe_clean: Clean) -> None:
    page.get_by_label("What do you want to take home").fill(GOAL)
    page.get_by_label("What can you offer").fill("Our buyers’ day.")
    page.locator("select[name=topics-funding]").select_option("1")
    go_on(page)
    for key in ("both_online", "both_in_person", "approval"):
        page.locator(f"input[name={key}][value=yes]").check()
    axe_clean(page)
    go_on(page)
    page.get_by_label("I have read the privacy notice").check()
    go_on(page)


def open_the_mailed_link(page: Page, axe_clean: Clean) -> None:
    expect(page.get_by_text("Your address is not confirmed yet")).to_be_visible()
    axe_clean(page)
    run_errands(at=now())
    letter = Letter.objects.get(kind="applications.private_link")
    page.goto(re.search(r"http://\S+/l/\S+/", letter.body)[0])
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_text("Confirm your address")).to_have_count(0)


def send(page: Page, axe_clean: Clean) -> None:
    page.goto(f"/applications/{Application.objects.get().pk}/send/")
    axe_clean(page)
    page.get_by_role("button", name="Send my application").click()
    expect(page.locator("main .lead")).to_have_text("Your application has arrived.")
    axe_clean(page)


@pytest.mark.browser
def test_a_manager_applies_from_a_phone_loses_the_connection_and_comes_back(page_of, axe_clean, olga):
    call = make.call(at=now(), organiser=olga)
    page = page_of(None, width=390, height=844)
    begin(page, call.slug, axe_clean)
    write_about_oneself(page, axe_clean)
    write_about_the_organisation(page, axe_clean)
    lose_the_connection_and_come_back(page, axe_clean)
    write_the_rest(page, axe_clean)
    open_the_mailed_link(page, axe_clean)
    send(page, axe_clean)
    sent = Application.objects.get()
    assert (sent.state, sent.reference, sent.country, sent.answers["region"]) == ("submitted", "P-0001", "PL", "PL22")
    assert (sent.answers["goal"], sent.answers["topics"]) == (GOAL, ["funding"])
    run_errands(at=now())
    receipt = Letter.objects.get(kind="applications.receipt")
    assert receipt.address == "nora@example.org"
    assert CHALLENGE in receipt.body
