"""The ways in, in a real Chromium."""

import re

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from booster.people import actions as people
from booster.people.models import Person
from conftest import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def with_finger():
    """``with_finger(page)``: a device that keeps passkeys and knows its owner's finger."""

    def attach(page):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return session

    return attach


def by_code(page, address, code_for):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").first.fill(address)
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code").fill(code_for(address))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My profile")).to_be_visible()


def test_one_signs_in_by_code_from_a_phone(olga, page_of, code_for, axe_clean):
    page = page_of(width=390, height=844)
    page.goto("/accounts/login/")
    axe_clean(page)
    by_code(page, "olga@example.org", code_for)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    axe_clean(page)


def test_a_passkey_is_added_signs_in_and_is_removed(olga, page_of, with_finger, code_for, axe_clean):
    page = page_of()
    with_finger(page)
    by_code(page, "olga@example.org", code_for)
    page.goto("/profile/sign-in/")
    axe_clean(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name of this passkey").fill("my phone")
    axe_clean(page)
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url(re.compile("recovery-codes"))
    key = Authenticator.objects.get(user=olga, type="webauthn")
    assert key.wrap().name == "my phone"
    assert key.wrap().is_passwordless

    page.context.clear_cookies()
    page.goto("/accounts/login/?next=/profile/sign-in/")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="How I sign in")).to_be_visible()
    expect(page.get_by_text("1 passkey opens this account.")).to_be_visible()

    page.goto("/accounts/2fa/webauthn/")
    axe_clean(page)
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove this passkey").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_an_account_is_opened_with_a_passkey_after_its_address_is_confirmed(page_of, with_finger, code_for, axe_clean):
    page = page_of()
    with_finger(page)
    page.goto("/accounts/signup/passkey/")
    axe_clean(page)
    page.get_by_label("Your name").fill("Nora New")
    page.get_by_label("E-mail address").fill("nora@example.org")
    page.get_by_role("button", name="Go on to my passkey").click()
    expect(page.get_by_role("heading", name="Type the code from our letter")).to_be_visible()
    assert not Authenticator.objects.exists()
    page.get_by_label("Code").fill(code_for("nora@example.org"))
    page.get_by_role("button", name="Confirm my address").click()
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="My profile")).to_be_visible()
    assert Authenticator.objects.get().user == Person.objects.get(email="nora@example.org")


def test_who_has_no_passkey_is_told_in_plain_words(olga, page_of, axe_clean):
    page = page_of()
    page.goto("/accounts/login/")
    page.evaluate("void (navigator.credentials.get = () => Promise.reject(new Error('closed')))")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("alert").filter(has_text="That did not work")).to_be_visible()
    axe_clean(page)


def test_where_passkeys_cannot_work_none_is_offered(olga, page_of, live_server):
    page = page_of()
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/accounts/login/")
    expect(page.get_by_role("button", name="Mail me a code")).to_be_visible()
    expect(page.get_by_role("button", name="Use my passkey")).to_be_hidden()


def test_the_way_in_works_without_scripts(olga, page_of, code_for):
    by_code(page_of(java_script_enabled=False), "olga@example.org", code_for)


def test_the_browser_tells_the_readers_zone(olga, page_of, code_for):
    page = page_of(timezone_id="Europe/Athens")
    page.goto("/accounts/login/")
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert cookies["zone"] == "Europe/Athens"


def test_ones_own_pages_are_clean_in_the_dark_too(olga, page_of, axe_clean):
    people.consent(person=olga, what="directory", version="1", source="application 7", by=olga, at=NOW)
    page = page_of(olga, color_scheme="dark")
    for path in ("/profile/", "/profile/sign-in/", "/accounts/email/", "/accounts/logout/", "/accounts/password/set/"):
        page.goto(path)
        axe_clean(page)


def test_the_cast_is_clean_and_one_click_away(olga, page_of, axe_clean, settings):
    settings.BOOSTER_DEMO = True
    people.put_in_cast(person=olga, line="A call to close on Friday.", by=None, at=NOW)
    page = page_of()
    page.goto("/cast/")
    axe_clean(page)
    page.get_by_role("button", name="Be Olga").click()
    expect(page.get_by_role("heading", name="My profile")).to_be_visible()


def test_a_language_is_chosen_without_losing_what_was_typed(page_of, paula):
    page = page_of(paula)
    page.goto("/profile/")
    page.locator("#id_name").fill("Paula Pereira Pinto")
    page.locator("x-language select").select_option("de")
    page.locator("x-language button").click()
    page.wait_for_selector('html[lang="de"]')
    expect(page.locator("#id_name")).to_have_value("Paula Pereira Pinto")
    expect(page.locator("#id_language")).to_have_value("de")  # what was not touched is what the new page says
    page.reload()
    expect(page.locator("#id_name")).to_have_value("Paula Pereira")
