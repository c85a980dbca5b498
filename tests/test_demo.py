"""The demo: built once, counted, and walked through page by page by everybody of its cast."""

import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils.timezone import now

from booster.academies.models import Edition, Membership
from booster.applications.models import Application, Completion, Partner
from booster.calls.models import Call, Enquiry, Extension
from booster.chronicle.models import Errand, Fact
from booster.cohort.models import Seat
from booster.evaluation.models import Assignment, Conflict, Consensus, Evaluation, Screening
from booster.home.management.stage.days import ZONE, days_from, evening
from booster.home.management.stage.play import build
from booster.kit.times import local_day
from booster.people.models import Person
from booster.post.models import Letter
from booster.selection import queries as selection
from booster.selection.models import Complaint, Decision, Scenario, Signature
from booster.venues.models import Venue

pytestmark = pytest.mark.django_db

CAST = ("olga", "ren", "paula", "pavel", "hana", "petra", "henrik", "rosa", "otto")
EACH = {"olga": 2}  # pages of one kind that one person opens, one for the others; further ones are alike
HTML = 20 * 1024  # bytes of a public page over the wire
LEAVE = ("account_logout", "people:play", "admin:", "home:ready")  # doors out, Django's rooms; no worker is here


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The demo of today, for the whole file; what it said while it was built."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield list(build(now()))
        transaction.set_rollback(True)


def count(rows: Any, *columns: str) -> dict[Any, int]:
    return dict(Counter(rows.values_list(*columns, flat=len(columns) == 1)))


# ---------------------------------------------------------------------------------------------- what is there


def test_it_says_what_it_does(demo):
    assert len(demo) == 8
    assert demo[0] == "The cast and the academy"


def test_everything_that_was_owed_is_done(demo):
    assert count(Errand.objects.all(), "state").keys() == {"done"}
    assert not Fact.objects.filter(at__gt=now()).exists()
    assert not Letter.objects.filter(state="released").exists()


def test_four_editions_at_four_moments(demo):
    states = {"cba-1": "closed", "cba-2": "open", "cba-3": "open", "cba-north": "open"}
    assert dict(Edition.objects.values_list("slug", "state")) == states
    assert dict(Call.objects.values_list("slug", "state")) == {
        "cba-1-venues": "settled",
        "cba-1-participants": "settled",
        "cba-2-venues": "closed",
        "cba-2-participants": "closed",
        "cba-3-venues": "open",
        "cba-3-participants": "draft",
        "cba-north-participants": "open",
    }
    assert list(Person.objects.in_cast().values_list("email", flat=True).order_by("pk")) == [
        f"{name}@example.org" for name in CAST
    ]


def test_everybody_is_invented(demo):
    addresses = set(Person.objects.values_list("email", flat=True)) | set(
        Application.objects.values_list("address", flat=True)
    )
    assert {address.rpartition("@")[2] for address in addresses if address} == {"example.org"}


def test_the_edition_in_selection_waits_for_two_choices(demo):
    call = Call.objects.get(slug="cba-2-participants")
    assert count(call.applications, "state") == {"submitted": 184, "superseded": 3}
    assert count(Screening.objects.filter(application__call=call), "state", "eligible") == {
        ("confirmed", True): 163,
        ("proposed", True): 6,
        ("proposed", False): 15,
    }
    assert Evaluation.objects.filter(assignment__application__call=call, state="signed").count() == 339
    rens = Assignment.objects.filter(evaluator__person__email="ren@example.org", application__call=call)
    assert count(rens, "state") == {"open": 4, "in_doubt": 1, "assigned": 2}
    assert Conflict.objects.filter(decision="").count() == 1
    assert count(Consensus.objects.all(), "state") == {"agreed": 1}
    assert Completion.objects.filter(done_at=None).count() == 1
    scenario = Scenario.objects.get(call=call)
    assert (scenario.state, len(scenario.result["chosen"])) == ("solved", 27)
    venues = Call.objects.get(slug="cba-2-venues")
    assert count(Screening.objects.filter(application__call=venues), "eligible") == {True: 6, False: 3}
    assert not Decision.objects.filter(call__in=[call, venues]).exists()


def test_the_verdicts_are_those_of_the_files_whatever_the_day(demo):
    refused = Screening.objects.filter(application__call__slug="cba-2-participants", eligible=False)
    assert count(refused, "code") == {
        "late": 4,
        "not both legs": 3,
        "no consent": 2,
        "no usable e-mail": 2,
        "management under 0.5 FTE": 2,
        "under 15 members": 2,
    }


def test_the_edition_that_begins_has_an_open_call(demo):
    call = Call.objects.get(slug="cba-3-venues")
    assert count(call.applications, "state") == {"draft": 2, "submitted": 1}
    assert count(Enquiry.objects.filter(call=call), "state") == {"answered": 2, "asked": 1}
    assert Extension.objects.filter(call=call).count() == 1
    assert list(Partner.objects.values_list("address", "state")) == [("petra@example.org", "joined")]
    assert timedelta(days=8) < call.deadline_at - now() < timedelta(days=16)


def test_the_edition_that_is_over_had_21_people(demo):
    edition = Edition.objects.get(slug="cba-1")
    assert count(Seat.objects.filter(edition=edition), "state") == {
        "accepted": 21,
        "declined": 2,
        "lapsed": 1,
        "given_back": 1,
        "dropped": 6,
    }
    assert count(Decision.objects.filter(call__slug="cba-1-participants"), "outcome", "state") == {
        ("chosen", "told"): 21,
        ("reserve", "told"): 10,
        ("not_chosen", "told"): 2,
        ("not_eligible", "told"): 1,
    }
    assert count(Complaint.objects.all(), "state") == {"decided": 1}
    assert Signature.objects.filter(edition=edition).count() == 2
    assert list(Venue.objects.values_list("name", "state")) == [("Harbour Hall", "ready")]
    assert Seat.objects.get(person__email="pavel@example.org").state == "accepted"
    roles = Membership.objects.active().filter(person__email="henrik@example.org")
    assert list(roles.values_list("role", flat=True)) == ["host"]


def test_a_second_demo_is_refused(demo):
    with pytest.raises(CommandError, match="not empty"):
        call_command("demo")


def test_no_demo_where_real_letters_go_out(settings):
    settings.BOOSTER_MAIL, settings.BOOSTER_DEMO = True, False
    with pytest.raises(CommandError, match="real letters"):
        call_command("demo")


@pytest.mark.parametrize("days_later", [*range(14), 120, 124, 153, 220, 300])
def test_the_days_keep_their_distance_whatever_today_is(days_later):
    today = datetime(2026, 11, 16, 23, 30, tzinfo=UTC) + timedelta(days=days_later)
    when = days_from(today)
    local = local_day(today, ZONE)
    assert (when.choosing.weekday(), when.calling.weekday()) == (0, 4)
    assert 9 <= (local - when.choosing).days <= 15
    assert 9 <= (when.calling - local).days <= 15
    assert evening(when.choosing).astimezone(UTC).hour in (16, 17)


def test_a_monday_in_autumn():
    when = days_from(datetime(2026, 11, 16, 8, tzinfo=UTC))
    assert (when.choosing, when.calling) == (date(2026, 11, 2), date(2026, 11, 27))


# ---------------------------------------------------------------------------------------------- walking through it


class Page(HTMLParser):
    """What a page leads to and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        named = [given[name] for name in ("src", "action", "hx-get", "hx-post", "formaction") if given.get(name)]
        if tag == "link" and given.get("href") and given.get("rel") != "canonical":
            named.append(given["href"])
        self.loads += named

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@dataclass
class Walk:
    """One person's way through the house; ``trouble`` names the page that led there."""

    client: Client
    each: int = 1
    opened: dict[str, str] = field(default_factory=dict)  # address: kind of page
    trouble: list[str] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)

    def kind(self, address: str) -> str:
        """Pages of one view are alike; those with a query string are a kind of their own."""
        parts = urlsplit(address)
        try:
            name = resolve(parts.path).view_name
        except Exception as nowhere:  # noqa: BLE001 -- whatever it is, the link is broken
            self.trouble.append(f"{address}: {nowhere.__class__.__name__}")
            return ""
        return f"{name}?{'&'.join(sorted(word.partition('=')[0] for word in parts.query.split('&')))}"

    def lead(self, here: str, href: str) -> None:
        address = urldefrag(urljoin(here, href))[0]
        parts = urlsplit(address)
        if parts.scheme and parts.scheme not in ("http", "https"):
            return
        if parts.netloc and parts.netloc not in ("testserver", "127.0.0.1:8000", "localhost"):
            return
        local = parts._replace(scheme="", netloc="").geturl()
        if local in self.opened or (kind := self.kind(local)) == "" or kind.startswith(LEAVE):
            return
        if sum(known == kind for known in self.opened.values()) < self.each:
            self.opened[local] = kind
            self.waiting.append((local, here))

    def go(self, *doors: str) -> "Walk":
        for door in doors:
            self.lead("/", door)
        while self.waiting:
            self.look(*self.waiting.pop(0))
        return self

    def look(self, address: str, here: str) -> None:
        response = self.client.get(address, follow=True)
        if response.status_code != 200:
            self.trouble.append(f"{response.status_code} {address} (from {here})")
        if not response.get("Content-Type", "").startswith("text/html"):
            if response.streaming:
                list(response.streaming_content)
            return
        text = response.content.decode()
        landed = response.redirect_chain[-1][0] if response.redirect_chain else address
        page = Page(text)
        self.trouble += [f"{address} loads {load}" for load in page.loads if _is_elsewhere(load)]
        self.trouble += [f"{address} says {word}" for word in ("{{", "{%", "<p>", "None None") if _shows(page, word)]
        for href in page.links:
            self.lead(landed, href)


def _is_elsewhere(load: str) -> bool:
    return urlsplit(load).netloc not in ("", "testserver", "127.0.0.1:8000", "localhost")


def _shows(page: Page, word: str) -> bool:
    """A template that was not rendered, markup that was meant to be one, two values that are not there."""
    return any(word in text for text in page.words)


def walk_of(name: str) -> Walk:
    client = Client(raise_request_exception=False)
    if name:
        person = Person.objects.get(email=f"{name}@example.org")
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return Walk(client, EACH.get(name, 1))


@pytest.mark.parametrize("name", ["", *CAST])
def test_every_page_that_is_linked_opens(demo, name, settings):
    settings.BOOSTER_DEMO = True
    walk = walk_of(name).go("/", "/my/", "/calls/", "/cast/", "/post-box/", "/gallery/")
    assert not walk.trouble, "\n".join(walk.trouble)
    assert len(walk.opened) > 15


def test_public_pages_are_light(demo):
    walk = walk_of("").go("/", "/calls/")
    heavy = {}
    for address in walk.opened:
        response = walk.client.get(address, follow=True)
        if response.get("Content-Type", "").startswith("text/html"):
            weight = len(gzip.compress(response.content))
            if weight > HTML:
                heavy[address] = weight
    assert heavy == {}


def test_the_open_call_for_participants_has_a_cut_off_that_is_decided_on(demo):
    call = Call.objects.get(slug="cba-north-participants")
    first, second = selection.batches_of(call, at=now())[:2]
    assert (first.passed, first.files, first.told) == (True, 6, 6)
    assert (second.passed, second.files, second.decided) == (False, 3, 0)
    assert count(Decision.objects.filter(call=call), "outcome") == {"chosen": 4, "reserve": 1, "not_eligible": 1}
    assert count(Seat.objects.filter(application__call=call), "state") == {"accepted": 3, "offered": 1, "waiting": 1}
    assert count(Screening.objects.filter(application__call=call), "state") == {"confirmed": 6, "proposed": 3}
