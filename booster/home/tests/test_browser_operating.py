"""The operator's pages, in a real Chromium: axe finds nothing, on a phone and wide, light and dark."""

import pytest
from playwright.sync_api import expect

from booster.academies.tests import make as editions
from conftest import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_operator_takes_up_the_power_and_looks_round(operator, olga, page_of, axe_clean):
    editions.edition(at=NOW, organiser=olga)
    page = page_of(operator)
    page.goto("/operations/")
    page.get_by_role("button", name="End it now").click()
    page.goto("/operations/")
    axe_clean(page)
    page.get_by_label("What for").fill("A look round")
    page.get_by_role("button", name="Begin the hour").click()
    expect(page.get_by_role("heading", name="This installation")).to_be_visible()
    for scheme, width in (("light", 390), ("dark", 1440)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        for address in ("/operations/", "/operations/found/", "/editions/cba-1/people/", "/editions/cba-1/settings/"):
            page.goto(address)
            axe_clean(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
