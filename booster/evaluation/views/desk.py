"""The evaluator's desk: my files, the declaration before each, the sample file."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booster.calls.models import Call
from booster.evaluation import actions
from booster.evaluation.access import RULES
from booster.evaluation.forms import ConflictForm
from booster.evaluation.models import Assignment, Evaluator
from booster.evaluation.queries import desk as desks
from booster.evaluation.rules.marking import MARKS, read
from booster.evaluation.views.doors import chosen, own_assignments
from booster.kit.access import Refused, allows
from booster.kit.views import opens, signed_in


@signed_in("evaluation.desk")
def desk(request: HttpRequest) -> HttpResponse:
    """All that waits for this evaluator, by call; the next step first."""
    files = desks.my_evaluating(request.user)
    groups = []
    for call, members in groupby(sorted(files, key=lambda f: f.assignment.application.call_id), key=_call):
        mine = sorted(members, key=files.index)
        groups.append({"call": call, "files": mine, **_counts(mine)})
    groups.sort(key=lambda group: files.index(group["files"][0]))  # what waits first stands first
    samples = desks.my_samples(request.user)
    academies = {group["call"].edition.academy for group in groups}
    context = {
        "groups": groups,
        "next": next((f for f in files if f.step in ("go_on", "mark", "declare")), None),
        "sample": next((e for e in samples if e.calibrated_at is None), None),
        "samples": samples,
        "waiting": sum(f.step in ("go_on", "mark", "declare") for f in files),
        "today": localdate(),
        "any": bool(files or samples),
        **({"academy": academies.pop()} if len(academies) == 1 else {}),
    }
    return render(request, "evaluation/desk.html", context)


def _call(one: desks.MyFile) -> Call:
    return one.assignment.application.call


def _counts(mine: list[desks.MyFile]) -> dict[str, Any]:
    steps = [one.step for one in mine]
    return {
        "waiting": [one for one in mine if one.step != "signed"],
        "done": [one for one in mine if one.step == "signed"],
        "undeclared": steps.count("declare"),
        "signed": steps.count("signed"),
        "total": len(mine) - steps.count("in_doubt"),
    }


@signed_in("evaluation.declare")
def declare_many(request: HttpRequest, slug: str) -> HttpResponse:
    """All files of a call on which I have not declared, by organisation; those that I tick close for a declaration."""
    rows = [f for f in desks.my_evaluating(request.user) if f.step == "declare" and _call(f).slug == slug]
    free = [f for f in rows if allows(RULES, "evaluation.declare", request.user, f.assignment)]
    if not free:
        return redirect("evaluation:desk")
    if request.method == "POST":
        shown, ticked = set(chosen(request, "shown")), set(chosen(request))
        clear = [f.assignment for f in free if f.assignment.pk in shown - ticked]
        count = actions.declare_free_of_many(assignments=clear, by=request.user, at=now())
        said = ngettext("%(n)s file is open.", "%(n)s files are open.", count)
        messages.success(request, said % {"n": count})
        left = [f.assignment.pk for f in free if f.assignment.pk in shown & ticked]
        return redirect("evaluation:declare", left[0]) if left else redirect("evaluation:desk")
    call = _call(free[0])
    return render(
        request,
        "evaluation/declare_many.html",
        {"call": call, "edition": call.edition, "files": sorted(free, key=lambda f: (f.title.casefold(), f.title))},
    )


@opens("evaluation.declare", rules=RULES, seen_by=own_assignments)
def declare(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Nothing but the applicant's organisation, and the question. Also later, when a conflict shows while reading."""
    if assignment.state == "in_doubt":
        return redirect("evaluation:desk")
    form = ConflictForm(request.POST if "conflict" in request.POST else None)
    if "free" in request.POST:
        if assignment.state == "assigned":
            actions.declare_free(assignment=assignment, by=request.user, at=now())
        return redirect("evaluation:file", assignment.pk)
    if form.is_valid():
        actions.declare_conflict(assignment=assignment, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("Thank you. The file is closed for you until the organiser has decided."))
        return redirect("evaluation:desk")
    call = assignment.application.call
    hidden = call.blind and assignment.state == "open"
    context = {
        "assignment": assignment, "call": call, "edition": call.edition, "form": form,
        "organisation": "" if hidden else desks.organisation_of(assignment.application),
        "title": desks.title_of(assignment) if hidden else "",
    }  # fmt: skip
    return render(request, "evaluation/declare.html", context)


def own_evaluators(actor: Any) -> Any:
    return Evaluator.objects.own(actor).select_related("call__edition__academy", "call__calibration")


@opens("evaluation.mark_sample", rules=RULES, seen_by=own_evaluators)
def sample(request: HttpRequest, held: Evaluator) -> HttpResponse:
    """The sample file: marks first, then the reference and its reasons."""
    call = held.call
    if not hasattr(call, "calibration"):
        raise Http404
    criteria = list(call.criteria.all())
    typed = read(request.POST.dict(), [c.key for c in criteria])
    if request.method == "POST" and held.calibrated_at is None:
        try:
            marks = {key: mark for key, mark in typed.marks.items() if mark is not None}
            actions.calibrate(evaluator=held, marks=marks, by=request.user, at=now())
            return redirect("evaluation:sample", held.pk)
        except Refused as no:
            messages.error(request, str(no))
    told = desks.sample_of(held, criteria) if held.calibrated_at else None
    context = {
        "held": held, "call": call, "edition": call.edition, "sample": call.calibration, "marks": MARKS, "told": told,
        "asked": [desks.Asked(c, typed.marks.get(c.key), "") for c in criteria],
    }  # fmt: skip
    return render(request, "evaluation/sample.html", context)
