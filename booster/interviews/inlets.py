"""What this room shows on the pages of an application: the talk, or the way to a time for it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.timezone import now

from booster.applications.models import Application
from booster.applications.queries import window_of
from booster.applications.rules import deadlines
from booster.interviews import queries


def own_talk(request: Any, application: Application) -> str:
    """For the applicant. At most one query; nothing in a call without interviews."""
    if not application.call.is_interview or application.state not in ("draft", "submitted"):
        return ""
    context = {
        "application": application,
        "call": application.call,
        "talk": queries.talk_of(application),
        "open": deadlines.is_open(window_of(application.call, application.entry_code), at=now()),
    }
    return render_to_string("interviews/_own_talk.html", context, request)


def talk(request: Any, application: Application) -> str:
    """For the organiser, on the file. At most one query."""
    if not application.call.is_interview:
        return ""
    context = {"talk": queries.talk_of(application), "call": application.call}
    return render_to_string("interviews/_talk.html", context, request)


INLETS = {"applications.status": [own_talk], "applications.file": [talk]}
