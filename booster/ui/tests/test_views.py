import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

pytestmark = pytest.mark.django_db


def test_an_accent_is_served_as_a_sheet_that_browsers_keep(client):
    answer = client.get("/accent/8a2846.css")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content.startswith(b":root{--accent:#8a2846;")


@pytest.mark.parametrize("tone", ["eeeeee", "red", "8a2846;}", "8a28", "..%2f..%2fetc"])
def test_a_colour_nobody_can_read_is_not_served(client, tone):
    assert client.get(f"/accent/{tone}.css").status_code == 404


def test_the_gallery_is_shown_in_the_demo_alone(client, settings):
    settings.BOOSTER_DEMO = False
    assert client.get("/gallery/").status_code == 404


@pytest.mark.parametrize(
    "layout", ["", "?layout=covered", "?layout=desk", "?layout=narrow", "?layout=../x", "?rows=many"]
)
def test_the_gallery_shows_every_layout(client, settings, layout):
    settings.BOOSTER_DEMO = True
    answer = client.get(f"/gallery/{layout}")
    assert answer.status_code == 200
    assert b"Cluster Booster Academy" in answer.content


def test_the_gallery_shows_a_toast_after_sending(client, settings):
    settings.BOOSTER_DEMO = True
    answer = client.post("/gallery/", {"name": ""})
    assert b'<x-toast class="toast success">' in answer.content


def test_the_gallery_asks_the_database_nothing(client, settings, django_assert_num_queries):
    settings.BOOSTER_DEMO = True
    with django_assert_num_queries(0):
        client.get("/gallery/")


@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/"])
def test_the_statements_are_public_and_short(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert len(answer.content) < 20_000
    assert b'<a class="skip" href="#main">' in answer.content


@pytest.mark.parametrize("code", [403, 409, 429])
def test_an_error_page_says_the_reason_it_was_given(code):
    request = RequestFactory().get("/x/")
    assert "Only the author may send it." in render_to_string(
        f"{code}.html", {"exception": "Only the author may send it."}, request
    )
    assert '<p class="lead">' in render_to_string(f"{code}.html", {}, request)


def test_a_page_that_is_not_here_says_so_kindly(client):
    answer = client.get("/there/is/nothing/here/")
    assert answer.status_code == 404
    assert b"This page is not here" in answer.content


def test_the_page_of_our_own_faults_needs_nothing():
    assert "Something broke here" in render_to_string("500.html")


def test_a_signed_in_person_finds_the_way_out(client_of, olga, settings):
    settings.BOOSTER_DEMO = True
    page = client_of(olga).get("/gallery/").content.decode()
    assert "Sign out" in page
    assert "Sign in" not in page
