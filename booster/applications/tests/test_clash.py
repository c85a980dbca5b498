"""Two people in one question, in real browsers: both texts are shown, one chooses, nothing vanishes."""

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from booster.applications import actions
from booster.applications.models import Application
from booster.applications.tests import make
from booster.applications.tests.test_actions import VENUE, invite


@pytest.mark.browser
@pytest.mark.parametrize(("choice", "stands"), [("yours", "His"), ("theirs", "Hers")])
def test_both_texts_are_shown_and_one_chooses(page_of, axe_clean, hana, pavel, choice, stands):
    draft = make.draft(call=make.call(at=now(), kind="venues", sections=VENUE), by=hana, at=now(), venue_name="Old")
    actions.join(partner=invite(draft, hana, section_keys=[]), at=now())
    his = page_of(pavel)
    his.goto(f"/applications/{draft.pk}/?section=place")
    actions.save_answers(application=draft, answers={"venue_name": "Hers"}, revision=draft.revision, by=hana, at=now())
    his.get_by_label("Name").fill("His")
    dialog = his.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=10_000)
    expect(dialog).to_contain_text("Hers")
    expect(dialog).to_contain_text("Hana Horváth")
    axe_clean(his)
    dialog.locator(f"input[value={choice}]").check()
    dialog.get_by_role("button", name="Save my choice").click()
    expect(his.locator("x-clash dialog")).to_have_count(0)  # the page has come anew
    expect(his.get_by_label("Name")).to_have_value(stands)
    assert Application.objects.get().answers["venue_name"] == stands
