"""What people type or files hold, turned into the values that answers keep. Pure.

The kept values: text, long_text, choice, link, email → str · number → int · decimal → float · yes_no → bool ·
choices, ranking, ecosystems → list of values · date → "2027-03-02" · country → "GR" · region → NUTS code, or the text
where there is none · file → [{"id", "name", "size"}] · consent → {"given": true, "version": "2026-1"} ·
person, organisation, place, point → {part: value} · rooms, dates, budget, partners, hotels → [{column: value}] ·
checklist → {requirement: {"answer", "remark"}}, with evidence {…, "file"}. A file in a line is {"id", "name", "size"};
a form sends its id alone. Nothing answered is ``None``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from booster.kit import plain
from booster.kit.words import N_, Say, filled_in, told
from booster.people.rules import ecosystems
from booster.questions.rules import cells, naming, points
from booster.questions.rules.cells import Unfit
from booster.questions.rules.form import Question
from booster.questions.rules.tables import MOST_LINES, PARTS, REPLIES, TABLES, Column

_ = N_
MOST_FILES = 20
REASONS = ("column", "why")  # values that are told themselves


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one answer that a person must mend. ``said`` is for the page; ``message`` is the same in English,
    for keeping. ``kept`` is the answer so far as it could be read, so that nothing typed is lost."""

    key: str
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)
    kind: str = "unfit"  # "missing" | "unfit"
    kept: Any = None

    @property
    def message(self) -> str:
        return self.sentence % self.values

    def said(self, say: Say) -> str:
        values = {name: told(value, say) if name in REASONS else value for name, value in self.values.items()}
        return filled_in(str(say(self.sentence)), values)


def clean_answer(question: Question, raw: Any) -> Any:
    """The value to keep for what a form, an import or a stranger sent: the value, ``None`` when nothing was
    answered, or a
    ``Problem``. Takes any JSON value and never raises; what it returns, it takes again unchanged."""
    try:
        return CLEANERS[question.kind](question, raw)
    except Unfit as trouble:
        return Problem(question.key, trouble.sentence, trouble.values, kept=trouble.kept)
    except plain.Unclear as trouble:
        return Problem(question.key, "%(why)s", {"why": str(trouble)}, kept=cells.shown(raw))


# ---------------------------------------------------------------------------------------------- choices


def _chosen(question: Question, raw: Any) -> str:
    """An option named by its value or, as survey tools export it, by its label; ``""`` for none."""
    text = cells.one_line(raw)
    if not text or text in question.values:
        return text
    value = naming.named(question.options, text[:200])
    if value is None:
        raise Unfit(_("“%(text)s” is not one of the options."), text[:200], text=text[:60])
    return value


def _choice(question: Question, raw: Any) -> str | None:
    return _chosen(question, raw) or None


def _several(raw: Any) -> list[Any]:
    """Members of a list, or of a cell that holds several parted by ``;``, ``|`` or line ends."""
    if isinstance(raw, str):
        return re.split(r"[;|\n；•]", unescape(raw[:20_000]))
    if isinstance(raw, Mapping):  # a ranking sent as {option: place}
        return _by_place(raw)
    if raw is None or isinstance(raw, int | float):
        return [] if raw is None else [raw]
    return list(raw)[:500] if isinstance(raw, list | tuple) else []


def _by_place(raw: Mapping[Any, Any]) -> list[Any]:
    placed = []
    for name, place in raw.items():
        number = plain.whole_number(cells.short(place))
        if number is not None:
            placed.append((number, name))
    if len({number for number, _name in placed}) < len(placed):
        raise Unfit(
            _("Two of the options have the same place."),
            [name for _place, name in placed if isinstance(name, str)],
        )
    return [name for _place, name in sorted(placed, key=lambda pair: pair[0])]


def _choices(question: Question, raw: Any) -> list[str] | None:
    found = [value for one in _several(raw) for value in _one_or_more(question, one) if value]
    return _counted(question, list(dict.fromkeys(found)))


def _one_or_more(question: Question, raw: Any) -> list[str]:
    """The option that a piece names as a whole, or those it lists with commas or slashes when it names none."""
    try:
        return [_chosen(question, raw)]
    except Unfit:
        pieces = [piece for piece in re.split(r"\s*[,/&]\s*|\s+and\s+", str(raw)) if piece]
        values = [naming.named(question.options, piece) for piece in pieces[:50]]
        if len(pieces) < 2 or None in values:
            raise
        return [value for value in values if value]


def _counted(question: Question, values: list[Any]) -> list[Any] | None:
    """The entries, when there are neither too few nor too many of them."""
    if not values:
        return None
    low, high = question.minimum, question.maximum
    if low is not None and len(values) < low:
        raise Unfit(_("%(count)s given, at least %(low)s."), values, count=len(values), low=f"{low:g}")
    if high is not None and len(values) > high:
        raise Unfit(_("%(count)s given, at most %(high)s."), values, count=len(values), high=f"{high:g}")
    return values


def _ecosystems(question: Question, raw: Any) -> list[str] | None:
    parts = [text for one in _several(raw) if (text := cells.one_line(one)[:200])]
    found: list[str] = []
    for part in parts:
        known, unknown = ([part], []) if part in ecosystems.BY_ID else ecosystems.recognise_many(part)
        if unknown:
            raise Unfit(_("“%(text)s” is none of the 14 ecosystems."), [*found, *known], text=str(unknown[0])[:60])
        found += known
    return _counted(question, list(dict.fromkeys(found)))


# ---------------------------------------------------------------------------------------------- parts and tables


def _degrees(column: Column, raw: Any) -> float | None:
    value = plain.decimal_number(cells.short(raw))
    edge = 90 if column.kind == "latitude" else 180
    if value is not None and not -edge <= value <= edge:
        raise Unfit(_("%(value)s degrees lie outside the map."), value=f"{value:g}")
    return value


def _amount(column: Column, raw: Any) -> float | None:
    read = plain.whole_number if column.kind == "number" else plain.decimal_number
    value = read(cells.short(raw))
    if value is not None and not 0 <= value <= column.largest:
        raise Unfit(_("%(value)s is not possible here."), value=f"{value:g}")
    return value


def _cell(column: Column, raw: Any) -> Any:
    if column.kind in ("latitude", "longitude"):
        return _degrees(column, raw)
    if column.kind in ("number", "decimal"):
        return _amount(column, raw)
    if column.kind == "choice":
        return _held(column, raw)
    if column.kind == "file":
        return _one_file(raw)
    return CLEANERS[column.kind](Question("cell", column.kind, column.label), raw)


def _held(column: Column, raw: Any) -> str | None:
    text = cells.one_line(raw)
    folded = plain.fold(text)
    for value, label in column.options:
        if folded in (value, plain.fold(label)):
            return value
    if text and (said := plain.yes_no(text)) is not None:  # "Held exclusively: yes"
        return column.options[0 if said else 1][0]
    if text:
        raise Unfit(_("“%(text)s” is not one of the options."), text=text[:60])
    return None


def _row(columns: tuple[Column, ...], raw: Mapping[Any, Any]) -> tuple[dict[str, Any], Unfit | None]:
    """What could be read of one line, and the first trouble with it."""
    row: dict[str, Any] = {}
    trouble: Unfit | None = None
    for column in columns:
        try:
            value = _cell(column, raw.get(column.name))
        except (Unfit, plain.Unclear) as unfit:
            value = cells.shown(raw.get(column.name))
            trouble = trouble or Unfit(_("%(column)s: %(why)s"), column=column.label, why=str(unfit))
        if value is not None:
            row[column.name] = value
    needed = next((c for c in columns if c.needed and c.name not in row), None)
    if row and needed:
        trouble = trouble or Unfit(_("%(column)s is missing."), column=needed.label)
    return row, trouble


def _parts(question: Question, raw: Any) -> dict[str, Any] | None:
    if question.kind == "point" and isinstance(raw, str) and raw.strip():
        return _pointed(raw)
    if isinstance(raw, str) and raw.strip():
        raw = {PARTS[question.kind][0].name: raw}
    if raw is None or raw in ("", []):
        return None
    if not isinstance(raw, Mapping):
        raise Unfit(_("This answer has not the shape that was expected."))
    if "point" in raw and isinstance(raw["point"], str):
        return _place(question, raw)
    row, trouble = _row(PARTS[question.kind], raw)
    if trouble:
        raise Unfit(trouble.sentence, row, **trouble.values)
    return row or None


def _pointed(text: str) -> dict[str, Any]:
    try:
        north, east = points.read(text)
    except Unfit as trouble:
        raise Unfit(trouble.sentence, trouble.kept or text[:500], **trouble.values) from trouble
    return {"latitude": north, "longitude": east}


def _place(question: Question, raw: Mapping[Any, Any]) -> dict[str, Any] | None:
    """A town with its point as one text. What cannot be read of the point stays beside the town, as typed."""
    town, text = {"city": raw.get("city")}, raw["point"]
    try:
        return _parts(question, {**town, **(_pointed(text) if text.strip() else {})})
    except Unfit as trouble:
        typed = {**_row(PARTS["place"][:1], town)[0], "point": text[:500]}
        kept = trouble.kept if isinstance(trouble.kept, dict) else typed
        raise Unfit(trouble.sentence, kept, **trouble.values) from trouble


def _table(question: Question, raw: Any) -> list[dict[str, Any]] | None:
    if raw is None or raw in ("", [], {}):
        return None
    if not isinstance(raw, list) or not all(isinstance(line, Mapping) for line in raw):
        raise Unfit(_("This answer has not the shape that was expected."))
    if len(raw) > MOST_LINES:
        raise Unfit(_("%(count)s lines, at most %(most)s."), count=len(raw), most=MOST_LINES)
    read = [_row(TABLES[question.kind], line) for line in raw]
    rows = [row for row, _trouble in read if row]
    for number, (row, trouble) in enumerate(read, start=1):
        if trouble:
            raise Unfit(_("Line %(number)s: %(why)s"), rows, number=number, why=str(trouble))
        if "last" in row and row["last"] < row.get("first", ""):
            raise Unfit(_("Line %(number)s: the last day is before the first."), rows, number=number)
    return _counted(question, rows)


def _checklist(question: Question, raw: Any) -> dict[str, Any] | None:
    if raw is None or raw in ("", [], {}):
        return None
    if not isinstance(raw, Mapping):
        raise Unfit(_("This answer has not the shape that was expected."))
    kept: dict[str, Any] = {}
    for key in question.values:
        given = raw.get(key)
        given = given if isinstance(given, Mapping) else {"answer": given}
        answer, remark = _reply(given.get("answer")), cells.one_line(given.get("remark"))[:1000]
        file = _one_file(given.get("file"))
        if answer or remark or file:
            kept[key] = {"answer": answer, "remark": remark, **({"file": file} if file else {})}
    return kept or None


def _reply(raw: Any) -> str:
    folded = plain.fold(cells.one_line(raw)[:100])
    for value, label in REPLIES:
        if folded in (plain.fold(value), plain.fold(label)):
            return value
    if not folded:
        return ""
    said = plain.yes_no(folded)
    if said is None:
        raise Unfit(_("“%(text)s” is not one of the options."), text=folded[:60])
    return "yes" if said else "no"


# ---------------------------------------------------------------------------------------------- files and consent


def _file(question: Question, raw: Any) -> list[dict[str, Any]] | None:
    """Files are stored by the room of applications; the answer names them: ``[{"id": 5, "name": "plan.pdf", "size":
    9}]``."""
    if raw is None or raw in ("", [], {}):
        return None
    named = [raw] if isinstance(raw, Mapping) else raw
    if not isinstance(named, list) or not all(_is_stored(one) for one in named):
        raise Unfit(_("This answer has not the shape that was expected."))
    files = [{"id": one["id"], "name": cells.one_line(one["name"])[:200], "size": one.get("size", 0)} for one in named]
    most = MOST_FILES if question.several else 1
    if len(files) > most:
        raise Unfit(_("%(count)s files, at most %(most)s."), files[:most], count=len(files), most=most)
    return files or None


def _one_file(raw: Any) -> dict[str, Any] | None:
    """A file in a line: as it is kept, or by its id alone, as a form sends it."""
    if raw is None or raw in ("", [], {}):
        return None
    if isinstance(raw, str) and raw.isascii() and raw.isdecimal() and len(raw) < 16:
        raw = {"id": int(raw), "name": "", "size": 0}
    if not _is_stored(raw):
        raise Unfit(_("This answer has not the shape that was expected."))
    return {"id": raw["id"], "name": cells.one_line(raw["name"])[:200], "size": raw.get("size", 0)}


def _is_stored(one: Any) -> bool:
    if not isinstance(one, Mapping):
        return False
    number, size = one.get("id"), one.get("size", 0)
    whole = all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 2**53 for n in (number, size))
    return whole and isinstance(one.get("name"), str)


def _consent(question: Question, raw: Any) -> dict[str, Any] | None:
    """A yes is kept with the version of the statement that was shown; a version sent along stays as it was given."""
    version = question.statement
    if isinstance(raw, Mapping):
        version = cells.one_line(raw.get("version"))[:40] or version
        raw = raw.get("given")
    given = cells.yes_no_value(question, raw)
    return None if given is None else {"given": given, "version": version}


CLEANERS: dict[str, Callable[[Question, Any], Any]] = {
    "text": cells.text_value,
    "long_text": cells.text_value,
    "number": cells.number_value,
    "decimal": cells.decimal_value,
    "yes_no": cells.yes_no_value,
    "choice": _choice,
    "choices": _choices,
    "ranking": _choices,
    "date": cells.date_value,
    "dates": _table,
    "person": _parts,
    "organisation": _parts,
    "place": _parts,
    "point": _parts,
    "country": cells.country_value,
    "region": cells.region_value,
    "ecosystems": _ecosystems,
    "rooms": _table,
    "budget": _table,
    "partners": _table,
    "hotels": _table,
    "checklist": _checklist,
    "link": cells.link_value,
    "email": cells.email_value,
    "file": _file,
    "consent": _consent,
}
