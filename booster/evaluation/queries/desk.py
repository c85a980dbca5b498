"""What one evaluator sees: their files, one file, the others' marks. Everything goes through ``Assignment.own``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from booster.applications.models import Application, Attachment
from booster.applications.queries import form_of, reading
from booster.applications.queries.papers import Chapter, Said
from booster.calls.models import Criterion
from booster.craft import agreement
from booster.evaluation.models import Assignment, Consensus, Evaluation, Evaluator, Redaction
from booster.evaluation.rules import redaction as covering
from booster.evaluation.rules.agreeing import Voice
from booster.questions.rules import questions

STEPS = ("go_on", "mark", "declare", "in_doubt", "signed")  # in this order on the desk
NOT_READ = ("application__answers", "application__pending", "application__touched", "application__folded")


@dataclass(frozen=True, slots=True)
class MyFile:
    """One file on an evaluator's desk. ``step``: declare, mark (not begun), go_on (begun), in_doubt, signed."""

    assignment: Assignment
    title: str
    step: str
    due_on: date | None


def organisation_of(application: Application) -> str:
    """All that is shown of a file before a conflict was declared absent."""
    return application.organisation.name if application.organisation else _("An applicant without an organisation")


def title_of(assignment: Assignment) -> str:
    """What the evaluator may call the file now: its organisation until it is open, in blind reading a number from the
    declaration on, also when a conflict showed while reading. No query when application, organisation and call are
    loaded."""
    application = assignment.application
    if application.call.blind and assignment.state != "assigned":
        return _("File %(number)s") % {"number": application.pk}
    return str(application) if assignment.state == "open" else organisation_of(application)


def step_of(assignment: Assignment, marked: str | None) -> str:
    if assignment.state == "assigned":
        return "declare"
    if assignment.state == "in_doubt":
        return "in_doubt"
    return {"signed": "signed", "draft": "go_on"}.get(marked or "", "mark")


def my_evaluating(person: Any) -> list[MyFile]:
    """What lies on the person's desk, of all calls: what waits first, the earliest due first. One query.

    Files that are not eligible, withdrawn or barred are not among them.
    """
    rows = (
        Assignment.objects.own(person)
        .exclude(application__screening__eligible=False)
        .select_related("application__organisation", "application__call__edition__academy", "evaluator", "evaluation")
        .defer(*NOT_READ)
    )
    found = []
    for row in rows:
        marked = row.evaluation.state if hasattr(row, "evaluation") else None
        found.append(MyFile(row, title_of(row), step_of(row, marked), row.due_on))
    return sorted(found, key=_urgency)


def _urgency(one: MyFile) -> tuple[bool, date, int, int]:
    return one.step in ("in_doubt", "signed"), one.due_on or date.max, STEPS.index(one.step), one.assignment.pk


def my_samples(person: Any) -> list[Evaluator]:
    """Evaluators that the person is, of calls with a sample file, not marked yet ones first. One query."""
    rows = Evaluator.objects.own(person).filter(call__calibration__isnull=False).select_related("call__calibration")
    return sorted(rows, key=lambda one: (one.calibrated_at is not None, one.pk))


def for_marking(assignment: Assignment) -> Assignment:
    """The assignment with all that its page shows. One query."""
    rows = Assignment.objects.select_related(
        "application__call__edition__academy", "application__organisation", "application__applicant",
        "application__form_version", "evaluator", "evaluation",
    )  # fmt: skip
    return rows.get(pk=assignment.pk)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as one evaluator reads it."""

    title: str
    organisation: str  # empty in blind reading
    chapters: tuple[Chapter, ...]
    blind: bool


def paper(assignment: Assignment, *, language: str = "", say: Any = str) -> Paper:
    """Three queries at most. In blind reading what identifies is left out, redactions replace answers, and names,
    addresses and links of the applicant are covered in all other text."""
    return _paper_of(assignment.application, assignment, language=language, say=say)


def _paper_of(application: Application, assignment: Assignment, *, language: str, say: Any) -> Paper:
    blind = assignment.application.call.blind
    if blind:
        chapters = covered_chapters(application, language=language, say=say)
    else:
        chapters = reading(application, language=language, say=say).chapters
    return Paper(title_of(assignment), "" if blind else organisation_of(application), chapters, blind)


def covered_chapters(application: Application, *, language: str = "", say: Any = str) -> tuple[Chapter, ...]:
    """The file as a blind call shows it, whether its call is blind or not. Three queries at most."""
    read = reading(application, blind=True, language=language, say=say)
    redacted = dict(Redaction.objects.filter(application=application).values_list("question_key", "text"))
    hidden = hidden_in(application)
    return tuple(replace(c, answers=tuple(_covered(s, redacted, hidden) for s in c.answers)) for c in read.chapters)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the first round knew of a file of the second: the file, and what its evaluators agreed on."""

    paper: Paper | None  # None for an interview: the file of the second round is the first one's
    agreed: Consensus | None
    text: str  # of the agreement, in blind reading without what gives the applicant away
    marks: tuple[tuple[str, str], ...]  # criterion of the first round, the agreed mark


def earlier(assignment: Assignment, *, language: str = "", say: Any = str) -> Earlier | None:
    """The first round beside the second, where the organiser allows it. No query in a first round, else six at most."""
    application = assignment.application
    if application.follows_id is None or not application.call.earlier_seen:
        return None
    first = Application.objects.select_related("call", "organisation", "applicant", "form_version").get(
        pk=application.follows_id
    )
    if first.state == "erased":
        return None
    agreed = Consensus.objects.filter(application=first, state="agreed").first()
    titles = {c.key: c.title for c in first.call.criteria.all()} if agreed else {}
    marks = tuple((titles.get(key, key), str(mark)) for key, mark in agreed.marks.items()) if agreed else ()
    shown = None if application.call.is_interview else _paper_of(first, assignment, language=language, say=say)
    text = agreed.text if agreed else ""
    if application.call.blind:
        text = covering.covered(text, hidden_in(first))
    return Earlier(shown, agreed, text, marks)


def hidden_in(application: Application) -> list[str]:
    """What gives the applicant away: names, organisation, and every answer that identifies. The form is loaded."""
    form = form_of(application)
    said = [
        questions.text_of(form.questions[key], application.answers.get(key))
        for key in sorted(questions.blind(form))
        if form.questions[key].kind in ("text", "organisation", "link", "email")
    ]
    applicant = application.applicant
    names = [application.name, *([applicant.name, applicant.given_name, applicant.family_name] if applicant else [])]
    bodies = [application.organisation.name] if application.organisation else []
    parts = [word for name in names for word in covering.words_of(name)]
    return covering.secrets([*said, *names, *bodies, application.title, *parts])


def _covered(said: Said, redacted: dict[str, str], hidden: Sequence[str]) -> Said:
    if said.question.key in redacted:
        return replace(said, text=redacted[said.question.key], files=(), table=())
    table = tuple(tuple(covering.covered(cell, hidden) for cell in line) for line in said.table)
    return replace(said, text=covering.covered(said.text, hidden), table=table)


def attachment_of(assignment: Assignment, document: int) -> Attachment | None:
    """A file of an open assignment that this evaluator may have: one that the reading shows. Three queries at most,
    six more in a second round."""
    read = [paper(assignment)]
    before = earlier(assignment)
    if before is not None and before.paper is not None:
        read.append(before.paper)
    shown = {a.document_id: a for one in read for c in one.chapters for said in c.answers for a in said.files}
    return shown.get(document)


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion as the evaluator marks it."""

    criterion: Criterion
    mark: Decimal | None
    note: str


def asked(evaluation: Evaluation | None, criteria: Sequence[Criterion]) -> list[Asked]:
    """The criteria with what was given so far. One query."""
    given = {m.criterion_id: m for m in evaluation.marks.all()} if evaluation else {}
    return [Asked(c, given[c.pk].value, given[c.pk].comment) if c.pk in given else Asked(c, None, "") for c in criteria]


def others(assignment: Assignment, evaluation: Evaluation | None) -> list[Voice]:
    """What the other evaluators of the file signed, without names, when the call lets this evaluator see it.

    The call says never, after signing their own, or always while marks are given, and whether everybody sees them once
    the whole file is signed. Barred and doubtful ones are not among them. Three queries at most.
    """
    call, signed = assignment.application.call, evaluation is not None and evaluation.state == "signed"
    now_seen = call.marks_seen == "always" or (call.marks_seen == "after_own" and signed)
    if not now_seen and not (call.marks_shared and signed and _all_signed(assignment)):
        return []
    rows = (
        Evaluation.objects.counted()
        .filter(assignment__application=assignment.application_id)
        .exclude(assignment=assignment.pk)
        .order_by("assignment_id")
        .prefetch_related("marks__criterion")
    )
    return [voice_of(row, _("Evaluator %(letter)s") % {"letter": chr(65 + n % 26)}) for n, row in enumerate(rows)]


def _all_signed(assignment: Assignment) -> bool:
    """Whether nobody on the file has still to sign. One query."""
    on_it = Assignment.objects.live().filter(application=assignment.application_id)
    return not on_it.exclude(evaluation__state="signed").exists()


def voice_of(evaluation: Evaluation, name: str) -> Voice:
    marks = list(evaluation.marks.all())
    return Voice(
        name=name,
        marks={m.criterion.key: m.value for m in marks if m.value is not None},
        notes={m.criterion.key: m.comment for m in marks if m.comment},
        comment=evaluation.comment,
    )


def agreed_on(assignment: Assignment) -> Consensus | None:
    """The consensus on an evaluator's file once it is agreed. One query."""
    return Consensus.objects.filter(application=assignment.application_id, state="agreed").first()


def neighbours(assignment: Assignment) -> tuple[int | None, int | None]:
    """The evaluator's open files before and after this one, in a fixed order. One query."""
    rows = Assignment.objects.readable().filter(evaluator=assignment.evaluator_id, application__state="submitted")
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    before, after = [pk for pk in ids if pk < assignment.pk], [pk for pk in ids if pk > assignment.pk]
    return (before[-1] if before else None, after[0] if after else None)


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion of the sample: what the evaluator gave, the reference and why."""

    criterion: Criterion
    mark: Decimal
    reference: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Sampled:
    lines: list[Compared]
    calibration: agreement.Calibration


def sample_of(evaluator: Evaluator, criteria: Sequence[Criterion]) -> Sampled:
    """An evaluator's marks for the sample against the reference; the call's sample is loaded. One query."""
    given = {mark.criterion_id: mark.value for mark in evaluator.calibration_marks.all()}
    reference = evaluator.call.calibration.reference
    lines = [
        Compared(c, given[c.pk], Decimal(reference[c.key]["value"]), reference[c.key]["why"])
        for c in criteria
        if c.pk in given and c.key in reference
    ]
    mine = {line.criterion.key: line.mark for line in lines}
    told = agreement.calibrate(evaluator.person.name, mine, {line.criterion.key: line.reference for line in lines})
    return Sampled(lines, told)


def next_open(assignment: Assignment) -> int | None:
    """The evaluator's next file without a signature: after this one, else from the beginning. One query."""
    rows = (
        Assignment.objects.readable()
        .filter(evaluator=assignment.evaluator_id, application__state="submitted")
        .exclude(evaluation__state="signed")
        .exclude(pk=assignment.pk)
    )
    ids = sorted(rows.values_list("pk", flat=True))
    return next((pk for pk in ids if pk > assignment.pk), ids[0] if ids else None)
