"""Taking in a file in the browser: choose it, look at what it holds row by row, take in all of it or nothing."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from booster.applications import actions, queries
from booster.applications.access import RULES
from booster.applications.forms.intake import ColumnsForm, FileForm
from booster.calls.models import Call
from booster.kit.sheets import UnreadableSheet
from booster.kit.views import opens
from booster.library import actions as library
from booster.library import queries as files
from booster.library.models import Document
from booster.library.rules import SHEETS, UnfitFile

KEPT = timedelta(days=1)  # how long a file waits between the preview and the decision


@opens("applications.take_in", rules=RULES, seen_by=Call.objects.seen_by, by="slug")
def choose_file(request: HttpRequest, call: Call) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        document = _kept(call, form, request)
        if document:
            return redirect("applications:look_at_file", call.slug, document.pk)
    earlier = queries.intakes(call)
    context = {
        "call": call,
        "edition": call.edition,
        "form": form,
        "earlier": earlier,
        "expected": queries.expected_headers(call),
    }
    return render(request, "applications/intake.html", context)


def _kept(call: Call, form: FileForm, request: HttpRequest) -> Document | None:
    """The file, stored for a day, if it reads as a table; otherwise the form says why not."""
    file: UploadedFile = form.cleaned_data["file"]
    try:
        queries.read_file(call, file.read(), file.name or "")
        file.seek(0)
        at = now()
        return library.store(file=file, allowed=SHEETS, by=request.user, at=at, kept_until=at + KEPT)
    except (UnreadableSheet, UnfitFile) as trouble:
        form.add_error("file", trouble.said(_))
        return None


@opens("applications.take_in", rules=RULES, seen_by=Call.objects.seen_by, by="slug")
def look_at_file(request: HttpRequest, call: Call, document_pk: int) -> HttpResponse:
    """What a run would do, by row, done in a transaction that is undone; the button then does the same for good."""
    document = Document.objects.filter(pk=document_pk, uploaded_by=request.user, removed_at__isnull=True).first()
    if document is None:
        raise Http404
    content = files.read(document)
    form = ColumnsForm(request.POST or None, reading=queries.read_file(call, content, document.name))
    columns = form.cleaned_data if form.is_bound and form.is_valid() else None
    reading = queries.read_file(call, content, document.name, columns=columns)
    if columns is not None and form.has_changed():
        actions.keep_columns(call=call, sheet=call.kind, columns=columns, by=request.user, at=now())
    if "take_in" in request.POST and columns is not None:
        if not form.has_changed():  # nothing is taken in but what the person has seen
            return _taken_in(request, call, reading)
        messages.warning(request, _("You chose other columns: this is what the file holds now. Nothing was taken in."))
    outcome = actions.take_in(call=call, reading=reading, by=request.user, at=now(), dry_run=True)
    context = {
        "call": call, "edition": call.edition, "document": document, "form": form, "reading": reading,
        "outcome": outcome, "rows": queries.preview_rows(reading, outcome),
    }  # fmt: skip
    return render(request, "applications/intake_preview.html", context)


def _taken_in(request: HttpRequest, call: Call, reading: Any) -> HttpResponse:
    outcome = actions.take_in(call=call, reading=reading, by=request.user, at=now())
    said = _("%(new)s new answers taken in, %(known)s were known already.")
    messages.success(request, said % {"new": outcome.new_count, "known": outcome.known_count})
    return redirect("applications:list", call.slug)
