from datetime import timedelta

import pytest
from django.utils.timezone import now

from booster.academies import actions as academies
from booster.academies.models import Role
from booster.academies.tests import make as editions
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.chronicle.models import Pulse
from booster.cohort import actions as cohort
from booster.cohort.tests import make
from booster.home.queries.steps import next_step
from booster.post import actions as post
from booster.post.models import Letter
from conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(olga):
    made = editions.edition(at=NOW, organiser=olga)
    academies.set_phases_from_dates(edition=made, calls=None, by=olga, at=NOW)
    return made


def opened(edition) -> Call:
    call = calls.draft(
        edition=edition, kind="participants", by=None, at=NOW, contact="academy@example.org",
        opens_at=NOW, deadline_at=now() + timedelta(days=3),
    )  # fmt: skip
    calls.publish_form(version=call.form_versions.get(), by=None, at=NOW)
    return calls.publish(call=call, by=None, at=NOW)


def test_the_front_shows_open_calls_and_public_editions_only(edition, client, olga):
    assert b"Edition cba-1" not in client.get("/").content
    academies.step(edition=edition, verb="open", by=olga, at=NOW)
    opened(edition)
    page = client.get("/").content.decode()
    assert "Edition cba-1" in page
    assert "Call for participants" in page


def test_an_academy_is_public_with_its_first_public_edition(edition, client, olga):
    assert client.get("/academies/cba/").status_code == 404
    academies.step(edition=edition, verb="open", by=olga, at=NOW)
    assert b"Edition cba-1" in client.get("/academies/cba/").content
    assert client.get("/academies/nowhere/").status_code == 404


def test_a_planned_edition_is_seen_by_its_team_alone(edition, client, client_of, olga, sana):
    assert client_of(olga).get("/editions/cba-1/").status_code == 200
    assert client_of(sana).get("/editions/cba-1/").status_code == 404
    assert client.get("/editions/cba-1/").status_code == 302


def test_the_public_page_of_an_edition_shows_rail_calls_and_days(edition, client, olga):
    academies.step(edition=edition, verb="open", by=olga, at=NOW)
    opened(edition)
    page = client.get("/editions/cba-1/").content.decode()
    assert all(
        text in page for text in ("Online days", "Days in Strasbourg", "Call for participants", "Thu 2 Mar 2023")
    )


def test_the_front_leads_to_the_call_whose_deadline_comes_first_and_says_when_none_is_open(edition, client, olga):
    academies.step(edition=edition, verb="open", by=olga, at=NOW)
    assert "No call is open today" in client.get("/").content.decode()
    call = opened(edition)
    page = client.get("/").content.decode()
    assert all(text in page for text in ("Open until", f'href="/calls/{call.slug}/"', "2 days left", "Call open"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_front_and_an_academy_need_the_same_queries_however_many_editions(
    number, client, olga, django_assert_num_queries
):
    for n in range(number):
        made = editions.edition(at=NOW, organiser=olga, slug=f"cba-{n}")
        academies.step(edition=made, verb="open", by=olga, at=NOW)
    client.get("/")
    with django_assert_num_queries(4):
        client.get("/")
    with django_assert_num_queries(4):
        client.get("/academies/cba/")


def test_an_edition_leads_to_its_open_call_and_otherwise_tells_its_days(edition, client, olga):
    academies.step(edition=edition, verb="open", by=olga, at=NOW)
    assert "At a glance" in client.get("/editions/cba-1/").content.decode()
    opened(edition)
    assert "Open until" in client.get("/editions/cba-1/").content.decode()


@pytest.mark.parametrize("page", ["desk", "timeline", "letters", "copy"])
def test_the_desk_is_for_organisers(page, edition, client_of, olga, sana):
    academies.step(edition=edition, verb="open", by=olga, at=NOW)
    assert client_of(olga).get(f"/editions/cba-1/{page}/").status_code == 200
    assert client_of(sana).get(f"/editions/cba-1/{page}/").status_code == 403


def test_the_timeline_tells_what_one_person_did(edition, client_of, olga, ren):
    academies.appoint(edition=edition, person=ren, role=Role.EVALUATOR, by=ren, at=NOW)
    academies.step(edition=edition, verb="open", by=olga, at=NOW)
    client = client_of(olga)
    everybody = client.get("/editions/cba-1/timeline/").content.decode()
    ren_alone = client.get(f"/editions/cba-1/timeline/?by={ren.pk}").content.decode()
    assert "is now open" in everybody
    assert "is now open" not in ren_alone
    assert "appointed Ren Reeve as Evaluator" in ren_alone
    assert client.get("/editions/cba-1/timeline/?by=nonsense").status_code == 200


def test_the_desk_says_what_waits_and_every_number_opens(edition, client_of, olga, paula):
    call = opened(edition)
    calls.ask(call=call, text="Who pays the journey?", by=paula, at=NOW)
    post.drop(kind="x", key="x", subject="Held", body="b", to=paula, edition_id=edition.pk, by=olga, at=NOW)
    seat = cohort.enrol(application=make.application(call, "Ada Alder", at=NOW), rank=None, at=NOW)
    page = client_of(olga).get("/editions/cba-1/desk/").content.decode()
    for waiting in (
        "Deadline: Call for participants",
        "1 question to answer",
        "1 letter waits to be released",
        "1 seat waits",
    ):
        assert waiting in page
    assert f"/calls/{call.slug}/applications/?state=submitted" in page
    assert seat.state == "offered"


SENT = {"submitted": 9, "screened": 9, "eligible": 6, "evaluators": 2}


@pytest.mark.parametrize(
    "state, counts, title, waits",
    [
        ("draft", {}, "Complete and publish the call", False),
        ("open", {"submitted": 3}, "The call is open", True),
        ("open", {"submitted": 3, "past": 2}, "A cut-off has passed", False),
        ("closed", {}, "Nothing has arrived", False),
        ("closed", {"submitted": 9, "screened": 4}, "Check who is eligible", False),
        ("closed", {**SENT, "verdicts": 2}, "Confirm the verdicts", False),
        ("closed", {**SENT, "evaluators": 0}, "Invite evaluators", False),
        ("closed", {**SENT, "evaluated": 5}, "Get every file evaluated", False),
        ("closed", {**SENT, "evaluated": 6}, "Choose the cohort", False),
        ("closed", {**SENT, "evaluated": 6, "proposed": 9}, "Confirm the decisions", False),
        ("closed", {**SENT, "evaluated": 6, "confirmed": 9}, "Tell everybody", False),
        ("settled", {**SENT, "evaluated": 6, "told": 9, "offered": 4}, "Answers are coming in", True),
        ("settled", {**SENT, "evaluated": 6, "told": 9}, "Everybody is told", True),
        ("closed", {**SENT, "eligible": 0}, "Nobody is eligible", False),
    ],
)
def test_a_call_has_one_next_step_in_each_part_of_its_life(edition, state, counts, title, waits):
    call = opened(edition)
    call.state = state
    step = next_step(call, counts)
    assert (step.title, step.waits) == (title, waits)
    assert step.href.startswith("/")


def test_a_call_for_venues_ends_with_a_host(edition):
    call = opened(edition)
    call.state, call.kind = "closed", "venues"
    assert next_step(call, {**SENT, "evaluated": 6}).title == "Choose the host"
    assert next_step(call, {**SENT, "evaluated": 6, "told": 9}).verb == "See the venue"


@pytest.mark.parametrize("applications", [1, 4])
def test_the_desk_needs_the_same_queries_however_many_applications(
    edition, client_of, olga, applications, django_assert_num_queries
):
    call = opened(edition)
    for number in range(applications):
        make.application(call, f"Ada {number}", at=NOW)
    client = client_of(olga)
    client.get("/editions/cba-1/desk/")
    with django_assert_num_queries(9):
        client.get("/editions/cba-1/desk/")


def test_my_page_puts_the_next_step_first(edition, client, client_of, olga):
    call = opened(edition)
    seat = cohort.enrol(application=make.application(call, "Ada Alder", at=NOW), rank=None, at=NOW)
    page = client_of(seat.person).get("/my/").content.decode()
    assert "A seat in Edition cba-1 is yours" in page
    assert page.index("A seat in") < page.index("My applications")
    assert "Edition cba-1" in client_of(olga).get("/my/").content.decode()
    Call.objects.update(state="closed")
    theirs = client_of(olga).get("/my/").content.decode()
    assert "Check who is eligible" in theirs
    assert "What waits for you comes first." in theirs
    assert client.get("/my/").status_code == 302


def held(edition, olga, paula, key="k") -> Letter:
    return post.drop(
        kind="x", key=key, subject=f"About {key}", body="Good day", to=paula, edition_id=edition.pk, by=olga, at=NOW
    )


def test_a_held_letter_is_rewritten_then_released_and_not_twice(edition, client_of, olga, paula):
    letter, client = held(edition, olga, paula), client_of(olga)
    page = f"/editions/cba-1/letters/{letter.pk}/"
    assert b"Good day" in client.get(page).content
    typed = {"subject": "Better", "body": "Dear Paula", "revision": letter.revision}
    assert client.post(page, typed).status_code == 302
    assert client.post(page, typed).status_code == 409
    assert client.post("/editions/cba-1/letters/release/", {"letter": [letter.pk, "nonsense"]}).status_code == 302
    letter.refresh_from_db()
    assert (letter.subject, letter.state) == ("Better", "released")


def test_all_held_letters_of_this_edition_and_no_other_are_released_together(edition, client_of, olga, paula):
    mine = [held(edition, olga, paula, key) for key in "ab"]
    other = held(editions.edition(at=NOW, slug="cba-2"), olga, paula, "c")
    client_of(olga).post("/editions/cba-1/letters/release/", {"all": "yes"})
    for letter in [*mine, other]:
        letter.refresh_from_db()
    assert [letter.state for letter in [*mine, other]] == ["released", "released", "held"]
    assert client_of(olga).get(f"/editions/cba-1/letters/{other.pk}/").status_code == 404
    assert client_of(olga).get("/editions/cba-1/letters/?state=held&page=99").status_code == 200


def test_an_edition_is_copied_with_its_calls_and_every_date_moved(edition, client_of, olga):
    call = opened(edition)
    client = client_of(olga)
    answer = client.post("/editions/cba-1/copy/", {"name": "2nd edition", "slug": "", "first_on": "2023-11-30"})
    assert answer["Location"] == "/editions/2nd-edition/desk/"
    copied = Call.objects.get(edition__slug="2nd-edition")
    assert copied.state == "draft"
    assert (copied.deadline_at.date() - call.deadline_at.date()).days == 364
    assert copied.criteria.count() == call.criteria.count() == 3
    again = client.post("/editions/cba-1/copy/", {"name": "2nd edition", "slug": "", "first_on": "2023-11-30"})
    assert b"Another edition has this address already" in again.content
    assert (
        b"Latin letters" in client.post("/editions/cba-1/copy/", {"name": "Ελλάδα", "first_on": "2023-11-30"}).content
    )


def test_search_finds_only_what_one_may_see(edition, client, client_of, olga, sana):
    academies.step(edition=edition, verb="open", by=olga, at=NOW)
    call = opened(edition)
    row = make.application(call, "Ada Alder", at=NOW)
    assert b"Ada Alder" in client_of(olga).get("/search/?q=alder").content
    assert b"Ada Alder" in client_of(row.applicant).get("/search/?q=alder").content
    assert b"Ada Alder" not in client_of(sana).get("/search/?q=alder").content
    assert b"Ada Alder" not in client.get("/search/?q=alder").content
    assert b"Call for participants" in client.get("/search/?q=PARTICIPANTS").content
    for silly in ("", "a", "%", "'; drop table", "x" * 5000):
        assert client.get("/search/", {"q": silly}).status_code == 200


def test_health_tells_whether_a_worker_lives(client):
    assert client.get("/healthz").json() == {"alive": True}
    assert client.get("/readyz").status_code == 503
    Pulse.objects.update_or_create(name="worker", defaults={"last_at": now()})
    assert client.get("/readyz").status_code in (200, 503)
