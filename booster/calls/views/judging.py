"""Where organisers set what files are judged by: criteria, conditions, white book."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from booster.calls import actions, forms, queries
from booster.calls.models import Call
from booster.calls.views.desk import page_of, shown
from booster.calls.views.public import opens_call
from booster.kit.moves import Stale


def _seen(request: HttpRequest, call: Call) -> int:
    """The revision that the page was made from."""
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else call.revision


def _kept(request: HttpRequest, call: Call, page: str, rows: Any, write: Any, **context: Any) -> HttpResponse:
    """Write rows when they are fit; else, or when somebody else was first, the page again with all that was typed."""
    status, revision = 200, call.revision
    if request.method == "POST":
        status = 422
        if rows.is_valid():
            try:
                write(_seen(request, call))
            except Stale:
                status = 409
                call.refresh_from_db(fields=["revision"])
                revision = call.revision
                messages.error(
                    request, _("Somebody else changed this call a moment ago. What you typed is still here.")
                )
            else:
                messages.success(request, _("Kept."))
                return redirect(page_of(call, page))
    return shown(request, call, page, status=status, rows=rows, seen=revision, **context)


@opens_call("calls.change")
def criteria(request: HttpRequest, call: Call) -> HttpResponse:
    known = list(call.criteria.all())
    initial = [
        {
            "key": c.key,
            "title": c.title,
            "text": c.text,
            "weight": c.weight,
            "minimum": c.minimum,
            "anchors": "\n".join(
                f"{mark}: {text}" for mark, text in sorted(c.anchors.items(), key=lambda a: float(a[0]))
            ),
            "place": c.position + 1,
        }
        for c in known
    ]
    rows = forms.CriteriaRows(request.POST or None, initial=initial, prefix="criteria")
    keys = {c.key: c.question_keys for c in known}

    def write(seen: int) -> None:
        actions.set_criteria(call=call, criteria=rows.wanted(keys), by=request.user, at=now(), revision=seen)

    total = sum(c.weight for c in known)
    return _kept(request, call, "criteria", rows, write, total=total, form=queries.form_of(queries.newest_form(call)))


@opens_call("calls.change")
def gates(request: HttpRequest, call: Call) -> HttpResponse:
    initial = [forms.GateRow.initial_of(gate) for gate in call.gates.all()]
    rows = forms.GateRows(request.POST or None, initial=initial, prefix="gates")

    def write(seen: int) -> None:
        wanted = [forms.gate_of(row) for row in rows.filled("code")]
        actions.set_gates(call=call, wanted=wanted, by=request.user, at=now(), revision=seen)

    asked = queries.form_of(queries.newest_form(call)).questions.values()
    return _kept(request, call, "gates", rows, write, asked=asked)


@opens_call("calls.change")
def white_book(request: HttpRequest, call: Call) -> HttpResponse:
    initial = [
        {
            "key": r.key,
            "section": r.section,
            "text": r.text,
            "level": r.level,
            "criterion": r.criterion.key if r.criterion else "",
            "place": r.position + 1,
        }
        for r in call.requirements.select_related("criterion")
    ]
    rows = forms.BookRows(request.POST or None, initial=initial, prefix="book")

    def write(seen: int) -> None:
        actions.set_requirements(call=call, requirements=rows.wanted(), by=request.user, at=now(), revision=seen)

    return _kept(request, call, "white_book", rows, write)
