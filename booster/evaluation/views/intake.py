"""Taking in files of evaluators, evaluations or assignments: look at them row by row, then all or nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booster.calls.models import Call
from booster.evaluation import actions
from booster.evaluation import queries as evaluation
from booster.evaluation.access import RULES
from booster.evaluation.forms import FileForm
from booster.evaluation.rules import intake
from booster.evaluation.views.doors import organised_calls, shown
from booster.kit.sheets import UnreadableSheet
from booster.kit.views import opens
from booster.library import actions as library
from booster.library import queries as files
from booster.library.models import Document
from booster.library.rules import SHEETS, UnfitFile

KEPT = timedelta(days=1)  # how long a file waits between the preview and the decision
KINDS = {
    "evaluators": gettext_lazy("Take in a file of evaluators"),
    "evaluations": gettext_lazy("Take in a file of evaluations"),
    "assignments": gettext_lazy("Take in a file of assignments"),
}
BACK = {"evaluators": "evaluators", "evaluations": "board", "assignments": "assignments"}
TAKE: dict[str, Callable[..., actions.Taken]] = {
    "evaluators": actions.take_in_evaluators,
    "evaluations": actions.take_in_evaluations,
    "assignments": actions.take_in_assignments,
}


def _read(call: Call, kind: str, content: bytes, name: str) -> intake.Rows:
    if kind == "evaluators":
        return evaluation.read_evaluators_file(content, name)
    if kind == "evaluations":
        return evaluation.read_evaluations_file(call, content, name)
    return evaluation.read_assignments_file(content, name)


def _spellings(call: Call, kind: str) -> list[str]:
    """The first spelling of every column that is looked for."""
    wanted: Any = {"evaluators": intake.EVALUATORS, "assignments": intake.ASSIGNMENTS}.get(kind)
    if wanted is None:
        wanted = intake.evaluation_spellings(evaluation.criteria_of(call))
    return [names[0] for names in wanted.values()]


@opens("evaluation.take_in", rules=RULES, seen_by=organised_calls, by="slug")
def choose_file(request: HttpRequest, call: Call, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file, at = form.cleaned_data["file"], now()
        try:
            _read(call, kind, file.read(), file.name or "")
            file.seek(0)
            kept = library.store(file=file, allowed=SHEETS, by=request.user, at=at, kept_until=at + KEPT)
            return redirect("evaluation:look_at_file", call.slug, kind, kept.pk)
        except UnreadableSheet as trouble:
            form.add_error("file", trouble.said(_))
        except UnfitFile as trouble:
            form.add_error("file", trouble.said(_))
    context = {"form": form, "kind": kind, "title": KINDS[kind], "expected": _spellings(call, kind)}
    return shown(request, "intake", call, back=reverse(f"evaluation:{BACK[kind]}", args=[call.slug]), **context)


@opens("evaluation.take_in", rules=RULES, seen_by=organised_calls, by="slug")
def look_at_file(request: HttpRequest, call: Call, kind: str, document_pk: int) -> HttpResponse:
    """What taking it in would do, done in a transaction that is undone; the button then does the same for good."""
    document = Document.objects.filter(pk=document_pk, uploaded_by=request.user, removed_at__isnull=True).first()
    if document is None or kind not in KINDS:
        raise Http404
    rows = _read(call, kind, files.read(document), document.name)
    if "take_in" in request.POST:
        return _taken_in(request, call, kind, rows)
    taken = TAKE[kind](call=call, rows=rows, by=request.user, at=now(), dry_run=True)
    context = {"kind": kind, "title": KINDS[kind], "document": document, "taken": taken, "rows": _lines(rows, taken)}
    refused = sum(problem.refused for problem in taken.problems)
    back = reverse("evaluation:choose_file", args=[call.slug, kind])
    return shown(request, "intake_preview", call, refused=refused, back=back, **context)


def _taken_in(request: HttpRequest, call: Call, kind: str, rows: intake.Rows) -> HttpResponse:
    more = {"letters": "letters" in request.POST} if kind == "evaluators" else {}
    taken = TAKE[kind](call=call, rows=rows, by=request.user, at=now(), **more)
    said = _("%(new)s new rows taken in, %(known)s were known already.")
    messages.success(request, said % {"new": taken.new_count, "known": taken.known_count})
    return redirect(f"evaluation:{BACK[kind]}", call.slug)


def _lines(rows: intake.Rows, taken: actions.Taken) -> list[dict[str, Any]]:
    """Every row of the file with what is to be said about it, in order."""
    said: dict[int, list[Any]] = {}
    for problem in taken.problems:
        said.setdefault(problem.row, []).append(problem)
    texts = {row.row: _text(row) for row in rows.rows}
    return [
        {
            "row": number,
            "text": texts.get(number) or next(p.id for p in said[number]),
            "refused": any(p.refused for p in said.get(number, [])),
            "problems": [p.message for p in said.get(number, [])],
        }
        for number in sorted(texts.keys() | said.keys())
    ]


def _text(row: Any) -> str:
    if isinstance(row, intake.EvaluatorRow):
        return f"{row.name} ({row.email})"
    marks = ", ".join(f"{mark:.1f}" for mark in getattr(row, "marks", {}).values())
    return f"{row.id} · {row.email}" + (f" · {marks}" if marks else "")
