"""What came back: one action for every way in which a delivery report reaches the house."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from booster.kit import moves
from booster.post import rules
from booster.post.actions.letters import AS_NEW
from booster.post.models import Attempt, DeadAddress, Letter, Mailbox
from booster.post.states import LETTER

log = logging.getLogger("booster.post")
READING = rules.LEASE
RETURNED = "returned"  # outcome of an attempt: the mailbox did not take it, it goes out again
LATE = "late"  # outcome of an attempt: the server still tries
REFUSED, EARLY, KNOWN = "refused", "early", "known"
IS_OUT = ("sent", "unsure")


@transaction.atomic
def take_report(raw: bytes, *, by: Any = None, at: datetime) -> str:
    """Do what a mail to the bounce address says; the word for what was done.

    ``bounced`` it will never arrive, ``returned`` it goes out again later, ``late`` noted, ``known`` said before,
    ``early`` a worker still has the letter in hand (ask again), ``refused`` the mail says nothing that can be
    believed; the log then tells why, and names nobody. The same report twice changes nothing the second time.
    """
    try:
        report = rules.read_report(raw, bounces=settings.BOOSTER_BOUNCES, secret=settings.SECRET_KEY)
    except rules.NoReport as why:
        return _refuse(str(why))
    letter = _letter(report)
    if letter is None:
        return _refuse("it speaks of no letter of ours")
    if letter.state not in IS_OUT:
        return EARLY if letter.state == "sending" else KNOWN
    told = list(letter.tries.values_list("outcome", "reply"))
    if report.kind == rules.LATE:
        return KNOWN if (LATE, report.reason) in told else _note(letter, LATE, report.reason, at)
    if report.kind == rules.SOFT and [outcome for outcome, _ in told].count(RETURNED) < rules.SOFT_TRIES:
        moves.move(letter, LETTER, "put_back", not_before=at + rules.SOFT_PAUSE, trouble=report.reason, **AS_NEW)
        return _note(letter, RETURNED, report.reason, at)
    return _come_back(letter, report, at)


def _come_back(letter: Letter, report: rules.Report, at: datetime) -> str:
    moves.move(letter, LETTER, "bounce", trouble=report.reason)
    if report.dead and letter.address:
        known = {"since": at, "reason": report.reason}
        DeadAddress.objects.get_or_create(address=letter.address.lower(), defaults=known)
    return _note(letter, letter.state, report.reason, at)


def _refuse(why: str) -> str:
    log.warning("a mail to the bounce address was refused: %s", why)
    return REFUSED


def _letter(report: rules.Report) -> Letter | None:
    """By the return path that we signed, else by the Message-ID."""
    if report.letter is not None:
        return Letter.objects.filter(pk=report.letter).first()
    return Letter.objects.filter(message_id__in=report.message_ids).first()


def _note(letter: Letter, outcome: str, reply: str, at: datetime) -> str:
    Attempt.objects.create(letter=letter, at=at, outcome=outcome, reply=reply)
    return outcome


@transaction.atomic
def believe_in(address: str, *, by: Any, at: datetime) -> int:
    """An address works again; whether it was thought dead."""
    gone, _by_model = DeadAddress.objects.filter(address=address.lower()).delete()
    return gone


def take_mailbox(place: str, *, by: Any = None, at: datetime) -> Mailbox | None:
    """The mailbox, if nobody else reads it now; the lease of a killed worker ends after five minutes."""
    mailbox, _made = Mailbox.objects.get_or_create(place=place)
    if mailbox.leased_until is not None and mailbox.leased_until > at:
        return None
    try:
        return moves.settle(mailbox, expected={"leased_until": mailbox.leased_until}, leased_until=at + READING)
    except moves.Stale:
        return None


def leave_mailbox(mailbox: Mailbox, *, by: Any = None, at: datetime, trouble: str = "") -> None:
    """It can be read by others again; ``trouble`` stays until it goes well."""
    read_at = mailbox.read_at if trouble else at
    mine = Mailbox.objects.filter(pk=mailbox.pk, leased_until=mailbox.leased_until)
    mine.update(leased_until=None, read_at=read_at, trouble=trouble[:300])
