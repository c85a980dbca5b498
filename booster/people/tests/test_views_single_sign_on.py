import json
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from booster.chronicle.models import Fact
from booster.people import facts
from booster.people.models import Person

LOGIN, ASK, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"


def signed_in_as(client):
    return Person.objects.filter(pk=client.session.get("_auth_user_id")).first()


# -- single sign-on ---------------------------------------------------------------------------------------------


class Provider(BaseHTTPRequestHandler):
    """As much of an OpenID Connect provider as one sign-in needs; it believes every code."""

    claims: dict = {}

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        ways = {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "userinfo_endpoint": f"{here}/userinfo",
            "jwks_uri": f"{here}/jwks",
        }
        self.answer(ways if "well-known" in self.path else self.claims)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer({"access_token": "t", "token_type": "bearer", "expires_in": 60})

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *said):
        pass


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "oidc",
        "name": "EU Login",
        "client_id": "booster",
        "secret": "s3cret",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}", "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield Provider
    server.shutdown()
    server.server_close()


def come_back(client):
    """Through the door of the other house and back with a code, as a browser would."""
    away = client.get("/accounts/oidc/oidc/login/?process=login&next=/profile/")
    state = parse_qs(urlsplit(away.headers["location"]).query)["state"][0]
    return client.get(f"/accounts/oidc/oidc/login/callback/?code=c&state={state}")


def test_who_signs_in_by_the_other_house_gets_an_account_with_a_confirmed_address(provider, client_of, db):
    provider.claims = {
        "sub": "1",
        "email": "Nora@Example.org",
        "email_verified": True,
        "given_name": "Nora",
        "family_name": "New",
        "name": "Nora New",
    }
    client = client_of(None)
    assert "Sign in with EU Login" in client.get(LOGIN).content.decode()
    assert come_back(client).headers["location"] == "/profile/"
    nora = signed_in_as(client)
    assert (nora.name, nora.email, nora.given_name) == ("Nora New", "nora@example.org", "Nora")
    assert EmailAddress.objects.get(user=nora).verified
    assert Counter(Fact.objects.values_list("kind", flat=True))[facts.SIGNED_UP.name] == 1
    assert client.get("/accounts/3rdparty/").status_code == 200
    assert "Accounts in other houses" in client.get("/profile/sign-in/").content.decode()


def test_a_known_confirmed_address_is_the_same_person(provider, olga, client_of):
    provider.claims = {"sub": "2", "email": "olga@example.org", "email_verified": True, "name": "O. Organ"}
    client = client_of(None)
    come_back(client)
    assert signed_in_as(client) == olga
    assert SocialAccount.objects.get().user == olga
    olga.refresh_from_db()
    assert olga.name == "Olga Organ"


def test_an_address_that_the_other_house_has_not_confirmed_opens_nobodys_account(provider, olga, client_of):
    provider.claims = {"sub": "3", "email": "olga@example.org", "email_verified": False, "name": "Eve"}
    client = client_of(None)
    come_back(client)
    assert signed_in_as(client) != olga


def test_without_a_provider_there_is_no_such_door(client_of, db):
    assert client_of(None).get("/accounts/oidc/oidc/login/").status_code == 404
    assert "Sign in with EU" not in client_of(None).get(LOGIN).content.decode()
