"""Somebody chosen cannot come: the seat goes by itself to the next person who keeps the group balanced."""

import re

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from booster.chronicle.tasks import run_errands
from booster.cohort.models import Seat
from booster.cohort.tests import make
from booster.post.models import Letter
from booster.selection import actions as selection
from booster.selection.models import Decision


def link_to(name: str) -> str:
    body = Letter.objects.get(kind="cohort.offer", name=name).body
    return re.search(r"http://\S+/l/\S+/", body)[0]


def decided(call, name: str, outcome: str, rank: int) -> None:
    Decision.objects.create(
        edition=call.edition, call=call, application=make.application(call, name, at=now()), outcome=outcome,
        rank=rank, reason="The best total under the limits.", decided_at=now(),
    )  # fmt: skip


def tell_everybody(call, organiser) -> None:
    selection.confirm(call=call, by=organiser, at=now())
    run_errands(at=now())
    selection.tell(call=call, by=organiser, at=now())
    run_errands(at=now())


def decline(page, axe_clean) -> None:
    page.goto(link_to("Ada Alder"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A seat for you")
    expect(page.get_by_text("Then the seat goes to the next person on the reserve list.")).to_be_visible()
    axe_clean(page)
    page.get_by_label("Why, if you like to say").fill("Our fair is in the same week.")
    page.get_by_role("button", name="I cannot come").click()
    expect(page.get_by_text("You have declined. The seat goes to the next person.")).to_be_visible()
    expect(page.get_by_role("button", name="I take the seat")).to_have_count(0)
    axe_clean(page)


def accept(page, axe_clean) -> None:
    page.goto(link_to("Cy Cedar"))
    expect(page.get_by_text("first on the reserve list who keeps all limits in this seat")).to_be_visible()
    axe_clean(page)
    page.get_by_role("button", name="I take the seat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("You (take|took) part"))
    axe_clean(page)


def look_over(page, axe_clean, call) -> None:
    page.goto(f"/editions/{call.edition.slug}/cohort/")
    rows = page.get_by_role("row")
    left = rows.filter(has=page.get_by_role("link", name="Ada Alder"))
    joined = rows.filter(has=page.get_by_role("link", name="Cy Cedar"))
    expect(left).to_contain_text("declined")
    expect(left).to_contain_text("Our fair is in the same week.")
    expect(joined).to_contain_text("accepted")
    expect(joined).to_contain_text("after Ada Alder")
    expect(page.get_by_role("listitem").filter(has_text="Bo Birch")).to_be_visible()
    axe_clean(page)


@pytest.mark.browser
def test_a_reserve_moves_up(page_of, axe_clean, olga):
    call = make.call(at=now(), organiser=olga)
    decided(call, "Ada Alder", "chosen", 1)
    decided(call, "Bo Birch", "reserve", 1)
    decided(call, "Cy Cedar", "reserve", 2)
    make.adopted(call, {"Bo Birch": ["Zoe Zeder"], "Cy Cedar": ["Ada Alder"]}, at=now())
    tell_everybody(call, olga)

    decline(page_of(None, width=390, height=844), axe_clean)
    run_errands(at=now())
    run_errands(at=now())
    assert Letter.objects.filter(kind="cohort.offer").count() == 2
    assert "A seat became free" in Letter.objects.get(kind="cohort.offer", name="Cy Cedar").body

    accept(page_of(None, width=390, height=844), axe_clean)
    run_errands(at=now())
    assert Letter.objects.filter(kind="cohort.accepted", name="Cy Cedar").count() == 1

    look_over(page_of(olga), axe_clean, call)
    states = dict(Seat.objects.values_list("application__reference", "state"))
    assert states == {"Ada Alder": "declined", "Bo Birch": "waiting", "Cy Cedar": "accepted"}
