"""One cell or box, turned into one plain value. Pure."""

from typing import Any
from urllib.parse import urlsplit

from booster.kit import plain
from booster.kit.words import N_
from booster.people.rules import countries, emails, regions
from booster.questions.rules.form import Question
from booster.ui import counting

LONGEST = {"text": 500, "long_text": 20_000}
_ = N_
LETTERS_A_WORD = 12  # a text of 300 words has at most 3,600 characters: nobody writes longer words on average


class Unfit(ValueError):
    """The answer cannot be taken as it is."""

    def __init__(self, sentence: str, kept: Any = None, **values: Any) -> None:
        self.sentence, self.kept, self.values = sentence, kept, values
        super().__init__(sentence % values)


def shown(raw: Any) -> str | None:
    """What was typed, for showing it again."""
    return plain.clean(raw)[:500] or None if isinstance(raw, str) else None


def scalar(raw: Any) -> Any:
    """The one value that was sent: the last of a list, as forms repeat a field."""
    if isinstance(raw, list | tuple):
        raw = raw[-1] if raw else None
    if raw is not None and not isinstance(raw, str | int | float):
        raise Unfit(_("This answer has not the shape that was expected."))
    if isinstance(raw, int) and abs(raw) > 10**15:
        raise Unfit(_("This number is too large."))
    return raw


def one_line(raw: Any) -> str:
    raw = scalar(raw)
    return " ".join(plain.clean(raw[:40_000] if isinstance(raw, str) else raw).split())


def text_value(question: Question, raw: Any) -> str | None:
    raw = scalar(raw)
    cut = raw[:200_000] if isinstance(raw, str) else raw
    text = plain.clean(cut) if question.kind == "long_text" else one_line(cut)
    if not text:
        return None
    within_limit(question, text)
    return text


def within_limit(question: Question, text: str) -> None:
    limit, longest = question.limit, LONGEST[question.kind]
    if limit:
        count = counting.words(text) if limit.unit == "words" else counting.characters(text)
        values = {"count": count, "most": limit.most, "least": limit.least}
        words = limit.unit == "words"
        if count > limit.most:
            say = _("%(count)s words, at most %(most)s.") if words else _("%(count)s characters, at most %(most)s.")
            raise Unfit(say, text[:longest], **values)
        if count < limit.least:
            say = _("%(count)s words, at least %(least)s.") if words else _("%(count)s characters, at least %(least)s.")
            if count == 1:
                say = _("One word, at least %(least)s.") if words else _("One character, at least %(least)s.")
            raise Unfit(say, text[:longest], **values)
        if words and len(text) > limit.most * LETTERS_A_WORD:
            say = _("The words are too long: %(letters)s characters, at most %(longest)s for %(most)s words.")
            raise Unfit(say, text[:longest], letters=len(text), longest=limit.most * LETTERS_A_WORD, **values)
    if len(text) > longest:
        raise Unfit(_("%(count)s characters, at most %(most)s."), text[:longest], count=len(text), most=longest)


def within_range(question: Question, value: float) -> None:
    low, high = question.minimum, question.maximum
    if low is not None and value < low:
        raise Unfit(_("%(value)s is less than %(low)s."), value, value=f"{value:g}", low=f"{low:g}")
    if high is not None and value > high:
        raise Unfit(_("%(value)s is more than %(high)s."), value, value=f"{value:g}", high=f"{high:g}")


def number_value(question: Question, raw: Any) -> int | None:
    value = plain.whole_number(short(raw))
    if value is not None:
        within_range(question, value)
    return value


def decimal_value(question: Question, raw: Any) -> float | None:
    value = plain.decimal_number(short(raw))
    if value is not None:
        within_range(question, value)
    return value


def short(raw: Any) -> Any:
    """A cell of reasonable length; ``True`` is no number."""
    raw = scalar(raw)
    if isinstance(raw, str) and len(raw) > 200:
        raise Unfit(_("This answer is too long."), plain.clean(raw[:500]))
    return raw


def yes_no_value(question: Question, raw: Any) -> bool | None:
    raw = short(raw)
    if raw is None or plain.clean(raw) == "":
        return None
    said_again = isinstance(raw, str) and plain.fold(raw) == plain.fold(
        question.label
    )  # some tools export the box's text
    value = True if said_again else plain.yes_no(raw)
    if value is None:
        raise Unfit(_("“%(text)s” is neither a clear yes nor a clear no."), shown(raw), text=plain.clean(raw)[:60])
    return value


def date_value(question: Question, raw: Any) -> str | None:
    found = plain.day(short(raw))
    return found.isoformat() if found else None


def country_value(question: Question, raw: Any) -> str | None:
    text = one_line(raw)
    if not text:
        return None
    code = countries.recognise(text[:200])
    if code is None:
        raise Unfit(_("“%(text)s” is not a country that we know."), text[:200], text=text[:60])
    return code


def region_value(question: Question, raw: Any) -> str | None:
    text = one_line(raw)[:200]
    return (regions.recognise_region(text) or text) if text else None


def email_value(question: Question, raw: Any) -> str | None:
    text = emails.normalise(one_line(raw)[:320])
    if text and not emails.usable(text):
        raise Unfit(_("“%(text)s” is not an e-mail address that a letter can reach."), text, text=text[:80])
    return text or None


def link_value(question: Question, raw: Any) -> str | None:
    text = one_line(raw)
    if not text:
        return None
    full = text if "://" in text else f"https://{text}"
    if len(full) > 1000 or not is_web_address(full):
        raise Unfit(_("“%(text)s” is not a web address."), text[:1000], text=text[:60])
    return full


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018 -- raises for a port that is none
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host.strip(".") and not any(c in text for c in " <>\"'`\\")
