"""Into the second round: a file for each of the shortlist, begun from their first one; a talk that is agreed."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booster.applications import facts
from booster.applications.actions.answers import locked
from booster.applications.actions.drafts import carried, new_draft
from booster.applications.actions.sending import send
from booster.applications.models import Application, Attachment, Partner
from booster.applications.queries.answering import form_of, window_of
from booster.applications.rules import deadlines
from booster.calls.models import Call
from booster.chronicle import actions as chronicle
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.people.models import Person

KEPT = (
    *("applicant", "organisation", "reference", "title", "country", "ecosystems", "latitude", "longitude", "folded"),
    *("address", "name", "verified_at", "language", "source"),
)


@transaction.atomic
def carry_on(*, application: Application, call: Call, by: Person | None, at: datetime) -> Application:
    """Begin the second round ``call`` for somebody on the shortlist of the first one. Twice is once.

    Person, organisation and reference stay. For an interview the file is the first one as it was sent; a full
    application has its answers filled in where the new form asks the same, consents are given anew, and partners who
    have an account write on.
    """
    if call.follows_id is None or call.follows_id != application.call_id:
        raise Refused(_("This call is not the second round of that application."))
    known = {name: getattr(application, name) for name in KEPT}
    draft = new_draft(call, at=at, follows=application, **known)
    filled: dict[str, Any] = dict(application.answers)
    if not call.is_interview:
        filled = carried(form_of(draft), application.answers)
    draft.answers = filled
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:  # told twice, or two workers at once
        return Application.objects.get(follows=application)
    _share_files(application, draft, filled)
    if not call.is_interview:
        _bring_partners(application, draft, at=at)
    chronicle.record(facts.CARRIED_ON, thing=draft, by=by, at=at, first=application.pk)
    return draft


def _share_files(first: Application, draft: Application, filled: dict[str, Any]) -> None:
    Attachment.objects.bulk_create(
        Attachment(application=draft, question_key=a.question_key, document_id=a.document_id)
        for a in first.attachments.filter(question_key__in=filled)
    )


def _bring_partners(first: Application, draft: Application, *, at: datetime) -> None:
    """Those who worked on the first file and have an account; they sign the new one anew."""
    same = ("person", "name", "organisation_name", "address", "part", "task", "section_keys", "invited_at")
    joined = first.partners.filter(state__in=("joined", "signed_off"), person__isnull=False)
    Partner.objects.bulk_create(
        Partner(application=draft, state="joined", joined_at=at, **{name: getattr(one, name) for name in same})
        for one in joined.select_related("person")
    )


@transaction.atomic
def attend(*, application: Application, by: Person | None, at: datetime) -> Application:
    """The applicant comes to the talk: their file stands from now on. Choosing another time changes nothing here."""
    application = locked(application)
    if not application.call.is_interview:
        raise Refused(_("This call has no interviews."))
    if not deadlines.is_open(window_of(application.call, application.entry_code), at=at):
        raise NotNow(_("The deadline has passed. Write to the organisers."))
    if application.state == "submitted":
        return application
    if application.state != "draft":
        raise NotNow(_("You withdrew. Take your application up again first."))
    send(application, form_of(application), by=by, at=at)
    chronicle.record(facts.SUBMITTED, thing=application, by=by, at=at, reference=application.reference)
    return application
