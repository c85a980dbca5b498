"""What may go out, when to try again, who a letter is from. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from hashlib import sha256

LEASE = timedelta(minutes=5)  # longer than the longest honest delivery of one letter
PATIENCE = timedelta(hours=30)
KEPT_IN_THE_BOX = "Kept in the post box."

_BREAK = re.compile("[\r\n\v\f\u0085\u2028\u2029\u0000]")
_REFUSING = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
_AWAY = (timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5))


class UnfitLetter(ValueError):
    """A line break where only one line may stand: somebody tries to write headers of their own."""


def one_line(**parts: str) -> None:
    """Raise ``UnfitLetter`` for a part that would spill into the next header."""
    for name, value in parts.items():
        if _BREAK.search(value):
            raise UnfitLetter(f"The {name.replace('_', ' ')} of a letter must be one line.")


def message_id(key: str, host: str) -> str:
    """The same for the same key, so that a mailbox which got a letter twice shows it once."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{host}>"


def next_try(attempts: int, at: datetime, *, reachable: bool) -> datetime:
    """When to try again after ``attempts`` (from 1); sooner when the server was away than when it said no for now."""
    steps = _REFUSING if reachable else _AWAY
    return at + steps[min(attempts, len(steps)) - 1]


def is_hopeless(trying_since: datetime, at: datetime) -> bool:
    return at - trying_since >= PATIENCE


def reply_text(code: int, answer: bytes | str) -> str:
    """What the server said, in one line that can be stored."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"[:300].strip()


def is_permanent(code: int) -> bool:
    return 500 <= code < 600


@dataclass(frozen=True, slots=True)
class Returned:
    """What a delivery report (RFC 3464) says of a letter that came back."""

    message_id: str
    reason: str


def returned(raw: bytes) -> Returned | None:
    """Read a message from the bounce mailbox; ``None`` when it is no report of a failure or names no letter."""
    failed, reason, message_id = False, "", ""
    for part in message_from_bytes(raw, policy=default).walk():
        if str(part.get("Action", "")).strip().lower() == "failed":  # a block of message/delivery-status
            failed = True
            reason = str(part.get("Diagnostic-Code", "") or part.get("Status", ""))
        message_id = _original_id(part) or message_id
    return Returned(message_id, " ".join(reason.split())) if failed and message_id else None


def _original_id(part: Message) -> str:
    """The Message-ID of our letter, quoted in the report whole or by its headers alone."""
    inside = part.get_payload(decode=True) if part.get_content_type() == "text/rfc822-headers" else None
    if isinstance(inside, bytes):
        return str(message_from_bytes(inside).get("Message-ID", "")).strip()
    if part.get_content_type() == "message/rfc822":
        wrapped = part.get_payload(0)
        return str(wrapped.get("Message-ID", "")).strip() if isinstance(wrapped, Message) else ""
    return ""
