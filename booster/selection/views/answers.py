"""What was worked out for a scenario, ready to show: limits and their prices, chances, bands, how far the work is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booster.selection.models import Draw, Scenario
from booster.selection.queries import board as boards
from booster.selection.rules import chances, policies

STAGES = {
    "chances": gettext_lazy("The fairest chances are looked for."),
    "levels": gettext_lazy("Fair chances are looked for among whole groups."),
    "groups": gettext_lazy("Groups that reach these chances are put together."),
}
WORKED_OUT = ("solved", "adopted", "weighed", "announced")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as it was asked for and reached. ``price``: what it costs, once somebody asked."""

    key: str
    label: str
    asked: str
    got: str
    binding: bool
    price: Mapping[str, Any] | None
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Chances:
    """``says`` tells the picture in a sentence; ``columns`` are its rows."""

    spread: chances.Spread
    says: str
    columns: tuple[tuple[str, int], ...]


def of(scenario: Scenario | None, rows: Sequence[boards.PersonRow]) -> dict[str, Any]:
    """What the page says of a scenario that was worked out; ``rows``: the people of its board. At most one query, for
    the draw of a lottery."""
    shown = {"policies": [(key, Scenario.Policy(key).label, _(policies.MEANS[key])) for key in policies.MEANS]}
    if scenario is None:
        return shown
    shown["stage"] = stage(scenario)
    if scenario.state not in WORKED_OUT:
        return shown
    more: dict[str, Any] = {"limits": limits(scenario), "replaceable": replaceable(scenario.result)}
    if scenario.is_lottery:
        more |= {"chances": spread(scenario.result, apart=scenario.picked), "bands_found": scenario.result["bands"]}
        more["draw"] = Draw.objects.filter(scenario=scenario).exclude(state="called_off").first()
    if scenario.prices or scenario.price_asked:
        more["limits_priced"] = any(one.price or one.is_asked for one in more["limits"])
        more["seats_priced"] = inclusions(scenario, rows)
    return shown | more


def stage(scenario: Scenario) -> str:
    """What the worker is at."""
    return str(STAGES.get(scenario.progress.get("stage", ""), ""))


def limits(scenario: Scenario) -> list[Limit]:
    """Every limit, those that bind first."""
    rows = [_limit(one, scenario) for one in scenario.result.get("limits", [])]
    return sorted(rows, key=lambda one: not one.binding)


def _limit(one: Mapping[str, Any], scenario: Scenario) -> Limit:
    key = f"{one['attribute']} {one['value']}"
    fewest, most = one.get("fewest", one["reached"]), one["reached"]
    return Limit(
        key=key,
        label=boards.name(one["attribute"], one["value"]) or one["label"],
        asked=asked(one["minimum"], one["maximum"]),
        got=str(most) if fewest == most else _("%(low)s to %(high)s") % {"low": fewest, "high": most},
        binding=bool(one["binding"]),
        price=scenario.prices.get(key),
        is_asked=scenario.price_asked == key,
    )


def asked(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("at least %(n)s") % {"n": low} if low is not None else _("at most %(n)s") % {"n": high}


def replaceable(result: Mapping[str, Any]) -> dict[str, int] | None:
    """How many of the chosen somebody in reserve can replace one for one, limits kept."""
    if "seats_of_reserve" not in result:
        return None
    filled = {seat for seats in result["seats_of_reserve"].values() for seat in seats}
    return {"n": len(filled & set(result["chosen"])), "of": len(result["chosen"])}


def spread(result: Mapping[str, Any], *, apart: Sequence[str] = ()) -> Chances:
    """How the chances are spread, with the sentence that a picture of them needs."""
    found = chances.spread(result["chances"], apart=[*apart, *result.get("seated", ())])
    says = ngettext(
        "%(n)s person takes part in the lottery; the smallest chance of anybody is %(least)s.",
        "%(n)s people take part in the lottery; the smallest chance of anybody is %(least)s.",
        found.in_lottery,
    ) % {"n": found.in_lottery, "least": found.least}
    columns = tuple((f"{10 * n + 10} %", count) for n, count in enumerate(found.columns))
    return Chances(found, says, columns)


def inclusions(scenario: Scenario, rows: Sequence[boards.PersonRow]) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The people whose seat was priced: reference, name, and what it costs."""
    found = {key.removeprefix("person "): scenario.prices[key] for key in scenario.prices if key.startswith("person ")}
    names = {one.reference: one.title for one in rows if one.reference in found}
    return [(reference, names.get(reference, ""), found[reference]) for reference in sorted(found)]
