"""A university and a cluster offer a place together: rooms, files, two signatures, one application."""

import re
from collections.abc import Callable

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from booster.applications.models import Application, Partner
from booster.applications.tests import make
from booster.applications.tests.test_actions import PDF
from booster.chronicle.tasks import run_errands
from booster.post.models import Letter

Clean = Callable[[Page], None]
SECTIONS = [
    {
        "key": "venue",
        "title": "The place",
        "questions": [
            {"key": "organisation_name", "kind": "text", "label": "Legal name", "required": True},
            {"key": "venue_name", "kind": "text", "label": "Name of the place", "required": True},
            {"key": "country", "kind": "country", "label": "Country", "required": True},
            {"key": "rooms", "kind": "rooms", "label": "Rooms", "required": True, "minimum": 1},
            {"key": "floor_plans", "kind": "file", "label": "Floor plans", "several": True, "required": True,
             "files": "any"},
        ],
    },
    {
        "key": "programme",
        "title": "Programme and cost",
        "questions": [
            {"key": "has_visit", "kind": "yes_no", "label": "Do you offer a study visit?", "required": True},
            {"key": "study_visit", "kind": "long_text", "label": "Which one?", "required": True,
             "when": {"question": "has_visit", "is": True}},
            {"key": "budget", "kind": "budget", "label": "Who pays what"},
        ],
    },
]  # fmt: skip


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=10_000)


def write_the_place(lead: Page, slug: str, axe_clean: Clean) -> Application:
    lead.goto(f"/calls/{slug}/apply/")
    axe_clean(lead)
    lead.get_by_role("button", name="Begin my application").click()
    lead.get_by_label("Legal name").fill("University of Žilina")
    lead.get_by_label("Name of the place").fill("Mill Hall")
    lead.get_by_label("Country").select_option("SK")
    lead.locator("[name=rooms-0-name]").fill("Plenary")
    lead.locator("[name=rooms-0-cabaret]").fill("60")
    lead.locator("[name=rooms-0-step_free]").select_option("yes")
    lead.get_by_role("button", name="Add a room").click()
    lead.locator("[name=rooms-1-name]").fill("Attic")
    lead.get_by_role("button", name="Add a room").click()
    lead.get_by_role("button", name="Remove this line").nth(1).click()
    saved(lead)
    axe_clean(lead)
    plan = {"name": "../plan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    lead.locator("input[name=floor_plans]").set_input_files(plan)
    lead.get_by_role("button", name="Upload").click()
    expect(lead.get_by_role("link", name="plan.pdf")).to_be_visible()
    draft = Application.objects.get()
    assert draft.answers["rooms"] == [{"name": "Plenary", "cabaret": 60, "step_free": True}]
    return draft


def invite(lead: Page, draft: Application, axe_clean: Clean) -> None:
    lead.goto(f"/applications/{draft.pk}/partners/")
    axe_clean(lead)
    lead.get_by_label("Organisation").fill("Carpathian Cluster")
    lead.get_by_label("Name of the person").fill("Vera Vlk")
    lead.get_by_label("E-mail address").fill("vera@example.org")
    lead.get_by_label("Part in the consortium").fill("Programme")
    lead.get_by_label("Programme and cost").check()
    lead.get_by_role("button", name="Invite this partner").click()
    expect(lead.get_by_text("Invited", exact=True)).to_be_visible()


def join_write_and_sign(partner: Page, axe_clean: Clean) -> None:
    run_errands(at=now())
    letter = Letter.objects.get(kind="applications.invitation")
    partner.goto(re.search(r"http://\S+/l/\S+/", letter.body)[0])
    partner.locator("main").get_by_role("button").first.click()
    expect(partner.get_by_label("Which one?")).to_be_hidden()  # the part that is hers comes first
    partner.goto(f"{partner.url.partition('?')[0]}?section=venue")
    expect(partner.get_by_label("Name of the place")).to_be_disabled()
    partner.get_by_role("link", name="Programme and cost").click()
    axe_clean(partner)
    expect(partner.get_by_label("Which one?")).to_be_hidden()
    partner.locator("[name=has_visit][value=yes]").check()
    partner.get_by_label("Which one?").fill("The foundry at night.")
    partner.locator("[name=budget-0-what]").fill("Catering")
    partner.locator("[name=budget-0-amount]").fill("1200")
    saved(partner)
    partner.get_by_role("button", name="Save and go to my signature").click()
    partner.get_by_role("button", name="Sign the application off").click()
    expect(partner.get_by_text("Signed", exact=True).first).to_be_visible()
    axe_clean(partner)


def change_and_sign_again(lead: Page, partner: Page, draft: Application, axe_clean: Clean) -> None:
    lead.goto(f"/applications/{draft.pk}/?section=venue")
    lead.get_by_label("Name of the place").fill("The Mill")
    saved(lead)
    lead.goto(f"/applications/{draft.pk}/send/")
    expect(lead.get_by_text("has signed, but something changed since")).to_be_visible()
    axe_clean(lead)
    partner.reload()
    expect(partner.get_by_text("Changed since you signed")).to_be_visible()
    partner.get_by_role("button", name="Sign the application off").click()
    expect(partner.get_by_text("Changed since you signed")).to_have_count(0)


@pytest.mark.browser
def test_a_consortium_applies_as_host(page_of, axe_clean, olga, hana):
    call = make.call(at=now(), kind="venues", sections=SECTIONS, organiser=olga)
    lead, partner = page_of(hana), page_of(None)
    draft = write_the_place(lead, call.slug, axe_clean)
    invite(lead, draft, axe_clean)
    join_write_and_sign(partner, axe_clean)
    change_and_sign_again(lead, partner, draft, axe_clean)
    lead.reload()
    lead.get_by_role("button", name="Send my application").click()
    expect(lead.locator("main .lead")).to_have_text("Your application has arrived.")
    axe_clean(lead)
    sent = Application.objects.get()
    assert (sent.state, sent.reference, sent.title) == ("submitted", "V-0001", "The Mill – University of Žilina")
    assert sent.answers["budget"] == [{"what": "Catering", "amount": 1200.0}]
    assert Partner.objects.get().state == "signed_off"
