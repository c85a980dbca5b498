"""What evaluators are written: subject, body, addressee. Nothing is sent here."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from booster.applications.models import Application
from booster.evaluation.models import Evaluator
from booster.post.actions import Draft
from booster.post.rules import Window


def _written(kind: str, evaluator: Evaluator, *, key: str, **context: Any) -> Draft:
    """The first line of the file is the subject, the rest after an empty line the body. Held until an organiser lets it
    go."""
    language = evaluator.person.language or "en"
    desk = f"{settings.BOOSTER_URL}{reverse('evaluation:desk')}"
    known = {"evaluator": evaluator, "call": evaluator.call, "zone": evaluator.call.zone, "desk": desk, **context}
    with translation.override(language):
        text = render_to_string(f"evaluation/letters/{kind}.txt", known).strip()
    subject, _gap, body = text.partition("\n")
    return {
        "kind": f"evaluation.{kind}",
        "key": f"evaluation.{kind}:{key}",
        "subject": " ".join(subject.split()),
        "body": body.strip(),
        "language": language,
        "edition_id": evaluator.edition_id,
        "thing": evaluator,
        "to": evaluator.person,
        "reply_to": evaluator.call.contact,
    }


def invitation(evaluator: Evaluator) -> Draft:
    """Once for each time that somebody joins the pool."""
    again = int(evaluator.ends_on.strftime("%Y%m%d")) if evaluator.ends_on else 0
    return _written("invitation", evaluator, key=f"{evaluator.pk}:{again}")


def assignment(evaluator: Evaluator, *, count: int, key: str) -> Draft:
    """``count``: files on which the evaluator has not declared yet."""
    return _written("assignment", evaluator, key=f"{evaluator.pk}:{key}", count=count)


def reminder(
    evaluator: Evaluator, *, count: int, due_on: Any, key: str, release: bool = False, window: Window | None = None
) -> Draft:
    """``count``: files that wait; ``due_on``: the first date among them, or ``None``; ``release``: leaves unread,
    in the hours of ``window``."""
    draft = _written("reminder", evaluator, key=f"{evaluator.pk}:{key}", count=count, due_on=due_on)
    return {**draft, "release_now": release, "window": window}


def meeting(evaluator: Evaluator, application: Application, *, when: datetime, where: str, fact: int) -> Draft:
    """Names the file as the evaluator may call it."""
    title = f"{application.pk}" if evaluator.call.blind else str(application)
    key = f"{evaluator.pk}:{fact}"
    return _written("meeting", evaluator, key=key, title=title, blind=evaluator.call.blind, when=when, where=where)
