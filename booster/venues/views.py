"""The place of an edition: its page for the host and the organisers, the agreement, rooms and tasks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.academies.access import is_organiser
from booster.academies.models import Edition
from booster.kit.access import allows, check
from booster.kit.times import local_day
from booster.kit.views import opens
from booster.library import queries as library
from booster.venues import actions, forms, queries
from booster.venues.access import RULES
from booster.venues.models import HostTask, Room, Venue


def _seen(person: Any) -> Any:
    return Venue.objects.seen_by(person).select_related(
        "edition__academy", "application__call", "application__applicant"
    )


def _venue(verb: str) -> Any:
    return opens(verb, rules=RULES, seen_by=_seen)


def _edition(verb: str) -> Any:
    return opens(verb, rules=RULES, seen_by=Edition.objects.seen_by, by="slug")


def _page(request: HttpRequest, template: str, edition: Edition, **context: Any) -> HttpResponse:
    """Organisers find the place at their desk; hosts get a page without it."""
    organises = is_organiser(request.user, edition) is None
    layout = "ui/desk.html" if organises else "ui/base.html"
    today = local_day(now(), edition.zone)
    known = {"edition": edition, "academy": edition.academy, "layout": layout, "organises": organises, "today": today}
    return render(request, f"venues/{template}.html", {**known, **context})


def _side(request: HttpRequest, edition: Edition) -> str:
    """For which side the person is here; who is both organises."""
    return "organiser" if is_organiser(request.user, edition) is None else "host"


@_edition("venues.look_over")
def of_edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    shown = queries.edition_page(edition, side=_side(request, edition))
    return _page(request, "of_edition", edition, shown=shown)


@require_POST
@_edition("venues.adopt")
def adopt(request: HttpRequest, edition: Edition) -> HttpResponse:
    wished = request.POST.get("application", "")
    offers = queries.candidates(edition.pk).filter(application=wished if wished.isdecimal() else 0)
    decision = get_object_or_404(offers)
    venue = actions.adopt(application=decision.application, by=request.user, at=now())
    messages.success(request, _("Adopted. The host gets a letter with the agreement."))
    return redirect("venues:venue", venue.pk)


@_venue("venues.read")
def venue(request: HttpRequest, venue: Venue) -> HttpResponse:
    shown = queries.venue_page(venue, side=_side(request, venue.edition))
    may = {verb: allows(RULES, f"venues.{verb}", request.user, venue) for verb in ("describe", "step_back", "rewrite")}
    return _page(request, "venue", venue.edition, venue=venue, shown=shown, may=may)


@_venue("venues.read")
def room_file(request: HttpRequest, venue: Venue, number: int, part: str) -> HttpResponse:
    """The photo or the plan of a room, as the offer brought them."""
    room = get_object_or_404(venue.rooms.select_related("photo", "plan"), pk=number)
    document = room.photo if part == "photo" else room.plan
    if document is None:
        raise Http404
    return library.response_to(request, document)


@_venue("venues.describe")
def describe(request: HttpRequest, venue: Venue) -> HttpResponse:
    form = forms.DescribeForm(request.POST or None, standing=forms.DescribeForm.start(venue))
    if form.is_valid():
        actions.describe(venue=venue, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("venues:venue", venue.pk)
    return _page(request, "describe", venue.edition, venue=venue, form=form)


@_venue("venues.read")
def agreement(request: HttpRequest, venue: Venue) -> HttpResponse:
    """The text with its signatures; whoever may sign finds the form below it."""
    shown = queries.venue_page(venue, side=_side(request, venue.edition))
    sides = [side for side in shown.missing if allows(RULES, f"venues.sign_as_{side}", request.user, venue)]
    signing = [forms.SignForm(initial={"revision": venue.revision, "side": side}, prefix=side) for side in sides[:1]]
    may = {"rewrite": allows(RULES, "venues.rewrite", request.user, venue)}
    return _page(request, "agreement", venue.edition, venue=venue, shown=shown, signing=signing, may=may)


@_venue("venues.rewrite")
def rewrite(request: HttpRequest, venue: Venue) -> HttpResponse:
    start = {"agreement": venue.agreement, "revision": venue.revision}
    form = forms.AgreementForm(request.POST or None, initial=start)
    if form.is_valid():
        actions.rewrite(venue=venue, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The agreement is saved. Whoever had signed it has to sign again."))
        return redirect("venues:agreement", venue.pk)
    signed = queries.signed_sides(venue)
    return _page(request, "rewrite", venue.edition, venue=venue, form=form, signed=signed)


@require_POST
@_venue("venues.sign")
def sign(request: HttpRequest, venue: Venue) -> HttpResponse:
    side = "host" if "host-side" in request.POST else "organiser"
    form = forms.SignForm(request.POST, prefix=side)
    if not form.is_valid():
        messages.error(request, _("Tick that you have read the agreement and may sign it."))
        return redirect("venues:agreement", venue.pk)
    check(RULES, f"venues.sign_as_{side}", request.user, venue)
    actions.sign(venue=venue, side=side, revision=form.cleaned_data["revision"], by=request.user, at=now())
    messages.success(request, _("Signed. Thank you."))
    return redirect("venues:venue", venue.pk)


@_venue("venues.step_back")
def step_back(request: HttpRequest, venue: Venue) -> HttpResponse:
    form = forms.StepBackForm(request.POST or None)
    side = _side(request, venue.edition)
    if form.is_valid():
        actions.step_back(venue=venue, side=side, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The venue is given up. Both sides are told."))
        if side == "organiser":
            return redirect("venues:of_edition", venue.edition.slug)
        return redirect("applications:answer", venue.application_id)
    return _page(request, "step_back", venue.edition, venue=venue, form=form)


@require_POST
@_venue("venues.prepare")
def prepare(request: HttpRequest, venue: Venue) -> HttpResponse:
    actions.prepare(venue=venue, by=request.user, at=now())
    messages.success(request, _("The place is ready."))
    return redirect("venues:venue", venue.pk)


@_venue("venues.set_room")
def set_room(request: HttpRequest, venue: Venue, number: int | None = None) -> HttpResponse:
    room = None if number is None else get_object_or_404(Room, venue=venue, pk=number)
    start = forms.RoomForm.start(room) if room else None
    form = forms.RoomForm(request.POST or None, venue=venue, room=room, standing=start)
    if form.is_valid():
        actions.set_room(venue=venue, room=room, plan=form.plan(), by=request.user, at=now())
        messages.success(request, _("The room is saved."))
        return redirect("venues:venue", venue.pk)
    return _page(request, "room", venue.edition, venue=venue, room=room, form=form)


@require_POST
@_venue("venues.set_room")
def remove_room(request: HttpRequest, venue: Venue, number: int) -> HttpResponse:
    actions.remove_room(room=get_object_or_404(Room, venue=venue, pk=number), by=request.user, at=now())
    messages.success(request, _("The room is removed."))
    return redirect("venues:venue", venue.pk)


def _task(venue: Venue, number: int) -> HostTask:
    return get_object_or_404(HostTask.objects.select_related("venue"), venue=venue, pk=number)


@_venue("venues.set_task")
def set_task(request: HttpRequest, venue: Venue, number: int | None = None) -> HttpResponse:
    known = None if number is None else _task(venue, number)
    form = forms.TaskForm(request.POST or None, standing=forms.TaskForm.start(known) if known else None)
    if form.is_valid():
        actions.set_task(venue=venue, known=known, task=form.task(), by=request.user, at=now())
        messages.success(request, _("The task is saved."))
        return redirect("venues:venue", venue.pk)
    return _page(request, "task", venue.edition, venue=venue, task=known, form=form)


@require_POST
@_venue("venues.set_task")
def finish_task(request: HttpRequest, venue: Venue, number: int) -> HttpResponse:
    actions.finish_task(task=_task(venue, number), by=request.user, at=now())
    messages.success(request, _("Done."))
    return redirect("venues:venue", venue.pk)


@require_POST
@_venue("venues.set_task")
def reopen_task(request: HttpRequest, venue: Venue, number: int) -> HttpResponse:
    actions.reopen_task(task=_task(venue, number), by=request.user, at=now())
    messages.success(request, _("The task is open again."))
    return redirect("venues:venue", venue.pk)


@require_POST
@_venue("venues.set_task")
def remove_task(request: HttpRequest, venue: Venue, number: int) -> HttpResponse:
    actions.remove_task(task=_task(venue, number), by=request.user, at=now())
    messages.success(request, _("The task is removed."))
    return redirect("venues:venue", venue.pk)
