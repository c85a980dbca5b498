"""Delivery reports (RFC 3464): which of our letters a mail speaks of, and whether it will ever arrive. Pure.

Whatever comes is hostile until it is understood: the mail is bounded in size, parts and depth, read by the most lenient
parser, and believed only where it quotes a return path that this house signed or the Message-ID of a letter of ours.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

LARGEST = 1_000_000  # bytes; a report with a whole letter in it is a tenth of that
MOST_PARTS = 60
SOFT_TRIES = 2  # how often a letter goes out again after a mailbox said “not now” for days
SOFT_PAUSE = timedelta(hours=12)
HARD, SOFT, LATE = "hard", "soft", "late"

_ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Resent-To", "To")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CODE = re.compile(r"\b([45])\d\d\b")
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,200}@[^<>\s]{1,200}>")


class NoReport(ValueError):
    """A mail that says nothing of a letter of ours; the reason names nobody, so that it can stand in a log."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail says: which letters it may speak of, and what became of them.

    ``kind``: ``HARD`` it will never arrive, ``SOFT`` the mailbox did not take it for days, ``LATE`` the server still
    tries. ``dead``: nobody can be reached there, whatever is sent.
    """

    letter: int | None  # from a return path that we signed
    message_ids: tuple[str, ...]
    kind: str
    dead: bool
    reason: str


def return_path(bounces: str, letter: int, secret: str) -> str:
    """The address to which a letter comes back: ``bounces+17.3f…@example.org`` names it and cannot be made up."""
    name, _at, host = bounces.rpartition("@")
    return f"{name}+{letter}.{_mark(letter, secret)}@{host}"


def _mark(letter: int, secret: str) -> str:
    return hmac.new(secret.encode(), f"post.return_path:{letter}".encode(), sha256).hexdigest()[:16]


def read_report(raw: bytes, *, bounces: str = "", secret: str = "") -> Report:
    """What this mail says, or ``NoReport`` with the reason why it says nothing."""
    parts = _parts(raw)
    block = _block(parts)
    action = _text(block, "Action").lower()
    if action not in {"failed", "delayed"}:
        raise NoReport("it reports no failure")
    letter = _signed(_addresses(parts), bounces, secret)
    named = tuple(dict.fromkeys(one for part in parts for one in _originals(part)))
    named += tuple(_MESSAGE_ID.findall(_text(parts[0], "In-Reply-To"))[:1])
    if letter is None and not named:
        raise NoReport("it names no letter")
    status, said = _text(block, "Status"), _text(block, "Diagnostic-Code")
    number = _status(status) or _status(said) or _code(said)
    return Report(letter, named[:5], _kind(action, number), _is_dead(action, number), (said or status)[:300])


def _parts(raw: bytes) -> list[Message]:
    """All parts of a mail, flat; ``NoReport`` for what is too large, too deep or broken beyond reading."""
    if len(raw) > LARGEST:
        raise NoReport("it is too large")
    if raw.lower().count(b"boundary") > MOST_PARTS or raw.lower().count(b"message/") > MOST_PARTS:
        raise NoReport("it has too many parts")
    try:
        parts: list[Message] = []
        for part in message_from_bytes(raw).walk():
            parts.append(part)
            if len(parts) > MOST_PARTS:
                raise NoReport("it has too many parts")
    except NoReport:
        raise
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as trouble:
        raise NoReport(f"it cannot be read ({type(trouble).__name__})") from None
    return parts


def _text(part: Message, name: str) -> str:
    """A header in one line without anything that could not be printed, however odd it is."""
    try:
        value = str(part.get(name, ""))
    except (ValueError, LookupError, TypeError):
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value[:2000]).split())


def _block(parts: Iterable[Message]) -> Message:
    """The first block of a delivery status that tells of a recipient, a failure before anything else."""
    told = [part for part in parts if _text(part, "Action")]
    if not told:
        raise NoReport("it is no delivery report")
    return next((part for part in told if _text(part, "Action").lower() == "failed"), told[0])


def _addresses(parts: list[Message]) -> list[str]:
    """To whom the mail itself was addressed: its own headers, never those of what it quotes."""
    found = [_text(parts[0], name) for name in _ADDRESSED]
    return [address for _name, address in getaddresses(found)][:20]


def _signed(addresses: Iterable[str], bounces: str, secret: str) -> int | None:
    """The letter whose return path is among the addresses, if this house signed it."""
    name, _at, host = bounces.lower().rpartition("@")
    pattern = re.compile(rf"{re.escape(name)}\+(\d{{1,18}})\.([0-9a-f]{{16}})@{re.escape(host)}")
    for address in addresses:
        if host and (found := pattern.fullmatch(address.lower())):
            letter = int(found[1])
            if hmac.compare_digest(found[2], _mark(letter, secret)):
                return letter
    return None


def _originals(part: Message) -> list[str]:
    """The Message-ID of our letter, quoted in the report whole or by its headers alone."""
    kind = part.get_content_type()
    if kind == "text/rfc822-headers":
        inside = part.get_payload(decode=True)
        if not isinstance(inside, bytes):
            return []
        return _MESSAGE_ID.findall(_text(message_from_bytes(inside[:100_000]), "Message-ID"))[:1]
    wrapped = part.get_payload() if kind in {"message/rfc822", "message/global", "message/global-headers"} else None
    if isinstance(wrapped, list) and wrapped and isinstance(wrapped[0], Message):
        return _MESSAGE_ID.findall(_text(wrapped[0], "Message-ID"))[:1]
    return []


def _status(text: str) -> tuple[int, int, int] | None:
    found = _STATUS.search(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _code(text: str) -> tuple[int, int, int] | None:
    found = _CODE.search(text)
    return (int(found[1]), 0, 0) if found else None


def _kind(action: str, number: tuple[int, int, int] | None) -> str:
    """A full mailbox (x.2.2) can be emptied, whatever class its server gives it."""
    if action == "delayed":
        return LATE
    return SOFT if number and (number[0] == 4 or number[1:] == (2, 2)) else HARD


def _is_dead(action: str, number: tuple[int, int, int] | None) -> bool:
    """No such address, domain or mailbox any more; a refused text or a full mailbox says nothing of the address."""
    if action != "failed" or number is None or number[0] != 5:
        return False
    return number[1] in {0, 1} or number[1:] in {(2, 0), (2, 1), (4, 4)}
