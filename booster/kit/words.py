"""Marks for texts that pure files say and rooms translate, and a way back from a kept sentence to its mark. Pure.

A reason that was worked out is kept as its English sentence. ``told`` finds the template that it was made from, so that
every reader is told it in their own language, whenever it was kept.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

GAP = re.compile(r"\{(\w+)\}")
Say = Callable[[str], str]
_templates: dict[str, re.Pattern[str]] = {}


def N_(text: str) -> str:  # noqa: N802 -- the usual name of this mark
    """The text as it is; ``run.py texts`` finds it here, and the room that shows it translates it."""
    know([text])
    return text


def plural(one: str, many: str) -> tuple[str, str]:
    """The same for a text that counts; the room that shows it hands both to ``ngettext``."""
    return one, many


def know(templates: Iterable[str]) -> None:
    """Sentences with ``{gaps}`` that may be kept filled in, for ``told``."""
    for text in templates:
        if GAP.search(text) and text not in _templates:
            parts = GAP.split(text)  # text, name, text, name, … text
            seen: set[str] = set()
            shape = "".join(_part(n, part, seen) for n, part in enumerate(parts))
            _templates[text] = re.compile(shape, re.DOTALL)
            _source.cache_clear()


def _part(place: int, part: str, seen: set[str]) -> str:
    if not place % 2:
        return re.escape(part)
    again = part in seen
    seen.add(part)
    return f"(?P={part})" if again else f"(?P<{part}>.+?)"


def told(text: str, say: Say) -> str:
    """A sentence as its reader is told it; one that nobody marked, such as an organiser's own, stays as it is."""
    template, values = _source(text)
    if template is None:
        return say(text) if text else ""
    return say(template).format(**{name: say(value) for name, value in values.items()})


@lru_cache(maxsize=4096)
def _source(text: str) -> tuple[str | None, dict[str, str]]:
    for template in sorted(_templates, key=len, reverse=True):  # the longest that fits says most
        if found := _templates[template].fullmatch(text):
            return template, found.groupdict()
    return None, {}
