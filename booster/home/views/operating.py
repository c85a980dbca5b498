"""What the operator of the installation sees and does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from booster.chronicle import actions as chronicle
from booster.chronicle.models import Errand
from booster.home import actions, forms, queries, rules
from booster.home.access import RULES
from booster.kit.access import check
from booster.kit.views import signed_in
from booster.people import actions as people
from booster.people import queries as persons


@signed_in("home.operations")
def operations(request: HttpRequest) -> HttpResponse:
    check(RULES, "home.operations", request.user, None)
    context = {"shown": queries.operations(at=now()), "shift": persons.shift_of(request.user)}
    return render(request, "home/operations.html", context)


@require_POST
@signed_in("home.retry_errands")
def retry_errands(request: HttpRequest) -> HttpResponse:
    """One errand that was given up, or all of them, get their tries again."""
    check(RULES, "home.retry_errands", request.user, None)
    chosen = Errand.objects.filter(state="given_up")
    if "all" not in request.POST:
        chosen = chosen.filter(pk__in=[pk for pk in request.POST.getlist("errand") if pk.isdecimal()])
    count = sum(1 for errand in chosen[:1000] if chronicle.retry(errand, by=request.user, at=now()))
    said = ngettext("%(count)s errand begins anew.", "%(count)s errands begin anew.", count)
    messages.success(request, said % {"count": count})
    return redirect("home:operations")


@signed_in("home.found")
def found(request: HttpRequest) -> HttpResponse:
    """An academy with its first edition: with days and both calls, with days alone, or empty."""
    check(RULES, "home.found", request.user, None)
    form = forms.FoundForm(request.POST or None, today=now().date(), initial={"contact": request.user.email})
    if form.is_valid():
        edition = _found(request, form.cleaned_data)
        messages.success(request, _("The academy is founded. Nothing of it is public yet."))
        mine = request.user.memberships.filter(edition=edition).exists()
        return redirect("home:desk", edition.slug) if mine else redirect("home:operations")
    return render(request, "home/found.html", {"form": form})


def _found(request: HttpRequest, typed: dict):
    by, at, organiser = request.user, now(), None
    if typed["organiser_email"]:
        organiser = people.ensure_person(email=typed["organiser_email"], name=typed["organiser_name"], by=by, at=at)
    days = (None, None) if typed["start"] == "empty" else (typed["online_on"], typed["in_person_on"])
    names = (_("Online days"), _("Days in person"))
    legs = rules.two_and_two(*days, names=names, zone=typed["zone"], place=typed["place"])
    founding = {
        "academy": {key: typed[key] for key in ("name", "slug", "summary", "operator", "contact")},
        "edition": {"name": typed["edition"], "slug": f"{typed['slug']}-1", "zone": typed["zone"]},
        "legs": legs,
        "organiser": organiser,
    }
    if typed["start"] != "calls":
        return actions.found_academy(**founding, by=by, at=at)
    calls_on = rules.call_days(min(day for day in days if day), at.date())
    return actions.found_with_calls(**founding, calls_on=calls_on, by=by, at=at)
