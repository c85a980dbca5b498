"""Choosing by cut-off: the files that one rolling cut-off takes are a batch, chosen from and told on its own.

Whoever has a place from another batch counts in the group: in its seats, its limits, its organisations. A batch is said
by the ``cut_off`` that filters use: the cut-off's id, ``0`` for files sent after the last, nothing for the whole call.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.calls import queries as calls
from booster.calls.models import Call
from booster.craft.balance import Candidate
from booster.evaluation.rules.scores import CriterionOf
from booster.kit import inlets
from booster.selection.models import Decision, Scenario
from booster.selection.queries.pool import Standing, candidates, standings
from booster.ui.templatetags import moments

HELD = "selection.held"  # inlet: JSON {application id: whether its seat is held or offered} of those who were given one


@dataclass(frozen=True, slots=True)
class Batch:
    """The files of a cut-off and how far they are. ``closes_at`` is ``None`` after the last cut-off."""

    key: str
    label: str
    closes_at: datetime | None
    passed: bool
    files: int
    decided: int
    told: int

    @property
    def waits(self) -> bool:
        """Whether it has passed and files of it are not decided on."""
        return self.passed and self.decided < self.files


def batches_of(call: Call, *, at: datetime) -> list[Batch]:
    """The batches of a call in their order, those after the last cut-off at the end. Two queries, none for a call
    without cut-offs."""
    cut_offs = calls.cut_offs_of(call)
    if not cut_offs:
        return []
    rows = Application.objects.filter(call=call, state="submitted").order_by().values("cut_off_id")
    counted = rows.annotate(
        files=Count("pk"),
        decided=Count("pk", filter=Q(decision__isnull=False)),
        told=Count("pk", filter=Q(decision__state="told")),
    )
    counts: dict[int | None, tuple[int, int, int]] = {
        row["cut_off_id"]: (row["files"], row["decided"], row["told"]) for row in counted
    }
    named = [
        Batch(str(one.pk), moments.zoned(one.closes_at, call.zone), one.closes_at, one.closes_at < at,
              *counts.get(one.pk, (0, 0, 0)))
        for one in cut_offs
    ]  # fmt: skip
    rest = Batch("0", _("After the last cut-off"), None, call.state != "open", *counts.get(None, (0, 0, 0)))
    return [*named, rest]


def usual(found: Sequence[Batch]) -> str:
    """The batch that a page is about when nobody says: the first that waits for decisions, else the last that has
    passed; nothing while none has. No query."""
    passed = [one for one in found if one.passed and one.files]
    return next((one.key for one in passed if one.waits), passed[-1].key if passed else "")


def is_known(call: Call, cut_off: str) -> bool:
    """Whether the call has this batch. At most one query."""
    if not cut_off:
        return True
    return call.rolling and cut_off in {"0", *(str(one.pk) for one in calls.cut_offs_of(call))}


def has_passed(call: Call, cut_off: str, *, at: datetime) -> bool:
    """Whether no more files can come into the batch. At most one query."""
    if not cut_off:
        return True
    if cut_off == "0":
        return call.state != "open"
    return any(str(one.pk) == cut_off and one.closes_at < at for one in calls.cut_offs_of(call))


def chosen_on_its_own(call: Call, application: Application) -> str:
    """The batch whose ranks a file stands among: its cut-off when that was chosen from alone, else the whole call. At
    most one query."""
    key = str(application.cut_off_id or 0)
    alone = call.rolling and Scenario.objects.filter(call=call, state="adopted", cut_off=key).exists()
    return key if alone else ""


@dataclass(frozen=True, slots=True)
class Field:
    """Who is chosen from, the best first, and who has a place already."""

    call: Call
    found: list[Standing]
    seated: list[Standing]

    @property
    def seated_ids(self) -> list[str]:
        """The references of those who have a place already, in the order of their points."""
        return [one.application.reference for one in self.seated]

    def candidates(self, known: Collection[int] | None = None) -> list[Candidate]:
        """For the solver, the ``seated`` among them. ``known``: who took part before. One query, none with it."""
        return candidates(self.call, self.found, self.seated, known)


def field(
    call: Call,
    cut_off: str = "",
    *,
    criteria: Sequence[CriterionOf] | None = None,
    held: Collection[int] | None = None,
) -> Field:
    """The files of a batch with who has a place from the others; ``criteria`` and ``held`` (the holders) for who knows
    them already. Four queries, for a batch one more and those of the room that offers seats."""
    every = standings(call, criteria)
    if not cut_off:
        return Field(call, every, [])
    mine = {one.application.pk for one in every if str(one.application.cut_off_id or 0) == cut_off}
    found = [one for one in every if one.application.pk in mine]
    others = set(holders(call) if held is None else held) - mine
    seated = [one for one in every if one.application.pk in others]
    return Field(call, found, seated)


def holders(call: Call) -> set[int]:
    """The applications that have a place: chosen and not given back, or moved up. One query and those of the room that
    offers seats."""
    rows = Decision.objects.filter(call=call, outcome=Decision.Outcome.CHOSEN, application__state="submitted")
    places = dict.fromkeys(rows.values_list("application_id", flat=True), True)
    for told in inlets.fragments(HELD):
        places |= {int(pk): bool(held) for pk, held in json.loads(told(None, call) or "{}").items()}
    return {pk for pk, held in places.items() if held}
