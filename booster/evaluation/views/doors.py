"""What the doors of this room have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from booster.applications.models import Application
from booster.calls.models import Call
from booster.evaluation.models import Assignment, Evaluator


def organised_calls(actor: Any) -> Any:
    """Of the desks that the actor may read, with the edition; the rules say who may do more than read."""
    return Call.objects.read_by(actor).select_related("edition__academy")


def organised_files(actor: Any) -> Any:
    """Sent files of editions that the actor organises, with what their pages need."""
    rows = Application.objects.organised_by(actor).filter(state="submitted")
    return rows.select_related("call__edition__academy", "organisation", "applicant", "form_version")


def led_assignments(actor: Any) -> Any:
    rows = Assignment.objects.led_by(actor)
    return rows.select_related("application__call__edition__academy", "application__organisation", "evaluator__person")


def led_evaluators(actor: Any) -> Any:
    return Evaluator.objects.led_by(actor).select_related("call__edition__academy", "person", "organisation")


def own_assignments(actor: Any) -> Any:
    """The actor's files as an evaluator, never those that they merely organise."""
    return Assignment.objects.own(actor).select_related(
        "application__call__edition__academy", "application__organisation", "application__applicant",
        "application__form_version", "evaluator", "evaluation",
    )  # fmt: skip


def shown(request: HttpRequest, name: str, call: Call, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page of this room about a call."""
    told = {"call": call, "edition": call.edition, **context}
    return render(request, f"evaluation/{name}.html", told, status=status)


def query(request: HttpRequest) -> str:
    """The address's query without the page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return str(kept.urlencode())


def chosen(request: HttpRequest, name: str = "pk") -> list[int]:
    """The ids that were ticked; nonsense is passed over."""
    given = request.POST.getlist(name)
    return [int(text) for text in given if text.isdecimal() and text.isascii() and len(text) < 19]
