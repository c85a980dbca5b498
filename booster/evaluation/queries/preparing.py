"""What organisers need to prepare a sample file and redactions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from booster.applications.models import Application
from booster.applications.queries import reading
from booster.calls.models import Call
from booster.evaluation.models import Evaluator, Redaction
from booster.evaluation.queries.desk import hidden_in
from booster.evaluation.rules.redaction import covered


def marked_sample(call: Call) -> tuple[int, int]:
    """How many evaluators marked the sample, of how many. One query."""
    found = Evaluator.objects.filter(call=call, ended_at__isnull=True).aggregate(
        every=Count("pk"), marked=Count("calibrated_at")
    )
    return found["marked"], found["every"]


def with_redactions(files: Sequence[Application]) -> list[tuple[Application, int]]:
    """Each file with the number of its redactions. One query."""
    rows = Redaction.objects.filter(application__in=[file.pk for file in files]).order_by()
    counts = dict(rows.values_list("application_id").annotate(count=Count("pk")))
    return [(file, counts.get(file.pk, 0)) for file in files]


@dataclass(frozen=True, slots=True)
class Text:
    """One answer for blind reading: as given, as the house covers it, as an organiser redacted it (or ``None``)."""

    key: str
    label: str
    given: str
    covered: str
    redaction: Redaction | None
    files: int

    @property
    def shown(self) -> str:
        return self.redaction.text if self.redaction else self.covered


def texts_to_redact(application: Application, *, say: Any = str) -> list[Text]:
    """The answers that blind evaluators read and that were written freely or hold files. Three queries at most."""
    hidden = hidden_in(application)
    held = {one.question_key: one for one in Redaction.objects.filter(application=application)}
    found = []
    for chapter in reading(application, blind=True, say=say).chapters:
        for said in chapter.answers:
            free = said.question.kind in ("text", "long_text", "file", "link")
            if said.question.key in held or (free and (said.text or said.files)):
                text = covered(said.text, hidden)
                redaction = held.get(said.question.key)
                found.append(Text(said.question.key, said.question.label, said.text, text, redaction, len(said.files)))
    return found
