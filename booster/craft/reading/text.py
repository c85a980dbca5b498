"""Texts out of what people type: without what cannot be seen, and folded for comparing. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable

ZWJ = "\u200d"
NOT_PLAIN = re.compile("[^a-z0-9]+")
SPECIAL = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)
# Greek and Cyrillic letters whose capitals look like Latin ones: "Aττική" typed with a Latin A is one word.
LOOKALIKE = str.maketrans("αβεζηικμνορτυχавекмнорстхіју", "abezhikmnoptyxabekmhopctxijy")


SENTENCES = {
    "not_written": "“{text}” is not written like a number.",
    "upper": "“{text}” gives only an upper limit.",
    "not_understood": "“{text}” is not a number: “{word}” is not understood.",
    "several_numbers": "“{text}” holds more than one number.",
    "no_number": "“{text}” is not a number.",
    "not_one": "“{text}” is not one number.",
    "not_whole": "“{text}” is not a whole number.",
    "no_date": "“{text}” is not a date.",
    "no_time": "“{text}” has no readable time of day.",
    "no_zone": "“{text}” names a time zone that is not understood: “{word}”.",
}


class Unclear(ValueError):
    """The value cannot be read; the message says why, in a sentence for a person: ``SENTENCES`` filled in."""

    def __init__(self, code: str, text: str, word: str = "") -> None:
        super().__init__(SENTENCES[code].format(text=text, word=word))


def _emojilike(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk") or char == "\ufe0f"


def _visible(text: str) -> Iterable[str]:
    last = ""
    for index, char in enumerate(text):
        kind = unicodedata.category(char)
        if char == ZWJ:
            follower = text[index + 1 : index + 2]
            keep = char if last and follower and _emojilike(last) and _emojilike(follower) else ""
        elif char in "\n\x0b\x0c\u2028\u2029":
            keep = "\n"
        elif kind == "Zs" or char in "\t\x85":
            keep = " "
        elif kind in ("Cf", "Cc", "Cs") or ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef":
            keep = ""
        else:
            keep = char
        if keep:
            last = keep
            yield keep


def clean(value: object) -> str:
    """The text of a cell in NFC without what cannot be seen: zero-width and bidi characters, BOM, soft hyphens,
    control characters and lone surrogates go, every kind of space becomes a space, every kind of line end a newline,
    outer white space goes. A zero-width joiner stays only between two emoji. Idempotent. ``None`` gives ``""``."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    if text.isascii() and text.isprintable():
        return text.strip()
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.replace("\n", " ").isprintable():  # nothing hidden in it: the usual text costs no look at each letter
        return text.strip()
    return unicodedata.normalize("NFC", "".join(_visible(text))).strip()


class _Letters(dict[int, str | int | None]):
    """What becomes of each character, found out when it is met first; a table for ``str.translate``."""

    def __init__(self, becomes: Callable[[str], str | int | None]) -> None:
        super().__init__()
        self.becomes = becomes

    def __missing__(self, code: int) -> str | int | None:
        self[code] = found = self.becomes(chr(code))
        return found


def _bare(char: str) -> str | int | None:
    if unicodedata.category(char).startswith(("M", "Cf")):
        return None
    return SPECIAL.get(ord(char), char)


_BARE = _Letters(_bare)
_WORDS = _Letters(lambda char: char if char.isalnum() else " ")


def fold(value: object) -> str:
    """Text for comparing and searching: no accents (Greek and Cyrillic too), no case, punctuation as one space,
    ``&`` as "and", ß as ss, ł ø đ æ … as their plain letters. Idempotent. Not for display."""
    text = clean(value).replace("&", " and ")
    if text.isascii():
        return " ".join(NOT_PLAIN.sub(" ", text.lower()).split())
    before = ""
    while text != before:  # folding may uncover what folds again
        before = text
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_BARE)
    return " ".join(text.translate(_WORDS).split())


def unaccented(text: str) -> str:
    """In small letters without accents; punctuation stays."""
    return unicodedata.normalize("NFKD", text.casefold()).translate(_BARE)


def words(text: str) -> frozenset[str]:
    """A set of words, for the tables of this file and its like."""
    return frozenset(text.split())


def skeleton(value: object) -> str:
    """``fold`` with Greek and Cyrillic letters replaced by the Latin ones that look the same."""
    return fold(value).translate(LOOKALIKE)


def one_slip(one: str, other: str) -> bool:
    """Whether two texts differ by at most one letter left out, added, changed or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or b in (a, a[1:]) or b[1:] in (a, a[1:])


def word_count(value: object) -> int:
    """Words as a person counts them: runs between white space that hold a letter or a digit."""
    return sum(any(c.isalnum() for c in word) for word in clean(value).split())
