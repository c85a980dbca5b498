"""Pages of a long list: two queries, a number outside the range shows the nearest page."""

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


def page(rows: QuerySet[T, Any], *, number: object, size: int = 50) -> Page[T]:
    """``number`` is whatever stood in the address: nonsense means the first page."""
    total = rows.count()
    pages = max(1, -(-total // size))
    wanted = int(str(number)) if str(number).isdecimal() and len(str(number)) < 10 else 1
    here = min(max(1, wanted), pages)
    return Page(items=list(rows[(here - 1) * size : here * size]), number=here, pages=pages, total=total)
