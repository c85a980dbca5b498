"""What the worker does for this room: selections and prices that wait."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import now
from django_tasks import task

from booster.craft.balance import BadProblem, Infeasible, Unsettled
from booster.craft.working import Step, Stopped, Watch
from booster.kit.beats import Beat
from booster.kit.moves import Stale
from booster.kit.words import N_
from booster.selection import actions
from booster.selection import queries as selection
from booster.selection.actions.working import TRIES
from booster.selection.models import Scenario

STOPPED = N_("The worker was stopped each time it tried. Ask again, perhaps with fewer limits.")
TELL = 1.0  # seconds between two words of how far the work is


def watch_of(scenario: Scenario) -> Watch:
    """Says on the page how far the work is and asks to stop once it is not wanted any more."""
    last = time.monotonic()

    def watch(step: Step) -> bool:
        nonlocal last
        if time.monotonic() - last < TELL:
            return True
        last = time.monotonic()
        return actions.note_progress(
            scenario=scenario, stage=step.stage, done=step.done, whole=step.whole, by=None, at=now()
        )

    return watch


def _work_out(scenario: Scenario, *, at: datetime) -> None:
    try:
        found = selection.work_out_scenario(scenario, watch=watch_of(scenario))
    except (BadProblem, Unsettled) as trouble:
        actions.give_up(scenario=scenario, message=str(trouble), by=None, at=at)
    else:
        actions.keep(scenario=scenario, found=found, by=None, at=at)


def _priced(work: Callable[..., dict[str, Any]], scenario: Scenario) -> dict[str, Any]:
    try:
        return work(scenario, watch=watch_of(scenario))
    except (BadProblem, Infeasible, Unsettled) as trouble:
        return {"message": str(trouble)}


def _price(scenario: Scenario, *, at: datetime) -> None:
    actions.keep_price(scenario=scenario, price=_priced(selection.work_out_price, scenario), by=None, at=at)


def _include(scenario: Scenario, *, at: datetime) -> None:
    price = _priced(selection.work_out_inclusion, scenario)
    actions.keep_inclusion(scenario=scenario, price=price, by=None, at=at)


def _stop(scenario: Scenario, *, at: datetime) -> None:
    if scenario.state == "waiting":
        actions.give_up(scenario=scenario, message=STOPPED, by=None, at=at)
    elif scenario.price_asked:
        actions.keep_price(scenario=scenario, price={"message": STOPPED}, by=None, at=at)
    else:
        actions.keep_inclusion(scenario=scenario, price={"message": STOPPED}, by=None, at=at)


def _work(scenario: Scenario) -> Callable[..., None]:
    if scenario.tries >= TRIES:
        return _stop
    return _work_out if scenario.state == "waiting" else _price if scenario.price_asked else _include


def run_waiting(*, at: datetime) -> int:
    """Work out what waits and nobody has in hand; how many were finished. What was changed meanwhile is thrown away.

    What a killed worker left is begun anew when its lease of two minutes ends, three times at most.
    """
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    waiting = Scenario.objects.filter(free, Q(state="waiting") | ~Q(price_asked="") | ~Q(person_asked=""))
    done = 0
    for scenario in waiting.select_related("call__edition").order_by("pk"):
        run = _work(scenario)
        try:
            run(actions.claim(scenario=scenario, by=None, at=at), at=at)
        except (Stale, Stopped):
            continue
        done += 1
    return done


@task()
def work_waiting() -> int:
    return run_waiting(at=now())


BEATS = [Beat("selection.run_waiting", timedelta(seconds=30), run_waiting)]
