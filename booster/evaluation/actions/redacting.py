"""Text as blind evaluators read it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from booster.applications.models import Application
from booster.chronicle.actions import record
from booster.evaluation import facts
from booster.evaluation.models import Redaction


@transaction.atomic
def redact(*, application: Application, question_key: str, text: str, by: Any, at: datetime) -> Redaction:
    """The text that takes the place of one answer; again replaces it."""
    redaction, _fresh = Redaction.objects.update_or_create(
        application=application,
        question_key=question_key,
        defaults={"edition_id": application.edition_id, "text": text, "made_at": at, "made_by": by},
    )
    record(facts.REDACTED, thing=application, by=by, at=at)
    return redaction


@transaction.atomic
def unredact(*, redaction: Redaction, by: Any, at: datetime) -> None:
    """The answer is shown again as the house covers it by itself."""
    application = redaction.application
    redaction.delete()
    record(facts.UNREDACTED, thing=application, by=by, at=at)
