"""The header row among the first rows, and the rows below it. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from booster.kit.plain import clean, fold
from booster.kit.sheets.columns import Spellings, match_columns
from booster.kit.sheets.grid import HEADER_WITHIN, Cell, Grid, Row
from booster.kit.words import N_

REPEATED = N_("Row {row} repeats the header and was left out.")
BANNER = N_("Row {row} is a title across the table and was left out.")
DOWN = N_("Cells {first} to {last} are merged: what stands there counts for each of these rows.")
ACROSS = N_("Cells {first} to {last} are merged: what stands there counts for the first column, the others are empty.")
FURTHER = N_("Further cells are merged, {count} times.")
MERGES_TOLD = 10
TWO_LINES = N_("Rows {row} and {other} were read as one header.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``header_row`` is 0 when no header row was recognised (then headers and rows are empty). Row numbers
    are those that a spreadsheet program shows; cells without a value are absent from a row; empty rows are left out."""

    name: str
    header_row: int = 0
    headers: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()


def score(texts: Sequence[str], expected: Spellings) -> int:
    found = match_columns(texts, expected, alike=1.0)
    return len(found.columns) + len(found.ambiguous)


def _texts(values: Mapping[int, Cell]) -> tuple[str, ...]:
    """A row's texts by column; numbers and long texts are no headers."""
    return tuple(
        clean(v) if isinstance(v := values.get(i), str) and len(v) <= 300 else "" for i in range(max(values) + 1)
    )


def _recognised(texts: Sequence[str], expected: Spellings) -> set[int]:
    found = match_columns(texts, expected, alike=1.0)
    return set(found.columns.values()).union(*found.ambiguous.values())


def table(grid: Grid, expected: Spellings) -> Sheet:
    """The sheet that a grid holds; without a header row when no row shows three of the expected headers (or all, when
    fewer are expected). Nearly right headers count only when no row holds enough right ones."""
    top = [(index, _texts(values)) for index, (_, values) in enumerate(grid.rows[:HEADER_WITHIN])]
    least = min(3, len(expected))
    best = max(((score(texts, expected), -index, texts) for index, texts in top), default=(0, 0, ()))
    if best[0] < least:
        best = max(((len(match_columns(t, expected).columns), -i, t) for i, t in top), default=best)
    if best[0] < least:
        return Sheet(grid.name, notes=grid.notes)
    index, texts = -best[1], best[2]
    texts, last, notes = _both_lines(grid, index, texts, expected)
    rows, more = _data_rows(grid, last, texts)
    return Sheet(grid.name, grid.rows[index][0], texts, tuple(rows), (*grid.notes, *notes, *more))


def _both_lines(
    grid: Grid, index: int, texts: tuple[str, ...], expected: Spellings
) -> tuple[tuple[str, ...], int, tuple[str, ...]]:
    """A header on two lines (cells merged across or down) becomes one; returns texts, index of the last line, notes."""
    number = grid.rows[index][0]
    known = _recognised(texts, expected)
    for other in (index - 1, index + 1):
        if not 0 <= other < len(grid.rows) or abs(grid.rows[other][0] - number) != 1:
            continue
        line = _texts(grid.rows[other][1])
        more = _recognised(line, expected) - known
        blank = all(not text for i, text in enumerate(texts) if i in more)
        if more and _folded(line) != _folded(texts) and (blank if other < index else len(more) > 1):
            width = max(len(texts), len(line))
            both = zip(_padded(texts, width), _padded(line, width), range(width), strict=True)
            texts = tuple(low if i in more else up for up, low, i in both)
            last = max(index, other)
            return (
                texts,
                last,
                (TWO_LINES.format(row=min(number, grid.rows[other][0]), other=grid.rows[last][0]),),
            )
    return texts, index, ()


def _padded(texts: Sequence[str], width: int) -> list[str]:
    return [*texts, *[""] * (width - len(texts))]


def _folded(texts: Iterable[str]) -> list[str]:
    return [fold(text) for text in texts if text]


def _data_rows(grid: Grid, last: int, headers: tuple[str, ...]) -> tuple[list[Row], list[str]]:
    known = {text for text in headers if text}
    written = known.union(v for v in grid.rows[last][1].values() if isinstance(v, str))
    rows: list[Row] = []
    notes: list[str] = []
    order: dict[int, int] | None = None  # set when a later header has the columns in another order
    for number, values in _filled(grid, last):
        if sum(isinstance(v, str) and v in written for v in values.values()) > max(1, len(known) // 2):
            order = _new_order(headers, values)
            notes.append(REPEATED.format(row=number))
        elif _is_banner(grid, number, values, len(known)):
            notes.append(BANNER.format(row=number))
        else:
            rows.append((number, {order.get(i, i): v for i, v in values.items()} if order else values))
    return rows, notes + _about_merged(grid, {number for number, _values in rows})


def _about_merged(grid: Grid, rows: set[int]) -> list[str]:
    """Which cells of the rows that are read are merged, and what was made of it."""
    inside = [one for one in grid.merged if rows.intersection(range(one[1], min(one[3], grid.rows[-1][0]) + 1))]
    told = [
        (ACROSS if right > left else DOWN).format(first=_name(left, top), last=_name(right, bottom))
        for left, top, right, bottom in inside[:MERGES_TOLD]
    ]
    more = len(inside) - len(told)
    return [*told, FURTHER.format(count=more)] if more else told


def _name(column: int, row: int) -> str:
    """The name that a spreadsheet program gives a cell: (28, 5) is AB5."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row}"


def _new_order(headers: Sequence[str], values: Mapping[int, Cell]) -> dict[int, int] | None:
    places = {text: i for i, text in enumerate(headers) if text}
    order = {i: places[clean(v)] for i, v in values.items() if clean(v) in places and len(places) == len(set(places))}
    return None if all(a == b for a, b in order.items()) else {**{i: 10_000 + i for i in values}, **order}


def _is_banner(grid: Grid, number: int, values: Mapping[int, Cell], width: int) -> bool:
    wide = [m for m in grid.merged if m[1] <= number <= m[3] and m[2] - m[0] + 1 > max(2, width // 2)]
    return bool(wide) and len(values) == 1


def _filled(grid: Grid, last: int) -> Iterator[Row]:
    """The rows below the header; a cell merged downwards counts for each of its rows."""
    after = grid.rows[last][0]
    down: dict[int, list[tuple[int, int, int]]] = {}
    for column, first, _, end in grid.merged:
        if end > first > after:
            down.setdefault(first, []).append((column - 1, first, end))
    running: list[tuple[int, int, Cell]] = []  # column, last row, value
    for number, values in grid.rows[last + 1 :]:
        running = [(c, end, v) for c, end, v in running if end >= number]
        yield number, {**{c: v for c, _, v in running}, **values}
        running += [(c, end, values[c]) for c, _, end in down.get(number, ()) if c in values]
