"""Trying selections: made, changed, copied, taken back. Nobody is told anything by any of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import move, settle
from booster.selection import facts
from booster.selection.models import Portfolio, Scenario
from booster.selection.queries.batches import is_known
from booster.selection.queries.deciding import of_batch
from booster.selection.rules import limits, policies
from booster.selection.states import SCENARIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a try asks for."""

    name: str
    seats: int
    seed: int
    wish: limits.Wish
    picked: Sequence[str] = ()
    dropped: Sequence[str] = ()
    reserves: int = 10  # how long the reserve list is at most
    policy: str = policies.POINTS
    bands: Sequence[int] = ()  # lower bounds of all bands but the last, for merit first
    threshold: Decimal | None = None  # None: that of the call


@transaction.atomic
def propose(*, call: Call, settings: Settings, by: Any, at: datetime, cut_off: str = "") -> Scenario:
    """A new try, not worked out yet; for a call with cut-offs perhaps from one batch (``cut_off``) alone. ``NotNow``
    when that cut-off is gone."""
    if not is_known(call, cut_off):
        raise NotNow(_("This cut-off is not there any more. Choose one from the list."))
    scenario = Scenario.objects.create(
        edition_id=call.edition_id, call=call, cut_off=cut_off, made_at=at, made_by=by, **_columns(settings)
    )  # fmt: skip
    record(facts.SCENARIO_MADE, thing=scenario, by=by, at=at)
    return scenario


def _columns(settings: Settings) -> dict[str, Any]:
    return {
        "name": settings.name.strip()[:120] or "–",
        "seats": settings.seats,
        "seed": settings.seed,
        "reserves": settings.reserves,
        "per_organisation": settings.wish.per_organisation,
        "limits": limits.written(settings.wish.limits),
        "picked": list(settings.picked),
        "dropped": list(settings.dropped),
        "policy": settings.policy,
        "bands": list(settings.bands) if settings.policy == policies.MERIT else [],
        "threshold": settings.threshold if settings.policy in policies.DRAWN else None,
    }


COPIED = ("name", "seats", "reserves", "seed", "per_organisation", "limits", "policy", "bands", "threshold")
NOTHING_FOUND: dict[str, Any] = {
    "result": {}, "prices": {}, "price_asked": "", "person_asked": "", "solved_at": None, "leased_until": None,
    "tries": 0, "progress": {},
}  # fmt: skip


def must_be_free(scenario: Scenario) -> None:
    """A draw that took place stands until it is called off before everybody's eyes."""
    if scenario.is_drawn:
        raise NotNow(_("The draw has taken place. Call it off first, with a reason that everybody can read."))


@transaction.atomic
def change(*, scenario: Scenario, settings: Settings, by: Any, at: datetime) -> Scenario:
    """Ask for something else. What a worker finds for the former question will be thrown away. ``NotNow`` once a draw
    is announced or has taken place."""
    must_be_free(scenario)
    settle(
        scenario, expected={"state": scenario.state, "revision": scenario.revision},
        state=SCENARIO.after(scenario.state, "change"), revision=scenario.revision + 1, **NOTHING_FOUND,
        **_columns(settings),
    )  # fmt: skip
    Portfolio.objects.filter(scenario=scenario).delete()
    record(facts.SCENARIO_CHANGED, thing=scenario, by=by, at=at)
    return scenario


@transaction.atomic
def copy(*, source: Call, call: Call, by: Any, at: datetime) -> Scenario | None:
    """How the cohort of a call was chosen, as a draft for its copy: policy, bands, limits, seats, but no people.

    Taken from the adopted selection, else from the newest. ``None`` when there is none.
    """
    rows = Scenario.objects.filter(call=source).order_by("-made_at", "-pk")
    was = rows.filter(state="adopted").first() or rows.first()
    if was is None:
        return None
    kept = {name: getattr(was, name) for name in COPIED}
    made = Scenario.objects.create(edition_id=call.edition_id, call=call, made_at=at, made_by=by, **kept)
    record(facts.SCENARIO_COPIED, thing=made, by=by, at=at, source=was.name)
    return made


@transaction.atomic
def reopen(*, scenario: Scenario, by: Any, at: datetime) -> Scenario:
    """Take an adopted selection back while none of its decisions is confirmed; the proposed ones go."""
    decisions = of_batch(scenario.call, scenario.cut_off)
    if decisions.exclude(state="proposed").exists():
        raise Refused(_("Decisions are confirmed already. Take those back first."))
    move(scenario, SCENARIO, "reopen")
    decisions.filter(state="proposed").delete()
    record(facts.REOPENED, thing=scenario, by=by, at=at)
    return scenario
