"""The sample file: set by an organiser, marked by every evaluator before the others."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.evaluation import facts
from booster.evaluation.models import CalibrationFile, CalibrationMark, Evaluator
from booster.evaluation.rules.scores import is_mark
from booster.kit.access import Refused


@transaction.atomic
def set_calibration(
    *, call: Call, title: str, text: str, reference: Mapping[str, tuple[Decimal, str]], by: Any, at: datetime
) -> CalibrationFile:
    """The sample and its reference: a mark and the reason for it, by criterion key. Every criterion needs both."""
    keys = set(call.criteria.values_list("key", flat=True))
    if keys - reference.keys() or any(not is_mark(mark) or not why.strip() for mark, why in reference.values()):
        raise Refused(_("Every criterion needs a reference mark and the reason for it."))
    kept = {key: {"value": f"{mark:.1f}", "why": why.strip()} for key, (mark, why) in reference.items() if key in keys}
    sample, _fresh = CalibrationFile.objects.update_or_create(
        call=call, defaults={"edition_id": call.edition_id, "title": title, "text": text, "reference": kept}
    )
    record(facts.CALIBRATION_SET, thing=call, by=by, at=at)
    return sample


@transaction.atomic
def calibrate(*, evaluator: Evaluator, marks: Mapping[str, Decimal], by: Any, at: datetime) -> Evaluator:
    """Keep an evaluator's marks for the sample, once: afterwards the reference has been seen."""
    criteria = {c.key: c for c in evaluator.call.criteria.all()}
    if set(criteria) - marks.keys() or any(not is_mark(mark) for mark in marks.values()):
        raise Refused(_("Mark every criterion first, 0 to 5 in half steps."))
    if evaluator.calibrated_at is not None:
        raise Refused(_("You have marked the sample already."))
    CalibrationMark.objects.bulk_create(
        [CalibrationMark(evaluator=evaluator, criterion=criteria[key], value=marks[key]) for key in criteria]
    )
    evaluator.calibrated_at = at
    evaluator.save(update_fields=["calibrated_at"])
    record(facts.CALIBRATED, thing=evaluator.call, by=by, at=at)
    return evaluator
