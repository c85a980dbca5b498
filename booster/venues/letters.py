"""What this room writes: to the host who was chosen, to who has to sign, to who has something to do."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from booster.people import actions as people
from booster.people import queries as persons
from booster.post.actions import Draft
from booster.venues.models import HostTask, Venue

LINK_LIVES = timedelta(days=30)


def link_of(venue: Venue, person: Any, *, at: datetime) -> str:
    """A private link that signs the person in once and opens the page of the venue."""
    _link, token = people.issue_link(
        purpose="venue", person=person, thing=venue, expires_at=at + LINK_LIVES, uses=1, signs_in=True, by=None, at=at
    )
    return persons.link_url(token)


def page_of(venue: Venue) -> str:
    return f"{settings.BOOSTER_URL}{reverse('venues:venue', args=[venue.pk])}"


def chosen(venue: Venue, hosts: Iterable[Any], *, at: datetime) -> list[Draft]:
    """To the people of the offer that was chosen: the agreement waits for their signature."""
    subject = _("You host %(edition)s: the agreement to sign")
    return [_letter(venue, "chosen", subject, person, link=link_of(venue, person, at=at)) for person in hosts]


def your_turn(venue: Venue, side: str, who: Iterable[Any], *, at: datetime) -> list[Draft]:
    """To the side that has not signed yet: the other one has."""
    subject = _("The other side has signed: your turn, %(edition)s")
    return [
        _letter(
            venue, "your_turn", subject, person, side=side, mark=f"{venue.revision}", link=_way(venue, side, person, at)
        )
        for person in who
    ]


def changed(venue: Venue, signers: Iterable[tuple[str, Any]], *, at: datetime) -> list[Draft]:
    """To those whose signature is void: the text changed after they had signed."""
    subject = _("The agreement changed after you signed: %(edition)s")
    return [
        _letter(
            venue, "changed", subject, person, side=side, mark=f"{venue.revision}", link=_way(venue, side, person, at)
        )
        for side, person in signers
    ]


def agreed(venue: Venue, people_of_both: Iterable[tuple[str, Any]], *, at: datetime) -> list[Draft]:
    subject = _("The agreement is signed by both sides: %(edition)s")
    return [
        _letter(venue, "agreed", subject, person, side=side, link=_way(venue, side, person, at))
        for side, person in people_of_both
    ]


def stepped_back(venue: Venue, organisers: Iterable[Any], hosts: Iterable[Any], *, reason: str) -> list[Draft]:
    """To the organisers, who can take the second choice, and to the people of the offer."""
    page = f"{settings.BOOSTER_URL}{reverse('venues:of_edition', args=[venue.edition.slug])}"
    to_organisers, to_hosts = _("Without a venue: %(edition)s"), _("You host no more: %(edition)s")
    return [
        *(
            _letter(venue, "stepped_back", to_organisers, one, side="organiser", reason=reason, link=page)
            for one in organisers
        ),
        *(_letter(venue, "released", to_hosts, one, reason=reason) for one in hosts),
    ]


def week(venue: Venue, side: str, person: Any, tasks: Sequence[HostTask], *, on: date, at: datetime) -> Draft:
    """The tasks of the week to come, and those that are late."""
    late = [task for task in tasks if task.due_on and task.due_on < on]
    coming = [task for task in tasks if task not in late]
    link = _way(venue, side, person, at)
    return _letter(
        venue, "week", _("This week: %(edition)s"), person, side=side, mark=str(on), late=late, coming=coming, link=link
    )  # fmt: skip


def tomorrow(venue: Venue, side: str, person: Any, tasks: Sequence[HostTask], *, on: date, at: datetime) -> Draft:
    link = _way(venue, side, person, at)
    return _letter(
        venue, "tomorrow", _("Due tomorrow: %(edition)s"), person, side=side, mark=str(on), tasks=tasks, link=link
    )


def key_of(kind: str, venue: Venue, person: Any, mark: str = "") -> str:
    """Names a letter for ever: the same one is never written twice."""
    return ":".join(part for part in (f"venues.{kind}", str(venue.pk), str(person.pk), mark) if part)


def _way(venue: Venue, side: str, person: Any, at: datetime) -> str:
    """Hosts get a link that signs them in; organisers have their desk."""
    return link_of(venue, person, at=at) if side == "host" else page_of(venue)


def _letter(
    venue: Venue, kind: str, subject: Any, person: Any, *, side: str = "host", mark: str = "", **more: Any
) -> Draft:
    """A host who has said nothing in the profile is written in the language of the offer."""
    context = {"venue": venue, "edition": venue.edition, "person": person, **more}
    language = person.language or (venue.application.language if side == "host" else "") or "en"
    with translation.override(language):  # the subject is lazy: it is told in the language of the one who gets it
        told = subject % {"edition": venue.edition.name}
        body = render_to_string(f"venues/letters/{kind}.txt", context)
    return {
        "kind": f"venues.{kind}",
        "key": key_of(kind, venue, person, mark),
        "to": person,
        "subject": told,
        "body": body,
        "language": language,
        "edition_id": venue.edition_id,
        "thing": venue,
        "release_now": True,
    }
