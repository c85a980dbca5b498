"""Countries by any of their names. Inside, a country is its ISO 3166 code (Greece GR, United Kingdom GB, Kosovo XK);
pages of the European Union show ``eu_code`` (EL, UK)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from booster.kit.plain import LOOKALIKE, clean, fold, one_slip, skeleton

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
EU_CODES = {"GR": "EL", "GB": "UK"}
# As whole answers these are far more often a word ("no", "not available") than Norway and Namibia.
NO_CODES = frozenset(("no", "No", "na", "Na", "NA"))
DOUBTFUL = frozenset(("congo", "kongo", "korea", "micronesia", "virgin islands", "america"))  # names of two countries
# What may stand beside a name without naming another place.
BESIDE = frozenset(("eu", "eu member state", "member state", "europe", "republic of", "republic", "the", "country"))
ARTICLE = re.compile(r"^(?:the|die|der|das|den|de|het|les|le|la|los|las|el|il|lo|gli|os|as|o|a|l|an|in|il) (?=\w{4})")
STYLE = re.compile(
    r"^(?:kingdom|republic|state|principality|grand duchy|federation|royaume|republique) (?:of|de) (?:the )?"
)
CODE_BESIDE = re.compile(r"^([A-Z]{2,3})\s+(.{4,})$|^(.{4,}?)\s+([A-Z]{2,3})$")  # "DE Germany", "Germany DE"
PARTS = re.compile(r"[()\[\]/|,;:=]|\s[-–—]\s|\s{2,}")


@dataclass(frozen=True, slots=True)
class Country:
    code: str  # ISO 3166 alpha-2
    alpha3: str
    name: str  # English
    native: tuple[str, ...]  # in its own languages, the usual one first
    also: tuple[str, ...]  # every other spelling known
    european: (
        bool  # has territory in Europe or belongs to the Council of Europe, Belarus, Russia, Kosovo or the Vatican
    )

    @property
    def eu_code(self) -> str:
        return EU_CODES.get(self.code, self.code)


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    title: str
    members: dict[str, tuple[date, date]]  # code → first and last day


def _load() -> dict[str, Country]:
    raw = json.loads((REFERENCE / "countries.json").read_text("utf-8"))
    return {
        code: Country(code, c["alpha3"], c["name"], tuple(c["native"]), tuple(c["also"]), bool(c.get("europe")))
        for code, c in raw.items()
    }


def _load_groups() -> dict[str, Group]:
    raw = json.loads((REFERENCE / "country_groups.json").read_text("utf-8"))
    return {
        name: Group(
            name,
            group["title"],
            {
                code: (date.fromisoformat(days[0]), date.fromisoformat(days[1]) if days[1:] else date.max)
                for code, days in group["members"].items()
            },
        )
        for name, group in raw.items()
    }


BY_CODE = _load()
GROUPS = _load_groups()
EUROPE = tuple(code for code, country in BY_CODE.items() if country.european)


@cache
def _by_text() -> dict[str, str]:
    """Every folded spelling, also without its spaces and with look-alike letters as Latin ones, and its country."""
    table: dict[str, str] = {}
    doubtful: set[str] = set()
    folded = [
        (country.code, fold(spelling))
        for country in BY_CODE.values()
        for spelling in (country.name, *country.native, *country.also)
    ]
    for code, text in folded:
        table.setdefault(text, code)
    exact = set(table)
    for code, text in folded:
        for key in {text.replace(" ", ""), text.translate(LOOKALIKE)} - exact:
            if table.setdefault(key, code) != code:
                doubtful.add(key)
    return {key: code for key, code in table.items() if key not in doubtful}


@cache
def _by_code() -> dict[str, str]:
    return {
        **{country.alpha3: country.code for country in BY_CODE.values() if country.alpha3},
        **{other: code for code, other in EU_CODES.items()},
        **{code: code for code in BY_CODE},
    }


@cache
def _by_typing_error() -> dict[str, frozenset[str]]:
    """English and native names of five letters and more, with each one-letter gap a typing error could make."""
    table: dict[str, set[str]] = {}
    for country in BY_CODE.values():
        for name in (country.name, *country.native):
            for key in _gaps(fold(name)):
                table.setdefault(key, set()).add(country.code)
    return {key: frozenset(codes) for key, codes in table.items()}


def _gaps(text: str) -> Iterator[str]:
    if len(text) >= 5:
        yield text
        yield from (text[:i] + text[i + 1 :] for i in range(1, len(text)))


def _nearly(text: str) -> str | None:
    """The one country whose English or native name differs by a single letter (left out, added, changed or swapped with
    its neighbour), never the first; ``None`` when two countries are as near (Iseland: Iceland, Ireland)."""
    near = {
        code
        for gap in (text, *_gaps(text))
        for code in _by_typing_error().get(gap, ())
        if any(one_slip(text, fold(n)) and fold(n)[0] == text[0] for n in (BY_CODE[code].name, *BY_CODE[code].native))
    }
    return near.pop() if len(near) == 1 else None


def _whole(text: str) -> str | None:
    """The country that a text names as a whole, without guessing."""
    bare = text.strip(" .*'\"_-–—")
    letters = bare.replace(".", "").replace(" ", "")
    if bare in NO_CODES or fold(bare) in DOUBTFUL:
        return None
    if len(letters) <= 3 and letters.isascii() and letters.upper() in _by_code():
        return _by_code()[letters.upper()]
    key = fold(bare)
    keys = dict.fromkeys((key, ARTICLE.sub("", key), STYLE.sub("", ARTICLE.sub("", key))))
    return next((_by_text()[k] for n in keys for k in (n, n.replace(" ", ""), skeleton(n)) if k in _by_text()), None)


def _flag(text: str) -> str | None:
    letters = [chr(ord(c) - 0x1F1E6 + 65) for c in text if "\U0001f1e6" <= c <= "\U0001f1ff"]
    return _by_code().get("".join(letters)) if len(letters) == 2 else None


def recognise(value: object) -> str | None:
    """The ISO code of the country that a cell names: in any official language of the Union and some more, by code
    (ISO 2 and 3 letters, EL, UK), flag, adjective or older name, whatever the case, accents and spaces, with one typing
    error in a name of five letters and more. "Germany (DE)" and "Ελλάδα / Greece" agree and are read. ``None`` when it
    names none, or two, or something not known beside it."""
    text = clean(value)
    flag = _flag(text)
    text = re.sub("[\U0001f1e6-\U0001f1ff]", " ", text).strip()
    if not text or len(text) > 100:
        return flag
    code = _whole(text) or _from_parts(text) or _nearly(fold(text).removeprefix("the "))
    return code if flag in (None, code) else None


def _from_parts(text: str) -> str | None:
    beside = CODE_BESIDE.match(text)
    pieces = [piece for piece in beside.groups() if piece] if beside else PARTS.split(text)
    parts = [part for raw in pieces if (part := raw.strip()) and fold(part) not in BESIDE]
    codes = {_whole(part) for part in parts}
    return codes.pop() if len(codes) == 1 else None


def name(code: str) -> str:
    """The English name; the code itself for a code that is not known."""
    return BY_CODE[code].name if code in BY_CODE else code


def eu_code(code: str) -> str:
    """EL for GR and UK for GB, every other code as it is."""
    return EU_CODES.get(code, code)


def all_codes() -> tuple[str, ...]:
    """Every code, in order of the English names."""
    return tuple(sorted(BY_CODE, key=lambda code: fold(BY_CODE[code].name)))


def in_group(code: str, group: str, on: date) -> bool:
    """Whether a country belongs to a group (``EU27 EFTA EEA SMP``) on a day, first and last day included."""
    first, last = GROUPS[group].members.get(code, (date.max, date.min))
    return first <= on <= last


def members(group: str, on: date) -> tuple[str, ...]:
    """The codes of a group on a day, in order."""
    return tuple(sorted(code for code in GROUPS[group].members if in_group(code, group, on)))
