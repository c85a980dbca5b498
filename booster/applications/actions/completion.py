"""“Please complete”: open chosen questions of one sent application again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from booster.applications import facts
from booster.applications.actions.answers import locked
from booster.applications.actions.sending import must_be_complete, send, told_briefly
from booster.applications.models import Application, Completion
from booster.applications.queries.answering import form_of, open_completion
from booster.chronicle import actions as chronicle
from booster.kit import moves
from booster.kit.machine import NotNow
from booster.people.models import Person


@transaction.atomic
def ask_completion(
    *, application: Application, question_keys: Sequence[str], message: str, until: datetime, by: Person, at: datetime
) -> Completion:
    """Ask this applicant, and nobody else, for more; the letter follows. One such request stands at a time."""
    if application.state != "submitted":
        raise NotNow(_("Only an application that stands as sent can be completed."))
    if until <= at:
        raise NotNow(_("The moment until which you ask must lie ahead."))
    known = form_of(application).questions
    keys = [key for key in dict.fromkeys(question_keys) if key in known]
    if not keys:
        raise NotNow(_("Choose at least one question."))
    try:
        with transaction.atomic():
            completion = Completion.objects.create(
                application=application,
                question_keys=keys,
                message=message.strip(),
                asked_at=at,
                asked_by=by,
                until=until,
            )
    except IntegrityError as clash:
        raise NotNow(_("This applicant is being asked already. End that request first.")) from clash
    chronicle.record(facts.COMPLETION_ASKED, thing=application, by=by, at=at, completion=completion.pk)
    return completion


@transaction.atomic
def complete(*, application: Application, by: Person, at: datetime) -> Application:
    """The applicant sends what was asked for. Raises ``NotNow`` when its moment has passed or nothing was asked for and
    ``Incomplete`` while something is missing. Again is harmless."""
    application = locked(application)
    asked = open_completion(application)
    if asked is None:
        if application.pending is None:
            return application
        raise NotNow(_("Nothing more is asked of you."))
    if at > asked.until:
        raise NotNow(_("The time for completing your application has passed. What you sent first stands."))
    if application.pending is None:
        raise NotNow(_("Nothing has changed yet. Answer what is asked, then send it."))
    form = form_of(application)
    must_be_complete(application, form, at=at, also=asked.question_keys)
    changed = told_briefly(send(application, form, by=by, at=at))
    moves.settle(asked, expected={"done_at": None}, done_at=at)
    chronicle.record(facts.COMPLETED, thing=application, by=by, at=at, completion=asked.pk, questions=changed)
    return application


@transaction.atomic
def end_completion(*, completion: Completion, by: Person, at: datetime) -> Completion:
    """The organiser no longer asks; what the applicant sent first stands."""
    moves.settle(completion, expected={"done_at": None}, done_at=at)
    chronicle.record(facts.COMPLETION_ENDED, thing=completion.application, by=by, at=at, completion=completion.pk)
    return completion
