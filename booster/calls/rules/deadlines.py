"""When a call is open, and what it still lacks before it can be published. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol


def _(text: str) -> str:
    """Marks a text for translation; the page that shows it translates it."""
    return text


class Dated(Protocol):
    """A call, as far as its times go."""

    state: str
    opens_at: datetime | None
    deadline_at: datetime | None
    grace_minutes: int


def last_moment(call: Dated) -> datetime | None:
    """The deadline with its grace: what comes until then is in time."""
    return call.deadline_at + timedelta(minutes=call.grace_minutes) if call.deadline_at else None


def phase(call: Dated, at: datetime) -> str:
    """What the public sees: ``draft`` ``coming`` ``open`` ``over`` (the deadline has passed, or the call was closed)
    ``settled``."""
    if call.state == "open":
        end = last_moment(call)
        if call.opens_at and at < call.opens_at:
            return "coming"
        return "over" if end and at > end else "open"
    return {"draft": "draft", "closed": "over"}.get(call.state, "settled")


def takes_applications(call: Dated, at: datetime) -> bool:
    return phase(call, at) == "open"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that must be done before a call is published; ``page`` names where."""

    sentence: str
    page: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """What publishing looks at."""

    opens_at: datetime | None
    deadline_at: datetime | None
    text: str
    contact: str
    weights: Collection[Decimal]
    form_published: bool
    gates: int
    requirements: int
    is_venue_call: bool
    follows: Dated | None = None  # the first round of a second one


def lacking(call: Readiness, at: datetime) -> list[Lack]:
    """Everything that stands in the way of publishing, in the order in which one would do it."""
    first = call.follows is None
    checks = (
        (not call.text.strip(), Lack(_("The call has no text yet."), "texts")),
        (call.opens_at is None and first, Lack(_("It has no day on which it opens."), "dates")),
        (call.deadline_at is None, Lack(_("It has no deadline."), "dates")),
        (bool(call.deadline_at and call.deadline_at <= at), Lack(_("Its deadline has passed already."), "dates")),
        (_crossed(call), Lack(_("It would close before it opens."), "dates")),
        (
            call.follows is not None and call.follows.state == "draft",
            Lack(_("Its first round is not published yet."), "overview"),
        ),
        (
            call.follows is not None and not closes_after(call.deadline_at, call.follows),
            Lack(_("It would close before the first round does."), "dates"),
        ),
        (not call.contact, Lack(_("No address for questions is given."), "texts")),
        (not call.weights, Lack(_("It has no criteria."), "criteria")),
        (
            bool(call.weights) and sum(call.weights) != 100,
            Lack(_("The weights of its criteria do not make 100."), "criteria"),
        ),
        (call.gates == 0 and first, Lack(_("It has no conditions, not even being in time."), "gates")),
        (not call.form_published, Lack(_("No version of its form is published."), "form")),
        (call.is_venue_call and call.requirements == 0 and first, Lack(_("Its white book is empty."), "white_book")),
    )
    return [lack for wanting, lack in checks if wanting]


def closes_after(deadline_at: datetime | None, first: Dated) -> bool:
    """Whether a second round with this deadline ends after its first one; yes while either has none."""
    end = last_moment(first)
    return deadline_at is None or end is None or deadline_at > end


def _crossed(call: Readiness) -> bool:
    return bool(call.opens_at and call.deadline_at and call.deadline_at <= call.opens_at)
