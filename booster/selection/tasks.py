"""What the worker does for this room: selections and prices that wait."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import now
from django_tasks import task

from booster.craft.balance import BadProblem, Infeasible, Unsettled
from booster.kit.beats import Beat
from booster.kit.moves import Stale
from booster.kit.words import N_
from booster.selection import actions
from booster.selection import queries as selection
from booster.selection.actions.scenarios import TRIES
from booster.selection.models import Scenario

STOPPED = N_("The worker was stopped each time it tried. Ask again, perhaps with fewer limits.")


def _work_out(scenario: Scenario, *, at: datetime) -> None:
    try:
        found = selection.work_out_scenario(scenario)
    except (BadProblem, Unsettled) as trouble:
        actions.give_up(scenario=scenario, message=str(trouble), by=None, at=at)
    else:
        actions.keep(scenario=scenario, found=found, by=None, at=at)


def _price(scenario: Scenario, *, at: datetime) -> None:
    try:
        price = selection.work_out_price(scenario)
    except (BadProblem, Infeasible, Unsettled) as trouble:
        price = {"message": str(trouble)}
    actions.keep_price(scenario=scenario, price=price, by=None, at=at)


def _stop(scenario: Scenario, *, at: datetime) -> None:
    if scenario.state == "waiting":
        actions.give_up(scenario=scenario, message=STOPPED, by=None, at=at)
    else:
        actions.keep_price(scenario=scenario, price={"message": STOPPED}, by=None, at=at)


def run_waiting(*, at: datetime) -> int:
    """Work out what waits and nobody has in hand; how many were finished. What was changed meanwhile is thrown away.

    What a killed worker left is begun anew when its lease of two minutes ends, three times at most.
    """
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    waiting = Scenario.objects.filter(free, Q(state="waiting") | ~Q(price_asked=""))
    done = 0
    for scenario in waiting.select_related("call__edition").order_by("pk"):
        run = _stop if scenario.tries >= TRIES else _work_out if scenario.state == "waiting" else _price
        try:
            run(actions.claim(scenario=scenario, by=None, at=at), at=at)
        except Stale:
            continue
        done += 1
    return done


@task()
def work_waiting() -> int:
    return run_waiting(at=now())


BEATS = [Beat("selection.run_waiting", timedelta(seconds=30), run_waiting)]
