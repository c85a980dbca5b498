from datetime import timedelta

import pytest

from booster.post import actions
from booster.post.models import Letter
from booster.post.tests import make
from booster.post.tests.make import NOW

pytestmark = pytest.mark.django_db
BOX = "/post-box/"


@pytest.fixture
def demo(settings):
    settings.BOOSTER_DEMO = True


def _fill(count):
    for n in range(count):
        actions.drop(
            by=None,
            at=NOW + timedelta(minutes=n),
            **make.draft(f"fill-{n}", release_now=True, subject=f"Letter {n}", name="Paula"),
        )


@pytest.mark.parametrize("address", [BOX, f"{BOX}1/", f"{BOX}1/calendar/"])
def test_outside_the_demo_there_is_no_post_box(client, address):
    make.letter(calendar="BEGIN:VCALENDAR")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 12])
def test_the_post_box_is_two_queries_newest_first(client, demo, count, django_assert_num_queries):
    _fill(count)
    with django_assert_num_queries(2):
        page = client.get(BOX).content.decode()
    assert page.index(f"Letter {count - 1}") <= page.index("Letter 0")


def test_an_empty_post_box_says_so(client, demo):
    assert "No letters" in client.get(BOX).content.decode()


def test_a_long_post_box_has_pages(client, demo):
    actions.drop_many([make.draft(str(n), release_now=True) for n in range(51)], by=None, at=NOW)
    assert client.get(BOX).content.decode().count("<tr>") == 51
    assert client.get(BOX, {"page": "2"}).content.decode().count("<tr>") == 2
    assert client.get(BOX, {"page": "nonsense"}).status_code == 200


def test_letters_can_be_looked_up_by_address(client, demo):
    make.letter("1")
    make.letter("2", address="pavel@example.org", subject="For Pavel")
    page = client.get(BOX, {"to": " Pavel@example.org "}).content.decode()
    assert "For Pavel" in page
    assert "We have your application" not in page


def test_a_letter_is_read_as_it_would_have_arrived_with_its_links(client, demo, django_assert_num_queries):
    letter = make.letter(reply_to="olga@example.org", body="Dear <b>Paula</b>,\n\nhttps://example.org/a/1?x=1&y=2")
    with django_assert_num_queries(2):
        page = client.get(f"{BOX}{letter.pk}/").content.decode()
    assert "Dear &lt;b&gt;Paula&lt;/b&gt;," in page
    assert '<a href="https://example.org/a/1?x=1&amp;y=2" rel="nofollow">' in page
    assert "olga@example.org" in page
    assert "style=" not in page


def test_a_letter_in_trouble_says_which(client, demo):
    letter = make.letter()
    Letter.objects.update(state="failed", trouble="550 no such user")
    page = client.get(f"{BOX}{letter.pk}/").content.decode()
    assert "The mail server refused it for paula@example.org: 550 no such user" in page


def test_the_calendar_of_a_letter_can_be_opened(client, demo):
    letter = make.letter(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    answer = client.get(f"{BOX}{letter.pk}/calendar/")
    assert answer.content == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    plain = make.letter("plain")
    assert client.get(f"{BOX}{plain.pk}/calendar/").status_code == 404


def test_what_is_held_is_nobodys_to_read(client, demo):
    letter = make.letter(release_now=False)
    assert client.get(f"{BOX}{letter.pk}/").status_code == 404
    assert client.get(f"{BOX}999/").status_code == 404
