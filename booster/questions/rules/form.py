"""The form language: what a call asks, as plain data, and how such data is read. Pure.

A form is a JSON list of sections; ``parsing.parse`` turns it into frozen dataclasses or says, place by place, what is
wrong::

    [{"key": "you", "title": "You", "text": "…", "when": null, "translations": {"fr": {"title": "Vous"}},
      "questions": [{"key": "role", "kind": "choice", "label": "Your role", "hint": "", "required": true,
                     "options": [{"value": "manager", "label": "Cluster manager"}],
                     "limit": {"unit": "words", "most": 300, "least": 0}, "minimum": 1, "maximum": 3,
                     "when": {"question": "…", "is": true}, "required_after": "2026-10-01T18:00:00+02:00",
                     "frozen_after": null, "identifies": false, "sensitive": false, "criteria": ["motivation"],
                     "files": "documents", "largest_mb": 20, "several": false, "evidence": false,
                     "reasons": false, "statement": "2026-1",
                     "autocomplete": "given-name",
                     "translations": {"fr": {"label": "…", "hint": "…", "options": {"manager": "…"}}}}]}]

Only ``key``, ``kind`` and ``label`` must be there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
LANGUAGE = re.compile(r"[a-z]{2}(-[a-zA-Z]{2,4})?")
MOST_QUESTIONS = 300


@dataclass(frozen=True, slots=True)
class KindOf:
    """What the builder offers for a kind: ``takes`` names the settings that mean something for it."""

    label: str
    takes: frozenset[str] = frozenset()


def _(text: str) -> str:
    """Marks a text for translation; the page that shows it translates it."""
    return text


def _kind(label: str, *takes: str) -> KindOf:
    return KindOf(label, frozenset(takes))


KINDS: dict[str, KindOf] = {
    "text": _kind(_("Short text"), "limit", "autocomplete"),
    "long_text": _kind(_("Long text"), "limit"),
    "number": _kind(_("Whole number"), "range"),
    "decimal": _kind(_("Number with decimals"), "range"),
    "yes_no": _kind(_("Yes or no")),
    "choice": _kind(_("One of several"), "options"),
    "choices": _kind(_("Several of many"), "options", "range"),
    "ranking": _kind(_("Put in order"), "options", "range"),
    "date": _kind(_("Date")),
    "dates": _kind(_("Dates to choose from"), "range"),
    "person": _kind(_("Person")),
    "organisation": _kind(_("Organisation")),
    "country": _kind(_("Country")),
    "region": _kind(_("Region")),
    "ecosystems": _kind(_("Industrial ecosystems"), "range"),
    "rooms": _kind(_("Rooms"), "range"),
    "budget": _kind(_("Costs"), "range"),
    "partners": _kind(_("Partners and their parts"), "range"),
    "hotels": _kind(_("Hotels"), "range"),
    "checklist": _kind(_("Checklist"), "options", "lines"),
    "place": _kind(_("Town and point on the map")),
    "point": _kind(_("Point on the map")),
    "link": _kind(_("Web address"), "autocomplete"),
    "email": _kind(_("E-mail address"), "autocomplete"),
    "file": _kind(_("Files"), "files"),
    "consent": _kind(_("Consent to a statement"), "statement"),
}
FILES = ("documents", "pictures", "sheets", "any")
OPTIONED = frozenset(name for name, kind in KINDS.items() if "options" in kind.takes)


class BadForm(ValueError):
    """The definition cannot be read. ``troubles`` holds (path, sentence, values) for each thing that is wrong."""

    def __init__(self, troubles: list[tuple[str, str, dict[str, Any]]]) -> None:
        self.troubles = troubles
        super().__init__("; ".join(f"{path}: {sentence % values}" for path, sentence, values in troubles))


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Limit:
    unit: str  # "words" | "characters", as booster.ui.counting counts them
    most: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only if an earlier question has been answered and the answer fits; “is not” waits for an answer too. A list
    answer fits when one of its members does."""

    question: str
    test: str  # "is" | "is_not" | "any_of"
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    kind: str
    label: str
    hint: str = ""
    required: bool = False
    limit: Limit | None = None
    minimum: float | None = None  # smallest number, or fewest entries
    maximum: float | None = None
    options: tuple[Option, ...] = ()
    when: Condition | None = None
    required_after: datetime | None = None  # required only from this moment on
    frozen_after: datetime | None = None  # an answer stays as it is from this moment on
    identifies: bool = False  # left out where evaluators read blind
    sensitive: bool = False  # read by organisers and evaluators, not by who merely reads the desk
    criteria: tuple[str, ...] = ()  # keys of the criteria that this answer is judged by
    files: str = "documents"
    largest_mb: int = 20
    several: bool = False
    evidence: bool = False  # each line of a checklist takes a file
    reasons: bool = False  # a line answered with “partly” or “no” must say why
    statement: str = ""  # version of the text that is consented to
    autocomplete: str = ""
    translations: Mapping[str, Any] = field(default_factory=dict)

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(option.value for option in self.options)

    def label_of(self, value: object) -> str:
        """The label of an option; the value itself when the form no longer offers it."""
        return next((option.label for option in self.options if option.value == value), str(value))

    def in_language(self, language: str) -> "Question":
        """The question in a language; what is not translated stays in the form's own."""
        words = self.translations.get(language)
        if not isinstance(words, Mapping):
            return self
        labels = words.get("options") or {}
        return replace(
            self,
            label=words.get("label") or self.label,
            hint=words.get("hint") or self.hint,
            options=tuple(Option(o.value, labels.get(o.value) or o.label) for o in self.options),
        )

    def speaks(self, language: str) -> bool:
        """Whether the label has been translated."""
        return bool((self.translations.get(language) or {}).get("label"))


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    text: str = ""
    questions: tuple[Question, ...] = ()
    when: Condition | None = None
    translations: Mapping[str, Any] = field(default_factory=dict)

    def in_language(self, language: str) -> "Section":
        words = self.translations.get(language) or {}
        return replace(
            self,
            title=words.get("title") or self.title,
            text=words.get("text") or self.text,
            questions=tuple(question.in_language(language) for question in self.questions),
        )


@dataclass(frozen=True)
class Form:
    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its key, in the order in which they are asked."""
        return {question.key: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        return {question.key: section for section in self.sections for question in section.questions}

    def in_language(self, language: str) -> "Form":
        return Form(tuple(section.in_language(language) for section in self.sections))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages, besides its own, in which some part of the form has been written."""
        found = {lang for section in self.sections for lang in section.translations}
        return tuple(sorted(found | {lang for question in self.questions.values() for lang in question.translations}))
