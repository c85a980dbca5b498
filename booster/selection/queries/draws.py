"""What everybody may know of a call's draws: who was drawn only once all of them have been told."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count

from booster.calls import queries as calls
from booster.calls.models import Call
from booster.craft.balance.fair import chance_shown
from booster.selection.models import Decision, Draw, Portfolio, Scenario
from booster.selection.queries.deciding import of_batch
from booster.selection.rules import policies


def portfolio_of(scenario: Scenario) -> Portfolio | None:
    """One query."""
    return Portfolio.objects.filter(scenario=scenario).first()


def about_draws(slug: str, *, at: datetime) -> tuple[Any, ...] | None:
    """Everything that the public page of the draws shows and that may change; ``None`` while there is none. Three
    queries."""
    rows = Draw.objects.filter(call__slug=slug).order_by("pk").values_list("pk", "state", "scenario__state")
    if not (found := tuple(rows)):
        return None
    told = Decision.objects.filter(call__slug=slug).order_by().values_list("state").annotate(n=Count("pk"))
    return (calls.about_call(slug, at=at), found, tuple(sorted(told)))


@dataclass(frozen=True, slots=True)
class Shown:
    """A draw as the public page tells it. ``chosen``: (number of the draw, reference), empty until they were told."""

    draw: Draw
    bands: tuple[policies.Band, ...]
    means: str
    ball: str
    tickets: int
    panels: int
    chosen: tuple[tuple[str, str], ...]

    @property
    def quoted(self) -> str:
        """The seed as a shell takes it for one word."""
        return shlex.quote(self.draw.seed)

    @property
    def is_told(self) -> bool:
        return bool(self.chosen)


def shown(call: Call) -> list[Shown]:
    """The draws of a call, the newest first. One query, and two for a draw whose selection is adopted."""
    rows = list(Draw.objects.filter(call=call).select_related("scenario__portfolio", "scenario__call"))
    return [_shown(one) for one in rows]


def _shown(one: Draw) -> Shown:
    bands = (
        policies.bands_of([int(bound) for bound in one.bands], one.threshold) if one.policy == policies.MERIT else ()
    )
    kept = getattr(one.scenario, "portfolio", None)
    drawn = one.scenario.result.get("draw", {}) if one.state == "drawn" else {}
    return Shown(
        draw=one,
        bands=bands,
        means=policies.MEANS[one.policy],
        ball=drawn.get("shown", ""),
        tickets=one.tickets,
        panels=one.panels,
        chosen=_chosen(one, kept.numbers if kept else {}) if one.state == "drawn" else (),
    )


def _chosen(one: Draw, numbers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Who was drawn, once every decision on the files that the draw chose from has been told."""
    scenario = one.scenario
    decisions = of_batch(scenario.call, scenario.cut_off)
    if scenario.state != "adopted" or decisions.exclude(state="told").exists() or not decisions.exists():
        return ()
    by_reference = {reference: number for number, reference in numbers.items()}
    return tuple(sorted((by_reference.get(key, ""), key) for key in scenario.result["chosen"]))


def drawn_of(call: Call) -> Draw | None:
    """The newest draw that took place and stands. One query."""
    return Draw.objects.filter(call=call, state="drawn").order_by("-drawn_at", "-pk").first()


@dataclass(frozen=True, slots=True)
class Own:
    """What a draw was for one applicant. ``chance`` as people read it, empty for who had none."""

    number: str
    chance: str
    is_sure: bool
    is_drawn: bool


def own(decision: Decision) -> Own | None:
    """The applicant's part in the draw that decided, once the decision is told. One query."""
    rows = Scenario.objects.filter(call=decision.call_id, state="adopted").exclude(policy=policies.POINTS)
    reference = decision.application.reference
    for one in rows:
        number = one.result.get("numbers", {}).get(reference)
        if number is None or reference in one.result["seated"]:
            continue
        chance = Fraction(one.result["chances"][reference])
        shown = chance_shown(chance) if chance else ""
        return Own(number, shown, is_sure=chance == 1, is_drawn=reference in one.result["chosen"])
    return None
