"""What an applicant may read of the evaluation: marks and comments by criterion, without anybody's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from booster.calls.models import Call, Criterion
from booster.evaluation import queries as evaluation
from booster.evaluation.models import Consensus, Evaluation, Evaluator, Mark
from booster.evaluation.rules.scores import Score
from booster.selection.rules.feedback import without_names


@dataclass(frozen=True, slots=True)
class CriterionRead:
    """One criterion: the mean mark of 5 (``None``: not marked), its weight, whether it was under its minimum."""

    title: str
    mark: Decimal | None
    weight: Decimal
    minimum: Decimal | None
    short: bool
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """``points`` of 100. ``comments``: on the whole file; the text of the consensus where there was one."""

    points: Decimal | None
    criteria: tuple[CriterionRead, ...]
    comments: tuple[str, ...]


def feedback(call: Call, *, only: int | None = None) -> dict[int, Feedback]:
    """The feedback for each evaluated file of a call, by application id; ``only`` for one. Eight queries.

    Only signed evaluations that count are read. Where the evaluators agreed on a consensus its text replaces theirs.
    """
    scores = evaluation.scores(call)
    criteria = list(call.criteria.all())
    names = [
        part
        for pair in Evaluator.objects.filter(call=call).values_list("person__name", "person__email")
        for part in pair
    ]
    marked, whole = _comments(call, only), _wholes(call, only)
    agreed = _agreed(call, only)
    wanted = [only] if only is not None else list(scores)
    found = {}
    for application in wanted:
        if (score := scores.get(application)) is None:
            continue
        talked = application in agreed
        comments = {} if talked else marked.get(application, {})
        texts = [agreed[application]] if talked else whole.get(application, [])
        found[application] = _feedback(score, criteria, comments, texts, names)
    return found


def _feedback(
    score: Score, criteria: Sequence[Criterion], comments: Mapping[str, list[str]], texts: list[str], names: list[str]
) -> Feedback:
    return Feedback(
        points=score.points,
        criteria=tuple(
            CriterionRead(
                title=one.title,
                mark=score.by_criterion.get(one.key),
                weight=one.weight,
                minimum=one.minimum,
                short=one.key in score.short_of,
                comments=_clean(comments.get(one.key, []), names),
            )
            for one in criteria
        ),
        comments=_clean(texts, names),
    )


def _clean(texts: Sequence[str], names: list[str]) -> tuple[str, ...]:
    """In the order of the alphabet, so that the order does not tell who wrote which."""
    return tuple(sorted({clean for text in texts if (clean := without_names(text, names))}))


def _comments(call: Call, only: int | None) -> dict[int, dict[str, list[str]]]:
    marks = Mark.objects.filter(
        evaluation__in=Evaluation.objects.counted(), evaluation__assignment__application__call=call
    ).exclude(comment="")
    if only is not None:
        marks = marks.filter(evaluation__assignment__application=only)
    found: dict[int, dict[str, list[str]]] = {}
    for application, key, comment in marks.values_list(
        "evaluation__assignment__application_id", "criterion__key", "comment"
    ):
        found.setdefault(application, {}).setdefault(key, []).append(comment)
    return found


def _wholes(call: Call, only: int | None) -> dict[int, list[str]]:
    rows = Evaluation.objects.counted().filter(assignment__application__call=call).exclude(comment="")
    if only is not None:
        rows = rows.filter(assignment__application=only)
    found: dict[int, list[str]] = {}
    for application, comment in rows.values_list("assignment__application_id", "comment"):
        found.setdefault(application, []).append(comment)
    return found


def _agreed(call: Call, only: int | None) -> dict[int, str]:
    rows = Consensus.objects.filter(application__call=call, state="agreed")
    if only is not None:
        rows = rows.filter(application=only)
    return dict(rows.values_list("application_id", "text"))
