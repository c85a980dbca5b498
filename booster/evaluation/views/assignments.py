"""Who reads what: by hand, in balance, and back; conflicts to decide."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from booster.applications import queries as applications
from booster.applications.models import Application
from booster.calls.models import Call
from booster.evaluation import actions
from booster.evaluation import queries as evaluation
from booster.evaluation.access import RULES
from booster.evaluation.forms import AssignForm, DecisionForm, FilesFilter, ShareForm
from booster.evaluation.models import Assignment, Conflict, Evaluator, Sharing
from booster.evaluation.queries import overview
from booster.evaluation.queries.sharing import with_parties
from booster.evaluation.views.doors import chosen, led_assignments, organised_calls, organised_files, query, shown
from booster.kit.access import Refused
from booster.kit.jobs import enqueue
from booster.kit.machine import NotNow
from booster.kit.paging import page
from booster.kit.views import opens


def led_sharings(actor: Any) -> Any:
    return Sharing.objects.seen_by(actor).select_related("call__edition__academy")


@opens("evaluation.look_over", rules=RULES, seen_by=organised_calls, by="slug")
def assignments(request: HttpRequest, call: Call) -> HttpResponse:
    cut_offs = applications.cut_off_choices(call)
    form = FilesFilter(request.GET, cut_offs=cut_offs)
    wanted = {"text": form.chosen("q"), "short": bool(form.chosen("short")), "cut_off": form.chosen("cut_off")}
    rows = overview.files_to_share(call, **wanted)
    cut = page(rows, number=request.GET.get("page"))
    return shown(
        request,
        "assignments",
        call,
        form=form,
        share=ShareForm(cut_offs=cut_offs),
        cut_offs=cut_offs,
        page=cut,
        files=overview.with_readers(cut.items),
        progress=evaluation.progress(call),
        sharing=Sharing.objects.filter(call=call, state__in=["asked", "proposed"]).first(),
        query=query(request),
    )


@opens("evaluation.assign", rules=RULES, seen_by=organised_calls, by="slug")
@require_POST
def share(request: HttpRequest, call: Call) -> HttpResponse:
    """Ask the worker for a balanced assignment; the next page shows how far it is."""
    form = ShareForm(request.POST, cut_offs=applications.cut_off_choices(call))
    if "cut_off" in form.errors:
        raise NotNow(_("This cut-off is not there any more. Choose another one."))
    due_on = form.cleaned_data.get("due_on") if form.is_valid() else None
    cut_off = form.chosen("cut_off")
    asked = actions.ask_sharing(call=call, due_on=due_on, cut_off=cut_off, by=request.user, at=now())
    enqueue("booster.evaluation.tasks.work_out", asked.pk)
    return redirect("evaluation:sharing", asked.pk)


@opens("evaluation.assign", rules=RULES, seen_by=led_sharings)
def sharing(request: HttpRequest, asked: Sharing) -> HttpResponse:
    """How far the worker is, then what it proposes: assign it, or drop it."""
    if "assign" in request.POST:
        count = actions.assign_sharing(sharing=asked, by=request.user, at=now())
        said = ngettext("%(n)s file is assigned.", "%(n)s files are assigned.", count)
        messages.success(request, said % {"n": count})
        return redirect("evaluation:assignments", asked.call.slug)
    if "drop" in request.POST:
        actions.drop_sharing(sharing=asked, by=request.user, at=now())
        return redirect("evaluation:assignments", asked.call.slug)
    name = "_sharing" if request.headers.get("HX-Request") else "sharing"
    return shown(request, name, asked.call, asked=asked, proposed=overview.proposal(asked))


@opens("evaluation.assign", rules=RULES, seen_by=organised_files)
def assign(request: HttpRequest, application: Application) -> HttpResponse:
    """Give one file to chosen evaluators; what points to a conflict stands beside each."""
    file = with_parties(Application.objects.select_related("call__edition__academy")).get(pk=application.pk)
    form = AssignForm(request.POST or None)
    found = overview.choices(file, today=localdate())
    if form.is_valid() and (ids := chosen(request)):
        asked = [one.load.evaluator for one in found if one.load.evaluator.pk in ids]
        if _given(request, file, asked, form.cleaned_data["due_on"]):
            return redirect("evaluation:assignments", file.call.slug)
    return shown(request, "assign", file.call, application=file, form=form, choices=found)


def _given(request: HttpRequest, file: Application, asked: list[Evaluator], due_on: date | None) -> bool:
    for evaluator in asked:
        try:
            actions.assign(application=file, evaluator=evaluator, due_on=due_on, by=request.user, at=now())
        except (Refused, NotNow) as no:
            messages.error(request, f"{evaluator.person.name}: {no}")
            return False
    messages.success(request, _("Assigned. The letter lies in the outbox."))
    return True


@opens("evaluation.assign", rules=RULES, seen_by=led_assignments)
@require_POST
def unassign(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    actions.unassign(assignment=assignment, by=request.user, at=now())
    messages.success(request, _("The file is taken back."))
    return redirect("evaluation:assignments", assignment.application.call.slug)


@opens("evaluation.decide_conflict", rules=RULES, seen_by=organised_calls, by="slug")
def conflicts(request: HttpRequest, call: Call) -> HttpResponse:
    found = overview.conflicts(call)
    waiting = [(one, DecisionForm(prefix=str(one.assignment_id))) for one in found if not one.decision]
    return shown(request, "conflicts", call, waiting=waiting, decided=[one for one in found if one.decision])


@opens("evaluation.decide_conflict", rules=RULES, seen_by=led_assignments)
@require_POST
def decide(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    conflict = get_object_or_404(Conflict.objects.select_related("assignment"), assignment=assignment)
    form = DecisionForm(request.POST, prefix=str(assignment.pk))
    if not form.is_valid():
        messages.error(request, _("Choose a decision and say why."))
        return redirect("evaluation:conflicts", assignment.application.call.slug)
    bar = form.cleaned_data["decision"] == "bar"
    reason = form.cleaned_data["reason"]
    actions.decide_conflict(conflict=conflict, bar=bar, reason=reason, by=request.user, at=now())
    if bar:
        messages.success(request, _("Decided. The file needs another evaluator."))
        return redirect("evaluation:assign", assignment.application_id)
    messages.success(request, _("Decided. The file is open for the evaluator."))
    return redirect("evaluation:conflicts", assignment.application.call.slug)
