"""What a consensus starts from, and how far evaluators agree at large."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.calls.models import Call
from booster.craft import agreement
from booster.evaluation.models import CalibrationMark, Consensus, Evaluation, Evaluator
from booster.evaluation.queries.desk import voice_of
from booster.evaluation.queries.scores import criteria_of, given_marks
from booster.evaluation.rules.agreeing import Line, Voice, assembled, lines
from booster.evaluation.rules.scores import CriterionOf, points


@dataclass(frozen=True, slots=True)
class Meeting:
    """All that a consensus page shows of one file."""

    voices: list[Voice]
    lines: list[Line]
    text: str  # to start from
    consensus: Consensus | None


def meeting(application: Application) -> Meeting:
    """Five queries. Evaluators who are barred, in doubt or have not signed have no voice here."""
    rows = (
        Evaluation.objects.counted()
        .filter(assignment__application=application)
        .select_related("assignment__evaluator__person")
        .prefetch_related("marks__criterion")
        .order_by("assignment_id")
    )
    voices = [voice_of(row, row.assignment.evaluator.person.name) for row in rows]
    found = lines(criteria_of(application.call), voices)
    consensus = Consensus.objects.filter(application=application).first()
    return Meeting(voices, found, assembled(found, voices, say=_), consensus)


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far the evaluators of a call agree: over the weighted marks, by criterion, and how strict each one is."""

    whole: tuple[agreement.Reliability, agreement.Reliability]  # ICC, alpha of the weighted marks
    by_criterion: list[tuple[CriterionOf, agreement.Reliability]]
    severities: list[tuple[str, agreement.Severity]]  # name, figure; the strictest first
    apart: int  # files over the threshold of divergence


def reliability(call: Call) -> Reliability:
    """Four queries."""
    criteria, given = criteria_of(call), given_marks(call)
    names = dict(Evaluator.objects.filter(call=call).values_list("pk", "person__name"))
    whole = {
        str(file): {str(e): float(points(criteria, _filled(criteria, marks))) / 20 for e, marks in one.items()}
        for file, one in given.items()
    }
    each = {
        c.key: {
            str(file): {str(e): marks[c.key] for e, marks in one.items() if c.key in marks}
            for file, one in given.items()
        }
        for c in criteria
    }
    far = {s.file for marks in each.values() for s in agreement.spreads(marks) if s.divergent}
    return Reliability(
        whole=(agreement.icc(whole), agreement.alpha(whole)),
        by_criterion=[(c, agreement.alpha(each[c.key])) for c in criteria],
        severities=[(names.get(int(s.evaluator), ""), s) for s in agreement.severities(whole)],
        apart=len(far),
    )


def _filled(criteria: list[CriterionOf], marks: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {c.key: marks.get(c.key, Decimal(0)) for c in criteria}


@dataclass(frozen=True, slots=True)
class Calibrated:
    evaluator: Evaluator
    calibration: agreement.Calibration


def calibrated(call: Call, reference: dict[str, dict[str, str]]) -> list[Calibrated]:
    """Every evaluator who marked the sample against the reference, the nearest first. Two queries."""
    given: dict[int, dict[str, float]] = {}
    rows = CalibrationMark.objects.filter(evaluator__call=call).values_list("evaluator_id", "criterion__key", "value")
    for evaluator, key, value in rows:
        given.setdefault(evaluator, {})[key] = float(value)
    known = {key: float(one["value"]) for key, one in reference.items()}
    evaluators = Evaluator.objects.filter(pk__in=list(given)).select_related("person")
    found = [
        Calibrated(e, agreement.calibrate(e.person.name, given[e.pk], known))
        for e in evaluators.order_by("person__name")
    ]
    return sorted(found, key=lambda one: one.calibration.distance or 0.0)
