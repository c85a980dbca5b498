"""Letters of this room, as words; the post sends them."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from booster.applications.models import Application
from booster.calls import queries as calls
from booster.calls.models import Call
from booster.post.actions import Draft
from booster.selection import queries as selection
from booster.selection.models import Complaint, Decision
from booster.selection.queries.deciding import address_of
from booster.selection.queries.draws import drawn_of
from booster.selection.rules import policies


def _absolute(name: str, *args: Any) -> str:
    return settings.BOOSTER_URL + reverse(name, args=args)


def _written(kind: str, decision: Decision, *, key: str, **context: Any) -> Draft:
    """The first line of the file is the subject, the rest after an empty line the body."""
    application = decision.application
    call, theirs = decision.call, application.applicant.language if application.applicant else ""
    language = theirs or application.language or "en"
    name = application.applicant.name if application.applicant else application.name
    known = {
        "decision": decision,
        "application": application,
        "call": call,
        "name": name or application.title,
        **context,
    }
    with translation.override(language):
        text = render_to_string(f"selection/letters/{kind}.txt", known).strip()
    subject, _gap, body = text.partition("\n")
    draft: Draft = {
        "kind": f"selection.{kind}",
        "key": f"selection.{kind}:{key}",
        "subject": " ".join(subject.split())[:250],
        "body": body.strip(),
        "language": language,
        "edition_id": decision.edition_id,
        "thing": application,
        "reply_to": call.contact,
    }
    if application.applicant is not None:
        return {**draft, "to": application.applicant}
    return {**draft, "address": application.address, "name": name}


def outcomes(call: Call, decisions: Sequence[Decision]) -> list[Draft]:
    """One held letter for each decision, with marks, comments, reason and remedies; nobody without an address gets one.

    Eleven queries, whatever the number of decisions.
    """
    told, second, draw = selection.feedback(call), calls.second_round_of(call), drawn_of(call)
    drafts = []
    for decision in decisions:
        if not address_of(decision.application):
            continue
        decision.call = call
        context = {
            "feedback": told.get(decision.application_id),
            "url": _absolute("selection:outcome", decision.application_id),
            "answer_days": call.acceptance_days,
            "is_venue": call.kind == Call.Kind.VENUES,
            "draw": draw,
            "draw_means": policies.MEANS[draw.policy] if draw else "",
            "draw_url": _absolute("selection:draw", call.slug),
            "second": second,
            "second_url": _absolute("applications:begin", second.slug) if second else "",
        }
        drafts.append(_written("outcome", decision, key=f"{decision.pk}:{decision.round}", **context))
    return drafts


def complaint_moved(complaint: Complaint, *, what: str, fact: int) -> Draft:
    """Tell who complained what became of it.

    ``what``: complained, complaint_admitted, complaint_refused or complaint_decided.
    """
    context = {"complaint": complaint, "url": _absolute("selection:outcome", complaint.decision.application_id)}
    return {**_written(what, complaint.decision, key=str(fact), **context), "release_now": True}


def complaint_arrived(complaint: Complaint, organisers: Sequence[Any], *, fact: int) -> list[Draft]:
    """Tell the organisers that a complaint waits for them."""
    call = complaint.decision.call
    subject = gettext_lazy("A complaint about “%(call)s” waits for an answer")
    context = {"call": call, "url": _absolute("selection:complaints", call.slug)}
    return _to_organisers("complaint_arrived", complaint, organisers, subject=subject, context=context, fact=fact)


def stepped_back(application: Application, organisers: Sequence[Any], *, outcome: str, fact: int) -> list[Draft]:
    """Tell the organisers that somebody on one of the lists withdrew before the decisions were told."""
    call = application.call
    subject = gettext_lazy("“%(call)s”: %(reference)s was withdrawn before you told the decisions")
    url = _absolute("selection:decisions", call.slug)
    context = {"call": call, "application": application, "chosen": outcome == Decision.Outcome.CHOSEN, "url": url}
    return _to_organisers("stepped_back", application, organisers, subject=subject, context=context, fact=fact)


def _to_organisers(
    kind: str, thing: Any, organisers: Sequence[Any], *, subject: Any, context: dict[str, Any], fact: int
) -> list[Draft]:
    """To each in their own language; ``subject`` is lazy for that."""
    drafts: list[Draft] = []
    for person in organisers:
        language = person.language or "en"
        with translation.override(language):
            body = render_to_string(f"selection/letters/{kind}.txt", context).strip()
            known = {"call": context["call"].said_title, "reference": getattr(thing, "reference", "")}
            told = str(subject) % known
        drafts.append(
            {
                "kind": f"selection.{kind}",
                "key": f"selection.{kind}:{fact}:{person.pk}",
                "subject": told[:250],
                "body": body,
                "language": language,
                "to": person,
                "edition_id": context["call"].edition_id,
                "thing": thing,
                "release_now": True,
            }
        )
    return drafts
