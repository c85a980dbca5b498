"""What an evaluator typed: marks, comments, all of it or only the fields that a page sends by itself. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from booster.evaluation.rules.scores import is_mark
from booster.kit.words import N_

MARKS = tuple(Decimal(half) / 2 for half in range(11))  # 0 to 5 in half steps
LONGEST = 5000  # characters of a comment
WRONG_MARK = N_("A mark is 0 to 5 in half steps.")
TOO_LONG = N_("At most 5,000 characters.")


@dataclass(frozen=True, slots=True)
class Typed:
    """``marks`` and ``notes`` by criterion key, only those that were sent; ``None`` takes a mark back.

    ``comment`` is ``None`` when it was not sent. ``errors``: a sentence by the name of the field. What is no mark is
    not among the marks; a text that is too long is cut.
    """

    marks: dict[str, Decimal | None] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    comment: str | None = None
    errors: dict[str, str] = field(default_factory=dict)


def read(sent: Mapping[str, str], keys: Sequence[str]) -> Typed:
    """Fields ``mark-<key>``, ``note-<key>`` and ``comment``; everything else is passed over."""
    typed = Typed()
    for key in keys:
        if (raw := sent.get(f"mark-{key}")) is not None:
            mark = mark_of(raw)
            if mark is None and raw.strip():
                typed.errors[f"mark-{key}"] = WRONG_MARK
            else:
                typed.marks[key] = mark
        if (raw := sent.get(f"note-{key}")) is not None:
            typed.notes[key] = _kept(f"note-{key}", raw, typed.errors)
    raw = sent.get("comment")
    comment = None if raw is None else _kept("comment", raw, typed.errors)
    return Typed(typed.marks, typed.notes, comment, typed.errors)


def mark_of(raw: str) -> Decimal | None:
    """The mark that a text says, ``"3.5"`` or ``"3,5"``; ``None`` for anything else. Never raises."""
    text = raw.strip().replace(",", ".")
    if not text or len(text) > 4 or not text.isascii():
        return None
    try:
        mark = Decimal(text)
    except InvalidOperation:
        return None
    return mark.quantize(Decimal("0.1")) if mark.is_finite() and is_mark(mark) else None


def text_of(raw: str) -> str:
    """Lines as typed, without characters that no keyboard makes and no database keeps."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or (c.isprintable() and c not in HIDDEN)).strip()


HIDDEN = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")


def _kept(name: str, raw: str, errors: dict[str, str]) -> str:
    """The text, cut where it is too long, with word of it."""
    text = text_of(raw)
    if len(text) > LONGEST:
        errors[name] = TOO_LONG
    return text[:LONGEST]
