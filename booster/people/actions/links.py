"""Private links: made, used, renewed, made void. A token is given out once and kept nowhere."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Model, Q

from booster.chronicle import actions as chronicle
from booster.kit.moves import Stale, settle
from booster.people import facts
from booster.people.models import Link, Person
from booster.people.queries import Unknown, Used, digest, open_link, type_of
from booster.people.rules import emails

SEEN_AGAIN = timedelta(hours=1)  # how often a link for many uses notes that it was read


class LinkTerms(TypedDict, total=False):
    person: Person | None
    address: str  # where it goes; the person's own when left out
    thing: Model | None
    uses: int | None  # 1 when left out; None: as often as one likes, to read only
    signs_in: bool


def _make(link: Link, *, by: Person | None, at: datetime) -> tuple[Link, str]:
    token = token_urlsafe(32)
    link.digest, link.made_at, link.made_by = digest(token), at, by
    link.save(force_insert=True)
    chronicle.record(facts.LINK_ISSUED, thing=link, by=by, at=at, purpose=link.purpose, address=link.address)
    return link, token


@transaction.atomic
def issue_link(
    *, purpose: str, expires_at: datetime, by: Person | None, at: datetime, **terms: Unpack[LinkTerms]
) -> tuple[Link, str]:
    """A new private link and its token, to be written into one letter (``queries.link_url(token)``) and forgotten."""
    person = terms.get("person")
    thing_type, thing_id = type_of(terms.get("thing"))
    link = Link(
        purpose=purpose,
        person=person,
        address=emails.normalise(terms.get("address") or (person.email if person else "")),
        thing_type=thing_type,
        thing_id=thing_id,
        signs_in=terms.get("signs_in", False),
        expires_at=expires_at,
        uses_left=terms.get("uses", 1),
    )
    return _make(link, by=by, at=at)


@transaction.atomic
def use_link(*, token: str, at: datetime, purpose: str = "", by: Person | None = None) -> Link:
    """Use up one use of a link; raises ``Unknown``, ``Expired`` or ``Used``. Of two hands on the last use one wins."""
    link = open_link(token=token, at=at, purpose=purpose)
    if link.uses_left is None:
        if link.used_at is not None and at - link.used_at < SEEN_AGAIN:
            return link
        link.used_at = at
        link.save(update_fields=["used_at"])
    else:
        try:
            settle(link, expected={"uses_left": link.uses_left}, uses_left=link.uses_left - 1, used_at=at)
        except Stale as lost:
            raise Used(link) from lost
    chronicle.record(facts.LINK_USED, thing=link, by=by or link.person, at=at, purpose=link.purpose)
    return link


@transaction.atomic
def renew_link(*, link: Link, by: Person | None, at: datetime) -> tuple[Link, str]:
    """A new link like an expired or used one, lasting as long as that one did; the old one is void.

    ``Unknown`` when the old one was made void already or has no address to which a new one could go.
    """
    if link.revoked_at or not link.address:
        raise Unknown
    settle(link, expected={"revoked_at": None}, revoked_at=at)
    fresh = Link(
        purpose=link.purpose,
        person=link.person,
        address=link.address,
        thing_type=link.thing_type,
        thing_id=link.thing_id,
        signs_in=link.signs_in,
        expires_at=at + (link.expires_at - link.made_at),
        uses_left=None if link.uses_left is None else 1,
    )
    return _make(fresh, by=by, at=at)


@transaction.atomic
def revoke_links(
    *, by: Person | None, at: datetime, purpose: str = "", thing: Model | None = None, person: Person | None = None
) -> int:
    """Make links void: those of a purpose, about a thing, for a person, or what of this is given; returns how many."""
    if not (purpose or thing or person):
        raise ValueError("Say which links to make void.")
    thing_type, thing_id = type_of(thing)
    which = Q(revoked_at=None)
    which &= Q(purpose=purpose) if purpose else Q()
    which &= Q(thing_type=thing_type, thing_id=thing_id) if thing is not None else Q()
    which &= Q(person=person) if person is not None else Q()
    links = list(Link.objects.filter(which))
    Link.objects.filter(pk__in=[link.pk for link in links]).update(revoked_at=at)
    chronicle.record_many(facts.LINK_REVOKED, links, by=by, at=at)
    return len(links)
