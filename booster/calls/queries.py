"""What pages and other rooms read about calls."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from booster.calls.models import Call, Criterion, Enquiry, FormVersion
from booster.calls.rules import deadlines, questions
from booster.calls.rules.deadlines import Lack, Readiness


def open_calls() -> QuerySet[Call]:
    """Calls that are published and not closed, the next deadline first, with edition and academy. One query."""
    return Call.objects.filter(state="open").select_related("edition__academy").order_by("deadline_at", "pk")


def published_calls() -> QuerySet[Call]:
    """Every call that the public may read, the next deadline first. One query."""
    return Call.objects.public().select_related("edition__academy").order_by("deadline_at", "pk")


def published_form(call: Call) -> FormVersion | None:
    """The version that people answer now. One query."""
    return call.form_versions.filter(published_at__isnull=False).order_by("-number").first()


def form_draft(call: Call) -> FormVersion | None:
    return call.form_versions.filter(published_at__isnull=True).first()


def newest_form(call: Call) -> FormVersion | None:
    """What the builder shows: the draft, else the published version."""
    return call.form_versions.order_by("-number").first()


def form_of(version: FormVersion | None) -> questions.Form:
    """A version parsed; an empty form for none. No query."""
    return parsed(version) if version else questions.Form(())


def parsed(version: FormVersion) -> questions.Form:
    """The form of a version. What is published never changes and is asked for by every page of an application, so it
    is parsed once and kept by its text. No query."""
    if version.published_at is None:
        return questions.parse(version.sections)
    return _parsed(json.dumps(version.sections))


@lru_cache(maxsize=64)
def _parsed(sections: str) -> questions.Form:
    return questions.parse(json.loads(sections))


def deadline_with_grace(call: Call) -> datetime | None:
    return deadlines.last_moment(call)


def what_is_missing(call: Call, *, at: datetime) -> list[Lack]:
    """What stands in the way of publishing. Four queries."""
    return deadlines.lacking(
        Readiness(
            opens_at=call.opens_at,
            deadline_at=call.deadline_at,
            text=call.body,
            contact=call.contact,
            weights=tuple(call.criteria.values_list("weight", flat=True)),
            form_published=published_form(call) is not None,
            gates=call.gates.count(),
            requirements=call.requirements.count(),
            is_venue_call=call.kind == Call.Kind.VENUES,
        ),
        at,
    )


@dataclass(frozen=True, slots=True)
class BookPart:
    """A part of the white book."""

    title: str
    lines: list[Any]


def white_book(call: Call) -> list[BookPart]:
    """The white book by its parts, in order. One query."""
    parts: dict[str, BookPart] = {}
    for line in call.requirements.select_related("criterion"):
        parts.setdefault(line.section, BookPart(line.section, [])).lines.append(line)
    return list(parts.values())


@dataclass(frozen=True, slots=True)
class CriterionShown:
    criterion: Criterion
    anchors: list[tuple[str, str]]
    questions: list[questions.Question]  # that it concerns, in the order of the form


def criteria_shown(criteria: Sequence[Criterion], form: questions.Form) -> list[CriterionShown]:
    """Criteria with their anchors in order and with the questions that they concern. No query."""
    return [
        CriterionShown(
            criterion,
            sorted(criterion.anchors.items(), key=lambda pair: float(pair[0])),
            [q for q in form.questions.values() if criterion.key in q.criteria or q.key in criterion.question_keys],
        )
        for criterion in criteria
    ]


def answered(call: Call) -> QuerySet[Enquiry]:
    """Questions with their answers for all, the newest answer first."""
    return call.enquiries.filter(state="answered").order_by("-answered_at", "-pk")


def waiting_enquiries(edition_id: int) -> int:
    """How many questions wait for an answer in an edition. One query."""
    return Enquiry.objects.filter(call__edition_id=edition_id, state="asked").count()


def calls_of(edition_id: int) -> QuerySet[Call]:
    """An edition's calls for its organisers, with the number of questions waiting (``.waiting``). One query."""
    from_asked = Count("enquiries", filter=Q(enquiries__state="asked"))
    return Call.objects.filter(edition_id=edition_id).annotate(waiting=from_asked).order_by("kind", "pk")
