"""Writing together: who is asked, who has joined, who has signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.applications import actions
from booster.applications.access import RULES, is_applicant, partner_of
from booster.applications.forms.asking import Invite
from booster.applications.models import Application, Partner
from booster.applications.queries.answering import Desk
from booster.applications.rules.merging import changed_since
from booster.applications.views.answering import desk_of, page_context
from booster.applications.views.doors import author, edited, held
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.kit.views import opens, public


def _line(desk: Desk, partner: Partner) -> dict[str, Any]:
    """A partner with what they do and did."""
    application, titles = desk.application, {s.key: s.title for s in desk.form.sections}
    person = partner.person_id or -1
    written = [k for k, mark in application.touched.items() if mark[1] == person and k in desk.form.questions]
    changed: tuple[str, ...] = ()
    if partner.state == "signed_off" and partner.signed_revision is not None:
        changed = changed_since(application.touched, revision=partner.signed_revision, by_others_than=person)
    return {
        "partner": partner,
        "sections": [titles[key] for key in partner.section_keys if key in titles],
        "written": len(written),
        "changed": [desk.form.questions[k].label for k in changed if k in desk.form.questions],
    }


@held
@opens("applications.read_own", rules=RULES, seen_by=edited)
def partners(request: HttpRequest, application: Application) -> HttpResponse:
    """Everybody who works on it, and a form to ask one more."""
    desk = desk_of(request, application)
    leads = is_applicant(request.user, application) is None
    form = Invite(request.POST or None, sections=[(s.key, s.title) for s in desk.form.sections])
    if leads and request.method == "POST" and form.is_valid():
        try:
            invitation = actions.Invitation(**form.cleaned_data)
            actions.invite_partner(
                application=application, invitation=invitation, by=author(application, None), at=now()
            )
            messages.success(request, _("The invitation is on its way."))
            return redirect("applications:partners", application.pk)
        except NotNow as no:
            form.add_error(None, str(no))
    lines = [_line(desk, p) for p in application.partners.all() if p.state != "left"]
    context = {
        **page_context(request, desk, []),
        "lines": lines,
        "form": form,
        "leads": leads,
        "mine": partner_of(request.user, application),
    }
    return render(request, "applications/partners.html", context)


def _partner(application: Application, number: int) -> Partner:
    partner = get_object_or_404(application.partners.exclude(state="left"), pk=number)
    partner.application = application
    return partner


@held
@opens("applications.remove_partner", rules=RULES, seen_by=edited)
@require_POST
def remove_partner(request: HttpRequest, application: Application, number: int) -> HttpResponse:
    """The applicant goes on without a partner."""
    partner = _partner(application, number)
    actions.remove_partner(partner=partner, by=author(application, None), at=now())
    messages.success(request, _("%(name)s is no longer a partner.") % {"name": partner.organisation_name})
    return redirect("applications:partners", application.pk)


@held
@opens("applications.invite_partner", rules=RULES, seen_by=edited)
@require_POST
def invite_again(request: HttpRequest, application: Application, number: int) -> HttpResponse:
    """The same invitation once more, with a new link."""
    actions.invite_again(partner=_partner(application, number), by=author(application, None), at=now())
    messages.success(request, _("The invitation is on its way."))
    return redirect("applications:partners", application.pk)


@held
@opens("applications.join", rules=RULES, seen_by=edited)
@require_POST
def join(request: HttpRequest, application: Application) -> HttpResponse:
    """A signed-in partner joins without the letter."""
    partner = partner_of(request.user, application)
    actions.join(partner=partner, by=request.user if request.user.is_authenticated else None, at=now())
    return redirect("applications:answer", application.pk)


@held
@opens("applications.sign_off", rules=RULES, seen_by=edited)
@require_POST
def sign_off(request: HttpRequest, application: Application) -> HttpResponse:
    """Sign what stands on the page, or take one's signature back."""
    partner = _partner(application, partner_of(request.user, application).pk)
    text = request.POST.get("revision", "")
    try:
        if "take_back" in request.POST:
            actions.take_back_signature(partner=partner, by=partner.person, at=now())
        else:
            revision = int(text) if text.isdecimal() and len(text) < 10 else 0
            actions.sign_off(partner=partner, revision=revision, by=partner.person, at=now())
            messages.success(request, _("You have signed the application off."))
    except Stale as no:
        messages.error(request, str(no))
    return redirect("applications:partners", application.pk)


@held
@opens("applications.leave", rules=RULES, seen_by=edited)
@require_POST
def leave(request: HttpRequest, application: Application) -> HttpResponse:
    """A partner leaves."""
    partner = _partner(application, partner_of(request.user, application).pk)
    actions.leave(partner=partner, by=partner.person, at=now())
    messages.success(request, _("You have left this application."))
    return redirect("applications:left")


@public("applications.left")
def left(request: HttpRequest) -> HttpResponse:
    """Where one comes who has left an application: there is nothing more to see."""
    return render(request, "applications/left.html")
