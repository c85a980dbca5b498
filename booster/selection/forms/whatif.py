"""What the cohort builder's form says: seats, limits by the row, who is in and out by hand.

Read by hand and not by a Django form: rows are added and removed with and without a script, and a wrong number in one
row must not hide the picture of the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booster.calls.models import Call
from booster.craft.balance import EACH
from booster.kit.words import told
from booster.selection.models import Scenario
from booster.selection.queries.board import Asked, name
from booster.selection.queries.window import Look
from booster.selection.rules import limits, policies
from booster.selection.rules.whatif import Hand

MOST_SEATS = 10_000
GROUPS = {
    "country": gettext_lazy("Country"),
    "ecosystem": gettext_lazy("Ecosystem"),
    "maturity": gettext_lazy("Maturity"),
    "role": gettext_lazy("Role"),
    "gender": gettext_lazy("Gender"),
    "newcomer": gettext_lazy("Newcomer"),
}
EACHES = {
    "country": gettext_lazy("Each country"),
    "ecosystem": gettext_lazy("Each ecosystem"),
    "maturity": gettext_lazy("Each maturity"),
    "role": gettext_lazy("Each role"),
    "gender": gettext_lazy("Each gender"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One row of the limits editor, as typed. ``what`` is ``attribute:value``."""

    what: str = ""
    least: str = ""
    most: str = ""
    fixed: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.what and (self.least or self.most))


@dataclass(frozen=True, slots=True)
class How:
    """The policy as typed: its threshold, and the lower bounds of all bands but the last."""

    policy: str = policies.POINTS
    threshold: str = ""
    bands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """The field of one band's lower bound."""

    number: int
    letter: str
    text: str
    error: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The form as read. ``problems`` are sentences; ``asked`` leaves out what could not be read."""

    name: str
    seats: str
    seed: str
    per_organisation: str
    reserves: str
    rows: tuple[Typed, ...]
    asked: Asked
    problems: tuple[str, ...]
    look: Look = field(default_factory=Look)
    how: How = field(default_factory=How)
    errors: Mapping[str, str] = field(default_factory=dict)  # by place: threshold, bands, band-1 …

    @property
    def is_wrong(self) -> bool:
        return bool(self.problems or self.errors)

    @property
    def bands(self) -> list[Bound]:
        """The fields of the bands, as many as there may be."""
        rows = zip(policies.LETTERS, self.how.bands, strict=False)
        return [Bound(n, letter, text, self.errors.get(f"band-{n}", "")) for n, (letter, text) in enumerate(rows, 1)]


def read(data: QueryDict | None, call: Call, scenario: Scenario | None, cut_off: str = "") -> WhatIf:
    """What was posted; without it what the scenario says, else the call's own seats without limits. ``cut_off``: the
    batch that is chosen from."""
    kept = _of(scenario) if scenario else _checked(_fresh(call), Hand())
    form = _chosen_by(kept if data is None else _typed(data, call), call)
    return replace(form, asked=replace(form.asked, cut_off=cut_off))


def _chosen_by(form: WhatIf, call: Call) -> WhatIf:
    """The form with its policy read; what is wrong stands beside its field. Bands that nobody typed are the usual
    ones."""
    how, errors = form.how, {}
    threshold, bounds, read = None, (), call.threshold
    if how.policy in policies.DRAWN:
        try:
            threshold = policies.threshold_of(how.threshold, call=call.threshold)
            read = threshold or call.threshold
        except policies.BadPolicy as trouble:
            errors[trouble.place] = told(str(trouble), _)
    if not any(how.bands):
        how = replace(how, bands=tuple(map(str, policies.usual_bounds(read))))
    if how.policy == policies.MERIT and not errors:
        try:
            bounds = policies.bounds_of(how.bands, threshold=read)
        except policies.BadPolicy as trouble:
            errors[trouble.place] = told(str(trouble), _)
    how = replace(how, bands=(*how.bands, *("" for _n in range(policies.MOST - 1)))[: policies.MOST - 1])
    asked = replace(form.asked, policy=how.policy, bands=bounds, threshold=threshold)
    return replace(form, how=how, errors=errors, asked=asked)


def _typed(data: QueryDict, call: Call) -> WhatIf:
    columns = [data.getlist(name) for name in ("limit", "least", "most", "fixed")]
    rows = [Typed(w[:80], a.strip()[:9], b.strip()[:9], c == "yes") for w, a, b, c in zip(*columns, strict=False)]
    if (gone := data.get("remove", "")).isdecimal() and int(gone) < len(rows):
        del rows[int(gone)]
    if "add" in data:
        rows.append(Typed())
    hand = Hand(tuple(data.getlist("in")), tuple(data.getlist("out")))
    if key := data.get("toggle_in") or data.get("toggle_out"):
        hand = hand.toggled(key, is_in="toggle_out" in data)
    form = WhatIf(
        name=data.get("name", "").strip()[:120], seats=data.get("seats", "")[:9], seed=data.get("seed", "")[:19],
        per_organisation=data.get("per_organisation", "")[:9], reserves=data.get("reserves", "")[:9],
        rows=tuple(rows), asked=_nothing(call), problems=(), look=_look(data), how=_how(data),
    )  # fmt: skip
    return _checked(form, hand)


def _how(data: QueryDict) -> How:
    policy = data.get("policy", "")
    bands = tuple(text.strip()[:9] for text in data.getlist("band")[: policies.MOST - 1])
    return How(policy if policy in policies.MEANS else policies.POINTS, data.get("threshold", "").strip()[:9], bands)


def _look(data: QueryDict) -> Look:
    """What of the list was asked for; another question begins on its first page, moving a person stays on it."""
    if "all" in data:
        return Look()
    words, of = data.get("words", "").strip()[:80], (data.get("of") or data.get("of_before", ""))[:80]
    moves = "toggle_in" in data or "toggle_out" in data
    number = data.get("page") or (data.get("page_before", "") if moves else "")
    return Look(words, of, int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1)


def _nothing(call: Call) -> Asked:
    return Asked(call.seats, 1, limits.Wish(per_organisation=call.per_organisation or None), Hand())


def _fresh(call: Call) -> WhatIf:
    most = str(call.per_organisation or "")
    return WhatIf("", str(call.seats), "1", most, "10", (Typed(f"country:{EACH}"),), _nothing(call), ())


def _of(scenario: Scenario) -> WhatIf:
    rows = [
        Typed(
            f"{one['attribute']}:{one['value']}",
            "" if one["minimum"] is None else str(one["minimum"]),
            "" if one["maximum"] is None else str(one["maximum"]),
            bool(one["frozen"]),
        )
        for one in scenario.limits
    ]
    most = "" if scenario.per_organisation is None else str(scenario.per_organisation)
    nothing = Asked(scenario.seats, scenario.seed, limits.Wish(), Hand())
    threshold = "" if scenario.threshold is None else f"{scenario.threshold.normalize():f}"
    how = How(scenario.policy, threshold, tuple(map(str, scenario.bands)))
    form = WhatIf(
        scenario.name, str(scenario.seats), str(scenario.seed), most, str(scenario.reserves), tuple(rows), nothing, (),
        how=how,
    )  # fmt: skip
    return _checked(form, Hand(tuple(scenario.picked), tuple(scenario.dropped)))


def _checked(form: WhatIf, hand: Hand) -> WhatIf:
    problems: list[str] = []
    seats = _whole(form.seats, form.asked.seats, _("Seats"), problems)
    seed = _whole(form.seed or "1", 1, _("Seed"), problems, most=2**62)
    most = _whole(form.per_organisation, None, _("Per organisation"), problems)
    reserves = _whole(form.reserves or "10", 10, _("Reserve places"), problems)
    wished = []
    for number, row in enumerate(form.rows, start=1):
        if row.is_empty:
            continue
        attribute, _gap, value = row.what.partition(":")
        place = _("Limit %(n)s") % {"n": number}
        low, high = _whole(row.least, None, place, problems), _whole(row.most, None, place, problems)
        wished.append(
            {"attribute": attribute, "value": value, "minimum": low, "maximum": high, "frozen": row.fixed}
        )  # fmt: skip
    try:
        wish = limits.read(wished, per_organisation=most)
    except limits.BadLimits as trouble:
        problems.append(told(str(trouble), _))
        wish = limits.Wish(per_organisation=most)
    asked = Asked(seats or 0, seed or 1, wish, hand, reserves or 0)
    return replace(form, asked=asked, problems=tuple(problems))


def _whole(
    text: str, default: int | None, place: str, problems: list[str], *, most: int = MOST_SEATS
) -> int | None:  # fmt: skip
    text = text.strip()
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and int(text) <= most):
        problems.append(
            _("%(place)s: “%(text)s” is no whole number from 0 to %(most)s.")
            % {"place": place, "text": text, "most": most}
        )
        return default
    return int(text)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row of the editor, ready to show."""

    typed: Typed
    options: SafeText


def limit_rows(rows: Sequence[Typed], values: Mapping[str, Sequence[str]]) -> tuple[list[Drawn], SafeText]:
    """The editor's rows with their choices, and the choices of an empty row. Cost: rows times values, no query."""
    groups: list[tuple[Any, list[tuple[str, Any]]]] = []
    for attribute, title in GROUPS.items():
        choices = [(f"{attribute}:{EACH}", EACHES[attribute])] if attribute in EACHES else []
        choices += [(f"{attribute}:{value}", name(attribute, value)) for value in values.get(attribute, ())]
        groups.append((title, choices))
    return [Drawn(row, _options(groups, row.what)) for row in rows], _options(groups, "")


def _options(groups: Sequence[tuple[Any, Sequence[tuple[str, Any]]]], chosen: str) -> SafeText:
    known = {value for _title, choices in groups for value, _label in choices}
    if chosen and chosen not in known:  # a value that nobody in the pool carries stays readable
        attribute, _gap, value = chosen.partition(":")
        groups = [*groups, (_("Nobody in the pool"), [(chosen, name(attribute, value))])]
    inside = format_html_join(
        "",
        '<optgroup label="{}">{}</optgroup>',
        (
            (
                title,
                format_html_join(
                    "",
                    '<option value="{}"{}>{}</option>',
                    ((value, SELECTED if value == chosen else "", label) for value, label in choices),
                ),
            )
            for title, choices in groups
            if choices
        ),
    )
    return format_html('<option value="">{}</option>{}', _("Choose"), inside)


SELECTED = format_html("{}", " selected")
