"""Which column holds which field, by header text. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from booster.kit.plain import clean, fold
from booster.kit.sheets import likeness

ALIKE = 0.85  # difflib ratio from which two headers are taken for the same
Spellings = Mapping[str, Sequence[str]]  # field → header texts, the best first
NUMBERING = re.compile(r"^\s*(?:\(?[A-Za-z]{0,2}\d{1,3}(?:\.\d{1,3})*\s*[.):\]–—-]*\s+|[A-Za-z]?\d{1,3}[.):]\s*)(?=\S)")
HINT = re.compile(r"[(\[][^()\[\]]*[)\]]|\*")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column (0-based) holds which field. ``ambiguous`` fields fit several columns and got none; ``missing``
    ones fit none; ``guessed`` ones fit only nearly; ``extra`` columns have a header but no field."""

    columns: dict[str, int]
    missing: tuple[str, ...] = ()
    ambiguous: dict[str, tuple[int, ...]] = field(default_factory=dict)
    guessed: tuple[str, ...] = ()
    extra: tuple[int, ...] = ()

    def saved(self, headers: Sequence[str]) -> dict[str, str]:
        """Field → header text, to keep and to hand to the next ``match_columns``."""
        return {name: headers[index] for name, index in self.columns.items()}


@lru_cache(4096)
def _keys(header: str) -> tuple[str, str, str]:
    """A header as it stands, without its numbering, and without hints in brackets too; all folded."""
    text = clean(header).strip("\"'“”„«»‘’*•-– ")
    bare = NUMBERING.sub("", text)
    return fold(text), fold(bare), fold(HINT.sub(" ", bare)) or fold(bare)


def match_columns(
    headers: Sequence[str], wanted: Spellings, saved: Mapping[str, str] | None = None, *, alike: float = ALIKE
) -> ColumnMapping:
    """Find the column of each wanted field (field → spellings, the best first) by header text, in any order. Strict
    before generous: as saved by a person (an empty saved text leaves the field out); the text as it stands; without
    numbering ("2.3 ", "Q4)"); without hints in brackets; by the words that matter, where column and field are
    clearly the best for each other; nearly the same letters (unique, ratio from ``alike``)."""
    keys = [_keys(header) for header in headers]
    columns, left_out = _as_saved(keys, wanted, saved or {})
    ambiguous: dict[str, tuple[int, ...]] = {}
    for tier in range(3):
        open_fields = [
            name for name in wanted if name not in columns and name not in ambiguous and name not in left_out
        ]
        found = {name: _fitting(keys, tier, wanted[name], set(columns.values())) for name in open_fields}
        _settle(found, columns, ambiguous)
    rest = [name for name in wanted if name not in columns and name not in ambiguous and name not in left_out]
    near = _by_words(keys, wanted, columns, rest) if alike < 1 else {}
    left = [name for name in rest if name not in columns] if alike < 1 else []
    near |= {name: _nearly(keys, wanted[name], set(columns.values()), alike) for name in left}
    _settle({name: near[name] for name in left if len(near[name]) == 1}, columns, {})
    taken = {*columns.values(), *(i for several in ambiguous.values() for i in several)}
    return ColumnMapping(
        columns,
        tuple(name for name in wanted if name not in columns and name not in ambiguous),
        ambiguous,
        tuple(name for name in near if name in columns),
        tuple(i for i, key in enumerate(keys) if key[0] and i not in taken),
    )


def _by_words(
    keys: Sequence[tuple[str, str, str]], wanted: Spellings, columns: dict[str, int], rest: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """Fields found by the words that matter in a header: "How many members does your cluster have?"."""
    free = {i: key[2] for i, key in enumerate(keys) if key[2] and i not in columns.values()}
    known = {name: [_keys(text)[2] for text in texts] for name, texts in wanted.items()}
    found = likeness.best_pairs(free, {name: known[name] for name in rest}, likeness.weights(known))
    columns |= found
    return {name: (i,) for name, i in found.items()}


def _as_saved(
    keys: Sequence[tuple[str, str, str]], wanted: Spellings, saved: Mapping[str, str]
) -> tuple[dict[str, int], set[str]]:
    columns: dict[str, int] = {}
    for name in wanted:
        text = saved.get(name)
        for tier in range(3) if text else ():
            hits = [i for i, key in enumerate(keys) if key[tier] == _keys(text or "")[tier]]
            if len(hits) == 1 and hits[0] not in columns.values():
                columns.setdefault(name, hits[0])
    return columns, {name for name in wanted if saved.get(name) == ""}


def _fitting(
    keys: Sequence[tuple[str, str, str]], tier: int, spellings: Sequence[str], taken: set[int]
) -> tuple[int, ...]:
    """Columns that fit the best spelling found at all; one that fits better without its numbering waits its turn."""
    for spelling in spellings:
        own = _keys(spelling)
        if hits := tuple(i for i, key in enumerate(keys) if key[tier] == own[tier] and key[tier] and i not in taken):
            return hits
        if tier == 0 and any(key[1] == own[1] for i, key in enumerate(keys) if i not in taken):
            return ()
    return ()


def _nearly(
    keys: Sequence[tuple[str, str, str]], spellings: Sequence[str], taken: set[int], alike: float
) -> tuple[int, ...]:
    texts = {key[2] for key in map(_keys, spellings)}
    return tuple(
        i
        for i, key in enumerate(keys)
        if len(key[2]) > 3 and i not in taken and any(_ratio(key[2], text) >= alike for text in texts)
    )


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and len(one) <= 300 else 0.0


def _settle(
    found: Mapping[str, tuple[int, ...]], columns: dict[str, int], ambiguous: dict[str, tuple[int, ...]]
) -> None:
    """A column that one field alone claims is its own; what two fields claim, or a field twice, stays open."""
    claims = [i for hits in found.values() for i in set(hits)]
    for name, hits in found.items():
        if len(hits) > 1:
            ambiguous[name] = hits
        elif hits and claims.count(hits[0]) == 1:
            columns[name] = hits[0]


def column_letter(index: int) -> str:
    """The letter that a spreadsheet program shows for a 0-based column."""
    letters = ""
    rest = index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def zone_named(header: str) -> str | None:
    """The time zone that a header names in brackets: "Creation date (UTC)" gives "UTC", "(Brussels time)" and
    "(CET/CEST)" give "Europe/Brussels"; ``None`` when it names none."""
    hints = {fold(h) for h in re.findall(r"[(\[]([^()\[\]]*)[)\]]", header)}
    for hint in hints:
        if {"utc", "gmt", "z"}.intersection(hint.split()):
            return "UTC"
        if {"brussels", "cet", "cest", "paris", "berlin"}.intersection(hint.split()):
            return "Europe/Brussels"
    return None
