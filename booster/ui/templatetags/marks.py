"""Small marks: icon, pill, ecosystem, reason, figure. Written in Python because a list shows hundreds of them."""

import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booster.kit.words import told
from booster.ui import colour

SPRITE = Path(__file__).parents[1] / "static" / "ui" / "icons.svg"
TONES = ("", "good", "careful", "stop", "accent")
# How a state word looks when its page does not say: the words of every lifecycle of the house.
_STATES = {
    "accent": "submitted running offered released assigned invited proposed reserve",
    "good": "open eligible chosen accepted confirmed sent delivered done signed agreed ready present completed active"
    " clean published",
    "careful": "waiting reopened late due failed stale unclear incomplete expiring",
    "stop": "ineligible rejected refused conflict given_up overdue infected",
}
STATE_TONES = {word: tone for tone, words in _STATES.items() for word in words.split()}
ECOSYSTEM_NAMES = {
    1: (_("Aerospace & defence"), _("Aerospace")),
    2: (_("Agri-food"), _("Agri-food")),
    3: (_("Construction"), _("Construction")),
    4: (_("Cultural and creative industries"), _("Creative")),
    5: (_("Digital"), _("Digital")),
    6: (_("Electronics"), _("Electronics")),
    7: (_("Energy-intensive industries"), _("Energy-intensive")),
    8: (_("Energy-renewables"), _("Renewables")),
    9: (_("Health"), _("Health")),
    10: (_("Mobility-Transport-Automotive"), _("Mobility")),
    11: (_("Proximity & social economy"), _("Proximity & social")),
    12: (_("Retail"), _("Retail")),
    13: (_("Textiles"), _("Textiles")),
    14: (_("Tourism"), _("Tourism")),
}


@cache
def icon_names() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text()))


def icon(name: str, label: str = "") -> SafeString:
    """A glyph of the sprite: silent beside words, spoken when it stands alone with a ``label``."""
    return _icon(name, str(label))


@cache
def _icon(name: str, label: str) -> SafeString:
    if name not in icon_names():
        raise ValueError(f"There is no icon “{name}”: add it to frontend/icons.txt and build the sprite.")
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"/></svg>', said, static("ui/icons.svg"), name)


def pill(label: str, tone: str = "", icon_name: str = "") -> SafeString:
    """A state in a word; ``tone`` is empty, good, careful, stop or accent and never says more than the word."""
    return format_html('<span class="pill {}">{}{}</span>', tone, icon(icon_name) if icon_name else "", label)


def state(name: str, label: str = "", tone: str | None = None) -> SafeString:
    """The pill of a lifecycle's state: ``label`` is the room's translated word for it."""
    known = STATE_TONES.get(str(name), "") if tone is None else tone
    return pill(label or str(name).replace("_", " ").capitalize(), known)


def reason(text: str, tone: str = "") -> SafeString:
    """Why, in one sentence beside what was decided; nothing without a sentence."""
    text = told(str(text), gettext)
    glyph = {"good": "circle-check", "careful": "alert-triangle", "stop": "circle-x"}.get(tone, "info-circle")
    return format_html('<p class="reason {}">{}<span>{}</span></p>', tone, icon(glyph), text) if text else mark_safe("")


def found_ecosystem(which: object) -> colour.Ecosystem | None:
    """By number 1-14, by key, or by an object that has either; ``None`` for a stranger."""
    name = getattr(which, "number", None) or getattr(which, "key", None) or which
    return _ecosystems().get(str(name).strip().lower())


@cache
def _ecosystems() -> dict[str, colour.Ecosystem]:
    return {word: e for e in colour.ECOSYSTEMS for word in (str(e.number), e.key)}


def ecosystem(which: object, name: str = "", href: str = "", short: bool = False) -> SafeString:
    """The chip of one of the 14; ``name`` overrules the name that the house gives it."""
    one = found_ecosystem(which)
    if one is None:
        return format_html(
            '<span class="chip"><span class="glyph">{}</span><span>{}</span></span>', icon("circle"), name or which
        )
    full, brief = ECOSYSTEM_NAMES[one.number]
    inside = format_html(
        '<span class="glyph">{}</span><span>{}</span>', icon(one.glyph), name or (brief if short else full)
    )
    if href:
        return format_html('<a class="chip eco-{}" href="{}">{}</a>', one.number, href, inside)
    return format_html('<span class="chip eco-{}">{}</span>', one.number, inside)


def figure(n: object, what: str, href: str = "", note: str = "", of: object = None) -> SafeString:
    """A number that opens: with ``href`` it leads to the rows behind it."""
    total = format_html(" <small>/ {}</small>", of) if of is not None else ""
    inside = format_html('<span class="n">{}{}</span><span class="what">{}</span>', n, total, what)
    if note:
        inside += format_html('<span class="note">{}</span>', note)
    return (
        format_html('<a class="figure" href="{}">{}</a>', href, inside)
        if href
        else format_html('<div class="figure">{}</div>', inside)
    )
