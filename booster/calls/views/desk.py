"""Where organisers write a call, publish it and look after it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from booster.academies.models import Edition
from booster.calls import actions, forms, queries
from booster.calls.access import RULES
from booster.calls.models import Call, CutOff
from booster.calls.rules import deadlines
from booster.calls.views import wording
from booster.calls.views.public import opens_call
from booster.kit import inlets, times
from booster.kit.access import allows
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.kit.views import opens

PAGES = (
    ("overview", gettext_lazy("Overview"), "checklist"),
    ("texts", gettext_lazy("Texts"), "file-text"),
    ("dates", gettext_lazy("Dates and deadline"), "calendar"),
    ("criteria", gettext_lazy("Criteria"), "scale"),
    ("gates", gettext_lazy("Conditions"), "adjustments"),
    ("white_book", gettext_lazy("White book"), "clipboard-check"),
    ("form", gettext_lazy("Form"), "list"),
    ("documents", gettext_lazy("Documents"), "paperclip"),
    ("enquiries", gettext_lazy("Questions"), "help-circle"),
    ("codes", gettext_lazy("Entry codes"), "lock"),
    ("second_round", gettext_lazy("Second round"), "arrow-right"),
    ("settings", gettext_lazy("How it is run"), "settings"),
)


def page_of(call: Call, name: str) -> str:
    return reverse(f"calls:edit_{name}", args=[call.slug])


def _has(call: Call, page: str) -> bool:
    """Whether a call has a page of its desk: only hosts read a white book, an interview asks nothing in writing."""
    if page == "white_book":
        return call.kind == Call.Kind.VENUES and not call.is_interview
    if page == "second_round":
        return call.follows_id is None
    return not (page == "form" and call.is_interview)


def desk_of(request: HttpRequest, call: Call, current: str) -> dict[str, Any]:
    """The side navigation of a call's pages; who only reads is led to no page that writes."""
    organises = allows(RULES, "calls.change", request.user, call)
    links = [
        {"label": label, "href": page_of(call, name), "icon": icon, "current": name == current}
        for name, label, icon in PAGES
        if _has(call, name) and (organises or name == "overview")
    ]
    over = [
        {"label": _("Page of the call"), "href": reverse("calls:call", args=[call.slug])},
        {"label": _("All calls of the edition"), "href": reverse("calls:of_edition", args=[call.edition.slug])},
    ]
    more: list[Any] = [group for fragment in inlets.fragments("calls.desk") for group in fragment(request, call)]
    elsewhere = {"label": _("Elsewhere"), "links": over}
    return {
        "title": call.title,
        "href": page_of(call, "overview"),
        "groups": [*(more[:1] if more else []), {"label": "", "links": links}, *more[1:], elsewhere],
    }


def shown(request: HttpRequest, call: Call, name: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page of a call's desk."""
    whole = {
        "call": call,
        "edition": call.edition,
        "desk": desk_of(request, call, name),
        "here": name,
        "now": now(),
        "organises": allows(RULES, "calls.change", request.user, call),
        **context,
    }
    return render(request, f"calls/edit_{context.get('template', name)}.html", whole, status=status)


def lost(request: HttpRequest, form: Any) -> None:
    """Somebody else was first: say so, keep what was typed, and let a second try overwrite."""
    messages.error(
        request,
        _("Somebody else changed this call a moment ago. What you typed is still here: look before you save again."),
    )
    form.data = form.data.copy()


@opens("calls.look_over", rules=RULES, seen_by=Edition.objects.seen_by, by="slug", writes="calls.draft")
def of_edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The edition's calls, and the two buttons that draft one."""
    if request.method == "POST":
        kind = request.POST.get("kind")
        kind = kind if kind in Call.Kind.values else Call.Kind.PARTICIPANTS
        call = actions.draft(edition=edition, kind=kind, by=request.user, at=now())
        messages.success(request, _("The call is drafted from its template. Make it yours."))
        return redirect(page_of(call, "overview"))
    calls = list(queries.calls_of(edition.pk))
    kinds = Call.Kind.choices if allows(RULES, "calls.draft", request.user, edition) else []
    return render(request, "calls/of_edition.html", {"edition": edition, "calls": calls, "kinds": kinds})


@require_safe
@opens_call("calls.look_over")
def overview(request: HttpRequest, call: Call) -> HttpResponse:
    at = now()
    lacks = queries.what_is_missing(call, at=at) if call.state == "draft" else []
    return shown(
        request,
        call,
        "overview",
        lacks=[(lack, page_of(call, lack.page)) for lack in lacks],
        phase=deadlines.phase(call, at),
        waiting=call.enquiries.filter(state="asked").count(),
        extensions=call.extensions.all(),
        cut_offs=call.cut_offs.all(),
        extend_form=forms.Extend(call=call),
    )


@opens_call("calls.change")
def texts(request: HttpRequest, call: Call) -> HttpResponse:
    names = [name for name in forms.Texts.base_fields if name != "revision"]
    initial = {name: getattr(call, name) for name in [*names, "revision"]}
    return _change(request, call, "texts", forms.Texts(request.POST or None, initial=initial), names)


@opens_call("calls.change")
def settings(request: HttpRequest, call: Call) -> HttpResponse:
    kind = forms.SecondSettings if call.follows_id else forms.Settings
    names = [name for name in kind.base_fields if name != "revision"]
    initial = {name: getattr(call, name) for name in [*names, "revision"]}
    return _change(request, call, "settings", kind(request.POST or None, initial=initial), names)


def _change(request: HttpRequest, call: Call, page: str, form: Any, names: list[str]) -> HttpResponse:
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in names}
        seen = form.cleaned_data["revision"]
        try:
            actions.change_texts(call=call, values=values, by=request.user, at=now(), revision=seen)
        except Stale:
            return _second(request, call, page, form)
        messages.success(request, _("Kept."))
        return redirect(page_of(call, page))
    languages = [(code, wording.name_of(code)) for code in sorted(call.translations)]
    context = {"form": form, "languages": languages, "language_form": forms.Language()}
    return shown(request, call, page, status=422 if form.errors else 200, **context)


def _second(request: HttpRequest, call: Call, page: str, form: Any, **context: Any) -> HttpResponse:
    """The page again for who came second: 409, all that was typed, and the revision that stands now."""
    call.refresh_from_db(fields=["revision"])
    lost(request, form)
    if hasattr(form, "fields"):
        form.data["revision"] = str(call.revision)
    return shown(request, call, page, status=409, form=form, language_form=forms.Language(), **context)


@opens_call("calls.change")
def preview(request: HttpRequest, call: Call) -> HttpResponse:
    """What a text that is being written will look like; nothing is kept."""
    return render(request, "calls/_preview.html", {"text": request.POST.get("body", "")[:20000]})


@opens_call("calls.change")
def translation(request: HttpRequest, call: Call, language: str = "") -> HttpResponse:
    """The call's words in a further language, beside its own."""
    language = language or request.GET.get("language", "")
    code = forms.Language({"language": language})
    if not code.is_valid() or language == call.language:
        messages.error(request, _("Choose another language by its two letters, such as fr."))
        return redirect(page_of(call, "texts"))
    initial = {**call.translations.get(language, {}), "revision": call.revision}
    form = forms.Translation(request.POST or None, initial=initial)
    if form.is_valid():
        words = {name: text for name, text in form.cleaned_data.items() if name != "revision"}
        seen = form.cleaned_data["revision"]
        try:
            actions.translate(call=call, language=language, words=words, by=request.user, at=now(), revision=seen)
        except Stale:
            return _second(request, call, "translation", form, language=language, name=wording.name_of(language))
        messages.success(request, _("Kept."))
        return redirect(page_of(call, "texts"))
    context = {"form": form, "language": language, "name": wording.name_of(language)}
    return shown(request, call, "translation", status=422 if form.errors else 200, **context)


@opens_call("calls.change")
def dates(request: HttpRequest, call: Call) -> HttpResponse:
    initial = _dates_of(call)
    if call.follows is not None:
        form: forms.Dates = forms.SecondDates(request.POST or None, initial=initial, first=call.follows)
    else:
        form = forms.Dates(request.POST or None, initial=initial)
    if form.is_valid():
        names = ("zone", "opens_at", "deadline_at", "grace_minutes")
        values = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
        seen = form.cleaned_data["revision"]
        try:
            actions.change_dates(call=call, values=values, by=request.user, at=now(), revision=seen)
        except Stale:
            return _second(request, call, "dates", form)
        messages.success(request, _("Kept."))
        return redirect(page_of(call, "dates"))
    return _dates_shown(request, call, form=form)


def _dates_shown(request: HttpRequest, call: Call, **forms_so_far: Any) -> HttpResponse:
    """The page of dates, with what was typed into the form that does not fit."""
    context = {
        "form": forms.Dates(initial=_dates_of(call)),
        "extend_form": forms.Extend(call=call),
        "cut_off_form": forms.CutOffForm(call=call),
        "cut_offs": call.cut_offs.all(),
        "extensions": call.extensions.all(),
        **forms_so_far,
    }
    wrong = any(form.errors for form in forms_so_far.values())
    return shown(request, call, "dates", status=422 if wrong else 200, **context)


def _dates_of(call: Call) -> dict[str, Any]:
    zone = times.zone(call.zone)
    found: dict[str, Any] = {"zone": call.zone, "grace_minutes": call.grace_minutes, "revision": call.revision}
    for name, at in (("opens", call.opens_at), ("deadline", call.deadline_at)):
        if at is not None:
            local = at.astimezone(zone)
            found |= {f"{name}_day": local.date(), f"{name}_hour": local.time()}
    return found


@require_POST
@opens_call("calls.publish")
def publish(request: HttpRequest, call: Call) -> HttpResponse:
    actions.publish(call=call, by=request.user, at=now())
    messages.success(request, _("The call is published."))
    return redirect(page_of(call, "overview"))


@opens_call("calls.extend")
def extend(request: HttpRequest, call: Call) -> HttpResponse:
    """Extend an open call, or open a closed one again; both are announced."""
    form = forms.Extend(request.POST or None, call=call)
    if form.is_valid():
        act = actions.reopen if call.state == "closed" else actions.extend
        until, reason = form.cleaned_data["until_at"], form.cleaned_data["reason"]
        try:
            act(call=call, until=until, reason=reason, by=request.user, at=now())
        except NotNow as no:
            form.add_error("until_day", str(no))
        else:
            messages.success(request, _("The new deadline is announced."))
            return redirect(page_of(call, "overview"))
    return shown(request, call, "extend", form=form, status=422 if form.errors else 200)


@require_POST
@opens_call("calls.close")
def close(request: HttpRequest, call: Call) -> HttpResponse:
    actions.close(call=call, by=request.user, at=now())
    messages.success(request, _("The call is closed."))
    return redirect(page_of(call, "overview"))


@require_POST
@opens_call("calls.settle")
def settle(request: HttpRequest, call: Call) -> HttpResponse:
    actions.settle(call=call, by=request.user, at=now())
    messages.success(request, _("The call is settled."))
    return redirect(page_of(call, "overview"))


@opens_call("calls.extend")
def cut_off(request: HttpRequest, call: Call) -> HttpResponse:
    """Add a cut-off, or take one back that has not passed."""
    if request.method != "POST":
        return redirect(page_of(call, "dates"))
    if number := request.POST.get("remove", ""):
        found = get_object_or_404(CutOff, call=call, pk=number if number.isdecimal() else 0)
        actions.remove_cut_off(cut_off=found, by=request.user, at=now())
        return redirect(page_of(call, "dates"))
    form = forms.CutOffForm(request.POST, call=call)
    if form.is_valid():
        until, note = form.cleaned_data["until_at"], form.cleaned_data["note"]
        try:
            actions.add_cut_off(call=call, closes_at=until, note=note, by=request.user, at=now())
        except NotNow as no:
            form.add_error("until_day", str(no))
        else:
            messages.success(request, _("The cut-off is set."))
            return redirect(page_of(call, "dates"))
    return _dates_shown(request, call, cut_off_form=form)
