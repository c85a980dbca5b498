"""What pages and other rooms read about calls."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from booster.calls.models import Call, Criterion, CutOff, Enquiry, FormVersion
from booster.calls.rules import deadlines
from booster.calls.rules.deadlines import Lack, Readiness
from booster.questions.rules import questions

SLUG = "a slug that no call has"
KEPT_BY = (
    *("state", "opens_at", "deadline_at", "grace_minutes", "pk", "revision"),
    *("edition__name", "edition__slug", "edition__state", "edition__accent", "edition__academy__name"),
)
ROUNDS_BY = ("second_round__pk", "second_round__revision", "follows__state", "follows__revision")
PHASES_BY = ("edition__phases__kind", "edition__phases__starts_on", "edition__phases__ends_on")


def open_calls() -> QuerySet[Call]:
    """Calls that are published and not closed, the next deadline first, with edition and academy. One query."""
    return Call.objects.listed().filter(state="open").select_related("edition__academy").order_by("deadline_at", "pk")


def published_calls() -> QuerySet[Call]:
    """Every call that is open to everybody or was, the next deadline first. One query."""
    return Call.objects.listed().select_related("edition__academy").order_by("deadline_at", "pk")


def published_form(call: Call) -> FormVersion | None:
    """The version that people answer now. An interview asks nothing in writing: its files are those of the first round.
    One query when the first round is loaded."""
    asking = (call.follows if call.is_interview else None) or call
    return FormVersion.objects.filter(call=asking, published_at__isnull=False).order_by("-number").first()


def second_round_of(call: Call) -> Call | None:
    """The round that follows a call, if there is one. No query when it is loaded, else one."""
    return getattr(call, "second_round", None)


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


def cut_offs_of(call: Call) -> list[CutOff]:
    """The rolling cut-offs in their order. One query, none for a call without."""
    return list(call.cut_offs.all()) if call.rolling else []


def cut_off_for(cut_offs: Sequence[CutOff], sent_at: datetime) -> CutOff | None:
    """The one that a file sent at that moment counts for: the first that had not passed; ``None`` after the last. No
    query."""
    return next((one for one in cut_offs if one.closes_at >= sent_at), None)


def what_is_missing(call: Call, *, at: datetime) -> list[Lack]:
    """What stands in the way of publishing. Four queries, for a second round one more."""
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
            follows=call.follows,
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
    rows = Call.objects.filter(edition_id=edition_id).select_related("second_round")
    return rows.annotate(waiting=from_asked).order_by("kind", "pk")


@cache
def _call_query() -> tuple[str, tuple[Any, ...]]:
    """The query of ``about_call`` as the database gets it: putting it together anew costs more than running it."""
    rows = Call.objects.public().filter(slug=SLUG).order_by("edition__phases__pk")
    sql, params = rows.values_list(*KEPT_BY, *ROUNDS_BY, *PHASES_BY).query.sql_with_params()
    return sql, tuple(params)


@cache
def _list_query() -> tuple[str, tuple[Any, ...]]:
    sql, params = Call.objects.listed().order_by("pk").values_list(*KEPT_BY).query.sql_with_params()
    return sql, tuple(params)


def _rows(sql: str, params: tuple[Any, ...]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return tuple(cursor.fetchall())


def about_call(slug: str, *, at: datetime) -> tuple[Any, ...] | None:
    """Everything that the page of a call shows and that may change; ``None`` for what strangers may not see. One
    query."""
    sql, params = _call_query()
    rows = _rows(sql, tuple(slug if param == SLUG else param for param in params))
    return (_phase(rows[0], at), *rows) if rows else None


def about_calls(*, at: datetime) -> tuple[Any, ...]:
    """The same for all calls that strangers may see. One query."""
    return tuple((_phase(row, at), *row) for row in _rows(*_list_query()))


def _phase(row: tuple[Any, ...], at: datetime) -> str:
    """Where a call stands to the second, so that no page outlives a deadline within its minute."""
    state, opens_at, deadline_at, grace = row[:4]
    times = Times(state, _moment(opens_at), _moment(deadline_at), grace)
    return deadlines.phase(times, at)


@dataclass(slots=True)
class Times:
    state: str
    opens_at: datetime | None
    deadline_at: datetime | None
    grace_minutes: int


def _moment(value: Any) -> datetime | None:
    """SQLite hands moments out without their zone, which is UTC; PostgreSQL as they are."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
