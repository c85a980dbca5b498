"""One file as its evaluator reads and marks it: file and criteria side by side, saved as one types."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.evaluation import actions
from booster.evaluation.access import RULES
from booster.evaluation.models import Assignment, Evaluation
from booster.evaluation.queries import desk as desks
from booster.evaluation.rules.agreeing import Voice
from booster.evaluation.rules.marking import MARKS, Typed, read
from booster.evaluation.views.doors import own_assignments
from booster.interviews import queries as interviews
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.kit.views import opens
from booster.library import queries as library


@opens("evaluation.declare", rules=RULES, seen_by=own_assignments)
def file(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """An undeclared file leads to its declaration; a doubtful one back to the desk."""
    if assignment.state != "open":
        return redirect("evaluation:declare" if assignment.state == "assigned" else "evaluation:desk", *(
            [assignment.pk] if assignment.state == "assigned" else []
        ))  # fmt: skip
    evaluation = actions.begin(assignment=assignment, by=request.user, at=now())
    if request.method == "POST":
        return _posted(request, assignment, evaluation)
    return _page(request, assignment, evaluation)


def _posted(request: HttpRequest, assignment: Assignment, evaluation: Evaluation) -> HttpResponse:
    """Without a script: save, perhaps sign, and come back; when another window was first, both texts."""
    typed = _typed(request, assignment)
    try:
        _save(request, evaluation, typed)
        if "sign" in request.POST:
            actions.sign(evaluation=evaluation, revision=evaluation.revision, by=request.user, at=now())
            messages.success(request, _("Signed. Thank you."))
            return redirect(_after(assignment))
        messages.success(request, _("Saved."))
    except Stale:
        evaluation.refresh_from_db()
        messages.error(request, _("Another window saved meanwhile. Both texts are here: choose, then save again."))
        return _page(request, assignment, evaluation, typed=typed, status=409)
    except (Refused, NotNow) as no:
        messages.error(request, str(no))
    return redirect("evaluation:file", assignment.pk)


def _after(assignment: Assignment) -> str:
    """The next file that waits, or the desk."""
    following = desks.next_open(assignment)
    return reverse("evaluation:file", args=[following]) if following else reverse("evaluation:desk")


def _typed(request: HttpRequest, assignment: Assignment) -> Typed:
    keys = list(assignment.application.call.criteria.values_list("key", flat=True))
    return read(request.POST.dict(), keys)


def _save(request: HttpRequest, evaluation: Evaluation, typed: Typed) -> None:
    seen = request.POST.get("revision", "")
    actions.save_marks(
        evaluation=evaluation, marks=typed.marks, comments=typed.notes, comment=typed.comment,
        revision=int(seen) if seen.isdecimal() and len(seen) < 9 else 0, by=request.user, at=now(),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    assignment: Assignment,
    evaluation: Evaluation,
    *,
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    call = assignment.application.call
    asked = desks.asked(evaluation, list(call.criteria.all()))
    before, after = desks.neighbours(assignment)
    context = {
        "assignment": assignment, "call": call, "edition": call.edition, "evaluation": evaluation, "marks": MARKS,
        "paper": desks.paper(assignment, language=get_language() or "en", say=_),
        "earlier": desks.earlier(assignment, language=get_language() or "en", say=_),
        "talk": interviews.talk_of(assignment.application) if call.is_interview else None,
        "asked": [_with_typed(one, typed) for one in asked], "before": before, "after": after,
        "comment": typed.comment if typed and typed.comment is not None else evaluation.comment,
        "their_comment": evaluation.comment if typed and typed.comment not in (None, evaluation.comment) else "",
        "others": [_voice(v, asked) for v in desks.others(assignment, evaluation)],
        "agreed": desks.agreed_on(assignment),
        "files": reverse("evaluation:attachment", args=[assignment.pk, 0]).removesuffix("0/"),
        "signed": evaluation.state == "signed",
    }  # fmt: skip
    return render(request, "evaluation/file.html", context, status=status)


def _with_typed(one: desks.Asked, typed: Typed | None) -> dict[str, Any]:
    """A criterion with what was typed in this window before what another one saved."""
    key = one.criterion.key
    mark = typed.marks.get(key, one.mark) if typed else one.mark
    note = typed.notes.get(key, one.note) if typed else one.note
    return {
        "criterion": one.criterion, "mark": mark, "note": note, "anchors": _anchors(one.criterion.anchors),
        "their_mark": one.mark if mark != one.mark else None, "their_note": one.note if note != one.note else "",
    }  # fmt: skip


def _voice(voice: Voice, asked: list[desks.Asked]) -> dict[str, Any]:
    """One other evaluator: marks in the order of the criteria, and what they wrote."""
    said = [(one.criterion.title, voice.notes.get(one.criterion.key, "")) for one in asked]
    return {
        "name": voice.name,
        "row": [voice.marks.get(one.criterion.key, "–") for one in asked],
        "said": [pair for pair in [*said, (_("Overall comment"), voice.comment)] if pair[1]],
    }


def _anchors(anchors: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(anchors.items(), key=lambda pair: pair[0], reverse=True)


@opens("evaluation.evaluate", rules=RULES, seen_by=own_assignments)
@require_POST
def save(request: HttpRequest, assignment: Assignment) -> JsonResponse:
    """What the page saves by itself: only the changed fields. 409 with both texts when another window was first."""
    evaluation = actions.begin(assignment=assignment, by=request.user, at=now())
    typed = _typed(request, assignment)
    try:
        _save(request, evaluation, typed)
    except Stale:
        return JsonResponse(_clash(assignment, typed), status=409)
    except (Refused, NotNow) as no:
        return JsonResponse({"revision": evaluation.revision, "message": str(no)}, status=409)
    return JsonResponse(
        {"revision": evaluation.revision, "errors": {name: _(why) for name, why in typed.errors.items()}}
    )


def _clash(assignment: Assignment, typed: Typed) -> dict[str, Any]:
    evaluation = Evaluation.objects.get(assignment=assignment)
    clashes = []
    for one in desks.asked(evaluation, list(assignment.application.call.criteria.all())):
        told = _with_typed(one, typed)
        key, title = one.criterion.key, one.criterion.title
        if told["mark"] != one.mark:
            clashes.append(_told(f"mark-{key}", title, one.mark or "", told["mark"] or ""))
        if told["note"] != one.note:
            clashes.append(_told(f"note-{key}", title, one.note, told["note"]))
    if typed.comment is not None and typed.comment != evaluation.comment:
        clashes.append(_told("comment", _("Overall comment"), evaluation.comment, typed.comment))
    message = _("Another window saved meanwhile. Choose what shall stand; your text is kept in this browser.")
    return {"revision": evaluation.revision, "message": message, "clashes": clashes}


def _told(key: str, label: str, theirs: Any, yours: Any) -> dict[str, str]:
    return {"key": key, "label": label, "by": _("your other window"), "theirs": str(theirs), "yours": str(yours)}


@opens("evaluation.reopen", rules=RULES, seen_by=own_assignments)
@require_POST
def reopen(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    evaluation = Evaluation.objects.filter(assignment=assignment).first()
    if evaluation is None:
        raise Http404
    actions.reopen(evaluation=evaluation, by=request.user, at=now())
    messages.success(request, _("The evaluation is open again; it counts once you sign it anew."))
    return redirect("evaluation:file", assignment.pk)


@opens("evaluation.evaluate", rules=RULES, seen_by=own_assignments)
def attachment(request: HttpRequest, assignment: Assignment, document: int) -> HttpResponse:
    """A file of the application, if the reading shows it to this evaluator."""
    found = desks.attachment_of(assignment, document)
    if found is None:
        raise Http404
    answer = library.response_to(request, found.document)
    if assignment.application.call.blind and "small" not in request.GET:  # the name may tell who applies
        ending = found.document.name.rpartition(".")[2]
        shown = "inline" if found.document.is_picture else "attachment"
        answer["Content-Disposition"] = f'{shown}; filename="file-{assignment.application_id}.{ending}"'
    return answer
