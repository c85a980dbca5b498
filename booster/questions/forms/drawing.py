"""A Django form out of questions: one field a question, drawn by ``{% field %}`` like any other."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from booster.people.rules import ecosystems
from booster.questions.forms import spots, widgets
from booster.questions.rules import questions
from booster.questions.rules.files import allowed_for
from booster.questions.rules.questions import Condition, Form, Question, Section


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a question: the criteria that concern it, and addresses that its widget asks."""

    criteria: Mapping[str, Sequence[str]] = field(default_factory=dict)  # {question key: ["Motivation, 30 of 100"]}
    links: Mapping[str, str] = field(
        default_factory=dict
    )  # {"regions": url, "organisations": url, "point": url, "upload": url, "file": url of files}


@dataclass(frozen=True, slots=True)
class Desk:
    """What may be written and what must be, by the keys of questions; ``only``, if given, leaves the others out."""

    writable: Collection[str]
    needed: Collection[str]
    only: Collection[str] = ()


class Answer(forms.Field):
    """A question. Nothing is refused here: what does not fit is kept as typed, and said."""

    def __init__(self, question: Question, **more: Any) -> None:
        self.question = question
        super().__init__(required=False, label=question.label, **more)
        limit = question.limit
        if limit and limit.unit == "words":
            self.words = limit.most
        elif limit:
            self.max_length = limit.most

    def clean(self, value: Any) -> Any:
        """The value to keep: for what does not fit, what was typed."""
        cleaned = questions.clean_answer(self.question, value)
        return cleaned.kept if isinstance(cleaned, questions.Problem) else cleaned

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.clean(data) != initial)


def _options(question: Question) -> widgets.Choices:
    if question.kind == "ecosystems":
        return [(one.id, _(one.name)) for one in ecosystems.ALL]
    return [(option.value, option.label) for option in question.options]


def _choice(question: Question) -> forms.Widget:
    if len(question.options) > 7:
        return forms.Select(choices=[("", "—"), *_options(question)])
    return forms.RadioSelect(choices=_options(question))


def _text(question: Question, links: Mapping[str, str]) -> forms.Widget:
    if question.limit and question.limit.most > 120:
        return forms.Textarea(attrs={"rows": 3})
    look_up = links.get("organisations", "") if question.autocomplete == "organization" else ""
    return widgets.Plain(question.kind, question.autocomplete, look_up)


def _country(question: Question, form: Form, links: Mapping[str, str]) -> forms.Widget:
    """The region asked for next in the same section follows the country that is chosen."""
    follows = next((q.key for q in form.section_of[question.key].questions if q.kind == "region"), "")
    follows = follows if "regions" in links else ""
    attrs = (
        {"hx-get": links.get("regions", ""), "hx-target": f"#id_{follows}", "hx-trigger": "change"} if follows else {}
    )
    if follows:
        attrs["hx-vals"] = f'{{"country_key": "{question.key}"}}'
    return forms.Select(attrs=attrs, choices=widgets.country_choices())


def _region(question: Question, form: Form, answers: Mapping[str, Any]) -> forms.Widget:
    keys = list(form.questions)
    before = [k for k in keys[: keys.index(question.key)] if form.questions[k].kind == "country"]
    country = answers.get(before[-1]) if before else ""
    return widgets.Region(country if isinstance(country, str) else "")


def widget_for(question: Question, form: Form, answers: Mapping[str, Any], links: Mapping[str, str]) -> forms.Widget:
    makers = {
        "text": lambda: _text(question, links),
        "long_text": lambda: forms.Textarea(attrs={"rows": 8}),
        "yes_no": widgets.YesNo,
        "choice": lambda: _choice(question),
        "choices": lambda: forms.CheckboxSelectMultiple(choices=_options(question)),
        "ecosystems": lambda: forms.CheckboxSelectMultiple(choices=_options(question)),
        "ranking": lambda: widgets.Ranking(question),
        "country": lambda: _country(question, form, links),
        "region": lambda: _region(question, form, answers),
        "checklist": lambda: widgets.Checklist(question, links),
        "file": lambda: widgets.Files(question, links, allowed_for(question).accept),
        "consent": widgets.Tick,
    }
    if question.kind in ("point", "place"):
        return spots.Pointed(question, links, form, answers)
    if question.kind in makers:
        return makers[question.kind]()
    if question.kind in questions.PARTS:
        return widgets.Parts(question, links)
    if question.kind in questions.TABLES:
        return widgets.Rows(question, links)
    return widgets.Plain(question.kind, question.autocomplete)


def _hint(question: Question, criteria: Sequence[str]) -> SafeString | str:
    if not criteria:
        return question.hint
    judged = format_html_join("; ", "{}", ((text,) for text in criteria))
    return format_html(
        '{}<span class="judged"><span class="label">{}</span> {}</span>', question.hint, _("Judged under"), judged
    )


def _when(condition: Condition | None, here: Collection[str], form: Form) -> dict[str, Any] | None:
    """The condition for the browser, where the question it looks at is on the same page; else the server decides."""
    if condition is None or condition.question not in here:
        return None
    return questions.browser_rule(condition, form)


def _is_asked(question: Question, here: Collection[str], shown: Collection[str]) -> bool:
    """Drawn when it is asked now, or may come to be asked by what is answered on this page."""
    return question.key in shown or (question.when is not None and question.when.question in here)


class Answers(forms.Form):
    """The questions of one section, or of several, with the answers so far."""

    def __init__(
        self,
        form: Form,
        sections: Sequence[Section],
        *args: Any,
        answers: Mapping[str, Any],
        shown: Collection[str],
        desk: Desk,
        beside: Beside,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=dict(answers), **kwargs)
        self.form = form
        asked = [question for section in sections for question in section.questions]
        here = {question.key for question in asked}
        for question in asked:
            if desk.only and question.key not in desk.only:
                continue
            if _is_asked(question, here, shown):
                self.fields[question.key] = self._field(question, answers, here, desk, beside)

    def _field(
        self, question: Question, answers: Mapping[str, Any], here: Collection[str], desk: Desk, beside: Beside
    ) -> Answer:
        made = Answer(
            question,
            widget=widget_for(question, self.form, answers, beside.links),
            help_text=_hint(question, beside.criteria.get(question.key, ())),
            disabled=question.key not in desk.writable,
        )
        made.required = question.key in desk.needed
        made.when = _when(question.when, here, self.form)
        made.widget.is_required = False
        return made

    def writable(self) -> dict[str, Any]:
        """The answers to keep. Files go their own way."""
        kept = {}
        for name, answer in self.fields.items():
            if not answer.disabled and answer.question.kind != "file":
                raw = answer.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
                kept[name] = answer.clean(raw)
        return kept

    def sent_of(self, names: Collection[str]) -> dict[str, Any]:
        """The answers to the questions of which a field was sent, as the page saves by itself."""
        keys = {name.split("-")[0] for name in names}
        return {key: value for key, value in self.writable().items() if key in keys}

    def refuse(self, troubles: Sequence[tuple[str, str]]) -> None:
        """Say at each question why a file was not taken. After ``show_problems``."""
        for key, why in troubles:
            self.add_error(key if key in self.fields else None, why)

    def show_problems(self, problems: Sequence[questions.Problem], *, also_missing: bool) -> None:
        """Say at each field what is wrong; what is merely missing only when somebody asked to see it."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}
        for problem in problems:
            if problem.key in self.fields and (also_missing or problem.kind != "missing"):
                self.add_error(problem.key, problem.said(_))


def build(
    form: Form,
    sections: Sequence[Section],
    *,
    answers: Mapping[str, Any],
    desk: Desk,
    data: Any = None,
    beside: Beside | None = None,
) -> Answers:
    """The form in which somebody answers."""
    shown = questions.visible(form, answers)
    return Answers(form, sections, data, answers=answers, shown=shown, desk=desk, beside=beside or Beside())


def preview(form: Form, sections: Sequence[Section]) -> Answers:
    """The form as people will meet it: empty, with every question, leading nowhere."""
    every = form.questions
    desk = Desk(writable=every.keys(), needed={key for key, question in every.items() if question.required})
    return Answers(form, sections, answers={}, shown=every.keys(), desk=desk, beside=Beside(), auto_id="look_%s")
