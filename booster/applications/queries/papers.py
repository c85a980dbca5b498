"""One application as people read it: its answers with labels, its tables with the files that lie in their cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from booster.applications.models import Application, Attachment
from booster.applications.queries.answering import form_of
from booster.kit.words import N_
from booster.people.rules import countries
from booster.questions.rules import questions
from booster.questions.rules.files import named_in
from booster.questions.rules.reading import file_name

LONG = 110  # characters of an answer that reads as a paragraph


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table as people read it: under which heading, in which line, and the file that it holds."""

    text: str
    head: str
    line: str
    file: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as people read it. ``files``: what hangs at it, as stored documents."""

    question: questions.Question
    text: str
    files: tuple[Attachment, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    placed: tuple[tuple[int, int, Attachment], ...] = ()  # files in the table: line, column, file

    @property
    def grid(self) -> list[list["Cell"]]:
        """The lines of the table below its heading, each cell with the file that lies in it."""
        files = {(line, column): file for line, column, file in self.placed}
        return [
            [
                Cell(text, head, line[0], files.get((n, m)))
                for m, (text, head) in enumerate(zip(line, self.table[0], strict=True))
            ]
            for n, line in enumerate(self.table[1:])
        ]

    @property
    def given(self) -> bool:
        return bool(self.text or self.files or self.table)

    @property
    def long(self) -> bool:
        """Takes the whole width, like a paragraph; short answers stand beside their label."""
        return bool(self.table) or len(self.text) > LONG or "\n" in self.text


@dataclass(frozen=True, slots=True)
class Chapter:
    section: questions.Section
    answers: tuple[Said, ...]

    @property
    def silent(self) -> list[str]:
        """The labels of what was not answered."""
        return [said.question.label for said in self.answers if not said.given]


@dataclass(frozen=True, slots=True)
class Reading:
    application: Application
    chapters: tuple[Chapter, ...]
    blind: bool = False


def reading(
    application: Application, *, blind: bool = False, whole: bool = True, language: str = "", say: Any = str
) -> Reading:
    """The file with labels: what was sent, never what is merely typed. ``blind``: without what tells who applies; not
    ``whole``: without what is sensitive.

    At most two queries: files, and the form version when it is not loaded.
    """
    form = form_of(application, language=language)
    shown = questions.visible(form, application.answers) - (questions.blind(form) if blind else set())
    if not whole:
        shown -= questions.sensitive(form)
    files: dict[str, list[Attachment]] = {}
    for attachment in application.attachments.select_related("document"):
        files.setdefault(attachment.question_key, []).append(attachment)
    chapters = []
    for section in form.sections:
        said = tuple(
            _said(q, application.answers.get(q.key), files.get(q.key, []), say)
            for q in section.questions
            if q.key in shown
        )
        if said:
            chapters.append(Chapter(section, said))
    return Reading(application, tuple(chapters), blind)


def is_sensitive(attachment: Attachment) -> bool:
    """Whether a file answers a question that only organisers read. One query at most, for the form."""
    return attachment.question_key in questions.sensitive(form_of(attachment.application))


def _said(question: questions.Question, value: Any, files: Sequence[Attachment], say: Any) -> Said:
    named = set(named_in(value))
    kept = tuple(a for a in files if a.document_id in named)
    text = questions.text_of(question, value, say)
    if question.kind == "checklist" and isinstance(value, dict):
        table, held = _checklist(question, value, say)
    else:
        table, held = _table(question, value, say)
    known = {a.document_id: a for a in kept}
    placed = tuple((n, m, known[one]) for (n, m), one in held.items() if one in known)
    return Said(question, text, kept, table, placed)


Table = tuple[tuple[tuple[str, ...], ...], dict[tuple[int, int], int]]  # its text, and the ids of files by their place


def _table(question: questions.Question, value: Any, say: Any) -> Table:
    """Lines of a table, its heading first; empty for other kinds and for a table without lines. Columns for files show
    where there is one."""
    if question.kind not in questions.TABLES or not isinstance(value, list) or not value:
        return (), {}
    lines = [line for line in value if isinstance(line, dict)]
    columns = [
        c
        for c in questions.TABLES[question.kind]
        if c.kind != "file" or any(_file_id(line.get(c.name)) for line in lines)
    ]
    head = tuple(say(column.label) for column in columns)
    body = [
        tuple(
            file_name(line.get(c.name))
            if c.kind == "file"
            else _cell(line.get(c.name), dict(c.options) or NAMED.get(c.kind, {}), say)
            for c in columns
        )
        for line in lines
    ]
    held = {
        (n, m): number
        for n, line in enumerate(lines)
        for m, c in enumerate(columns)
        if c.kind == "file" and (number := _file_id(line.get(c.name)))
    }
    return (head, *body), held


def _checklist(question: questions.Question, value: Mapping[str, Any], say: Any) -> Table:
    """Each answered line with its answer, remark and evidence; the last two where there is one."""
    lines = [(key, line if isinstance(line := value[key], dict) else {"answer": line})
             for key in questions.lines_of(question, value)]  # fmt: skip
    parts = [name for name in ("remark", "file") if any(line.get(name) for _key, line in lines)]
    titles = {"remark": say(N_("Remark")), "file": say(N_("Evidence"))}
    told = dict(questions.REPLIES)
    body = [
        (
            question.label_of(key),
            str(say(told.get(answer := str(line.get("answer") or ""), answer or "–"))),
            *(file_name(line.get(p)) if p == "file" else str(line.get(p) or "") for p in parts),
        )
        for key, line in lines
    ]
    held = {
        (n, 1 + len(parts)): number for n, (_key, line) in enumerate(lines) if (number := _file_id(line.get("file")))
    }
    return ((say(N_("Line")), say(N_("Answer")), *(titles[p] for p in parts)), *body), held


def _file_id(value: Any) -> int:
    return next(named_in(value), 0)


NAMED = {"country": {code: countries.name(code) for code in countries.all_codes()}}  # names for a column's codes


def _cell(value: Any, options: Mapping[str, str], say: Any) -> str:
    if isinstance(value, bool):
        return str(say("Yes") if value else say("No"))
    if value is None:
        return ""
    return str(say(options[value])) if value in options else (f"{value:g}" if isinstance(value, float) else str(value))
