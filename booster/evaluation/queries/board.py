"""All files of a call with what their evaluators came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from booster.applications.models import Application
from booster.applications.queries import of_cut_off
from booster.calls.models import Call
from booster.evaluation.models import Assignment, Consensus, Screening
from booster.evaluation.queries.scores import scores
from booster.evaluation.rules.scores import Score, passes
from booster.kit import plain

NOTHING = Decimal(-1)
SORTS = ("points", "spread", "title", "reference", "signed")
SHOWN = ("passes", "fails", "apart", "unfinished", "agreed", "ineligible")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One sent file. ``given`` counts its live assignments, ``signed`` the evaluations that count. ``eligible`` is
    ``None`` while nobody has checked; ``consensus`` is empty, ``open`` or ``agreed``."""

    pk: int
    reference: str
    title: str
    organisation: str
    country: str
    score: Score | None
    given: int
    eligible: bool | None
    code: str
    consensus: str
    passes: bool

    @property
    def signed(self) -> int:
        return self.score.count if self.score else 0

    @property
    def points(self) -> Decimal:
        return self.score.points if self.score and self.score.points is not None else NOTHING


def board(call: Call, *, cut_off: str = "") -> list[BoardRow]:
    """The best first; files without a score last, those that are not eligible at the very end. Seven queries, whatever
    the number of files."""
    found = scores(call)
    verdicts = {
        application: (eligible, code)
        for application, eligible, code in Screening.objects.filter(application__call=call)
        .order_by()
        .values_list("application_id", "eligible", "code")
    }
    live = Assignment.objects.live().filter(application__call=call).order_by().values_list("application_id")
    given = dict(live.annotate(count=Count("pk")))
    agreed = dict(Consensus.objects.filter(application__call=call).order_by().values_list("application_id", "state"))
    rows = (
        of_cut_off(Application.objects.filter(call=call, state="submitted"), cut_off)
        .order_by()
        .values_list("pk", "reference", "title", "organisation__name", "country")
    )
    made = [
        BoardRow(
            pk, reference, title or reference, organisation or "", country, found.get(pk), given.get(pk, 0),
            *verdicts.get(pk, (None, "")), agreed.get(pk, ""),
            pk in found and passes(found[pk], threshold=call.threshold),
        )
        for pk, reference, title, organisation, country in rows
    ]  # fmt: skip
    return arranged(made, sort="points", descending=True)


def narrowed(rows: Sequence[BoardRow], *, text: str = "", shown: str = "", wanted: int = 0) -> list[BoardRow]:
    """Those that hold every word of ``text`` and are as ``shown`` says; ``wanted``: evaluators for each file."""
    words = plain.fold(text).split()[:8]
    kept = [row for row in rows if _fits(row, shown, wanted)]
    return [row for row in kept if not words or _holds(row, words)]


def _holds(row: BoardRow, words: Sequence[str]) -> bool:
    hay = plain.fold(f"{row.reference} {row.title} {row.organisation}")
    return all(word in hay for word in words)


def _fits(row: BoardRow, shown: str, wanted: int) -> bool:
    tests = {
        "passes": row.passes and row.eligible is True,
        "fails": row.score is not None and not row.passes,
        "apart": row.score is not None and row.score.diverges,
        "unfinished": row.eligible is not False and row.signed < wanted,
        "agreed": row.consensus == "agreed",
        "ineligible": row.eligible is False,
    }
    return tests.get(shown, True)


def arranged(rows: Sequence[BoardRow], *, sort: str, descending: bool) -> list[BoardRow]:
    """In order; what is not eligible stays at the end either way, and equals stay in the order of their references."""
    keys = {
        "points": lambda row: row.points,
        "spread": lambda row: row.score.spread if row.score else NOTHING,
        "title": lambda row: plain.fold(row.title),
        "signed": lambda row: row.signed,
    }
    found = sorted(rows, key=lambda row: row.reference)
    if sort in keys:
        found.sort(key=keys[sort], reverse=descending)
    elif descending:
        found.reverse()
    return sorted(found, key=lambda row: row.eligible is False)
