"""Charts as SVG drawn on the server: no script, no inline style, a text that says what they show, a table behind."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from booster.ui.templatetags.marks import found_ecosystem, icon

Rows = Iterable[object]
WIDE = 380  # units of a drawn chart: about the pixels of a phone, so that its text stays readable there


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    value: float
    href: str = ""
    tone: str = ""
    note: str = ""
    ecosystem: object = None


def row_of(row: object) -> Row:
    """A row from a dict, from an object with the same names, or from ``(label, value[, href])``."""
    if isinstance(row, tuple):
        return Row(*row)
    take = row.get if isinstance(row, dict) else lambda name, default: getattr(row, name, default)
    names = [("href", ""), ("tone", ""), ("note", ""), ("ecosystem", None)]
    return Row(
        take("label", ""), take("value", 0) or 0, **{name: take(name, default) or default for name, default in names}
    )


def shown(value: float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def number(value: float) -> str:
    """A coordinate, short."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def linked(text: object, href: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', href, text) if href else format_html("{}", text)


def table_behind(rows: list[Row], unit: str) -> SafeString:
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="num">{}</td></tr>',
        ((linked(r.label, r.href), shown(r.value)) for r in rows),
    )
    return format_html(
        '<details><summary>{}</summary><table class="table"><thead><tr><th scope="col">{}</th>'
        '<th scope="col" class="num">{}</th>'
        "</tr></thead><tbody>{}</tbody></table></details>",
        _("The same as a table"), _("What"), unit or _("How many"), body,
    )  # fmt: skip


def framed(inside: SafeString, title: str, says: str, behind: SafeString | str = "") -> SafeString:
    caption = format_html("<figcaption>{}</figcaption>", title) if title else ""
    told = format_html('<p class="says">{}</p>', says) if says else ""
    return format_html('<figure class="chart">{}{}{}{}</figure>', caption, told, inside, behind)


def bar(value: float, top: float, tone: str = "") -> SafeString:
    width = 0 if top <= 0 else max(0.0, min(100.0, 100 * value / top))
    return format_html(
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="10"/>'
        '<rect class="bar {}" width="{}" height="10"/></svg>',
        tone, number(width),
    )  # fmt: skip


def bars(rows: Rows, title: str = "", says: str = "", unit: str = "", table: bool = False) -> SafeString:
    """A list of bars from the same start, the longest the whole width; names and values are text, so it reads aloud."""
    read = [row_of(row) for row in rows]
    top = max((r.value for r in read), default=0)

    def item(r: Row) -> tuple[str, SafeString, SafeString, str]:
        known = found_ecosystem(r.ecosystem) if r.ecosystem else None
        tone = f"eco-{known.number}" if known else ""
        note = format_html(' <span class="quiet">{}</span>', r.note) if r.note else ""
        return tone, format_html("{}{}", linked(r.label, r.href), note), bar(r.value, top, r.tone), shown(r.value)

    items = format_html_join(
        "", '<li class="{}"><span class="name">{}</span>{}<span class="value">{}</span></li>', map(item, read)
    )
    inside = format_html('<ul class="bars">{}</ul>', items)
    return framed(inside, title, says, table_behind(read, unit) if table and read else "")


def funnel(rows: Rows, title: str = "", says: str = "", unit: str = "") -> SafeString:
    """Steps from many to few: bars of one scale, each with what is left of the step before it."""
    read = [row_of(row) for row in rows]
    steps = []
    for before, here in zip([None, *read], read, strict=False):
        share = here.note or (f"{100 * here.value / before.value:.0f} %" if before and before.value else "")
        steps.append(Row(here.label, here.value, here.href, here.tone, share, here.ecosystem))
    return bars(steps, title, says, unit, table=True)


def column(row: Row, place: int, step: float, top: float) -> SafeString:
    """One column on the ground line at 144, at most 120 high, its value above and its name below."""
    tall, middle = 120 * row.value / top, number((place + 0.5) * step)
    return format_html(
        '<g><rect class="bar {}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="quiet" x="{}" y="160" text-anchor="middle">{}</text></g>',
        row.tone,
        *(number(part) for part in ((place + 0.12) * step, 144 - tall, 0.76 * step, tall)),
        middle,
        number(138 - tall),
        shown(row.value) if row.value else "",
        middle,
        row.label,
    )


def distribution(rows: Rows, title: str = "", says: str = "", unit: str = "", mark: float | None = None) -> SafeString:
    """Columns in the order given, e.g. marks 0 to 5. ``mark`` draws a threshold through a column, counted from 0."""
    read = [row_of(row) for row in rows]
    if not read:
        return framed(format_html('<p class="quiet">{}</p>', _("Nothing to draw yet.")), title, says)
    top, step = max(r.value for r in read) or 1, WIDE / len(read)
    columns = format_html_join("", "{}", ((column(r, i, step, top),) for i, r in enumerate(read)))
    line = format_html('<path class="limit" d="M{} 10V144"/>', number((mark + 0.5) * step)) if mark is not None else ""
    drawn = format_html(
        '<svg viewBox="0 0 380 172" role="img" aria-label="{}"><path class="axis" d="M0 144H380"/>{}{}</svg>',
        says or title,
        columns,
        line,
    )
    return framed(drawn, title, says, table_behind(read, unit))


def verdict(value: float, low: float | None, high: float | None) -> tuple[str, str]:
    if low is not None and value < low:
        return "short", _("%(n)s short of the minimum") % {"n": shown(low - value)}
    if high is not None and value > high:
        return "over", _("%(n)s over the maximum") % {"n": shown(value - high)}
    return "met", _("within the limits") if low is not None or high is not None else ""


def limits(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return (
            _("%(low)s to %(high)s") % {"low": shown(low), "high": shown(high)}
            if low != high
            else _("exactly %(n)s") % {"n": shown(low)}
        )
    if low is not None:
        return _("at least %(n)s") % {"n": shown(low)}
    return _("at most %(n)s") % {"n": shown(high)} if high is not None else ""


def meter(
    label: object,
    value: float,
    low: float | None = None,
    high: float | None = None,
    total: float | None = None,
    href: str = "",
) -> SafeString:
    """A value against a quota: the band is what is allowed, the bar what there is, the line below says it in words."""
    top = max(total or 0, value, (high or 0) * 1.15, (low or 0) * 1.15, 1)
    at = {
        name: 100 * (x if x is not None else d) / top
        for name, x, d in [("low", low, 0), ("high", high, top), ("bar", value, 0)]
    }
    tone, words = verdict(value, low, high)
    band = format_html(
        '<rect class="band" x="{}" width="{}" height="12"/>',
        number(at["low"]),
        number(max(at["high"] - at["low"], 0.6)),
    )
    ticks = format_html_join(
        "",
        '<path class="limit" vector-effect="non-scaling-stroke" d="M{} 0V12"/>',
        ((number(at[n]),) for n, x in [("low", low), ("high", high)] if x is not None),
    )
    drawn = format_html(
        '<svg class="{}" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track" width="100" height="12"/>{}<rect class="bar" y="3" width="{}" height="6"/>{}</svg>',
        tone,
        band if low is not None or high is not None else "",
        number(at["bar"]),
        ticks,
    )
    glyph = icon("check") if tone == "met" and words else icon("alert-triangle") if words else mark_safe("")
    allowed = limits(low, high)
    told = (
        format_html('<span class="told {}">{}{}{}</span>', tone, glyph, words, f" ({allowed})" if allowed else "")
        if words
        else ""
    )
    return format_html(
        '<div class="meter"><span>{}</span><span class="value">{}</span>{}{}</div>',
        linked(label, href),
        shown(value),
        drawn,
        told,
    )


def level(value: float, top: float) -> int:
    """A shade 0-5 of ``value`` on a scale that ends at ``top``."""
    return 0 if value <= 0 or top <= 0 else max(1, min(5, -int(-5 * value // top)))


def heat(
    columns: Iterable[object], rows: Iterable[object], title: str = "", says: str = "", top: float | None = None
) -> SafeString:
    """A table whose cells are tinted by their value.

    ``rows`` are ``(label, values)``; a value is a number, ``None``, or ``(number, href)``.
    """
    read = [(label, [v if isinstance(v, tuple) else (v, "") for v in values]) for label, values in rows]
    scale = top or max((v or 0 for _label, values in read for v, _href in values), default=0)

    def cell(value: float | None, href: str) -> SafeString:
        return format_html(
            '<td class="h{}">{}</td>', level(value or 0, scale), "" if value is None else linked(shown(value), href)
        )

    head = format_html_join("", '<th scope="col">{}</th>', ((c,) for c in columns))
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        ((label, format_html_join("", "{}", ((cell(*v),) for v in values))) for label, values in read),
    )
    inside = format_html(
        '<div class="table-wrap" tabindex="0" role="region" aria-label="{}"><table class="heat">'
        "<thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div>",
        title,
        head,
        body,
    )
    return framed(inside, title, says)
