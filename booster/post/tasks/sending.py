"""Sending: one worker has a letter in hand at a time, and one that the server has confirmed is never sent again.

What if the worker is killed? Until ``handed_over_at`` is written the server has not seen the text, so the letter is
tried again when its lease ends. After that nobody can know: the letter becomes ``unsure`` and waits for a person,
because a decision that arrives twice is worse than a line in the outbox that somebody reads. If the *server* goes away
without an answer, RFC 5321 says that it has not taken the letter, and it is tried again under the same Message-ID.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPException, SMTPResponseException, SMTPServerDisconnected
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.message import sanitize_address
from django.utils.timezone import now
from django_tasks import task

from booster.kit.moves import Stale
from booster.kit.words import N_
from booster.post import actions, queries, rules
from booster.post.models import Letter

log = logging.getLogger("booster.post")
A_TURN = timedelta(seconds=10)  # then the worker looks up: it may have been asked to stop
AFTER_THE_DOT = 120  # seconds: a server may look at a letter for long before it confirms it
Clock = Callable[[], datetime]
STOPPED = N_("The worker was stopped while it sent this letter.")
NO_LETTER = N_("Not a letter that can be sent: {text}.")
HANDED_TO = N_("Handed to {text}.")
HUNG_UP = N_("The mail server hung up.")
AWAY = N_("The mail server cannot be reached ({text}).")


@task()
def send_now() -> int:
    return send_waiting(at=now())


def send_waiting(*, at: datetime, limit: int = 1000) -> int:
    """Send what is released and due; how many were confirmed. Safe to run twice and beside others.

    After ten seconds the rest is left to a new job, so that a worker that is asked to stop can.
    """
    begun = monotonic()

    def clock() -> datetime:
        return at + timedelta(seconds=monotonic() - begun)

    _take_back_abandoned(clock)
    if settings.BOOSTER_DEMO:
        return actions.keep_in_box(Letter.objects.due(at)[:limit], at=at)
    if not settings.BOOSTER_MAIL:
        return 0
    line, sent = _Line(), 0
    try:
        for letter in Letter.objects.due(at)[:limit]:
            outcome = _try(line, letter, clock)
            sent += outcome == "deliver"
            if outcome == "away":
                break
            if clock() - at > A_TURN:
                send_now.enqueue()
                break
    finally:
        line.hang_up()
    return sent


def _take_back_abandoned(clock: Clock) -> None:
    for letter in Letter.objects.abandoned(clock()):
        verb = "doubt" if letter.handed_over_at else "put_off"
        with suppress(Stale):
            actions.settle(letter, verb=verb, reply=STOPPED, at=clock())


@dataclass(frozen=True, slots=True)
class _Outcome:
    verb: str  # of the lifecycle, or "away", or empty when the letter was lost to another worker
    reply: str


def _try(line: "_Line", letter: Letter, clock: Clock) -> str:
    """The verb that it came to; ``away`` when no letter can leave now; empty when another worker has it."""
    try:
        actions.claim(letter, at=clock())
    except Stale:
        return ""
    outcome = line.outcome_for(letter, clock)
    if not outcome.verb:
        return ""
    verb, at = outcome.verb, clock()
    not_before = None
    if verb in {"away", "put_off"}:
        hopeless = rules.is_hopeless(letter.trying_since or at, at)
        verb = "give_up" if hopeless else "put_off"
        not_before = rules.next_try(letter.attempts, at, reachable=outcome.verb == "put_off")
    with suppress(Stale):  # the lease ran out meanwhile: whoever has the letter now keeps its books
        actions.settle(letter, verb=verb, reply=outcome.reply, at=at, not_before=not_before)
    if verb != "deliver":
        log.warning("letter %s (%s), try %s: %s", letter.pk, letter.kind, letter.attempts, verb)
    return "away" if outcome.verb == "away" else verb


class _Line:
    """One connection for many letters, opened when first needed. Which server, TLS and password: Django's settings."""

    def __init__(self) -> None:
        self.backend: Any = None

    def hang_up(self) -> None:
        if self.backend is not None:
            with suppress(OSError, SMTPException):
                self.backend.close()
        self.backend = None

    def outcome_for(self, letter: Letter, clock: Clock) -> _Outcome:
        try:
            parcel = _packed(letter)
        except (ValueError, LookupError) as trouble:  # an address or header that no server could take
            return _Outcome("fail", NO_LETTER.format(text=type(trouble).__name__))
        try:
            self._dial()
        except (OSError, SMTPException) as trouble:
            self.hang_up()
            return _Outcome("away", _why(trouble))
        try:
            return self._hand_over(letter, parcel, clock)
        except SMTPResponseException as trouble:
            return self._refused(trouble.smtp_code, trouble.smtp_error)
        except (OSError, SMTPException) as trouble:
            self.hang_up()
            return _Outcome("put_off", _why(trouble))
        except Stale:  # the lease ran out before the text was sent: the letter is no longer ours to send
            self.hang_up()
            return _Outcome("", "")

    def _dial(self) -> None:
        if self.backend is None:
            self.backend = get_connection()
        self.backend.open()

    def _hand_over(self, letter: Letter, parcel: "_Parcel", clock: Clock) -> _Outcome:
        smtp: Any = getattr(self.backend, "connection", None)
        if smtp is None:  # a backend that is not SMTP
            actions.hand_over(letter, at=clock())
            self.backend.send_messages([parcel.message])
            return _Outcome("deliver", HANDED_TO.format(text=type(self.backend).__module__.rpartition(".")[2]))
        smtp.ehlo_or_helo_if_needed()
        code, answer = smtp.mail(parcel.sender, ["body=8bitmime"] if smtp.has_extn("8bitmime") else [])
        if code != 250:  # a wrong sender is the house's trouble, not the letter's: it waits until that is mended
            return _Outcome("put_off", self._refused(code, answer).reply)
        code, answer = smtp.rcpt(parcel.address)
        if code not in {250, 251}:
            return self._refused(code, answer)
        actions.hand_over(letter, at=clock())
        smtp.sock.settimeout(AFTER_THE_DOT)
        code, answer = smtp.data(parcel.text)
        if code != 250:
            return self._refused(code, answer)
        smtp.sock.settimeout(self.backend.timeout)
        return _Outcome("deliver", rules.reply_text(code, answer))

    def _refused(self, code: int, answer: bytes | str) -> _Outcome:
        if code == 421:  # the server closes
            self.hang_up()
        else:
            with suppress(OSError, SMTPException):
                self.backend.connection.rset()
        return _Outcome("fail" if rules.is_permanent(code) else "put_off", rules.reply_text(code, answer))


def _why(trouble: OSError | SMTPException) -> str:
    if isinstance(trouble, SMTPResponseException):
        return rules.reply_text(trouble.smtp_code, trouble.smtp_error)
    if isinstance(trouble, SMTPServerDisconnected):
        return HUNG_UP
    return AWAY.format(text=type(trouble).__name__)


@dataclass(frozen=True, slots=True)
class _Parcel:
    message: EmailMultiAlternatives
    sender: str
    address: str
    text: bytes


def _packed(letter: Letter) -> _Parcel:
    """All that can fail without a server fails here, as ``ValueError`` or ``LookupError``."""
    message = mail(letter)
    return _Parcel(
        message=message,
        sender=_return_path(letter) or _bare(message.from_email),
        address=_bare(letter.address),
        text=message.message().as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django's own message takes it
    )


def _return_path(letter: Letter) -> str:
    """Where the letter comes back to when it cannot be delivered; empty: to the address that it is from."""
    where = settings.BOOSTER_BOUNCES
    return rules.return_path(where, letter.pk, settings.SECRET_KEY) if where else ""


def _bare(address: str) -> str:
    """The address alone, its domain as DNS knows it."""
    return parseaddr(sanitize_address(parseaddr(address)[1], "utf-8"))[1]


def mail(letter: Letter) -> EmailMultiAlternatives:
    """The letter as a MIME message: text, the same as HTML, and its calendar file."""
    local = letter.address.rpartition("@")[0]
    if not local or not local.isascii():
        raise ValueError("no address that SMTP can carry")
    look = queries.preview(letter)
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[look.to],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    message.attach_alternative(look.html, "text/html")
    if letter.calendar:
        message.attach("invitation.ics", letter.calendar, "text/calendar")
    return message
