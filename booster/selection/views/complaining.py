"""The applicant's page of an outcome, complaints, and the organiser's answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from booster.calls.models import Call
from booster.kit.views import opens
from booster.selection import actions, forms
from booster.selection import queries as selection
from booster.selection.access import RULES
from booster.selection.models import Complaint, Decision
from booster.selection.queries.deciding import second_file
from booster.selection.queries.draws import own
from booster.selection.views.builder import organised_calls
from booster.selection.views.deciding import TONES, organised_decisions


def seen_complaints(actor: Any) -> Any:
    rows = Complaint.objects.seen_by(actor)
    return rows.select_related("decision__application__applicant", "decision__call__edition__academy")


def seen_decisions(actor: Any) -> Any:
    return organised_decisions(actor).filter(told_at__isnull=False)


def _context(decision: Decision, **more: Any) -> dict[str, Any]:
    told = selection.feedback(decision.call, only=decision.application_id)
    return {
        "decision": decision,
        "call": decision.call,
        "edition": decision.call.edition,
        "desk": None,
        "feedback": told.get(decision.application_id),
        "remedy": selection.remedy(decision, at=now()),
        "tone": TONES[decision.outcome],
        "own_draw": own(decision),
        "next_file": second_file(decision),
        **more,
    }


@never_cache
@require_safe
@opens("selection.read_own", rules=RULES, seen_by=seen_decisions, by="application_id")
def outcome(request: HttpRequest, decision: Decision) -> HttpResponse:
    """The outcome in plain words, marks and comments, what comes next, and how to complain."""
    return render(request, "selection/outcome.html", _context(decision))


@never_cache
@opens("selection.complain", rules=RULES, seen_by=seen_decisions)
def complain(request: HttpRequest, decision: Decision) -> HttpResponse:
    """Complain within the window; after it, or when there is a complaint, the page says so kindly."""
    form = forms.Complain(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.complain(decision=decision, text=form.cleaned_data["text"], by=request.user, at=now())
        messages.success(request, _("Your complaint has arrived. You get a letter that says so."))
        return redirect("selection:outcome", application_id=decision.application_id)
    context = _context(decision, form=form)
    return render(request, "selection/complain.html", context, status=422 if form.errors else 200)


@require_safe
@opens("selection.answer", rules=RULES, seen_by=organised_calls, by="slug")
def complaints(request: HttpRequest, call: Call) -> HttpResponse:
    """All complaints of a call, the open ones first."""
    rows = sorted(selection.complaints_of(call), key=lambda one: (one.state in ("refused", "decided"), one.received_at))
    shown = [(one, forms.Answer(complaint=one)) for one in rows]
    return render(request, "selection/complaints.html", {"call": call, "edition": call.edition, "rows": shown})


@require_POST
@opens("selection.answer", rules=RULES, seen_by=seen_complaints)
def admit(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    actions.admit(complaint=complaint, by=request.user, at=now())
    messages.success(request, _("The complaint is admitted; whoever wrote it is told."))
    return redirect("selection:complaints", slug=complaint.decision.call.slug)


@require_POST
@opens("selection.answer", rules=RULES, seen_by=seen_complaints)
def answer(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Refuse what was only received, decide what was admitted; both with an answer that is kept and sent."""
    call, at = complaint.decision.call, now()
    form = forms.Answer(request.POST, complaint=complaint)
    if not form.is_valid():
        shown = [(complaint, form)]
        context = {"call": call, "edition": call.edition, "rows": shown}
        return render(request, "selection/complaints.html", context, status=422)
    said = form.cleaned_data
    if "changes_decision" in said:
        actions.decide(complaint=complaint, by=request.user, at=at, **said)
    else:
        actions.refuse(complaint=complaint, answer=said["answer"], by=request.user, at=at)
    messages.success(request, _("The answer is recorded and sent."))
    return redirect("selection:complaints", slug=call.slug)
