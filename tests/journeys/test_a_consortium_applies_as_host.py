"""A university and a cluster offer a place together: rooms, files, two signatures, one application."""

import io
import re
from collections.abc import Callable

import pytest
from django.utils.timezone import now
from PIL import Image
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
            {"key": "point", "kind": "point", "label": "Point on the map", "required": True},
            {"key": "floor_plans", "kind": "file", "label": "Floor plans", "several": True, "required": True,
             "files": "any"},
        ],
    },
    {
        "key": "white_book",
        "title": "White book",
        "questions": [
            {"key": f"book_{part}", "kind": "checklist", "label": part.title(), "required": True, "evidence": True,
             "reasons": True, "options": [{"value": line, "label": line.title()} for line in lines]}
            for part, lines in (("rooms", ("plenary", "groups", "desk")), ("net", ("wifi", "camera")))
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
    show_the_rooms(lead)
    point_at_it(lead)
    axe_clean(lead)
    return draft


def show_the_rooms(lead: Page) -> None:
    """A photo that is none is refused beside its box; the right one stands there at once; a lost line loses nothing."""
    photo = lead.locator("[name=rooms-0-photo-upload]")
    photo.set_input_files({"name": "hall.svg", "mimeType": "image/svg+xml", "buffer": b"<svg><script/></svg>"})
    expect(lead.get_by_role("alert").filter(has_text="not a kind of file that is taken here")).to_be_visible()
    photo.set_input_files({"name": "hall.png", "mimeType": "image/png", "buffer": picture()})
    expect(lead.get_by_role("link", name="hall.png")).to_be_visible()
    saved(lead)
    lead.context.set_offline(True)
    lead.locator("[name=rooms-1-name]").fill("Library")
    lead.get_by_role("button", name="Add a room").click()
    lead.locator("[name=rooms-2-name]").fill("Workshop")
    lead.locator("[name=rooms-2-plan-upload]").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(lead.get_by_role("alert").filter(has_text="Not uploaded: no connection.")).to_be_visible()
    expect(lead.locator("[data-saved]")).to_contain_text("Not connected")
    lead.context.set_offline(False)
    lead.reload()
    expect(lead.locator("[name=rooms-2-name]")).to_have_value("Workshop")
    saved(lead)
    lead.reload()
    assert [lead.locator(f"[name=rooms-{n}-name]").input_value() for n in range(3)] == [
        "Plenary",
        "Library",
        "Workshop",
    ]
    expect(lead.locator("x-upload img")).to_have_count(1)
    expect(lead.get_by_role("link", name="hall.png")).to_be_visible()


def point_at_it(lead: Page) -> None:
    lead.get_by_label("Point on the map").fill("18.74, 49.22")
    expect(lead.get_by_text("Are the two numbers swapped: 49.22, 18.74?")).to_be_visible()
    lead.get_by_label("Point on the map").fill("https://www.openstreetmap.org/#map=17/49.22/18.74")
    expect(lead.get_by_text("On the map: 49.22, 18.74")).to_be_visible()
    saved(lead)


def answer_the_white_book(lead: Page, draft: Application, axe_clean: Clean) -> None:
    """On a phone: counted while one answers, the open lines at once, a word why, a file as evidence."""
    lead.set_viewport_size({"width": 390, "height": 844})
    lead.goto(f"/applications/{draft.pk}/?section=white_book")
    expect(lead.locator("[data-answered-all]")).to_have_text("0 of 5 answered")
    lead.locator("[name=book_rooms-groups][value=partly]").check()
    expect(lead.locator("[data-answered-all]")).to_have_text("1 of 5 answered")
    for part in ("rooms", "net"):
        lead.locator(f"#field-book_{part} [data-all-yes]").click()
    expect(lead.locator("[data-answered-all]")).to_have_text("5 of 5 answered")
    expect(lead.locator("[name=book_rooms-groups][value=partly]")).to_be_checked()
    lead.get_by_role("textbox", name="Why? (required)").fill("Two of five lie across the yard")
    proof = {"name": "speed.pdf", "mimeType": "application/pdf", "buffer": PDF}
    lead.locator("[name=book_net-wifi-file-upload]").set_input_files(proof)
    expect(lead.get_by_role("link", name="speed.pdf")).to_be_visible()
    saved(lead)
    axe_clean(lead)
    assert lead.evaluate("document.documentElement.scrollWidth <= innerWidth")
    lead.set_viewport_size({"width": 1280, "height": 720})


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "navy").save(out, "PNG")
    return out.getvalue()


def read_by_the_organiser(olga: Page, sent: Application, axe_clean: Clean) -> None:
    olga.goto(f"/applications/{sent.pk}/file/")
    expect(olga.get_by_role("img", name="Photo: Plenary")).to_be_visible()
    expect(olga.get_by_role("link", name="speed.pdf")).to_be_visible()
    axe_clean(olga)


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
    answer_the_white_book(lead, draft, axe_clean)
    invite(lead, draft, axe_clean)
    join_write_and_sign(partner, axe_clean)
    change_and_sign_again(lead, partner, draft, axe_clean)
    lead.reload()
    lead.get_by_role("button", name="Send my application").click()
    expect(lead.locator("main .lead")).to_have_text("Your application has arrived.")
    axe_clean(lead)
    sent = Application.objects.get()
    assert (sent.state, sent.reference, sent.title) == ("submitted", "V-0001", "The Mill – University of Žilina")
    assert sent.answers["rooms"][0]["photo"]["name"] == "hall.png"
    assert sent.answers["point"] == {"latitude": 49.22, "longitude": 18.74}
    assert sent.answers["book_rooms"]["groups"] == {"answer": "partly", "remark": "Two of five lie across the yard"}
    assert sent.answers["book_net"]["wifi"]["file"]["name"] == "speed.pdf"
    assert sent.answers["budget"] == [{"what": "Catering", "amount": 1200.0}]
    assert Partner.objects.get().state == "signed_off"
    read_by_the_organiser(page_of(olga), sent, axe_clean)
