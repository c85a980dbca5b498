"""Which batch of a call with cut-offs a page is about."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.timezone import now

from booster.calls.models import Call
from booster.selection import queries as selection

WHOLE = "all"  # in addresses, where nothing said means the usual batch


@dataclass(frozen=True, slots=True)
class Shown:
    """``rows``: the batches to choose from, none for a call without cut-offs; ``key`` of the one shown, as actions and
    queries take it."""

    rows: list[selection.Batch]
    key: str

    @property
    def said(self) -> str:
        """The key as addresses and forms carry it."""
        return self.key or WHOLE if self.rows else ""

    @property
    def batch(self) -> selection.Batch | None:
        return next((one for one in self.rows if one.key == self.key), None)

    @property
    def query(self) -> str:
        """To be put behind an address, with its question mark; empty for a call without cut-offs."""
        asked = QueryDict(mutable=True)
        asked["cut_off"] = self.said
        return f"?{asked.urlencode()}" if self.rows else ""


def looked_at(request: HttpRequest, call: Call, *, settled: Any = None, usual: bool = True) -> Shown:
    """What the address or the form says; ``settled`` when the page is about one already. Without a word the whole call,
    or with ``usual`` the batch that waits. Two queries, none for a call without cut-offs."""
    rows = selection.batches_of(call, at=now())
    wanted = request.POST.get("cut_off", request.GET.get("cut_off", "")) if settled is None else settled
    if settled is not None or wanted == WHOLE or any(one.key == wanted for one in rows):
        return Shown(rows, "" if wanted == WHOLE else wanted)
    return Shown(rows, selection.usual(rows) if usual else "")
