import pytest

from booster.people import actions as people
from conftest import NOW


@pytest.fixture
def actress(olga):
    return people.put_in_cast(person=olga, line="A call to close on Friday.", by=None, at=NOW)


def test_outside_the_demo_there_is_no_cast(settings, actress, client_of):
    settings.BOOSTER_DEMO = False
    client = client_of(None)
    assert client.get("/cast/").status_code == 404
    assert client.get(f"/cast/{actress.pk}/").status_code == 404
    assert client.post(f"/cast/{actress.pk}/", {"next": "/profile/"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_the_demo_one_click_is_to_be_somebody(settings, actress, sana, client_of):
    settings.BOOSTER_DEMO = True
    client = client_of(sana)
    html = client.get("/cast/?next=/profile/sign-in/").content.decode()
    assert "A call to close on Friday." in html
    assert "Be Olga" in html
    assert "Sana" not in html.split('id="main"')[1].split("</main>")[0]
    answer = client.post(f"/cast/{actress.pk}/", {"next": "/profile/sign-in/"})
    assert answer.headers["location"] == "/profile/sign-in/"
    assert int(client.session["_auth_user_id"]) == actress.pk


def test_only_the_cast_can_be_played_and_only_by_a_click(settings, actress, sana, operator, client_of):
    settings.BOOSTER_DEMO = True
    client = client_of(None)
    assert client.post(f"/cast/{sana.pk}/").status_code == 404
    assert client.post(f"/cast/{operator.pk}/").status_code == 404
    assert client.get(f"/cast/{actress.pk}/").headers["location"] == "/cast/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_cast_never_leads_to_another_house(settings, actress, client_of, where):
    settings.BOOSTER_DEMO = True
    assert client_of(None).post(f"/cast/{actress.pk}/", {"next": where}).headers["location"] == "/profile/"


def test_an_empty_stage_says_how_to_fill_it(settings, db, client_of):
    settings.BOOSTER_DEMO = True
    assert "The stage is empty" in client_of(None).get("/cast/").content.decode()
