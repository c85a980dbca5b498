"""What may go out, when to try again, who a letter is from. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from booster.kit import times
from booster.kit.words import N_

LEASE = timedelta(minutes=5)  # longer than the longest honest delivery of one letter
PATIENCE = timedelta(hours=30)
FRIDAY = 4
KEPT_IN_THE_BOX = N_("Kept in the post box.")

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


@dataclass(frozen=True, slots=True)
class Window:
    """The hours in which letters go out that nobody waits for: from ``opens`` until ``closes``, in a zone."""

    opens: time
    closes: time
    weekends: bool
    zone: str

    def in_time(self, at: datetime, zone: str, *, latest: datetime | None) -> datetime:
        """``next_moment``, but ``at`` when that would be later than ``latest``: night is better than too late."""
        opens = self.next_moment(at, zone)
        return at if latest is not None and opens > latest else opens

    def next_moment(self, at: datetime, zone: str = "") -> datetime:
        """``at`` if the window is open then in ``zone`` (its own when that is empty or unknown), else when it opens."""
        try:
            there = times.zone(zone or self.zone)
        except ValueError:
            there = times.zone(self.zone)
        local = at.astimezone(there)
        for days in range(8):
            day = local.date() + timedelta(days=days)
            if day.weekday() > FRIDAY and not self.weekends:
                continue
            opens, closes = (datetime.combine(day, hour, there).astimezone(UTC) for hour in (self.opens, self.closes))
            if at < closes:
                return max(at, opens)
        return at


def is_hopeless(trying_since: datetime, at: datetime) -> bool:
    return at - trying_since >= PATIENCE


def reply_text(code: int, answer: bytes | str) -> str:
    """What the server said, in one line that can be stored."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(text.split())}"[:300].strip()


def in_one_line(trouble: BaseException) -> str:
    """What went wrong, without the addresses and passwords that a server may quote."""
    said = str(trouble).removeprefix("b'").strip("'\"")
    said = " ".join(re.sub(r"\S+@\S+", "…", said).split())
    return f"{type(trouble).__name__}: {said}"[:200].rstrip(": ")


def is_permanent(code: int) -> bool:
    return 500 <= code < 600
