"""Reading a file for a call, and what became of the rows of a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from booster.applications.models import Application, ColumnMapping, Intake
from booster.applications.rules import intake
from booster.applications.rules.columns import JOINED, KEY_OF_ROWS
from booster.applications.rules.intake import Entry, Reading, RowProblem
from booster.calls import queries as calls
from booster.calls.models import Call, Gate
from booster.calls.rules.gates import Verdict, verdict
from booster.kit import sheets
from booster.kit.machine import NotNow
from booster.questions.rules import questions

EXPORTS_IN = "UTC"  # survey tools write times so where a header names no zone


@dataclass(frozen=True, slots=True)
class Header:
    """One field and the column that was found for it; ``column`` is empty when none was."""

    field: str
    label: str
    column: str
    guessed: bool
    left_out: bool  # an organiser said that no column of such files answers it


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file as it reads for a call: entries, problems, how the columns were matched, what to remember of it."""

    filename: str
    sha256: str
    entries: list[Entry]
    problems: list[RowProblem]
    headers: list[Header]
    choices: list[str]  # header texts of the file, for correcting the mapping
    notes: tuple[str, ...]


def saved_columns(call: Call, sheet: str) -> dict[str, str]:
    """The mapping an organiser corrected for this call, or nothing. One query."""
    found = ColumnMapping.objects.filter(call=call, sheet=sheet).values_list("columns", flat=True).first()
    return dict(found or {})


def read_file(
    call: Call, source: Path | bytes, filename: str, *, columns: Mapping[str, str] | None = None
) -> FileReading:
    """Read a file of answers to a call. ``columns`` (field → header text) goes before the saved mapping.

    Raises ``sheets.UnreadableSheet`` with a sentence for the person. Three queries, whatever the size.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    form = calls.form_of(calls.published_form(call))
    wanted = intake.spellings(form)
    joined = {name: table for name, table in JOINED.items() if name in form.questions}
    union = wanted | {f"{name}.{field}": texts for name, table in joined.items() for field, texts in table.items()}
    book = sheets.read(content, filename, union)
    sheet = book.best(wanted)
    saved = saved_columns(call, call.kind) if columns is None else dict(columns)
    mapping = sheets.match_columns(sheet.headers, wanted, saved)
    found = intake.read_sheet(form, sheet, mapping.columns, file_zone=EXPORTS_IN)
    for name, table in joined.items():
        found = _with_lines(found, form.questions[name], table, [s for s in book.sheets if s is not sheet])
    return FileReading(
        filename=filename,
        sha256=sha256(content).hexdigest(),
        entries=found.entries,
        problems=found.problems + _changed_late(call, found) + _about_columns(sheet, mapping, call.gates.all()),
        headers=[_header(form, sheet, mapping, field, left_out=saved.get(field) == "") for field in wanted],
        choices=[text for text in sheet.headers if text],
        notes=sheet.notes,
    )


def _changed_late(call: Call, found: Reading) -> list[RowProblem]:
    last = calls.deadline_with_grace(call)
    why = "It was sent in time and changed after the deadline; the file holds only the changed text."
    return [
        RowProblem(entry.row, entry.id, "changed", why)
        for entry in found.entries
        if last and entry.submitted_at <= last < entry.changed_at
    ]


def _about_columns(sheet: sheets.Sheet, mapping: sheets.ColumnMapping, gates: Iterable[Gate]) -> list[RowProblem]:
    row = sheet.header_row
    said = [
        RowProblem(row, "", field, "Several columns could be meant: choose one in the mapping.")
        for field in mapping.ambiguous
    ]
    dated = {"created", "changed"}.intersection(mapping.columns)
    needed = [field for field in ("id", "created") if field in mapping.missing and not (field == "created" and dated)]
    said += [RowProblem(row, "", field, "No column was found for this.") for field in needed]
    for gate in gates:
        read = [gate.params.get("question", ""), *gate.params.get("questions", [])]
        why = f"No column was found for this, so every answer counts as “{gate.code}”."
        said += [RowProblem(row, "", field, why) for field in read if field in mapping.missing]
    return said


def _header(
    form: questions.Form, sheet: sheets.Sheet, mapping: sheets.ColumnMapping, field: str, *, left_out: bool
) -> Header:
    question = form.questions.get(field.partition(".")[0])
    index = mapping.columns.get(field)
    return Header(
        field=field,
        label=question.label if question else field,
        column=sheet.headers[index] if index is not None else "",
        guessed=field in mapping.guessed,
        left_out=left_out,
    )


def _with_lines(
    found: Reading, question: questions.Question, table: Mapping[str, Any], others: list[sheets.Sheet]
) -> Reading:
    """Add the lines of the sheet that fits ``table`` best to the entries that they name."""
    fitting = [(sheets.match_columns(sheet.headers, table, None).columns, sheet) for sheet in others]
    columns, sheet = max(fitting, key=lambda pair: len(pair[0]), default=({}, None))
    if sheet is None or KEY_OF_ROWS not in columns or len(columns) < 2:
        return found
    lines: dict[str, list[dict[str, Any]]] = {}
    for _number, cells in sheet.rows:
        line = {field: intake.cell(cells.get(index)) for field, index in columns.items()}
        lines.setdefault(str(line.pop(KEY_OF_ROWS) or "").strip(), []).append(line)
    joined = intake.with_lines(found.entries, question.key, lines, question)
    return Reading(joined.entries, found.problems + joined.problems)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers of a file come to, by the file's own ids, each list in the order of the file."""

    eligible: list[str]
    ineligible: dict[str, str]
    superseded: list[str]
    problems: list[RowProblem]
    new_count: int = 0
    known_count: int = 0
    changed_count: int = 0


def deadline_of(call: Call) -> datetime:
    """The last moment with its grace; ``NotNow`` for a call without a deadline: nobody can tell what came in time."""
    last = calls.deadline_with_grace(call)
    if last is None:
        raise NotNow(_("Give the call its deadline first: nobody can tell what came in time."))
    return last


def verdict_of(call: Call, gates: list[Any], application: Application) -> Verdict:
    """What the gates of the call say of an application as it stands; no query when its entry code is not set."""
    return verdict(
        gates,
        application.answers,
        submitted_at=application.submitted_at or application.changed_at,
        deadline_at=deadline_of(call),
        country=application.country,
        by_code=application.entry_code_id is not None,
    )


def outcome(call: Call, reading: FileReading, *, new: int = 0, known: int = 0, changed: int = 0) -> Outcome:
    """How the answers of the file stand now, by their ids. Two queries."""
    ids = [entry.id for entry in reading.entries]
    rows = Application.objects.filter(call=call).in_bulk_by_reference(ids)
    gates = list(call.gates.all())
    verdicts = {key: verdict_of(call, gates, row) for key, row in rows.items() if row.state == "submitted"}
    return Outcome(
        eligible=[key for key in ids if key in verdicts and verdicts[key].eligible],
        ineligible={key: verdicts[key].code for key in ids if key in verdicts and not verdicts[key].eligible},
        superseded=[key for key in ids if key in rows and rows[key].state == "superseded"],
        problems=reading.problems,
        new_count=new,
        known_count=known,
        changed_count=changed,
    )


def intakes(call: Call) -> Any:
    """Earlier imports of a call, the newest first, with who did it. One query."""
    return Intake.objects.filter(call=call).select_related("taken_by").order_by("-taken_at", "-pk")


def expected_headers(call: Call) -> list[str]:
    """The header texts that a file for this call is looked through for, the best spelling of each."""
    return [texts[0] for texts in intake.spellings(calls.form_of(calls.published_form(call))).values()]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    row: int
    id: str
    title: str
    verdict: str  # "eligible", "superseded" or the code of the gate that fails
    problems: list[str]


def preview_rows(reading: FileReading, result: Outcome) -> list[PreviewRow]:
    """Row by row what a run does: the verdict on each answer and what a person should look at. No query."""
    noted: dict[int, list[str]] = {}
    for problem in reading.problems:
        noted.setdefault(problem.row, []).append(
            f"{problem.field}: {problem.message}" if problem.field else problem.message
        )
    verdicts = (
        dict.fromkeys(result.eligible, "eligible") | result.ineligible | dict.fromkeys(result.superseded, "superseded")
    )
    rows = [
        PreviewRow(entry.row, entry.id, _name_in(entry), verdicts.get(entry.id, ""), noted.pop(entry.row, []))
        for entry in reading.entries
    ]
    refused = {problem.row for problem in reading.problems if problem.refused}
    others = [PreviewRow(row, "", "", "refused" if row in refused else "", texts) for row, texts in noted.items()]
    return sorted([*rows, *others], key=lambda row: row.row)


def _name_in(entry: Entry) -> str:
    answers = entry.answers
    person = " ".join(str(answers[key]) for key in ("given_name", "family_name") if answers.get(key))
    return person or str(answers.get("venue_name") or answers.get("organisation_name") or "")
