"""Pages speak the language of who reads them."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.5"}


def lang(answer):
    told = answer.content.decode().partition('<html lang="')[2].partition('"')[0]
    assert answer.headers["Content-Language"] == told
    return told


def test_a_stranger_reads_english():
    assert lang(Client().get("/calls/")) == "en"


def test_the_browser_s_wish_is_followed():
    assert lang(Client().get("/calls/", **GERMAN)) == "de"


def test_a_wish_that_nobody_speaks_gives_english():
    assert lang(Client().get("/calls/", HTTP_ACCEPT_LANGUAGE="tlh")) == "en"


def test_what_was_chosen_at_the_foot_counts_more_than_the_browser_s_wish():
    client = Client()
    answer = client.post("/language/", {"language": "fr"}, HTTP_REFERER="http://testserver/calls/?lang=fr")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/calls/?lang=fr")
    assert lang(client.get("/calls/", **GERMAN)) == "fr"
    assert client.cookies["language"]["httponly"]


def test_somebody_s_own_setting_counts_more_than_everything(paula, client_of):
    paula.language = "el"
    paula.save()
    client = client_of(paula)
    client.cookies["language"] = "fr"
    assert lang(client.get("/my/", **GERMAN)) == "el"


def test_who_has_not_said_reads_what_the_browser_asks_for(paula, client_of):
    assert paula.language == ""
    assert lang(client_of(paula).get("/my/", **GERMAN)) == "de"


def test_the_choice_of_somebody_signed_in_is_kept_in_the_profile(paula, client_of):
    client_of(paula).post("/language/", {"language": "mt"})
    paula.refresh_from_db()
    assert paula.language == "mt"


def test_the_profile_may_say_as_my_device_says(paula, client_of):
    paula.language = "el"
    paula.save()
    client = client_of(paula)
    client.post("/profile/", {"name": "Paula Pereira", "language": "", "zone": "", "country": ""})
    paula.refresh_from_db()
    assert paula.language == ""


@pytest.mark.parametrize("unknown", ["", "tlh", "de-AT", "../../etc", "en\r\nSet-Cookie: a=b", "x" * 9000])
def test_a_language_that_is_not_offered_changes_nothing(unknown):
    client = Client()
    assert client.post("/language/", {"language": unknown}).status_code == 302
    assert "language" not in client.cookies


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/x", "//elsewhere.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_house(elsewhere):
    assert Client().post("/language/", {"language": "fr"}, HTTP_REFERER=elsewhere).headers["Location"] == "/"


@pytest.mark.parametrize("told", [{"HTTP_ORIGIN": "https://elsewhere.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}])
def test_another_house_cannot_choose_for_a_reader(told):
    client = Client()
    assert client.post("/language/", {"language": "fr"}, **told).status_code == 403
    assert "language" not in client.cookies


def test_asking_for_the_address_alone_is_no_choice():
    assert Client().get("/language/").status_code == 405


def test_an_installation_offers_what_it_wants(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "français")]
    assert lang(Client().get("/calls/", **GERMAN)) == "en"


def test_every_language_names_itself_at_the_foot_of_a_page():
    text = Client().get("/calls/").content.decode()
    assert text.count("<option value=") == 24
    assert '<option value="el" lang="el">Ελληνικά</option>' in text
    assert '<option value="mt" lang="mt">Malti</option>' in text
    assert '<option value="en" lang="en" selected>English</option>' in text


def test_a_choice_costs_a_stranger_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().post("/language/", {"language": "fr"})
