"""The selection report: read, signed, printed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booster.calls.models import Call
from booster.kit.access import allows
from booster.kit.views import opens
from booster.selection import actions, forms
from booster.selection.access import RULES
from booster.selection.models import Signature
from booster.selection.queries import reporting
from booster.selection.views import papers
from booster.selection.views.builder import organised_calls


@opens("selection.report", rules=RULES, seen_by=organised_calls, by="slug", writes="selection.sign")
def report(request: HttpRequest, call: Call) -> HttpResponse:
    """The report on a page, with its signatures; a POST signs it as it was read."""
    form = forms.SignReport(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.sign(call=call, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("You have signed the report."))
        return redirect("selection:report", slug=call.slug)
    figures = reporting.figures(call)
    digest = reporting.digest(figures)
    if not form.is_bound:
        form = forms.SignReport(initial={"seen": digest})
    context = {
        "call": call, "edition": call.edition, "form": form, "digest": digest, "shown": papers.shown(call, figures),
        "method": papers.method(figures), "conflicts": papers.conflicts(figures),
        "organises": allows(RULES, "selection.sign", request.user, call),
        "signatures": list(call.signatures.select_related("person")),
    }  # fmt: skip
    return render(request, "selection/report.html", context, status=422 if form.errors else 200)


def _pdf(call: Call, paper: bytes) -> HttpResponse:
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{call.slug}-selection-report.pdf"'
    return answer


@require_safe
@opens("selection.report", rules=RULES, seen_by=organised_calls, by="slug")
def report_pdf(request: HttpRequest, call: Call) -> HttpResponse:
    figures = reporting.figures(call)
    digest = reporting.digest(figures)
    signed = list(call.signatures.filter(digest=digest).select_related("person"))
    return _pdf(call, papers.paper(call, figures, digest, signed))


@require_safe
@opens("selection.report", rules=RULES, seen_by=organised_calls, by="slug")
def signed_pdf(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    """The report as it stood when it was signed, whatever changed or was erased since."""
    one = get_object_or_404(Signature, call=call, pk=number)
    signed = list(call.signatures.filter(digest=one.digest).select_related("person"))
    return _pdf(call, papers.paper(call, one.figures, one.digest, signed))
