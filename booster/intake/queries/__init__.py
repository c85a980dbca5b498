"""Reads of files: what they hold, what they would do, what became of them."""

from booster.intake.queries.reading import FileReading, Header, expected_headers, read_file, saved_columns, sheet_of
from booster.intake.queries.showing import PreviewRow, intakes, preview_rows

__all__ = [
    "FileReading",
    "Header",
    "PreviewRow",
    "expected_headers",
    "intakes",
    "preview_rows",
    "read_file",
    "saved_columns",
    "sheet_of",
]
