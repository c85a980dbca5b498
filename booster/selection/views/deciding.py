"""Decisions: look over, amend, confirm, read the letters, tell everybody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from booster.calls import queries as calls
from booster.calls.models import Call
from booster.kit import inlets
from booster.kit.access import allows
from booster.kit.paging import slice_of
from booster.kit.views import opens
from booster.post import queries as post
from booster.post.models import Letter
from booster.selection import actions, forms
from booster.selection import queries as selection
from booster.selection.access import RULES
from booster.selection.models import Decision
from booster.selection.queries.deciding import LETTER
from booster.selection.rules import outcomes
from booster.selection.views.batches import Shown, looked_at
from booster.selection.views.builder import organised_calls

SOME, MOST = 60, 200  # decisions of one outcome on a page: beside the others, alone
TONES = {"chosen": "good", "shortlisted": "good", "reserve": "careful", "not_chosen": "", "not_eligible": "stop"}


def organised_decisions(actor: Any) -> Any:
    from_here = Decision.objects.seen_by(actor)
    return from_here.select_related(
        "call__edition__academy", "call__second_round", "application__applicant", "application__organisation"
    )


def address(call: Call, shown: Shown) -> str:
    """The page of the decisions on this batch."""
    return reverse("selection:decisions", args=[call.slug]) + shown.query


def _group(request: HttpRequest, batches: Shown, key: str, label: str, rows: list[Decision]) -> dict[str, Any]:
    """The decisions of one outcome: the first of them beside the others, or alone, page by page."""
    wanted = request.GET.get("of", "")
    shown = slice_of(rows, number=request.GET.get("page") if wanted == key else 1, size=MOST if wanted == key else SOME)
    return {
        "key": key, "label": label, "tone": TONES[key], "count": len(rows), "page": shown, "alone": wanted == key,
        "rows": shown.items if wanted in ("", key) else [],
        "href": f"{batches.query}&of={key}" if batches.rows else f"?of={key}",
    }  # fmt: skip


@require_safe
@opens("selection.read_decisions", rules=RULES, seen_by=organised_calls, by="slug")
def decisions(request: HttpRequest, call: Call) -> HttpResponse:
    """Every decision by outcome, and what still stands before telling."""
    shown, second = looked_at(request, call, usual=False), calls.second_round_of(call)
    rows = list(selection.decisions_of(call, shown.key))
    groups = [
        _group(request, shown, key, label, [one for one in rows if one.outcome == key])
        for key, label in Decision.Outcome.choices
        if key in outcomes.possible(followed=second is not None) or any(one.outcome == key for one in rows)
    ]
    context = {
        "call": call,
        "edition": call.edition,
        "rows": rows,
        "groups": groups,
        "batches": shown,
        "check": selection.check(call, rows),
        "is_venue": call.kind == Call.Kind.VENUES,
        "second": second,
        "organises": allows(RULES, "selection.decide", request.user, call),
        "chosen_count": sum(one.outcome == "chosen" for one in rows),
    }
    page = "selection/_decisions.html" if request.htmx else "selection/decisions.html"
    return render(request, page, context)


@require_POST
@opens("selection.decide", rules=RULES, seen_by=organised_calls, by="slug")
def confirm(request: HttpRequest, call: Call) -> HttpResponse:
    """Confirm all proposed decisions, or those that are ticked."""
    ticked = [int(pk) for pk in request.POST.getlist("decision") if pk.isdecimal()]
    only = None if request.POST.get("which") == "all" else ticked
    shown = looked_at(request, call, usual=False)
    count = actions.confirm(call=call, only=only, cut_off=shown.key, by=request.user, at=now())
    if count:
        told = ngettext("%(n)s decision is confirmed.", "%(n)s decisions are confirmed.", count) % {"n": count}
        messages.success(request, f"{told} {_('Their letters are being written.')}")
    else:
        messages.error(request, _("Tick the decisions that you want to confirm."))
    return redirect(address(call, shown))


@require_POST
@opens("selection.tell", rules=RULES, seen_by=organised_calls, by="slug")
def tell(request: HttpRequest, call: Call) -> HttpResponse:
    """Release all letters together."""
    shown = looked_at(request, call, usual=False)
    told = actions.tell(call=call, cut_off=shown.key, by=request.user, at=now())
    messages.success(
        request, ngettext("%(n)s decision is told.", "%(n)s decisions are told.", len(told)) % {"n": len(told)}
    )
    return redirect(address(call, shown))


@opens("selection.amend", rules=RULES, seen_by=organised_decisions)
def decision(request: HttpRequest, decision: Decision) -> HttpResponse:
    """One decision with its letter as it will look; while it is proposed it can be decided otherwise."""
    start = {"outcome": decision.outcome, "reason": decision.reason}
    followed = calls.second_round_of(decision.call) is not None
    form = forms.Amend(request.POST or None, initial=start, followed=followed)
    if request.method == "POST" and form.is_valid():
        actions.amend(decision=decision, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The proposal is changed."))
        return redirect("selection:decision", pk=decision.pk)
    letter = (
        Letter.objects.about(decision.application).filter(kind=LETTER).exclude(state="discarded").order_by("-pk").first()
    )  # fmt: skip
    context = {
        "decision": decision, "call": decision.call, "edition": decision.call.edition, "form": form, "letter": letter,
        "preview": post.preview(letter) if letter else None, "tone": TONES[decision.outcome],
        "offer": [html for show in inlets.fragments("selection.offer") if (html := show(request, decision))],
    }  # fmt: skip
    return render(request, "selection/decision.html", context, status=422 if form.errors else 200)


@require_POST
@opens("selection.decide", rules=RULES, seen_by=organised_decisions)
def take_back(request: HttpRequest, decision: Decision) -> HttpResponse:
    actions.take_back(decision=decision, by=request.user, at=now())
    messages.success(request, _("The decision is a proposal again; its letter is thrown away."))
    return redirect("selection:decision", pk=decision.pk)
