from datetime import date

import pytest

from booster.venues import actions, inlets, queries
from booster.venues.actions import Task
from booster.venues.models import AgreementSignature, HostTask, Room, Venue
from booster.venues.rules import RoomPlan
from booster.venues.tests import make
from conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue(hana, olga):
    return make.venue(hana, at=NOW, organiser=olga)


@pytest.mark.parametrize("more", [1, 4])
def test_a_venue_is_read_with_five_queries_however_much_it_holds(venue, hana, more, django_assert_num_queries):
    for number in range(more):
        actions.set_room(venue=venue, plan=RoomPlan(f"Room {number}"), by=hana, at=NOW)
        task = actions.set_task(venue=venue, task=Task(title=f"Task {number}", owner="host"), by=hana, at=NOW)
        actions.finish_task(task=task, by=hana, at=NOW)
        AgreementSignature.objects.create(venue=venue, side="host", person=hana, revision=9 + number, signed_at=NOW)
    venue = queries.venues_of(venue.edition).get()
    with django_assert_num_queries(5):
        page = queries.venue_page(venue, side="host")
        assert [task.done_by.name for task in page.done] == ["Hana Horváth"] * more
        assert len([one.person.name for one in page.signatures]) == more
    assert (len(page.rooms), len(page.open), page.nearby) == (2 + more, 14, 1)
    assert page.days == (date(2023, 3, 2), date(2023, 3, 3))
    assert (page.next.step, page.missing) == ("sign", ["host", "organiser"])
    assert page.venue.place == "Mill Hall, Žilina"


def test_tasks_without_a_day_come_last(venue, hana):
    actions.set_task(venue=venue, task=Task(title="Some day", owner="host"), by=hana, at=NOW)
    page = queries.venue_page(venue, side="host")
    assert page.open[-1].title == "Some day"
    assert page.open[0].title == "Read and sign the agreement"


@pytest.mark.parametrize("offers", [1, 3])
def test_the_page_of_an_edition_lists_offers_that_may_follow(hana, olga, offers, django_assert_num_queries):
    call = make.call(at=NOW, organiser=olga)
    for number in range(offers):
        offer = make.offer(call, hana, at=NOW, reference=f"V-{number}")
        make.told(offer, "chosen" if not number else "reserve", at=NOW, rank=number or 1)
    make.told(make.offer(call, hana, at=NOW, reference="V-9"), "not_chosen", at=NOW)
    with django_assert_num_queries(2):
        page = queries.edition_page(call.edition, side="organiser")
        assert [(one.application.reference, one.application.organisation) for one in page.candidates] == [
            (f"V-{number}", None) for number in range(offers)
        ]
    assert (page.current, page.given_up) == ([], [])


def test_while_a_venue_is_kept_no_offer_may_follow_and_after_it_the_rest(venue, olga, pavel):
    second = make.offer(venue.application.call, pavel, at=NOW, reference="V-2")
    make.told(second, "reserve", at=NOW)
    page = queries.edition_page(venue.edition, side="organiser")
    assert ([one.venue for one in page.current], page.candidates) == ([venue], [])
    actions.step_back(venue=venue, side="organiser", reason="No.", by=olga, at=NOW)
    page = queries.edition_page(venue.edition, side="organiser")
    assert (page.current, page.given_up) == ([], [venue])
    assert [one.application for one in page.candidates] == [second]


@pytest.mark.parametrize("editions", [1, 3])
def test_my_venues_need_three_queries_however_many(hana, olga, editions, django_assert_num_queries):
    for number in range(editions):
        made = make.venue(hana, at=NOW, organiser=olga, slug=f"cba-{number}")
    actions.sign(venue=made, side="host", revision=1, by=hana, at=NOW)
    with django_assert_num_queries(3):
        mine = queries.my_venues(hana)
        assert sorted(one.venue.edition.slug for one in mine) == [f"cba-{number}" for number in range(editions)]
    last = next(one for one in mine if one.venue == made)
    assert (last.next.step, last.open) == ("task", 10)
    assert last.next.task.title == "Confirm the days and the hours of the rooms"
    assert [one.next.step for one in mine if one.venue != made] == ["sign"] * (editions - 1)
    assert queries.my_venues(olga) == []


def test_the_public_reads_of_a_venue_once_it_is_agreed(venue, hana, rf, django_assert_num_queries):
    request = rf.get("/")
    assert inlets.on_edition(request, venue.edition) == ""
    Venue.objects.update(state="agreed", about="**Old** mill <script>x</script>", host="Host & sons")
    with django_assert_num_queries(1):
        shown = inlets.on_edition(request, venue.edition)
    assert "Mill Hall, Žilina" in shown
    assert "Hosted by Host &amp; sons." in shown
    assert "By train from Bratislava" in shown
    assert "<script" not in shown


def test_things_name_themselves(venue):
    assert [str(venue), str(Room.objects.first()), str(HostTask.objects.first())] == [
        "Mill Hall", "Plenary", "Read and sign the agreement",
    ]  # fmt: skip
    assert str(AgreementSignature(side="host")) == "host"
