"""Plain values out of what people type into cells and boxes. Pure.

Everything here accepts any cell value (text, number, date, nothing). ``None`` comes back for an empty cell;
``Unclear`` is raised, with a sentence for a person, when a cell holds something that cannot be read honestly.
"""

from booster.craft.reading.moments import day, moment, writes_day_first
from booster.craft.reading.numbers import decimal_number, whole_number
from booster.craft.reading.replies import yes_no
from booster.craft.reading.text import (
    LOOKALIKE,
    SENTENCES,
    Unclear,
    clean,
    fold,
    one_slip,
    skeleton,
    word_count,
    words,
)

__all__ = [
    "LOOKALIKE", "SENTENCES", "Unclear", "clean", "day", "decimal_number", "fold", "moment", "one_slip", "skeleton",
    "whole_number", "word_count", "words", "writes_day_first", "yes_no",
]  # fmt: skip
