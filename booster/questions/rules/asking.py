"""A question as inputs of a web form: names, values, options, so that a template only draws. Pure.

The names are those that ``questions.raw_of`` reads.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from booster.people.rules import countries, ecosystems
from booster.questions.rules.cleaning import Problem
from booster.questions.rules.form import Condition, Form, Question
from booster.questions.rules.tables import PARTS, REPLIES, TABLES, Column

YES_NO = (("yes", "Yes"), ("no", "No"))
AUTOCOMPLETE = {"email": "email", "link": "url"}


@dataclass(frozen=True, slots=True)
class Input:
    """One control. ``shape``: text, textarea, number, select, radios, ticks, tick, date, email, url, file."""

    name: str
    shape: str
    label: str
    value: str = ""
    options: tuple[tuple[str, str, bool], ...] = ()  # value, label, chosen
    needed: bool = False
    autocomplete: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    question: Question
    shape: str  # single | group | parts | table | checklist | ranking
    inputs: tuple[Input, ...] = ()
    rows: tuple[tuple[Input, ...], ...] = ()
    blank: tuple[Input, ...] = ()  # the row that a script copies, its number written __n__
    lines: tuple[tuple[Input, Input], ...] = ()  # checklist: answer and remark
    problem: Problem | None = None
    when: str = ""  # JSON for x-conditions
    files: tuple[Mapping[str, Any], ...] = field(default=())


def asked(question: Question, value: Any = None, problem: Problem | None = None, form: Form | None = None) -> Asked:
    """The inputs of a question with its answer so far. With ``form`` its condition is told to the browser."""
    rule = browser_rule(question.when, form) if form else None
    when = json.dumps(rule) if rule else ""
    if problem is not None and problem.kept is not None:
        value = problem.kept
    kind = question.kind
    if kind in PARTS:
        return Asked(question, "parts", inputs=_row(question.key, PARTS[kind], value), problem=problem, when=when)
    if kind in TABLES:
        return _table(question, value, problem, when)
    if kind == "checklist":
        return Asked(question, "checklist", lines=_checklist(question, value), problem=problem, when=when)
    if kind == "ranking":
        return Asked(question, "ranking", inputs=_ranking(question, value), problem=problem, when=when)
    made = _single(question, value)
    shape = "group" if made.shape in ("radios", "ticks") else "single"
    files = tuple(value) if kind == "file" and isinstance(value, list) else ()
    return Asked(question, shape, inputs=(made,), problem=problem, when=when, files=files)


def browser_rule(condition: Condition | None, form: Form) -> dict[str, Any] | None:
    """A condition in the language of ``<x-conditions>``; ``None`` for none. Scripts decide as the server does: a
    question that nobody has answered hides what hangs on it."""
    if condition is None:
        return None
    asked_of = form.questions.get(condition.question)
    field_name = condition.question
    values = [_browser_value(asked_of, value) for value in condition.values]
    if condition.test == "is_not":
        refused = ({"field": field_name, "op": "is_not", "value": value} for value in values)
        return {"all": [{"field": field_name, "op": "filled"}, *refused]}
    if len(values) == 1:
        return {"field": field_name, "op": "is", "value": values[0]}
    return {"field": field_name, "op": "has", "value": values}


def _browser_value(question: Question | None, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ("" if question and question.kind == "consent" else "no")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _text(value: Any) -> str:
    if value is None or isinstance(value, list | Mapping):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def _single(question: Question, value: Any) -> Input:
    key, label = question.key, question.label
    if question.kind == "consent":
        given = isinstance(value, Mapping) and value.get("given") is True
        return Input(key, "tick", label, "yes", (("yes", label, given),), question.required)
    if question.kind in ("choices", "ecosystems"):
        chosen = value if isinstance(value, list) else []
        return Input(key, "ticks", label, "", _options(_choices_of(question), chosen), question.required)
    if question.kind in ("choice", "yes_no"):
        return Input(key, "radios", label, "", _options(_choices_of(question), [_text(value)]), question.required)
    if question.kind == "country":
        return Input(key, "select", label, _text(value), _options(_countries(), [value]), question.required, "country")
    shape = {"long_text": "textarea", "number": "number", "decimal": "number", "link": "url", "region": "text"}
    made = shape.get(question.kind, question.kind)
    complete = question.autocomplete or AUTOCOMPLETE.get(question.kind, "")
    step = {"number": "1", "decimal": "any"}.get(question.kind, "")
    return Input(key, made, label, _text(value), (), question.required, complete, step)


def _choices_of(question: Question) -> tuple[tuple[str, str], ...]:
    if question.kind == "yes_no":
        return YES_NO
    if question.kind == "ecosystems":
        return tuple((one.id, one.name) for one in ecosystems.ALL)
    return tuple((option.value, option.label) for option in question.options)


def _options(pairs: tuple[tuple[str, str], ...], chosen: list[Any]) -> tuple[tuple[str, str, bool], ...]:
    return tuple((value, label, value in chosen) for value, label in pairs)


@cache
def _countries() -> tuple[tuple[str, str], ...]:
    """Those of Europe first, each part by name."""
    named = sorted((code not in countries.EUROPE, countries.name(code), code) for code in countries.all_codes())
    return tuple((code, name) for _far, name, code in named)


def _cell(prefix: str, column: Column, value: Any) -> Input:
    name = f"{prefix}-{column.name}"
    if column.kind == "yes_no":
        return Input(name, "select", column.label, _text(value), _options(YES_NO, [_text(value)]))
    if column.kind == "choice":
        return Input(name, "select", column.label, _text(value), _options(column.options, [value]))
    if column.kind == "country":
        return Input(name, "select", column.label, _text(value), _options(_countries(), [value]))
    shapes = {"number": "number", "decimal": "number", "latitude": "number", "longitude": "number", "link": "url"}
    step = "" if column.kind not in shapes or column.kind == "link" else "1" if column.kind == "number" else "any"
    shape = shapes.get(column.kind, column.kind)
    return Input(name, shape, column.label, _text(value), (), column.needed, "", step)


def _row(prefix: str, columns: tuple[Column, ...], value: Any) -> tuple[Input, ...]:
    given = value if isinstance(value, Mapping) else {}
    return tuple(_cell(prefix, column, given.get(column.name)) for column in columns)


def _table(question: Question, value: Any, problem: Problem | None, when: str) -> Asked:
    columns = TABLES[question.kind]
    given = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    rows = [_row(f"{question.key}-{n}", columns, row) for n, row in enumerate([*given, {}])]
    blank = _row(f"{question.key}-__n__", columns, {})
    return Asked(question, "table", rows=tuple(rows), blank=blank, problem=problem, when=when)


def _checklist(question: Question, value: Any) -> tuple[tuple[Input, Input], ...]:
    given = value if isinstance(value, Mapping) else {}
    lines = []
    for option in question.options:
        line = given.get(option.value)
        line = line if isinstance(line, Mapping) else {}
        name = f"{question.key}-{option.value}"
        answer = Input(name, "radios", option.label, "", _options(REPLIES, [line.get("answer")]))
        lines.append((answer, Input(f"{name}-remark", "text", "Remark", _text(line.get("remark")))))
    return tuple(lines)


def _ranking(question: Question, value: Any) -> tuple[Input, ...]:
    places = {one: str(n) for n, one in enumerate(value, start=1)} if isinstance(value, list) else {}
    return tuple(
        Input(f"{question.key}-{o.value}", "number", o.label, places.get(o.value, ""), (), False, "", "1")
        for o in question.options
    )
