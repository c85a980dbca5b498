"""What organisers need to prepare a sample file and redactions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from booster.applications.models import Application
from booster.applications.queries import reading
from booster.applications.queries.papers import Said
from booster.calls.models import Call
from booster.evaluation.models import Evaluator, Redaction
from booster.evaluation.queries.desk import covered_chapters, hidden_in
from booster.evaluation.rules.redaction import covered


def marked_sample(call: Call) -> tuple[int, int]:
    """How many evaluators marked the sample, of how many. One query."""
    found = Evaluator.objects.filter(call=call, ended_at__isnull=True).aggregate(
        every=Count("pk"), marked=Count("calibrated_at")
    )
    return found["marked"], found["every"]


def file_for_sample(files: QuerySet[Application], call: Call, reference: str) -> Application | None:
    """The newest of these files with that reference that answers to a call of the same kind. One query."""
    rows = files.filter(call__kind=call.kind, reference__iexact=reference.strip()[:40])
    return rows.order_by("-pk").first()


def sample_from(application: Application, *, say: Any = str) -> str:
    """A file as Markdown to begin a sample with, covered as for blind reading; files and what nobody answered are left
    out. Three queries at most."""
    parts = []
    for chapter in covered_chapters(application, say=say):
        said = [f"**{one.question.label}**\n\n{_plain(one)}" for one in chapter.answers if one.text or one.table]
        if said:
            parts.append("\n\n".join([f"## {chapter.section.title}", *said]))
    return "\n\n".join(parts)


def _plain(said: Said) -> str:
    return said.text or "\n".join("- " + ", ".join(filter(None, line)) for line in said.table[1:])


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
