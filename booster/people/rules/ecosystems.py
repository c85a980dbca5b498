"""The 14 industrial ecosystems by any of their names. The Commission calls the list no fixed nomenclature: ids in our
data, names from a table, many spellings read."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from booster.kit.plain import clean, fold, one_slip

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
NUMBER = re.compile(r"(?:(?:ecosystem|no|nr|n|#)?\s*)?0?(\d{1,2})(?:\s+(.*))?")
NOT_GIVEN = frozenset(("", "none", "n a", "na", "other", "others", "no", "x"))


@dataclass(frozen=True, slots=True)
class Ecosystem:
    id: str
    number: int  # 1-14, as the Commission lists them
    name: str
    short: str
    also: tuple[str, ...]


def _load() -> tuple[Ecosystem, ...]:
    raw = json.loads((REFERENCE / "ecosystems.json").read_text("utf-8"))
    return tuple(Ecosystem(e["id"], e["number"], e["name"], e["short"], tuple(e["also"])) for e in raw)


ALL = _load()
BY_ID = {ecosystem.id: ecosystem for ecosystem in ALL}


@cache
def _by_text() -> dict[str, str]:
    table: dict[str, str] = {}
    for ecosystem in ALL:
        for spelling in (ecosystem.id, ecosystem.name, ecosystem.short, *ecosystem.also):
            table[_key(spelling)] = ecosystem.id
    return table


def _key(text: str) -> str:
    """Folded, without "and", "the", "industry" and spaces, which people put and leave at will."""
    words = [w for w in fold(text).split() if w not in ("and", "the", "ecosystem", "industry", "industries", "sector")]
    return "".join(words or fold(text).split()).replace("defense", "defence").replace("centre", "center")


def recognise(value: object) -> str | None:
    """The id of the one ecosystem that a text names: in any known spelling, by number ("11", "11."), by number and
    name when the two agree, with a short form in brackets, with one typing error in six letters and more."""
    text = clean(value)
    if not text or len(text) > 200:
        return None
    key = _key(text)
    if key in _by_text():
        return _by_text()[key]
    if found := NUMBER.fullmatch(fold(text)):
        return _numbered(int(found[1]), found[2] or "")
    inside = re.fullmatch(r"(.*?)\s*[(\[](.*)[)\]]", text)
    if inside and (code := _by_text().get(_key(inside[1]))):
        return code if _by_text().get(_key(inside[2]), code) == code else None
    return _nearly(key)


def _numbered(number: int, name: str) -> str | None:
    """By number; a name beside it must agree (numbering of another list means nothing here)."""
    by_number = ALL[number - 1].id if 1 <= number <= len(ALL) else None
    by_name = recognise(name) if name else by_number
    return by_name if by_number in (by_name, None) or by_name is None else None


def _nearly(key: str) -> str | None:
    near = {id for text, id in _by_text().items() if len(text) >= 6 and one_slip(key, text)}
    return near.pop() if len(near) == 1 else None


def recognise_many(value: object) -> tuple[list[str], list[str]]:
    """The ecosystems that a cell lists, as ids in its order and without doubles, and the pieces not understood. Pieces
    end at ``; | • /`` and line ends; at a comma or "and" only where both sides make known names, so that
    "Textiles, clothing, leather and footwear" stays one."""
    ids: list[str] = []
    unknown: list[str] = []
    for piece in re.split(r"[;|•·\n\t；]", unescape(clean(value))):
        text = piece.strip(" ,-–")
        if fold(text) not in NOT_GIVEN or fold(text) == "other":
            found, missed = _piece(text)
            ids += [id for id in dict.fromkeys(found) if id not in ids]
            unknown += missed
    return ids, unknown


def _piece(text: str) -> tuple[list[str], list[str]]:
    if id := recognise(text):
        return [id], []
    tokens = re.split(r"(\s*[,/&+]\s*|\s+and\s+)", text)
    words, marks = tokens[0::2], tokens[1::2]
    return _longest_first(words, marks)


def _longest_first(words: Sequence[str], marks: Sequence[str]) -> tuple[list[str], list[str]]:
    """Read the pieces between commas from the left, always as the longest run that makes a known name."""
    ids: list[str] = []
    unknown: list[str] = []
    start = 0
    while start < len(words):
        ends = range(min(len(words), start + 6), start, -1)
        runs = ((end, _joined(words[start:end], marks[start : end - 1])) for end in ends)
        end, id = next(((end, id) for end, run in runs if (id := recognise(run))), (start + 1, None))
        if id:
            ids.append(id)
        elif words[start].strip():
            unknown.append(words[start].strip())
        start = end
    return ids, unknown


def _joined(words: Sequence[str], marks: Sequence[str]) -> str:
    return words[0] + "".join(mark + word for mark, word in zip(marks, words[1:], strict=True))
