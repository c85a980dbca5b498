"""The cast, the clock and the browser of every test. Initials tell the role: see the glossary."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from booster.kit import keeping
from booster.people import actions as people
from booster.people.models import Person

NOW = datetime(2022, 10, 1, 10, 0, tzinfo=UTC)
CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Throttles, cached pages and what is kept of one test are nothing to the next."""
    cache.clear()
    keeping.forget_all()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_language() -> Iterator[None]:
    """A page read in another language leaves it active in the thread."""
    yield
    translation.deactivate()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_person(db: None) -> Callable[..., Person]:
    """``make_person("Olga Ost", zone="Europe/Athens")``: a person with a confirmed address at example.org."""

    def make(name: str, *, email: str = "", zone: str = "", **details: Any) -> Person:
        given, _gap, family = name.partition(" ")
        address = email or f"{re.sub('[^a-z]', '', given.lower())}@example.org"
        person = people.ensure_person(
            email=address, name=name, given_name=given, family_name=family, by=None, at=NOW, **details
        )
        people.rename(person=person, zone=zone, by=None, at=NOW)
        return people.confirm_address(person=person, by=person, at=NOW)

    return make


@pytest.fixture
def olga(make_person: Callable[..., Person]) -> Person:
    """Organises."""
    return make_person("Olga Organ", country="FR")


@pytest.fixture
def ren(make_person: Callable[..., Person]) -> Person:
    """Evaluates."""
    return make_person("Ren Reeve", country="NL")


@pytest.fixture
def paula(make_person: Callable[..., Person]) -> Person:
    """Applies, takes part."""
    return make_person("Paula Pereira", country="PT")


@pytest.fixture
def pavel(make_person: Callable[..., Person]) -> Person:
    """Applies, takes part."""
    return make_person("Pavel Petrov", country="BG")


@pytest.fixture
def hana(make_person: Callable[..., Person]) -> Person:
    """Hosts."""
    return make_person("Hana Horváth", country="SK")


@pytest.fixture
def sana(make_person: Callable[..., Person]) -> Person:
    """A stranger: an account, no role."""
    return make_person("Sana Sole", country="IT")


@pytest.fixture
def operator(make_person: Callable[..., Person]) -> Person:
    """Runs the installation."""
    otto = people.appoint_operator(person=make_person("Otto Oper"), by=None, at=NOW)
    people.take_up(person=otto, reason="a test", by=otto, at=timezone.now())
    return otto


def _signed_in(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client_of(db: None) -> Callable[[Person | None], Client]:
    """``client_of(olga)``: Django's test client, signed in; ``client_of(None)`` is nobody."""
    return _signed_in


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser for the whole run; tests that use it carry ``@pytest.mark.browser``."""
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed here.")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in our thread; nothing runs in it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def _at_home_only(context: BrowserContext) -> list[str]:
    """Stop and note every request of a page to another host."""
    strayed: list[str] = []

    def judge(route: Route) -> None:
        if urlsplit(route.request.url).hostname in {"localhost", "127.0.0.1", None}:
            route.continue_()
        else:
            strayed.append(route.request.url)
            route.abort()

    context.route("**/*", judge)
    return strayed


@pytest.fixture
def page_of(
    chromium: Browser, live_server: Any, settings: Any, transactional_db: None
) -> Iterator[Callable[..., Page]]:
    """``page_of(person, width=390)``: a browser page signed in as that person (``None``: nobody), at the live server.

    Give paths to ``page.goto``. The test fails when any page asked another host for something, raised an error in a
    script, or met the content security policy.
    """
    settings.BOOSTER_URL = live_server.url
    contexts: list[tuple[BrowserContext, list[str]]] = []
    trouble: list[str] = []

    def open_page(person: Person | None = None, *, width: int = 1440, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale="en-GB", **options
        )
        contexts.append((context, _at_home_only(context)))
        if person is not None:
            session = _signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
        page.on("console", lambda said: trouble.append(said.text) if "Content Security Policy" in said.text else None)
        return page

    yield open_page
    strayed = [url for _context, urls in contexts for url in urls]
    for context, _urls in contexts:
        context.close()
    assert strayed == [], "a page asked another host for something"
    assert trouble == [], "a script failed or was refused"


@pytest.fixture(scope="session")
def axe_clean() -> Callable[[Page], None]:
    """``axe_clean(page)``: axe finds nothing at all on this page."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()

    return check
