"""A group as a picture: who sits where, and how its parts stand against their limits. Drawn as charts are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from booster.ui.templatetags.charts import limits, number, shown, verdict
from booster.ui.templatetags.marks import found_ecosystem, icon


@dataclass(frozen=True, slots=True)
class Part:
    """One value that people of a group carry: how many do, may and could. ``key`` names it to a server."""

    label: str
    value: int
    available: int = 0
    ecosystem: str = ""
    key: str = ""
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Who holds a seat: two letters under the glyph, the name for those who listen or point."""

    label: str
    name: str
    href: str = ""
    ecosystem: str = ""
    hand: bool = False


def eco(which: str) -> str:
    known = found_ecosystem(which) if which else None
    return f"eco-{known.number}" if known else ""


def quota(part: Part) -> str:
    """The limits of a part in the fewest words."""
    low, high = part.minimum, part.maximum
    if low is not None and high is not None:
        return f"{low}–{high}" if low != high else _("exactly %(n)s") % {"n": low}
    if low is not None:
        return _("min. %(n)s") % {"n": low}
    return _("max. %(n)s") % {"n": high} if high is not None else ""


def scale(parts: Sequence[Part]) -> float:
    """Where the bars end: everything reached and asked for fits; a maximum far beyond may lie outside."""
    most = max([1, *(one.value for one in parts), *(one.minimum or 0 for one in parts)])
    near = [one.maximum for one in parts if one.maximum is not None and one.maximum <= 1.5 * most + 1]
    return float(max([most, *near]))


def named(part: Part, post: str) -> SafeString:
    """The name; with ``post`` a button that asks for the people behind it."""
    if not (post and part.key):
        return format_html("{}", part.label)
    return format_html(
        '<button class="link" name="of" value="{}" formaction="{}#people" hx-post="{}" '
        'hx-swap="outerHTML show:#people:top">{}</button>',
        part.key, post, post, part.label,
    )  # fmt: skip


def against(part: Part, top: float) -> SafeString:
    """The bar on its band, a tick for each limit."""
    low, high = part.minimum, part.maximum
    start, end = (100 * min(x, top) / top for x in (low or 0, top if high is None else high))
    limited = low is not None or high is not None
    band = (
        format_html('<rect class="band" x="{}" width="{}" height="12"/>', number(start), number(max(end - start, 0.6)))
        if limited
        else ""
    )
    ticks = format_html_join(
        "",
        '<path class="limit" vector-effect="non-scaling-stroke" d="M{} 0V12"/>',
        ((number(at),) for at, x in ((start, low), (end, high)) if x is not None and x <= top),
    )
    return format_html(
        '<svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">{}'
        '<rect class="bar" y="2" width="{}" height="8"/>{}</svg>',
        band, number(100 * part.value / top), ticks,
    )  # fmt: skip


def line(part: Part, top: float, post: str) -> tuple[str, SafeString, SafeString, int, SafeString, SafeString]:
    tone, words = verdict(part.value, part.minimum, part.maximum)
    broken = tone in ("short", "over")
    allowed = format_html(' <span class="allowed">{}</span>', quota(part)) if quota(part) else mark_safe("")
    told = format_html('<span class="told">{}{}</span>', icon("alert-triangle"), words) if broken else mark_safe("")
    return f"{tone} {eco(part.ecosystem)}", named(part, post), against(part, top), part.value, allowed, told


def behind(parts: Sequence[Part]) -> SafeString:
    """The same as a table."""
    heads = format_html_join("", '<th scope="col"{}>{}</th>', (
        (mark_safe(' class="num"') if n in (1, 3) else "", words)
        for n, words in enumerate((_("What"), _("In the group"), _("Limit"), _("Candidates")))
    ))  # fmt: skip
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="num">{}</td><td>{}</td><td class="num">{}</td></tr>',
        ((one.label, shown(one.value), limits(one.minimum, one.maximum) or "–", one.available) for one in parts),
    )
    return format_html(
        '<details><summary>{}</summary><div class="table-wrap"><table class="table"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div></details>",
        _("The same as a table"), heads, rows,
    )  # fmt: skip


def balance(parts: Iterable[Part], title: str, says: str = "", post: str = "", level: int = 3) -> SafeString:
    """The parts of a group on one scale, each against its limits, with a table behind.

    With ``post`` a name is a button that sends ``of=key`` there, for the people behind the number.
    """
    read = list(parts)
    top = scale(read)
    items = format_html_join(
        "",
        '<li class="{}"><span class="name">{}</span>{}<span class="value"><b>{}</b>{}</span>{}</li>',
        (line(one, top, post) for one in read),
    )
    told = format_html('<p class="says">{}</p>', says) if says else ""
    return format_html(
        '<section class="balance"><h{}>{}</h{}>{}<ul class="quotas">{}</ul>{}</section>',
        level, title, level, told, items, behind(read),
    )  # fmt: skip


def seats(people: Iterable[Seat], total: int, title: str) -> SafeString:
    """A group seat by seat, free seats as open squares; who is one too many and who was put in by hand is marked."""

    def taken(place: int, one: Seat) -> tuple[str, str, str, SafeString, str, str]:
        known = found_ecosystem(one.ecosystem) if one.ecosystem else None
        tones = (eco(one.ecosystem), "hand" if one.hand else "", "over" if place > total else "")
        glyph = icon(known.glyph if known else "circle")
        return " ".join(filter(None, tones)), one.href, one.name, glyph, one.label, one.name

    held = list(people)
    inside = format_html_join(
        "",
        '<li class="{}"><a href="{}" title="{}"><span class="glyph">{}</span><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></a></li>',
        (taken(place, one) for place, one in enumerate(held, start=1)),
    )
    free = format_html(
        '<li class="free"><span class="glyph"></span><span class="visually-hidden">{}</span></li>', _("a free seat")
    )
    rest = format_html_join("", "{}", ((free,) for _place in range(total - len(held))))
    return format_html('<ol class="seats" aria-label="{}">{}{}</ol>', title, inside, rest)
