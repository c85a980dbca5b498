"""Taking in a file in the browser: choose it, look at what it holds row by row, take in all of it or nothing."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booster.calls.models import Call
from booster.intake import actions, queries
from booster.intake.access import RULES
from booster.intake.forms import ColumnsForm, FileForm
from booster.kit.sheets import UnreadableSheet
from booster.kit.views import opens
from booster.library import actions as library
from booster.library import queries as files
from booster.library.models import Document
from booster.library.rules import SHEETS, UnfitFile

KEPT = timedelta(days=1)  # how long a file waits between the preview and the decision
KINDS = {
    "answers": gettext_lazy("Take in a file of answers"),
    "evaluators": gettext_lazy("Take in a file of evaluators"),
    "evaluations": gettext_lazy("Take in a file of evaluations"),
    "assignments": gettext_lazy("Take in a file of assignments"),
}
BACK = {
    "answers": "applications:list", "evaluators": "evaluation:evaluators", "evaluations": "evaluation:board",
    "assignments": "evaluation:assignments",
}  # fmt: skip


def _shown(request: HttpRequest, page: str, call: Call, kind: str, **context: Any) -> HttpResponse:
    back = reverse(BACK[kind], args=[call.slug])
    told = {"call": call, "edition": call.edition, "kind": kind, "title": KINDS[kind], "back": back, **context}
    return render(request, f"intake/{page}.html", told)


@opens("intake.take_in", rules=RULES, seen_by=Call.objects.seen_by, by="slug")
def choose_file(request: HttpRequest, call: Call, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        document = _kept(call, kind, form, request)
        if document:
            return redirect("intake:look_at_file", call.slug, kind, document.pk)
    earlier = queries.intakes(call, queries.sheet_of(call, kind))
    expected = queries.expected_headers(call, kind)
    return _shown(request, "choose", call, kind, form=form, earlier=earlier, expected=expected)


def _kept(call: Call, kind: str, form: FileForm, request: HttpRequest) -> Document | None:
    """The file, stored for a day, if it reads as a table; otherwise the form says why not."""
    file: UploadedFile = form.cleaned_data["file"]
    try:
        queries.read_file(call, file.read(), file.name or "", kind=kind)
        file.seek(0)
        at = now()
        return library.store(file=file, allowed=SHEETS, by=request.user, at=at, kept_until=at + KEPT)
    except (UnreadableSheet, UnfitFile) as trouble:
        form.add_error("file", trouble.said(_))
        return None


@opens("intake.take_in", rules=RULES, seen_by=Call.objects.seen_by, by="slug")
def look_at_file(request: HttpRequest, call: Call, kind: str, document_pk: int) -> HttpResponse:
    """What a run would do, by row, done in a transaction that is undone; the button then does the same for good."""
    document = Document.objects.filter(pk=document_pk, uploaded_by=request.user, removed_at__isnull=True).first()
    if document is None or kind not in KINDS:
        raise Http404
    content, by, at = files.read(document), request.user, now()
    form = ColumnsForm(request.POST or None, reading=queries.read_file(call, content, document.name, kind=kind))
    columns = form.cleaned_data if form.is_bound and form.is_valid() else None
    reading = queries.read_file(call, content, document.name, kind=kind, columns=columns)
    if columns is not None and form.has_changed():
        actions.keep_columns(call=call, sheet=queries.sheet_of(call, kind), columns=columns, by=by, at=at)
    if "take_in" in request.POST and columns is not None:
        if not form.has_changed():  # nothing is taken in but what the person has seen
            return _taken_in(request, call, kind, reading)
        messages.warning(request, _("You chose other columns: this is what the file holds now. Nothing was taken in."))
    taken = actions.take_in(call=call, kind=kind, reading=reading, by=by, at=at, dry_run=True)
    refused, rows = sum(problem.refused for problem in taken.problems), queries.preview_rows(reading, taken)
    told = {"document": document, "form": form, "reading": reading, "taken": taken, "refused": refused, "rows": rows}
    return _shown(request, "look", call, kind, **told)


def _taken_in(request: HttpRequest, call: Call, kind: str, reading: Any) -> HttpResponse:
    letters = kind == "evaluators" and "letters" in request.POST
    taken = actions.take_in(call=call, kind=kind, reading=reading, by=request.user, at=now(), letters=letters)
    said = ngettext(
        "%(new)s new row taken in; known already: %(known)s.",
        "%(new)s new rows taken in; known already: %(known)s.",
        taken.new_count,
    )
    messages.success(request, said % {"new": taken.new_count, "known": taken.known_count})
    latest = queries.intakes(call, queries.sheet_of(call, kind))[0]
    return redirect("intake:report", call.slug, kind, latest.pk)


@opens("intake.take_in", rules=RULES, seen_by=Call.objects.seen_by, by="slug")
def report(request: HttpRequest, call: Call, kind: str, pk: int) -> HttpResponse:
    """What became of a file: the figures, and the rows that were refused with the reason of each."""
    if kind not in KINDS:
        raise Http404
    intake = get_object_or_404(queries.intakes(call, queries.sheet_of(call, kind)), pk=pk)
    return _shown(request, "report", call, kind, intake=intake, problems=intake.problems.all())
