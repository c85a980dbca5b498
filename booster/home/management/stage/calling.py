"""The edition that begins: its call for venues is open, its call for participants is being prepared."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from booster.academies import actions as academies
from booster.academies.models import Academy, Edition
from booster.applications import actions as applications
from booster.applications.actions import Invitation
from booster.applications.models import Application
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.home.management.stage import calls_of, days, offers
from booster.home.management.stage.days import Days, evening, morning
from booster.home.management.stage.players import Players, work_off
from booster.people import actions as people
from booster.people.models import Person

OPEN_FOR = timedelta(days=35)  # with the week that the extension added
QUESTIONS = (
    (
        "We are a museum with a large hall. May we apply although the catering comes from a firm next door?",
        "May catering come from another organisation?",
        "Yes. Name it as a partner or in the budget table; only the one who answers for the whole needs to apply.",
    ),
    (
        "Mr Novák of our board asks whether the dates in the call are fixed.",
        "Are the dates fixed?",
        "No. Offer up to three pairs of days within four weeks of those in the call; we choose together.",
    ),
)
WAITING = "Our plenary seats 44 at round tables and 60 in rows. Is it worth applying?"
FRENCH = {
    "title": "Appel aux lieux d’accueil",
    "summary": "Accueillez deux journées de l’académie : jusqu’à 45 responsables de clusters chez vous.",
}


def plan(academy: Academy, when: Days, players: Players) -> Edition:
    """The edition with its shape: three mornings online, two days in person."""
    opens = when.calling - OPEN_FOR
    at = min(morning(opens) - timedelta(days=30), when.ago(40))
    edition = academies.plan(
        academy=academy, name="3rd Cluster Booster Academy", slug="cba-3", accent="#0b6b4f", by=players.olga, at=at,
        summary="Three mornings online, two days with a host. Managers and employees of cluster organisations.",
        seats_max=45,
    )  # fmt: skip
    academies.set_shape(edition=edition, legs=days.shape_of_mornings(when.calling), by=players.olga, at=at)
    span = (opens, when.calling + timedelta(days=60))
    academies.set_phases_from_dates(edition=edition, calls=span, by=players.olga, at=at)
    return academies.step(edition=edition, verb="open", by=players.olga, at=at + timedelta(days=1))


def venues(edition: Edition, when: Days, players: Players) -> Call:
    """Open, extended by a week, with questions and answers and four offers at different stages."""
    opens = when.calling - OPEN_FOR
    call = calls_of.opened(
        edition, Call.Kind.VENUES, opens=opens, closes=when.calling - timedelta(days=7), by=players.olga
    )
    calls.translate(
        call=call, language="fr", words=FRENCH, by=players.olga, at=morning(opens, 10), revision=call.revision
    )
    _questions(call, when, players)
    there = edition.legs.get(kind="in_person").days.earliest("on").on
    _hana(call, there, when, players)
    _sent(call, offers.AVEIRO, there, when.ago(6), when)
    _begun(call, offers.GRANADA, ("organisation_name", "organisation_type", "country", "contact", "why"), when.ago(3))
    calls.extend(
        call=call, until=evening(when.calling), by=players.olga, at=when.ago(2),
        reason="Several hosts asked for a week more, because school holidays fell into the last one.",
    )  # fmt: skip
    work_off(when.ago(2))
    return call


def _questions(call: Call, when: Days, players: Players) -> None:
    for n, (asked, public, answer) in enumerate(QUESTIONS):
        at = when.ago(12 - 4 * n)
        enquiry = calls.ask(call=call, text=asked, address=f"h{n}.host@example.org", by=None, at=at)
        calls.answer(enquiry=enquiry, public_text=public, answer=answer, by=players.olga, at=at + timedelta(hours=20))
    calls.ask(call=call, text=WAITING, address="h2.host@example.org", by=None, at=when.ago(0.6))
    work_off(when.ago(0.5))
    call.refresh_from_db()


def _hana(call: Call, there: date, when: Days, players: Players) -> None:
    """A draft of two organisations: what Petra was asked for is still missing."""
    begun = applications.start(call=call, by=players.hana, at=when.ago(9))
    given = {**offers.BRATISLAVA, "dates": offers.dates(there)}
    applications.save_answers(
        application=begun, answers=given, revision=begun.revision, by=players.hana, at=when.ago(8.8)
    )
    partner = applications.invite_partner(
        application=begun,
        invitation=Invitation(
            name="Petra Pokorná", organisation_name="Moravia Food Cluster", address="petra@example.org",
            part="Study visit and evening",
            task="Please describe the visit and the evening, and name hotels. Sign off when it is as you want it.",
            section_keys=("programme", "reach"),
        ),
        by=players.hana, at=when.ago(8.7),
    )  # fmt: skip
    applications.join(partner=partner, by=players.petra, at=when.ago(7))
    work_off(when.ago(7))


def _writer(given: Mapping[str, Any], at: datetime) -> Person:
    contact = given["contact"]
    first, _gap, last = str(contact["name"]).partition(" ")
    person = people.ensure_person(
        email=contact["email"], name=contact["name"], given_name=first, family_name=last,
        country=given["country"], by=None, at=at,
    )  # fmt: skip
    return people.confirm_address(person=person, by=person, at=at)


def _begun(call: Call, given: Mapping[str, Any], keys: tuple[str, ...], at: datetime) -> Application:
    writer = _writer(given, at)
    draft = applications.start(call=call, by=writer, at=at)
    answers = {key: given[key] for key in keys}
    saved = applications.save_answers(application=draft, answers=answers, revision=draft.revision, by=writer, at=at)
    return saved.application


def _sent(call: Call, given: Mapping[str, Any], there: date, at: datetime, when: Days) -> Application:
    return send_offer(call, {**given, "dates": offers.dates(there, exclusive=False)}, at)


def send_offer(call: Call, given: Mapping[str, Any], at: datetime) -> Application:
    """A whole offer, sent; the conditions of the white book with a few honest gaps."""
    writer = _writer(given, at)
    answers = {**given, **offers.white_book(**offers.WEAK), **offers.consents()}
    draft = applications.start(call=call, by=writer, at=at)
    saved = applications.save_answers(application=draft, answers=answers, revision=draft.revision, by=writer, at=at)
    later = at + timedelta(hours=1)
    sent = applications.submit(application=saved.application, by=writer, at=later)
    work_off(later)
    return sent


def participants(edition: Edition, when: Days, players: Players) -> Call:
    """A draft: it opens when the host is known."""
    opens = when.calling + timedelta(days=24)
    return calls_of.drafted(
        edition, Call.Kind.PARTICIPANTS, opens=opens, closes=opens + timedelta(days=35), by=players.olga,
        at=when.ago(5), seats=32,
    )  # fmt: skip
