"""The chosen host reads, signs twice because the text changes, furnishes the place and gets it ready."""

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from booster.chronicle.tasks import run_errands
from booster.post.models import Letter
from booster.selection import actions as selection
from booster.selection.models import Decision
from booster.venues import actions
from booster.venues.models import Venue
from booster.venues.tests import make


def told(call, host, organiser) -> None:
    offer = make.offer(call, host, at=now())
    Decision.objects.create(
        edition=call.edition, call=call, application=offer, outcome="chosen", rank=1, reason="Best for groups.",
        decided_at=now(),
    )  # fmt: skip
    selection.confirm(call=call, by=organiser, at=now())
    run_errands(at=now())
    selection.tell(call=call, by=organiser, at=now())
    run_errands(at=now())


def sign(page, side: str) -> None:
    page.get_by_label("I have read the agreement and may sign it for my side").check()
    page.get_by_role("button", name=f"Sign for the {side}").click()


def sign_for_the_host(page, axe_clean) -> None:
    page.goto(re.search(r"http://\S+/l/\S+/", Letter.objects.get(kind="venues.chosen").body)[0])
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mill Hall")
    axe_clean(page)
    page.get_by_role("link", name="Read and sign").first.click()
    expect(page.get_by_role("heading", name="Hosting Edition cba-1")).to_be_visible()
    axe_clean(page)
    sign(page, "host")
    expect(page.get_by_text("The organisers’ signature is missing.")).to_be_visible()


def change_the_text(page, axe_clean) -> None:
    page.goto("/editions/cba-1/venue/")
    expect(page.get_by_text("The other side has signed. With your signature it is agreed.")).to_be_visible()
    axe_clean(page)
    page.get_by_role("link", name="Read and sign").click()
    page.get_by_role("link", name="Change the text").click()
    expect(page.get_by_text("One side has signed this text")).to_be_visible()
    axe_clean(page)
    text = page.get_by_label("The agreement")
    text.fill(text.input_value() + "\n## 8. Music\n\n- The host’s choir sings at the welcome.\n")
    page.get_by_role("button", name="Save the agreement").click()
    expect(page.get_by_text("This signature does not count any more")).to_be_visible()
    axe_clean(page)


def prepare(page, axe_clean, venue) -> None:
    page.goto(f"/venues/{venue.pk}/")
    page.get_by_role("link", name="Add a room").click()
    axe_clean(page)
    page.get_by_label("Room", exact=False).first.fill("Quiet room")
    page.get_by_label("Reached without steps").select_option("yes")
    page.get_by_role("button", name="Save the room").click()
    expect(page.get_by_role("link", name="Quiet room")).to_be_visible()
    page.get_by_role("link", name="Measure the wireless network").click()
    axe_clean(page)
    page.get_by_role("button", name="This is done").click()
    page.get_by_role("link", name="Change the description").click()
    axe_clean(page)
    page.get_by_label("About the place").fill("An old mill by the river.")
    page.get_by_role("button", name="Save the description").click()
    expect(page.get_by_text("An old mill by the river.")).to_be_visible()
    page.get_by_role("link", name="Step back").click()
    axe_clean(page)


@pytest.mark.browser
def test_a_host_signs_and_prepares(page_of, axe_clean, olga, hana):
    told(make.call(at=now(), organiser=olga), hana, olga)
    venue = Venue.objects.get()
    host, desk = page_of(None, width=390, height=844), page_of(olga)

    sign_for_the_host(host, axe_clean)
    change_the_text(desk, axe_clean)
    run_errands(at=now())
    assert Letter.objects.get(kind="venues.changed").address == hana.email

    host.goto(f"/venues/{venue.pk}/agreement/")
    expect(host.get_by_text("The host’s choir sings at the welcome.")).to_be_visible()
    sign(host, "host")
    desk.reload()
    sign(desk, "organisers")
    expect(desk.get_by_text("agreed", exact=True)).to_be_visible()

    prepare(host, axe_clean, venue)
    for task in venue.tasks.filter(done_at=None).exclude(title__startswith="Send the bill"):
        actions.finish_task(task=task, by=hana, at=now())
    desk.goto(f"/venues/{venue.pk}/")
    desk.get_by_role("button", name="Declare the place ready").click()
    expect(desk.get_by_text("The place is ready.")).to_be_visible()
    axe_clean(desk)
    venue.refresh_from_db()
    assert (venue.state, venue.rooms.count(), venue.revision) == ("ready", 3, 2)
