"""Strangers read the front, an edition, a call and its questions: on a phone, enlarged, in the dark, light to load."""

import pytest
from django.utils.timezone import now

from booster.academies import actions as academies
from booster.calls import actions as calls
from booster.calls.tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "e => e.scrollWidth <= e.clientWidth"
KB = 1024


@pytest.fixture
def pages(olga):
    call = make.open_call(at=now(), organiser=olga, kind="venues")
    academies.set_phases_from_dates(edition=call.edition, calls=None, by=olga, at=now())
    academies.step(edition=call.edition, verb="open", by=olga, at=now())
    question = calls.ask(call=call, text="May catering come from another organisation?", by=olga, at=now())
    calls.answer(enquiry=question, answer="Yes, as a partner.", public_text=question.text, by=olga, at=now())
    page = f"/calls/{call.slug}/"
    edition = f"/editions/{call.edition.slug}/"
    parts = ["", "questions/", "white-book/", "ask/", "box/", "apply/"]
    return ["/", "/calls/", "/academies/cba/", edition, "/search/?q=call", *(f"{page}{part}" for part in parts)]


@pytest.mark.parametrize("scheme, width", [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing_on_what_strangers_read(page_of, axe_clean, pages, scheme, width):
    page = page_of(None, width=width, color_scheme=scheme, bypass_csp=True)
    for address in pages:
        assert page.goto(address).status == 200
        axe_clean(page)


def test_nothing_scrolls_sideways_at_four_times_the_size_and_every_page_has_one_heading(page_of, pages):
    page = page_of(None, width=320, height=256)
    for address in pages:
        page.goto(address)
        assert (address, page.locator("html").evaluate(FITS)) == (address, True)
        assert (address, page.locator("h1:visible").count()) == (address, 1)


def test_a_first_view_is_light(page_of, pages):
    for address in pages:
        page = page_of(None)
        assert (address, len(page.goto(address).body()) < 20 * KB) == (address, True)
        page.context.close()


def test_from_the_front_it_is_three_clicks_to_the_form(page_of, pages):
    page = page_of(None, width=390)
    page.goto("/")
    page.get_by_role("link", name="Read the call").click()
    page.get_by_role("link", name="Offer your place").first.click()
    page.get_by_label("Your name").fill("Ada Alder")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Begin my application").click()
    page.wait_for_url("**/applications/*/")
    assert page.get_by_text("Section 1 of").is_visible()
