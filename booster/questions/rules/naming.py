"""Which option of a question a text names, as survey tools export it and people type it. Pure."""

import re
from collections.abc import Sequence

from booster.kit.plain import fold, one_slip, words
from booster.questions.rules.form import Option

# Words that say the same where an option is called by one of them.
SAME = tuple(
    words(line)
    for line in """woman female f w women lady frau femme mujer donna mulher kobieta
    man male m men mann homme hombre uomo homem
    other diverse divers nonbinary x
    none no nil nolabel withoutlabel without never
    director managingdirector ceo
    manager clustermanager""".splitlines()
)
NOT_GIVEN = words("na noanswer notgiven notspecified notapplicable prefernottosay prefernottoanswer unspecified notsay")
ABOUT = re.compile(r"\b(?:label|labelled|phase|stage|level)\b")
NUMBERING = re.compile(r"^\s*(?:\d{1,2}|[a-z])[.)]\s+")
HINT = re.compile(r"\s*\([^()]*\)\s*$")


def _key(text: str) -> str:
    return fold(text).replace(" ", "")


def named(options: Sequence[Option], text: str) -> str | None:
    """The value of the option that a text names: by value or label, without numbering, a hint in brackets or a word
    such as "label", by a word of the same meaning, with one typing error in five letters and more; ``""`` when it says
    that no answer is given; ``None`` when it names none or two."""
    known: dict[str, str] = {}
    for option in options:
        known.setdefault(_key(option.value), option.value)
        known.setdefault(_key(option.label), option.value)
    bare = HINT.sub("", NUMBERING.sub("", text.casefold()))
    keys = [key for key in (_key(text), _key(bare), _key(ABOUT.sub(" ", bare))) if key]
    if hit := next((known[key] for key in keys if key in known), None):
        return hit
    alike = {known[word] for group in SAME if group.intersection(keys) for word in group if word in known}
    if len(alike) == 1:
        return alike.pop()
    if not keys or NOT_GIVEN.intersection(keys):
        return ""
    near = {value for key, value in known.items() if len(key) > 4 and one_slip(keys[-1], key)}
    return near.pop() if len(near) == 1 else None
