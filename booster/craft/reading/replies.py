"""Yes and no as people say them. Pure."""

import re

from booster.craft.reading.text import clean, fold, words

YES = words("""
    yes y yep yeah true t 1 x on ok okay agree agreed accept accepted consent oui ja jo ya j si sim tak ano igen kyllä
    kylla jah jā taip iva evet da так да ναι nai checked ticked selected confirmed confirm certainly vrai wahr waar vero
    verdadero prawda""")
NO = words("""
    no n nope false f 0 off non nein nee nej nei não nao nie ne nem ei nu hayır hayir le нет ні не όχι οχι ochi
    oxi not never cannot unchecked unticked unselected disagree refuse refused decline declined faux falsch falso""")
YES_SIGNS, NO_SIGNS = frozenset("✓✔☑✅🗹"), frozenset("✗✘☐❌❎")
BOXES = {"[x]": True, "(x)": True, "[✓]": True, "[✔]": True, "[]": False, "[ ]": False}
# What may follow a yes, or stand in a sentence that says one, without taking anything back. "Yes, but only day one" is
# not among it.
PLAIN_AGREEMENT = words("""
    i we my our us organisation organization employer board agree agrees consent consents can will attend join take
    part both all two the days day legs to do does have has read accept accepts confirm confirms confirmed of course
    sure understand understood and it this that above please hereby notice privacy
    statement policy am are is be able available j accepte ich wir stimme zu""")
SAYING = words("agree agrees consent consents accept accepts confirm confirms can will do does am are have has")
REFUSING = words("not cannot cant dont wont doesnt disagree disagrees refuse decline unable no never")


def yes_no(value: object) -> bool | None:
    """Yes or no in the languages of Europe, as a tick, as 1 or 0, as the sentence that stands beside the box;
    ``None`` when empty or not clear. "No, only online" and "I do not agree" are no; "Yes, I agree" is yes;
    "Yes, but …" is ``None``: a yes with conditions is no yes."""
    text = clean(value).replace("\ufe0f", "")
    if text.casefold() in BOXES:
        return BOXES[text.casefold()]
    said = fold(re.sub("[’'](?=t\\b)", "", text.removesuffix(".0"))).split()
    if not text or "?" in text or said == ["n", "a"]:
        return None
    if set(text) <= YES_SIGNS:
        return True
    return False if set(text) <= NO_SIGNS else _in_words(said)


def _in_words(said: list[str]) -> bool | None:
    if len(said) == 2 and BARE_REPLIES.issuperset(said):  # "Oui / Yes", but not "yes / no"
        first, second = (word in FOLDED_YES for word in said)
        return first if first == second else None
    if said and said[0] in FOLDED_YES:
        return True if PLAIN_AGREEMENT.issuperset(said[1:]) else None
    if said and said[0] in FOLDED_NO:
        return None if said[1:2] in (["problem"], ["sure"]) else False
    return _in_a_sentence(said)


def _in_a_sentence(said: list[str]) -> bool | None:
    refusing = [word for word in said if word in REFUSING]
    if len(said) == 2 and said[0] == "i" and refusing == said[1:]:
        return False  # "I disagree"
    known = PLAIN_AGREEMENT.union(REFUSING).issuperset(said) and not SAYING.union(REFUSING).isdisjoint(said)
    if not known or len(refusing) > 1 or said[-1] in REFUSING:
        return None
    return not refusing


FOLDED_YES, FOLDED_NO = frozenset(map(fold, YES)), frozenset(map(fold, NO))
BARE_REPLIES = (FOLDED_YES | FOLDED_NO) - SAYING - {"not", "never", "consent"}
