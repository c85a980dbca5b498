import re
from pathlib import Path
from types import SimpleNamespace

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.template.loader import get_template

from booster.people import actions as people
from booster.people.models import Person
from booster.people.views import ReaderZone
from conftest import NOW

LOGIN, ASK, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"


def signed_in_as(client):
    return Person.objects.filter(pk=client.session.get("_auth_user_id")).first()


# -- every page in our face -------------------------------------------------------------------------------------

PUBLIC = {
    "login": 200,
    "login/code": 200,
    "signup": 200,
    "signup/passkey": 200,
    "password/reset": 200,
    "password/reset/done": 200,
    "password/reset/key/done": 200,
    "inactive": 200,
    "3rdparty/login/cancelled": 200,
    "3rdparty/login/error": 401,
}
OWN = ["email", "logout", "password/set", "2fa", "2fa/webauthn", "2fa/webauthn/add", "2fa/totp/activate", "3rdparty"]


@pytest.mark.parametrize("path", PUBLIC)
def test_every_entrance_has_our_face(db, client_of, path):
    answer = client_of(None).get(f"/accounts/{path}/")
    assert answer.status_code == PUBLIC[path]
    assert b'id="main"' in answer.content
    assert b"style=" not in answer.content


@pytest.mark.parametrize("path", OWN)
def test_every_page_of_ones_account_has_our_face(olga, client_of, path):
    answer = client_of(olga).get(f"/accounts/{path}/")
    assert answer.status_code == 200
    assert b'id="main"' in answer.content
    assert client_of(None).get(f"/accounts/{path}/").status_code == 302


def test_no_template_of_the_sign_in_library_shows_through():
    """Every page that it can answer with is one of ours; ``base`` and ``layouts`` are parts that ours do not use."""
    folder = Path(allauth.__file__).parent / "templates"
    unreached = ("allauth/", "openid/", "usersessions/", "idp/", "socialaccount/snippets/login", "account/snippets/")
    foreign = [
        name
        for path in folder.rglob("*.html")
        if not (name := path.relative_to(folder).as_posix()).startswith(unreached)
        and "base" not in name
        and "phone" not in name
        and "password_reset_code" not in name
        and "webauthn/snippets" not in name
        and "booster" not in get_template(name).origin.name
    ]
    assert foreign == []


def test_every_letter_of_the_sign_in_library_has_our_words():
    folder = Path(allauth.__file__).parent / "templates"
    names = {path.name.removesuffix("_subject.txt") for path in folder.rglob("email/*_subject.txt")}
    wordless = [
        name for name in names if not (Path(__file__).parents[1] / f"templates/people/letters/{name}.txt").exists()
    ]
    assert wordless == ["password_reset_code"]  # we reset by a link


def test_the_pages_obey_the_content_security_policy(db, client_of):
    answer = client_of(None).get(LOGIN)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    scripts = re.findall(r"<script([^>]*)>", answer.content.decode())
    assert all("src=" in script or "application/json" in script for script in scripts)


# -- addresses --------------------------------------------------------------------------------------------------


def test_a_second_address_is_confirmed_by_code_and_made_the_main_one(olga, client_of, code_for, last_letter):
    client = client_of(olga)
    client.post("/accounts/email/", {"action_add": "", "email": "olga@work.example"})
    assert client.get("/accounts/confirm-email/").status_code == 200
    client.post("/accounts/confirm-email/", {"code": code_for("olga@work.example")})
    client.post("/accounts/email/", {"action_primary": "", "email": "olga@work.example"})
    olga.refresh_from_db()
    assert olga.email == "olga@work.example"
    assert last_letter("olga@example.org").kind == "people.email_changed"
    client.post("/accounts/email/", {"action_remove": "", "email": "olga@example.org"})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["olga@work.example"]


def test_an_address_of_somebody_else_cannot_be_taken(olga, sana, client_of, code_for, last_letter):
    client = client_of(olga)
    client.post("/accounts/email/", {"action_add": "", "email": "sana@example.org"})
    letter = last_letter("sana@example.org")
    assert letter.kind == "people.email_confirmation"
    client.post("/accounts/confirm-email/", {"code": code_for("sana@example.org")})  # even with her code
    assert not EmailAddress.objects.filter(user=olga, email="sana@example.org", verified=True).exists()


# -- the reader's zone ------------------------------------------------------------------------------------------


def zone_seen(cookies, person=None):
    request = SimpleNamespace(COOKIES=cookies, user=person or SimpleNamespace(is_authenticated=False))
    return ReaderZone(lambda request: request.zone)(request)


def test_the_zone_is_the_profiles_then_the_browsers_then_unknown(olga):
    session = {"sessionid": "x"}
    assert zone_seen({}) == ""
    assert zone_seen({"zone": "Europe/Athens"}) == "Europe/Athens"
    assert zone_seen({**session, "zone": "Europe/Athens"}, olga) == "Europe/Athens"
    people.rename(person=olga, zone="Europe/Lisbon", by=olga, at=NOW)
    assert zone_seen({**session, "zone": "Europe/Athens"}, olga) == "Europe/Lisbon"


@pytest.mark.parametrize("told", ["../../etc/passwd", "Mars/Base", "<script>", "x" * 5000, "\x00", "Europe%2FParis"])
def test_a_browser_cannot_tell_nonsense(told):
    assert zone_seen({"zone": told}) == ""
