"""A section and a question of a form, as boxes to fill in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booster.calls.forms.calls import Plain
from booster.kit import times
from booster.kit.words import told
from booster.questions.forms import Answers, preview
from booster.questions.rules import building
from booster.questions.rules.form import FILES, KINDS, OPTIONED, BadForm, Form
from booster.questions.rules.parsing import parse

SETTINGS_OF = {  # a box shows for the kinds that take its setting
    "options": "options",
    "limit_unit": "limit",
    "limit_most": "limit",
    "minimum": "range",
    "maximum": "range",
    "files": "files",
    "largest_mb": "files",
    "several": "files",
    "evidence": "lines",
    "reasons": "lines",
    "statement": "statement",
}
MOMENTS = ("required_after", "frozen_after")
TESTS = [("is", _("is")), ("is_not", _("is not")), ("any_of", _("is one of"))]


class Conditioned(Plain):
    """A part that may hang on an earlier answer."""

    when_question = forms.ChoiceField(required=False, label=_("Ask only if"))
    when_test = forms.ChoiceField(required=False, choices=TESTS, label=_("Answer"))
    when_value = forms.CharField(
        required=False,
        max_length=500,
        label=_("Value"),
        help_text=_("yes or no, a number, or the value of an option; several are parted by semicolons."),
    )

    def __init__(self, form: Form, data: Any = None, *, raw: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.form, self.raw = form, raw or {}
        kwargs.setdefault("initial", {}).update(self._condition())
        super().__init__(data, **kwargs)
        own = self.raw.get("key") if "kind" in self.raw else None
        asked = [(q.key, f"{q.label} ({q.key})") for q in form.questions.values() if q.key != own]
        self.fields["when_question"].choices = [("", _("always")), *asked]

    def _condition(self) -> dict[str, Any]:
        when = self.raw.get("when") or {}
        test = next((name for name, _label in TESTS if name in when), "is")
        values = when.get(test, "")
        listed = values if isinstance(values, list) else [values]
        shown = "; ".join({True: "yes", False: "no"}[v] if isinstance(v, bool) else str(v) for v in listed)
        return {"when_question": when.get("question", ""), "when_test": test, "when_value": shown}

    def condition(self) -> dict[str, Any] | None:
        """The condition as the form language writes it."""
        cleaned = self.cleaned_data
        if not cleaned.get("when_question"):
            return None
        test = cleaned.get("when_test") or "is"
        values = [self._value(text.strip()) for text in cleaned.get("when_value", "").split(";")]
        return {"question": cleaned["when_question"], test: values if test == "any_of" else values[0]}

    def _value(self, text: str) -> Any:
        kind = self.form.questions[self.cleaned_data["when_question"]].kind
        if kind in ("yes_no", "consent"):
            return text.casefold() in ("yes", "true", "1")
        if kind in ("number", "decimal"):
            try:
                return float(text)
            except ValueError:
                return text
        return text


class SectionForm(Conditioned):
    title = forms.CharField(max_length=200, label=_("Title"))
    text = forms.CharField(
        max_length=4000, required=False, label=_("Text below the title"), widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ["title", "text"]

    def __init__(self, form: Form, data: Any = None, *, raw: dict[str, Any] | None = None) -> None:
        given = {name: (raw or {}).get(name, "") for name in ("title", "text")}
        super().__init__(form, data, raw=raw, initial=given)

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {"title": cleaned["title"], "text": cleaned["text"], "when": self.condition()}


class QuestionForm(Conditioned):
    """Every setting of a question; those that mean nothing for its kind are not shown and not kept."""

    kind = forms.ChoiceField(choices=[(name, _(kind.label)) for name, kind in KINDS.items()], label=_("Kind"))
    label = forms.CharField(max_length=1000, label=_("Question"), widget=forms.Textarea(attrs={"rows": 2}))
    hint = forms.CharField(
        max_length=2000, required=False, label=_("Hint below it"), widget=forms.Textarea(attrs={"rows": 2})
    )
    required = forms.BooleanField(required=False, label=_("Must be answered"))
    options = forms.CharField(
        required=False,
        max_length=20000,
        label=_("Options"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One on each line. To keep old answers, leave the word before “=” as it is: gold = Gold label."),
    )
    limit_unit = forms.ChoiceField(
        required=False,
        label=_("Limit"),
        choices=[("", _("none")), ("words", _("words")), ("characters", _("characters"))],
    )
    limit_most = forms.IntegerField(required=False, min_value=1, max_value=20000, label=_("At most"))
    minimum = forms.DecimalField(required=False, max_digits=14, decimal_places=3, label=_("Smallest number, or fewest"))
    maximum = forms.DecimalField(required=False, max_digits=14, decimal_places=3, label=_("Largest number, or most"))
    files = forms.ChoiceField(
        required=False,
        label=_("Files"),
        choices=list(
            zip(FILES, (_("Documents"), _("Pictures"), _("Sheets"), _("Documents and pictures")), strict=True)
        ),
    )
    largest_mb = forms.IntegerField(required=False, min_value=1, max_value=50, label=_("MB at most"))
    several = forms.BooleanField(required=False, label=_("Several files"))
    evidence = forms.BooleanField(required=False, label=_("Each line takes a file as evidence"))
    reasons = forms.BooleanField(required=False, label=_("“Partly” and “no” must say why"))
    statement = forms.CharField(required=False, max_length=40, label=_("Version of the statement"))
    criteria = forms.MultipleChoiceField(
        required=False,
        label=_("Judged by"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Shown beside the question."),
    )
    identifies = forms.BooleanField(required=False, label=_("Tells who applies: left out where evaluators read blind"))
    sensitive = forms.BooleanField(
        required=False, label=_("Sensitive, such as gender, diet or health: hidden from who only reads the desk")
    )
    required_after = forms.DateTimeField(
        required=False,
        label=_("Must be answered only from"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    frozen_after = forms.DateTimeField(
        required=False,
        label=_("Can no longer change from"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    field_order = ["kind", "label", "hint", "required", "options"]

    def __init__(
        self, form: Form, data: Any = None, *, raw: dict[str, Any], criteria: Any, languages: Sequence[str], zone: str
    ) -> None:
        """``zone`` is the call's: moments are typed and shown on its clock."""
        super().__init__(form, data, raw=raw, initial=_initial(raw, zone))
        self.zone = zone
        for name in MOMENTS:
            self.fields[name].help_text = _("On the clock of %(zone)s.") % {"zone": zone}
        self.fields["criteria"].choices = criteria
        for name, setting in SETTINGS_OF.items():
            kinds = [kind for kind, what in KINDS.items() if setting in what.takes]
            self.fields[name].when = {"field": "kind", "op": "has", "value": kinds}
        for name in ("when_test", "when_value"):
            self.fields[name].when = {"field": "when_question", "op": "filled"}
        self.languages = tuple(languages)
        for language in self.languages:
            said = (raw.get("translations") or {}).get(language, {})
            name = {"label": _("Question in “%s”"), "hint": _("Hint in “%s”")}
            for word, label in name.items():
                self.fields[f"{word}_{language}"] = forms.CharField(
                    required=False, max_length=2000, label=label % language, initial=said.get(word, "")
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in OPTIONED and not cleaned.get("options"):
            self.add_error("options", _("This kind of question needs options to choose from."))
        labels = [option["label"].casefold() for option in _options(cleaned.get("options") or "")]
        if twice := next((label for n, label in enumerate(labels) if label in labels[:n]), ""):
            self.add_error("options", _("“%s” stands there twice.") % twice)
        if cleaned.get("limit_unit") and not cleaned.get("limit_most"):
            self.add_error("limit_most", _("How many?"))
        for name in MOMENTS:
            if cleaned.get(name):
                cleaned[name] = self._moment(name, cleaned[name])
        return cleaned

    def _moment(self, name: str, typed: datetime) -> datetime | None:
        """What was typed, read on the clock of the call."""
        try:
            return times.moment(typed.date(), typed.time(), self.zone)
        except times.ImpossibleHour as impossible:
            self.add_error(name, told(str(impossible), _))
        except (ValueError, OverflowError):
            self.add_error(name, _("This day cannot be used."))
        return None

    def values(self) -> dict[str, Any]:
        """The question as the form language writes it, without its key."""
        cleaned = self.cleaned_data
        kind = cleaned.get("kind") or "text"
        takes = KINDS[kind].takes
        limited = "limit" in takes and cleaned.get("limit_unit") and cleaned.get("limit_most")
        return {
            **{name: cleaned.get(name) or "" for name in ("label", "hint")},
            "kind": kind,
            "required": bool(cleaned.get("required")),
            "identifies": bool(cleaned.get("identifies")),
            "sensitive": bool(cleaned.get("sensitive")),
            "criteria": cleaned.get("criteria") or [],
            "options": _options(cleaned.get("options") or "") if "options" in takes else [],
            "limit": {"unit": cleaned["limit_unit"], "most": cleaned["limit_most"]} if limited else None,
            **{name: _plain(cleaned.get(name)) if "range" in takes else None for name in ("minimum", "maximum")},
            **{name: cleaned.get(name) if "files" in takes else None for name in ("files", "largest_mb", "several")},
            **{name: bool(cleaned.get(name)) if "lines" in takes else None for name in ("evidence", "reasons")},
            "statement": (cleaned.get("statement") or "1") if "statement" in takes else None,
            "when": self.condition(),
            **{name: _iso(cleaned.get(name)) for name in MOMENTS},
            "translations": self._translations(),
        }

    def _translations(self) -> dict[str, Any]:
        others = {code: dict(said) for code, said in (self.raw.get("translations") or {}).items()}
        for language in self.languages:
            words = {word: self.cleaned_data.get(f"{word}_{language}") for word in ("label", "hint")}
            said = {**others.get(language, {}), **{word: text for word, text in words.items() if text}}
            others[language] = {word: text for word, text in said.items() if words.get(word, text)}
        return {code: said for code, said in others.items() if said}

    def look(self) -> Answers | None:
        """The question as people will see it, as far as it makes sense already."""
        values = self.values() if self.is_bound and hasattr(self, "cleaned_data") else dict(self.raw)
        filled = {name: value for name, value in values.items() if value not in (None, "", [], {})}
        definition = {**filled, "key": "preview", "label": filled.get("label") or "…"}
        definition.pop("when", None)
        try:
            form = parse([{"key": "s", "title": "s", "questions": [definition]}])
        except BadForm:
            return None
        return preview(form, form.sections)


def _initial(raw: dict[str, Any], zone: str) -> dict[str, Any]:
    limit, clock = raw.get("limit") or {}, times.zone(zone)
    moments = {n: datetime.fromisoformat(raw[n]).astimezone(clock).replace(tzinfo=None) for n in MOMENTS if raw.get(n)}
    plain = {n: raw[n] for n in raw if n not in ("options", "limit", "when", *MOMENTS)}
    options = "\n".join(f"{o['value']} = {o['label']}" for o in raw.get("options", []))
    return {
        **plain,
        **moments,
        "options": options,
        "limit_unit": limit.get("unit", ""),
        "limit_most": limit.get("most"),
    }


def _options(text: str) -> list[dict[str, str]]:
    """Lines such as ``gold = Gold label``, or a label alone, whose value is made from it."""
    options: list[dict[str, str]] = []
    for line in text.splitlines():
        value, equals, label = line.partition("=")
        taken = {option["value"] for option in options}
        if equals and label.strip() and value.strip():
            options.append({"value": value.strip()[:60], "label": label.strip()})
        elif line.strip():
            options.append({"value": building.key_for(line.strip(), taken, "option"), "label": line.strip()})
    return options


def _plain(number: Any) -> float | int | None:
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
