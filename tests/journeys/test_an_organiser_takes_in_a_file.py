"""An organiser takes in the answers that people sent through another tool: looks, corrects a column, takes in once."""

from pathlib import Path

import pytest
from django.urls import reverse

from booster.applications.models import Application
from booster.applications.tests import exports, make
from booster.intake.models import Intake
from conftest import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def file(tmp_path) -> tuple[Path, exports.Export]:
    """Forty people's answers; the column with the addresses has a name that nobody could guess."""
    export = exports.make(7, answers=40)
    export.headers["email"] = "Where we write to"
    path = tmp_path / "answers.xlsx"
    path.write_bytes(exports.as_workbook(export, 7))
    return path, export


def test_a_file_is_looked_at_corrected_and_taken_in_once(olga, page_of, axe_clean, file):
    path, export = file
    call = make.call(at=NOW, organiser=olga, deadline_at=exports.DEADLINE)
    page = page_of(olga, width=820)
    page.goto(reverse("applications:list", args=[call.slug]))
    page.get_by_role("link", name="Take in a file").click()
    axe_clean(page)

    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("heading", name="What “answers.xlsx” holds").wait_for()
    axe_clean(page)
    assert Application.objects.count() == 0
    assert page.locator("#rows tbody tr").get_by_text("no usable e-mail").count() > 20

    page.get_by_text("Which column answers what").click()
    page.get_by_label("E-mail address", exact=True).select_option("Where we write to")
    page.get_by_role("button", name="Read it again with these columns").click()
    page.wait_for_load_state()
    assert page.locator("#rows tbody tr").filter(has_text="replaced by a later answer").count() == len(
        export.truth.superseded
    )
    page.get_by_label("Show only rows that hold this text").fill("under 15 members")
    page.wait_for_timeout(400)
    codes = list(export.truth.ineligible.values())
    assert page.locator("#rows tbody tr:visible").count() == codes.count("under 15 members")

    for new in (len(export.rows), 0):
        page.get_by_role("button", name="Take in all of it").click()
        page.get_by_text(f"{new} new rows taken in").wait_for()
        assert Application.objects.count() == len(export.rows)
        page.go_back()
    assert sorted(Intake.objects.values_list("new_count", flat=True)) == [0, len(export.rows)]
    standing = set(Application.objects.filter(state="superseded").values_list("reference", flat=True))
    assert standing == export.truth.superseded


def test_the_page_fits_a_phone(olga, page_of, axe_clean):
    call = make.call(at=NOW, organiser=olga)
    phone = page_of(olga, width=390)
    phone.goto(reverse("intake:choose_file", args=[call.slug, "answers"]))
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    axe_clean(phone)
