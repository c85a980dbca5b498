"""Numbers as people write them. Pure."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta

from booster.craft.reading.text import Unclear, clean, fold, words

EMPTY = frozenset(("", "-", "–", "—", "--", "n/a", "n.a.", "na", "?", "."))
UP_TO_NINETEEN = re.findall(
    r"\w+",
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred")
WORDS: dict[str, float] = {
    **{word: float(n) for n, word in enumerate(UP_TO_NINETEEN)},
    **{word: 10.0 * n for n, word in enumerate(TENS, start=2)},
    **{"none": 0, "nil": 0, "half": 0.5, "dozen": 12},
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
    entity entities enterprise enterprises firm institution institutions a an seat seats bed beds room
    rooms m2 minutes""")
AT_MOST = words("under below less fewer max maximum most up bis unter moins menos meno")
RANGE = re.compile(r"(?<=\d)\s*(?:[-–—]|\bto\b|\bbis\b)\s*(?=\d)")
BETWEEN = re.compile(r"\bbetween\s+(\d[\d.,]*)\s+and\s+(?=\d)")
NUMBER = re.compile(r"[-−–]?(?:\d[\d.,'’ ]*|(?<![^\W\d_])[.,]\d+)")
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
        raise Unclear("not_written", token)
    return sign * float("".join(c for c in head if c.isdigit()) + "." + last)


def _only_harmless(rest: str, shown: str, number: float) -> None:
    around = [w for w in fold(rest).split() if WORDS.get(w) != number]
    if AT_MOST.intersection(around) or "<" in rest or "≤" in rest:
        raise Unclear("upper", shown)
    if unknown := [w for w in around if w not in BESIDE]:
        raise Unclear("not_understood", shown, unknown[0])


def _number_in(text: str, shown: str, *, whole: bool) -> float:
    if fraction := FRACTION.fullmatch(text):
        return int(fraction[1] or 0) + int(fraction[2]) / (int(fraction[3]) or 1)
    numbers = [_written(found[0].strip(), whole=whole) for found in NUMBER.finditer(text)]
    named = [float(WORDS[w]) for w in fold(text).split() if w in WORDS]
    candidates = set(numbers) | set(named)
    if len(candidates) != 1:
        raise Unclear("several_numbers" if candidates else "no_number", shown)
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
        raise Unclear("no_number", shown[:60])
    text = shown.casefold()
    for sign, decimals in FRACTIONS.items():
        text = re.sub(rf"(\d*)\s?{sign}", _with_part(decimals), text)
    text = unicodedata.normalize("NFKC", text).replace("m2", " ").replace("_", "")
    text = BETWEEN.sub(r"\1-", text).strip()
    ends = [_number_in(part.strip(), shown[:60], whole=whole) for part in RANGE.split(text)]
    if len(ends) > 2 or ends[0] > ends[-1]:
        raise Unclear("not_one", shown[:60])
    return _finite(ends[0], shown[:60])


def _finite(number: float, shown: str) -> float:
    if not -1e15 < number < 1e15:  # also catches nan
        raise Unclear("no_number", shown)
    return number


def whole_number(value: object) -> int | None:
    """An integer: 7, "1.250" and "12 000" and "1'250" (thousands), "about 7", "15+", "~20", "seven", "12.0".
    A range gives its lower end ("10-12" is 10: what is certain). A lone point or comma before three digits means
    thousands here. ``Unclear``: "1.25", "<15" and "up to 15", two numbers, unknown words, formulas, dates."""
    number = _number(value, whole=True)
    if number is not None and not number.is_integer():
        raise Unclear("not_whole", clean(value)[:60])
    return None if number is None else int(number)


def decimal_number(value: object) -> float | None:
    """A number with decimals: "0,5", "2.0 FTE", "about 0.4", "½", "1 1/2", "80 %" (0.8), "1.250,5" (1250.5).
    A lone point or comma is the decimal mark here ("0.500" is 0.5, "1.250" is 1.25); otherwise as whole_number."""
    return _number(value, whole=False)
