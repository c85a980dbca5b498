"""A chosen offer becomes a venue; whoever has to sign or to know gets a letter."""

from datetime import datetime

from booster.academies import queries as academies
from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.models import Fact
from booster.post import actions as post
from booster.post.actions import Draft
from booster.selection import facts as selection
from booster.venues import actions, facts, letters, queries
from booster.venues.models import Venue


def adopt(fact: Fact, *, at: datetime) -> None:
    """The chosen offer of a call for venues, once its decision is told. While another venue is kept nothing happens:
    the organisers see the offer on their page and decide."""
    if fact.payload.get("outcome") != "chosen" or fact.thing_type != "applications.application":
        return
    offers = Application.objects.filter(pk=fact.thing_id, call__kind=Call.Kind.VENUES, state="submitted")
    application = offers.select_related("call", "edition__academy", "organisation", "applicant").first()
    if application is not None and not queries.kept_of_call(application.call_id).exists():
        actions.adopt(application=application, by=None, at=at)


def write_chosen(fact: Fact, *, at: datetime) -> None:
    if (venue := _venue(fact)) is not None and venue.state == "proposed":
        _drop(letters.chosen(venue, queries.party_of(venue.application), at=at), at=at)


def write_your_turn(fact: Fact, *, at: datetime) -> None:
    """Only while the signature stands and the other side has not signed."""
    venue = _venue(fact)
    if venue is None or venue.state != "proposed" or venue.revision != fact.payload["revision"]:
        return
    side = "organiser" if fact.payload["side"] == "host" else "host"
    _drop(letters.your_turn(venue, side, _people(venue, side), at=at), at=at)


def write_changed(fact: Fact, *, at: datetime) -> None:
    """To those who had signed the version before; the one who changed it knows."""
    if (venue := _venue(fact)) is None:
        return
    before = venue.signatures.filter(revision=fact.payload["revision"] - 1).exclude(person=fact.actor_id)
    signers = [(one.side, one.person) for one in before.select_related("person")]
    _drop(letters.changed(venue, signers, at=at), at=at)


def write_agreed(fact: Fact, *, at: datetime) -> None:
    if (venue := _venue(fact)) is not None:
        both = [(side, person) for side in ("host", "organiser") for person in _people(venue, side)]
        _drop(letters.agreed(venue, both, at=at), at=at)


def write_stepped_back(fact: Fact, *, at: datetime) -> None:
    if (venue := _venue(fact)) is not None:
        organisers, hosts = academies.organisers_of(venue.edition_id), queries.party_of(venue.application)
        _drop(letters.stepped_back(venue, organisers, hosts, reason=fact.payload["reason"]), at=at)


def _venue(fact: Fact) -> Venue | None:
    rows = Venue.objects.select_related("edition__academy", "application__applicant")
    return rows.filter(pk=fact.thing_id).first()


def _people(venue: Venue, side: str) -> list[object]:
    if side == "host":
        return queries.hosts_of(venue.edition_id)
    return academies.organisers_of(venue.edition_id)


def _drop(drafts: list[Draft], *, at: datetime) -> None:
    post.drop_many(drafts, by=None, at=at)


REACTIONS = {
    selection.TOLD: [adopt],
    facts.ADOPTED: [write_chosen],
    facts.SIGNED: [write_your_turn],
    facts.REWRITTEN: [write_changed],
    facts.AGREED: [write_agreed],
    facts.STEPPED_BACK: [write_stepped_back],
}
