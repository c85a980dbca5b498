"""Every text of the house that is marked for translation, and where it stands. Needs Django, no gettext tools."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import django
from django.conf import settings
from django.utils.translation import templatize

from workshop.processes import ROOT

HOUSE = ROOT / "booster"
SINGLE = {"_", "_t", "N_", "UnfitFile", "UnreadableSheet", "Unsettled", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"plural", "ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
IN_TEMPLATE = re.compile(r"""\b(_|gettext|ngettext|pgettext|npgettext)\(""")
LEFT_OUT = ("/tests/", "/migrations/", "/management/", "ui/views/samples.py", "templates/ui/gallery.html")
# Tables whose words are shown: the file and which of its words.
REFERENCE = {
    "people/reference/countries.json": ["name"],
    "people/reference/ecosystems.json": ["name", "short"],
}
TABLES = {"SENTENCES", "FAULTS", "MOVES", "PROOFS"}  # of craft, which knows nothing of translation
Key = tuple[str, str]  # context, msgid


@dataclass(slots=True)
class Message:
    msgid: str
    plural: str = ""
    context: str = ""
    files: set[str] = field(default_factory=set)
    number: int = 0

    @property
    def key(self) -> Key:
        return self.context, self.msgid


def _text(node: ast.AST | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_python(code: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in TABLES:
            yield from (Message(text) for text in map(_text, getattr(node.value, "values", [])) if text)
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [_text(arg) for arg in node.args[:3]]
        if name in SINGLE and texts and texts[0]:
            yield Message(texts[0])
        elif name == "Kind" and len(texts) > 1 and texts[1]:  # a fact and the sentence that tells it
            one = next((_text(word.value) for word in node.keywords if word.arg == "one"), None)
            yield Message(one, plural=texts[1]) if one else Message(texts[1])
        elif name in PLURAL and len(texts) > 1 and texts[0] and texts[1]:
            yield Message(texts[0], plural=texts[1])
        elif name in CONTEXT and len(texts) > 1 and texts[0] and texts[1]:
            yield Message(texts[1], context=texts[0])


def in_template(text: str) -> Iterator[Message]:
    """Django turns a template into calls of gettext between rubbish; each call is read by itself."""
    told = templatize(text)
    for found in IN_TEMPLATE.finditer(told):
        if call := _call_at(told, found.start()):
            yield from in_python(call)


def _call_at(text: str, start: int) -> str:
    """The shortest stretch from ``start`` to a closing bracket that is a Python expression."""
    for end in re.finditer(r"\)", text[start : start + 4000]):
        piece = text[start : start + end.end()]
        try:
            ast.parse(piece, mode="eval")
        except (SyntaxError, ValueError):
            continue
        return piece
    return ""


def sources() -> list[Path]:
    found = [path for kind in ("*.py", "*.html", "*.txt") for path in HOUSE.rglob(kind)]
    return sorted(path for path in found if not any(part in path.as_posix() for part in LEFT_OUT))


def messages() -> dict[Key, Message]:
    """All messages, in the order of their English; a number each that lasts as long as the English does."""
    if not settings.configured:
        settings.configure()
        django.setup()
    found: dict[Key, Message] = {}
    for name, one in _everywhere():
        if one.msgid.strip():
            kept = found.setdefault(one.key, one)
            kept.plural = kept.plural or one.plural
            kept.files.add(name)
    _number(found)
    return {key: found[key] for key in sorted(found)}


def _everywhere() -> Iterator[tuple[str, Message]]:
    for path in sources():
        text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        for one in in_python(text) if path.suffix == ".py" else in_template(text):
            yield name, one
    for name, words in REFERENCE.items():
        table = json.loads((HOUSE / name).read_text(encoding="utf-8"))
        for entry in table.values() if isinstance(table, dict) else table:
            for word in words:
                yield f"booster/{name}", Message(entry[word])


def _number(found: dict[Key, Message]) -> None:
    taken: set[int] = set()
    for key in sorted(found):
        number = crc32("\x04".join(key).encode()) % 9_000_000 + 1_000_000
        while number in taken:
            number += 1
        taken.add(number)
        found[key].number = number
