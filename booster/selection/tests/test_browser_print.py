"""What a printer gets."""

import pytest

from booster.selection.tests import make
from conftest import NOW

pytestmark = pytest.mark.browser


def test_every_offer_of_a_comparison_stands_on_the_sheet(page_of, olga):
    call = make.call(at=NOW, organiser=olga, kind="venues")
    make.files(call, at=NOW, count=9)
    page = page_of(olga, width=1030)  # a landscape A4, in pixels
    page.goto(f"/calls/{call.slug}/compare/")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1030, "height": 700})
    fits = """() => { const table = document.querySelector('.compare');
        return table.scrollWidth <= table.parentElement.clientWidth }"""
    assert page.evaluate(fits)
    assert page.locator("button:visible, textarea#countries:visible").count() == 0
