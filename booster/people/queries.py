"""Finding people, and judging the private links that they hold."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from booster.kit import inlets, plain
from booster.people.models import Affiliation, Consent, Link, Organisation, Person, Shift
from booster.people.rules import emails

SESSION_KEY = "people.links"
GRANT_LASTS = timedelta(hours=12)
CHUNK = 5000  # values in one IN (…): SQLite bears 32,766


class LinkTrouble(Exception):
    """A private link that cannot be used; ``link`` is there when the house knows which one it was."""

    def __init__(self, link: Link | None = None) -> None:
        super().__init__(type(self).__name__)
        self.link = link


class Unknown(LinkTrouble):
    """No such link: mistyped, cut in two by a mail program, made for something else, or made void."""


class Expired(LinkTrouble):
    """Its time is over."""


class Used(LinkTrouble):
    """It worked as often as it was meant to."""


def _chunks(values: Iterable[str]) -> Iterable[list[str]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def people_by_email(addresses: Iterable[str]) -> dict[str, Person]:
    """Persons by normalised address, whichever of their confirmed addresses it is.

    Two queries for up to 5,000 addresses; unusable addresses are left out. Nobody forgotten is found.
    """
    wanted = sorted({known for address in addresses if (known := emails.normalise(address))})
    found: dict[str, Person] = {}
    for chunk in _chunks(wanted):
        rows = EmailAddress.objects.filter(email__in=chunk, verified=True).select_related("user")
        found.update({row.email: row.user for row in rows if row.user.forgotten_at is None})
        found.update({person.email: person for person in Person.objects.alive().filter(email__in=chunk)})
    return found


def person_by_email(address: str) -> Person | None:
    return people_by_email([address]).get(emails.normalise(address) or "")


def directory(text: str, *, limit: int = 20) -> list[Person]:
    """People whose name or address contains ``text``, by name. One query; the caller has checked who asks."""
    words = plain.clean(text).split()
    if not words:
        return []
    rows = Person.objects.alive().filter(is_active=True)
    for word in words[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return list(rows.order_by("name", "pk")[:limit])


def affiliations_of(people: Iterable[Person]) -> dict[int, Affiliation]:
    """Where each of these people works now, the latest entry; the organisation is joined. One query."""
    rows = (
        Affiliation.objects.current()
        .filter(person__in=[person.pk for person in people])
        .select_related("organisation")
        .order_by("pk")
    )
    return {row.person_id: row for row in rows}


def affiliations(person: Person) -> list[Affiliation]:
    return list(person.affiliations.select_related("organisation").order_by("-until", "-since", "-pk"))


def consents_of(person: Person) -> list[Consent]:
    """All that somebody ever agreed to, the newest first."""
    return list(person.consents.order_by("-given_at", "-pk"))


def has_consented(person: Person, what: str, version: str = "") -> bool:
    """Whether a consent stands; in this very version when one is named."""
    rows = Consent.objects.standing().filter(person=person, what=what)
    return (rows.filter(version=version) if version else rows).exists()


def organisations_by_key(keys: Iterable[str]) -> list[Organisation]:
    """All organisations with one of these keys, oldest first. One query for up to 5,000 keys."""
    found: list[Organisation] = []
    for chunk in _chunks(sorted(set(keys))):
        found += Organisation.objects.filter(key__in=chunk).order_by("pk")
    return found


def cast() -> QuerySet[Person]:
    everybody: QuerySet[Person] = Person.objects.in_cast()
    return everybody


# -- private links ---------------------------------------------------------------------------------------------


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def link_url(token: str) -> str:
    """The address to write into a letter."""
    return f"{settings.BOOSTER_URL}{reverse('people:link', args=[token])}"


def type_of(thing: Model | None) -> tuple[str, int | None]:
    return ("", None) if thing is None else (thing._meta.label_lower, int(thing.pk))


def open_link(*, token: str, at: datetime, purpose: str = "") -> Link:
    """The link of a token, usable at this moment; ``Unknown``, ``Expired`` or ``Used`` otherwise. One query."""
    link = Link.objects.select_related("person").filter(digest=digest(token)).first()
    if link is None or link.revoked_at or (purpose and link.purpose != purpose):
        raise Unknown
    if link.person is not None and not link.person.is_active:
        raise Unknown
    if link.uses_left == 0:
        raise Used(link)
    if link.expires_at <= at:
        raise Expired(link)
    return link


def is_for_somebody_else(link: Link, reader: Any) -> bool:
    """Whether the signed-in reader is not the one to whom the link was sent. At most one query."""
    if not reader.is_authenticated:
        return False
    if link.person_id is not None:
        return bool(link.person_id != reader.pk)
    if not link.address or reader.email == link.address:
        return False
    return not EmailAddress.objects.filter(user=reader, email=link.address, verified=True).exists()


def has_operator() -> bool:
    """Whether anybody runs this installation. One query."""
    return operators().exists()


def operators() -> QuerySet[Person]:
    """Who runs this installation. One query."""
    found: QuerySet[Person] = Person.objects.filter(merged_into=None, forgotten_at=None, is_active=True)
    return found.filter(is_operator=True).order_by("pk")


def shift_of(person: Person) -> Shift | None:
    """The shift in which an operator acts now. One query."""
    return Shift.objects.running().filter(person=person).first()


def shifts() -> QuerySet[Shift]:
    """When operators took up their power and why, the last first. One query."""
    return Shift.objects.select_related("person").order_by("-begins_at", "-pk")


def link_destination(request: Any, link: Link) -> str:
    """Where the room that knows this purpose wants its reader to go; empty when no room does."""
    answers = (where(request, link) for where in inlets.fragments(f"people.link.{link.purpose}"))
    return next((answer for answer in answers if answer), "")


def note_grant(session: Any, link: Link, *, at: datetime) -> None:
    """Remember in the reader's session that this link was opened."""
    session[SESSION_KEY] = {**session.get(SESSION_KEY, {}), str(link.pk): at.isoformat()}


def granted(session: Mapping[str, Any], *, purpose: str, at: datetime, thing: Model | None = None) -> Link | None:
    """The link for this purpose (and this thing) that was opened in this session within the last twelve hours.

    A link made void since then grants nothing. At most one query, none when no link was opened.
    """
    opened = {pk: moment for pk, text in session.get(SESSION_KEY, {}).items() if (moment := parse_datetime(text))}
    fresh = [int(pk) for pk, moment in opened.items() if at - GRANT_LASTS <= moment <= at]
    if not fresh:
        return None
    rows = Link.objects.filter(pk__in=fresh, purpose=purpose, revoked_at=None).select_related("person")
    if thing is not None:
        thing_type, thing_id = type_of(thing)
        rows = rows.filter(thing_type=thing_type, thing_id=thing_id)
    return rows.order_by("-pk").first()
