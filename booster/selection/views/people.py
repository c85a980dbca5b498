"""The builder's list of people as HTML, put together without a template: two hundred rows in a few milliseconds."""

from collections.abc import Callable, Sequence
from functools import cache

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeText
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from booster.kit.words import told
from booster.selection.queries.board import PersonRow
from booster.ui.lines import lines
from booster.ui.templatetags.groups import Seat
from booster.ui.templatetags.marks import ecosystem

ROW = (
    '<li class="candidate{}" id="p{}"><p class="points number">{}</p><div class="who"><p class="name">'
    '<a href="{}">{}</a></p><p class="quiet small">{}</p></div><ul class="chips">{}</ul><div class="verdict">'
    '<p class="small"><strong>{}</strong>{} {}</p>{}</div><button class="button second small" id="t{}" '
    'name="toggle_{}" value="{}" hx-post="{}" aria-label="{}">{}</button></li>'
)
OUTSIDE = '<li id="p{}"><a href="{}">{}</a> <span class="quiet small">{} · {}</span></li>'
PRICED = (
    '<button class="button third small" formaction="{}" name="reference" value="{}">{}'
    '<span class="visually-hidden"> {}</span></button>'
)
NOTE = ' <span class="quiet">{}</span>'


@cache
def _chips(keys: tuple[str, ...], language: str | None) -> SafeText:
    """Kept for each language, because names of ecosystems are translated."""
    return format_html_join("", "<li>{}</li>", ((ecosystem(key, short=True),) for key in keys))


def listed(rows: Sequence[PersonRow], *, here: str, prices: str = "") -> SafeText:
    """Candidates, each with the button that moves them. ``here``: the address that it posts to; ``prices``: the one
    that asks what a seat for somebody costs, empty where nothing was worked out."""
    files, language = reverse("applications:file", args=[0]), get_language()
    cost = _("What would a seat cost?")
    inside, outside, reserve = _("In."), _("Out."), _("Reserve %(n)s.")
    leave, put, leave_who, put_who = _("Leave out"), _("Put in"), _("Leave out %(who)s"), _("Put in %(who)s")
    return lines(
        ROW,
        (
            (
                " is-in" if one.is_in else " is-out" if one.by_hand else "",
                one.pk,
                "–" if one.points is None else one.points,
                files.replace("/0/", f"/{one.pk}/"),
                one.title,
                " · ".join(filter(None, (one.organisation, one.country, one.about, one.reference))),
                _chips(one.ecosystems, language),
                "" if one.waits else inside if one.is_in else reserve % {"n": one.reserve} if one.reserve else outside,
                _fills(one.fills) if one.reserve and one.fills else "",
                told(one.reason, _),
                format_html(PRICED, prices, one.reference, cost, one.title) if prices and one.may_be_priced else "",
                one.pk,
                "out" if one.is_in else "in",
                one.reference,
                here,
                (leave_who if one.is_in else put_who) % {"who": one.title},
                leave if one.is_in else put,
            )
            for one in rows
        ),
    )


def _fills(seats: int) -> SafeText:
    told = ngettext("Can fill %(n)s seat.", "Can fill %(n)s seats.", seats) % {"n": seats}
    return format_html(NOTE, told)


def outside(rows: Sequence[PersonRow]) -> SafeText:
    """Those who cannot be chosen, with the reason."""
    return _noted(rows, lambda one: told(one.reason, _))


def holders(rows: Sequence[PersonRow]) -> SafeText:
    """Those who have a seat already, with where they are from."""
    return _noted(rows, lambda one: ", ".join(filter(None, (one.organisation, one.country))))


def _noted(rows: Sequence[PersonRow], note: Callable[[PersonRow], str]) -> SafeText:
    files = reverse("applications:file", args=[0])
    return lines(
        OUTSIDE,
        ((one.pk, files.replace("/0/", f"/{one.pk}/"), one.title, one.reference, note(one)) for one in rows),
    )


def seated(rows: Sequence[PersonRow]) -> list[Seat]:
    """Who is in, the best first, as the picture of the group draws them."""
    return [
        Seat(
            label=one.code,
            name=", ".join(filter(None, (one.title, one.organisation, one.country))),
            href=f"#p{one.pk}",
            ecosystem=one.ecosystems[0] if one.ecosystems else "",
            hand=one.by_hand,
        )
        for one in rows
        if one.is_in
    ]
