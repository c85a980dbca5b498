"""What both kinds of file become before their header is found, and the one error of reading them. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

MAX_BYTES = 40_000_000  # of the file itself
MAX_UNPACKED = 200_000_000  # of all that an xlsx unpacks to: 20,000 rows of 30 full cells need about 60 MB
MAX_RATIO = 250  # unpacked to packed, for parts over 10 MB; real sheets stay under 60, a bomb reaches 1,000
MAX_PARTS = 2_000
MAX_ROWS = 20_000  # openpyxl takes about a millisecond per row of 30 cells; more is refused within two seconds
MAX_COLUMNS = 500
HEADER_WITHIN = 30  # rows from the top in which the header row is looked for

Cell = object
Row = tuple[int, dict[int, Cell]]  # row number as shown, values by 0-based column


class UnreadableSheet(Exception):
    """The file cannot be read as a table; the message tells a person why and what to do. ``sentence`` and ``values``
    are the message before filling in, for translation."""

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence, self.values = sentence, values
        super().__init__(sentence % values if values else sentence)

    def said(self, say: Callable[[str], str]) -> str:
        """The message in the language of ``say``."""
        return say(self.sentence) % self.values if self.values else say(self.sentence)


@dataclass(frozen=True, slots=True)
class Grid:
    name: str
    rows: list[Row]  # without empty rows and empty cells
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first column, first row, last column, last row; 1-based
    notes: tuple[str, ...] = ()


def too_many_rows(filename: str) -> UnreadableSheet:
    return UnreadableSheet(
        "“%(name)s” has more than %(limit)s rows. Split it into several files and take them in one after the other.",
        name=filename,
        limit=f"{MAX_ROWS:,}",
    )
