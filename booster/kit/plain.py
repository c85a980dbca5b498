"""Plain values out of cells and boxes: the door of all rooms to ``craft.reading``. Pure."""

from booster.craft.reading import (
    LOOKALIKE,
    SENTENCES,
    Unclear,
    clean,
    day,
    decimal_number,
    fold,
    moment,
    one_slip,
    skeleton,
    whole_number,
    word_count,
    words,
    writes_day_first,
    yes_no,
)  # fmt: skip
from booster.kit.words import know

__all__ = [
    "LOOKALIKE", "Unclear", "clean", "day", "decimal_number", "fold", "moment", "one_slip", "skeleton", "whole_number",
    "word_count", "words", "writes_day_first", "yes_no",
]  # fmt: skip

know(SENTENCES.values())
