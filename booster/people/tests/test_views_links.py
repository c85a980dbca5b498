from datetime import timedelta

import pytest
from django.utils import timezone

from booster.people import actions as people
from booster.people import queries as persons
from booster.people.models import Link, Person
from booster.post.models import Letter


@pytest.fixture
def issued(db):
    def issue(**terms):
        now = timezone.now()
        asked = {"purpose": "tryout", "expires_at": now + timedelta(days=7), "by": None, "at": now, **terms}
        link, token = people.issue_link(**asked)
        return link, f"/l/{token}/"

    return issue


def expire(link):
    Link.objects.filter(pk=link.pk).update(
        made_at=link.made_at - timedelta(days=30), expires_at=timezone.now() - timedelta(days=1)
    )


def test_looking_burns_nothing_and_one_click_opens(olga, issued, client_of, destination):
    destination("tryout", lambda request, link: f"/seats/{link.pk}/")
    link, url = issued(person=olga)
    client = client_of(None)
    for _ in range(3):  # a mail scanner, and another
        page = client.get(url)
        assert page.status_code == 200
    assert "Hello Olga" in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post(url).headers["location"] == f"/seats/{link.pk}/"
    assert persons.granted(client.session, purpose="tryout", at=timezone.now()) == link
    assert "_auth_user_id" not in client.session


def test_a_head_request_burns_nothing(olga, issued, client_of):
    link, url = issued(person=olga)
    client_of(None).head(url)
    link.refresh_from_db()
    assert link.uses_left == 1


def test_a_used_link_says_so_and_offers_a_new_one(olga, issued, client_of):
    _link, url = issued(person=olga)
    client_of(None).post(url)
    page = client_of(None).post(url)
    assert page.status_code == 410
    html = page.content.decode()
    assert "This link has been used already" in html
    assert "o…@example.org" in html
    assert "olga@example.org" not in html


def test_an_expired_link_is_renewed_to_the_old_address_alone(olga, issued, client_of, last_letter):
    link, url = issued(person=olga)
    expire(link)
    client = client_of(None)
    assert "This link has expired" in client.get(url).content.decode()
    assert "o…@example.org" in client.post(f"{url}new/").content.decode()
    letter = last_letter("olga@example.org")
    assert (letter.kind, letter.state, letter.to) == ("people.new_link", "released", olga)
    [fresh] = [line for line in letter.body.splitlines() if line.startswith("http://testserver/l/")]
    assert client.post(fresh.removeprefix("http://testserver")).status_code == 302
    assert client.get(url).status_code == 404  # the old one is void
    assert client.post(f"{url}new/").status_code == 404
    assert Letter.objects.count() == 1


def test_a_good_link_is_not_renewed(olga, issued, client_of):
    _link, url = issued(person=olga)
    assert client_of(None).post(f"{url}new/").headers["location"] == url
    assert client_of(None).get(f"{url}new/").headers["location"] == url
    assert Letter.objects.count() == 0


def test_an_expired_link_without_an_address_offers_to_sign_in(issued, client_of):
    link, url = issued()
    expire(link)
    assert "Sign in instead" in client_of(None).get(url).content.decode()
    assert client_of(None).post(f"{url}new/").status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 3000, "%00", "..", "<script>alert(1)<%2Fscript>", "é"])
def test_an_unknown_link_is_a_kind_page(db, client_of, token):
    page = client_of(None).get(f"/l/{token}/")
    assert page.status_code == 404
    assert b"<script>alert" not in page.content


def test_guessing_tokens_is_throttled(db, client_of):
    answers = [client_of(None).post(f"/l/guess{n}/").status_code for n in range(31)]
    assert set(answers[:30]) == {404}
    assert answers[30] == 429


def test_asking_for_new_links_is_throttled(issued, client_of):
    for n in range(6):
        link, url = issued(address=f"a{n}@example.org")
        expire(link)
        answer = client_of(None).post(f"{url}new/")
    assert answer.status_code == 429
    assert Letter.objects.count() == 5


def test_a_link_that_signs_in_confirms_the_address_and_keeps_the_grant(db, issued, client_of, destination):
    destination("tryout_in", lambda request, link: "/profile/")
    nora = people.ensure_person(email="nora@example.org", name="Nora New", by=None, at=timezone.now())
    link, url = issued(purpose="tryout_in", person=nora, signs_in=True)
    client = client_of(None)
    assert client.post(url).headers["location"] == "/profile/"
    assert Person.objects.get(pk=client.session["_auth_user_id"]) == nora
    assert nora.emailaddress_set.get().verified
    assert persons.granted(client.session, purpose="tryout_in", at=timezone.now()) == link
    assert client.get("/profile/").status_code == 200


def test_a_link_that_signs_in_still_asks_for_the_second_step(olga, issued, client_of, destination):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(olga, generate_totp_secret())
    _link, url = issued(purpose="tryout_in", person=olga, signs_in=True)
    client = client_of(None)
    assert client.post(url).headers["location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


def test_the_link_of_one_person_is_never_mixed_with_the_session_of_another(olga, sana, issued, client_of, destination):
    destination("tryout", lambda request, link: "/profile/")
    link, url = issued(person=olga)
    client = client_of(sana)
    for answer in (client.get(url), client.post(url)):
        html = answer.content.decode()
        assert "This link is for somebody else" in html
        assert "sana@example.org" in html
        assert "olga@example.org" not in html
    link.refresh_from_db()
    assert link.uses_left == 1
    assert persons.granted(client.session, purpose="tryout", at=timezone.now()) is None
    assert client.post(f"{url}switch/").headers["location"] == url
    assert "_auth_user_id" not in client.session
    assert client.post(url).headers["location"] == "/profile/"
    assert persons.granted(client.session, purpose="tryout", at=timezone.now()) == link


def test_only_a_post_switches(olga, sana, issued, client_of):
    _link, url = issued(person=olga)
    client = client_of(sana)
    client.get(f"{url}switch/")
    assert "_auth_user_id" in client.session


def test_a_link_to_read_opens_at_once_and_always(issued, client_of, destination):
    destination("tryout_read", lambda request, link: "/calendar/")
    _link, url = issued(purpose="tryout_read", address="guest@example.org", uses=None)
    for _ in range(3):
        assert client_of(None).get(url).headers["location"] == "/calendar/"


def test_a_link_whose_room_is_silent_leads_home(olga, issued, client_of):
    _link, url = issued(person=olga)
    assert client_of(None).post(url).headers["location"] == "/"


def test_a_link_page_costs_few_queries(olga, issued, client_of, django_assert_num_queries):
    _link, url = issued(person=olga)
    client = client_of(None)
    with django_assert_num_queries(1):
        client.get(url)


def test_the_button_needs_the_token_against_forged_requests(olga, issued):
    from django.test import Client

    _link, url = issued(person=olga)
    assert Client(enforce_csrf_checks=True).post(url).status_code == 403
