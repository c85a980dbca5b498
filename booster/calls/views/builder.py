"""The form builder: sections and questions, their order, their settings, a preview beside, versions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.calls import actions, queries
from booster.calls.forms.building import QuestionForm, SectionForm
from booster.calls.models import Call
from booster.calls.views.desk import page_of, shown
from booster.calls.views.public import opens_call
from booster.kit.moves import Stale
from booster.questions.forms import preview
from booster.questions.rules import building, questions


def _revision(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def _said(bad: questions.BadForm) -> str:
    return " ".join(_(sentence) % values for _path, sentence, values in bad.troubles)


@opens_call("calls.build")
def form(request: HttpRequest, call: Call) -> HttpResponse:
    """The whole form; beside it a section as people will see it."""
    version = queries.newest_form(call)
    parsed = queries.form_of(version)
    wanted = request.GET.get("section", "")
    chosen = next((s for s in parsed.sections if s.key == wanted), next(iter(parsed.sections), None))
    look = preview(parsed, [chosen]) if chosen else None
    return shown(
        request,
        call,
        "form",
        version=version,
        form=parsed,
        chosen=chosen,
        look=look,
        kinds=[(name, kind.label) for name, kind in questions.KINDS.items()],
        versions=call.form_versions.all(),
        section_form=SectionForm(parsed),
    )


def _do(request: HttpRequest, call: Call, change: Callable[[int], Any], *, anchor: str = "") -> HttpResponse:
    """Make one change of the form and come back to the builder; what cannot be done is told there."""
    try:
        change(_revision(request))
    except questions.BadForm as bad:
        messages.error(request, _said(bad))
    except Stale as stale:
        messages.error(request, str(stale))
    tail = f"?section={request.POST['open']}" if request.POST.get("open") else ""
    return redirect(page_of(call, "form") + tail + (f"#{anchor}" if anchor else ""))


@require_POST
@opens_call("calls.build")
def move(request: HttpRequest, call: Call) -> HttpResponse:
    """A question or a section one place up or down; or, from a script, the whole order of a section."""
    by, at, said = request.user, now(), request.POST
    if section := said.get("sort"):
        keys = said.getlist("order")
        return _do(
            request,
            call,
            lambda r: actions.order_questions(call=call, section=section, keys=keys, revision=r, by=by, at=at),
        )
    step, key = (-1, said.get("up", "")) if "up" in said else (1, said.get("down", ""))
    act = actions.move_section if said.get("what") == "section" else actions.move_question
    return _do(request, call, lambda r: act(call=call, key=key, step=step, revision=r, by=by, at=at), anchor=key)


@require_POST
@opens_call("calls.build")
def remove(request: HttpRequest, call: Call) -> HttpResponse:
    by, at, key = request.user, now(), request.POST.get("key", "")
    act = actions.remove_section if request.POST.get("what") == "section" else actions.remove_question
    return _do(request, call, lambda r: act(call=call, key=key, revision=r, by=by, at=at))


@opens_call("calls.build")
def section(request: HttpRequest, call: Call, key: str = "") -> HttpResponse:
    """Write a section's title and text, or begin a new one."""
    version = queries.newest_form(call)
    sections = version.sections if version else []
    raw = _part_or_404(lambda: building.find_section(sections, key)) if key else {}
    form = SectionForm(queries.form_of(version), request.POST or None, raw=raw)
    if form.is_valid():
        act = actions.change_section if key else actions.add_section
        named = {"key": key} if key else {}
        return _write(
            request,
            call,
            form,
            lambda r: act(call=call, values=form.values(), revision=r, by=request.user, at=now(), **named),
        )
    return _page(
        request, call, "section", form, version.revision if version else 0, 422 if form.errors else 200, key=key
    )


@opens_call("calls.build")
def question(request: HttpRequest, call: Call, key: str = "") -> HttpResponse:
    """Write a question's settings, or add one of a kind to a section."""
    version = queries.newest_form(call)
    parsed = queries.form_of(version)
    if key and key not in parsed.questions:
        raise Http404
    form = _question_form(request, call, parsed, version.sections if version else [], key)
    if form.is_valid():
        values, home = form.values(), request.POST.get("section") or request.GET.get("section", "")
        named = {"key": key} if key else {"section": home}
        act = actions.change_question if key else actions.add_question
        return _write(
            request, call, form, lambda r: act(call=call, values=values, revision=r, by=request.user, at=now(), **named)
        )
    seen = version.revision if version else 0
    return _page(request, call, "question", form, seen, 422 if form.errors else 200, key=key, look=form.look())


def _question_form(request: HttpRequest, call: Call, parsed: Any, sections: Any, key: str) -> QuestionForm:
    raw: dict[str, Any] = {"kind": request.GET.get("kind", "text"), "label": request.GET.get("label", "")}
    if key:
        home, place = building.find_question(sections, key)
        raw = home["questions"][place]
    criteria = [(c.key, c.title) for c in call.criteria.all()]
    languages = sorted(call.translations)
    return QuestionForm(parsed, request.POST or None, raw=raw, criteria=criteria, languages=languages, zone=call.zone)


def _part_or_404(find: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return find()
    except building.NoSuchPart as gone:
        raise Http404 from gone


def _write(request: HttpRequest, call: Call, form: Any, act: Callable[[int], Any]) -> HttpResponse:
    """Save what was typed; when the form has moved on, or the outcome would be no form, the page again with all of
    it."""
    page = "question" if isinstance(form, QuestionForm) else "section"
    look = {"look": form.look()} if page == "question" else {}
    try:
        act(_revision(request))
    except questions.BadForm as bad:
        form.add_error(None, _said(bad))
        return _page(request, call, page, form, _revision(request), 422, **look)
    except Stale as stale:
        messages.error(request, str(stale))
        newest = queries.newest_form(call)
        return _page(request, call, page, form, newest.revision if newest else 0, 409, **look)
    messages.success(request, _("Kept."))
    tail = f"?section={request.POST['open']}" if request.POST.get("open") else ""
    return redirect(page_of(call, "form") + tail)


def _page(
    request: HttpRequest, call: Call, page: str, form: Any, revision: int, status: int, **more: Any
) -> HttpResponse:
    more.setdefault("key", "")
    context = {"form": form, "revision": revision, "template": page, "section": request.GET.get("section", ""), **more}
    return shown(request, call, "form", status=status, **context)


@require_POST
@opens_call("calls.build")
def question_preview(request: HttpRequest, call: Call) -> HttpResponse:
    """The question as it stands in the boxes, drawn as people will see it; nothing is kept."""
    parsed = queries.form_of(queries.newest_form(call))
    form = QuestionForm(parsed, request.POST, raw={}, criteria=[], languages=(), zone=call.zone)
    form.is_valid()
    return render(request, "calls/_look.html", {"look": form.look()})


@require_POST
@opens_call("calls.build")
def publish_form(request: HttpRequest, call: Call) -> HttpResponse:
    version = queries.form_draft(call)
    if version is None:
        messages.error(request, _("There is nothing new to publish."))
    else:
        try:
            actions.publish_form(version=version, revision=_revision(request), by=request.user, at=now())
        except Stale as stale:
            messages.error(request, str(stale))
        else:
            messages.success(
                request, _("The form is published. Whoever began with an older version keeps every answer.")
            )
    return redirect(page_of(call, "form"))


@require_POST
@opens_call("calls.build")
def discard_form(request: HttpRequest, call: Call) -> HttpResponse:
    if actions.discard_form(call=call, by=request.user, at=now()):
        messages.success(request, _("The changes are thrown away; the published form stands."))
    return redirect(page_of(call, "form"))


@opens_call("calls.build")
def version(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    """An older version, as it was asked."""
    found = call.form_versions.filter(number=number).first()
    if found is None:
        raise Http404
    parsed = queries.form_of(found)
    drawn = preview(parsed, parsed.sections)
    looks = [(s, [drawn[q.key] for q in s.questions if q.key in drawn.fields]) for s in parsed.sections]
    back = reverse("calls:edit_form", args=[call.slug])
    return shown(request, call, "form", template="version", version=found, looks=looks, back=back)
