"""Covering what tells who applies, for blind reading. Pure."""

import re
from collections.abc import Iterable

COVER = "▇▇▇"
SHORTEST = 3  # letters of a word that is covered by itself
ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
LINK = r"(?:https?://|www\.)\S+"


def secrets(texts: Iterable[str]) -> list[str]:
    """Every text that is not too short to cover, once; the longest first so that nothing is left over."""
    whole = {" ".join(text.split()) for text in texts if len(text.strip()) >= SHORTEST}
    return sorted(whole, key=lambda text: (-len(text), text))


def words_of(name: str) -> list[str]:
    """The parts of a person's name that give them away alone."""
    return [word for word in re.split(r"[\s,.]+", name) if len(word) >= SHORTEST]


def covered(text: str, hidden: Iterable[str]) -> str:
    """The text without addresses, links and the hidden words, whatever their case; whole words only."""
    parts = [ADDRESS, LINK, *(rf"(?<!\w){_pattern(word)}(?!\w)" for word in hidden)]
    return re.sub("|".join(parts), COVER, text, flags=re.IGNORECASE)


def _pattern(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())
