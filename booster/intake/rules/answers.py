"""Rows of a file as answers to a call: which column answers what, what cannot be taken. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from booster.applications.rules.entries import Entry, RowProblem
from booster.intake.rules.columns import META, aliases
from booster.kit import plain, sheets
from booster.kit.times import zone
from booster.kit.words import N_
from booster.people.rules import emails
from booster.questions.rules.questions import PARTS, TABLES, Form, Problem, Question, clean_answer

TWIN = N_("Row {row} has the same id with other answers.")
NO_ID = N_("The row has no id, so a second import could not tell it again.")
NO_DATE = N_("Without a date of sending nobody can tell whether it was in time.")


@dataclass(frozen=True, slots=True)
class Reading:
    entries: list[Any]
    problems: list[RowProblem]
    strange: bool = False  # most of what the gates read has no column: a file of another kind


def spellings(form: Form) -> dict[str, list[str]]:
    """Field → header texts it is known by: the question's own label first, then what such exports call it.

    A part of a composite question is the field ``key.part``.
    """
    wanted = {name: list(texts) for name, texts in META.items()}
    for key, question in form.questions.items():
        if question.kind in PARTS:
            wanted |= {
                f"{key}.{c.name}": [f"{question.label} {c.label}", *aliases(f"{key}.{c.name}")]
                for c in PARTS[question.kind]
            }
        elif question.kind == "checklist":
            wanted |= {f"{key}.{o.value}": [o.label, *aliases(f"{key}.{o.value}")] for o in question.options}
        elif question.kind != "file":
            wanted[key] = [question.label, *aliases(key)]
    return wanted


def read_sheet(form: Form, sheet: sheets.Sheet, columns: Mapping[str, int], *, file_zone: str) -> Reading:
    """Every row as an entry or with the reason why not. Columns that the form does not know are passed over.

    ``file_zone`` holds for times whose header names none. Rows that repeat an id with the same content count once;
    with other content the later row is refused.
    """
    day_first = _day_first(sheet, columns)
    entries: dict[str, Entry] = {}
    problems: list[RowProblem] = []
    for number, cells in sheet.rows:
        given = {name: cells[index] for name, index in columns.items() if index in cells}
        if not any(plain.clean(value) for value in given.values()):
            continue
        entry, troubles = _read_row(form, number, given, _zones(sheet, columns, file_zone), day_first=day_first)
        problems += troubles
        if entry is None:
            continue
        twin = entries.get(entry.id)
        if twin is None:
            entries[entry.id] = entry
        elif twin.answers != entry.answers:
            problems.append(RowProblem(number, entry.id, "id", TWIN.format(row=twin.row), refused=True))
    return Reading(list(entries.values()), problems)


def _day_first(sheet: sheets.Sheet, columns: Mapping[str, int]) -> dict[str, bool]:
    found = {}
    for name in ("created", "changed"):
        if name in columns:
            found[name] = plain.writes_day_first(cells.get(columns[name]) for _number, cells in sheet.rows)
    return found


def _zones(sheet: sheets.Sheet, columns: Mapping[str, int], file_zone: str) -> dict[str, str]:
    named = {
        name: sheets.zone_named(sheet.headers[columns[name]]) for name in ("created", "changed") if name in columns
    }
    return {name: found or file_zone for name, found in named.items()}


def _read_row(
    form: Form, number: int, given: Mapping[str, Any], zones: Mapping[str, str], *, day_first: Mapping[str, bool]
) -> tuple[Entry | None, list[RowProblem]]:
    external_id = plain.clean(given.get("id"))[:40]
    problems: list[RowProblem] = []
    if not external_id:
        return None, [RowProblem(number, "", "id", NO_ID, refused=True)]
    moments: dict[str, datetime] = {}
    for name, zone_name in zones.items():
        try:
            found = plain.moment(given.get(name), zone(zone_name), day_first=day_first[name])
        except plain.Unclear as trouble:
            problems.append(RowProblem(number, external_id, name, str(trouble)))
            continue
        if found:
            moments[name] = found
    created = moments.get("created") or moments.get("changed")
    if created is None:
        why = NO_DATE
        return None, [*problems, RowProblem(number, external_id, "created", why, refused=True)]
    answers, troubles = answers_of(form, given)
    problems += [RowProblem(number, external_id, trouble.key, trouble.message) for trouble in troubles]
    language = plain.clean(given.get("language"))[:2].lower()
    changed = max(created, moments.get("changed", created))
    return Entry(number, external_id, created, changed, language or "en", answers, _address(form, answers)), problems


def _address(form: Form, answers: Mapping[str, Any]) -> str:
    """The first usable address among the answers, in the order of the form."""
    for key, question in form.questions.items():
        given = answers.get(key)
        if question.kind == "person" and isinstance(given, Mapping):
            given = given.get("email")
        if question.kind in ("email", "person") and emails.usable(given):
            return emails.normalise(given)
    return ""


def answers_of(form: Form, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Clean answers for what the cells hold, and a problem for each that a person should look at.

    What does not fit is kept as it was written, so that nothing is lost and a gate can still refuse it.
    """
    answers: dict[str, Any] = {}
    problems = []
    for key, question in form.questions.items():
        raw = _raw(question, given)
        if raw in (None, "", [], {}):
            continue
        value = clean_answer(question, raw)
        if isinstance(value, Problem):
            problems.append(value)
            value = value.kept
        if value not in (None, "", [], {}):
            answers[key] = value
    return _implied(form, answers), problems


def _implied(form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """A file often leaves out the yes that a question hangs on: whoever names partners offers together with them."""
    for key in list(answers):
        when = form.questions[key].when
        if when and when.test == "is" and when.values == (True,) and when.question not in answers:
            answers[when.question] = True
    return answers


def _raw(question: Question, given: Mapping[str, Any]) -> Any:
    if question.kind in PARTS or question.kind == "checklist":
        parts = {name.partition(".")[2]: value for name, value in given.items() if name.startswith(f"{question.key}.")}
        return {name: cell(value) for name, value in parts.items() if plain.clean(value)}
    found = cell(given.get(question.key))
    if question.kind in ("choices", "ranking") and isinstance(found, str):
        return [part for text in found.split("\n") for part in text.replace("|", ";").split(";") if part.strip()]
    if question.kind == "partners" and isinstance(found, str):
        return [_partner(part) for part in found.split(";") if part.strip()]
    if question.kind in TABLES and not isinstance(found, list):
        return None
    return found


def cell(value: Any) -> Any:
    """The value of a cell, dates as people would type them; everything else as it stands."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _partner(text: str) -> dict[str, str]:
    name, _colon, part = text.partition(":")
    return {"name": name.strip(), "part": part.strip()}


def with_lines(
    entries: Iterable[Entry], key: str, lines: Mapping[str, list[dict[str, Any]]], question: Question
) -> Reading:
    """The entries with a table from another sheet (rooms, dates) that names them by id."""
    joined = []
    problems: list[RowProblem] = []
    for entry in entries:
        value = clean_answer(question, lines.get(entry.id) or [])
        if isinstance(value, Problem):
            problems.append(RowProblem(entry.row, entry.id, key, value.message))
            value = value.kept
        joined.append(replace(entry, answers={**entry.answers, key: value}) if value else entry)
    return Reading(joined, problems)
