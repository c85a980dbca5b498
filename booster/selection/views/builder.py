"""The cohort builder: try by hand, have it worked out, compare, adopt."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from booster.calls.models import Call
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.kit.views import opens
from booster.selection import actions, forms
from booster.selection import queries as selection
from booster.selection.access import RULES
from booster.selection.models import Scenario
from booster.selection.queries import board as boards
from booster.selection.queries.window import window
from booster.selection.rules import limits
from booster.selection.views import answers, people, pictures
from booster.selection.views.batches import Shown, looked_at
from booster.ui.templatetags import moments


def organised_calls(actor: Any) -> Any:
    """Of the desks that the actor may read; the rules say who may do more than read."""
    return Call.objects.read_by(actor).select_related("edition__academy", "second_round")


def organised_scenarios(actor: Any) -> Any:
    return Scenario.objects.seen_by(actor).select_related("call__edition__academy", "call__second_round")


def address(scenario: Scenario) -> str:
    return f"{reverse('selection:builder', args=[scenario.call.slug])}?scenario={scenario.pk}"


def _open(request: HttpRequest, call: Call) -> tuple[list[Scenario], Scenario | None]:
    """All tries of the call, and the one that the page is about. One query."""
    rows = list(call.scenarios.all())
    wanted = request.POST.get("scenario", request.GET.get("scenario", ""))
    return rows, next((one for one in rows if str(one.pk) == wanted), None)


@dataclass(frozen=True, slots=True)
class Page:
    """What the page is about: the tries of the call, the one that is open, the batch that is chosen from."""

    tries: list[Scenario]
    scenario: Scenario | None
    batches: Shown


def _page(request: HttpRequest, call: Call) -> Page:
    tries, scenario = _open(request, call)
    return Page(tries, scenario, looked_at(request, call, settled=scenario.cut_off if scenario else None))


def _context(request: HttpRequest, call: Call, form: forms.WhatIf, page: Page) -> dict[str, Any]:
    scenario = page.scenario
    found = boards.board(call, form.asked, scenario)
    rows, blank = forms.limit_rows(form.rows, found.values)
    return {
        "call": call,
        "edition": call.edition,
        "form": form,
        "board": found,
        "limit_rows": rows,
        "blank_options": blank,
        "scenario": scenario,
        "scenarios": page.tries,
        "batches": page.batches,
        "pictures": pictures.drawn(found),
        "kept": pictures.kept(found, form.asked),
        "seated": people.seated([*found.seated, *found.rows]) if form.asked.seats <= pictures.MOST_SEATS else [],
        **_listed(request, found, form, scenario),
        "reserve_length": found.reserve_length,
        **answers.of(scenario, found.rows),
    }


def _listed(request: HttpRequest, found: boards.Board, form: forms.WhatIf, scenario: Scenario | None) -> dict[str, Any]:
    """The part of the list that is looked at, as HTML."""
    shown, known = window(found, form.look), scenario is not None and scenario.state in answers.WORKED_OUT
    prices = reverse("selection:inclusion", args=[scenario.pk]) if scenario is not None and known else ""
    parts = {
        part: people.listed(getattr(shown, part), here=request.path, prices=prices)
        for part in ("group", "reserve", "below")
    }
    value = form.look.of.partition(":")
    return {
        "shown": shown,
        "people": parts,
        "outside": people.outside(shown.outside),
        "held": people.holders(found.seated),
        "looked_for": boards.name(value[0], value[2]) if form.look.of else "",
    }


@opens("selection.build", rules=RULES, seen_by=organised_calls, by="slug")
def builder(request: HttpRequest, call: Call) -> HttpResponse:
    """The picture of what is asked for; a POST tries something by hand and saves nothing."""
    page = _page(request, call)
    form = forms.read(request.POST if request.method == "POST" else None, call, page.scenario, page.batches.key)
    if request.method == "POST" and request.POST.get("do") in ("work", "save"):
        return _save(request, call, form, page)
    part = "selection/_builder.html" if request.htmx and request.method == "POST" else "selection/builder.html"
    return render(request, part, _context(request, call, form, page))


def _save(request: HttpRequest, call: Call, form: forms.WhatIf, page: Page) -> HttpResponse:
    if form.is_wrong:
        return render(request, "selection/builder.html", _context(request, call, form, page), status=422)
    scenario = page.scenario
    asked, at = form.asked, now()
    settings = actions.Settings(
        name=form.name or _("Try of %(when)s") % {"when": moments.zoned(at, call.zone)},
        seats=asked.seats, seed=asked.seed, wish=asked.wish,
        picked=asked.hand.picked, dropped=asked.hand.dropped, reserves=asked.reserves, policy=asked.policy,
        bands=asked.bands, threshold=asked.threshold,
    )  # fmt: skip
    if scenario is not None and "new" not in request.POST and not scenario.is_fixed:
        if request.POST.get("revision") != str(scenario.revision):
            raise Stale(_("Somebody else changed this selection a moment ago. Look at it again before you go on."))
        kept = actions.change(scenario=scenario, settings=settings, by=request.user, at=at)
    else:
        kept = actions.propose(call=call, settings=settings, cut_off=page.batches.key, by=request.user, at=at)
    if request.POST["do"] == "work":
        actions.ask(scenario=kept, by=request.user, at=at)
    else:
        messages.success(request, _("The selection is saved."))
    return redirect(address(kept))


@require_safe
@opens("selection.try_out", rules=RULES, seen_by=organised_scenarios)
def progress(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Asked every second while the worker is at it; sends the browser to the answer once it is there."""
    if scenario.is_worked_on:
        return render(request, "selection/_waiting.html", {"scenario": scenario, "stage": answers.stage(scenario)})
    answer = HttpResponse()
    answer["HX-Redirect"] = address(scenario)
    return answer


@require_POST
@opens("selection.try_out", rules=RULES, seen_by=organised_scenarios)
def ask_price(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Have the worker find out what one limit costs."""
    attribute, _gap, value = request.POST.get("limit", "").partition(" ")
    actions.ask_price(scenario=scenario, attribute=attribute, value=value, by=request.user, at=now())
    return redirect(address(scenario))


@require_POST
@opens("selection.try_out", rules=RULES, seen_by=organised_scenarios)
def ask_inclusion(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Have the worker find out what a seat for one person costs the others."""
    actions.ask_inclusion(
        scenario=scenario, reference=request.POST.get("reference", "")[:40], by=request.user, at=now()
    )
    return redirect(address(scenario))


@require_POST
@opens("selection.try_out", rules=RULES, seen_by=organised_scenarios)
def stop(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """End the work in hand."""
    actions.stop(scenario=scenario, by=request.user, at=now())
    messages.success(request, _("The work is stopped. Nothing of it is kept."))
    return redirect(address(scenario))


@require_POST
@opens("selection.try_out", rules=RULES, seen_by=organised_scenarios)
def relax(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """“Try this”: move the bounds that one answer of a clash names, and work it out again."""
    answers = [scenario.result.get("relax", []), *scenario.result.get("alternatives", [])]
    which = request.POST.get("answer", "")
    if not which.isdecimal() or int(which) >= len(answers) or not answers[int(which)]:
        raise NotNow(_("This proposal is not there any more."))
    wish, seats = limits.relax(selection.wish_of(scenario), scenario.seats, answers[int(which)])
    settings = actions.Settings(
        name=scenario.name, seats=seats, seed=scenario.seed, wish=wish, picked=scenario.picked,
        dropped=scenario.dropped, reserves=scenario.reserves, policy=scenario.policy, bands=scenario.bands,
        threshold=scenario.threshold,
    )  # fmt: skip
    at = now()
    actions.ask(
        scenario=actions.change(scenario=scenario, settings=settings, by=request.user, at=at), by=request.user, at=at
    )
    return redirect(address(scenario))


@require_POST
@opens("selection.try_out", rules=RULES, seen_by=organised_scenarios)
def adopt(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """Make this the selection that counts: decisions are proposed, nobody is told."""
    made = actions.adopt(scenario=scenario, by=request.user, at=now())
    said = ngettext(
        "%(n)s decision is proposed. Nobody has been told yet.",
        "%(n)s decisions are proposed. Nobody has been told yet.",
        len(made),
    )
    messages.success(request, said % {"n": len(made)})
    where = reverse("selection:decisions", args=[scenario.call.slug])
    return redirect(f"{where}?cut_off={scenario.cut_off}" if scenario.cut_off else where)


@require_POST
@opens("selection.try_out", rules=RULES, seen_by=organised_scenarios)
def reopen(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    actions.reopen(scenario=scenario, by=request.user, at=now())
    messages.success(request, _("The selection is taken back, and its proposed decisions with it."))
    return redirect(address(scenario))


@require_safe
@opens("selection.build", rules=RULES, seen_by=organised_calls, by="slug")
def scenarios(request: HttpRequest, call: Call) -> HttpResponse:
    """All tries of a call; two that were worked out side by side."""
    rows = list(call.scenarios.select_related("made_by"))
    solved = [one for one in rows if one.state in ("solved", "adopted")]
    wanted = [next((one for one in solved if str(one.pk) == request.GET.get(key)), None) for key in ("left", "right")]
    pair = boards.beside(*wanted) if None not in wanted and wanted[0] != wanted[1] else None
    names = {one.key: one.label for one in selection.batches_of(call, at=now())} | {"": _("the whole call")}
    for one in rows:
        one.batch = names.get(one.cut_off, _("a cut-off that was taken back"))
    context = {"call": call, "edition": call.edition, "scenarios": rows, "solved": solved, "pair": pair}
    sides = [pair.left, pair.right] if pair else []
    more = {"wanted": wanted, "pair_sides": sides, "back": reverse("selection:builder", args=[call.slug])}
    return render(request, "selection/scenarios.html", context | more)
