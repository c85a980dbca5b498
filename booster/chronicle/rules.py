"""How errands are retried, when beats are due, and how a fact is told. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

TRIES = 5
LEASE = timedelta(minutes=5)
ALIVE = timedelta(seconds=60)  # a worker shows itself more often than this
JOB_STARTS = 3

_DELAYS = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def delay(attempts: int) -> timedelta:
    """How long to leave an errand alone after its ``attempts``-th failure (from 1)."""
    return _DELAYS[min(attempts, len(_DELAYS)) - 1]


def is_spent(attempts: int) -> bool:
    return attempts >= TRIES


def in_short(trouble: BaseException) -> str:
    """One line for the log: the exception and its first line, without addresses or quoted values."""
    first = (str(trouble).strip().splitlines() or [""])[0]
    first = re.sub(r"\S+@\S+", "…", first)
    first = re.sub(r"(?<!\w)(['\"“]).*?['\"”](?!\w)", "…", first)
    return f"{type(trouble).__name__}: {first}"[:200].rstrip(": ")


def is_due(last_at: datetime | None, every: timedelta, at: datetime) -> bool:
    return last_at is None or last_at + every <= at


def plain(value: object) -> str:
    """As it may stand in a sentence: no control, direction or zero-width characters, one line, not endless."""
    text = " ".join(_UNSEEN.sub("", str(value)).split())
    return text if len(text) <= 300 else f"{text[:299]}…"


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def told(sentence: str, words: Mapping[str, object]) -> str:
    """Fill ``{actor}``, ``{thing}`` and payload keys into a sentence; an unknown key becomes “…”, never an error."""
    return sentence.format_map(_Gaps({key: plain(value) for key, value in words.items()}))
