"""Trying selections: made, changed, worked out by the worker, adopted. Nobody is told anything by any of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.kit import jobs
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import move, settle
from booster.selection import facts
from booster.selection.models import Scenario
from booster.selection.queries.batches import is_known
from booster.selection.queries.deciding import of_batch
from booster.selection.queries.solving import Found
from booster.selection.rules import limits
from booster.selection.states import SCENARIO

LEASE = timedelta(minutes=2)  # longer than the solver may take; after it another worker begins anew
TRIES = 3
WORK = "booster.selection.tasks.work_waiting"


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
    }


@transaction.atomic
def change(*, scenario: Scenario, settings: Settings, by: Any, at: datetime) -> Scenario:
    """Ask for something else. What a worker finds for the former question will be thrown away."""
    settle(
        scenario, expected={"state": scenario.state, "revision": scenario.revision},
        state=SCENARIO.after(scenario.state, "change"), revision=scenario.revision + 1, result={}, prices={},
        price_asked="", solved_at=None, leased_until=None, tries=0, **_columns(settings),
    )  # fmt: skip
    record(facts.SCENARIO_CHANGED, thing=scenario, by=by, at=at)
    return scenario


@transaction.atomic
def ask(*, scenario: Scenario, by: Any, at: datetime) -> Scenario:
    """Hand the try to the worker."""
    move(
        scenario, SCENARIO, "ask", result={}, prices={}, price_asked="", solved_at=None, leased_until=None, tries=0
    )  # fmt: skip
    jobs.after_commit(WORK)
    return scenario


@transaction.atomic
def ask_price(*, scenario: Scenario, attribute: str, value: str, by: Any, at: datetime) -> Scenario:
    """Have the worker find out what one limit costs. Refused for a limit that the answer does not have."""
    found = scenario.result["limits"] if "chosen" in scenario.result else []
    if (attribute, value) not in {(one["attribute"], one["value"]) for one in found}:
        raise Refused(_("This selection has no such limit."))
    key = f"{attribute} {value}"
    settle(
        scenario, expected={"state": scenario.state, "revision": scenario.revision},
        price_asked=key, leased_until=None, tries=0,
    )  # fmt: skip
    record(facts.PRICE_ASKED, thing=scenario, by=by, at=at, limit=key)
    jobs.after_commit(WORK)
    return scenario


@transaction.atomic
def claim(*, scenario: Scenario, by: Any, at: datetime) -> Scenario:
    """Take a waiting try in hand; ``Stale`` when another worker was quicker or the question changed. One query."""
    expected = {
        "state": scenario.state, "revision": scenario.revision, "tries": scenario.tries,
        "leased_until": scenario.leased_until, "price_asked": scenario.price_asked,
    }  # fmt: skip
    return settle(scenario, expected=expected, tries=scenario.tries + 1, leased_until=at + LEASE)


@transaction.atomic
def keep(*, scenario: Scenario, found: Found, by: Any, at: datetime) -> Scenario:
    """Keep what was worked out. ``Stale`` when the try was changed meanwhile: the answer would not fit its question."""
    settle(
        scenario, expected={"state": "waiting", "revision": scenario.revision},
        state=SCENARIO.after(scenario.state, "clash" if found.clashes else "solve"),
        result=found.result, solved_at=at, leased_until=None, tries=0,
    )  # fmt: skip
    kind = facts.SCENARIO_CLASHED if found.clashes else facts.SCENARIO_SOLVED
    record(kind, thing=scenario, by=by, at=at)
    return scenario


@transaction.atomic
def keep_price(*, scenario: Scenario, price: dict[str, Any], by: Any, at: datetime) -> Scenario:
    """Keep what a limit costs. ``Stale`` when the try was changed or another price was asked for meanwhile."""
    key = scenario.price_asked
    return settle(
        scenario, expected={"revision": scenario.revision, "price_asked": key},
        prices={**scenario.prices, key: price}, price_asked="", leased_until=None, tries=0,
    )  # fmt: skip


@transaction.atomic
def give_up(*, scenario: Scenario, message: str, by: Any, at: datetime) -> Scenario:
    """It cannot be worked out as asked; the message says why. ``Stale`` when the try was changed meanwhile."""
    settle(
        scenario, expected={"state": "waiting", "revision": scenario.revision},
        state=SCENARIO.after(scenario.state, "give_up"), result={"message": message}, leased_until=None, tries=0,
    )  # fmt: skip
    record(facts.SCENARIO_GIVEN_UP, thing=scenario, by=by, at=at)
    return scenario


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
