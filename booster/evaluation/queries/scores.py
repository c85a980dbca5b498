"""The one place where marks become totals: every list, board, ranking and letter takes them from here."""

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from booster.calls.models import Call
from booster.chronicle import queries as chronicle
from booster.evaluation.models import SILENT, Consensus, Mark
from booster.evaluation.rules.scores import CriterionOf, Score, score
from booster.kit.keeping import kept
from booster.people.facts import MERGED, ORGANISATION_CHANGED

Given = dict[int, dict[int, dict[str, Decimal]]]


def criteria_of(call: Call) -> list[CriterionOf]:
    """The criteria of a call in order. One query."""
    return [CriterionOf(c.key, c.title, c.weight, c.minimum) for c in call.criteria.all()]


def as_of(call: Call) -> Hashable:
    """Another value after everything that was stated about the files of a call, their applicants and organisations,
    their verdicts, readers and evaluations: what a page reads of them may be kept by it. Two queries."""
    return chronicle.as_of(call.edition_id, besides=(MERGED, ORGANISATION_CHANGED))


def scores(call: Call, criteria: Sequence[CriterionOf] | None = None) -> Mapping[int, Score]:
    """The score of every file with a counted evaluation, by application id; ``criteria`` for who knows them already.
    Three queries, however many files. They are worked out once for all pages until something is stated.

    Barred, doubtful and ended assignments never count, nor do unsigned evaluations.
    """
    weighed = tuple(criteria_of(call) if criteria is None else criteria)
    return kept(("scores", call.pk), lambda: (as_of(call), weighed), lambda: _worked_out(call, weighed))


def _worked_out(call: Call, criteria: Sequence[CriterionOf]) -> dict[int, Score]:
    agreed = _agreed(call)
    return {
        application: score(criteria, list(evaluations.values()), consensus=agreed.get(application))
        for application, evaluations in given_marks(call).items()
    }


def given_marks(call: Call) -> Given:
    """{application id: {evaluator id: {criterion key: mark}}} of all that counts. One query."""
    marks = (
        Mark.objects.filter(
            evaluation__assignment__application__call=call, evaluation__state="signed", value__isnull=False
        )
        .exclude(evaluation__assignment__state__in=SILENT)
        .order_by()
        .values_list(
            "evaluation__assignment__application_id", "evaluation__assignment__evaluator_id", "criterion__key", "value"
        )
    )
    given: Given = {}
    rows: Any = marks
    for application, evaluator, key, value in rows:
        given.setdefault(application, {}).setdefault(evaluator, {})[key] = value
    return given


def _agreed(call: Call) -> dict[int, dict[str, Decimal]]:
    rows: Any = Consensus.objects.filter(application__call=call, state="agreed").values_list("application_id", "marks")
    return {application: {key: Decimal(mark) for key, mark in marks.items()} for application, marks in rows}
