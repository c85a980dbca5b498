"""The page of one's seat, and the cohort as its organisers see it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from booster.academies.models import Edition
from booster.cohort import actions, forms, queries
from booster.cohort.access import RULES
from booster.cohort.models import LegSeat, Seat
from booster.kit.access import allows, check
from booster.kit.times import local_day
from booster.kit.views import opens, public
from booster.people import queries as persons


def _guest(request: HttpRequest, seat: Seat) -> Any:
    """Who acts: whoever is signed in, or the person whose private link opened this seat in this browser."""
    if request.user.is_authenticated:
        return request.user
    granted = persons.granted(request.session, purpose="seat", thing=seat, at=now())
    return seat.person if granted else None


def _opened(request: HttpRequest, pk: int, verb: str) -> tuple[Seat, Any]:
    """The seat and who acts; 404 for anybody who may not see it, a refusal with its reason for who may not act."""
    seat = get_object_or_404(Seat.objects.select_related("edition__academy", "person", "application__call"), pk=pk)
    actor = _guest(request, seat)
    if actor is None or not Seat.objects.seen_by(actor).filter(pk=pk).exists():
        raise Http404
    check(RULES, verb, actor, seat)
    return seat, actor


@public("cohort.read")
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    seat, actor = _opened(request, pk, "cohort.read")
    legs = queries.seat_with_legs(seat)
    context = {
        "seat": seat, "edition": seat.edition, "academy": seat.edition.academy, "form": forms.ReasonForm(),
        "legs": legs, "over": queries.is_over(legs, on=local_day(now(), seat.edition.zone)),
        "mine": allows(RULES, "cohort.accept", actor, seat), "late": _late(seat),
    }  # fmt: skip
    return render(request, "cohort/seat.html", context)


def _late(seat: Seat) -> bool:
    return seat.state == "offered" and seat.answer_by is not None and now() > seat.answer_by


@require_POST
@public("cohort.accept")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    seat, actor = _opened(request, pk, "cohort.accept")
    actions.accept(seat=seat, by=actor, at=now())
    messages.success(request, _("You take part. Thank you for telling us."))
    return redirect("cohort:seat", pk)


@require_POST
@public("cohort.decline")
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    seat, actor = _opened(request, pk, "cohort.decline")
    actions.decline(seat=seat, reason=_reason(request), by=actor, at=now())
    messages.success(request, _("You have declined. The seat goes to the next person."))
    return redirect("cohort:seat", pk)


def _reason(request: HttpRequest) -> str:
    form = forms.ReasonForm(request.POST)
    return form.cleaned_data["reason"] if form.is_valid() else request.POST.get("reason", "")[:1000]


@require_POST
@public("cohort.give_back")
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole seat, or with ``leg`` one part of it."""
    seat, actor = _opened(request, pk, "cohort.give_back")
    leg = request.POST.get("leg", "")
    if leg.isdecimal():
        part = get_object_or_404(LegSeat.objects.select_related("seat", "leg"), seat=seat, pk=leg)
        actions.give_leg_back(leg_seat=part, reason=_reason(request), by=actor, at=now())
    else:
        actions.give_back(seat=seat, reason=_reason(request), by=actor, at=now())
    messages.success(request, _("Given back. The next person on the reserve list is asked at once."))
    return redirect("cohort:seat", pk)


@require_safe
@opens("cohort.look_over", rules=RULES, seen_by=Edition.objects.seen_by, by="slug")
def cohort(request: HttpRequest, edition: Edition) -> HttpResponse:
    shown = queries.overview(edition)
    begun = bool(shown.first_day and shown.first_day <= local_day(now(), edition.zone))
    organises = allows(RULES, "cohort.miss", request.user, edition)
    context = {"edition": edition, "shown": shown, "begun": begun, "organises": organises}
    return render(request, "cohort/cohort.html", context)


@require_POST
@opens("cohort.miss", rules=RULES, seen_by=Seat.objects.seen_by)
def miss(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Note that somebody did not come, or that they came after all."""
    actions.miss(seat=seat, came="came" in request.POST, by=request.user, at=now())
    messages.success(request, _("Noted. It stands beside their next application."))
    return redirect("cohort:cohort", seat.edition.slug)


@require_POST
@public("cohort.drop")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The person steps back from the reserve list, or an organiser takes them off it."""
    seat, actor = _opened(request, pk, "cohort.drop")
    actions.drop(seat=seat, by=actor, at=now())
    if allows(RULES, "cohort.look_over", actor, seat.edition):
        messages.success(request, _("Taken off the reserve list."))
        return redirect("cohort:cohort", seat.edition.slug)
    messages.success(request, _("You are off the reserve list. Thank you for telling us."))
    return redirect("cohort:seat", pk)
