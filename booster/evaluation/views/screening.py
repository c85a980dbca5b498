"""Eligibility: verdicts that the gates computed, confirmed or overruled by an organiser."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from booster.applications import queries as applications
from booster.calls.models import Call
from booster.evaluation import actions
from booster.evaluation.access import RULES
from booster.evaluation.forms import OverruleForm, ScreeningFilter
from booster.evaluation.models import Screening
from booster.evaluation.queries import screening as verdicts
from booster.evaluation.views.doors import chosen, organised_calls, query, shown
from booster.kit.access import allows
from booster.kit.paging import page
from booster.kit.views import opens


def led_screenings(actor: Any) -> Any:
    return Screening.objects.seen_by(actor).select_related(
        "application__call__edition__academy", "application__organisation", "application__form_version", "decided_by"
    )


def _filtered(call: Call, form: ScreeningFilter) -> Any:
    return verdicts.verdicts(
        call,
        text=form.chosen("q"),
        code=form.chosen("code"),
        state=form.chosen("state"),
        cut_off=form.chosen("cut_off"),
    )


@require_safe
@opens("evaluation.read_verdicts", rules=RULES, seen_by=organised_calls, by="slug")
def screening(request: HttpRequest, call: Call) -> HttpResponse:
    """All verdicts with their codes; filter, tick, confirm."""
    gates = list(call.gates.all())
    cut_offs = applications.cut_off_choices(call)
    form = ScreeningFilter(request.GET, codes=[gate.code for gate in gates], cut_offs=cut_offs)
    cut_off = form.chosen("cut_off")
    counted = verdicts.counted(call, cut_off=cut_off)
    return shown(
        request,
        "screening",
        call,
        form=form,
        cut_offs=cut_offs,
        of_it=f"&cut_off={cut_off}" if cut_off else "",
        counted=counted,
        codes=[(gate, counted.by_code.get(gate.code, 0)) for gate in gates],
        page=page(_filtered(call, form), number=request.GET.get("page")),
        messages_of={gate.code: gate.message for gate in gates},
        query=query(request),
        organises=allows(RULES, "evaluation.screen", request.user, call),
        filtered=any(form.chosen(name) for name in ("q", "code", "state", "cut_off")),
    )


@opens("evaluation.screen", rules=RULES, seen_by=organised_calls, by="slug")
@require_POST
def compute(request: HttpRequest, call: Call) -> HttpResponse:
    changed = actions.screen(call=call, by=request.user, at=now())
    said = ngettext("%(n)s verdict is new or different.", "%(n)s verdicts are new or different.", changed)
    messages.success(request, said % {"n": changed})
    return redirect("evaluation:screening", call.slug)


@opens("evaluation.screen", rules=RULES, seen_by=organised_calls, by="slug")
@require_POST
def confirm(request: HttpRequest, call: Call) -> HttpResponse:
    """The ticked ones, or all that the filter shows."""
    codes = list(call.gates.values_list("code", flat=True))
    form = ScreeningFilter(request.GET, codes=codes, cut_offs=applications.cut_off_choices(call))
    rows = _filtered(call, form)
    if "all" not in request.POST:
        rows = rows.filter(pk__in=chosen(request))
    count = actions.confirm_verdicts(call=call, screenings=list(rows), by=request.user, at=now())
    said = ngettext("%(n)s verdict is confirmed.", "%(n)s verdicts are confirmed.", count)
    messages.success(request, said % {"n": count})
    answer = redirect("evaluation:screening", call.slug)
    answer["Location"] += f"?{request.GET.urlencode()}" if request.GET else ""
    return answer


@opens("evaluation.overrule", rules=RULES, seen_by=led_screenings)
def verdict(request: HttpRequest, screening: Screening) -> HttpResponse:
    """What every gate saw in one file; confirm, or overrule with a reason."""
    application = screening.application
    if "confirm" in request.POST:
        actions.confirm_verdicts(call=application.call, screenings=[screening], by=request.user, at=now())
        return redirect("evaluation:verdict", screening.pk)
    seen = verdicts.seen_by_gates(screening, say=_)
    codes = [(one.code, f"{one.code}: {one.message}") for one in seen]
    form = OverruleForm(request.POST or None, codes=codes)
    if form.is_valid():
        _overruled(request, screening, form)
        return redirect("evaluation:verdict", screening.pk)
    context = {"application": application, "screening": screening, "seen": seen, "form": form}
    return shown(request, "verdict", application.call, **context)


def _overruled(request: HttpRequest, screening: Screening, form: OverruleForm) -> None:
    told = form.cleaned_data["verdict"]
    eligible = told == "eligible"
    actions.overrule(
        screening=screening, eligible=eligible, code="" if eligible else told,
        reason=form.cleaned_data["reason"], by=request.user, at=now(),
    )  # fmt: skip
    messages.success(request, _("The verdict is overruled, with your reason."))
