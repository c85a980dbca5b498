"""Tables out of spreadsheets that people send: Excel workbooks (xlsx, xlsm) and CSV. Pure.

Content decides about the kind of file, not its name. Formulas are never evaluated: what they gave when the
file was saved is read, or their own text; macros, links and
pictures are not read. The limits in ``grid`` keep a hostile file from hurting.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from booster.kit.sheets import delimited, excel
from booster.kit.sheets.columns import ColumnMapping, Spellings, column_letter, match_columns, zone_named
from booster.kit.sheets.grid import HEADER_WITHIN, MAX_BYTES, Grid, UnreadableSheet
from booster.kit.sheets.header import Sheet, score, table

__all__ = [
    "ColumnMapping", "Sheet", "Spellings", "UnreadableSheet", "Workbook", "column_letter", "match_columns", "read",
    "write_safe", "zone_named",
]  # fmt: skip


OTHER_KINDS = (b"%PDF", b"{\\rtf", b"<?xml", b"<!DOCTYPE", b"<!doctype", b"<html", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")


@dataclass(frozen=True, slots=True)
class Workbook:
    sheets: tuple[Sheet, ...]

    def best(self, wanted: Spellings) -> Sheet:
        """The sheet on which most of the wanted fields are found; the first of equals."""
        return max(self.sheets, key=lambda sheet: len(match_columns(sheet.headers, wanted).columns))


def read(source: Path | bytes, filename: str, expected: Spellings) -> Workbook:
    """Sheets with their header rows found among the first rows by the ``expected`` header texts (field → spellings; for
    a workbook of several tables the union of all). Raises UnreadableSheet; at least one sheet has a header row."""
    content = _content(source, filename)
    grids = _grids(content, filename, expected)
    if not any(grid.rows for grid in grids):
        raise UnreadableSheet("“%(name)s” is empty.", name=filename)
    sheets = tuple(table(grid, expected) for grid in grids)
    if any(sheet.header_row for sheet in sheets):
        return Workbook(sheets)
    raise UnreadableSheet(
        "“%(name)s” has no header row within its first %(rows)s rows. Looked for were headers such as %(headers)s.",
        name=filename,
        rows=HEADER_WITHIN,
        headers=", ".join(f"“{spellings[0]}”" for spellings in list(expected.values())[:8]),
    )


def _content(source: Path | bytes, filename: str) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableSheet(
            "“%(name)s” has %(size)s MB; at most %(limit)s MB can be read.",
            name=filename,
            size=size // 1_000_000,
            limit=MAX_BYTES // 1_000_000,
        )
    content = source if isinstance(source, bytes) else source.read_bytes()
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableSheet("“%(name)s” is empty.", name=filename)
    return content


def _grids(content: bytes, filename: str, expected: Spellings) -> list[Grid]:
    if content.startswith(b"PK\x03\x04"):
        return excel.grids(content, filename)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableSheet("“%(name)s” is protected by a password. Save it without one.", name=filename)
        raise UnreadableSheet("“%(name)s” is in an old format. Save it as an Excel workbook (.xlsx).", name=filename)
    binary = b"\0" in content[:2000] and not delimited.utf16(content)
    if binary or content.startswith(OTHER_KINDS) or filename.lower().endswith((".xlsx", ".xlsm", ".xls")):
        raise UnreadableSheet(
            "“%(name)s” holds no table, whatever its name says. Save it as .xlsx or .csv.", name=filename
        )
    return [delimited.grid(content, filename, lambda texts: score(texts, expected))]


INVISIBLE = " \u00a0\u200b\u200c\u200d\u2060\ufeff"


def write_safe(value: object) -> object:
    """A value for a CSV or Excel export that no spreadsheet program takes for a formula: a text that begins with
    ``= + - @``, a tab or a line end gets an apostrophe before it; characters that Excel cannot hold go. Numbers and
    dates pass as they are: write numbers as numbers."""
    if not isinstance(value, str):
        return value
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", value)
    first = text.lstrip(INVISIBLE)[:1]
    return "'" + text if first and first in "=+-@\t\r\n＝＋－＠" else text
