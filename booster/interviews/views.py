"""Where organisers offer times for talks, and where an applicant chooses one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from booster.applications.access import HELD
from booster.applications.models import Application
from booster.applications.queries import window_of
from booster.applications.rules import deadlines
from booster.calls.models import Call
from booster.interviews import actions, forms, queries
from booster.interviews.access import RULES
from booster.interviews.models import Slot
from booster.interviews.rules import series
from booster.kit import times
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.views import opens


def organised_calls(actor: Any) -> Any:
    return Call.objects.organised_by(actor).select_related("edition__academy", "follows")


def organised_slots(actor: Any) -> Any:
    return Slot.objects.seen_by(actor).select_related("call__edition__academy")


def asked_to_talk(actor: Any) -> Any:
    """One's own files of a round of interviews, also without an account where this browser holds them."""
    rows = Application.objects.edited_by(actor).filter(call__round=Call.Round.INTERVIEW)
    return rows.select_related("call__edition__academy", "applicant", "entry_code")


def held(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hang what this browser may go on with on the visitor, as on every page of an application."""

    @wraps(view)
    @never_cache
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        request.user.held = request.session.get(HELD, {})
        return view(request, **kwargs)

    return inner


@opens("interviews.look_over", rules=RULES, seen_by=organised_calls, by="slug")
def talks(request: HttpRequest, call: Call) -> HttpResponse:
    """All times with who comes, who has not chosen yet, and the form that offers more."""
    form = forms.Series(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid() and _offered(request, call, form.cleaned_data, form):
        return redirect("interviews:talks", slug=call.slug)
    context = {
        "call": call, "edition": call.edition, "form": form, "slots": queries.slots_of(call),
        "waiting": list(queries.without_time(call)), "room": queries.room_for(call, at=now()), "now": now(),
    }  # fmt: skip
    return render(request, "interviews/talks.html", context, status=422 if form.errors else 200)


def _offered(request: HttpRequest, call: Call, said: dict[str, Any], form: forms.Series) -> bool:
    starts = series(said["starts_at"], count=said["count"], minutes=said["minutes"], pause=said["pause"])
    terms = actions.Terms(said["minutes"], said["capacity"], said["place"], said["link"])
    try:
        n = actions.offer(call=call, starts=starts, terms=terms, by=request.user, at=now())
    except (Refused, NotNow) as no:
        form.add_error("day", str(no))
        return False
    messages.success(request, ngettext("%(n)s time is offered.", "%(n)s times are offered.", n) % {"n": n})
    return True


@opens("interviews.change", rules=RULES, seen_by=organised_slots)
def change(request: HttpRequest, slot: Slot) -> HttpResponse:
    """Another hour, place or number of places for one time; whoever chose it is told."""
    local = slot.starts_at.astimezone(times.zone(slot.call.zone))
    start = {name: getattr(slot, name) for name in ("minutes", "capacity", "place", "link")}
    form = forms.Where(
        request.POST or None, call=slot.call, initial={**start, "day": local.date(), "hour": local.time()}
    )
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in (*start, "starts_at")}
        try:
            actions.change(slot=slot, values=values, by=request.user, at=now())
        except NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The time is changed. Whoever chose it gets a letter."))
            return redirect("interviews:talks", slug=slot.call.slug)
    context = {"slot": slot, "call": slot.call, "edition": slot.call.edition, "form": form}
    return render(request, "interviews/change.html", context, status=422 if form.errors else 200)


@require_POST
@opens("interviews.remove", rules=RULES, seen_by=organised_slots)
def remove(request: HttpRequest, slot: Slot) -> HttpResponse:
    call = actions.remove(slot=slot, by=request.user, at=now())
    messages.success(request, _("The time is removed."))
    return redirect("interviews:talks", slug=call.slug)


@held
@opens("interviews.choose", rules=RULES, seen_by=asked_to_talk)
def choose(request: HttpRequest, application: Application) -> HttpResponse:
    """The free times by day; choosing one agrees the talk. When another was quicker the page says so."""
    if request.method == "POST":
        if _chosen(request, application):
            return redirect("applications:answer", application.pk)
        application.refresh_from_db()
    call, at = application.call, now()
    window = window_of(call, application.entry_code)
    context = {
        "application": application, "call": call, "edition": call.edition, "academy": call.edition.academy,
        "days": queries.by_day(queries.free_slots(call, at=at), times.zone(call.zone)), "now": at,
        "talk": queries.talk_of(application), "open": deadlines.is_open(window, at=at),
    }  # fmt: skip
    return render(request, "interviews/choose.html", context, status=409 if request.method == "POST" else 200)


def _chosen(request: HttpRequest, application: Application) -> bool:
    number = request.POST.get("slot", "")
    slot = Slot.objects.filter(call=application.call_id, pk=int(number) if number.isdecimal() else 0).first()
    if slot is None:
        messages.error(request, _("Choose one of the times."))
        return False
    try:
        actions.choose(slot=slot, application=application, by=application.applicant, at=now())
    except NotNow as no:
        messages.error(request, str(no))
        return False
    messages.success(request, _("Your talk is agreed. A letter with time and place is on its way."))
    return True
