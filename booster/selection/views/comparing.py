"""Offers of places side by side, with the journeys of a cohort; deciding on one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from booster.applications.queries import of_cut_off
from booster.calls.models import Call
from booster.craft.travel import FACTOR_SETS, Assumptions
from booster.kit.views import opens
from booster.people.rules import countries
from booster.questions.rules.files import named_in
from booster.selection import actions, forms
from booster.selection.access import RULES
from booster.selection.queries import comparing as comparisons
from booster.selection.views.batches import Shown, looked_at
from booster.selection.views.builder import organised_calls
from booster.selection.views.deciding import address
from booster.ui import europe

COHORTS = {
    "chosen": gettext_lazy("the people chosen for this edition"),
    "adopted": gettext_lazy("the selection that was adopted or last worked out"),
    "eligible": gettext_lazy("everybody eligible who applied to take part"),
    "typed": gettext_lazy("the list that you typed"),
}


def _number(value: Any, places: int = 0) -> str:
    return "–" if value is None else f"{value:,.{places}f}".replace(",", " ")


def _lines(found: comparisons.Comparison, call: Call) -> list[tuple[str, list[dict[str, Any]]]]:
    """The table: (heading, a cell for each offer). A cell has ``text``, perhaps ``tone`` and ``lines``."""
    offers = found.offers
    lines = [(_("Eligible"), [_gate(one) for one in offers])]
    lines.append((_("Points of 100"), [_points(one) for one in offers]))
    for criterion in found.criteria:
        cells = [_mark(one, criterion) for one in offers]
        lines.append((f"{criterion.title} ({criterion.weight.normalize():f})", cells))
    lines += [
        (_("Cost in euros"), [{"text": _number(one.cost)} for one in offers]),
        (_("Seats at tables in the largest room"), [{"text": _number(one.plenary)} for one in offers]),
        (_("Further rooms"), [{"text": _number(one.breakouts)} for one in offers]),
        *_shown(offers),
        (_("Step-free access"), [_step_free(one) for one in offers]),
        (_("Beds held nearby"), [{"text": _number(one.beds)} for one in offers]),
        (_("Dates offered"), [{"lines": one.dates, "text": "" if one.dates else "–"} for one in offers]),
    ]
    for each in FACTOR_SETS:
        cells = [{"text": _number(one.travel.tonnes[each.key], 1) if one.travel else "–"} for one in offers]
        lines.append((_("t CO2e, %(set)s") % {"set": each.name}, cells))
    hours = [(_("Half travel at most, hours"), "median_hours"), (_("The longest journey, hours"), "longest_hours")]
    for title, key in hours:
        lines.append((title, [{"text": _number(getattr(one.travel, key), 1) if one.travel else "–"} for one in offers]))
    lines.append(
        (
            _("People without a train"),
            [{"text": _number(one.travel.without_rail if one.travel else None)} for one in offers],
        )
    )
    lines.append(
        (_("Decision"), [{"text": one.decision.get_outcome_display() if one.decision else "–"} for one in offers])
    )
    return lines


MOST_PHOTOS = 4  # of one offer; the others stand in its file


def _shown(offers: Sequence[comparisons.Offer]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Photos and plans of the rooms, where any offer brought them. No query."""
    lines = []
    for title, part, most in ((_("Photos of rooms"), "photo", MOST_PHOTOS), (_("Plans of rooms"), "plan", None)):
        cells = [_files(one, part)[:most] for one in offers]
        if any(cells):
            lines.append((title, [{"text": "" if files else "–", part: files} for files in cells]))
    return lines


def _files(one: comparisons.Offer, part: str) -> list[tuple[str, str]]:
    """(room, address of its file) in the order of the offer."""
    given = one.application.answers.get("rooms")
    rooms = [room for room in given if isinstance(room, dict)] if isinstance(given, list) else []
    return [
        (str(room.get("name") or ""), reverse("applications:file_attachment", args=[one.application.pk, number]))
        for room in rooms
        for number in named_in(room.get(part))
    ]


def _gate(one: comparisons.Offer) -> dict[str, Any]:
    if one.eligible:
        return {"text": _("yes"), "tone": "good"}
    return {"text": ", ".join(one.failed) or _("not checked"), "tone": "stop"}


def _step_free(one: comparisons.Offer) -> dict[str, Any]:
    if one.step_free is None:
        return {"text": "–"}
    return {"text": _("yes")} if one.step_free else {"text": _("no"), "tone": "stop"}


def _points(one: comparisons.Offer) -> dict[str, Any]:
    if one.score is None or one.score.points is None:
        return {"text": "–"}
    return {"text": f"{one.score.points:f}", "tone": "" if one.passes else "stop"}


def _mark(one: comparisons.Offer, criterion: Any) -> dict[str, Any]:
    mark = one.score.by_criterion.get(criterion.key) if one.score else None
    short = bool(one.score and criterion.key in one.score.short_of)
    return {"text": "–" if mark is None else f"{mark:f}", "tone": "stop" if short else ""}


def _dots(found: comparisons.Comparison) -> dict[str, Any]:
    """The map: one dot for each home, one pin for each offer, with the words that say the same."""
    homes = [europe.point(one.latitude, one.longitude) for one in found.cohort.people]
    names = comparisons.label_offers(found.offers)
    pins = [
        {"at": place, "label": names[one.application.pk], "eligible": one.eligible, "end": place[0] > europe.WIDTH - 90}
        for one in found.offers
        if (place := europe.point(one.application.latitude, one.application.longitude))
    ]
    return {
        "width": europe.WIDTH, "height": europe.HEIGHT, "homes": [one for one in homes if one], "pins": pins,
        "outside": sum(one is None for one in homes), "cities": ", ".join(pin["label"] for pin in pins),
    }  # fmt: skip


def _offers(found: Sequence[comparisons.Offer]) -> list[tuple[int, str]]:
    return [(one.application.pk, str(one.application)) for one in found]


def _context(call: Call, typed: str, batches: Shown, **given: Any) -> dict[str, Any]:
    found = comparisons.compare(call, countries=typed, cut_off=batches.key)
    fit = [one for one in found.offers if one.eligible and one.passes]
    context = {
        "call": call,
        "edition": call.edition,
        "batches": batches,
        "found": found,
        "lines": _lines(found, call),
        "map": _dots(found),
        "scored": any(one.score for one in found.offers),
        "sets": FACTOR_SETS,
        "weighed_with": next(one.name for one in FACTOR_SETS if one.key == comparisons.CITED),
        "assumptions": Assumptions(),
        "cohort_words": COHORTS[found.cohort.source],
        "typed": typed,
        "hosted": [(_(countries.name(code)), edition) for code, edition in found.hosted.items()],
        "rotation": [
            (one, found.hosted.get(one.application.country, "")) for one in found.offers if one.eligible
        ],
        "fit": fit,
        "choose_form": forms.ChooseVenue(offers=_offers(fit)),
        "note_form": forms.NotePolicy(offers=_offers(found.offers)),
        "decided": any(one.decision and one.decision.state != "proposed" for one in found.offers),
    }  # fmt: skip
    return context | given


@require_safe
@opens("selection.compare", rules=RULES, seen_by=organised_calls, by="slug")
def compare(request: HttpRequest, call: Call) -> HttpResponse:
    batches = looked_at(request, call)
    return render(request, "selection/compare.html", _context(call, request.GET.get("countries", "")[:5000], batches))


@require_POST
@opens("selection.note_policy", rules=RULES, seen_by=organised_calls, by="slug")
def note(request: HttpRequest, call: Call) -> HttpResponse:
    """Record a reason apart from the score."""
    batches = looked_at(request, call)
    sent = of_cut_off(call.applications.filter(state="submitted"), batches.key)
    form = forms.NotePolicy(request.POST, offers=[(one.pk, str(one)) for one in sent])
    if not form.is_valid():
        return render(request, "selection/compare.html", _context(call, "", batches, note_form=form), status=422)
    said = form.cleaned_data
    actions.note_policy(
        application=get_object_or_404(sent, pk=said["application"]), kind=said["kind"], favours=said["favours"],
        text=said["text"], by=request.user, at=now(),
    )  # fmt: skip
    messages.success(request, _("The reason is recorded. It stands in the report, apart from the scores."))
    return redirect(reverse("selection:compare", args=[call.slug]) + batches.query)


@require_POST
@opens("selection.choose_venue", rules=RULES, seen_by=organised_calls, by="slug")
def choose(request: HttpRequest, call: Call) -> HttpResponse:
    """Decide for one place; proposes a decision on every offer."""
    batches = looked_at(request, call)
    sent = of_cut_off(call.applications.filter(state="submitted"), batches.key)
    form = forms.ChooseVenue(request.POST, offers=[(one.pk, str(one)) for one in sent])
    if not form.is_valid():
        return render(request, "selection/compare.html", _context(call, "", batches, choose_form=form), status=422)
    said = form.cleaned_data
    second = said["runner_up"]
    actions.choose_venue(
        call=call, chosen=get_object_or_404(sent, pk=said["chosen"]),
        runner_up=get_object_or_404(sent, pk=second) if second else None,
        reason=said["reason"], cut_off=batches.key, by=request.user, at=now(),
    )  # fmt: skip
    messages.success(request, _("Decisions are proposed on all offers. Nobody has been told yet."))
    return redirect(address(call, batches))
