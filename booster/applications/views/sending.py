"""Look it over, send it, take it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.applications import actions
from booster.applications import queries as applications
from booster.applications.access import RULES
from booster.applications.forms.asking import EntryCode, Withdraw
from booster.applications.models import Application
from booster.applications.queries.answering import Desk, signatories
from booster.applications.rules import deadlines
from booster.applications.rules.partners import never_joined, unsigned
from booster.applications.views.answering import desk_of, page_context
from booster.applications.views.doors import author, edited, held
from booster.kit.machine import NotNow
from booster.kit.views import opens
from booster.questions.rules import questions


def _lacking(desk: Desk, problems: list[questions.Problem]) -> list[dict[str, Any]]:
    """What is missing, in the order of the form, each with the address of its question."""
    base = reverse("applications:answer", args=[desk.application.pk])
    return [
        {
            "label": desk.form.questions[p.key].label,
            "why": p.said(_),
            "section": desk.form.section_of[p.key].title,
            "href": f"{base}?section={desk.form.section_of[p.key].key}&missing=1#field-{p.key}",
            "missing": p.kind == "missing",
        }
        for p in problems
    ]


def _page(request: HttpRequest, desk: Desk, *, trouble: str = "", status: int = 200) -> HttpResponse:
    application = desk.application
    problems = questions.check(desk.form, application.working, at=now(), also=desk.asked_keys)
    signed = signatories(application)
    window = applications.window_of(application.call, application.entry_code)
    context = {
        **page_context(request, desk, problems),
        "problems": _lacking(desk, problems),
        "unsigned": unsigned(signed, application.touched),
        "waiting": never_joined(signed),
        "earlier_sent": applications.earlier_sent(application),
        "late": application.state == "draft" and not desk.is_open and deadlines.has_opened(window, at=now()),
        "coming": not deadlines.has_opened(window, at=now()),
        "closes_at": window.closes_at,
        "code_form": EntryCode(),
        "nothing_new": application.state == "submitted" and application.pending is None and not desk.asked_keys,
        "unanswered": application.pending is None and bool(desk.asked_keys),
        "trouble": trouble,
        "text": applications.reading(application, language=get_language() or "en", say=_)
        if application.state == "draft"
        else None,
    }
    return render(request, "applications/submit.html", context, status=status)


@held
@opens("applications.submit", rules=RULES, seen_by=edited)
def submit(request: HttpRequest, application: Application) -> HttpResponse:
    """What is missing, who has not signed, and the button. The same sending twice is one."""
    if request.method != "POST" and application.call.is_interview:
        return redirect("applications:answer", application.pk)  # a time is chosen there, nothing is sent here
    desk = desk_of(request, application)
    if request.method != "POST":
        return _page(request, desk)
    by = author(application, None)
    try:
        if desk.asked and not desk.is_open:
            sent = actions.complete(application=application, by=by, at=now())
        else:
            sent = actions.submit(application=application, by=by, at=now(), replace="replace" in request.POST)
    except NotNow as no:
        return _page(request, desk, trouble=str(no), status=409)
    messages.success(
        request, _("Your application is sent. Its reference is %(reference)s.") % {"reference": sent.reference}
    )
    return redirect("applications:answer", application.pk)


@held
@opens("applications.withdraw", rules=RULES, seen_by=edited)
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Take it back; asked once more before it happens."""
    if application.told_at is not None:
        messages.error(request, _("The decision was told. If you cannot come, answer for your seat below."))
        return redirect("applications:answer", application.pk)
    form = Withdraw(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(
            application=application, reason=form.cleaned_data["reason"], by=author(application, None), at=now()
        )
        messages.success(request, _("Your application is withdrawn."))
        return redirect("applications:answer", application.pk)
    window = applications.window_of(application.call, application.entry_code)
    context = {
        "application": application,
        "call": application.call,
        "edition": application.call.edition,
        "form": form,
        "may_restore": deadlines.is_open(window, at=now()),
    }
    return render(request, "applications/withdraw.html", context)


@held
@opens("applications.restore", rules=RULES, seen_by=edited)
@require_POST
def restore(request: HttpRequest, application: Application) -> HttpResponse:
    """Take a withdrawn application up again."""
    actions.restore(application=application, by=author(application, None), at=now())
    messages.success(request, _("It is a draft again. Send it before the deadline."))
    return redirect("applications:submit", application.pk)
