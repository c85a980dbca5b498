"""The one place where marks become totals: every list, board, ranking and letter takes them from here."""

from decimal import Decimal
from typing import Any

from booster.calls.models import Call
from booster.evaluation.models import SILENT, Consensus, Mark
from booster.evaluation.rules.scores import CriterionOf, Score, score

Given = dict[int, dict[int, dict[str, Decimal]]]


def criteria_of(call: Call) -> list[CriterionOf]:
    """The criteria of a call in order. One query."""
    return [CriterionOf(c.key, c.title, c.weight, c.minimum) for c in call.criteria.all()]


def scores(call: Call) -> dict[int, Score]:
    """The score of every file with a counted evaluation, by application id. Three queries, however many files.

    Barred, doubtful and ended assignments never count, nor do unsigned evaluations.
    """
    criteria, agreed = criteria_of(call), _agreed(call)
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
