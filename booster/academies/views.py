"""Where organisers give an edition its shape."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.academies import actions, forms, queries
from booster.academies.access import RULES
from booster.academies.models import STATE_LABELS, Academy, Edition, Membership, Role
from booster.academies.rules import LegPlan
from booster.academies.states import EDITION
from booster.kit.access import Refused, check
from booster.kit.views import opens, signed_in
from booster.kit.words import told
from booster.people import actions as people


def _change(verb: str = "academies.change"):
    return opens(verb, rules=RULES, seen_by=Edition.objects.seen_by, by="slug")


@signed_in("academies.plan")
def plan(request: HttpRequest) -> HttpResponse:
    check(RULES, "academies.plan", request.user, None)
    form = forms.PlanForm(request.POST or None, academies=Academy.objects.order_by("name"))
    if form.is_valid():
        edition = actions.plan(by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The edition is planned. Give it its days next."))
        return redirect("academies:shape", edition.slug)
    return render(request, "academies/plan.html", {"form": form})


@_change()
def settings(request: HttpRequest, edition: Edition) -> HttpResponse:
    columns = {name: getattr(edition, name) for name in forms.EditionForm.base_fields}
    form = forms.EditionForm(request.POST or None, initial=columns)
    if form.is_valid():
        actions.change(edition=edition, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("academies:settings", edition.slug)
    return render(request, "academies/settings.html", {"edition": edition, "form": form, "verbs": _steps(edition)})


def _steps(edition: Edition) -> list[tuple[str, str]]:
    """The moves that the edition can make now, as buttons."""
    labels = {
        "open": _("Open it to the public"),
        "run": _("It is running"),
        "follow_up": _("The days are over: follow up"),
        "close": _("Close it"),
        "reopen": _("Take it up again"),
    }
    return [(verb, labels[verb]) for verb in EDITION.verbs(edition.state)]


@_change()
def shape(request: HttpRequest, edition: Edition) -> HttpResponse:
    legs = queries.shape(edition)
    rail = queries.rail(edition, on=now().date())
    return render(request, "academies/shape.html", {"edition": edition, "legs": legs, "rail": rail})


@_change()
def leg(request: HttpRequest, edition: Edition, position: int) -> HttpResponse:
    """One leg with its days; a position after the last adds a leg."""
    legs = queries.shape(edition)
    position = min(position, len(legs))
    here: LegPlan | None = legs[position] if position < len(legs) else None
    form = forms.LegForm(request.POST or None, initial=_leg_columns(here))
    kept = [asdict(day) for day in here.days] if here and not request.POST else None  # what is typed stands alone
    days = forms.Days(request.POST or None, initial=kept)
    if form.is_valid() and days.is_valid():
        legs[position : position + 1] = [forms.leg_plan(form, days)]
        try:
            actions.set_shape(edition=edition, legs=legs, by=request.user, at=now())
        except actions.BadShape as trouble:
            form.add_error(None, [told(problem, _) for problem in trouble.problems])
        else:
            return redirect("academies:shape", edition.slug)
    return render(request, "academies/leg.html", {"edition": edition, "form": form, "days": days, "leg": here})


def _leg_columns(here: LegPlan | None) -> dict[str, str]:
    return {"kind": here.kind, "name": here.name, "zone": here.zone, "place": here.place} if here else {}


@require_POST
@_change()
def drop_leg(request: HttpRequest, edition: Edition, position: int) -> HttpResponse:
    legs = queries.shape(edition)
    if position >= len(legs):
        raise Http404
    actions.set_shape(edition=edition, legs=legs[:position] + legs[position + 1 :], by=request.user, at=now())
    messages.success(request, _("The leg is gone."))
    return redirect("academies:shape", edition.slug)


@_change("academies.appoint")
def people_of(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = forms.AppointForm(request.POST or None, today=now().date())
    if form.is_valid():
        typed = form.cleaned_data
        person = people.ensure_person(email=typed["email"], name=typed["name"], by=request.user, at=now())
        actions.appoint(
            edition=edition,
            person=person,
            role=Role(typed["role"]),
            ends_on=typed["ends_on"],
            by=request.user,
            at=now(),
        )
        messages.success(request, _("%(name)s has the role now.") % {"name": person.name})
        return redirect("academies:people", edition.slug)
    context = {
        "edition": edition,
        "form": form,
        "held": queries.people_of(edition),
        "today": now().date(),
        "over": queries.over_since(edition),
    }
    return render(request, "academies/people.html", context)


@opens("academies.appoint", rules=RULES, seen_by=Membership.objects.seen_by)
def limit_role(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Set, move or take away the last day of a role."""
    form = forms.Until(request.POST or None, today=now().date(), initial={"ends_on": membership.ends_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.limit_role(membership=membership, by=request.user, at=now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error("ends_on", str(refused))
        else:
            messages.success(request, _("Kept."))
            return redirect("academies:people", membership.edition.slug)
    context = {"edition": membership.edition, "membership": membership, "form": form}
    return render(request, "academies/limit_role.html", context)


@require_POST
@opens("academies.appoint", rules=RULES, seen_by=Membership.objects.seen_by)
def end_role(request: HttpRequest, membership: Membership) -> HttpResponse:
    actions.end_role(membership=membership, on=now().date(), by=request.user, at=now())
    messages.success(request, _("The role has ended."))
    return redirect("academies:people", membership.edition.slug)


@require_POST
@_change("academies.move")
def step(request: HttpRequest, edition: Edition) -> HttpResponse:
    actions.step(edition=edition, verb=request.POST.get("verb", ""), by=request.user, at=now())
    state = STATE_LABELS[edition.state]
    messages.success(request, _("%(edition)s is now %(state)s.") % {"edition": edition, "state": state})
    return redirect("academies:settings", edition.slug)
