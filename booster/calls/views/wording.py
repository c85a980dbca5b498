"""What several pages of a call say alike."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from booster.academies.models import Edition
from booster.calls.models import Call, Criterion
from booster.kit import times
from booster.questions.rules import questions
from booster.ui.templatetags.texts import plain

WORDS = ("title", "summary", "body", "expected", "offered")


@dataclass(frozen=True, slots=True)
class Words:
    """A call's words in a language; ``missing`` are those that had to be shown in the call's own."""

    language: str
    name: str  # of the language, in itself
    own: str  # name of the call's own language
    languages: list[tuple[str, str]]  # code and name of every language that the call speaks
    missing: tuple[str, ...]
    title: str
    summary: str
    body: str
    expected: str
    offered: str


def name_of(language: str) -> str:
    try:
        return str(get_language_info(language)["name_local"])
    except KeyError:
        return language


def words_of(call: Call, language: str) -> Words:
    """The words in ``language``, or in the call's own when it does not speak that."""
    codes = [call.language, *sorted(code for code in call.translations if code != call.language)]
    chosen = language if language in codes else call.language
    said: Mapping[str, str] = call.translations.get(chosen, {}) if chosen != call.language else {}
    missing = () if chosen == call.language else tuple(w for w in WORDS if getattr(call, w) and not said.get(w))
    texts = {word: said.get(word) or getattr(call, word) for word in WORDS}
    names = [(code, name_of(code)) for code in codes]
    return Words(chosen, name_of(chosen), name_of(call.language), names, missing, **texts)


@dataclass(frozen=True, slots=True)
class QuestionShown:
    question: questions.Question
    criteria: list[Criterion]
    hint: str
    condition: str  # when it is asked, as a sentence; empty for always


@dataclass(frozen=True, slots=True)
class SectionShown:
    title: str
    text: str
    questions: list[QuestionShown]
    condition: str


def sections_shown(form: questions.Form, criteria: Mapping[str, Criterion]) -> list[SectionShown]:
    """A form as its readers see it before they begin: each question beside the criteria that it is judged by."""

    def shown(question: questions.Question) -> QuestionShown:
        judged = [
            criterion
            for criterion in criteria.values()
            if criterion.key in question.criteria or question.key in criterion.question_keys
        ]
        return QuestionShown(question, judged, question.hint, _condition(question.when, form))

    return [
        SectionShown(s.title, s.text, [shown(q) for q in s.questions], _condition(s.when, form)) for s in form.sections
    ]


def _condition(when: questions.Condition | None, form: questions.Form) -> str:
    """When a part of the form is asked, as a sentence."""
    if when is None:
        return ""
    other = form.questions[when.question]
    named = "; ".join(questions.text_of(other, value, _) for value in when.values)
    told = {
        "is": _("Asked only if the answer to “%(label)s” is: %(values)s."),
        "is_not": _("Asked only if the answer to “%(label)s” is not: %(values)s."),
        "any_of": _("Asked only if the answer to “%(label)s” is one of: %(values)s."),
    }
    return told[when.test] % {"label": other.label, "values": named}


def rail_of(edition: Edition, at: datetime) -> list[dict[str, Any]]:
    """The stops of an edition's rail. One query."""
    today = times.local_day(at, edition.zone)
    return [
        {
            "key": phase.kind,
            "label": phase.get_kind_display(),
            "state": "past" if phase.ends_on < today else "next" if phase.starts_on > today else "now",
            "starts": phase.starts_on,
            "ends": phase.ends_on,
        }
        for phase in edition.phases.all()
    ]


def json_ld(call: Call, words: Words) -> SafeString:
    """The call for search engines (schema.org), safe inside a script element."""
    address = settings.BOOSTER_URL + reverse("calls:call", args=[call.slug])
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": address,
        "url": address,
        "name": words.title,
        "description": words.summary or plain(words.body)[:300],
        "inLanguage": words.language,
    }
    academy = {"@type": "Organization", "name": call.edition.academy.name}
    if call.kind == Call.Kind.PARTICIPANTS:  # the event is the academy; the deadline is that of the places in it
        window = {"availabilityStarts": call.opens_at, "availabilityEnds": call.deadline_at}
        told |= {
            "@type": "EducationEvent",
            "organizer": academy,
            "offers": {"@type": "Offer", "url": address, **window},
        }
    else:
        told |= {"@type": "Demand", "seller": academy, "validFrom": call.opens_at, "validThrough": call.deadline_at}
    text = json.dumps(told, default=lambda at: at.isoformat(), ensure_ascii=True)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return format_html(safe.replace("{", "{{").replace("}", "}}"), call)  # the braces stay, nothing else is filled in
