"""Plain values out of what people type into cells and boxes. Pure.

Everything here accepts any cell value (text, number, date, nothing). ``None`` comes back for an empty cell;
``Unclear`` is raised, with a sentence for a person, when a cell holds something that cannot be read honestly.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

ZWJ = "\u200d"
NOT_PLAIN = re.compile("[^a-z0-9]+")
SPECIAL = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)
# Greek and Cyrillic letters whose capitals look like Latin ones: "Aττική" typed with a Latin A is one word.
LOOKALIKE = str.maketrans("αβεζηικμνορτυχавекмнорстхіју", "abezhikmnoptyxabekmhopctxijy")


class Unclear(ValueError):
    """The value cannot be read; the message says why, in a sentence for a person."""


# ---------------------------------------------------------------------------------------------- text


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


# ---------------------------------------------------------------------------------------------- numbers

EMPTY = frozenset(("", "-", "–", "—", "--", "n/a", "n.a.", "na", "?", "."))
COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS: dict[str, float] = {
    **{w: n for n, w in enumerate(COUNTED)},
    **{"none": 0, "nil": 0, "half": 0.5, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
}
FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75", "⅓": ".333333", "⅔": ".666667", "⅛": ".125"}
# Words that may stand beside a number without changing it (folded). "at least 15" is read as 15.
BESIDE = words("""
    about abt approx approximately around roughly nearly almost some circa ca c over more than at least min minimum
    from exactly total in all currently now between and or env environ etwa rund ungefahr mindestens unos unas aprox
    aproximadamente cerca de di zirka omstreeks ongeveer okolo kolem priblizne asi cca noin kb korulbelul περιπου
    около приблизно примерно cirka member members mitglieder membres miembros membri sme smes kmu pme pyme year years
    yr yrs y jahre ans anos anni let fte ftes etp vza full time equivalent equivalents people persons person staff
    employee employees company companies firms organisation organisations organization organizations eur euro euros
    seat seats bed beds room rooms m2 minutes""")
AT_MOST = words("under below less fewer max maximum most up bis unter moins menos meno")
RANGE = re.compile(r"(?<=\d)\s*(?:[-–—]|\bto\b|\bbis\b)\s*(?=\d)")
BETWEEN = re.compile(r"\bbetween\s+(\d[\d.,]*)\s+and\s+(?=\d)")
NUMBER = re.compile(r"[-−–]?(?:\d[\d.,'’ ]*|[.,]\d+)")
GROUPED = re.compile(r"[1-9]\d{0,2}([ .,'’])\d{3}(?:\1\d{3})*")
FRACTION = re.compile(r"(?:(\d+)\s+)?(\d{1,2})\s?[/⁄]\s?(\d{1,2})")


def _written(token: str, *, whole: bool) -> float:
    """One number as written. Several group marks, or one of space and apostrophe, are thousands; a lone point or
    comma before three digits is thousands in a whole-number field and decimal otherwise."""
    sign, body = (-1, token[1:]) if token[0] in "-−–" else (1, token)
    body = body.rstrip(" .,'’").replace("’", "'")
    marks = [c for c in body if not c.isdigit()]
    if not marks or (GROUPED.fullmatch(body) and (whole or len(marks) > 1 or marks[0] in " '")):
        return sign * float("".join(c for c in body if c.isdigit()))
    head, mark, last = body.rpartition(marks[-1])
    if mark not in ".," or mark in head or not (head.isdigit() or not head or GROUPED.fullmatch(head)):
        raise Unclear(f"“{token}” is not written like a number.")
    return sign * float("".join(c for c in head if c.isdigit()) + "." + last)


def _only_harmless(rest: str, shown: str, number: float) -> None:
    around = [w for w in fold(rest).split() if WORDS.get(w) != number]
    if AT_MOST.intersection(around) or "<" in rest or "≤" in rest:
        raise Unclear(f"“{shown}” gives only an upper limit.")
    if unknown := [w for w in around if w not in BESIDE]:
        raise Unclear(f"“{shown}” is not a number: “{unknown[0]}” is not understood.")


def _number_in(text: str, shown: str, *, whole: bool) -> float:
    if fraction := FRACTION.fullmatch(text):
        return int(fraction[1] or 0) + int(fraction[2]) / (int(fraction[3]) or 1)
    numbers = [_written(found[0].strip(), whole=whole) for found in NUMBER.finditer(text)]
    named = [float(WORDS[w]) for w in fold(text).split() if w in WORDS]
    candidates = set(numbers) | set(named)
    if len(candidates) != 1:
        raise Unclear(f"“{shown}” holds more than one number." if candidates else f"“{shown}” is not a number.")
    number = candidates.pop()
    _only_harmless(NUMBER.sub(" ", text), shown, number)
    return number / 100 if re.search(r"\d\s*%", text) else number


def _with_part(decimals: str) -> Callable[[re.Match[str]], str]:
    return lambda found: (found[1] or "0") + decimals


def _number(value: object, *, whole: bool) -> float | None:
    shown = clean(value)
    if shown.casefold() in EMPTY:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _finite(float(value), shown)
    if isinstance(value, bool | date | time | timedelta) or shown[0] in "=#":
        raise Unclear(f"“{shown[:60]}” is not a number.")
    text = shown.casefold()
    for sign, decimals in FRACTIONS.items():
        text = re.sub(rf"(\d*)\s?{sign}", _with_part(decimals), text)
    text = unicodedata.normalize("NFKC", text).replace("m2", " ").replace("_", "")
    text = BETWEEN.sub(r"\1-", text).strip()
    ends = [_number_in(part.strip(), shown[:60], whole=whole) for part in RANGE.split(text)]
    if len(ends) > 2 or ends[0] > ends[-1]:
        raise Unclear(f"“{shown[:60]}” is not one number.")
    return _finite(ends[0], shown[:60])


def _finite(number: float, shown: str) -> float:
    if not -1e15 < number < 1e15:  # also catches nan
        raise Unclear(f"“{shown}” is not a number.")
    return number


def whole_number(value: object) -> int | None:
    """An integer: 7, "1.250" and "12 000" and "1'250" (thousands), "about 7", "15+", "~20", "seven", "12.0".
    A range gives its lower end ("10-12" is 10: what is certain). A lone point or comma before three digits means
    thousands here. ``Unclear``: "1.25", "<15" and "up to 15", two numbers, unknown words, formulas, dates."""
    number = _number(value, whole=True)
    if number is not None and not number.is_integer():
        raise Unclear(f"“{clean(value)[:60]}” is not a whole number.")
    return None if number is None else int(number)


def decimal_number(value: object) -> float | None:
    """A number with decimals: "0,5", "2.0 FTE", "about 0.4", "½", "1 1/2", "80 %" (0.8), "1.250,5" (1250.5).
    A lone point or comma is the decimal mark here ("0.500" is 0.5, "1.250" is 1.25); otherwise as whole_number."""
    return _number(value, whole=False)


# ---------------------------------------------------------------------------------------------- yes and no

YES = words("""
    yes y true t 1 x on ok okay agree agreed consent accepted oui ja j si sim tak ano igen kyllä kylla jah
    taip iva evet da так да ναι nai checked ticked selected confirmed""")
NO = words("""
    no n false f 0 off non nein nee nej nei não nao nie ne nem ei nu hayır hayir le нет ні не όχι οχι ochi
    oxi unchecked disagree refused declined""")
YES_SIGNS, NO_SIGNS = frozenset("✓✔☑✅🗹"), frozenset("✗✘☐❌❎")
# What may follow a yes without taking anything back. "Yes, but only day one" is not among it.
PLAIN_AGREEMENT = words("""
    i we agree consent can will attend both all the days to do have read accept confirm confirmed of course sure
    understand and it this above""")


def yes_no(value: object) -> bool | None:
    """Yes or no in the languages of Europe, as a tick, as 1 or 0; ``None`` when empty or not clear.
    "No, only online" is no; "Yes, I agree" is yes; "Yes, but …" is ``None``: a yes with conditions is no yes."""
    text = clean(value).replace("\ufe0f", "")
    said = fold(text.removesuffix(".0")).split()
    if not text or said == ["n", "a"]:
        return None
    if set(text) <= YES_SIGNS or (said and said[0] in FOLDED_YES and PLAIN_AGREEMENT.issuperset(said[1:])):
        return True
    if said[:1] == ["i"] and said[1:2] and said[1] in ("agree", "consent", "accept"):
        return True if PLAIN_AGREEMENT.issuperset(said) else None
    declined = said and said[0] in FOLDED_NO and said[1:2] != ["problem"]
    return False if declined or set(text) <= NO_SIGNS else None


FOLDED_YES, FOLDED_NO = frozenset(map(fold, YES)), frozenset(map(fold, NO))


# ---------------------------------------------------------------------------------------------- days and hours

ZONES: dict[str, tzinfo] = {
    "z": UTC,
    "utc": UTC,
    "gmt": UTC,
    **{
        name: timezone(timedelta(hours=h)) for name, h in (("wet", 0), ("cet", 1), ("cest", 2), ("eet", 2), ("eest", 3))
    },
}
YEAR = "january february march april may june july august september october november december"
MONTHS = tuple(YEAR.split())
NUMERIC_DAY = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4}|\d{2})(?!\d)")
ISO_DAY = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)")
NAMED_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ .\-]*([a-z]{3,9})\.?[ ,\-]*(\d{4})")
NAMED_MONTH = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
WEEKDAY = re.compile(r"^[a-z]{2,9}\.?,? (?=\d{1,2}\D)|^(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?,? (?=[a-z])")
HOUR = re.compile(
    r"[t,\s]*(?:at|um|à|a)?\s*(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?"
    r"\s*(am|pm)?\s*(z|[a-z]{3,4}|[+-]\d\d:?\d\d)?"
)
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
FIRST_SERIAL, LAST_SERIAL = 15000, 80000  # Excel's days 1941 to 2119; other numbers are no dates


def writes_day_first(values: Iterable[object]) -> bool:
    """Whether a column of numeric dates writes the day first; true unless some value allows only the month first and
    none allows only the day first. Ask it for ``day_first`` before reading a column of unknown origin."""
    found = [(int(m[1]), int(m[2])) for v in values if isinstance(v, str) and (m := NUMERIC_DAY.match(clean(v)))]
    return any(a > 12 for a, _ in found) or not any(b > 12 for _, b in found)


def _from_serial(value: float, shown: str) -> datetime:
    if not FIRST_SERIAL <= value <= LAST_SERIAL:
        raise Unclear(f"“{shown}” is not a date.")
    return datetime(1899, 12, 30) + timedelta(seconds=round(value * 86400))  # noqa: DTZ001 -- zone follows


def _month(name: str, shown: str) -> int:
    for number, month in enumerate(MONTHS, start=1):
        if month.startswith(name):
            return number
    raise Unclear(f"“{shown}” is not a date.")


def _split_day(text: str, shown: str, *, day_first: bool) -> tuple[int, int, int, str]:
    """Year, month, day and what follows."""
    if m := ISO_DAY.match(text):
        return int(m[1]), int(m[2]), int(m[3]), text[m.end() :]
    if m := NUMERIC_DAY.match(text):
        year = int(m[3]) + (2000 if len(m[3]) == 2 else 0)
        month, number = (int(m[2]), int(m[1])) if day_first else (int(m[1]), int(m[2]))
        return year, month, number, text[m.end() :]
    if m := NAMED_DAY.match(text):
        return int(m[3]), _month(m[2], shown), int(m[1]), text[m.end() :]
    if m := NAMED_MONTH.match(text):
        return int(m[3]), _month(m[1], shown), int(m[2]), text[m.end() :]
    raise Unclear(f"“{shown}” is not a date.")


def _clock(rest: str, shown: str) -> tuple[time, tzinfo | None]:
    if not rest.strip(" ,"):
        return time(), None
    found = HOUR.fullmatch(rest.rstrip())
    if not found:
        raise Unclear(f"“{shown}” has no readable time of day.")
    hour, half, zone = int(found[1]), found[4], found[5]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if zone and zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return time(hour, int(found[2]), int(found[3] or 0)), timezone(offset if zone[0] == "+" else -offset)
    if zone and zone not in ZONES:
        raise Unclear(f"“{shown}” names a time zone that is not understood.")
    return time(hour, int(found[2]), int(found[3] or 0)), ZONES[zone] if zone else None


def _written_moment(shown: str, *, day_first: bool) -> datetime:
    if SERIAL.fullmatch(shown):
        return _from_serial(float(shown.replace(",", ".")), shown)
    text = WEEKDAY.sub("", " ".join(shown.casefold().split()))
    year, month, number, rest = _split_day(text, shown, day_first=day_first)
    try:
        clock, zone = _clock(rest, shown)
        return datetime.combine(date(year, month, number), clock, zone)
    except ValueError as wrong:
        raise wrong if isinstance(wrong, Unclear) else Unclear(f"“{shown}” is not a date.") from wrong


def _naive_or_aware(value: object, *, day_first: bool) -> datetime | None:
    shown = clean(value)[:60]
    if shown.casefold() in EMPTY:
        return None
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(float(value), shown)
    return _written_moment(shown, day_first=day_first)


def moment(value: object, zone: tzinfo, *, day_first: bool = True) -> datetime | None:
    """An aware moment: a cell's datetime, an Excel serial (number or text, rounded to the second), "19/10/2022 02:42",
    ISO 8601, "19 Oct 2022 02:42", with or without seconds, am/pm or a zone of its own. ``zone`` holds where the value
    names none; in the hour that daylight saving repeats the first one is meant. A day alone means its midnight.
    ``Unclear``: a month over 12 (see writes_day_first), days that do not exist, other numbers."""
    found = _naive_or_aware(value, day_first=day_first)
    return found if found is None or found.tzinfo else found.replace(tzinfo=zone)


def day(value: object, *, day_first: bool = True) -> date | None:
    """A calendar day, in the spellings of ``moment``; the time of day is dropped."""
    found = _naive_or_aware(value, day_first=day_first)
    return found.date() if found else None
