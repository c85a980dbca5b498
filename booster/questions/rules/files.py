"""Which files answer a question, or stand in one of its lines, and where an answer names them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from booster.library.rules import DOCUMENTS, PICTURES, SHEETS, Allowed
from booster.questions.rules.form import Question
from booster.questions.rules.tables import TABLES

PLANS = Allowed(("pdf", *PICTURES.endings), DOCUMENTS.largest)
KINDS = {
    "documents": DOCUMENTS,
    "pictures": PICTURES,
    "sheets": SHEETS,
    "any": DOCUMENTS | PICTURES | SHEETS,
    "plans": PLANS,
}
EVIDENCE = KINDS["any"]
UPLOAD = "-upload"  # the box that takes a new file; the box without it names the one that is there


def allowed_for(question: Question) -> Allowed:
    """Which files answer the question, and how large one may be."""
    return replace(KINDS[question.files], largest=question.largest_mb * 2**20)


def allowed_in(question: Question, box: str) -> Allowed | None:
    """Which files a box of the question takes, such as ``rooms-0-photo`` or ``book_rooms-plenary-file``; ``None`` for
    a box that takes none."""
    rest = box.removeprefix(f"{question.key}-")
    if rest == box:
        return None
    if question.kind == "checklist":
        line, _dash, part = rest.rpartition("-")
        return EVIDENCE if question.evidence and part == "file" and line in question.values else None
    number, _dash, name = rest.partition("-")
    column = next((c for c in TABLES.get(question.kind, ()) if c.name == name and c.kind == "file"), None)
    return KINDS[column.files] if column and number.isdecimal() else None


def named_in(value: Any) -> Iterator[int]:
    """The ids of all files that an answer, or a table of answers, names."""
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), int) and "size" in value:
            yield value["id"]
        for part in value.values():
            yield from named_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from named_in(part)


def settled(value: Any, known: Mapping[int, Mapping[str, Any]]) -> Any:
    """The answer with each file as it is known by its id; files that are not known are left out."""
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), int) and "size" in value:
            return known.get(value["id"])
        parts = {name: (part, settled(part, known)) for name, part in value.items()}
        return {name: new for name, (old, new) in parts.items() if new is not None or old is None}
    if isinstance(value, list):
        return [new for part in value if (new := settled(part, known)) is not None]
    return value
