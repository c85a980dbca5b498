"""How applications are numbered, found and counted."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from booster.kit import plain

PREFIXES = {"participants": "P", "venues": "V"}
NUMBER = re.compile(r"[A-Z]-(\d{1,9})")


def next_reference(kind: str, known: Iterable[str]) -> str:
    """The reference after the highest one of this style: “P-0001”, for venues “V-0001”; other styles do not count."""
    prefix = PREFIXES.get(kind, "A")
    numbers = [int(found[1]) for text in known if text.startswith(prefix) and (found := NUMBER.fullmatch(text))]
    return f"{prefix}-{max(numbers, default=0) + 1:04d}"


def folded(*parts: object) -> str:
    """What the search looks through: reference, title, organisation, name and address, without accents and case."""
    words: dict[str, None] = {}
    for part in parts:
        words.update(dict.fromkeys(plain.fold(part).split()))
    return " ".join(words)


def counts(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str, str], int]:
    """Numbers that name nobody, by (outcome, dimension, value). ``rows`` hold state, country and ecosystems."""
    found: dict[tuple[str, str, str], int] = {}
    for row in rows:
        marks = [("all", ""), ("country", row["country"]), *(("ecosystem", name) for name in row["ecosystems"] or [])]
        for dimension, value in marks:
            key = (str(row["state"]), dimension, str(value))
            found[key] = found.get(key, 0) + 1
    return found
