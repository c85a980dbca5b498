"""A grid out of CSV in whatever encoding and with whatever delimiter. Pure."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from booster.kit.plain import clean
from booster.kit.sheets.grid import (
    HEADER_WITHIN,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Grid,
    Row,
    UnreadableSheet,
    too_many_rows,
)
from booster.kit.words import N_

Score = Callable[[Sequence[str]], int]
NOT_UTF8 = N_("The file is not in UTF-8; it was read as Western European text.")
ODD_MARKS = N_("The file holds an odd number of quotation marks: look at its last rows.")


def utf16(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    odd, even = content[1:400:2], content[0:400:2]
    if len(odd) > 3 and odd.count(0) > 0.7 * len(odd) and not even.count(0):
        return "utf-16-le"
    return "utf-16-be" if len(even) > 3 and even.count(0) > 0.7 * len(even) and not odd.count(0) else None


def _decoded(content: bytes, filename: str) -> tuple[str, tuple[str, ...]]:
    for encoding in (utf16(content) or "utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        note = () if encoding != "cp1252" else (NOT_UTF8,)
        return text, note
    return content.decode("latin-1"), (NOT_UTF8,)


def grid(content: bytes, filename: str, score: Score) -> Grid:
    text, notes = _decoded(content, filename)
    text = text.replace("\0", "").lstrip("\ufeff")
    told = re.match(r"sep=(.)\r?\n", text)
    text = text[told.end() :] if told else text
    if text.count('"') % 2:
        notes = (*notes, ODD_MARKS)
    delimiter = told[1] if told else _delimiter(text, score)
    rows: list[Row] = []
    try:
        for number, record in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=2 if told else 1
        ):
            values: dict[int, Cell] = {i: v for i, v in enumerate(record[:MAX_COLUMNS]) if clean(v)}
            if values:
                rows.append((number, values))
            if len(rows) > MAX_ROWS + HEADER_WITHIN:
                raise too_many_rows(filename)
    except csv.Error as trouble:
        raise UnreadableSheet(
            "“%(name)s” cannot be split into columns after row %(row)s: a quotation mark may be missing.",
            name=filename,
            row=rows[-1][0] if rows else 0,
        ) from trouble
    return Grid(Path(filename).stem, rows, notes=notes)


def _delimiter(text: str, score: Score) -> str:
    """The one under which most header texts are recognised; among equals the one that makes most columns."""

    def worth(delimiter: str) -> tuple[int, int]:
        try:
            reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
            records = [record for record, _ in zip(reader, range(HEADER_WITHIN), strict=False)]
        except csv.Error:
            return (0, 0)
        return max((score(r) for r in records), default=0), max(map(len, records), default=0)

    return max((";", ",", "\t", "|"), key=worth)
