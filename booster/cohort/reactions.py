"""Decisions become seats; every answer has its letter; a free seat goes to whoever is next."""

from datetime import datetime
from typing import Any

from booster.applications.models import Application
from booster.calls.models import Call
from booster.chronicle.models import Fact
from booster.cohort import actions, facts, letters
from booster.cohort.models import LegSeat, Seat
from booster.post import actions as post
from booster.selection import facts as selection


def _seat(fact: Fact) -> Seat | None:
    return (
        Seat.objects.filter(pk=fact.thing_id).select_related("edition", "person", "application__call").first()
    )  # fmt: skip


def enrol(fact: Fact, *, at: datetime) -> None:
    """Chosen: a seat is offered. On the reserve list: the person waits. Venue calls make no seats."""
    outcome = fact.payload.get("outcome")
    application = Application.objects.filter(pk=fact.thing_id).select_related("call").first()
    if application is None or application.call.kind != Call.Kind.PARTICIPANTS or application.applicant_id is None:
        return
    if outcome == "chosen":
        actions.enrol(application=application, rank=None, at=at)
    elif outcome == "reserve":
        actions.enrol(application=application, rank=fact.payload.get("rank") or 999, at=at)


def write_offer(fact: Fact, *, at: datetime) -> None:
    seat = _seat(fact)
    if seat is not None and seat.state == "offered":
        _drop(letters.offer(seat, link=letters.link_of(seat, at=at)), at=at)


def write_thanks(fact: Fact, *, at: datetime) -> None:
    seat = _seat(fact)
    if seat is not None and seat.state == "accepted":
        _drop(letters.accepted(seat), at=at)


def write_lapsed(fact: Fact, *, at: datetime) -> None:
    seat = _seat(fact)
    if seat is not None:
        _drop(letters.lapsed(seat), at=at)


def _drop(letter: dict[str, Any], *, at: datetime) -> None:
    post.drop(**letter, by=None, at=at, release_now=True)


def fill(fact: Fact, *, at: datetime) -> None:
    seat = _seat(fact)
    if seat is not None:
        actions.move_up(gap=seat, at=at)


def fill_leg(fact: Fact, *, at: datetime) -> None:
    seat = _seat(fact)
    free = LegSeat.objects.filter(seat=seat, given_back_at__isnull=False, filled_by__isnull=True).select_related("leg")
    for leg in free if seat is not None else []:
        actions.move_up(gap=leg.seat, leg=leg, at=at)


REACTIONS = {
    selection.TOLD: [enrol],
    facts.OFFERED: [write_offer],
    facts.ACCEPTED: [write_thanks],
    facts.DECLINED: [fill],
    facts.LAPSED: [write_lapsed, fill],
    facts.GIVEN_BACK: [fill],
    facts.LEG_GIVEN_BACK: [fill_leg],
}
