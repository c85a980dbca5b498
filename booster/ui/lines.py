"""Many lines of a list or table from one shape: Django's ``format_html`` without the cost of its lazy texts."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString


def line(shape: str, cells: Iterable[object]) -> SafeString:
    """The shape with its braces filled in order; every cell is escaped unless it is HTML already. The shape is
    written in the code or comes from ``format_html``, never from a reader."""
    return SafeString(shape.format(*(cell if isinstance(cell, SafeString) else escape(str(cell)) for cell in cells)))


def lines(shape: str, rows: Iterable[Iterable[object]]) -> SafeString:
    """A line for each row, one after the other."""
    return SafeString("".join(line(shape, cells) for cells in rows))
