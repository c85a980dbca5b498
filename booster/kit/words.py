"""Marks for texts that pure files say and rooms translate, and a way back from a kept sentence to its mark. Pure.

A reason that was worked out is kept as its English sentence. ``told`` finds the template that it was made from, so that
every reader is told it in their own language, whenever it was kept.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

GAP = re.compile(r"\{(\w+)\}|%\((\w+)\)s")
ENDS = re.compile(r"(?<=\.) (?=[A-Z“])")  # where one sentence ends and the next begins
AS_TYPED = ("text", "word")  # gaps that quote what somebody wrote
LONGEST = 1000  # characters of a kept sentence; a longer text is somebody's own
Say = Callable[[str], str]
_templates: dict[str, re.Pattern[str]] = {}
_whole: set[str] = set()


def N_(text: str) -> str:  # noqa: N802 -- the usual name of this mark
    """The text as it is; ``run.py texts`` finds it here, and the room that shows it translates it."""
    know([text])
    return text


def plural(one: str, many: str) -> tuple[str, str]:
    """The same for a text that counts; the room that shows it hands both to ``ngettext``."""
    return one, many


def know(templates: Iterable[str]) -> None:
    """Sentences that may be kept, those with ``{gaps}`` or ``%(gaps)s`` filled in, for ``told``."""
    for text in templates:
        pieces = GAP.split(text)  # text, name or None, name or None, text, …
        if len(pieces) == 1:
            _whole.add(text)
        elif text not in _templates and any(map(str.isalpha, "".join(pieces[::3]))):
            seen: set[str] = set()
            gaps = [one or other for one, other in zip(pieces[1::3], pieces[2::3], strict=True)]
            parts = [re.escape(pieces[0])]
            for gap, after in zip(gaps, pieces[3::3], strict=True):
                parts += [_gap(gap, seen), re.escape(after)]
            _templates[text] = re.compile("".join(parts), re.DOTALL)
            _source.cache_clear()


def _gap(name: str, seen: set[str]) -> str:
    again = name in seen
    seen.add(name)
    return f"(?P={name})" if again else f"(?P<{name}>.+?)"


PLACED = N_("%(column)s: %(why)s")


def told(text: str, say: Say) -> str:
    """A sentence as its reader is told it; one that nobody marked, such as an organiser's own, stays as it is.

    Several marked sentences may follow each other, and one may stand behind its place: “Seats: “many” is not a number.”
    """
    pieces = ENDS.split(text) if len(text) <= LONGEST else [text]
    if len(pieces) > 1 and all(map(_is_known, pieces)):
        return " ".join(told(piece, say) for piece in pieces)
    template, values = _source(text)
    if template is not None:
        filled = {name: value if name in AS_TYPED else told(value, say) for name, value in values.items()}
        return filled_in(str(say(template)), filled)
    place, colon, why = text.partition(": ")
    if colon and text not in _whole and (": " in why or _is_known(why)):
        rest = told(why, say)
        return filled_in(str(say(PLACED)), {"column": told(place, say), "why": rest}) if rest != why else text
    return str(say(text)) if text else ""


def _is_known(text: str) -> bool:
    return text in _whole or _source(text)[0] is not None


def filled_in(template: str, values: Mapping[str, object]) -> str:
    """A template with either kind of gap, filled in. What is filled in is not read again."""
    return GAP.sub(lambda gap: str(values.get(gap[1] or gap[2], gap[0])), template)


@lru_cache(maxsize=4096)
def _source(text: str) -> tuple[str | None, dict[str, str]]:
    if len(text) <= LONGEST:
        for template in sorted(_templates, key=len, reverse=True):  # the longest that fits says most
            if found := _templates[template].fullmatch(text):
                return template, found.groupdict()
    return None, {}
