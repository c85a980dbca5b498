"""The draw: announced, drawn, called off; its public page with everything that it takes to repeat it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booster.calls.models import Call
from booster.craft.balance import fair
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.views import opens, public
from booster.selection import actions, forms
from booster.selection.access import RULES
from booster.selection.models import Draw, Scenario
from booster.selection.queries import draws
from booster.selection.states import DRAW
from booster.selection.views.builder import address, organised_scenarios
from booster.ui.kept import for_strangers

VERIFIER = Path(fair.__file__).with_name("verify_draw.py")


def seen_draws(actor: Any) -> Any:
    return Draw.objects.seen_by(actor).select_related("call__edition__academy", "scenario__call__edition__academy")


def calls_with_draws(actor: Any) -> Any:
    return Call.objects.seen_by(actor).filter(draws__isnull=False).select_related("edition__academy").distinct()


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _paper(request: HttpRequest, scenario: Scenario, form: Any, *, what: str, more: Any = None) -> HttpResponse:
    context = {
        "call": scenario.call,
        "edition": scenario.call.edition,
        "scenario": scenario,
        "form": form,
        "what": what,
    }
    status = 422 if form.errors else 200
    return render(request, "selection/drawing.html", context | (more or {}), status=status)


def _done(form: Any, step: Callable[..., Any], *, waits: bool = False) -> bool:
    """Whether the step was taken. What is refused stands above the form, and nothing that was typed is lost; so does
    what it is too early for, if it ``waits``."""
    try:
        step(**form.cleaned_data)
    except (Refused, NotNow) as no:
        if isinstance(no, NotNow) and not waits:
            raise
        form.add_error(None, str(no))
        return False
    return True


@opens("selection.announce", rules=RULES, seen_by=organised_scenarios)
def announce(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Say where the seed comes from and when it will be known; then everybody can read it."""
    kept = draws.portfolio_of(scenario)
    first = {"seen": kept.fingerprint if kept else ""}
    form = forms.Announce(_posted(request), initial=first, zone=scenario.call.zone, at=now())
    step = partial(actions.announce, scenario=scenario, by=request.user, at=now())
    if request.method == "POST" and form.is_valid() and _done(form, step):
        messages.success(request, _("The draw is announced. Its page is public."))
        return redirect(address(scenario))
    return _paper(request, scenario, form, what="announce", more={"portfolio": kept})


@opens("selection.draw", rules=RULES, seen_by=seen_draws)
def draw(request: HttpRequest, draw: Draw) -> HttpResponse:
    """Draw from the seed as it was published."""
    form = forms.DrawNow(_posted(request))
    step = partial(actions.draw, draw=draw, by=request.user, at=now())
    if request.method == "POST" and form.is_valid() and _done(form, step, waits=draw.state == DRAW.start):
        messages.success(request, _("The group is drawn. Adopt it to propose the decisions; nobody is told yet."))
        return redirect(address(draw.scenario))
    return _paper(request, draw.scenario, form, what="draw", more={"draw": draw})


@opens("selection.call_off", rules=RULES, seen_by=seen_draws)
def call_off(request: HttpRequest, draw: Draw) -> HttpResponse:
    """Take an announcement or a draw back, with a reason for everybody."""
    form = forms.CallOff(_posted(request))
    if request.method == "POST" and form.is_valid():
        actions.call_off(draw=draw, reason=form.cleaned_data["reason"], by=request.user, at=now())
        messages.success(request, _("The draw is called off. Everybody can read why."))
        return redirect(address(draw.scenario))
    return _paper(request, draw.scenario, form, what="call_off", more={"draw": draw})


@require_safe
@opens("selection.announce", rules=RULES, seen_by=organised_scenarios)
def committed(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """The whole input with attributes, for organisers and whoever they let audit the draw; never public."""
    kept = draws.portfolio_of(scenario)
    if kept is None or not kept.committed:
        raise Http404(_("The input of this draw is not kept any more."))
    return _file(kept.committed.encode(), f"{scenario.call.slug}-draw-input.json")


@for_strangers(draws.about_draws)
@opens("selection.see_draw", rules=RULES, seen_by=calls_with_draws, by="slug")
def see_draw(request: HttpRequest, call: Call) -> HttpResponse:
    """Everything about the draws of a call that everybody may know, and how to repeat them."""
    rows = draws.shown(call)
    context = {
        "call": call,
        "edition": call.edition,
        "academy": call.edition.academy,
        "draws": rows,
        "site": settings.BOOSTER_URL,
    }
    return render(request, "selection/draw.html", context)


@require_safe
@opens("selection.see_draw", rules=RULES, seen_by=seen_draws)
def published(request: HttpRequest, draw: Draw) -> HttpResponse:
    """The public file, byte for byte as its fingerprint says."""
    return _file(draw.published.encode(), f"{draw.call.slug}-draw-{draw.pk}.json")


@require_safe
@public("selection.see_draw")
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that repeats a draw, for whoever wants to check one."""
    return _file(VERIFIER.read_bytes(), "verify_draw.py", kind="text/x-python; charset=utf-8")


def _file(body: bytes, name: str, kind: str = "application/json") -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
