"""A call's words and rules: drafting, texts, dates, criteria, gates, white book, copies."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from booster.academies.models import Edition
from booster.calls import facts, queries
from booster.calls.actions.building import change_form
from booster.calls.models import Call, CallDocument, Criterion, FormVersion, Gate, Requirement
from booster.calls.rules import deadlines, gates, white_book
from booster.calls.rules.templates import TEMPLATES, CriterionOf, RequirementOf, Template
from booster.calls.rules.templates.white_book import CRITERION_OF, checklist
from booster.chronicle import actions as chronicle
from booster.kit import moves, times
from booster.kit.machine import NotNow
from booster.kit.words import N_
from booster.questions.rules import building

WORDS = frozenset(("title", "summary", "body", "offered", "expected", "contact", "language"))
SETTINGS = frozenset(
    (
        *("seats", "per_organisation", "blind", "marks_seen", "marks_shared", "evaluators_per_file"),
        *("threshold", "acceptance_days"),
        *("complaint_days", "keep_drafts_days", "keep_unsuccessful_days"),
        *("shortlist_size", "earlier_seen"),
    )
)
TIMES = frozenset(("opens_at", "deadline_at", "grace_minutes", "zone"))


@transaction.atomic
def draft(
    *, edition: Edition, kind: str, by: Any, at: datetime, template: Template | None = None, **columns: Any
) -> Call:
    """Draft a call from a template (that of its kind unless given), with form version 1 as a draft.

    ``columns`` set any of the call's words, settings and times; ``slug`` its address, made from the edition's
    otherwise.
    """
    template = template or TEMPLATES[kind]
    unknown = set(columns) - WORDS - SETTINGS - TIMES - {"slug"}
    if unknown:
        raise ValueError(f"A call has no {', '.join(sorted(unknown))}.")
    words = {name: getattr(template, name) for name in ("title", "summary", "body", "offered", "expected")}
    values = {"zone": edition.zone, "contact": edition.academy.contact, **words, **template.settings, **columns}
    values["slug"] = free_slug(values.get("slug") or f"{edition.slug}-{kind}")
    call = Call.objects.create(edition=edition, kind=kind, **values)
    write_criteria(call, template.criteria)
    Gate.objects.bulk_create(_gates(call, template.gates))
    write_requirements(call, template.requirements)
    FormVersion.objects.create(call=call, number=1, sections=template.sections)
    chronicle.record(facts.CALL_DRAFTED, thing=call, by=by, at=at)
    return call


def free_slug(wish: str) -> str:
    stem = slugify(wish)[:74] or "call"
    taken = set(Call.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return stem if stem not in taken else next(s for n in range(2, 10_000) if (s := f"{stem}-{n}") not in taken)


def _criterion(call: Call, place: int, source: CriterionOf | Criterion) -> Criterion:
    return Criterion(
        call=call,
        position=place,
        key=source.key,
        title=source.title,
        text=source.text,
        weight=Decimal(source.weight),
        minimum=None if source.minimum is None else Decimal(str(source.minimum)),
        anchors=dict(source.anchors),
        question_keys=list(source.question_keys),
    )


def write_criteria(
    call: Call, sources: Iterable[CriterionOf | Criterion], *, with_questions: bool = True
) -> None:  # fmt: skip
    rows = [_criterion(call, n, source) for n, source in enumerate(sources)]
    for row in rows if not with_questions else ():
        row.question_keys = []
    Criterion.objects.bulk_create(rows)


def _gates(call: Call, sources: Iterable[gates.Gate | Gate]) -> list[Gate]:
    return [
        Gate(call=call, position=n, code=g.code, message=g.message, kind=g.kind, params=dict(g.params))
        for n, g in enumerate(sources)
    ]


def write_requirements(call: Call, sources: Iterable[RequirementOf]) -> None:
    criteria = {criterion.key: criterion for criterion in call.criteria.all()}
    Requirement.objects.bulk_create(
        Requirement(
            call=call,
            position=n,
            section=source.section,
            key=source.key,
            text=source.text,
            level=source.level,
            criterion=criteria.get(source.criterion),
        )
        for n, source in enumerate(sources)
    )


def _may_change(call: Call) -> None:
    if call.state in ("closed", "settled"):
        raise NotNow(_("The call is closed: what people answered to stays as it was."))


def _set(call: Call, revision: int | None, **values: Any) -> Call:
    """Write columns of a call and let its revision grow; ``Stale`` when somebody else changed it since ``revision``.

    ``moves.settle`` cannot do it: a call has a column with the name of its keyword ``expected``.
    """
    seen = call.revision if revision is None else revision
    values["revision"] = seen + 1
    if not Call.objects.filter(pk=call.pk, revision=seen).update(**values):
        raise moves.Stale(_("Somebody else changed this call a moment ago. Look at it again before you go on."))
    for name, value in values.items():
        setattr(call, name, value)
    return call


@transaction.atomic
def change_texts(*, call: Call, values: Mapping[str, Any], by: Any, at: datetime, revision: int | None = None) -> Call:
    """Change words and settings of a call. ``revision`` is what the editor had before them."""
    unknown = set(values) - WORDS - SETTINGS
    if unknown:
        raise ValueError(f"A call has no {', '.join(sorted(unknown))}.")
    changed = sorted(name for name, value in values.items() if getattr(call, name) != value)
    if not changed:
        return call
    _set(call, revision, **{name: values[name] for name in changed})
    chronicle.record(facts.CALL_CHANGED, thing=call, by=by, at=at, what=", ".join(changed))
    return call


@transaction.atomic
def translate(*, call: Call, language: str, words: Mapping[str, str], by: Any, at: datetime, revision: int) -> Call:
    """Write the call's words in a further language; empty words are taken away, a language without words too."""
    kept = {name: text for name, text in words.items() if name in WORDS and text.strip()}
    others = {code: said for code, said in call.translations.items() if code != language}
    _set(call, revision, translations={**others, **({language: kept} if kept else {})})
    chronicle.record(facts.CALL_CHANGED, thing=call, by=by, at=at, what=f"translation {language}")
    return call


@transaction.atomic
def change_dates(*, call: Call, values: Mapping[str, Any], by: Any, at: datetime, revision: int | None = None) -> Call:
    """Set opening, deadline, grace and zone while the call is a draft. Later a deadline moves by ``extend`` alone."""
    if call.state != "draft":
        raise NotNow(_("The call is published: its deadline moves by an announced extension only."))
    unknown = set(values) - TIMES
    if unknown:
        raise ValueError(f"A call has no {', '.join(sorted(unknown))}.")
    if call.follows is not None and not deadlines.closes_after(values.get("deadline_at"), call.follows):
        raise NotNow(_("The second round must close after the first one."))
    _set(call, revision, **values)
    chronicle.record(facts.CALL_CHANGED, thing=call, by=by, at=at, what=N_("dates"))
    return call


@transaction.atomic
def set_criteria(
    *, call: Call, criteria: Sequence[CriterionOf | Criterion], by: Any, at: datetime, revision: int | None = None
) -> Call:
    """The criteria, in their order, known by key: changed, added, taken away. ``NotNow`` when the call is closed or
    marks hang on one that would go."""
    _may_change(call)
    known = {criterion.key: criterion for criterion in call.criteria.all()}
    wanted = [_criterion(call, place, source) for place, source in enumerate(criteria)]
    gone = set(known) - {criterion.key for criterion in wanted}
    try:
        call.criteria.filter(key__in=gone).delete()
    except ProtectedError as held:
        raise NotNow(_("Marks have been given for this criterion, so it stays.")) from held
    for criterion in wanted:
        criterion.pk = known[criterion.key].pk if criterion.key in known else None
    columns = ["position", "title", "text", "weight", "minimum", "anchors", "question_keys"]
    Criterion.objects.bulk_update([c for c in wanted if c.pk], columns)
    Criterion.objects.bulk_create([c for c in wanted if not c.pk])
    _set(call, revision)
    chronicle.record(facts.CALL_CHANGED, thing=call, by=by, at=at, what=N_("criteria"))
    return call


@transaction.atomic
def set_gates(
    *, call: Call, wanted: Sequence[gates.Gate | Gate], by: Any, at: datetime, revision: int | None = None
) -> Call:
    """The conditions in the order in which they are looked at."""
    _may_change(call)
    unknown = {gate.kind for gate in wanted} - set(gates.KINDS)
    if unknown:
        raise ValueError(f"There is no gate of the kind {', '.join(sorted(unknown))}.")
    call.gates.all().delete()
    Gate.objects.bulk_create(_gates(call, wanted))
    _set(call, revision)
    chronicle.record(facts.CALL_CHANGED, thing=call, by=by, at=at, what=N_("conditions"))
    return call


@transaction.atomic
def set_requirements(
    *, call: Call, requirements: Sequence[RequirementOf], by: Any, at: datetime, revision: int | None = None
) -> Call:
    """The white book. The checklists of the form follow, in a draft of a new version that waits for publishing."""
    _may_change(call)
    call.requirements.all().delete()
    write_requirements(call, requirements)
    _set(call, revision)
    parts: dict[str, list[tuple[str, str]]] = {}
    for line in requirements:
        parts.setdefault(line.section, []).append((line.key, line.text))
    newest = queries.newest_form(call)
    if newest is not None:
        asked = _follows(newest.sections, parts)
        if asked != newest.sections:
            change_form(call, newest.revision, lambda _sections: asked)
    chronicle.record(facts.CALL_CHANGED, thing=call, by=by, at=at, what=N_("white book"))
    return call


def _follows(sections: list[dict[str, Any]], parts: dict[str, list[tuple[str, str]]]) -> list[dict[str, Any]]:
    def ask(part: str, lines: list[tuple[str, str]]) -> dict[str, Any]:
        return checklist(part, lines, CRITERION_OF.get(part, ""))

    return white_book.in_step_with_white_book(sections, parts, "White book", ask)


# ---------------------------------------------------------------------------------------------- copies


@transaction.atomic
def copy(
    *, call: Call, edition: Edition, days: int, by: Any, at: datetime, follows: Call | None = None
) -> Call:  # fmt: skip
    """The same call as a draft in another edition, every moment ``days`` later at the same hour of the clock. Its
    documents come along; both calls show the same stored file. ``follows``: the copy of its first round, for a second
    one; without it a second round becomes a call like any other."""
    shift = _shift(call.zone, days)
    words = {name: getattr(call, name) for name in WORDS | SETTINGS | {"zone", "grace_minutes", "translations"}}
    new = Call.objects.create(
        edition=edition,
        kind=call.kind,
        slug=free_slug(f"{edition.slug}-{call.kind}"),
        opens_at=shift(call.opens_at) if call.opens_at else None,
        deadline_at=shift(call.deadline_at) if call.deadline_at else None,
        round=call.round if follows else Call.Round.FIRST,
        follows=follows,
        **words,
    )
    write_criteria(new, call.criteria.all())
    Gate.objects.bulk_create(_gates(new, call.gates.all()))
    lines = call.requirements.select_related("criterion")
    write_requirements(new, [line_of(r) for r in lines])
    kept = call.documents.filter(document__removed_at=None)
    CallDocument.objects.bulk_create(
        CallDocument(call=new, title=one.title, document_id=one.document_id, position=one.position) for one in kept
    )
    source = queries.newest_form(call)
    sections = building.shifted(source.sections, shift) if source else []
    if not new.is_interview:
        FormVersion.objects.create(call=new, number=1, sections=sections)
    chronicle.record(facts.CALL_COPIED, thing=new, by=by, at=at, source=str(call))
    return new


def line_of(r: Requirement) -> RequirementOf:
    return RequirementOf(r.section, r.key, r.text, r.level, r.criterion.key if r.criterion else "")


def _shift(zone_name: str, days: int) -> Callable[[datetime], datetime]:
    """Moves a moment by whole days, so that 18:00 stays 18:00 when the clocks change in between."""
    zone = times.zone(zone_name)

    def shift(at: datetime) -> datetime:
        local = at.astimezone(zone)
        try:
            return times.moment(local.date() + timedelta(days=days), local.time(), zone_name)
        except times.ImpossibleHour:
            return at + timedelta(days=days)

    return shift
