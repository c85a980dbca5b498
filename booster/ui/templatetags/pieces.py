"""The larger pieces of a page: rail, cards, next step, timeline, empty state, pages of a list, steps of a form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booster.ui.templatetags.marks import ecosystem, icon
from booster.ui.templatetags.moments import days, when

NONE, PAGE, STEP = mark_safe(""), mark_safe(' aria-current="page"'), mark_safe(' aria-current="step"')
STOPS = {
    "calls": gettext_lazy("Calls"),
    "cohort": gettext_lazy("Cohort"),
    "needs": gettext_lazy("Needs"),
    "online": gettext_lazy("Online days"),
    "between": gettext_lazy("Between"),
    "in_person": gettext_lazy("In person"),
    "roadmap": gettext_lazy("Roadmap"),
    "follow_up": gettext_lazy("Follow-up"),
}
PROGRESS = {"past": gettext_lazy("done"), "now": gettext_lazy("now"), "next": gettext_lazy("to come")}


def of(thing: object, name: str, default: object = "") -> object:
    """The same from a dict or from an object; ``None`` counts as absent."""
    found = thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
    return default if found is None else found


def when_there(shape: str, value: object) -> SafeString:
    return format_html(shape, value) if value else NONE


def linked(inside: object, href: object, attributes: SafeString = NONE) -> SafeString:
    return format_html('<a href="{}"{}>{}</a>', href, attributes, inside) if href else format_html("{}", inside)


def rail_stop(stop: object) -> tuple[str, SafeString, SafeString, SafeString]:
    progress = str(of(stop, "state", "next"))
    name = of(stop, "label") or STOPS.get(str(of(stop, "key")), of(stop, "key"))
    dates = of(stop, "when") or days(of(stop, "starts", None), of(stop, "ends", None))
    text = format_html(
        '<span class="name">{}<span class="visually-hidden"> ({})</span></span>', name, PROGRESS.get(progress, progress)
    )
    here = STEP if progress == "now" else NONE
    words = linked(text, of(stop, "href")) + when_there('<span class="dates">{}</span>', dates)
    return (
        progress,
        here,
        icon("check") if progress == "past" else NONE,
        words + when_there('<span class="where">{}</span>', of(stop, "note")),
    )


def rail(stops: Iterable[object], label: str = "", compact: bool = False) -> SafeString:
    """The edition's life.

    A stop has ``key`` (one of ``STOPS``) or ``label``, ``state`` past|now|next, ``starts``/``ends`` (dates) or ``when``
    (words), and perhaps ``href`` and ``note``.
    """
    items = format_html_join(
        "", '<li class="{}"{}><span class="dot">{}</span>{}</li>', (rail_stop(stop) for stop in stops)
    )
    return format_html(
        '<nav class="rail{}" aria-label="{}"><ol>{}</ol></nav>',
        " compact" if compact else "", label or _("The life of this edition"), items,
    )  # fmt: skip


def stage(
    content: SafeString, title: str, when: object = "", state: str = "next", href: str = "", level: int = 3
) -> SafeString:
    """A card for one stage: what happens in it, when, and whether it is past, now or next."""
    kicker = when_there('<p class="kicker">{}</p>', when)
    here = format_html('<span class="visually-hidden"> ({})</span>', PROGRESS[state]) if state in PROGRESS else NONE
    return format_html(
        '<article class="card stage {}">{}<h{} class="title">{}{}</h{}>{}</article>',
        state, kicker, level, linked(title, href), here, level, content,
    )  # fmt: skip


def card(
    content: SafeString,
    title: str = "",
    href: str = "",
    level: int = 3,
    boxed: bool = False,
    kicker: object = "",
    lang: str = "",
) -> SafeString:
    """``lang``: the language of the title, where it may be another than the page's."""
    speaks = when_there(' lang="{}"', lang)
    head = format_html('<h{} class="title"{}>{}</h{}>', level, speaks, linked(title, href), level) if title else NONE
    top = when_there('<p class="label">{}</p>', kicker)
    return format_html('<article class="card{}">{}{}{}</article>', " boxed" if boxed else "", top, head, content)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    title: str
    href: str = ""
    verb: str = ""
    why: str = ""
    due: datetime | None = None
    zone: object = None
    place: str = ""
    done: bool = False
    label: str = ""
    level: int = 2

    @property
    def kicker(self) -> str:
        return self.label or (_("Nothing to do now") if self.done else _("Your next step"))


def nextstep(context: dict, title: str, **more: object) -> SafeString:
    """What the reader does next and until when, by the fields of ``NextStep``; ``done=True``: nothing but wait."""
    step = NextStep(title=title, **more)
    until = (
        format_html("<p>{} {}</p>", _("Until"), when(context, step.due, step.zone, step.place)) if step.due else NONE
    )
    look = "button second" if step.done else "button"
    button = format_html('<p class="buttons"><a class="{}" href="{}">{}</a></p>', look, step.href, step.verb or title)
    return format_html(
        '<section class="next-step{}"><p class="label">{}</p><h{} class="title">{}</h{}>{}{}{}</section>',
        " done" if step.done else "",
        step.kicker,
        step.level,
        title,
        step.level,
        when_there("<p>{}</p>", step.why),
        until,
        button if step.href else NONE,
    )


def initials(name: str) -> str:
    parts = [part for part in str(name).split() if part[0].isalnum()]
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def face(name: str, photo: str) -> SafeString:
    if photo:
        return format_html('<img class="face" src="{}" alt="" width="56" height="56" loading="lazy">', photo)
    return format_html('<span class="face" aria-hidden="true">{}</span>', initials(name))


def dotted(*parts: object) -> SafeString:
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def person(
    name: str, role: str = "", organisation: str = "", country: str = "", photo: str = "", href: str = "", ask: str = ""
) -> SafeString:
    """Who somebody is in three lines; ``ask`` is what one may ask them about."""
    lines = when_there("<p>{}</p>", role) + when_there('<p class="quiet">{}</p>', dotted(organisation, country))
    asked = format_html('<p class="ask">{}</p>', _("Ask me about %(topic)s") % {"topic": ask}) if ask else NONE
    return format_html(
        '<article class="person">{}<div><p class="name">{}</p>{}{}</div></article>',
        face(name, photo),
        linked(name, href),
        lines,
        asked,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    kind: str = ""
    place: str = ""
    country: str = ""
    members: int | None = None
    logo: str = ""
    href: str = ""
    ecosystems: Iterable[object] = ()

    @property
    def size(self) -> str:
        return (
            ""
            if self.members is None
            else ngettext("%(n)d member", "%(n)d members", self.members) % {"n": self.members}
        )


def organisation(name: str, **more: object) -> SafeString:
    """Who an organisation is, by the fields of ``Organisation``."""
    one = Organisation(**more)
    chips = format_html_join("", "<li>{}</li>", ((ecosystem(e, short=True),) for e in one.ecosystems))
    return format_html(
        '<article class="organisation">{}<div><p class="name">{}</p>{}{}{}</div></article>',
        face(name, one.logo),
        linked(name, one.href),
        when_there("<p>{}</p>", dotted(one.kind, one.size)),
        when_there('<p class="quiet">{}</p>', dotted(one.place, one.country)),
        when_there('<ul class="chips">{}</ul>', chips),
    )


def timeline(context: dict, facts: Iterable[object], zone: object = None) -> SafeString:
    """Facts as they were stated: each has ``sentence`` and ``at``, perhaps ``who`` and ``href``."""

    def told(fact: object) -> tuple[SafeString, SafeString]:
        meta = dotted(when(context, of(fact, "at", None), zone), of(fact, "who"))
        return linked(of(fact, "sentence"), of(fact, "href")), meta

    shape = '<li><span class="told">{}</span><span class="meta">{}</span></li>'
    items = format_html_join("", shape, map(told, facts))
    if not items:
        return format_html('<p class="quiet">{}</p>', _("Nothing has happened yet."))
    return format_html('<ol class="timeline">{}</ol>', items)


def nothing(title: str, why: str = "", href: str = "", verb: str = "", glyph: str = "leaf") -> SafeString:
    """An empty list: why it is empty and the step that fills it."""
    step = format_html('<p class="buttons"><a class="button second" href="{}">{}</a></p>', href, verb) if href else NONE
    return format_html(
        '<div class="nothing">{}<p class="title">{}</p>{}{}</div>',
        icon(glyph),
        title,
        when_there("<p>{}</p>", why),
        step,
    )


def notice(content: SafeString, tone: str = "", title: str = "", glyph: str = "") -> SafeString:
    """A paragraph that must not be missed; ``tone`` is empty, good, careful, stop or accent."""
    known = {"good": "circle-check", "careful": "alert-triangle", "stop": "circle-x", "accent": "flag"}
    head = when_there('<p class="title">{}</p>', title)
    return format_html(
        '<div class="notice {}">{}<div>{}{}</div></div>',
        tone,
        icon(glyph or known.get(tone, "info-circle")),
        head,
        content,
    )


def tabs(items: Iterable[object], label: str = "") -> SafeString:
    """Pages beside each other as links: each has ``label``, ``href``, perhaps ``current`` and ``count``."""

    def tab(item: object) -> tuple[SafeString]:
        count = when_there(' <span class="count">{}</span>', str(of(item, "count")))
        here = PAGE if of(item, "current") else NONE
        return (linked(format_html("{}{}", of(item, "label"), count), of(item, "href"), here),)

    links = format_html_join("", "<li>{}</li>", map(tab, items))
    return format_html('<nav aria-label="{}"><ul class="tabs">{}</ul></nav>', label or _("Views"), links)


def step(item: object) -> tuple[str, SafeString]:
    name = str(of(item, "state", "todo"))
    glyph, said = {"done": ("check", _("complete")), "error": ("alert-triangle", _("needs your attention"))}.get(
        name, ("", "")
    )
    text = format_html(
        '<span class="mark" aria-hidden="true">{}</span><span class="what">{}{}</span>',
        icon(glyph) if glyph else NONE,
        of(item, "label"),
        when_there('<span class="visually-hidden"> ({})</span>', said),
    )
    here = STEP if name == "now" or of(item, "current") else NONE
    if href := of(item, "href"):
        return name, linked(text, href, here)
    return name, format_html("<span{}>{}</span>", here, text)


def steps(items: Iterable[object], label: str = "") -> SafeString:
    """The sections of a long form: each has ``label``, ``href`` and ``state``: done, now, todo or error.

    A phone shows their marks alone, under the number of the section that is open.
    """
    every = list(items)
    inside = format_html_join("", '<li class="{}">{}</li>', map(step, every))
    here = next((n for n, item in enumerate(every, 1) if of(item, "state") == "now" or of(item, "current")), 0)
    where = _("Section %(n)d of %(all)d") % {"n": here, "all": len(every)} if here else ""
    return format_html(
        '<nav class="steps" aria-label="{}">{}<ol>{}</ol></nav>',
        label or _("Sections of this form"),
        when_there('<p class="where" aria-hidden="true">{}</p>', where),
        inside,
    )


def progress(value: float | None, total: float, label: str, note: str = "") -> SafeString:
    """Long work on its way; ``value=None`` when nobody knows how long."""
    done = format_html(' value="{}"', value) if value is not None else NONE
    said = note or (_("%(done)s of %(total)s") % {"done": value, "total": total} if value is not None else "")
    return format_html(
        '<label class="progress-line"><span>{}{}</span><progress max="{}"{}></progress></label>',
        label, when_there(' <span class="quiet">{}</span>', said), total, done,
    )  # fmt: skip


def page_numbers(here: int, last: int) -> list[int | None]:
    """First, last and the neighbours of ``here``; ``None`` marks a gap."""
    wanted = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
    shown: list[int | None] = []
    for number in wanted:
        if shown and shown[-1] is not None and number - shown[-1] > 1:
            shown.append(None)
        shown.append(number)
    return shown


def pages(context: dict, page: object, name: str = "page", what: str = "") -> SafeString:
    """The way through a ``kit.paging.Page``; keeps the rest of the address. Nothing but the total for a single page."""
    query = context["request"].GET.copy() if "request" in context else {}

    def href(number: int) -> str:
        rest = [(key, value) for key, values in getattr(query, "lists", dict)() for value in values if key != name]
        return f"?{urlencode([*rest, (name, number)])}"

    def item(number: int | None) -> tuple[SafeString]:
        if number is None:
            return (mark_safe('<span class="gap" aria-hidden="true">…</span>'),)
        if number == page.number:
            return (format_html('<span aria-current="page">{}</span>', number),)
        return (
            format_html('<a href="{}" aria-label="{}">{}</a>', href(number), _("Page %(n)s") % {"n": number}, number),
        )

    total = what or ngettext("%(n)d in all", "%(n)d in all", page.total) % {"n": page.total}
    if page.pages < 2:
        return format_html('<p class="pages"><span class="quiet">{}</span></p>', total)
    links = format_html_join("", "<li>{}</li>", map(item, page_numbers(page.number, page.pages)))
    before = (
        format_html('<li><a rel="prev" href="{}">{}</a></li>', href(page.previous), _("Page before"))
        if page.previous
        else NONE
    )
    after = (
        format_html('<li><a rel="next" href="{}">{}</a></li>', href(page.next), _("Next page")) if page.next else NONE
    )
    return format_html(
        '<nav class="pages" aria-label="{}"><span class="quiet">{}</span><ul>{}{}{}</ul></nav>',
        _("Pages"),
        total,
        before,
        links,
        after,
    )


def dialog(content: SafeString, id: str, title: str) -> SafeString:
    """A native dialog, opened by ``<a data-opens="id" href="…">``; that address serves who has no script."""
    return format_html(
        '<x-dialog><dialog id="{}" aria-labelledby="{}-title"><h2 class="title" id="{}-title">{}</h2>{}'
        '<form method="dialog"><button class="button third square close" aria-label="{}">{}</button></form>'
        "</dialog></x-dialog>",
        id, id, id, title, content, _("Close"), icon("x"),
    )  # fmt: skip


def fold(content: SafeString, title: str, open: bool = False, id: str = "") -> SafeString:
    """Details on demand."""
    named = format_html(' id="{}"', id) if id else NONE
    return format_html(
        '<details class="fold"{}{}><summary>{}</summary><div>{}</div></details>',
        named,
        mark_safe(" open") if open else NONE,
        title,
        content,
    )
