"""Regions of Europe at NUTS levels 1 and 2 (2024), by code or by name in their own language or in English.

Region codes begin with the Union's country letters (EL30), ``country`` is the ISO code (GR) as everywhere inside. Not
covered by NUTS: the United Kingdom, Moldova, Armenia, Georgia. Source: see reference/README.md.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from booster.kit.plain import clean, fold, skeleton, words
from booster.people.rules.names import latin, sort_key

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
# Words that people put before and after a region's name, or leave out (folded).
FILLERS = words("""
    the of region regione regiao regija regiunea regionas prov province provincia provincie land state oblast
    область county voivodeship wojewodztwo autonomous autonoma autonomo community comunidad comunitat principado junta
    de del di da foral grad city nuts nuts2 nuts1 περιφερεια район""")


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    country: str  # ISO
    level: int  # 1 or 2
    name: str  # in its own language and script
    also: tuple[str, ...]  # English and other usual names

    @property
    def label(self) -> str:
        """For lists: "Αττική – Attica", "Toscana – Tuscany", "Burgenland"."""
        return f"{self.name} – {self.also[0]}" if self.also and latin(self.also[0]) != latin(self.name) else self.name


def _load() -> dict[str, Region]:
    with (REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Region(r["code"], r["country"], int(r["level"]), r["name"], tuple(filter(None, r["also"].split(";"))))
            for r in csv.DictReader(file)
        ]
    return {region.code: region for region in rows}


BY_CODE = _load()


def _keys(text: str, *, bare: bool) -> Iterator[str]:
    """What a name may be compared by; ``bare`` leaves out the words that people put around it."""
    for spelling in (text, re.sub(r"\s*\([^)]*\)", "", text), *(text.split("/") if "/" in text else ())):
        for key in (fold(spelling), skeleton(spelling), latin(spelling)):
            yield "".join(word for word in key.split() if not bare or word not in FILLERS)


@cache
def _by_text(bare: bool) -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for region in BY_CODE.values():
        for name in (region.name, *region.also):
            for key in filter(None, _keys(name, bare=bare)):
                table.setdefault(key, set()).add(region.code)
    return {key: frozenset(codes) for key, codes in table.items()}


def regions_of(country: str, level: int = 2) -> tuple[Region, ...]:
    """The regions of a country (ISO code) at a level, in the order of their names in Latin letters."""
    found = [region for region in BY_CODE.values() if region.country == country and region.level == level]
    return tuple(sorted(found, key=lambda region: sort_key(region.name)))


def _by_code(text: str) -> str | None:
    """A code at the beginning or in brackets."""
    for code in re.findall(r"^[A-Za-z]{2}[0-9A-Ya-y]{1,2}\b|(?<=[(\[])[A-Za-z]{2}[0-9A-Y]{1,2}(?=[)\]])", text):
        known = re.sub("^GR", "EL", code.upper())
        if known in BY_CODE:
            return known
    return None


def recognise_region(value: object, country: str | None = None) -> str | None:
    """The region code that a text means: a code (GR30 is EL30), "EL30 Attica", a name in its own language or in
    English, in its own script or in Latin letters, with a Latin letter hidden in a Greek or Cyrillic word, with or
    without "region" and its like. A name of both levels is the finer one. ``country`` (ISO) narrows the search.
    ``None`` when nothing fits or more than one region does (Limburg: BE22, NL42)."""
    text = clean(value)
    if not text or len(text) > 120:
        return None
    if coded := _by_code(text):
        return coded if country in (None, BY_CODE[coded].country) else None
    exact, bare = (_fitting(text, country, bare=bare) for bare in (False, True))
    if len({BY_CODE[code].country for code in exact | bare}) != 1:
        return None
    found = exact or bare
    finest = [code for code in found if not any(other != code and other.startswith(code) for other in found)]
    return finest[0] if len(finest) == 1 else None


def _fitting(text: str, country: str | None, *, bare: bool) -> set[str]:
    for key in filter(None, _keys(text, bare=bare)):
        if codes := {c for c in _by_text(bare).get(key, ()) if country in (None, BY_CODE[c].country)}:
            return codes
    return set()
