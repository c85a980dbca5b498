"""Every write of this room: offers, answers, and the reserve list that moves up by itself."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.academies import actions as academies
from booster.academies.models import Membership, Role
from booster.applications.models import Application
from booster.chronicle.actions import record
from booster.cohort import facts, queries
from booster.cohort.models import LegSeat, Seat
from booster.cohort.rules import answer_by, next_up
from booster.cohort.states import SEAT
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import move, settle
from booster.kit.times import local_day


@transaction.atomic
def enrol(*, application: Application, rank: int | None, at: datetime, by: Any = None) -> Seat:
    """Make the seat of somebody who was chosen (``rank`` ``None``: offered at once) or is on the reserve list.

    Twice changes nothing. ``Refused`` for an application without a person: nobody could answer.
    """
    if application.applicant_id is None:
        raise Refused(_("Nobody can answer for this application: it has no usable address."))
    seat, fresh = Seat.objects.get_or_create(
        application=application,
        defaults={"edition_id": application.edition_id, "person_id": application.applicant_id, "rank": rank},
    )
    if not fresh:
        return seat
    if rank is None:
        return offer(seat=seat, why="chosen", by=by, at=at)
    record(facts.WAITING, thing=seat, by=by, at=at, rank=rank)
    return seat


@transaction.atomic
def offer(
    *, seat: Seat, why: str, by: Any, at: datetime, fills: Seat | None = None, fills_leg: LegSeat | None = None
) -> Seat:
    """Offer the seat until the end of the call's days of acceptance: for all legs, or for the one that became free."""
    call = seat.application.call
    until = answer_by(at, days=call.acceptance_days, zone=call.zone)
    move(seat, SEAT, "offer", offered_at=at, answer_by=until, why=why[:200], fills=fills, fills_leg=fills_leg)
    legs = [fills_leg.leg] if fills_leg else queries.legs_to_come(seat.edition_id, at=at)
    LegSeat.objects.bulk_create([LegSeat(seat=seat, leg=leg) for leg in legs])
    record(facts.OFFERED, thing=seat, by=by, at=at, why=why)
    return seat


@transaction.atomic
def accept(*, seat: Seat, by: Any, at: datetime) -> Seat:
    """Take the seat, in time; the person becomes a participant of the edition."""
    if seat.state == "offered" and seat.answer_by and at > seat.answer_by:
        raise NotNow(_("The time to answer is over. Write to the organisers: the seat may still be free."))
    move(seat, SEAT, "accept", answered_at=at)
    academies.appoint(edition=seat.edition, person=seat.person, role=Role.PARTICIPANT, by=by, at=at)
    record(facts.ACCEPTED, thing=seat, by=by, at=at)
    return seat


@transaction.atomic
def decline(*, seat: Seat, reason: str, by: Any, at: datetime) -> Seat:
    move(seat, SEAT, "decline", answered_at=at, reason=reason.strip())
    record(facts.DECLINED, thing=seat, by=by, at=at, reason=reason.strip())
    return seat


@transaction.atomic
def lapse(*, seat: Seat, at: datetime, by: Any = None) -> Seat:
    """The date has passed without an answer."""
    move(seat, SEAT, "lapse", answered_at=None)
    record(facts.LAPSED, thing=seat, by=by, at=at)
    return seat


@transaction.atomic
def give_back(*, seat: Seat, reason: str, by: Any, at: datetime) -> Seat:
    """Give an accepted seat back for all legs; the person is no participant any more."""
    move(seat, SEAT, "give_back", answered_at=at, reason=reason.strip())
    seat.legs.filter(given_back_at__isnull=True).update(given_back_at=at, reason=reason.strip())
    for held in (
        Membership.objects.active()
        .filter(edition=seat.edition_id, person=seat.person_id, role=Role.PARTICIPANT)
        .select_related("person")
    ):
        academies.end_role(membership=held, on=at.date(), by=by, at=at)
    record(facts.GIVEN_BACK, thing=seat, by=by, at=at, reason=reason.strip())
    return seat


@transaction.atomic
def give_leg_back(*, leg_seat: LegSeat, reason: str, by: Any, at: datetime) -> LegSeat:
    """Give the seat for one leg back and keep the others, such as the journey but not the online days."""
    if leg_seat.seat.state != "accepted" or leg_seat.given_back_at is not None:
        raise NotNow(_("This part of the seat is not held any more."))
    if not leg_seat.seat.legs.filter(given_back_at__isnull=True).exclude(pk=leg_seat.pk).exists():
        raise Refused(_("This is the last part of the seat: give the whole seat back."))
    leg_seat.given_back_at, leg_seat.reason = at, reason.strip()
    leg_seat.save(update_fields=["given_back_at", "reason"])
    record(facts.LEG_GIVEN_BACK, thing=leg_seat.seat, by=by, at=at, leg=str(leg_seat.leg), reason=reason.strip())
    return leg_seat


@transaction.atomic
def drop(*, seat: Seat, by: Any, at: datetime) -> Seat:
    """Take somebody off the reserve list, at their own wish or because the cohort is complete."""
    move(seat, SEAT, "drop")
    record(facts.DROPPED, thing=seat, by=by, at=at)
    return seat


@transaction.atomic
def miss(*, seat: Seat, came: bool, by: Any, at: datetime) -> Seat:
    """Note that somebody who held a seat did not come, or take that note back (``came``). Whoever chooses the next
    cohort sees it beside the file. ``NotNow`` for a seat that is not held, or before the first day. Again changes
    nothing."""
    if seat.state != "accepted":
        raise NotNow(_("Only somebody who held the seat can have missed the days."))
    first = queries.first_day(seat.edition_id)
    if first is None or local_day(at, seat.edition.zone) < first:
        raise NotNow(_("The days have not begun yet."))
    if came == (seat.missed_at is None):
        return seat
    settle(seat, expected={"state": "accepted", "missed_at": seat.missed_at}, missed_at=None if came else at)
    record(facts.CAME if came else facts.MISSED, thing=seat, by=by, at=at)
    return seat


@transaction.atomic
def move_up(*, gap: Seat, at: datetime, leg: LegSeat | None = None, by: Any = None) -> Seat | None:
    """Offer a seat that became free to whoever is next; ``None`` when nobody waits or it is filled already.

    With ``leg`` only that part of the seat is offered. Twice changes nothing.
    """
    filled = Seat.objects.filter(fills_leg=leg) if leg else Seat.objects.filter(fills=gap)
    if filled.exists():
        return None
    call = gap.application.call
    chosen = next_up(
        queries.waiting(gap.edition_id),
        leaving=gap.application.reference,
        seats_of_reserve=queries.seats_of_reserve(call),
    )
    if chosen is None:
        return None
    reference, why = chosen
    seat = Seat.objects.select_related("application__call").get(
        application__call=call, application__reference=reference
    )
    return offer(seat=seat, why=why, by=by, at=at, fills=None if leg else gap, fills_leg=leg)


@transaction.atomic
def note_reminder(*, seat: Seat, at: datetime, by: Any = None) -> Seat:
    seat.reminded_at = at
    seat.save(update_fields=["reminded_at"])
    return seat
