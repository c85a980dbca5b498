"""Reading the mailbox to which letters come back.

A mail is marked as read (or moved to the folder ``done``) only after what it says is in the database, so a worker that
is killed in the middle reads it again and changes nothing the second time. Nothing is ever deleted.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import Any

from django.conf import settings

from booster.post import actions, rules

log = logging.getLogger("booster.post")
TIMEOUT = 20  # seconds for each answer of the server
A_TURN = 20.0  # seconds, then the rest waits for the next round
MOST = 200  # mails a round
TROUBLES = (OSError, imaplib.IMAP4.error, ValueError, IndexError)  # whatever a server can do to its client


def read_mailbox(*, at: datetime) -> int:
    """Read what came back since the last time; how many mails were understood. Safe to run twice and beside others."""
    where = settings.BOOSTER_MAILBOX
    if where is None or settings.BOOSTER_DEMO:
        return 0
    mailbox = actions.take_mailbox(where.place, at=at)
    if mailbox is None:
        return 0
    understood, trouble = 0, ""
    try:
        with Postman(where) as postman:
            for number, raw in postman.unread():
                done = actions.take_report(raw, at=at)
                understood += done not in {actions.REFUSED, actions.EARLY}
                if done != actions.EARLY:
                    postman.put_away(number)
    except TROUBLES as why:
        trouble = rules.in_one_line(why)
        log.warning("the mailbox of letters that came back: %s", trouble)
    finally:
        actions.leave_mailbox(mailbox, at=at, trouble=trouble)
    return understood


class Postman:
    """A signed-in IMAP connection to one folder; leaving the ``with`` signs out."""

    def __init__(self, where: Any, *, timeout: float = TIMEOUT) -> None:
        self.where, self.timeout = where, timeout
        self.line: imaplib.IMAP4
        self.can: list[str] = []

    def __enter__(self) -> "Postman":
        self.line = self._dialled()
        try:
            self._sign_in()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_trouble: object) -> None:
        with suppress(*TROUBLES):
            self.line.logout()

    def _dialled(self) -> imaplib.IMAP4:
        host, port, safe = self.where.host, self.where.port, ssl.create_default_context()
        if self.where.tls == "always":
            return imaplib.IMAP4_SSL(host, port, ssl_context=safe, timeout=self.timeout)
        line = imaplib.IMAP4(host, port, timeout=self.timeout)
        if self.where.tls == "starttls":
            line.starttls(ssl_context=safe)
        return line

    def _sign_in(self) -> None:
        self.line.login(self.where.user, self.where.password)
        told = self._ask("CAPABILITY", self.line.capability())  # more than before one was signed in
        self.can = (told[-1] or b"").decode("ascii", "replace").upper().split()
        self._ask("SELECT", self.line.select(_quoted(self.where.folder)))

    @staticmethod
    def _ask(what: str, answer: tuple[str, list[Any]]) -> list[Any]:
        if answer[0] != "OK":
            said = b" ".join(one for one in answer[1] if isinstance(one, bytes)).decode("utf-8", "replace")
            raise imaplib.IMAP4.error(f"{what} was refused: {said}")
        return answer[1]

    def waiting(self) -> list[str]:
        """The numbers of mails that were not read yet, the oldest first."""
        wanted = "ALL" if self.where.done else "UNSEEN"
        found = self._ask("SEARCH", self.line.uid("SEARCH", wanted))
        return [number.decode() for number in (found[0] or b"").split() if number.isdigit()]

    def unread(self) -> Iterator[tuple[str, bytes]]:
        """Number and text of each, at most ``MOST`` and as long as a turn; of a huge one only its beginning."""
        begun = monotonic()
        for number in self.waiting()[:MOST]:
            part = f"(BODY.PEEK[]<0.{rules.LARGEST + 1}>)"  # one byte too many: then it is known to be too large
            answer = self._ask("FETCH", self.line.uid("FETCH", number, part))
            raw = next((bytes(one[1]) for one in answer if isinstance(one, tuple)), None)
            if raw is not None:  # else somebody took it away meanwhile
                yield number, raw
            if monotonic() - begun > A_TURN:
                return

    def put_away(self, number: str) -> None:
        """Mark it as read, and move it where it was asked to go if the server can do so without touching others."""
        self._ask("STORE", self.line.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))
        if not self.where.done:
            return
        if "MOVE" in self.can:
            self._ask("MOVE", self.line.uid("MOVE", number, _quoted(self.where.done)))
        elif "UIDPLUS" in self.can:
            self._ask("COPY", self.line.uid("COPY", number, _quoted(self.where.done)))
            self._ask("STORE", self.line.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)"))
            self._ask("EXPUNGE", self.line.uid("EXPUNGE", number))
        else:
            raise imaplib.IMAP4.error("the server can neither MOVE nor UIDPLUS: leave out ?done=")


def _quoted(folder: str) -> str:
    return '"{}"'.format(re.sub(r'(["\\])', r"\\\1", folder))
