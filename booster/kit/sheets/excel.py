"""Grids out of Excel workbooks. Nothing is trusted: sizes, ratios, document types and dimensions are checked. Pure."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

from booster.kit.plain import clean
from booster.kit.sheets.grid import (
    HEADER_WITHIN,
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_RATIO,
    MAX_ROWS,
    MAX_UNPACKED,
    Cell,
    Grid,
    Row,
    UnreadableSheet,
    too_many_rows,
)

LONG_SPACE = 20  # a longer text is taken for a value without looking for invisible characters
BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, EOFError, OSError, RuntimeError, NotImplementedError, AssertionError,
)  # fmt: skip


def grids(content: bytes, filename: str) -> list[Grid]:
    import openpyxl  # noqa: PLC0415 -- it brings numpy along: a second for every process that reads no workbook

    _inspect(content, filename)
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(content)) as archive:
            warnings.simplefilter("ignore")  # openpyxl tells of styles and validations that it drops
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            results = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False, data_only=True)
            found = []
            for sheet in book.worksheets:
                xml = archive.read(vars(sheet)["_worksheet_path"])
                sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
                rows = list(_excel_rows(sheet.iter_rows(values_only=True), filename))
                if re.search(rb"<(?:\w+:)?f[ >]", xml):
                    rows = _with_results(rows, results[sheet.title])
                found.append(Grid(sheet.title, rows, _merged(xml)))
            return found
    except BROKEN as trouble:
        raise UnreadableSheet(
            "“%(name)s” is damaged or no Excel workbook. Open it, save it as .xlsx and try again.", name=filename
        ) from trouble


def _inspect(content: bytes, filename: str) -> None:
    """Refuse bombs before anything is parsed: sizes as zip tells them (zipfile enforces them), document types."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _weigh(parts, filename)
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise UnreadableSheet("“%(name)s” is no Excel workbook: save it as .xlsx or .csv.", name=filename)
            for part in parts:
                xml = archive.read(part)
                _no_document_type(xml, filename)
                if part.filename.startswith("xl/worksheets/"):
                    _count_rows(xml, filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as trouble:
        raise UnreadableSheet("“%(name)s” is damaged: it cannot be unpacked.", name=filename) from trouble


def _weigh(parts: Sequence[zipfile.ZipInfo], filename: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableSheet("“%(name)s” is protected by a password. Save it without one.", name=filename)
    swollen = any(p.file_size > 10_000_000 and p.file_size > MAX_RATIO * max(p.compress_size, 1) for p in parts)
    if swollen or len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UnreadableSheet("“%(name)s” unpacks to far more than a table needs; it was not opened.", name=filename)


def _no_document_type(xml: bytes, filename: str) -> None:
    if b"<" not in xml[:8]:  # pictures and the like; a part may be XML whatever its name
        return
    encoding = re.search(rb"encoding=[\"']([\w-]+)", xml[:200])
    usual = not encoding or encoding[1].lower() in (b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1")
    hidden = any(
        word.encode(code) in xml for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
    )
    if hidden or not usual:
        raise UnreadableSheet(
            "“%(name)s” holds a document type, which no workbook needs; it was not opened.", name=filename
        )


def _count_rows(xml: bytes, filename: str) -> None:
    """Refuse what has too many rows before the slow reading begins; rows without any value do not count."""
    starts = re.compile(rb"<(?:\w+:)?row[ >]")
    if len(starts.findall(xml)) > MAX_ROWS + HEADER_WITHIN:
        filled = sum(b"v>" in part or b"is>" in part for part in starts.split(xml)[1:])
        if filled > MAX_ROWS + HEADER_WITHIN:
            raise too_many_rows(filename)


def _merged(xml: bytes) -> tuple[tuple[int, int, int, int], ...]:
    found = re.findall(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)\"", xml[xml.rfind(b"sheetData") :])
    return tuple(_corners(ref.decode()) for ref in found[:MAX_ROWS])


def _corners(ref: str) -> tuple[int, int, int, int]:
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 -- as above

    left, top, right, bottom = range_boundaries(ref)
    return left or 1, top or 1, right or 1, bottom or 1


def _excel_rows(table: Iterable[Iterable[object]], filename: str) -> Iterator[Row]:
    for number, row in enumerate(table, start=1):
        values = {i: v for i, cell in enumerate(row) if cell is not None and (v := _value(cell)) is not None}
        if values:
            if max(values) >= MAX_COLUMNS:
                raise UnreadableSheet("“%(name)s” has more than %(n)s columns.", name=filename, n=MAX_COLUMNS)
            yield number, values


def _with_results(rows: list[Row], sheet: Any) -> list[Row]:
    """What formulas gave when the file was saved, as a person sees it, in place of the formulas; nothing is reckoned
    here, and a formula without a kept result stays its own text."""
    sheet.reset_dimensions()
    last = dict(enumerate(sheet.iter_rows(values_only=True), start=1))
    return [(number, {i: _seen(value, last[number][i]) for i, value in values.items()}) for number, values in rows]


def _seen(value: Cell, result: object) -> Cell:
    return result if isinstance(value, str) and value.startswith("=") and result is not None else value


def _value(value: object) -> Cell | None:
    """Array formulas as their text; a text of nothing but white space is no value."""
    if isinstance(value, str):
        return value if len(value) > LONG_SPACE or clean(value) else None
    text = getattr(value, "text", None)
    return value if text is None else f"={str(text).removeprefix('=')}"
