import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time

from booster.chronicle.models import Fact
from booster.people import actions as people
from booster.people import facts
from booster.people.models import Person
from booster.post.models import Letter
from conftest import NOW

LOGIN, ASK, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"


def signed_in_as(client):
    return Person.objects.filter(pk=client.session.get("_auth_user_id")).first()


# -- by a mailed code -------------------------------------------------------------------------------------------


def test_one_signs_in_by_the_code_of_a_letter(olga, client_of, code_for, last_letter):
    client = client_of(None)
    assert client.post(ASK, {"email": "OLGA@example.org", "next": "/profile/sign-in/"}).status_code == 302
    letter = last_letter("olga@example.org")
    assert (letter.to, letter.state, letter.kind) == (olga, "released", "people.login_code")
    assert letter.subject == f"Your code to sign in: {code_for('olga@example.org')}"
    assert letter.body.startswith("Hello Olga,")
    answer = client.post(CONFIRM, {"code": code_for("olga@example.org").lower(), "next": "/profile/sign-in/"})
    assert answer.headers["location"] == "/profile/sign-in/"
    assert signed_in_as(client) == olga


def test_the_code_is_the_first_way_on_the_page(client_of):
    html = client_of(None).get(LOGIN + "?next=/profile/").content.decode()
    assert html.index("Mail me a code") < html.index("Use my passkey") < html.index("Sign in with a password")
    assert 'name="next" value="/profile/"' in html


def test_a_code_works_once_and_only_for_who_asked(olga, client_of, code_for):
    mine, theirs = client_of(None), client_of(None)
    mine.post(ASK, {"email": "olga@example.org"})
    code = code_for("olga@example.org")
    assert theirs.post(CONFIRM, {"code": code}).status_code == 302
    assert signed_in_as(theirs) is None
    mine.post(CONFIRM, {"code": code})
    assert signed_in_as(mine) == olga
    mine.post("/accounts/logout/")
    mine.post(CONFIRM, {"code": code})
    assert signed_in_as(mine) is None


def test_three_wrong_codes_end_the_try(olga, client_of, code_for):
    client = client_of(None)
    client.post(ASK, {"email": "olga@example.org"})
    wrong = client.post(CONFIRM, {"code": "WRNG-WRNG"})
    assert "not the code of the last letter" in wrong.content.decode()
    client.post(CONFIRM, {"code": "WRNG-WRNG"})
    assert client.post(CONFIRM, {"code": "\u202e" * 2000}).headers["location"].startswith(LOGIN)
    client.post(CONFIRM, {"code": code_for("olga@example.org")})
    assert signed_in_as(client) is None


def test_a_new_code_makes_the_old_one_void(olga, client_of, code_for):
    client = client_of(None)
    client.post(ASK, {"email": "olga@example.org"})
    first = code_for("olga@example.org")
    client.post(CONFIRM, {"action": "resend"})
    second = code_for("olga@example.org")
    assert first != second
    client.post(CONFIRM, {"code": first})
    assert signed_in_as(client) is None
    client.post(CONFIRM, {"code": second})
    assert signed_in_as(client) == olga


def test_the_code_confirms_the_address_of_somebody_whom_an_import_noted(db, client_of, code_for):
    noted = people.ensure_person(email="new@example.org", name="New One", by=None, at=NOW)
    client = client_of(None)
    client.post(ASK, {"email": "new@example.org"})
    client.post(CONFIRM, {"code": code_for("new@example.org")})
    assert signed_in_as(client) == noted
    assert EmailAddress.objects.get(user=noted).verified


def test_nobody_learns_who_has_an_account(olga, client_of, last_letter):
    known, unknown = client_of(None), client_of(None)
    one = known.post(ASK, {"email": "olga@example.org"})
    other = unknown.post(ASK, {"email": "nobody@example.org"})
    assert (one.status_code, one.headers["location"]) == (other.status_code, other.headers["location"])
    pages = [client.get(CONFIRM).content.decode() for client in (known, unknown)]
    tidy = [re.sub(r'value="[^"]*"|nonce-\S+|\w+@example.org|X-CSRFToken[^}]*', "", page) for page in pages]
    assert tidy[0] == tidy[1]
    assert last_letter("nobody@example.org").subject == "There is no account with this address"


def test_asking_for_codes_is_throttled_for_each_address(olga, client_of):
    for _ in range(6):
        answer = client_of(None).post(ASK, {"email": "olga@example.org"})
    assert "Too many tries" in answer.content.decode()
    assert Letter.objects.filter(address="olga@example.org").count() == 3


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "' or 1=1 --", "x" * 4000 + "@example.org", "a\r\nBcc: b@c.org@d.org"]
)
def test_hostile_addresses_are_refused_kindly(db, client_of, email):
    answer = client_of(None).post(ASK, {"email": email})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_house(olga, client_of, code_for, where):
    client = client_of(None)
    client.post(ASK, {"email": "olga@example.org", "next": where})
    answer = client.post(CONFIRM, {"code": code_for("olga@example.org"), "next": where})
    assert answer.headers["location"] == "/profile/"


def test_a_closed_account_gets_no_code(olga, client_of, last_letter):
    Person.objects.filter(pk=olga.pk).update(is_active=False)
    client_of(None).post(ASK, {"email": "olga@example.org"})
    assert last_letter("olga@example.org").kind == "people.unknown_account"


# -- by a new account -------------------------------------------------------------------------------------------


def test_an_account_needs_a_name_and_a_confirmed_address(client_of, db, code_for, last_letter):
    client = client_of(None)
    page = client.get("/accounts/signup/").content.decode()
    assert 'type="password"' not in page
    answer = client.post("/accounts/signup/", {"name": "Nora New", "email": "Nora@Example.org"})
    assert answer.headers["location"] == "/accounts/confirm-email/"
    assert last_letter("nora@example.org").kind == "people.email_confirmation_signup"
    assert signed_in_as(client) is None
    client.post("/accounts/confirm-email/", {"code": code_for("nora@example.org")})
    nora = signed_in_as(client)
    assert (nora.name, nora.email) == ("Nora New", "nora@example.org")
    assert Fact.objects.filter(kind=facts.SIGNED_UP.name, thing_id=nora.pk).count() == 1


def test_signing_up_with_a_known_address_looks_the_same_and_writes_to_its_owner(olga, client_of, last_letter):
    answer = client_of(None).post("/accounts/signup/", {"name": "Eve", "email": "olga@example.org"})
    assert answer.headers["location"] == "/accounts/confirm-email/"
    assert last_letter("olga@example.org").kind == "people.account_already_exists"
    assert "http://testserver/accounts/login/" in last_letter("olga@example.org").body
    assert Person.objects.count() == 1


def test_the_same_form_sent_twice_opens_one_account(client_of, db, monkeypatch):
    from allauth.account.internal import flows

    form = {"name": "Nora New", "email": "nora@example.org"}
    client_of(None).post("/accounts/signup/", form)
    # The second one passed its check before the first had written.
    monkeypatch.setattr(flows.manage_email, "email_already_exists", lambda email: (email, False))
    assert client_of(None).post("/accounts/signup/", form).status_code in {302, 429}  # 429: a letter just went there
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "form", [{"name": "\u200b", "email": "n@example.org"}, {"name": "N", "email": "n@localhost"}, {"name": "N"}, {}]
)
def test_an_account_without_name_or_address_is_not_opened(client_of, db, form):
    assert client_of(None).post("/accounts/signup/", form).status_code == 200
    assert Person.objects.count() == 0


# -- by password ------------------------------------------------------------------------------------------------


@pytest.fixture
def with_password(olga):
    return people.change_sign_in(person=olga, how="password", password="a quiet river 7", by=olga, at=NOW)


def test_one_signs_in_by_password(with_password, client_of):
    client = client_of(None)
    client.post(LOGIN, {"login": "OLGA@example.org", "password": "a quiet river 7"})
    assert signed_in_as(client) == with_password


def test_a_wrong_password_says_so_without_saying_which_part_and_is_throttled(with_password, client_of):
    client = client_of(None)
    for _ in range(5):
        html = client.post(LOGIN, {"login": "olga@example.org", "password": "guess"}).content.decode()
    assert "do not belong together" in html
    html = client.post(LOGIN, {"login": "olga@example.org", "password": "a quiet river 7"}).content.decode()
    assert "Too many tries" in html
    assert signed_in_as(client) is None


def test_a_password_can_be_set_and_a_letter_tells_of_it(olga, client_of, last_letter):
    client = client_of(olga)
    form = {"password1": "a quiet river 7", "password2": "a quiet river 7"}
    assert client.post("/accounts/password/set/", form).status_code == 302
    olga.refresh_from_db()
    assert olga.check_password("a quiet river 7")
    assert last_letter("olga@example.org").kind == "people.password_set"
    assert {fact.payload["how"] for fact in Fact.objects.filter(kind=facts.SIGN_IN_CHANGED.name)} == {
        "password",
        "password_set",
    }
    assert client.get("/profile/").status_code == 200


@pytest.mark.parametrize("password", ["short", "1234567890123", "olgaorgan1"])
def test_a_weak_password_is_refused(olga, client_of, password):
    form = {"password1": password, "password2": password}
    assert client_of(olga).post("/accounts/password/set/", form).status_code == 200
    olga.refresh_from_db()
    assert not olga.has_usable_password()


def test_a_forgotten_password_is_set_anew_through_a_mailed_link_that_works_once(with_password, client_of, last_letter):
    client = client_of(None)
    client.post("/accounts/password/reset/", {"email": "olga@example.org"})
    letter = last_letter("olga@example.org")
    assert letter.kind == "people.password_reset_key"
    [url] = re.findall(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)
    page = client.get(url, follow=True)
    form = {"password1": "another river 88", "password2": "another river 88"}
    client.post(page.request["PATH_INFO"], form)
    with_password.refresh_from_db()
    assert with_password.check_password("another river 88")
    assert "used up" in client_of(None).get(url, follow=True).content.decode()


# -- the second step --------------------------------------------------------------------------------------------


@pytest.fixture
def totp(olga):
    secret = generate_totp_secret()
    TOTP.activate(olga, secret)
    return secret


def test_the_authenticator_app_makes_the_house_ask_twice(olga, totp, client_of, code_for):
    client = client_of(None)
    client.post(ASK, {"email": "olga@example.org"})
    answer = client.post(CONFIRM, {"code": code_for("olga@example.org")})
    assert answer.headers["location"] == "/accounts/2fa/authenticate/"
    assert signed_in_as(client) is None
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    code = str(hotp_value(totp, next(iter(yield_hotp_counters_from_time())))).zfill(6)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert signed_in_as(client) == olga


def test_a_passkey_alone_is_a_way_in_and_no_second_lock(olga, client_of, code_for):
    Authenticator.objects.create(user=olga, type="webauthn", data={})
    client = client_of(None)
    client.post(ASK, {"email": "olga@example.org"})
    client.post(CONFIRM, {"code": code_for("olga@example.org")})
    assert signed_in_as(client) == olga


def test_the_app_is_connected_and_gives_recovery_codes(olga, client_of, django_capture_on_commit_callbacks):
    client = client_of(olga)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>(\w+)</code>", page).group(1)
    code = str(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))).zfill(6)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert answer.headers["location"] == "/accounts/2fa/recovery-codes/"
    assert "people.totp_activated" in set(Letter.objects.filter(to=olga).values_list("kind", flat=True))


def test_recovery_codes_are_shown_to_who_has_just_proved_to_be_themselves(olga, totp, client_of, code_for):
    client = client_of(None)
    client.post(ASK, {"email": "olga@example.org"})
    client.post(CONFIRM, {"code": code_for("olga@example.org")})
    code = str(hotp_value(totp, next(iter(yield_hotp_counters_from_time())))).zfill(6)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/accounts/2fa/recovery-codes/generate/").status_code == 200
    client.post("/accounts/2fa/recovery-codes/generate/")
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    stranger = client_of(olga)  # a session of long ago
    assert "/2fa/reauthenticate/" in stranger.get("/accounts/2fa/recovery-codes/generate/").headers["location"]
