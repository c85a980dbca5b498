"""The form: by section or all at once, saved by a button or by itself, with files and with others writing too."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.applications import actions
from booster.applications import queries as applications
from booster.applications.access import RULES, is_applicant_by_account
from booster.applications.models import Application
from booster.applications.queries.answering import Desk
from booster.applications.rules.merging import Clash
from booster.applications.views import uploading
from booster.applications.views.doors import author, edited, held, shown
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.throttle import spent
from booster.kit.views import opens
from booster.library.rules import UnfitFile
from booster.questions import forms
from booster.questions.forms import Answers, Beside
from booster.questions.rules import questions
from booster.questions.rules.questions import Section


def desk_of(request: HttpRequest, application: Application) -> Desk:
    return applications.desk(application, actor=request.user, at=now(), language=get_language() or "en")


def build(desk: Desk, sections: Sequence[Section], *, only: Any = (), **more: Any) -> Answers:
    """The form of these sections: who writes may write what the desk allows."""
    may = forms.Desk(writable=desk.writable, needed=desk.needed, only=only)
    return forms.build(desk.form, sections, answers=desk.application.working, desk=may, **more)


def beside(application: Application) -> Beside:
    """Criteria with their weights beside the questions that they concern. One query."""
    criteria = list(application.call.criteria.all())
    named: dict[str, list[str]] = {}
    for criterion in criteria:
        text = _("%(title)s, %(weight)g of 100 points") % {"title": criterion.title, "weight": criterion.weight}
        for key in criterion.question_keys:
            named.setdefault(key, []).append(text)
    for key, question in applications.form_of(application).questions.items():
        known = [c for c in criteria if c.key in question.criteria and key not in c.question_keys]
        for criterion in known:
            text = _("%(title)s, %(weight)g of 100 points") % {"title": criterion.title, "weight": criterion.weight}
            named.setdefault(key, []).append(text)
    links = {
        "regions": reverse("applications:regions", args=[application.pk]),
        "organisations": reverse("applications:organisations", args=[application.pk]),
        "upload": reverse("applications:upload", args=[application.pk]),
        "point": reverse("applications:point", args=[application.pk]),
        "file": reverse("applications:attachment", args=[application.pk, 0]).removesuffix("0/"),
    }
    return Beside(criteria=named, links=links)


def _judged_alike(section: Section | None, all_beside: Beside) -> tuple[str, Beside]:
    """What every judged question of a section is judged under, said once at its head, and what is left beside them."""
    keys = [q.key for q in section.questions if q.key in all_beside.criteria] if section else []
    if len(keys) < 2 or len({tuple(all_beside.criteria[key]) for key in keys}) > 1:
        return "", all_beside
    left = {key: told for key, told in all_beside.criteria.items() if key not in keys}
    return "; ".join(all_beside.criteria[keys[0]]), replace(all_beside, criteria=left)


def _steps(desk: Desk, here: Section | None, problems: Sequence[questions.Problem]) -> list[dict[str, Any]]:
    wrong = {p.key for p in problems if p.kind != "missing"}
    lacking = {p.key for p in problems if p.kind == "missing"}
    steps = []
    for section in desk.sections:
        keys = {q.key for q in section.questions}
        begun = any(not questions.empty(desk.application.working.get(key)) for key in keys)
        state = "error" if keys & wrong else "todo" if keys & lacking or not begun else "done"
        href = f"{reverse('applications:answer', args=[desk.application.pk])}?section={section.key}"
        current = here is not None and section.key == here.key
        steps.append({"label": section.title, "href": href, "state": "now" if current else state, "current": current})
    return steps


def _here(request: HttpRequest, desk: Desk, problems: Sequence[questions.Problem] = ()) -> list[Section]:
    """The sections of this page: the one that the address names, all, or the first of one's own that is not done."""
    own = [s for s in desk.sections if desk.writes_in(s)]
    if desk.asked and not desk.is_open:
        return own
    if request.GET.get("section") == "all":
        return desk.sections
    wanted = request.GET.get("section") or request.POST.get("section")
    return (
        [s for s in desk.sections if s.key == wanted]
        or _undone(desk, own, problems)[:1]
        or own[:1]
        or desk.sections[:1]
    )


def _undone(desk: Desk, sections: Sequence[Section], problems: Sequence[questions.Problem]) -> list[Section]:
    """Where somebody who comes back goes on: what is not begun, or in which something is missing or does not fit."""
    wrong, answers = {p.key for p in problems}, desk.application.working

    def done(section: Section) -> bool:
        keys = {q.key for q in section.questions}
        return not keys & wrong and any(not questions.empty(answers.get(key)) for key in keys)

    return [section for section in sections if not done(section)]


def page_context(request: HttpRequest, desk: Desk, problems: Sequence[questions.Problem]) -> dict[str, Any]:
    """What stands around the form on all of its pages."""
    application = desk.application
    return {
        "application": application,
        "call": application.call,
        "edition": application.call.edition,
        "academy": application.call.edition.academy,
        "desk": None,
        "work": desk,
        "lacking": len(problems),
        "files": reverse("applications:attachment", args=[application.pk, 0]).removesuffix("0/"),
        "status_from_above": shown(request, "applications.status", application),
        "may_reuse": application.state == "draft" and is_applicant_by_account(request.user, application) is None,
    }


@held
@opens("applications.read_own", rules=RULES, seen_by=edited)
def answer(request: HttpRequest, application: Application) -> HttpResponse:
    """One section, or the overview once it is sent. POST keeps what was written and goes on."""
    desk = desk_of(request, application)
    if request.method == "POST":
        return _keep(request, desk)
    problems = questions.check(desk.form, application.working, at=now(), also=desk.asked_keys)
    context = page_context(request, desk, problems)
    if not desk.may_write or (application.state != "draft" and "section" not in request.GET):
        person = request.user if context["may_reuse"] else None
        earlier = applications.reusable(person, application.call) if person else []
        told = applications.reading(application, language=get_language() or "en", say=_)
        more = {
            "steps": _steps(desk, None, problems),
            "earlier": earlier,
            "reading": told,
            "window": applications.window_of(application.call),
        }
        return render(request, "applications/overview.html", {**context, **more})
    return _form_page(request, desk, context, problems)


def _form_page(
    request: HttpRequest,
    desk: Desk,
    context: dict[str, Any],
    problems: Sequence[questions.Problem],
    refused: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """``refused``: files that were not taken, as (question, why)."""
    sections = _here(request, desk, problems)
    only = desk.writable if desk.asked and not desk.is_open else ()
    whole = len(sections) != 1
    here = None if whole else sections[0]
    judged, told = _judged_alike(here, beside(desk.application))
    form = build(desk, sections, beside=told, only=only)
    form.show_problems(problems, also_missing="missing" in request.GET)
    form.refuse(refused)
    asked = [question for section in sections for question in section.questions]
    following = _following(desk, here) if here else []
    parts = [(s, [form[q.key] for q in s.questions if q.key in form.fields]) for s in sections]
    more = {
        "form": form,
        "parts": parts,
        "here": here,
        "judged": judged,
        "whole": whole,
        "lists": [question.key for question in asked if question.kind == "checklist"],
        "progress": questions.progress(asked, desk.application.working),
        "others_write": desk.partner is not None and here is not None and not desk.writes_in(here),
        "following": following,
        "steps": _steps(desk, here, problems),
    }
    return render(request, "applications/answer.html", {**context, **more}, status=422 if refused else 200)


def _following(desk: Desk, here: Section) -> list[str]:
    """The key of the next section, for a partner of the next one that is theirs; empty after the last."""
    keys = [s.key for s in desk.sections]
    wanted = [s.key for s in desk.sections if not desk.partner or desk.writes_in(s)]
    return [key for key in keys[keys.index(here.key) + 1 :] if key in wanted][:1]


def _chosen(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """Answers chosen on the page that showed both texts: the sender's own where they said so."""
    kept = {}
    for name, choice in request.POST.items():
        key = name.removeprefix("choice:")
        if name != key and choice == "yours" and key in desk.writable:
            raw = json.loads(request.POST.get(f"yours:{key}", "null"))
            cleaned = questions.clean_answer(desk.form.questions[key], raw)
            kept[key] = cleaned.kept if isinstance(cleaned, questions.Problem) else cleaned
    return kept


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The save button, the files and the choice between two texts."""
    application, sections = desk.application, _here(request, desk)
    data, refused = uploading.taken_in(request, desk)
    form = build(desk, sections, data=data)
    by = author(application, desk.partner)
    answers = _chosen(request, desk) if "chosen" in request.POST else _without_line(request, form.writable())
    saved = actions.save_answers(
        application=application, answers=answers, revision=_revision(request), by=by, at=now(), partner=desk.partner
    )
    if saved.clashes:
        return _show_clashes(request, desk, saved)
    if refused := [*refused, *_keep_files(request, desk, form)]:
        return _show_refused(request, saved.application, refused)
    return redirect(
        _address(request, desk, "stay" if "remove_file" in request.POST else request.POST.get("then", "stay"))
    )


def _show_refused(request: HttpRequest, application: Application, refused: Sequence[tuple[str, str]]) -> HttpResponse:
    """The same page, with what is wrong beside the files that were not taken; everything else is saved."""
    application.refresh_from_db(fields=["answers", "pending", "revision", "touched"])
    desk = desk_of(request, application)
    problems = questions.check(desk.form, application.working, at=now(), also=desk.asked_keys)
    return _form_page(request, desk, page_context(request, desk, problems), problems, refused)


def _without_line(request: HttpRequest, answers: dict[str, Any]) -> dict[str, Any]:
    """Without scripts, “remove this line” is a button that sends the form; empty lines are skipped when it is read."""
    key, _dash, number = request.POST.get("remove", "").partition("-")
    if isinstance(answers.get(key), list) and number.isdecimal() and int(number) < len(answers[key]):
        answers[key] = [line for n, line in enumerate(answers[key]) if n != int(number)] or None
    return answers


def _keep_files(request: HttpRequest, desk: Desk, form: Answers) -> list[tuple[str, str]]:
    """Store what was uploaded and take out what shall go; answers with (question, why) for each that was not taken."""
    application, by = desk.application, author(desk.application, desk.partner)
    key, _colon, number = request.POST.get("remove_file", "").partition(":")
    if key in form.fields and number.isdecimal():
        actions.remove_file(
            application=application, question=key, document_id=int(number), by=by, at=now(), partner=desk.partner
        )
        return []
    refused = []
    for name in [name for name in request.FILES if name in form.fields and name in desk.writable]:
        for file in request.FILES.getlist(name):
            try:
                actions.add_file(
                    application=application, question=name, file=file, by=by, at=now(), partner=desk.partner
                )
            except UnfitFile as trouble:
                refused.append((name, trouble.said(_)))
    return refused


def _address(request: HttpRequest, desk: Desk, then: str) -> str:
    base = reverse("applications:answer", args=[desk.application.pk])
    if then == "check":
        return reverse("applications:submit", args=[desk.application.pk])
    if then == "sign":
        return reverse("applications:partners", args=[desk.application.pk])
    here = request.GET.get("section", "")
    keys = [s.key for s in desk.sections]
    if then in keys:
        return f"{base}?section={then}"
    return f"{base}?section={here}" if here else f"{base}?section={keys[0]}" if keys else base


def _told(desk: Desk, clash: Clash) -> dict[str, Any]:
    question = desk.form.questions[clash.key]
    return {
        "key": clash.key,
        "label": question.label,
        "by": clash.by or _("Somebody else"),
        "theirs": questions.text_of(question, clash.theirs, _),
        "yours": questions.text_of(question, clash.yours, _),
    }


def _show_clashes(request: HttpRequest, desk: Desk, saved: actions.Saved) -> HttpResponse:
    told = [{**_told(desk, clash), "raw": json.dumps(clash.yours)} for clash in saved.clashes]
    context = {
        "application": saved.application,
        "call": desk.application.call,
        "edition": desk.application.call.edition,
        "clashes": told,
    }
    return render(request, "applications/clash.html", {**context, "next": request.get_full_path()}, status=409)


@held
@opens("applications.answer", rules=RULES, seen_by=edited)
@require_POST
def save(request: HttpRequest, application: Application) -> JsonResponse:
    """What the page saves by itself: only the changed fields, with the revision that it had before it."""
    desk = desk_of(request, application)
    names = set(request.POST) | set(request.POST.getlist("cleared"))
    form = build(desk, desk.form.sections, data=request.POST, only={name.split("-")[0] for name in names})
    answers = form.sent_of(names)
    try:
        saved = actions.save_answers(
            application=application,
            answers=answers,
            revision=_revision(request),
            by=author(application, desk.partner),
            at=now(),
            partner=desk.partner,
        )
    except (NotNow, Refused) as no:
        return JsonResponse({"message": str(no)}, status=409)
    revision = saved.application.revision
    if saved.clashes:
        clashes = [_told(desk, clash) for clash in saved.clashes]
        message = _("Somebody else changed this meanwhile. Choose what shall stand; your text is kept in this browser.")
        return JsonResponse({"revision": revision, "message": message, "clashes": clashes}, status=409)
    checked = [questions.clean_answer(desk.form.questions[key], value) for key, value in answers.items()]
    errors = {p.key: p.said(_) for p in checked if isinstance(p, questions.Problem)}
    return JsonResponse({"revision": revision, "errors": errors})


@held
@opens("applications.answer", rules=RULES, seen_by=edited)
def regions(request: HttpRequest, application: Application) -> HttpResponse:
    """The regions of a country, as options, while one fills in the form."""
    country = request.GET.get(request.GET.get("country_key", "country"), "")[:2].upper()
    return render(request, "applications/_regions.html", {"regions": forms.region_choices(country)})


@held
@opens("applications.answer", rules=RULES, seen_by=edited)
def point(request: HttpRequest, application: Application) -> HttpResponse:
    """What is typed or pasted as a point, shown on the map while one fills in the form. Nothing is kept."""
    form = applications.form_of(application)
    question = form.questions.get(request.GET.get("question", ""))
    if question is None or question.kind not in ("point", "place"):
        raise Http404
    typed = request.GET.get(question.key if question.kind == "point" else f"{question.key}-point", "")
    country = forms.country_in(form, {**application.working, **request.GET.dict()})
    return render(request, "questions/widgets/spot.html", {"spot": forms.spot_of(typed, country)})


@held
@opens("applications.answer", rules=RULES, seen_by=edited)
def organisations(request: HttpRequest, application: Application) -> HttpResponse:
    """Names of organisations that the house knows, so that one is not entered in two spellings."""
    text = next((value for key, value in request.GET.items() if key != "country_key"), "")[:120]
    if spent("applications.organisations", str(application.pk), tries=300, seconds=3600):
        text = ""
    return render(
        request, "applications/_organisations.html", {"organisations": applications.known_organisations(text)}
    )
