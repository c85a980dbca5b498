"""The group as pictures: each attribute with a sentence that says what is shown, each limit with whether it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booster.craft.balance import EACH
from booster.selection.queries.board import Asked, Bar, Board, LimitRow, name
from booster.ui.templatetags.charts import verdict

MOST_SEATS = 120  # a picture of more seats would be a wall of squares
LONG = 6  # more values than these are told as a number, not one by one
TITLES = {
    "country": gettext_lazy("Countries"),
    "ecosystem": gettext_lazy("Ecosystems"),
    "gender": gettext_lazy("Gender"),
    "maturity": gettext_lazy("Maturity"),
    "role": gettext_lazy("Role"),
    "newcomer": gettext_lazy("Newcomers"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    key: str
    title: str
    says: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One sentence on a limit. ``tone``: good or stop."""

    text: str
    tone: str


def drawn(board: Board) -> list[Picture]:
    """A picture of every attribute that a candidate carries; values with nobody and no minimum are told in words."""
    found = []
    for key, title in TITLES.items():
        bars = board.pictures.get(key, ())
        if not bars:
            continue
        shown = bars if key != "country" else tuple(one for one in bars if one.value or one.minimum)
        found.append(Picture(key, str(title), _says(bars), shown))
    return found


def _says(bars: Sequence[Bar]) -> str:
    there = [one for one in bars if one.value]
    if len(bars) <= LONG:
        return ", ".join(f"{one.label} {one.value}" for one in bars) + "."
    told = ngettext("%(n)s of %(all)s in the group.", "%(n)s of %(all)s in the group.", len(there)) % {
        "n": len(there),
        "all": len(bars),
    }
    missing = [one.label for one in bars if not one.value]
    if missing and len(missing) <= LONG:
        told += " " + _("Nobody: %(names)s.") % {"names": ", ".join(missing)}
    return told


def kept(board: Board, asked: Asked) -> list[Kept]:
    """Each limit as it was asked for, and whether the group keeps it, broken ones first."""
    found = []
    for one in asked.wish.limits:
        lines = [row for row in board.limits if row.attribute == one.attribute and one.value in (EACH, row.value)]
        found.append(_kept(one.attribute, one.value, lines))
    return sorted((one for one in found if one.text), key=lambda one: one.tone != "stop")


def _kept(attribute: str, value: str, lines: Sequence[LimitRow]) -> Kept:
    broken = [row for row in lines if row.broken]
    title = str(TITLES[attribute]) if value == EACH else name(attribute, value)
    if broken:
        told = "; ".join(_broken(row, alone=value != EACH) for row in broken[:LONG])
        more = len(broken) - LONG
        rest = " " + ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more} if more > 0 else ""
        return Kept(f"{title}: {told}{rest}.", "stop")
    full = [row.label for row in lines if row.binding]
    if value != EACH:
        return (
            Kept(_("%(what)s: %(n)s, kept.") % {"what": title, "n": lines[0].count}, "good") if lines else Kept("", "")
        )
    if not full:
        return Kept(_("%(what)s: kept, with room everywhere.") % {"what": title}, "good")
    if len(full) > LONG:
        return Kept(_("%(what)s: kept, %(n)s at the limit.") % {"what": title, "n": len(full)}, "good")
    return Kept(_("%(what)s: kept, at the limit %(names)s.") % {"what": title, "names": ", ".join(full)}, "good")


def _broken(row: LimitRow, *, alone: bool) -> str:
    by = verdict(row.count, row.minimum, row.maximum)[1]
    return f"{row.count} ({by})" if alone else f"{row.label} {row.count} ({by})"
