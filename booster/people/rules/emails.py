"""Electronic addresses as people type them. Strict about what can be delivered, generous about how it was typed."""

import re
import unicodedata

from booster.kit.plain import clean

LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{2,59}")
NOWHERE = frozenset(("invalid", "local", "localhost"))  # names that no mail server answers to
INSIDE = re.compile(r"<\s*([^<>]*@[^<>]*?)\s*>")
BETWEEN = re.compile(r"\s*[;,|/]\s*|\s+(?:or|and|und|et|ou)\s+|\s+")
LABELLED = re.compile(r"^(?:mailto|e-?mail|mail|email address|e-mail address|address)\s*:\s*")
EDGES = " \t\n.,;:'\"`´‘’“”<>()[]{}"


def _ascii_domain(domain: str) -> str:
    """The domain as it is sent: international names in their xn-- form; unchanged when that does not exist."""
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def _tidy(text: str) -> str:
    text = LABELLED.sub("", text.strip(EDGES)).strip(EDGES)
    local, mark, domain = text.rpartition("@")
    return f"{local}{mark}{_ascii_domain(domain)}" if mark else text


def _deliverable(address: str) -> bool:
    local, _, domain = address.rpartition("@")
    labels = domain.split(".")
    return (
        len(address) <= 254
        and len(local) <= 64
        and len(labels) >= 2
        and bool(LOCAL.fullmatch(local))
        and all(LABEL.fullmatch(label) for label in labels)
        and bool(TOP.fullmatch(labels[-1]))
        and labels[-1] not in NOWHERE
    )


def _leads(text: str) -> bool:
    """An address first, then a separator and words that are none: "a@b.org; office hours only"."""
    first, *rest = (_tidy(piece) for piece in re.split(r"\s*[;,|/]\s*", text, maxsplit=1))
    return _deliverable(first) and bool(rest) and "@" not in rest[0]


def normalise(value: object) -> str:
    """The address in small letters, without invisible characters, "mailto:", a name around it ("Name <a@b.org>"),
    spaces beside @ and dots, marks at its edges; an international domain in its xn-- form. Of several complete
    addresses in one cell the first. What is no address comes back tidied, for showing; an empty cell as ``""``."""
    text = unicodedata.normalize("NFKC", clean(value)).casefold().replace("\n", " ")
    if inside := INSIDE.findall(text):
        text = inside[0]
    text = re.sub(r"\s*([@.])\s*", r"\1", text) if text.count("@") == 1 else text
    address = _tidy(re.sub(r"\s*\([^()@]*\)\s*$", "", text))
    pieces = [_tidy(piece) for piece in BETWEEN.split(text) if piece.strip(EDGES)]
    if not _deliverable(address) and pieces and (all(map(_deliverable, pieces)) or _leads(text)):
        return pieces[0]
    joined = address.replace(" ", "")
    torn = " " in address and not any(map(_deliverable, pieces))  # "a@exam ple.org", but not "Ann a@example.org"
    return joined if torn and _deliverable(joined) and len(pieces) == 2 else address


def usable(value: object) -> bool:
    """Whether a letter can be sent there: one @, a plain local part, a domain of two labels or more that ends in
    letters. Not: "n/a", "a@b", "x@@y.org", "foo at bar dot org", an address with other words beside it."""
    return _deliverable(normalise(value))


def same_person_key(value: object) -> str | None:
    """Equal for two cells that hold the same address but for case and spaces; ``None`` for an unusable address, so that
    people without one are never taken for each other."""
    address = normalise(value)
    return address if _deliverable(address) else None
