"""Reading and writing catalogues: ``.po`` for people, ``.mo`` for the program. Standard library alone.

A catalogue holds what has been said in its language, in the order of the English, without dates and line numbers.
"""

import ast
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workshop.processes import ROOT

LOCALE = ROOT / "booster" / "locale"
ONE_MANY = (2, "n != 1")
# How many forms a language has for whole numbers, and which number takes which.
PLURALS = {
    **dict.fromkeys(("bg", "da", "de", "el", "es", "et", "fi", "hu", "it", "nl", "pt", "sv"), ONE_MANY),
    "cs": (3, "n==1 ? 0 : n>=2 && n<=4 ? 1 : 2"),
    "fr": (2, "n > 1"),
    "ga": (5, "n==1 ? 0 : n==2 ? 1 : n<7 ? 2 : n<11 ? 3 : 4"),
    "hr": (3, "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"),
    "lt": (3, "n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2"),
    "lv": (3, "n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2"),
    "mt": (4, "n==1 ? 0 : n==0 || (n%100>1 && n%100<11) ? 1 : n%100>10 && n%100<20 ? 2 : 3"),
    "pl": (3, "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"),
    "ro": (3, "n==1 ? 0 : n==0 || (n%100>0 && n%100<20) ? 1 : 2"),
    "sk": (3, "n==1 ? 0 : n>=2 && n<=4 ? 1 : 2"),
    "sl": (4, "n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3"),
}
LANGUAGES = sorted(PLURALS)
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?(".*")$')


class Unreadable(ValueError):
    """A line of a catalogue is none; the message says which."""


@dataclass(slots=True)
class Said:
    """One message in one language: a form for each class of numbers when it counts, else one."""

    msgid: str
    forms: list[str]
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.msgid


def forms_of(language: str) -> int:
    return PLURALS[language][0]


def path_of(language: str, kind: str = "po") -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django.{kind}"


def _header(language: str) -> str:
    count, rule = PLURALS[language]
    return "".join(
        f"{line}\n"
        for line in (
            f"Language: {language}",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: 8bit",
            f"Plural-Forms: nplurals={count}; plural=({rule});",
        )
    )


def quoted(text: str) -> str:
    return '"' + text.translate(ESCAPES) + '"'


def written(language: str, said: Iterable[Said]) -> str:
    """The text of a catalogue."""
    head = ['msgid ""', 'msgstr ""', *(quoted(line) for line in _header(language).splitlines(keepends=True))]
    blocks = ["\n".join(head)]
    for one in sorted(said, key=lambda said: said.key):
        lines = [f"msgctxt {quoted(one.context)}"] if one.context else []
        lines.append(f"msgid {quoted(one.msgid)}")
        if one.plural:
            lines.append(f"msgid_plural {quoted(one.plural)}")
            lines += [f"msgstr[{n}] {quoted(form)}" for n, form in enumerate(one.forms)]
        else:
            lines.append(f"msgstr {quoted(one.forms[0])}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def read(text: str) -> dict[tuple[str, str], Said]:
    """The messages of a catalogue that are said; untranslated, fuzzy and obsolete ones count as not said."""
    found = {}
    for block in re.split(r"\n\s*\n", text):
        parts = _parts(block)
        forms = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
        if parts.get("msgid") and all(forms) and not re.search(r"^#,.*fuzzy", block, re.MULTILINE):
            one = Said(parts["msgid"], forms, parts.get("msgid_plural", ""), parts.get("msgctxt", ""))
            found[one.key] = one
    return found


def _parts(block: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        matched = LINE.match(line.strip())
        if not matched or not (matched[1] or name):
            raise Unreadable(f"This is no line of a catalogue: {line[:80]}")
        name = matched[1] or name
        try:
            parts[name] = parts.get(name, "") + str(ast.literal_eval(matched[2]))
        except (SyntaxError, ValueError):
            raise Unreadable(f"This text is not quoted rightly: {line[:80]}") from None
    return parts


def kept(language: str) -> dict[tuple[str, str], Said]:
    path = path_of(language)
    return read(path.read_text(encoding="utf-8")) if path.exists() else {}


def compiled(language: str, said: Iterable[Said]) -> bytes:
    """The catalogue as the program reads it: GNU's format, sorted, so that the same texts give the same bytes."""
    pairs = [(b"", _header(language).encode())]
    for one in said:
        key = f"{one.context}\x04{one.msgid}" if one.context else one.msgid
        pairs.append((f"{key}\0{one.plural}".encode() if one.plural else key.encode(), "\0".join(one.forms).encode()))
    pairs.sort()
    count = len(pairs)
    place = 28 + 16 * count
    tables: list[list[int]] = [[], []]
    texts = b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += [len(pair[side]), place + len(texts)]
            texts += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + struct.pack(f"<{4 * count}I", *tables[0], *tables[1]) + texts


def keep(language: str, said: Iterable[Said]) -> None:
    """Write both files of a language."""
    known = list(said)
    path_of(language).parent.mkdir(parents=True, exist_ok=True)
    path_of(language).write_text(written(language, known), encoding="utf-8")
    path_of(language, "mo").write_bytes(compiled(language, known))
