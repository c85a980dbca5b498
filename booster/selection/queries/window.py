"""Which part of the builder's list one page shows: the group, the reserve, the nearest below, or what was found."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booster.selection.queries.board import Board, PersonRow

SIZE = 30  # people below the line on one page
MOST = 120  # people of the group, and of the reserve, that one page shows


@dataclass(frozen=True, slots=True)
class Look:
    """What the organiser wants to see of the list: words, a value (``country:DE``), a page of those below the line."""

    words: str = ""
    of: str = ""
    page: int = 1

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.of)


@dataclass(frozen=True, slots=True)
class Window:
    """The people of one page. The counts are of all, whatever is shown.

    ``group``: who is in, and in their old places those whom a hand left out. ``outside`` cannot be chosen.
    """

    look: Look
    group: tuple[PersonRow, ...]
    reserve: tuple[PersonRow, ...]
    below: tuple[PersonRow, ...]
    outside: tuple[PersonRow, ...]
    group_count: int
    reserve_count: int
    below_count: int
    outside_count: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        return (self.page - 1) * SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.below) - 1

    @property
    def found(self) -> int:
        return self.group_count + self.reserve_count + self.below_count

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def next(self) -> int:
        return self.page + 1 if self.page < self.pages else 0


def window(board: Board, look: Look) -> Window:
    """Cut the board's list for one page. No query."""
    group: list[PersonRow] = []
    reserve: list[PersonRow] = []
    below: list[PersonRow] = []
    for one in _matching(board.rows, look):
        (group if one.is_in or one.by_hand else reserve if one.reserve else below).append(one)
    reserve.sort(key=lambda one: one.reserve or 0)
    outside = list(_matching(board.outside, look))
    pages = max(1, -(-len(below) // SIZE))
    page = min(max(1, look.page), pages)
    return Window(
        look=look,
        group=tuple(group[:MOST]),
        reserve=tuple(reserve[:MOST]),
        below=tuple(below[(page - 1) * SIZE : page * SIZE]),
        outside=tuple(outside[:SIZE]),
        group_count=len(group),
        reserve_count=len(reserve),
        below_count=len(below),
        outside_count=len(outside),
        page=page,
        pages=pages,
    )


def _matching(rows: Sequence[PersonRow], look: Look) -> Iterable[PersonRow]:
    words = _folded(look.words).split()
    if not words and not look.of:
        yield from rows
        return
    for one in rows:
        if look.of and look.of not in one.carries:
            continue
        if words:
            told = _folded(f"{one.title} {one.reference} {one.organisation} {one.country} {one.about}")
            if not all(word in told for word in words):
                continue
        yield one


def _folded(text: str) -> str:
    """Without accents and case, so that Jose finds José."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
