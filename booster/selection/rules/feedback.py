"""What applicants read of their evaluation: marks and comments, never who gave them. Pure."""

import re
from collections.abc import Iterable

HIDDEN = "…"


def without_names(text: str, names: Iterable[str]) -> str:
    """A comment with the names and addresses of evaluators taken out, whole and each longer part of them."""
    parts = {name.strip() for name in names if name and name.strip()}
    parts |= {word for name in list(parts) if "@" not in name for word in name.split() if len(word) > 3}
    for part in sorted(parts, key=lambda one: (-len(one), one)):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    return text.strip()
