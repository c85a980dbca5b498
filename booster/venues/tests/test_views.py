import re

import pytest

from booster.academies import actions as academies
from booster.academies.models import Role
from booster.chronicle.tasks import run_errands
from booster.post.models import Letter
from booster.venues import actions
from booster.venues.models import HostTask, Room, Venue
from booster.venues.tests import make
from conftest import NOW

pytestmark = pytest.mark.django_db
OWN_PAGES = ["", "describe/", "agreement/", "step-back/", "rooms/add/", "tasks/add/"]


@pytest.fixture
def venue(hana, olga):
    return make.venue(hana, at=NOW, organiser=olga)


def address(venue, rest=""):
    return f"/venues/{venue.pk}/{rest}"


@pytest.mark.parametrize("page", OWN_PAGES)
def test_both_sides_open_every_page_a_stranger_finds_nothing(venue, hana, olga, sana, client_of, client, page):
    assert client_of(hana).get(address(venue, page)).status_code == 200
    assert client_of(olga).get(address(venue, page)).status_code == 200
    assert client_of(sana).get(address(venue, page)).status_code == 404
    assert client.get(address(venue, page)).status_code == 302


def test_the_page_of_an_edition_says_why_it_is_empty(olga, sana, client_of, client):
    make.call(at=NOW, organiser=olga)
    page = client_of(olga).get("/editions/cba-1/venue/")
    assert "No venue yet" in page.content.decode()
    assert client_of(sana).get("/editions/cba-1/venue/").status_code == 404
    assert client.get("/editions/cba-1/venue/").status_code == 302


def test_the_page_of_an_edition_is_for_both_sides_not_for_participants(venue, hana, olga, paula, client_of):
    for person in (hana, olga):
        page = client_of(person).get("/editions/cba-1/venue/").content.decode()
        assert "Mill Hall" in page
        assert "Read and sign the agreement" in page
    academies.appoint(edition=venue.edition, person=paula, role=Role.PARTICIPANT, by=None, at=NOW)
    assert client_of(paula).get("/editions/cba-1/venue/").status_code == 403


def test_the_second_choice_is_adopted_after_the_first_stepped_back(venue, hana, olga, pavel, client_of):
    second = make.offer(venue.application.call, pavel, at=NOW, reference="V-2", venue_name="Harbour House")
    make.told(second, "reserve", at=NOW)
    other = make.offer(venue.application.call, pavel, at=NOW, reference="V-3")
    answer = client_of(hana).post(address(venue, "step-back/"), {"reason": "The roof leaks."})
    assert (answer.status_code, answer["Location"]) == (302, f"/applications/{venue.application_id}/")
    desk = client_of(olga)
    page = desk.get("/editions/cba-1/venue/").content.decode()
    assert "Harbour House" in page
    assert "Given up" in page
    assert desk.post("/editions/cba-1/venue/adopt/", {"application": other.pk}).status_code == 404
    assert desk.post("/editions/cba-1/venue/adopt/", {"application": "1 or 1=1"}).status_code == 404
    assert desk.get("/editions/cba-1/venue/adopt/").status_code == 405
    assert desk.post("/editions/cba-1/venue/adopt/", {"application": second.pk}).status_code == 302
    assert Venue.objects.exclude(state="stepped_back").get().name == "Harbour House"
    assert desk.get(address(venue)).status_code == 200
    assert client_of(hana).get(address(venue)).status_code == 404


def test_a_host_does_not_adopt(venue, hana, client_of):
    assert client_of(hana).post("/editions/cba-1/venue/adopt/", {"application": 1}).status_code == 403


def test_an_organiser_steps_back_with_a_reason(venue, olga, client_of):
    assert "required" in client_of(olga).post(address(venue, "step-back/"), {"reason": ""}).content.decode().lower()
    answer = client_of(olga).post(address(venue, "step-back/"), {"reason": "No money."})
    assert answer["Location"] == "/editions/cba-1/venue/"
    assert client_of(olga).post(address(venue, "step-back/"), {"reason": "Again."}).status_code == 403


def test_the_letter_leads_to_the_page_and_both_sides_sign(venue, hana, olga, client, client_of):
    run_errands(at=NOW)
    Letter.objects.get(kind="venues.chosen")
    host = client_of(hana)
    assert "Sign for the host" in host.get(address(venue, "agreement/")).content.decode()
    host.post(address(venue, "agreement/sign/"), {"host-side": "host", "host-revision": 1})
    assert Venue.objects.get().signatures.count() == 0  # not ticked
    signing = {"host-side": "host", "host-revision": 1, "host-read": "on"}
    assert client_of(olga).post(address(venue, "agreement/sign/"), signing).status_code == 403
    assert host.post(address(venue, "agreement/sign/"), signing | {"host-revision": 7}).status_code == 409
    assert host.post(address(venue, "agreement/sign/"), signing).status_code == 302
    assert "The other side has signed" in client_of(olga).get(address(venue)).content.decode()
    ours = {"organiser-side": "organiser", "organiser-revision": 1, "organiser-read": "on"}
    assert client_of(olga).post(address(venue, "agreement/sign/"), ours).status_code == 302
    assert Venue.objects.get().state == "agreed"
    assert client_of(olga).get(address(venue, "agreement/rewrite/")).status_code == 403


def test_the_private_link_of_the_letter_signs_the_host_in(hana, olga, client):
    from django.utils.timezone import now

    venue = make.venue(hana, at=now(), organiser=olga)
    run_errands(at=now())
    link = re.search(r"/l/\S+/", Letter.objects.get(kind="venues.chosen").body)[0]
    assert client.get(link).status_code == 200
    answer = client.post(link, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, address(venue))


def test_the_organiser_changes_the_text_and_a_signature_becomes_void(venue, hana, olga, client_of):
    actions.sign(venue=venue, side="host", revision=1, by=hana, at=NOW)
    desk = client_of(olga)
    assert client_of(hana).get(address(venue, "agreement/rewrite/")).status_code == 403
    assert "One side has signed this text" in desk.get(address(venue, "agreement/rewrite/")).content.decode()
    sent = {"agreement": "# Short\n<script>alert(1)</script>", "revision": 1}
    assert desk.post(address(venue, "agreement/rewrite/"), sent).status_code == 302
    assert desk.post(address(venue, "agreement/rewrite/"), sent | {"agreement": "Late"}).status_code == 409
    page = client_of(hana).get(address(venue, "agreement/")).content.decode()
    assert "does not count any more" in page
    assert "<script>alert" not in page
    assert "Version 2 of the text" in page


def test_rooms_are_kept_in_a_form(venue, hana, client_of):
    host = client_of(hana)
    new = {"name": "Yard", "theatre": "30", "step_free": "yes", "daylight": "no", "projector": ""}
    assert host.post(address(venue, "rooms/add/"), new).status_code == 302
    yard = Room.objects.get(name="Yard")
    assert (yard.theatre, yard.step_free, yard.daylight, yard.projector) == (30, True, False, None)
    assert 'value="30"' in host.get(address(venue, f"rooms/{yard.pk}/")).content.decode()
    assert host.post(address(venue, f"rooms/{yard.pk}/"), new | {"theatre": "31"}).status_code == 302
    twin = host.post(address(venue, "rooms/add/"), new)
    assert "Another room of this venue has that name." in twin.content.decode()
    assert host.post(address(venue, "rooms/add/"), {"name": "", "cabaret": "-1"}).status_code == 200
    assert host.post(address(venue, f"rooms/{yard.pk}/remove/")).status_code == 302
    assert host.get(address(venue, f"rooms/{yard.pk}/")).status_code == 404


def test_a_room_or_task_of_another_venue_is_not_reached_through_ones_own(venue, hana, pavel, client_of):
    other = make.venue(pavel, at=NOW, slug="cba-2")
    host = client_of(hana)
    assert host.get(address(venue, f"rooms/{other.rooms.first().pk}/")).status_code == 404
    assert host.post(address(venue, f"tasks/{other.tasks.first().pk}/finish/")).status_code == 404
    assert host.get(address(other)).status_code == 404


def test_tasks_are_kept_in_a_form(venue, hana, olga, client_of):
    host = client_of(hana)
    new = {"title": "Flags", "text": "Ours and yours.", "owner": "organiser", "due_on": "2023-02-01"}
    assert host.post(address(venue, "tasks/add/"), new).status_code == 302
    flags = HostTask.objects.get(title="Flags")
    assert host.post(address(venue, f"tasks/{flags.pk}/"), new | {"owner": "somebody"}).status_code == 200
    assert client_of(olga).post(address(venue, f"tasks/{flags.pk}/"), new | {"title": "Banners"}).status_code == 302
    assert host.post(address(venue, f"tasks/{flags.pk}/finish/")).status_code == 302
    assert host.post(address(venue, f"tasks/{flags.pk}/finish/")).status_code == 409
    assert "Hana Horváth" in host.get(address(venue, f"tasks/{flags.pk}/")).content.decode()
    assert "Take up again" in host.get(address(venue)).content.decode()
    assert host.post(address(venue, f"tasks/{flags.pk}/reopen/")).status_code == 302
    assert host.post(address(venue, f"tasks/{flags.pk}/remove/")).status_code == 302
    assert not HostTask.objects.filter(pk=flags.pk).exists()


def test_the_description_is_changed_and_shown(venue, hana, client_of):
    host = client_of(hana)
    assert host.post(address(venue, "describe/"), {"name": "", "host": "X"}).status_code == 200
    sent = {"name": "The Mill", "host": "City of Žilina", "city": "Žilina", "about": "*Old*", "getting_there": "Bus 4."}
    assert host.post(address(venue, "describe/"), sent).status_code == 302
    page = host.get(address(venue)).content.decode()
    assert "Bus 4." in page
    assert "<em>Old</em>" in page


def test_a_place_is_declared_ready_by_the_organisers_when_all_is_done(venue, hana, olga, client_of):
    Venue.objects.update(state="agreed")
    desk = client_of(olga)
    assert desk.post(address(venue, "prepare/")).status_code == 403
    assert client_of(hana).post(address(venue, "prepare/")).status_code == 403
    HostTask.objects.exclude(owner="x").update(done_at=NOW)
    assert "Declare the place ready" in desk.get(address(venue)).content.decode()
    assert desk.post(address(venue, "prepare/")).status_code == 302
    assert Venue.objects.get().state == "ready"


def test_an_offer_without_a_person_says_that_a_host_is_to_be_appointed(olga, client_of):
    call = make.call(at=NOW, organiser=olga)
    venue = actions.adopt(application=make.offer(call, None, at=NOW, rooms=[]), by=olga, at=NOW)
    page = client_of(olga).get(address(venue)).content.decode()
    assert "Nobody has the role of host" in page
    assert "No room yet" in page


@pytest.mark.parametrize("more", [1, 4])
def test_the_page_needs_the_same_queries_however_long(venue, hana, client_of, more, django_assert_num_queries):
    for number in range(more):
        Room.objects.create(venue=venue, position=9 + number, name=f"Room {number}")
        HostTask.objects.create(venue=venue, title=f"Task {number}", done_at=NOW, done_by=hana)
    host = client_of(hana)
    with django_assert_num_queries(9):
        assert host.get(address(venue)).status_code == 200


def seen_in(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def test_of_two_who_write_at_once_the_second_sees_both_texts_and_decides(venue, hana, olga, client_of):
    host, desk = client_of(hana), client_of(olga)
    task = venue.tasks.get(title="Measure the wireless network")
    page = address(venue, f"tasks/{task.pk}/")
    first, second = seen_in(host.get(page)), seen_in(desk.get(page))
    mine = {"title": task.title, "text": "90 down, 60 up.", "owner": "host", "due_on": "2023-01-01", "seen": first}
    assert host.post(page, mine).status_code == 302
    theirs = mine | {"text": "Please call Mia.", "seen": second}
    answer = desk.post(page, theirs)
    assert answer.status_code == 200
    assert "Somebody else saved this while you were writing." in answer.content.decode()
    assert "Saved meanwhile: 90 down, 60 up." in answer.content.decode()
    assert "Please call Mia." in answer.content.decode()
    assert desk.post(page, theirs | {"seen": seen_in(answer)}).status_code == 302
    task.refresh_from_db()
    assert task.text == "Please call Mia."


def test_a_description_without_a_name_is_told_once_also_when_somebody_else_saved(venue, hana, olga, client_of):
    page = address(venue, "describe/")
    seen = seen_in(client_of(hana).get(page))
    sent = {"name": "The Mill", "host": "City", "city": "Žilina", "about": "", "getting_there": "Bus 4."}
    client_of(olga).post(page, sent)
    answer = client_of(hana).post(page, sent | {"name": "", "getting_there": "Bus 5.", "seen": seen})
    assert answer.content.decode().count("Saved meanwhile") >= 1
    assert answer.status_code == 200
