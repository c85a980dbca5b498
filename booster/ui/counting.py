"""How long a text is, for limits. The browser's counter (x-counter) follows the same rule. Pure."""

import re
import unicodedata

# Zero-width and direction marks: they take no room, so they must not make or hide a word.
_WEIGHTLESS = dict.fromkeys(
    [
        0x00AD,
        0x034F,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x2070),
        0xFEFF,
    ]
)
_LINE_END = re.compile(r"\r\n?")


def settled(text: str) -> str:
    """The text as it is counted: composed (NFC), without weightless marks, every line end one ``\\n``."""
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", text).translate(_WEIGHTLESS))


def words(text: str) -> int:
    """Runs between Unicode white space."""
    return len(settled(text).split())


def characters(text: str) -> int:
    """Code points, a line end counts one."""
    return len(settled(text))
