"""What applicants, partners and organisers are written: subject, body, addressee. Nothing is sent here."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from booster.academies.queries import letter_hours
from booster.applications.access import code_of
from booster.applications.models import Application, Completion, Partner
from booster.applications.queries.answering import form_of, until_of
from booster.calls.models import Call
from booster.people.queries import link_url
from booster.post.actions import Draft
from booster.questions.rules import questions

LATE = timedelta(hours=14)  # a reminder of “in a day” leaves at night rather than so much later


def _absolute(name: str, *args: object) -> str:
    return f"{settings.BOOSTER_URL}{reverse(name, args=args)}"


def _language_of(application: Application) -> str:
    """What the applicant has said in the profile, else the language in which the application was begun."""
    return (application.applicant.language if application.applicant else "") or application.language or "en"


def _written(kind: str, application: Application, *, key: str, language: str = "", **context: Any) -> Draft:
    """The first line of the file is the subject, the rest after an empty line the body."""
    language = language or _language_of(application)
    known = {"application": application, "call": application.call, "zone": application.call.zone, **context}
    with translation.override(language):
        text = render_to_string(f"applications/letters/{kind}.txt", known).strip()
    subject, _gap, body = text.partition("\n")
    return {
        "kind": f"applications.{kind}",
        "key": f"applications.{kind}:{key}",
        "subject": " ".join(subject.split()),
        "body": body.strip(),
        "language": language,
        "edition_id": application.edition_id,
        "thing": application,
    }


def _to_applicant(draft: Draft, application: Application) -> Draft:
    if application.applicant is not None:
        return {**draft, "to": application.applicant}
    return {**draft, "address": application.address, "name": application.name}


def private_link(application: Application, token: str, *, fact: int) -> Draft:
    """The link and the code that verify an address; the same words whether the address is known here or not."""
    context: dict[str, Any] = {"url": link_url(token), "code": code_of(application)}
    draft = _written("private_link", application, key=str(fact), **context)
    return {**_to_applicant(draft, application), "release_now": True}


def answers_as_text(application: Application) -> str:
    """Every answer that counts, by section, as plain text."""
    form = form_of(application, language=_language_of(application))
    shown = questions.visible(form, application.answers)
    parts = []
    for section in form.sections:
        lines = [
            f"{question.label}\n{text}"
            for question in section.questions
            if question.key in shown and (text := questions.text_of(question, application.answers.get(question.key), _))
        ]
        if lines:
            parts.append("\n\n".join([section.title.upper(), *lines]))
    return "\n\n".join(parts)


def _copy(application: Application) -> str:
    with translation.override(_language_of(application)):
        return answers_as_text(application)


def receipt(application: Application, *, fact: int, changed: bool) -> Draft:
    """It has arrived; with a copy of the answers."""
    context: dict[str, Any] = {
        "changed": changed,
        "until": until_of(application),
        "copy": _copy(application),
        "url": _absolute("applications:answer", application.pk),
    }
    return {
        **_to_applicant(_written("receipt", application, key=str(fact), **context), application),
        "release_now": True,
    }


def withdrawn(application: Application, *, fact: int) -> Draft:
    context: dict[str, Any] = {"url": _absolute("applications:answer", application.pk)}
    return {
        **_to_applicant(_written("withdrawn", application, key=str(fact), **context), application),
        "release_now": True,
    }


def round_left(application: Application, organiser: Any, *, still: int, total: int, fact: int) -> Draft:
    """Tell an organiser that somebody left the second round, and how many are still in it."""
    url, language = _absolute("applications:list", application.call.slug), organiser.language or "en"
    key, counts = f"{fact}:{organiser.pk}", {"still": str(still), "total": str(total)}
    draft = _written("round_left", application, key=key, language=language, url=url, **counts)
    return {**draft, "to": organiser, "release_now": True}


def invitation(partner: Partner, token: str, *, fact: int) -> Draft:
    application = partner.application
    titles = {s.key: s.title for s in form_of(application, language=application.language).sections}
    who = application.applicant.name if application.applicant else application.name
    draft = _written(
        "invitation",
        application,
        key=str(fact),
        partner=partner,
        url=link_url(token),
        who=who,
        sections=[titles[key] for key in partner.section_keys if key in titles],
    )
    return {**draft, "address": partner.address, "name": partner.name or partner.organisation_name, "release_now": True}


def partner_moved(application: Application, partner_name: str, *, what: str, fact: int) -> Draft:
    """Tell the applicant that a partner joined, signed or left. ``what``: joined, signed_off, left."""
    context: dict[str, Any] = {
        "partner_name": partner_name,
        "what": what,
        "url": _absolute("applications:partners", application.pk),
    }
    return {
        **_to_applicant(_written("partner_moved", application, key=str(fact), **context), application),
        "release_now": True,
    }


def please_complete(completion: Completion) -> Draft:
    application = completion.application
    form = form_of(application, language=_language_of(application))
    labels = [form.questions[key].label for key in completion.question_keys if key in form.questions]
    context: dict[str, Any] = {
        "completion": completion,
        "labels": labels,
        "url": _absolute("applications:answer", application.pk),
    }
    return {
        **_to_applicant(_written("please_complete", application, key=str(completion.pk), **context), application),
        "release_now": True,
    }


def completed(application: Application, organiser: Any, *, completion: Completion) -> Draft:
    """Tell the one who asked that the answers are there."""
    url, language = _absolute("applications:file", application.pk), organiser.language or "en"
    draft = _written("completed", application, key=str(completion.pk), language=language, url=url)
    return {**draft, "to": organiser, "release_now": True}


def extended(application: Application, *, until: datetime, reason: str, fact: int) -> Draft:
    context: dict[str, Any] = {
        "until": until,
        "reason": reason,
        "url": _absolute("applications:answer", application.pk),
    }
    draft = _written("extended", application, key=f"{fact}:{application.pk}", **context)
    return {**_to_applicant(draft, application), "release_now": True}


def closing_soon(application: Application, *, call: Call, days: int) -> Draft:
    """Once for each deadline and number of days: an extended deadline reminds anew. Leaves in the edition's hours."""
    stamp = int(call.deadline_at.timestamp()) if call.deadline_at else 0
    context: dict[str, Any] = {"days": days, "url": _absolute("applications:answer", application.pk)}
    draft = _written("closing_soon", application, key=f"{application.pk}:{days}:{stamp}", **context)
    latest = call.deadline_at - timedelta(days=days) + LATE if call.deadline_at else None
    hours = letter_hours(call.edition)
    return {**_to_applicant(draft, application), "release_now": True, "window": hours, "latest": latest}
