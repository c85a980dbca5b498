"""Letters that wait for their hour, and letters that did not arrive."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from booster.academies.tests import make as editions
from booster.post import actions as post
from booster.post.models import DeadAddress, Letter
from booster.selection import actions as choosing
from booster.selection.tests import make as selection
from conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(olga):
    return editions.edition(at=NOW, organiser=olga)


def letter_of(edition, key="a", state="bounced", **more):
    letter = post.drop(
        kind="x", key=key, subject="Your seat", body="b", address=f"{key}@example.org", name=f"Person {key}",
        edition_id=edition.pk, by=None, at=NOW,
    )  # fmt: skip
    Letter.objects.filter(pk=letter.pk).update(state=state, trouble="550 no such user", **more)
    letter.refresh_from_db()
    return letter


def test_the_desk_tells_who_did_not_get_a_letter_and_what_to_do(edition, client_of, olga):
    letter_of(edition)
    page = client_of(olga).get("/editions/cba-1/desk/").content.decode()
    assert "A letter to Person a did not arrive: correct the address or send it again" in page
    assert 'href="/editions/cba-1/letters/?state=lost"' in page
    for number, state in enumerate(("failed", "given_up", "unsure")):
        letter_of(edition, f"b{number}", state)
    letter_of(edition, "sent", "sent")
    page = client_of(olga).get("/editions/cba-1/desk/").content.decode()
    assert "4 letters did not arrive, one of them to Person a: correct their addresses" in page
    found = client_of(olga).get("/editions/cba-1/letters/?state=lost").content.decode()
    assert ("Person b2" in found, "Person sent" in found, "Did not arrive" in found) == (True, False, True)


def test_a_letter_that_came_back_is_sent_again_to_a_corrected_address(edition, client_of, olga):
    letter = letter_of(edition)
    DeadAddress.objects.create(address="a@example.org", since=NOW, reason="550")
    client = client_of(olga)
    page = client.get(f"/editions/cba-1/letters/{letter.pk}/").content.decode()
    assert all(text in page for text in ("It did not arrive", "Nobody can be reached at this address", "550 no such"))
    where = f"/editions/cba-1/letters/{letter.pk}/settle/"
    client.post(where, {"address": "no address"})
    assert Letter.objects.get().state == "bounced"
    client.post(where, {"address": "Right@Example.org"})
    assert Letter.objects.values_list("state", "address").get() == ("released", "right@example.org")
    assert client.post(where, {"address": "right@example.org"}).status_code == 409
    assert client.post(where, {"what": "discard"}).status_code == 302
    assert Letter.objects.get().state == "released"  # it is on its way: nothing to throw away


def test_a_letter_that_did_not_arrive_can_be_thrown_away(edition, client_of, olga):
    letter = letter_of(edition)
    client_of(olga).post(f"/editions/cba-1/letters/{letter.pk}/settle/", {"what": "discard"})
    assert Letter.objects.get().state == "discarded"


def test_a_letter_says_when_it_goes_out_and_can_go_at_once(edition, client_of, olga):
    letter = letter_of(edition, state="released", not_before=now() + timedelta(days=2))
    client, page = client_of(olga), f"/editions/cba-1/letters/{letter.pk}/"
    assert "goes out:" in client.get("/editions/cba-1/letters/").content.decode()
    assert "It waits for its hour" in client.get(page).content.decode()
    client.post(f"{page}settle/", {"what": "hasten"})
    assert Letter.objects.get().not_before <= now()
    assert "It waits for its hour" not in client.get(page).content.decode()


def test_others_settle_nothing(edition, client_of, client, sana, olga):
    letter = letter_of(edition)
    where = f"/editions/cba-1/letters/{letter.pk}/settle/"
    assert client.post(where).status_code == 302
    assert client_of(sana).post(where).status_code == 404
    other = editions.edition(at=NOW, organiser=olga, slug="cba-2")
    assert client_of(olga).post(f"/editions/{other.slug}/letters/{letter.pk}/settle/").status_code == 404
    assert client_of(olga).get(where).status_code == 405
    assert Letter.objects.get().state == "bounced"


def test_letters_released_at_night_wait_for_the_morning(edition, client_of, olga):
    letter = letter_of(edition, state="held")
    client_of(olga).post("/editions/cba-1/settings/", {})
    client_of(olga).post("/editions/cba-1/letters/release/", {"letter": letter.pk})
    letter.refresh_from_db()
    local = letter.not_before.astimezone(__import__("zoneinfo").ZoneInfo("Europe/Brussels"))
    assert (letter.state, 8 <= local.hour < 19, local.weekday() < 5) == ("released", True, True)


def test_letters_about_decisions_leave_when_the_decisions_are_told_and_not_one_by_one(olga, client_of):
    call = selection.call(at=NOW, organiser=olga)
    selection.files(call, at=NOW, count=2)
    selection.decided(call, by=olga, at=NOW, seats=1)
    letter, desk, where = Letter.objects.get(state="held"), client_of(olga), f"/editions/{call.edition.slug}"
    page = desk.get(f"{where}/letters/").content.decode()
    assert ("leave together" in page, f'name="letter" value="{letter.pk}"' in page) == (True, False)
    assert "Release this letter" not in desk.get(f"{where}/letters/{letter.pk}/").content.decode()
    assert "waits to be released" not in desk.get(f"{where}/desk/").content.decode()
    desk.post(f"{where}/letters/release/", {"letter": letter.pk})
    desk.post(f"{where}/letters/release/", {"all": "yes"})
    letter.refresh_from_db()
    assert letter.state == "held"
    assert len(choosing.tell(call=call, by=olga, at=NOW)) == 2
    letter.refresh_from_db()
    assert letter.state == "released"
