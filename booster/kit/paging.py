"""Pages of a long list: two queries, a number outside the range shows the nearest page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

T = TypeVar("T", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    items: list[T]
    number: int
    pages: int
    total: int

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def slice_of(rows: Sequence[T], *, number: object, size: int = 50) -> Page[T]:
    """A page of rows that were read already."""
    pages = max(1, -(-len(rows) // size))
    here = _within(number, pages)
    return Page(items=list(rows[(here - 1) * size : here * size]), number=here, pages=pages, total=len(rows))


def _within(number: object, pages: int) -> int:
    wanted = int(str(number)) if str(number).isdecimal() and len(str(number)) < 10 else 1
    return min(max(1, wanted), pages)


def page(rows: QuerySet[T, Any], *, number: object, size: int = 50) -> Page[T]:
    """``number`` is whatever stood in the address: nonsense means the first page."""
    total = rows.count()
    pages = max(1, -(-total // size))
    here = _within(number, pages)
    return Page(items=list(rows[(here - 1) * size : here * size]), number=here, pages=pages, total=total)
