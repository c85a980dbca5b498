"""Reading a form's definition, and saying place by place what is wrong with it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeGuard

from booster.questions.rules.form import (
    FILES,
    KEY,
    KINDS,
    LANGUAGE,
    MOST_QUESTIONS,
    OPTIONED,
    BadForm,
    Condition,
    Form,
    Limit,
    Option,
    Question,
    Section,
)


def _(text: str) -> str:
    """Marks a text for translation; the page that shows it translates it."""
    return text


class _Reader:
    """Reads one definition and notes everything that is wrong with it, each with its path."""

    def __init__(self) -> None:
        self.troubles: list[tuple[str, str, dict[str, Any]]] = []
        self.seen: list[str] = []  # question keys so far: conditions may look only back
        self.section_keys: list[str] = []

    def wrong(self, path: str, sentence: str, **values: Any) -> None:
        self.troubles.append((path, sentence, values))

    def text(self, item: Mapping[str, Any], name: str, path: str, *, most: int, needed: bool = False) -> str:
        value = item.get(name)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.wrong(f"{path}.{name}", _("This must be text."))
            return ""
        if needed and not value.strip():
            self.wrong(f"{path}.{name}", _("This must not be empty."))
        if len(value) > most:
            self.wrong(f"{path}.{name}", _("This is longer than %(most)s characters."), most=most)
        return value.strip()

    def key(self, item: Mapping[str, Any], path: str, taken: list[str]) -> str:
        value = item.get("key")
        if not isinstance(value, str) or not KEY.fullmatch(value):
            self.wrong(f"{path}.key", _("A key is small letters, digits and underscores and begins with a letter."))
            return ""
        if value in taken:
            self.wrong(f"{path}.key", _("“%(key)s” is used twice."), key=value)
        taken.append(value)
        return value

    def flag(self, item: Mapping[str, Any], name: str, path: str) -> bool:
        value = item.get(name, False)
        if not isinstance(value, bool):
            self.wrong(f"{path}.{name}", _("This must be true or false."))
            return False
        return value

    def number(self, item: Mapping[str, Any], name: str, path: str) -> float | None:
        value = item.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not -1e12 < value < 1e12:
            self.wrong(f"{path}.{name}", _("This must be a number."))
            return None
        found: float = value
        return found

    def moment(self, item: Mapping[str, Any], name: str, path: str) -> datetime | None:
        value = item.get(name)
        if value in (None, ""):
            return None
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            self.wrong(f"{path}.{name}", _("This must be a moment with its zone, such as 2026-10-01T18:00:00+02:00."))
            return None
        return found

    def translations(self, item: Mapping[str, Any], path: str) -> Mapping[str, Any]:
        value = item.get("translations") or {}
        if not isinstance(value, Mapping):
            self.wrong(f"{path}.translations", _("This must be a table of languages."))
            return {}
        for language, words in value.items():
            if not isinstance(language, str) or not LANGUAGE.fullmatch(language) or not _is_wording(words):
                self.wrong(
                    f"{path}.translations.{language}", _("A translation holds texts under a language such as fr.")
                )
                return {}
        return value

    def condition(self, item: Mapping[str, Any], path: str) -> Condition | None:
        value = item.get("when")
        if not value:
            return None
        path = f"{path}.when"
        tests = [name for name in ("is", "is_not", "any_of") if isinstance(value, Mapping) and name in value]
        if len(tests) != 1 or set(value) != {"question", tests[0]}:
            self.wrong(path, _("A condition names a question and one of “is”, “is not” or “any of”."))
            return None
        if value["question"] not in self.seen:
            self.wrong(f"{path}.question", _("A condition must name a question that is asked earlier."))
            return None
        wanted = value[tests[0]] if tests[0] == "any_of" else [value[tests[0]]]
        if not isinstance(wanted, list) or not all(isinstance(v, str | int | float | bool) for v in wanted):
            self.wrong(f"{path}.{tests[0]}", _("A condition compares with a plain value or a list of them."))
            return None
        return Condition(value["question"], tests[0], tuple(wanted))

    def options(self, item: Mapping[str, Any], kind: str, path: str) -> tuple[Option, ...]:
        raw = item.get("options") or []
        path = f"{path}.options"
        if not isinstance(raw, list) or not all(_is_option(one) for one in raw):
            self.wrong(path, _("Each option needs a value and a label."))
            return ()
        options = tuple(Option(one["value"], one["label"].strip()) for one in raw)
        if len({option.value for option in options}) < len(options):
            self.wrong(path, _("Two options have the same value."))
        if kind in OPTIONED and not options:
            self.wrong(path, _("This kind of question needs options to choose from."))
        return options

    def limit(self, item: Mapping[str, Any], path: str) -> Limit | None:
        raw = item.get("limit")
        if not raw:
            return None
        if not isinstance(raw, Mapping) or raw.get("unit") not in ("words", "characters"):
            self.wrong(f"{path}.limit.unit", _("A limit counts words or characters."))
            return None
        most, least = raw.get("most"), raw.get("least", 0)
        if not _is_count(most) or not _is_count(least) or not 0 <= least <= most or not 1 <= most <= 20000:
            self.wrong(f"{path}.limit.most", _("A limit is between 1 and 20,000, and its lower end below its upper."))
            return None
        return Limit(raw["unit"], most, least)

    def question(self, item: Any, path: str) -> Question | None:
        if not isinstance(item, Mapping):
            self.wrong(path, _("A question must be a table of its settings."))
            return None
        kind = item.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            self.wrong(f"{path}.kind", _("“%(kind)s” is not a kind of question."), kind=str(kind)[:40])
            kind = "text"
        when = self.condition(item, path)  # before its own key is known: no question depends on itself
        low, high = self.range(item, path)
        return Question(
            key=self.key(item, path, self.seen),
            kind=kind,
            label=self.text(item, "label", path, most=1000, needed=True),
            hint=self.text(item, "hint", path, most=4000),
            required=self.flag(item, "required", path),
            limit=self.limit(item, path),
            minimum=low,
            maximum=high,
            options=self.options(item, kind, path),
            when=when,
            required_after=self.moment(item, "required_after", path),
            frozen_after=self.moment(item, "frozen_after", path),
            identifies=self.flag(item, "identifies", path),
            sensitive=self.flag(item, "sensitive", path),
            criteria=self.criteria(item, path),
            **self.uploads(item, path),
            evidence=self.flag(item, "evidence", path),
            reasons=self.flag(item, "reasons", path),
            statement=self.text(item, "statement", path, most=40, needed=kind == "consent"),
            autocomplete=self.text(item, "autocomplete", path, most=40),
            translations=self.translations(item, path),
        )

    def range(self, item: Mapping[str, Any], path: str) -> tuple[float | None, float | None]:
        low, high = self.number(item, "minimum", path), self.number(item, "maximum", path)
        if low is not None and high is not None and low > high:
            self.wrong(f"{path}.minimum", _("The smallest value is above the largest."))
        return low, high

    def uploads(self, item: Mapping[str, Any], path: str) -> dict[str, Any]:
        files, largest = item.get("files", "documents"), item.get("largest_mb", 20)
        if files not in FILES:
            self.wrong(f"{path}.files", _("Files are documents, pictures, sheets or any of them."))
        if not _is_count(largest) or not 1 <= largest <= 50:
            self.wrong(f"{path}.largest_mb", _("A file may have between 1 and 50 MB."))
        return {"files": files, "largest_mb": largest, "several": self.flag(item, "several", path)}

    def criteria(self, item: Mapping[str, Any], path: str) -> tuple[str, ...]:
        value = item.get("criteria") or []
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            self.wrong(f"{path}.criteria", _("Criteria are named by their keys."))
            return ()
        return tuple(value)

    def section(self, item: Any, path: str) -> Section | None:
        if not isinstance(item, Mapping) or not isinstance(item.get("questions", []), list):
            self.wrong(path, _("A section must have a key, a title and a list of questions."))
            return None
        when = self.condition(item, path)
        read = [self.question(one, f"{path}.questions[{n}]") for n, one in enumerate(item.get("questions", []))]
        return Section(
            key=self.key(item, path, self.section_keys),
            title=self.text(item, "title", path, most=200, needed=True),
            text=self.text(item, "text", path, most=10000),
            questions=tuple(question for question in read if question),
            when=when,
            translations=self.translations(item, path),
        )


def _is_wording(words: Any) -> bool:
    if not isinstance(words, Mapping):
        return False
    options = words.get("options") or {}
    plain = all(isinstance(v, str) for k, v in words.items() if k != "options")
    return plain and isinstance(options, Mapping) and all(isinstance(v, str) for v in options.values())


def _is_option(one: Any) -> bool:
    if not isinstance(one, Mapping):
        return False
    value, label = one.get("value"), one.get("label")
    return isinstance(value, str) and 0 < len(value) <= 60 and isinstance(label, str) and 0 < len(label.strip()) <= 1000


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def parse(sections: Any) -> Form:
    """The form that a JSON list of sections describes; ``BadForm`` names the path of everything that is wrong."""
    reader = _Reader()
    if not isinstance(sections, list):
        raise BadForm([("sections", _("A form is a list of sections."), {})])
    read = [reader.section(one, f"sections[{n}]") for n, one in enumerate(sections)]
    if len(reader.seen) > MOST_QUESTIONS:
        reader.wrong("sections", _("A form has at most %(most)s questions."), most=MOST_QUESTIONS)
    if reader.troubles:
        raise BadForm(reader.troubles)
    return Form(tuple(section for section in read if section))
