"""What organisers prepare for evaluators: the sample file, redactions for blind reading."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from booster.applications.models import Application
from booster.calls.models import Call
from booster.evaluation import actions
from booster.evaluation import queries as evaluation
from booster.evaluation.access import RULES
from booster.evaluation.forms import LONGEST, CalibrationForm, FilesFilter
from booster.evaluation.queries import overview, preparing
from booster.evaluation.rules.marking import text_of
from booster.evaluation.views.doors import organised_calls, organised_files, query, shown
from booster.kit.paging import page
from booster.kit.views import opens


@opens("evaluation.calibrate", rules=RULES, seen_by=organised_calls, by="slug")
def calibration(request: HttpRequest, call: Call) -> HttpResponse:
    """The sample that evaluators mark first, with the reference marks and their reasons."""
    held = getattr(call, "calibration", None)
    initial: dict[str, Any] = {"title": held.title, "text": held.text} if held else {}
    for key, one in (held.reference if held else {}).items():
        initial |= {f"mark-{key}": one["value"], f"why-{key}": one["why"]}
    reference = request.GET.get("file", "").strip()
    file = preparing.file_for_sample(organised_files(request.user), call, reference) if reference else None
    if file is not None:
        initial |= {"title": initial.get("title") or _("Sample"), "text": preparing.sample_from(file, say=_)[:LONGEST]}
    form = CalibrationForm(request.POST or None, initial=initial, criteria=evaluation.criteria_of(call))
    if form.is_valid():
        told = form.cleaned_data
        actions.set_calibration(
            call=call, title=told["title"], text=told["text"], reference=form.reference(), by=request.user, at=now()
        )
        messages.success(request, _("Kept. Evaluators see it first on their desk."))
        return redirect("evaluation:calibration", call.slug)
    begun = {"reference": reference, "file": file}
    return shown(request, "calibration", call, form=form, held=held, marked=preparing.marked_sample(call), **begun)


@opens("evaluation.redact", rules=RULES, seen_by=organised_calls, by="slug")
def redactions(request: HttpRequest, call: Call) -> HttpResponse:
    """Files with how many of their answers have a redaction."""
    form = FilesFilter(request.GET)
    cut = page(overview.files_to_share(call, text=form.chosen("q")), number=request.GET.get("page"))
    files = preparing.with_redactions(cut.items)
    return shown(request, "redactions", call, form=form, page=cut, files=files, query=query(request))


@opens("evaluation.redact", rules=RULES, seen_by=organised_files)
def redact(request: HttpRequest, application: Application) -> HttpResponse:
    """The free texts of one file beside what blind evaluators read; change that, or take the change back."""
    lines = preparing.texts_to_redact(application, say=_)
    if request.method == "POST":
        key = request.POST.get("key", "")
        line = next((one for one in lines if one.key == key), None)
        if line is None:
            messages.error(request, _("This answer is not one that evaluators read."))
        elif "restore" in request.POST and line.redaction is not None:
            actions.unredact(redaction=line.redaction, by=request.user, at=now())
        elif "keep" in request.POST:
            text = text_of(request.POST.get("text", ""))[:30000]
            actions.redact(application=application, question_key=key, text=text, by=request.user, at=now())
            messages.success(request, _("Kept."))
        return redirect("evaluation:redact", application.pk)
    return shown(request, "redact", application.call, application=application, lines=lines)
