"""From everybody's chance to one cohort: announced, drawn from a public seed, or called off before everybody's eyes."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale, move
from booster.selection import facts
from booster.selection.actions.deciding import decidable
from booster.selection.models import Draw, Portfolio, Scenario
from booster.selection.queries import weighing
from booster.selection.queries.deciding import is_stale
from booster.selection.rules.policies import KNOWN_ALREADY
from booster.selection.states import DRAW, SCENARIO
from booster.ui.templatetags import moments

LONGEST_SEED = 200


@transaction.atomic
def announce(
    *, scenario: Scenario, source: str, known_at: datetime, seen: str, by: Any, at: datetime
) -> Draw:  # fmt: skip
    """Make the fingerprint and the source of the seed public; from now on nothing of the scenario can be changed.

    ``seen``: the fingerprint that the organiser looked at. Refused when files changed since the chances were worked
    out, when the seed could be known already, and while another draw of the same files stands.
    """
    Call.objects.select_for_update().get(pk=scenario.call_id)  # two organisers at once: the second one is told
    portfolio = _portfolio(scenario)
    if portfolio.fingerprint != seen:
        raise Stale(_("The chances were worked out anew a moment ago. Look at them again before you announce."))
    if not source.strip():
        raise Refused(_("Say where the seed comes from, so that everybody can look it up."))
    if known_at <= at:
        raise Refused(_(KNOWN_ALREADY))
    if _standing(scenario).exists():
        raise Refused(_("Another draw of these files is announced or has taken place. Call that one off first."))
    _must_be_fresh(scenario, at=at)
    move(scenario, SCENARIO, "announce")
    made = Draw.objects.create(
        edition_id=scenario.edition_id, call=scenario.call, scenario=scenario, policy=scenario.policy,
        bands=scenario.bands, threshold=weighing.threshold_of(scenario, scenario.call), seats=scenario.seats,
        panels=scenario.result["panels"], tickets=scenario.result["tickets"],
        people=sum(chance != "0" for chance in scenario.result["chances"].values()),
        fingerprint=portfolio.fingerprint, published=portfolio.published, source=" ".join(source.split())[:300],
        known_at=known_at, announced_at=at, announced_by=by,
    )  # fmt: skip
    record(facts.DRAW_ANNOUNCED, thing=scenario, by=by, at=at, draw=made.pk)
    return made


def _portfolio(scenario: Scenario) -> Portfolio:
    found: Portfolio | None = Portfolio.objects.filter(scenario=scenario).first()
    if found is None:
        raise NotNow(_("Nobody’s chance has been worked out yet."))
    return found


def _standing(scenario: Scenario) -> Any:
    """The draws that stand for the same files, or for files among them."""
    rows = Draw.objects.filter(call=scenario.call_id).exclude(state="called_off")
    return rows.filter(scenario__cut_off__in=["", scenario.cut_off]) if scenario.cut_off else rows


def _must_be_fresh(scenario: Scenario, *, at: datetime) -> None:
    if is_stale(scenario, decidable(scenario.call, scenario.cut_off, at=at)):
        raise Refused(
            _("Scores, files or verdicts changed since the chances were worked out. Work them out again first.")
        )


@transaction.atomic
def draw(*, draw: Draw, seed: str, by: Any, at: datetime) -> Scenario:
    """Draw one cohort from the seed that everybody can look up. Hashing alone: no solver.

    ``NotNow`` before the seed can be known; refused without a seed, and when files changed since the announcement: then
    the draw is to be called off and announced anew.
    """
    scenario = draw.scenario
    Call.objects.select_for_update().get(pk=scenario.call_id)
    seed = " ".join(seed.split())
    if not seed or len(seed) > LONGEST_SEED:
        raise Refused(_("Write the seed as it was published, in 1 to %(most)s characters.") % {"most": LONGEST_SEED})
    if at < draw.known_at:
        raise NotNow(
            _("The seed is not known before %(when)s.") % {"when": moments.zoned(draw.known_at, scenario.call.zone)}
        )
    if draw.state == DRAW.start:
        _must_be_fresh(scenario, at=at)
    drawn = weighing.drawn(scenario, _portfolio(scenario), seed)
    move(draw, DRAW, "draw", seed=seed, ball=drawn.ball, drawn_at=at)
    move(scenario, SCENARIO, "draw", result=drawn.result, solved_at=at)
    record(facts.DRAWN, thing=scenario, by=by, at=at, draw=draw.pk)
    return scenario


@transaction.atomic
def call_off(*, draw: Draw, reason: str, by: Any, at: datetime) -> Scenario:
    """Take an announcement or a draw back. The reason is public and stays so; everybody's chances stand as before.

    Refused without a reason; ``NotNow`` while its selection is adopted.
    """
    if not reason.strip():
        raise Refused(_("Say why the draw is called off: everybody can read it."))
    scenario = draw.scenario
    move(draw, DRAW, "call_off", reason=reason.strip()[:1000], called_off_at=at)
    move(scenario, SCENARIO, "call_off", result=weighing.undrawn(scenario), prices={}, price_asked="", person_asked="")
    record(facts.DRAW_CALLED_OFF, thing=scenario, by=by, at=at, draw=draw.pk, why=reason.strip()[:1000])
    return scenario


@transaction.atomic
def erase_input(*, call: Call, by: Any, at: datetime) -> int:
    """Erase what draws were worked out from, attributes and all, because files of it are erased; what was published
    stays. How many."""
    kept = list(Portfolio.objects.filter(scenario__call=call).exclude(committed="").select_related("scenario"))
    for one in kept:
        record(facts.DRAW_INPUT_ERASED, thing=one.scenario, by=by, at=at)
    return Portfolio.objects.filter(pk__in=[one.pk for one in kept]).update(committed="")
