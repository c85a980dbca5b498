import pytest

from booster.cohort import actions, queries
from booster.cohort.access import RULES
from booster.cohort.models import LegSeat, Seat
from booster.cohort.tests import make
from booster.kit.access import allows
from booster.people import actions as people
from booster.post.models import Letter
from booster.selection.models import Decision
from booster.selection.tests import make as choosing
from conftest import NOW

pytestmark = pytest.mark.django_db
OVER = NOW.replace(year=2023, month=3, day=4)


@pytest.fixture
def seat(olga):
    call = make.call(at=NOW, organiser=olga)
    seat = actions.enrol(application=make.application(call, "Ada Alder", at=NOW), rank=None, at=NOW)
    Seat.objects.update(answer_by=NOW.replace(year=2099))  # the pages ask the clock
    seat.refresh_from_db()
    return seat


@pytest.fixture
def before_the_days(monkeypatch):
    """The legs end on 3 March 2023."""
    monkeypatch.setattr("booster.cohort.views.now", lambda: NOW)


def test_its_holder_and_the_organiser_see_a_seat_a_stranger_does_not(seat, olga, sana, client_of, client):
    page = f"/seats/{seat.pk}/"
    assert client_of(seat.person).get(page).status_code == 200
    assert client_of(olga).get(page).status_code == 200
    assert client_of(sana).get(page).status_code == 404
    assert client.get(page).status_code == 404
    assert client.get("/seats/999999/").status_code == 404


def test_only_its_holder_answers(seat, olga, client_of):
    assert client_of(olga).post(f"/seats/{seat.pk}/accept/").status_code == 403
    assert allows(RULES, "cohort.accept", seat.person, seat)
    assert RULES["cohort.accept"](None, seat) == "Only the person to whom the seat was offered may answer."
    assert client_of(seat.person).post(f"/seats/{seat.pk}/accept/").status_code == 302
    seat.refresh_from_db()
    assert seat.state == "accepted"
    assert client_of(seat.person).post(f"/seats/{seat.pk}/accept/").status_code == 409


def test_a_seat_is_declined_from_the_mail_without_an_account(seat, client):
    _link, token = people.issue_link(
        purpose="seat", person=seat.person, thing=seat, expires_at=seat.answer_by, uses=None, by=None, at=NOW
    )
    answer = client.get(f"/l/{token}/", follow=True)
    assert answer.request["PATH_INFO"] == f"/seats/{seat.pk}/"
    client.post(f"/seats/{seat.pk}/decline/", {"reason": "no time"})
    seat.refresh_from_db()
    assert (seat.state, seat.reason) == ("declined", "no time")


@pytest.mark.usefixtures("before_the_days")
def test_a_part_of_the_seat_is_given_back(seat, client_of):
    actions.accept(seat=seat, by=seat.person, at=NOW)
    part = LegSeat.objects.get(seat=seat, leg__kind="in_person")
    holder = client_of(seat.person)
    assert b"Only Days in Strasbourg" in holder.get(f"/seats/{seat.pk}/").content
    assert holder.post(f"/seats/{seat.pk}/give-back/", {"leg": part.pk, "reason": "x" * 2000}).status_code == 302
    part.refresh_from_db()
    assert (part.given_back_at is not None, len(part.reason)) == (True, 1000)
    assert holder.post(f"/seats/{seat.pk}/give-back/", {"leg": "999999"}).status_code == 404
    assert holder.post(f"/seats/{seat.pk}/give-back/", {"leg": "; drop table"}).status_code == 302
    seat.refresh_from_db()
    assert seat.state == "given_back"


@pytest.mark.usefixtures("before_the_days")
def test_every_state_of_a_seat_has_its_page(seat, client_of):
    for state, says in [
        ("waiting", b"reserve list"),
        ("accepted", b"confirmed"),
        ("declined", b"declined"),
        ("lapsed", b"lapsed"),
    ]:
        type(seat).objects.filter(pk=seat.pk).update(state=state, rank=3)
        assert says in client_of(seat.person).get(f"/seats/{seat.pk}/").content


@pytest.mark.usefixtures("before_the_days")
def test_a_seat_of_an_edition_that_is_over_asks_for_nothing_more(seat, client_of, monkeypatch):
    actions.accept(seat=seat, by=seat.person, at=NOW)
    before = client_of(seat.person).get(f"/seats/{seat.pk}/").content
    monkeypatch.setattr("booster.cohort.views.now", lambda: NOW.replace(year=2023, month=3, day=4))
    after = client_of(seat.person).get(f"/seats/{seat.pk}/").content
    assert (b"into your calendar now" in before, b"into your calendar now" in after) == (True, False)
    assert (b"Give it back" in before, b"Give it back" in after) == (True, False)
    assert (b"You took part" in before, b"You took part" in after) == (False, True)
    assert b'datetime="2023-03-02"' in before


def test_the_organiser_sees_the_cohort_and_takes_people_off_the_list(seat, olga, sana, client_of):
    waiting = actions.enrol(application=make.application(seat.application.call, "Bo Birch", at=NOW), rank=1, at=NOW)
    page = client_of(olga).get("/editions/cba-1/cohort/")
    assert b"Ada Alder" in page.content
    assert b"Bo Birch" in page.content
    assert client_of(sana).get("/editions/cba-1/cohort/").status_code == 404
    assert client_of(sana).post(f"/seats/{waiting.pk}/drop/").status_code == 404
    assert client_of(olga).post(f"/seats/{waiting.pk}/drop/").status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "dropped"


@pytest.mark.usefixtures("before_the_days")
def test_who_waits_may_step_back_from_the_reserve_list(seat, client_of):
    waiting = actions.enrol(application=make.application(seat.application.call, "Bo Birch", at=NOW), rank=1, at=NOW)
    holder = client_of(waiting.person)
    assert b"Take me off the list" in holder.get(f"/seats/{waiting.pk}/").content
    assert holder.post(f"/seats/{waiting.pk}/drop/").url == f"/seats/{waiting.pk}/"
    page = holder.get(f"/seats/{waiting.pk}/").content
    assert (b"Take me off the list" in page, b"You are off the reserve list" in page) == (False, True)
    assert holder.post(f"/seats/{waiting.pk}/drop/").status_code == 409


@pytest.fixture
def earlier(olga):
    """The first edition: Ada held a seat, Bo was not chosen."""
    call = make.call(at=NOW, organiser=olga)
    first, lost = make.application(call, "Ada Alder", at=NOW), make.application(call, "Bo Birch", at=NOW)
    seat = actions.enrol(application=first, rank=None, at=NOW)
    about = {"edition": call.edition, "call": call, "decided_at": NOW, "told_at": NOW, "state": "told"}
    Decision.objects.create(application=first, outcome="chosen", **about)
    Decision.objects.create(application=lost, outcome="not_chosen", **about)
    return actions.accept(seat=seat, by=seat.person, at=NOW)


def test_an_organiser_notes_who_did_not_come(earlier, olga, client_of, monkeypatch):
    client, page, verb = client_of(olga), "/editions/cba-1/cohort/", f"/seats/{earlier.pk}/miss/"
    monkeypatch.setattr("booster.cohort.views.now", lambda: NOW)
    assert b"Did not come" not in client.get(page).content
    assert client.post(verb).status_code == 409
    monkeypatch.setattr("booster.cohort.views.now", lambda: OVER)
    assert b"Did not come" in client.get(page).content
    assert client_of(earlier.person).post(verb).status_code == 403
    assert client.post(verb).status_code == 302
    assert b"Came after all" in client.get(page).content
    assert client.post(verb, {"came": "yes"}).status_code == 302
    assert b"Did not come" in client.get(page).content


def test_who_came_before_and_who_did_not_stands_beside_the_next_application(
    earlier, olga, client_of, django_assert_num_queries
):
    later, client = make.call(at=NOW, organiser=olga, slug="cba-2"), client_of(olga)
    ada, bo = make.application(later, "Ada Alder", at=NOW), make.application(later, "Bo Birch", at=NOW)
    for came, code, told in ((False, "missed", "did not come"), (True, "came", "took part")):
        actions.miss(seat=earlier, came=came, by=olga, at=OVER)
        with django_assert_num_queries(2):
            assert queries.came_before(later, on=OVER.date()) == {ada.pk: code}
        file = client.get(f"/applications/{ada.pk}/file/").content.decode()
        assert ("Earlier editions" in file, told in file) == (True, True)
        assert told in client.get(f"/calls/{later.slug}/applications/").content.decode()
    assert "Not chosen" in client.get(f"/applications/{bo.pk}/file/").content.decode()
    with django_assert_num_queries(1):
        assert queries.came_before(later, on=NOW.date()) == {}  # the days lie ahead
    with django_assert_num_queries(1):
        assert [one.came for one in queries.before(ada, on=NOW.date())] == [None]


def test_an_organiser_reads_the_offer_of_a_seat_before_anybody_is_told(olga, client_of):
    call = choosing.call(at=NOW, organiser=olga)
    choosing.files(call, at=NOW, count=2)
    chosen, other = choosing.decided(call, by=olga, at=NOW, seats=1)
    text = client_of(olga).get(f"/decisions/{chosen.pk}/").content.decode()
    assert f"A seat for you: {call.edition.name}" in text
    assert ("(the private link of this person)" in text, "23:59 (Europe/Brussels)" in text) == (True, True)
    assert f"to {chosen.application.applicant.name}, {chosen.application.applicant.email}" in text
    assert not Letter.objects.filter(kind="cohort.offer").exists()
    assert "A seat for you" not in client_of(olga).get(f"/decisions/{other.pk}/").content.decode()


def test_the_figures_of_the_cohort_lead_to_their_rows(seat, client_of, olga):
    text = client_of(olga).get(f"/editions/{seat.edition.slug}/cohort/").content.decode()
    assert ('href="#seats"' in text, 'id="seats"' in text) == (True, True)
    assert ('href="#reserve"' in text, 'id="reserve"' in text) == (True, True)
