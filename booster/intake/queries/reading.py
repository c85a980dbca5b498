"""Reading a file for a call."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from booster.applications.rules.entries import RowProblem
from booster.calls import queries as calls
from booster.calls.models import Call, Gate
from booster.evaluation.queries.scores import criteria_of
from booster.evaluation.rules.scores import CriterionOf
from booster.intake.models import ColumnMapping
from booster.intake.rules import answers, judging
from booster.intake.rules.answers import Reading
from booster.intake.rules.columns import JOINED, KEY_OF_ROWS
from booster.kit import sheets
from booster.kit.words import N_
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
    entries: list[Any]  # Entry, EvaluatorRow, EvaluationRow or AssignmentRow
    problems: list[RowProblem]
    headers: list[Header]
    choices: list[str]  # header texts of the file, for correcting the mapping
    notes: tuple[str, ...]
    strange: bool = False  # most of what the gates read has no column: a file of another kind


def sheet_of(call: Call, kind: str) -> str:
    """By what name the columns of such files are kept."""
    return str(call.kind) if kind == "answers" else kind


def saved_columns(call: Call, sheet: str) -> dict[str, str]:
    """The mapping an organiser corrected for this call, or nothing. One query."""
    found = ColumnMapping.objects.filter(call=call, sheet=sheet).values_list("columns", flat=True).first()
    return dict(found or {})


def read_file(
    call: Call, source: Path | bytes, filename: str, *, kind: str = "answers", columns: Mapping[str, str] | None = None
) -> FileReading:
    """Read a file for a call: answers, evaluators, evaluations or assignments.

    ``columns`` (field → header text) goes before the saved mapping. Raises ``sheets.UnreadableSheet`` with a sentence
    for the person. Three queries at most, whatever the size.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    saved = saved_columns(call, sheet_of(call, kind)) if columns is None else dict(columns)
    read = _read_answers if kind == "answers" else _read_judging
    found, sheet, mapping, labels = read(call, kind, content, filename, saved)
    return FileReading(
        filename=filename,
        sha256=sha256(content).hexdigest(),
        entries=found.entries,
        problems=found.problems,
        headers=[_header(label, sheet, mapping, field, saved) for field, label in labels.items()],
        choices=[text for text in sheet.headers if text],
        notes=sheet.notes,
        strange=found.strange,
    )


Found = tuple[Reading, sheets.Sheet, sheets.ColumnMapping, dict[str, str]]  # with the label of every field


def _read_answers(call: Call, kind: str, content: bytes, filename: str, saved: Mapping[str, str]) -> Found:
    form = calls.form_of(calls.published_form(call))
    wanted = answers.spellings(form)
    joined = {name: table for name, table in JOINED.items() if name in form.questions}
    union = wanted | {f"{name}.{field}": texts for name, table in joined.items() for field, texts in table.items()}
    book = sheets.read(content, filename, union)
    sheet = book.best(wanted)
    mapping = sheets.match_columns(sheet.headers, wanted, saved)
    found = answers.read_sheet(form, sheet, mapping.columns, file_zone=EXPORTS_IN)
    for name, table in joined.items():
        found = _with_lines(found, form.questions[name], table, [s for s in book.sheets if s is not sheet])
    labels = {field: _label(form, field) for field in wanted}
    read = [(gate, key) for gate in call.gates.all() for key in _read_by(gate)]
    silent = [(g, key) for g, key in read if key in mapping.missing and not (key in joined and _answered(found, key))]
    problems = found.problems + _changed_late(call, found) + _about_columns(sheet, mapping, silent)
    return Reading(found.entries, problems, strange=2 * len(silent) > len(read)), sheet, mapping, labels


def _read_by(gate: Gate) -> list[str]:
    """The questions whose answers a gate reads."""
    return [key for key in (gate.params.get("question", ""), *gate.params.get("questions", [])) if key]


def _answered(found: Reading, key: str) -> bool:
    """Whether the sheet that holds a table belongs to the entries; nothing can be said where there are none."""
    return not found.entries or any(key in entry.answers for entry in found.entries)


def _label(form: questions.Form, field: str) -> str:
    question = form.questions.get(field.partition(".")[0])
    return question.label if question else field


def _read_judging(call: Call, kind: str, content: bytes, filename: str, saved: Mapping[str, str]) -> Found:
    """Evaluators, evaluations, assignments. The first two columns make a header: such files may have no others."""
    criteria = criteria_of(call) if kind == "evaluations" else []
    wanted = wanted_for(kind, criteria)
    enough = wanted if kind == "evaluations" else dict(list(wanted.items())[:2])
    sheet = sheets.read(content, filename, enough).best(wanted)
    mapping = sheets.match_columns(sheet.headers, wanted, saved)
    if kind == "evaluations":
        rows = judging.read_evaluations(sheet, mapping.columns, criteria)
    else:
        read = judging.read_evaluators if kind == "evaluators" else judging.read_assignments
        rows = read(sheet, mapping.columns)
    titles = {f"mark.{criterion.key}": criterion.title for criterion in criteria}
    labels = {field: titles.get(field) or _(judging.LABELS[field]) for field in wanted}
    return Reading(rows.rows, rows.problems), sheet, mapping, labels


def wanted_for(kind: str, criteria: Sequence[CriterionOf]) -> Mapping[str, Sequence[str]]:
    if kind == "evaluations":
        return judging.evaluation_spellings(criteria)
    return judging.EVALUATORS if kind == "evaluators" else judging.ASSIGNMENTS


def expected_headers(call: Call, kind: str = "answers") -> list[str]:
    """The header texts that such a file is looked through for, the best spelling of each."""
    if kind == "answers":
        return [texts[0] for texts in answers.spellings(calls.form_of(calls.published_form(call))).values()]
    return [texts[0] for texts in wanted_for(kind, criteria_of(call) if kind == "evaluations" else []).values()]


def _changed_late(call: Call, found: Reading) -> list[RowProblem]:
    last = calls.deadline_with_grace(call)
    why = N_("It was sent in time and changed after the deadline; the file holds only the changed text.")
    return [
        RowProblem(entry.row, entry.id, "changed", why)
        for entry in found.entries
        if last and entry.submitted_at <= last < entry.changed_at
    ]


def _about_columns(
    sheet: sheets.Sheet, mapping: sheets.ColumnMapping, silent: Iterable[tuple[Gate, str]]
) -> list[RowProblem]:
    """What is to be said of the columns; ``silent`` are the gates that read a question without one."""
    row = sheet.header_row
    said = [
        RowProblem(row, "", field, N_("Several columns could be meant: choose one in the mapping."))
        for field in mapping.ambiguous
    ]
    dated = {"created", "changed"}.intersection(mapping.columns)
    needed = [field for field in ("id", "created") if field in mapping.missing and not (field == "created" and dated)]
    said += [RowProblem(row, "", field, N_("No column was found for this.")) for field in needed]
    why = N_("No column was found for this, so every answer counts as “{code}”.")
    return said + [RowProblem(row, "", field, why.format(code=gate.code)) for gate, field in silent]


def _header(
    label: str, sheet: sheets.Sheet, mapping: sheets.ColumnMapping, field: str, saved: Mapping[str, str]
) -> Header:
    index = mapping.columns.get(field)
    return Header(
        field=field,
        label=label,
        column=sheet.headers[index] if index is not None else "",
        guessed=field in mapping.guessed,
        left_out=saved.get(field) == "",
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
        line = {field: answers.cell(cells.get(index)) for field, index in columns.items()}
        lines.setdefault(str(line.pop(KEY_OF_ROWS) or "").strip(), []).append(line)
    joined = answers.with_lines(found.entries, question.key, lines, question)
    return Reading(joined.entries, found.problems + joined.problems)
