"""What would break a page or a letter in another language, found before anybody reads it. Standard library alone."""

import re
from collections import Counter

from workshop.texts.catalogue import Said, forms_of
from workshop.texts.finding import Message

NAMED = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w*)\}(?!\})")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
ENTITY = re.compile(r"&#?\w+;")
UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]")


def gaps(text: str) -> set[str]:
    """``%(name)s`` and ``{name}`` as they stand."""
    return {found[0] for found in NAMED.finditer(text)}


def _per_cents(text: str) -> tuple[int, bool]:
    rest = NAMED.sub("", text)
    return rest.count("%%"), "%" in rest.replace("%%", "")


def tidy(message: Message, form: str) -> str:
    """White space at the ends as the English has it: it parts this text from its neighbours."""
    text = message.msgid
    return text[: len(text) - len(text.lstrip())] + form.strip() + text[len(text.rstrip()) :]


def trouble_with(message: Message, forms: list[str], language: str) -> str:
    """Why this translation cannot be kept, in a sentence; empty when it can."""
    wanted = forms_of(language) if message.plural else 1
    if len(forms) != wanted:
        return f"It needs {wanted} forms and has {len(forms)}."
    if not all(isinstance(form, str) and form.strip() for form in forms):
        return "A form is empty."
    return next((why for form in forms if (why := _trouble_with_form(message, form))), "")


def _trouble_with_form(message: Message, form: str) -> str:
    english = [message.msgid, message.plural] if message.plural else [message.msgid]
    entities = {found for text in english for found in ENTITY.findall(text)}
    wrong = {
        "Its per cent signs differ from the English.": _per_cents(form) not in map(_per_cents, english),
        "Its tags differ from the English.": _tags(form) not in map(_tags, english),
        "It has an entity (such as &amp;) that the English has not.": not set(ENTITY.findall(form)) <= entities,
        "It holds a character that cannot be seen.": bool(UNSEEN.search(form)),
        "It has a line break where the English has none.": "\n" in form.strip()
        and not any("\n" in text.strip() for text in english),
    }
    return _trouble_with_gaps(english, form) or next((why for why, is_so in wrong.items() if is_so), "")


def _tags(text: str) -> Counter[str]:
    return Counter(TAG.findall(text))


def _trouble_with_gaps(english: list[str], form: str) -> str:
    needed, allowed = set.intersection(*map(gaps, english)), set.union(*map(gaps, english))
    if lost := sorted(needed - gaps(form)):
        return f"It lacks {', '.join(lost)}."
    if new := sorted(gaps(form) - allowed):
        return f"It has {', '.join(new)}, which the English has not."
    return ""


def troubles(language: str, said: dict[tuple[str, str], Said], messages: dict[tuple[str, str], Message]) -> list[str]:
    """What is wrong with a catalogue; a text that the house no longer says is not its fault."""
    found = []
    for key, one in said.items():
        message = messages.get(key)
        if message is None:
            continue
        if bool(one.plural) != bool(message.plural) or one.plural != message.plural:
            found.append(f"{language}: “{one.msgid[:60]}”: its plural differs from the English.")
        elif why := trouble_with(message, one.forms, language):
            found.append(f"{language}: “{one.msgid[:60]}”: {why}")
    return found
