"""All files of a call with what their evaluators came to."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from booster.applications.models import Application
from booster.applications.queries import of_cut_off
from booster.calls.models import Call
from booster.evaluation.models import Assignment, Consensus, Screening
from booster.evaluation.queries.scores import as_of, criteria_of, scores
from booster.evaluation.rules.scores import CriterionOf, Score, passes
from booster.kit import plain
from booster.kit.keeping import kept

NOTHING = Decimal(-1)
SORTS = ("points", "spread", "title", "reference", "signed")


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


@dataclass(frozen=True, slots=True)
class Board:
    """All rows of a call or of one cut-off, the best first, and how many of them are what."""

    rows: tuple[BoardRow, ...]
    passing: int
    apart: int
    unfinished: int

    def __len__(self) -> int:
        return len(self.rows)


def board(call: Call, *, cut_off: str = "", criteria: Sequence[CriterionOf] | None = None) -> Board:
    """The best first; files without a score last, those that are not eligible at the very end. At most eleven queries,
    whatever the number of files; four while nothing was stated since somebody looked last."""
    weighed = tuple(criteria_of(call) if criteria is None else criteria)
    begun = Consensus.objects.filter(application__call=call).order_by().values_list("application_id", "state")
    agreed = dict(begun)  # a draft of a consensus states nothing, so the key holds what there is

    def key() -> Hashable:
        return as_of(call), weighed, call.threshold, call.evaluators_per_file, frozenset(agreed.items())

    def make() -> Board:
        rows = tuple(_drawn_up(call, cut_off, weighed, agreed))
        wanted = call.evaluators_per_file
        eligible = [row for row in rows if row.eligible is True]
        return Board(
            rows,
            passing=sum(row.passes for row in eligible),
            apart=sum(row.score is not None and row.score.diverges for row in rows),
            unfinished=sum(row.signed < wanted for row in eligible),
        )

    return kept(("board", call.pk, cut_off), key, make)


def _drawn_up(call: Call, cut_off: str, criteria: Sequence[CriterionOf], agreed: Mapping[int, str]) -> list[BoardRow]:
    found = scores(call, criteria)
    verdicts = {
        application: (eligible, code)
        for application, eligible, code in Screening.objects.filter(application__call=call)
        .order_by()
        .values_list("application_id", "eligible", "code")
    }
    live = Assignment.objects.live().filter(application__call=call).order_by().values_list("application_id")
    given = dict(live.annotate(count=Count("pk")))
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


def narrowed(rows: Sequence[BoardRow], *, text: str = "", shown: str = "", wanted: int = 0) -> Sequence[BoardRow]:
    """Those that hold every word of ``text`` and are as ``shown`` says; ``wanted``: evaluators for each file."""
    words = plain.fold(text).split()[:8]
    if fits := FITS.get(shown):
        rows = [row for row in rows if fits(row, wanted)]
    return [row for row in rows if _holds(row, words)] if words else rows


def _holds(row: BoardRow, words: Sequence[str]) -> bool:
    hay = plain.fold(f"{row.reference} {row.title} {row.organisation}")
    return all(word in hay for word in words)


FITS: dict[str, Callable[[BoardRow, int], bool]] = {
    "passes": lambda row, _wanted: row.passes and row.eligible is True,
    "fails": lambda row, _wanted: row.score is not None and not row.passes,
    "apart": lambda row, _wanted: row.score is not None and row.score.diverges,
    "unfinished": lambda row, wanted: row.eligible is not False and row.signed < wanted,
    "agreed": lambda row, _wanted: row.consensus == "agreed",
    "ineligible": lambda row, _wanted: row.eligible is False,
}
SHOWN = tuple(FITS)


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
