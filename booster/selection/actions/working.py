"""A try in the hands of the worker: asked for, claimed, kept, stopped; prices of limits and of seats."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.chronicle.actions import record
from booster.kit import jobs
from booster.kit.access import Refused
from booster.kit.moves import Stale, move, settle
from booster.selection import facts
from booster.selection.actions.scenarios import NOTHING_FOUND, must_be_free
from booster.selection.models import Portfolio, Scenario
from booster.selection.queries.solving import Found
from booster.selection.states import SCENARIO

LEASE = timedelta(minutes=2)  # a worker that says nothing for so long is gone; another begins anew
TRIES = 3
WORKED_OUT = ("solved", "adopted", "weighed", "announced")
WORK = "booster.selection.tasks.work_waiting"


@transaction.atomic
def ask(*, scenario: Scenario, by: Any, at: datetime) -> Scenario:
    """Hand the try to the worker. ``NotNow`` once a draw is announced or has taken place."""
    must_be_free(scenario)
    move(scenario, SCENARIO, "ask", **NOTHING_FOUND)
    Portfolio.objects.filter(scenario=scenario).delete()
    jobs.after_commit(WORK)
    return scenario


@transaction.atomic
def stop(*, scenario: Scenario, by: Any, at: datetime) -> Scenario:
    """End the work in hand; the worker lets go of it at its next step. A try that was being worked out is a draft
    again, a price that was asked for is not asked any more. ``NotNow`` when nothing is in hand."""
    expected = {"state": scenario.state, "revision": scenario.revision, **_in_hand(scenario)}
    if scenario.price_asked or scenario.person_asked:
        settle(scenario, expected=expected, price_asked="", person_asked="", leased_until=None, tries=0, progress={})
    else:
        state = SCENARIO.after(scenario.state, "stop")
        settle(scenario, expected=expected, state=state, revision=scenario.revision + 1, **NOTHING_FOUND)
    record(facts.SCENARIO_STOPPED, thing=scenario, by=by, at=at)
    return scenario


@transaction.atomic
def ask_price(*, scenario: Scenario, attribute: str, value: str, by: Any, at: datetime) -> Scenario:
    """Have the worker find out what one limit costs. Refused for a limit that the answer does not have."""
    found = scenario.result.get("limits", []) if scenario.state in WORKED_OUT else []
    if (attribute, value) not in {(one["attribute"], one["value"]) for one in found}:
        raise Refused(_("This selection has no such limit."))
    key = f"{attribute} {value}"
    settle(
        scenario, expected={"state": scenario.state, "revision": scenario.revision},
        price_asked=key, leased_until=None, tries=0, progress={},
    )  # fmt: skip
    record(facts.PRICE_ASKED, thing=scenario, by=by, at=at, limit=key)
    jobs.after_commit(WORK)
    return scenario


@transaction.atomic
def ask_inclusion(*, scenario: Scenario, reference: str, by: Any, at: datetime) -> Scenario:
    """Have the worker find out what it costs to give one person a seat. Refused for somebody who cannot be chosen."""
    found = scenario.result.get("reasons", {}) if scenario.state in WORKED_OUT else {}
    if reference not in found or reference not in scenario.result["pool"]:
        raise Refused(_("This person cannot be chosen here."))
    settle(
        scenario, expected={"state": scenario.state, "revision": scenario.revision},
        person_asked=reference, leased_until=None, tries=0, progress={},
    )  # fmt: skip
    record(facts.INCLUSION_ASKED, thing=scenario, by=by, at=at, reference=reference)
    jobs.after_commit(WORK)
    return scenario


@transaction.atomic
def claim(*, scenario: Scenario, by: Any, at: datetime) -> Scenario:
    """Take a waiting try in hand; ``Stale`` when another worker was quicker or the question changed. One query."""
    expected = {
        "state": scenario.state, "revision": scenario.revision, "tries": scenario.tries,
        "leased_until": scenario.leased_until, **_in_hand(scenario),
    }  # fmt: skip
    return settle(scenario, expected=expected, tries=scenario.tries + 1, leased_until=at + LEASE)


def _in_hand(scenario: Scenario) -> dict[str, Any]:
    """What a worker was asked: as long as it stands the worker goes on."""
    return {"price_asked": scenario.price_asked, "person_asked": scenario.person_asked}


@transaction.atomic
def note_progress(
    *, scenario: Scenario, stage: str, done: int, whole: int | None, by: Any, at: datetime
) -> bool:  # fmt: skip
    """Say how far the work in hand is and keep it in hand; whether it is still wanted. One query."""
    expected = {"state": scenario.state, "revision": scenario.revision, **_in_hand(scenario)}
    progress = {"stage": stage, "done": done, "whole": whole}
    try:
        settle(scenario, expected=expected, progress=progress, leased_until=at + LEASE)
    except Stale:
        return False
    return True


@transaction.atomic
def keep(*, scenario: Scenario, found: Found, by: Any, at: datetime) -> Scenario:
    """Keep what was worked out. ``Stale`` when the try was changed meanwhile: the answer would not fit its question."""
    settle(
        scenario, expected={"state": "waiting", "revision": scenario.revision},
        state=SCENARIO.after(scenario.state, "clash" if found.clashes else "weigh" if found.weighed else "solve"),
        result=found.result, solved_at=at, leased_until=None, tries=0, progress={},
    )  # fmt: skip
    if found.weighed:
        Portfolio.objects.create(
            edition_id=scenario.edition_id, scenario=scenario, made_at=at, **found.weighed.columns
        )  # fmt: skip
    solved = facts.SCENARIO_WEIGHED if found.weighed else facts.SCENARIO_SOLVED
    record(facts.SCENARIO_CLASHED if found.clashes else solved, thing=scenario, by=by, at=at)
    return scenario


@transaction.atomic
def keep_price(*, scenario: Scenario, price: dict[str, Any], by: Any, at: datetime) -> Scenario:
    """Keep what a limit costs. ``Stale`` when the try was changed or another price was asked for meanwhile."""
    key = scenario.price_asked
    return settle(
        scenario, expected={"revision": scenario.revision, "price_asked": key},
        prices={**scenario.prices, key: price}, price_asked="", leased_until=None, tries=0, progress={},
    )  # fmt: skip


@transaction.atomic
def keep_inclusion(*, scenario: Scenario, price: dict[str, Any], by: Any, at: datetime) -> Scenario:
    """Keep what a seat for one person costs. ``Stale`` when the try was changed or somebody else was asked about."""
    key = scenario.person_asked
    return settle(
        scenario, expected={"revision": scenario.revision, "person_asked": key},
        prices={**scenario.prices, f"person {key}": price}, person_asked="", leased_until=None, tries=0, progress={},
    )  # fmt: skip


@transaction.atomic
def give_up(*, scenario: Scenario, message: str, by: Any, at: datetime) -> Scenario:
    """It cannot be worked out as asked; the message says why. ``Stale`` when the try was changed meanwhile."""
    settle(
        scenario, expected={"state": "waiting", "revision": scenario.revision},
        state=SCENARIO.after(scenario.state, "give_up"), result={"message": message}, leased_until=None, tries=0,
        progress={},
    )  # fmt: skip
    record(facts.SCENARIO_GIVEN_UP, thing=scenario, by=by, at=at)
    return scenario
