"""What a file would do, row by row, and what became of earlier files."""

from dataclasses import dataclass
from typing import Any

from booster.applications.queries import Outcome
from booster.applications.rules.entries import Entry
from booster.calls.models import Call
from booster.evaluation.rules.rows import EvaluatorRow
from booster.intake.models import Intake
from booster.intake.queries.reading import FileReading


def intakes(call: Call, *kinds: str) -> Any:
    """Earlier files of a call, the newest first, with who took them in. One query."""
    found = Intake.objects.filter(call=call).select_related("taken_by").order_by("-taken_at", "-pk")
    return found.filter(kind__in=kinds) if kinds else found


@dataclass(frozen=True, slots=True)
class PreviewRow:
    row: int
    id: str
    title: str
    verdict: str  # "eligible", "superseded", "refused" or the code of the gate that fails; empty: taken in
    problems: list[str]


def preview_rows(reading: FileReading, result: Any) -> list[PreviewRow]:
    """Row by row what a run does, and what a person should look at. No query."""
    labels = {header.field: header.label for header in reading.headers}
    noted: dict[int, list[str]] = {}
    for problem in result.problems:
        noted.setdefault(problem.row, []).append(
            f"{labels.get(problem.field, problem.field)}: {problem.message}" if problem.field else problem.message
        )
    refused = {problem.row: problem.id for problem in result.problems if problem.refused}
    verdicts = _verdicts(result) if isinstance(result, Outcome) else {}
    rows = [
        PreviewRow(
            entry.row,
            getattr(entry, "id", "") or entry.email,
            _name_in(entry),
            "refused" if entry.row in refused else verdicts.get(getattr(entry, "id", ""), ""),
            noted.pop(entry.row, []),
        )
        for entry in reading.entries
    ]
    others = [
        PreviewRow(row, refused.get(row, ""), "", "refused" if row in refused else "", texts)
        for row, texts in noted.items()
    ]
    return sorted([*rows, *others], key=lambda row: row.row)


def _verdicts(result: Outcome) -> dict[str, str]:
    replaced = dict.fromkeys(result.superseded, "superseded")
    return dict.fromkeys(result.eligible, "eligible") | result.ineligible | replaced


def _name_in(entry: Any) -> str:
    if isinstance(entry, EvaluatorRow):
        return entry.name
    if not isinstance(entry, Entry):
        marks = ", ".join(f"{mark:.1f}" for mark in getattr(entry, "marks", {}).values())
        return f"{entry.email} · {marks}" if marks else str(entry.email)
    answers = entry.answers
    person = " ".join(str(answers[key]) for key in ("given_name", "family_name") if answers.get(key))
    return person or str(answers.get("venue_name") or answers.get("organisation_name") or "")
