"""Merit first: bands, everybody's chance, an announcement, a seed, the draw, and a stranger who repeats it."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from booster.chronicle.tasks import run_errands
from booster.selection import actions, tasks
from booster.selection.models import Draw
from booster.selection.tests import make
from conftest import NOW

SEED = "4 31 17 42 9 26"


def choose_the_policy(page: Page, call, axe_clean) -> None:
    page.goto(f"/calls/{call.slug}/cohort/")
    page.get_by_role("radio", name=re.compile("Merit first")).check()
    expect(page.get_by_text("from 90 points: 8 people")).to_be_visible()
    page.get_by_label("Band B from").fill("88")
    page.get_by_label("Band B from").press("Tab")
    expect(page.get_by_text("A band is at least 5 points wide: write 85 or less.")).to_be_visible()
    axe_clean(page)
    page.get_by_label("Band B from").fill("80")
    page.get_by_label("Name of this selection").fill("Merit first")
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_role("button", name="Stop the work")).to_be_visible()
    axe_clean(page)
    tasks.run_waiting(at=now())
    expect(page.get_by_role("heading", name="Everybody’s chance")).to_be_visible(timeout=15_000)
    expect(
        page.get_by_text("8 people take part in the lottery; the smallest chance of anybody is 37.5 %.")
    ).to_be_visible()
    axe_clean(page)


def announce_it(page: Page, axe_clean) -> None:
    page.get_by_role("link", name="Announce the draw").click()
    axe_clean(page)
    page.get_by_label("Where the seed comes from").fill("The six numbers of the lottery of Friday, in the order drawn")
    page.get_by_label("When it will be known").fill((now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Announce the draw").click()
    page.get_by_role("button", name="Announce it").click()
    expect(page.get_by_role("heading", name="The draw is announced")).to_be_visible()
    axe_clean(page)


def draw_it(page: Page, axe_clean) -> None:
    Draw.objects.update(known_at=now() - timedelta(minutes=1))  # two days later
    page.get_by_role("link", name="Draw from the seed").click()
    axe_clean(page)
    page.get_by_label("The seed, as it was published").fill(SEED)
    page.get_by_role("button", name="Draw from the seed").click()
    page.get_by_role("button", name="Draw now").click()
    expect(page.get_by_role("heading", name="The group that was drawn")).to_be_visible()
    axe_clean(page)


def repeat_it(page: Page, call, axe_clean, folder) -> list[str]:
    """What a stranger with two downloads and Python finds out: the numbers of those drawn."""
    page.goto(f"/calls/{call.slug}/")
    page.get_by_role("link", name="Fingerprint, seed and how to repeat it").click()
    expect(page.get_by_role("heading", name="The draw has taken place")).to_be_visible()
    axe_clean(page)
    for name, file in (("Every group with its tickets", "draw.json"), ("verify_draw.py", "verify_draw.py")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        download.value.save_as(folder / file)
    run = [sys.executable, folder / "verify_draw.py", folder / "draw.json", SEED]
    told = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    expect(page.get_by_text(told[0].split()[1])).to_be_visible()
    return told[3].split()[1:]


@pytest.mark.browser
def test_a_cohort_is_drawn_from_a_public_seed(page_of, olga, axe_clean, tmp_path):
    call = make.call(at=NOW, organiser=olga)
    make.files(call, at=NOW, count=24)
    page, stranger = page_of(olga), page_of(None, width=390)
    choose_the_policy(page, call, axe_clean)
    announce_it(page, axe_clean)
    draw_it(page, axe_clean)
    numbers = repeat_it(stranger, call, axe_clean, tmp_path)

    scenario = Draw.objects.get().scenario
    assert sorted(scenario.portfolio.numbers[one] for one in numbers) == sorted(scenario.result["chosen"])
    expect(stranger.get_by_text("Everybody who applied is told the result first.")).to_be_visible()
    actions.adopt(scenario=scenario, by=olga, at=now())
    actions.confirm(call=call, by=olga, at=now())
    run_errands(at=now())
    actions.tell(call=call, by=olga, at=now())
    stranger.reload()
    expect(stranger.get_by_text(scenario.result["chosen"][0])).to_be_visible()
    theirs = call.applications.get(reference=scenario.result["chosen"][0])
    page = page_of(theirs.applicant, width=390)
    page.goto(f"/applications/{theirs.pk}/decision/")
    expect(page.get_by_text("Your chance was 37.5 %, and your group was drawn.")).to_be_visible()
    axe_clean(page)
