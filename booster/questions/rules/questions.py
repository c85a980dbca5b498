"""A form and the answers to it: what is asked, what is missing, what is wrong, how it reads. Pure.

One import for other rooms: ``from booster.questions.rules import questions``.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from booster.kit.words import N_
from booster.questions.rules.cleaning import Problem, clean_answer
from booster.questions.rules.conditions import browser_rule
from booster.questions.rules.form import (
    KINDS,
    BadForm,
    Condition,
    Form,
    Limit,
    Option,
    Question,
    Section,
)
from booster.questions.rules.parsing import parse
from booster.questions.rules.reading import headings, lines_of, point_of, text_of
from booster.questions.rules.tables import PARTS, REPLIES, TABLES

__all__ = [
    "KINDS",
    "PARTS",
    "REPLIES",
    "TABLES",
    "BadForm",
    "Condition",
    "Form",
    "Limit",
    "Option",
    "Problem",
    "Question",
    "Section",
    "blind",
    "browser_rule",
    "carry_over",
    "check",
    "clean_answer",
    "empty",
    "frozen",
    "headings",
    "kept",
    "lines_of",
    "missing",
    "needed",
    "parse",
    "point_of",
    "pointed",
    "progress",
    "raw_of",
    "text_of",
    "visible",
]

Answers = Mapping[str, Any]
_ = N_


def empty(value: Any) -> bool:
    """Whether nothing has been answered. ``False`` and ``0`` are answers."""
    return value is None or value in ("", [], {})


def _holds(condition: Condition | None, answers: Answers, shown: set[str]) -> bool:
    if condition is None:
        return True
    if condition.question not in shown:
        return False
    given = answers.get(condition.question)
    if isinstance(given, Mapping) and "given" in given:  # a consent
        given = given["given"]
    if empty(given):
        return False
    members = given if isinstance(given, list) else [given]
    fits = any(_same(member, value) for member in members for value in condition.values)
    return not fits if condition.test == "is_not" else fits


def _same(one: Any, other: Any) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def visible(form: Form, answers: Answers) -> set[str]:
    """The keys of the questions that are asked, given these answers. A question whose condition hangs on one that is
    not asked is not asked either, whatever an old answer says."""
    shown: set[str] = set()
    for section in form.sections:
        if not _holds(section.when, answers, shown):
            continue
        for question in section.questions:
            if _holds(question.when, answers, shown):
                shown.add(question.key)
    return shown


def kept(form: Form, answers: Answers) -> dict[str, Any]:
    """The answers that count when sending: those to questions that are asked, in the order of the form."""
    shown = visible(form, answers)
    return {key: answers[key] for key in form.questions if key in shown and not empty(answers.get(key))}


def needed(question: Question, *, at: datetime) -> bool:
    """Whether the question must be answered now: ``required_after`` puts the duty off until then."""
    if question.required_after is not None:
        return at >= question.required_after
    return question.required


def frozen(form: Form, *, at: datetime) -> set[str]:
    """Keys of the answers that may no longer change."""
    return {key for key, q in form.questions.items() if q.frozen_after is not None and at >= q.frozen_after}


def missing(form: Form, answers: Answers, *, at: datetime, also: Collection[str] = ()) -> list[Problem]:
    """A problem for each question that is asked, must be answered now and is not, in the order of the form. ``also``:
    keys that must be answered whatever the form says."""
    shown = visible(form, answers)
    asked = [q for key, q in form.questions.items() if key in shown and (key in also or needed(q, at=at))]
    return [problem for q in asked if (problem := _missing(q, answers.get(q.key)))]


def _missing(question: Question, value: Any) -> Problem | None:
    if question.kind == "consent" and not (isinstance(value, Mapping) and value.get("given") is True):
        return Problem(question.key, _("Please confirm this."), kind="missing")
    if empty(value):
        return Problem(question.key, _("Please answer this."), kind="missing")
    if question.kind == "checklist":
        given = value if isinstance(value, Mapping) else {}
        left = [key for key in question.values if not _replied(given.get(key))]
        silent = [] if left or not question.reasons else [key for key in question.values if _owes_reason(given[key])]
        if silent:
            say = (
                _("%(count)s lines answered with “partly” or “no” still need a word why.")
                if len(silent) > 1
                else _("One line answered with “partly” or “no” still needs a word why.")
            )
            return Problem(question.key, say, {"count": len(silent)}, kind="missing", kept=value)
        if left:
            say = _("%(count)s lines have no answer yet.") if len(left) > 1 else _("One line has no answer yet.")
            return Problem(question.key, say, {"count": len(left)}, kind="missing", kept=value)
    return None


def _owes_reason(line: Mapping[str, Any]) -> bool:
    return line.get("answer") in ("partly", "no") and not line.get("remark")


def progress(asked: Iterable[Question], answers: Answers) -> tuple[int, int]:
    """How many lines of the checklists among the questions are answered, and how many there are."""
    lists = [question for question in asked if question.kind == "checklist"]
    given = {q.key: answers.get(q.key) for q in lists}
    done = sum(_replied(line.get(v)) for q in lists if isinstance(line := given[q.key], Mapping) for v in q.values)
    return done, sum(len(question.values) for question in lists)


def _replied(line: Any) -> bool:
    return bool(line.get("answer")) if isinstance(line, Mapping) else False


def check(form: Form, answers: Answers, *, at: datetime, also: Collection[str] = ()) -> list[Problem]:
    """Everything that stands in the way of sending, in the order of the form; empty when the answers are complete
    and fit. Questions that are not asked count for nothing, those in ``also`` must be answered whatever the form says.
    Never raises, whatever the answers hold."""
    shown = visible(form, answers)
    lacking = {problem.key: problem for problem in missing(form, answers, at=at, also=also)}
    problems = []
    for key, question in form.questions.items():
        if key in lacking:
            problems.append(lacking[key])
        elif key in shown and (wrong := _unfit(question, answers.get(key))):
            problems.append(wrong)
    return problems


def _unfit(question: Question, value: Any) -> Problem | None:
    if empty(value):
        return None
    cleaned = clean_answer(question, value)
    if isinstance(cleaned, Problem):
        return cleaned
    if question.kind == "consent" and cleaned and cleaned["version"] != question.statement:
        return Problem(
            question.key, _("The text has changed since you agreed to it. Please read it again."), kept=value
        )
    return None


def blind(form: Form) -> set[str]:
    """Keys of the answers that tell who applies."""
    return {key for key, question in form.questions.items() if question.identifies}


def sensitive(form: Form) -> set[str]:
    """Keys of the answers that are sensitive: gender, diet, what somebody needs to take part."""
    return {key for key, question in form.questions.items() if question.sensitive}


def carry_over(old: Form, new: Form, answers: Answers) -> tuple[dict[str, Any], list[str]]:
    """Answers given to an old version, for a new one: ``(answers, keys that want a look)``.

    An answer that the new question takes is kept as it takes it. One that it cannot take (an option is gone, a limit
    became tighter) is kept as typed where the kind is the same, and its key is among those to look at; an answer to a
    question that is gone stays too, unasked, so that the old version still reads whole.
    """
    carried: dict[str, Any] = {}
    look = []
    for key, value in pointed(new, answers).items():
        question, before = new.questions.get(key), old.questions.get(key)
        if question is None or empty(value):
            carried[key] = value
            continue
        cleaned = clean_answer(question, value)
        if not isinstance(cleaned, Problem):
            carried[key] = cleaned
            continue
        carried[key] = value if before is not None and before.kind == question.kind else cleaned.kept
        look.append(key)
    look += [key for key, question in new.questions.items() if question.required and empty(carried.get(key))]
    return carried, list(dict.fromkeys(look))


def pointed(new: Form, answers: Answers) -> dict[str, Any]:
    """The answers with the two numbers of an older form as one point, where the new form asks for one instead."""
    names = ("latitude", "longitude")
    point = next((key for key, question in new.questions.items() if question.kind == "point"), "")
    numbers = {name: answers.get(name) for name in names}
    if not point or answers.get(point) or point_of(numbers) is None or any(name in new.questions for name in names):
        return dict(answers)
    return {**answers, point: numbers}


# ---------------------------------------------------------------------------------------------- from a web form


def raw_of(question: Question, getlist: Callable[[str], list[str]]) -> Any:
    """What a web form sent for a question, ready for ``clean_answer``. ``getlist`` is ``request.POST.getlist``.

    Field names: ``key``; for parts ``key-part``; for lines ``key-0-column``, ``key-1-column`` …; for a checklist
    ``key-requirement``, also with ``-remark`` and ``-file`` behind it; for a ranking ``key-option`` with the place as a
    number.
    """
    key = question.key
    if question.kind in PARTS:
        return _parts_sent(question, getlist)
    if question.kind in TABLES:
        return _lines(question, getlist)
    if question.kind == "checklist":
        return {
            v: {
                "answer": _last(getlist(f"{key}-{v}")),
                "remark": _last(getlist(f"{key}-{v}-remark")),
                "file": _last(getlist(f"{key}-{v}-file")),
            }
            for v in question.values
        }
    if question.kind == "ranking":
        return {v: place for v in question.values if (place := _last(getlist(f"{key}-{v}")))}
    sent = getlist(key)
    return sent if question.kind in ("choices", "ecosystems") else _last(sent)


def _parts_sent(question: Question, getlist: Callable[[str], list[str]]) -> Any:
    key = question.key
    if question.kind == "point":
        return _last(getlist(key))
    if question.kind == "place" and (text := getlist(f"{key}-point")):
        return {"city": _last(getlist(f"{key}-city")), "point": _last(text)}
    return {c.name: _last(getlist(f"{key}-{c.name}")) for c in PARTS[question.kind]}


def _last(values: list[str]) -> str:
    return values[-1] if values else ""


def _lines(question: Question, getlist: Callable[[str], list[str]]) -> list[dict[str, str]]:
    lines, gap = [], 0
    for number in range(200):
        line = {c.name: _last(getlist(f"{question.key}-{number}-{c.name}")) for c in TABLES[question.kind]}
        filled = any(text.strip() for text in line.values())
        gap = 0 if filled else gap + 1
        if filled:
            lines.append(line)
        if gap > 20:
            break
    return lines
