"""Begin an application, with an account or without, and prove the address."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.applications import actions
from booster.applications import queries as applications
from booster.applications.access import HELD, RULES, grant, is_code_of
from booster.applications.forms.asking import Begin, Code, EntryCode
from booster.applications.models import Application
from booster.applications.rules.deadlines import has_opened, is_open
from booster.applications.views.doors import author, edited, held
from booster.calls import queries as calls
from booster.calls.access import RULES as CALL_RULES
from booster.calls.models import Call
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.kit.throttle import limited, spent
from booster.kit.views import opens
from booster.ui.kept import for_strangers

AN_HOUR = 3600


def _context(request: HttpRequest, call: Call) -> dict[str, Any]:
    window, at = applications.window_of(call), now()
    marks = [int(mark[1:]) for mark in request.session.get(HELD, {}) if mark[0] == "a"]
    request.user.held = request.session.get(HELD, {})
    mine = Application.objects.edited_by(request.user).filter(call=call, state__in=("draft", "submitted"))
    return {
        "call": call,
        "edition": call.edition,
        "academy": call.edition.academy,
        "open": is_open(window, at=at),
        "coming": not has_opened(window, at=at),
        "mine": list(mine) if marks or request.user.is_authenticated else [],
        "earlier": applications.reusable(request.user, call) if request.user.is_authenticated else [],
    }


@for_strangers(calls.about_call)
@opens("calls.read", rules=CALL_RULES, seen_by=Call.objects.seen_by, by="slug")
@limited("applications.begin", tries=20, seconds=AN_HOUR)
def begin(request: HttpRequest, call: Call) -> HttpResponse:
    """Name and address, and the form opens; a signed-in person begins with one click."""
    if call.follows is not None:
        return _enter_second(request, call)
    context = _context(request, call)
    if request.user.is_authenticated:
        return _begin_signed_in(request, call, context)
    form = Begin(request.POST or None, late=not context["open"])
    if context["coming"] or not form.is_valid():
        return render(request, "applications/begin.html", {**context, "form": form})
    given = form.cleaned_data
    if spent("applications.begin.address", given["address"], tries=5, seconds=AN_HOUR):
        return render(request, "429.html", {"minutes": 60}, status=429)
    try:
        newcomer = actions.Newcomer(given["address"], given["name"], given["holder"], request.LANGUAGE_CODE[:8])
        draft = actions.begin(call=call, newcomer=newcomer, code=given.get("code", ""), at=now())
    except (NotNow, Stale) as no:
        form.add_error("code" if "code" in form.fields else None, str(no))
        return render(request, "applications/begin.html", {**context, "form": form})
    grant(request.session, f"a{draft.pk}", draft.holder)
    return redirect("applications:answer", draft.pk)


def _enter_second(request: HttpRequest, call: Call) -> HttpResponse:
    """To one's own file of the second round, for whoever has one; for everybody else why there is none."""
    request.user.held = request.session.get(HELD, {})
    mine = Application.objects.edited_by(request.user).filter(call=call).order_by("state", "pk").first()
    if mine is not None:
        return redirect("applications:answer", mine.pk)
    context = {"call": call, "edition": call.edition, "academy": call.edition.academy}
    return render(request, "applications/shortlist_only.html", context, status=403)


def _begin_signed_in(request: HttpRequest, call: Call, context: dict[str, Any]) -> HttpResponse:
    form = EntryCode(request.POST or None) if not context["open"] else None
    if request.method == "POST" and not context["coming"] and (form is None or form.is_valid()):
        try:
            draft = actions.start(call=call, by=request.user, at=now(), code=form.cleaned_data["code"] if form else "")
        except (NotNow, Stale) as no:
            form = form or EntryCode()
            form.add_error(None, str(no))
        else:
            earlier = next((a for a in context["earlier"] if str(a.pk) == request.POST.get("reuse")), None)
            if earlier is not None:
                actions.reuse(application=draft, earlier=earlier, by=request.user, at=now())
            return redirect("applications:answer", draft.pk)
    return render(request, "applications/begin.html", {**context, "form": form})


@held
@opens("applications.verify", rules=RULES, seen_by=edited)
@require_POST
def verify(request: HttpRequest, application: Application) -> HttpResponse:
    """The code from the letter, typed into the page where the draft was begun."""
    form = Code(request.POST)
    if spent("applications.code", str(application.pk), tries=10, seconds=AN_HOUR):
        return render(request, "429.html", {"minutes": 60}, status=429)
    if form.is_valid() and is_code_of(application, form.cleaned_data["code"]):
        found = actions.verify(application=application, same_browser=True, at=now())
        grant(request.session, f"a{found.pk}", found.holder)
        messages.success(request, _("Your address is verified."))
        return redirect("applications:answer", found.pk)
    messages.error(request, _("This is not the code that stands in our letter. Please compare it."))
    return redirect("applications:answer", application.pk)


@held
@opens("applications.verify", rules=RULES, seen_by=edited)
@require_POST
def ask_link(request: HttpRequest, application: Application) -> HttpResponse:
    """Send the letter with link and code again, to the address given at the beginning."""
    if spent("applications.ask_link", str(application.pk), tries=4, seconds=AN_HOUR):
        return render(request, "429.html", {"minutes": 60}, status=429)
    actions.ask_link(application=application, by=author(application, None), at=now())
    messages.success(request, _("The letter is on its way. Look into your spam folder too."))
    return redirect("applications:answer", application.pk)


@held
@opens("applications.use_code", rules=RULES, seen_by=edited)
@limited("applications.use_code", tries=10, seconds=AN_HOUR)
@require_POST
def use_code(request: HttpRequest, application: Application) -> HttpResponse:
    """An entry code, after the deadline."""
    try:
        actions.use_code(
            application=application, code=request.POST.get("code", ""), by=author(application, None), at=now()
        )
        messages.success(request, _("The code is good. You can send your application now."))
    except (NotNow, Stale) as no:
        messages.error(request, str(no))
    return redirect("applications:submit", application.pk)


@held
@opens("applications.reuse", rules=RULES, seen_by=edited)
@require_POST
def reuse(request: HttpRequest, application: Application) -> HttpResponse:
    """Fill the gaps of a draft from an earlier application of one's own."""
    known = applications.reusable(request.user, application.call)
    earlier = next((a for a in known if str(a.pk) == request.POST.get("reuse")), None)
    if earlier is not None:
        actions.reuse(application=application, earlier=earlier, by=request.user, at=now())
        messages.success(request, _("Your earlier answers are in. Look them over; consents are given anew."))
    return redirect("applications:answer", application.pk)
