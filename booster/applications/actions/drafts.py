"""Begin an application, prove that the address is one's own, take over what was written before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booster.applications import facts
from booster.applications.models import Application, Attachment
from booster.applications.queries.answering import form_of, window_of
from booster.applications.rules import deadlines, merging
from booster.applications.rules.listing import folded
from booster.applications.states import APPLICATION
from booster.calls import actions as calls
from booster.calls import queries as call_queries
from booster.calls.models import Call, FormVersion
from booster.chronicle import actions as chronicle
from booster.kit import moves, plain
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.people import actions as people
from booster.people.models import Person
from booster.people.rules import emails
from booster.questions.rules import questions


def must_be_for_everybody(call: Call) -> None:
    """Into a second round leads the shortlist alone, no link, no code and no import."""
    if call.follows_id is not None:
        raise Refused(_("Only applicants on the shortlist of the first round can enter this one."))


def must_be_open(call: Call, *, at: datetime) -> None:
    window = window_of(call)
    if not deadlines.has_opened(window, at=at):
        raise NotNow(_("This call has not opened yet."))
    if not deadlines.is_open(window, at=at):
        raise NotNow(_("The deadline of this call has passed."))


def _published(call: Call) -> FormVersion:
    version = call_queries.published_form(call)
    if version is None:
        raise NotNow(_("The form of this call is not ready yet."))
    return version


def new_draft(call: Call, *, at: datetime, **values: object) -> Application:
    return Application(
        edition_id=call.edition_id,
        call=call,
        form_version=_published(call),
        started_at=at,
        changed_at=at,
        **values,
    )


def _fill(draft: Application, **known: str) -> None:
    """What the house knows already is not asked for twice, where the form has a question of that name."""
    asked = form_of(draft).questions
    for key, value in known.items():
        if value and key in asked and asked[key].kind in {"text", "email", "choice"}:
            cleaned = questions.clean_answer(asked[key], value)
            if not isinstance(cleaned, questions.Problem):
                draft.answers[key] = cleaned


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody without an account. ``holder`` comes from the page that they filled in, see ``Application.holder``."""

    address: str
    name: str
    holder: str
    language: str = "en"


@transaction.atomic
def begin(*, call: Call, newcomer: Newcomer, code: str = "", by: None = None, at: datetime) -> Application:
    """A draft of somebody without an account. The same page sent twice begins one draft. Whether the address is known
    here is neither asked nor shown before it is verified."""
    must_be_for_everybody(call)
    if not code:
        must_be_open(call, at=at)
    name = " ".join(plain.clean(newcomer.name).split())[:200]
    address, holder = emails.normalise(newcomer.address), newcomer.holder
    draft = new_draft(call, at=at, address=address, name=name, holder=holder, language=newcomer.language)
    draft.folded = folded(name, draft.address)
    given, _gap, family = name.partition(" ")
    plain_name = {} if " " in family else {"given_name": given, "family_name": family}  # of three words nobody can tell
    _fill(draft, email=address, **plain_name)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        return Application.objects.get(holder=holder, call=call)
    if code:
        _let_in(draft, code=code, by=None, at=at)
    chronicle.record(facts.STARTED, thing=draft, by=None, at=at)
    return draft


@transaction.atomic
def start(*, call: Call, by: Person, at: datetime, code: str = "") -> Application:
    """The person's draft in this call: the one that is there, or a new one with what the house knows of them."""
    found = Application.objects.filter(call=call, applicant=by, state="draft").first()
    if found is not None:
        return found
    must_be_for_everybody(call)
    if not code:
        must_be_open(call, at=at)
    language = by.language or get_language() or "en"
    draft = new_draft(call, at=at, applicant=by, address=by.email, name=by.name, verified_at=at, language=language)
    _fill(draft, given_name=by.given_name, family_name=by.family_name, email=by.email, gender=by.gender)
    draft.title, draft.folded = by.name[:300], folded(by.name, by.email)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:  # the same click twice
        return Application.objects.get(call=call, applicant=by, state="draft")
    if code:
        _let_in(draft, code=code, by=by, at=at)
    chronicle.record(facts.STARTED, thing=draft, by=by, at=at)
    return draft


def _let_in(application: Application, *, code: str, by: Person | None, at: datetime) -> None:
    entry = calls.redeem(call=application.call, code=code, by=by, at=at)
    Application.objects.filter(pk=application.pk).update(entry_code=entry)
    application.entry_code = entry
    chronicle.record(facts.CODE_USED, thing=application, by=by, at=at)


@transaction.atomic
def use_code(*, application: Application, code: str, by: Person | None, at: datetime) -> Application:
    """Send after the deadline with an entry code. One application uses a code up once, however often it is typed in."""
    entry = application.entry_code
    if entry is not None and at <= entry.valid_until:
        return application
    if application.state != "draft":
        raise NotNow(_("An entry code lets you send a draft; this application is not one."))
    _let_in(application, code=code, by=by, at=at)
    return application


@transaction.atomic
def ask_link(*, application: Application, by: Person | None, at: datetime) -> Application:
    """Have the private link to one's draft mailed again, to the address that was given at the beginning."""
    chronicle.record(facts.LINK_ASKED, thing=application, by=by, at=at)
    return application


@transaction.atomic
def verify(*, application: Application, same_browser: bool, by: Person | None = None, at: datetime) -> Application:
    """The address is theirs: the letter was opened. Returns the draft to go on with; its ``holder`` opens it.

    The first proof makes the person known here. Had they a draft in this call already, that one goes on, its gaps
    filled from this one. ``same_browser`` is false when the link was opened elsewhere than where the draft was begun:
    that other browser has proved nothing, so it loses the draft until it gives the code of the letter.
    """
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("call", "form_version")
        .get(pk=application.pk)
    )
    if application.verified_at is not None:
        return _with_holder(application, fresh=False)
    person = people.ensure_person(email=application.address, name=application.name, by=by, at=at)
    others = Application.objects.filter(call_id=application.call_id, applicant=person, state="draft")
    older = others.first() if application.follows_id is None else None
    if older is not None:
        return _take_together(older, application, by=person, at=at)
    application.applicant, application.verified_at = person, at
    application.save(update_fields=["applicant", "verified_at"])
    chronicle.record(facts.VERIFIED, thing=application, by=person, at=at)
    return _with_holder(application, fresh=not same_browser)


def _with_holder(application: Application, *, fresh: bool) -> Application:
    if fresh or not application.holder:
        application.holder = token_urlsafe(16)
        application.save(update_fields=["holder"])
    return application


def _take_together(older: Application, newer: Application, *, by: Person, at: datetime) -> Application:
    older.answers, filled = merging.taken_together(older.answers, newer.answers)
    if filled:
        older.revision += 1
        older.touched = merging.marked(older.touched, filled, revision=older.revision, editor=by.pk, name=by.name)
        older.changed_at = at
    older.holder = older.holder or token_urlsafe(16)
    older.save(update_fields=["answers", "revision", "touched", "changed_at", "holder"])
    newer.attachments.filter(question_key__in=filled).update(application=older)
    moves.move(newer, APPLICATION, "erase", answers={}, touched={}, address="", name="", folded="", holder="", title="")
    chronicle.record(facts.TAKEN_TOGETHER, thing=older, by=by, at=at)
    return older


def carried(form: questions.Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What a form takes over from answers to another one, by question key; consents are given anew."""
    found: dict[str, Any] = {}
    for key, value in questions.pointed(form, answers).items():
        question = form.questions.get(key)
        if question is None or question.kind == "consent":
            continue
        cleaned = questions.clean_answer(question, value)
        if cleaned is not None and not isinstance(cleaned, questions.Problem):
            found[key] = cleaned
    return found


@transaction.atomic
def reuse(*, application: Application, earlier: Application, by: Person, at: datetime) -> Application:
    """Fill the gaps of a draft with the answers of an earlier application, by question key, files too.

    What the draft holds stays. Consents and what this form cannot take are left out: they are given anew.
    """
    if application.state != "draft":
        raise NotNow(_("Only a draft takes over earlier answers."))
    taken = carried(form_of(application), earlier.working)
    application.answers, filled = merging.taken_together(application.answers, taken)
    application.revision += 1
    application.touched = merging.marked(
        application.touched, filled, revision=application.revision, editor=by.pk, name=by.name
    )
    application.changed_at = at
    application.save(update_fields=["answers", "revision", "touched", "changed_at"])
    lying = application.attachments.values("document")  # taken over before, and emptied since
    Attachment.objects.bulk_create(
        Attachment(application=application, question_key=a.question_key, document_id=a.document_id)
        for a in earlier.attachments.filter(question_key__in=filled).exclude(document__in=lying)
    )
    chronicle.record(facts.ANSWERED, thing=application, by=by, at=at, reused=earlier.pk)
    return application


@transaction.atomic
def renew_forms(*, call: Call, by: Person | None, at: datetime) -> int:
    """Give the drafts of a call the newest version of its form; what was answered stays. How many drafts it was.

    Sent applications keep the version to which they answered. Two queries and one for each draft.
    """
    version = _published(call)
    new = questions.parse(version.sections)
    drafts = Application.objects.filter(call=call, state="draft").exclude(form_version=version)
    count = 0
    for draft in drafts.select_related("form_version"):
        draft.answers, _look = questions.carry_over(form_of(draft), new, draft.answers)
        draft.form_version, draft.revision = version, draft.revision + 1
        draft.save(update_fields=["answers", "form_version", "revision"])
        count += 1
    return count
