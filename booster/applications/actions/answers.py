"""Keep what is typed and what is uploaded, whoever else is writing at the same time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from booster.applications import facts
from booster.applications.models import Application, Attachment, Partner
from booster.applications.queries.answering import form_of, writable_keys
from booster.applications.rules import merging
from booster.applications.rules.listing import folded
from booster.applications.rules.summary import summary
from booster.chronicle import actions as chronicle
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.library import actions as library
from booster.library.models import Document
from booster.people.models import Person
from booster.questions.rules.files import allowed_for, allowed_in, named_in, settled
from booster.questions.rules.questions import Form

MOST_FILES = 300  # of one application, with those that were put in and taken out since it was sent last
SPELL = timedelta(minutes=30)  # one line in the timeline for half an hour of writing


@dataclass(frozen=True, slots=True)
class Saved:
    application: Application
    clashes: tuple[merging.Clash, ...] = ()


def locked(application: Application) -> Application:
    """The row as it stands, held until the transaction ends (SQLite holds the whole file)."""
    rows = Application.objects.select_for_update(of=("self",)).select_related(
        "call", "form_version", "entry_code", "cut_off"
    )
    return rows.get(pk=application.pk)


def _may_write(
    application: Application, keys: Iterable[str], *, form: Form, partner: Partner | None, at: datetime
) -> None:
    open_keys = writable_keys(application, form, partner=partner, at=at)
    if not open_keys:
        raise NotNow(_("This application cannot be changed any more."))
    if closed := [key for key in keys if key not in open_keys]:
        known = form.questions.get(closed[0])
        raise Refused(
            _("“%(question)s” cannot be changed by you now.") % {"question": known.label if known else closed[0]}
        )


def _keep(
    application: Application,
    answers: dict[str, Any],
    changed: Iterable[str],
    *,
    form: Form,
    by: Person | None,
    at: datetime,
) -> None:
    """Write the working answers, mark who changed what, and bring the lists up to date while it is a draft."""
    fresh = not application.touched or at - application.changed_at > SPELL
    name = by.name if by else application.name
    application.revision += 1
    application.touched = merging.marked(
        application.touched, changed, revision=application.revision, editor=by.pk if by else 0, name=name
    )
    application.changed_at = at
    if application.state == "draft":
        application.answers = answers
        take_summary(application, form)
    else:
        application.pending = None if answers == application.answers else answers
    application.save()
    if fresh:
        chronicle.record(facts.ANSWERED, thing=application, by=by, at=at)


def take_summary(application: Application, form: Form) -> None:
    """What the lists show, from the answers that count. Not saved here."""
    short = summary(form, application.answers)
    first = application.follows  # a second round need not ask again what the first one knows
    application.title = short.title or (first.title if first else "") or application.name
    application.country = short.country or (first.country if first else "")
    application.ecosystems = list(short.ecosystems) or (first.ecosystems if first else [])
    placed = first if first is not None and short.latitude is None else short
    application.latitude, application.longitude = placed.latitude, placed.longitude
    application.folded = folded(
        application.reference, application.title, short.organisation, application.name, application.address
    )


@transaction.atomic
def save_answers(
    *,
    application: Application,
    answers: Mapping[str, Any],
    revision: int,
    by: Person | None,
    at: datetime,
    partner: Partner | None = None,
) -> Saved:
    """Keep changed answers (question key: kept value). ``revision``: the one that the editor had before them.

    What somebody else changed meanwhile in other questions stays; the same question changed by both is a clash: theirs
    stands, yours comes back in ``clashes``, the rest is kept. After the sending, changes wait in ``pending`` until they
    are sent. ``NotNow`` when nothing can be changed any more, ``Refused`` for a question that is not the editor's.
    """
    application = locked(application)
    form = form_of(application)
    _may_write(application, answers, form=form, partner=partner, at=at)
    answers = _with_own_files(application, answers)
    editor = by.pk if by else 0
    merged = merging.merge(
        standing=application.working, brought=answers, touched=application.touched, revision=revision, editor=editor
    )
    if merged.changed:
        _keep(application, merged.answers, merged.changed, form=form, by=by, at=at)
    return Saved(application, merged.clashes)


def _with_own_files(application: Application, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the files that lie at this application, as they are called there; any other is left out. One
    query, none when no file is named."""
    wanted = set(named_in(list(answers.values())))
    if not wanted:
        return dict(answers)
    lying = application.attachments.filter(document__in=wanted).select_related("document")
    known = {a.document_id: entry_of(a.document) for a in lying}
    return {key: settled(value, known) for key, value in answers.items()}


def entry_of(document: Document) -> dict[str, Any]:
    """How an answer names a stored file."""
    return {"id": document.pk, "name": document.name, "size": document.size}


@transaction.atomic
def attach_file(
    *,
    application: Application,
    box: str,
    file: File[bytes],
    by: Person | None,
    at: datetime,
    partner: Partner | None = None,
) -> Document:
    """Store a file for a line of a table or checklist: ``box`` is its box in the form, such as ``rooms-0-photo``. It
    counts once an answer that names it is saved; until then it lies at the application.

    ``library.rules.UnfitFile`` says what is wrong with a file that is not taken.
    """
    application = locked(application)
    form = form_of(application)
    question = box.partition("-")[0]
    _may_write(application, [question], form=form, partner=partner, at=at)
    allowed = allowed_in(form.questions[question], box)
    if allowed is None:
        raise Refused(_("This question is not answered by a file."))
    if application.attachments.count() >= MOST_FILES:
        raise NotNow(_("This application holds as many files as it can. Send it, then go on."))
    document = library.store(file=file, allowed=allowed, by=by, at=at)
    Attachment.objects.create(application=application, question_key=question, document=document)
    chronicle.record(facts.FILE_ADDED, thing=application, by=by, at=at, question=question)
    return document


@transaction.atomic
def add_file(
    *,
    application: Application,
    question: str,
    file: File[bytes],
    by: Person | None,
    at: datetime,
    partner: Partner | None = None,
) -> Document:
    """Store a file as an answer; where one file is asked for it takes the place of the one before.

    ``library.rules.UnfitFile`` says what is wrong with a file that is not taken.
    """
    application = locked(application)
    form = form_of(application)
    _may_write(application, [question], form=form, partner=partner, at=at)
    asked = form.questions[question]
    if asked.kind != "file":
        raise Refused(_("This question is not answered by a file."))
    document = library.store(file=file, allowed=allowed_for(asked), by=by, at=at)
    Attachment.objects.create(application=application, question_key=question, document=document)
    entry = entry_of(document)
    standing = list(application.working.get(question) or []) if asked.several else []
    _keep(application, {**application.working, question: [*standing, entry]}, [question], form=form, by=by, at=at)
    sweep(application, question=question, by=by, at=at)
    chronicle.record(facts.FILE_ADDED, thing=application, by=by, at=at, question=question)
    return document


@transaction.atomic
def remove_file(
    *,
    application: Application,
    question: str,
    document_id: int,
    by: Person | None,
    at: datetime,
    partner: Partner | None = None,
) -> Application:
    """Take a file out of the answer; removing what is not there is harmless."""
    application = locked(application)
    form = form_of(application)
    _may_write(application, [question], form=form, partner=partner, at=at)
    standing = list(application.working.get(question) or [])
    left = [one for one in standing if one.get("id") != document_id]
    if len(left) == len(standing):
        return application
    _keep(application, {**application.working, question: left}, [question], form=form, by=by, at=at)
    sweep(application, question=question, by=by, at=at)
    chronicle.record(facts.FILE_REMOVED, thing=application, by=by, at=at, question=question)
    return application


def sweep(application: Application, *, question: str = "", by: Person | None, at: datetime) -> int:
    """Let go of files that neither the sent nor the working answers name, of one question or of all. Two queries, two
    more for each file."""
    wanted = set(named_in([application.answers, application.pending]))
    lying = application.attachments.select_related("document")
    lying = lying.filter(question_key=question) if question else lying
    loose = [a for a in lying if a.document_id not in wanted]
    for attachment in loose:
        let_go(attachment, by=by, at=at)
    return len(loose)


def let_go(attachment: Attachment, *, by: Person | None, at: datetime) -> None:
    """Remove the file unless another application, begun from this one, holds it too."""
    document = attachment.document
    attachment.delete()
    if not Attachment.objects.filter(document=document).exists():
        library.remove(document, by=by, at=at)
