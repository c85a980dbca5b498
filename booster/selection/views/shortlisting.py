"""The shortlist of a first round: the best so many that pass, changed by hand, proposed with a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booster.calls import queries as calls
from booster.calls.models import Call
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.kit.views import opens
from booster.selection import actions, forms
from booster.selection import queries as selection
from booster.selection.access import RULES
from booster.selection.queries.deciding import newest_decision
from booster.selection.queries.pool import Standing
from booster.selection.rules import outcomes
from booster.selection.views.batches import Shown, looked_at
from booster.selection.views.builder import organised_calls
from booster.selection.views.deciding import address


def _best(request: HttpRequest, call: Call) -> int:
    """How many are ticked at first: as the address says, or as the second round announces."""
    text = request.GET.get("best", "")
    second = calls.second_round_of(call)
    announced = (second.shortlist_size if second else None) or call.seats
    return int(text) if text.isdecimal() and len(text) < 6 else announced


def _names(found: list[Standing]) -> list[tuple[int, str]]:
    return [(one.application.pk, f"{one.application} ({one.application.reference})") for one in found]


@opens("selection.shortlist", rules=RULES, seen_by=organised_calls, by="slug")
def shortlist(request: HttpRequest, call: Call) -> HttpResponse:
    """Who goes on to the second round. POST proposes a decision on every application; nobody is told yet."""
    batches = looked_at(request, call)
    found = selection.field(call, batches.key).found
    fit = [one for one in found if not one.why_out]
    best = _best(request, call)
    ticked = [one.application.pk for one in fit[: outcomes.on_the_list(best, len(fit))]]
    start = {"pick": ticked, "seen": newest_decision(call)}
    form = forms.Shortlist(request.POST or None, fit=_names(fit), initial=start)
    if request.method == "POST" and form.is_valid() and _propose(request, batches, call, form):
        return redirect(address(call, batches))
    context = {
        "call": call, "edition": call.edition, "second": calls.second_round_of(call), "form": form, "best": best,
        "batches": batches,
        "fit": fit, "outside": [one for one in found if one.why_out], "picked": _picked(form),
    }  # fmt: skip
    return render(request, "selection/shortlist.html", context, status=422 if form.errors else 200)


def _picked(form: forms.Shortlist) -> set[int]:
    return {int(pk) for pk in form["pick"].value() or [] if str(pk).isdecimal()}


def _propose(request: HttpRequest, batches: Shown, call: Call, form: forms.Shortlist) -> bool:
    """False when it was refused; why stands in the form, and everything ticked and typed is still there."""
    said: dict[str, Any] = form.cleaned_data
    try:
        actions.shortlist(
            call=call, picked=said["pick"], reason=said["reason"], seen=said["seen"], cut_off=batches.key,
            by=request.user, at=now(),
        )  # fmt: skip
    except (Refused, NotNow, Stale) as no:
        form.data = form.data.copy()
        form.data["seen"] = str(newest_decision(call))
        form.add_error(None, str(no))
        return False
    n = len(said["pick"])
    told = ngettext("%(n)s application is on the shortlist.", "%(n)s applications are on the shortlist.", n) % {"n": n}
    messages.success(request, f"{told} {_('Decisions are proposed on all. Nobody has been told yet.')}")
    return True
