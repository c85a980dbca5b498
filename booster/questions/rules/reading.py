"""Answers as people read them: on the reading page, in exports, in mails. Pure, and in English; the page that shows
a text in another language hands in ``say``, its translator."""

from collections.abc import Callable, Mapping
from typing import Any

from booster.people.rules import countries, ecosystems, regions
from booster.questions.rules import points
from booster.questions.rules.form import Question
from booster.questions.rules.tables import PARTS, REPLIES, TABLES, Column

Say = Callable[[str], str]


def text_of(question: Question, value: Any, say: Say = str) -> str:
    """One answer as text; lines are parted by line ends, members of a list by semicolons. ``""`` when nothing was
    answered. Never raises: what it does not understand it shows as it is."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, Mapping):
        return _mapping_text(question, value, say)
    if isinstance(value, list):
        return _list_text(question, value, say)
    return _member(question, value, say)


def _mapping_text(question: Question, value: Mapping[str, Any], say: Say) -> str:
    if question.kind in ("place", "point") and (spot := point_of(value)):
        return ", ".join(filter(None, (str(value.get("city") or ""), points.told(spot))))
    if question.kind in PARTS:
        return _row_text(PARTS[question.kind], value, say)
    if question.kind == "checklist":
        return "\n".join(_line_text(question, key, value[key], say) for key in lines_of(question, value))
    return _plain("yes_no", value.get("given", ""), say)


def lines_of(question: Question, value: Mapping[str, Any]) -> list[str]:
    """The answered lines of a checklist as the question has them, lines that it lost at the end. PostgreSQL keeps the
    keys of JSON in an order of its own."""
    places = {key: place for place, key in enumerate(question.values)}
    return sorted(value, key=lambda key: (places.get(key, len(places)), key))


def point_of(value: Any) -> points.Point | None:
    """The two numbers in the answer to a question for a point or a place; ``None`` where there are not both."""
    given = value if isinstance(value, Mapping) else {}
    north, east = given.get("latitude"), given.get("longitude")
    numbers = all(isinstance(n, int | float) and not isinstance(n, bool) for n in (north, east))
    return (float(north), float(east)) if numbers and north is not None and east is not None else None


def _list_text(question: Question, value: list[Any], say: Say) -> str:
    if question.kind in TABLES and _all_tables(value):
        return "\n".join(_row_text(TABLES[question.kind], row, say) for row in value)
    if question.kind == "file" and _all_tables(value):
        return "; ".join(str(one.get("name", "")) for one in value)
    return "; ".join(_member(question, one, say) for one in value)


def headings(question: Question) -> tuple[Column, ...]:
    """The columns of a question that is answered by lines or parts; empty for all others."""
    return TABLES.get(question.kind) or PARTS.get(question.kind) or ()


def _all_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)


def _member(question: Question, value: Any, say: Say) -> str:
    if question.options:
        return question.label_of(value)
    return _plain(question.kind, value, say)


def _plain(kind: str, value: Any, say: Say) -> str:
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.2f}".rstrip("0").rstrip(".")
    text = str(value)
    if kind == "country" and text in countries.all_codes():
        return say(countries.name(text))
    if kind == "ecosystems" and text in ecosystems.BY_ID:
        return say(ecosystems.BY_ID[text].name)
    if kind == "region" and text in regions.BY_CODE:
        return str(regions.BY_CODE[text].name)
    return text


def _row_text(columns: tuple[Column, ...], row: Mapping[str, Any], say: Say) -> str:
    cells = []
    for column in columns:
        value = row.get(column.name)
        if value is None or value == "":
            continue
        if column.kind == "file":
            cells.append(f"{say(column.label)}: {file_name(value)}")
            continue
        named = next((label for option, label in column.options if option == value), value)
        text = _plain(column.kind, say(named) if column.options and isinstance(named, str) else named, say)
        bare = column.needed or column.kind in ("text", "country", "link", "email", "choice", "date")
        cells.append(text if bare else f"{say(column.label)}: {text}")
    return ", ".join(cells)


def file_name(value: Any) -> str:
    return str(value.get("name") or "") if isinstance(value, Mapping) else ""


def _line_text(question: Question, key: Any, line: Any, say: Say) -> str:
    given = line if isinstance(line, Mapping) else {"answer": line}
    answer = str(given.get("answer") or "")
    remark = str(given.get("remark") or "")
    told = say(dict(REPLIES).get(answer, answer or "–"))
    more = "; ".join(filter(None, (remark, file_name(given.get("file")))))
    return f"{question.label_of(key)}: {told}" + (f" ({more})" if more else "")
