"""The pool of a call: who evaluates, how far they are, invitations, reminders."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from booster.calls.models import Call
from booster.evaluation import actions, letters
from booster.evaluation import queries as evaluation
from booster.evaluation.access import RULES
from booster.evaluation.forms import EvaluatorForm, InvitationForm, RemindForm
from booster.evaluation.models import Evaluator
from booster.evaluation.queries import agreeing
from booster.evaluation.views.doors import chosen, led_evaluators, organised_calls, shown
from booster.kit.access import Refused
from booster.kit.views import opens


@opens("evaluation.look_over", rules=RULES, seen_by=organised_calls, by="slug")
def evaluators(request: HttpRequest, call: Call) -> HttpResponse:
    loads = evaluation.pool(call, today=localdate())
    told = evaluation.progress(call)
    room = sum(load.room for load in loads if load.evaluator.ended_at is None)
    missing = max(0, told.wanted - told.given)
    return shown(
        request, "evaluators", call, loads=loads, progress=told, room=room, missing=missing, today=localdate()
    )  # fmt: skip


@opens("evaluation.invite", rules=RULES, seen_by=organised_calls, by="slug")
def invite(request: HttpRequest, call: Call) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        entry = form.entry(email=form.cleaned_data["email"], name=form.cleaned_data["name"])
        try:
            actions.invite(call=call, entry=entry, by=request.user, at=now())
            messages.success(request, _("The invitation lies in the outbox and leaves when you release it."))
            return redirect("evaluation:evaluators", call.slug)
        except Refused as no:
            form.add_error("email", str(no))
    return shown(request, "invite", call, form=form)


@opens("evaluation.invite", rules=RULES, seen_by=led_evaluators)
def evaluator(request: HttpRequest, held: Evaluator) -> HttpResponse:
    """What somebody knows and may take on; their files; the end of their work."""
    initial = {
        "country": held.country, "organisation": held.organisation.name if held.organisation else "",
        "ecosystems": held.ecosystems, "expertise": held.expertise, "capacity": held.capacity, "ends_on": held.ends_on,
    }  # fmt: skip
    form = EvaluatorForm(request.POST or None, initial=initial)
    if form.is_valid():
        entry = form.entry(email=held.person.email, name=held.person.name)
        actions.change_evaluator(evaluator=held, entry=entry, by=request.user, at=now())
        messages.success(request, _("Kept."))
        return redirect("evaluation:evaluators", held.call.slug)
    files = held.assignments.exclude(state="ended").select_related("application", "evaluation")
    return shown(request, "evaluator", held.call, held=held, form=form, files=files.defer("application__answers"))


@opens("evaluation.invite", rules=RULES, seen_by=led_evaluators)
@require_POST
def end(request: HttpRequest, held: Evaluator) -> HttpResponse:
    if held.ended_at is None:
        actions.end_evaluator(evaluator=held, by=request.user, at=now())
        messages.success(request, _("Their open files are free again; what they signed still counts."))
    return redirect("evaluation:evaluators", held.call.slug)


@opens("evaluation.remind", rules=RULES, seen_by=organised_calls, by="slug")
def remind(request: HttpRequest, call: Call) -> HttpResponse:
    """Those with open files, each with the letter that they would get."""
    loads = evaluation.waiting(call, today=localdate())
    form = RemindForm(request.POST or None)
    if form.is_valid() and (ids := chosen(request)):
        asked = [load.evaluator for load in loads if load.evaluator.pk in ids]
        release = form.cleaned_data["release"] == "now"
        count = actions.remind(call=call, evaluators=asked, release=release, by=request.user, at=now())
        said = ngettext("%(n)s reminder is written.", "%(n)s reminders are written.", count)
        messages.success(request, said % {"n": count})
        return redirect("evaluation:evaluators", call.slug)
    drafts = [
        (load, letters.reminder(load.evaluator, count=load.open, due_on=load.first_due, key="")) for load in loads
    ]
    return shown(request, "remind", call, form=form, drafts=drafts)


@opens("evaluation.look_over", rules=RULES, seen_by=organised_calls, by="slug")
def reliability(request: HttpRequest, call: Call) -> HttpResponse:
    sample = getattr(call, "calibration", None)
    near = agreeing.calibrated(call, sample.reference) if sample else []
    return shown(request, "reliability", call, told=agreeing.reliability(call), near=near)
