"""``{% load ui %}``: every component of the house by its name in a template."""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from booster.kit import inlets
from booster.ui import colour
from booster.ui.templatetags import charts, fields, groups, marks, moments, pieces, speaking, texts

register = template.Library()

for plain in [
    *(marks.icon, marks.pill, marks.state, marks.reason, marks.ecosystem, marks.figure),
    *(moments.day, moments.days, moments.left),
    *(pieces.rail, pieces.person, pieces.organisation, pieces.nothing, pieces.tabs, pieces.steps, pieces.progress),
    *(charts.bars, charts.funnel, charts.distribution, charts.meter, charts.heat),
    *(groups.balance, groups.seats),
    *(fields.field, fields.errors),
    speaking.language_choice,
]:
    register.simple_tag(plain)

for knowing in [
    moments.when,
    moments.deadline,
    pieces.nextstep,
    pieces.timeline,
    pieces.pages,
]:
    register.simple_tag(knowing, takes_context=True)

for block in [pieces.stage, pieces.card, pieces.notice, pieces.dialog, pieces.fold, fields.autosave, fields.confirm]:
    register.simple_block_tag(block)

for name in ["markdown", "plain", "percent", "human_size", "told"]:
    register.filter(name, getattr(texts, name))
register.filter("zoned", moments.zoned)
register.filter("dated", moments.dated, expects_localtime=True)


@register.simple_tag
def accent(tone: object = "") -> SafeString:
    """The stylesheet of an edition's colour; nothing when there is none or it cannot be read on paper."""
    try:
        chosen = colour.check_accent(str(tone or ""))
    except ValueError:
        return mark_safe("")
    return format_html('<link rel="stylesheet" href="{}">', reverse("ui:accent", args=[chosen.removeprefix("#")]))


@register.simple_tag
def font(name: str) -> SafeString:
    """Fetch a font with the page, not after its stylesheet."""
    return format_html(
        '<link rel="preload" as="font" type="font/woff2" crossorigin href="{}">',
        static(f"ui/vendor/fonts/{name}.woff2"),
    )


@register.simple_tag(takes_context=True)
def offered(context: dict, place: str, thing: object) -> SafeString:
    """What upper rooms show in a named place of this page."""
    request = context.get("request")
    return format_html_join("", "{}", ((fragment(request, thing),) for fragment in inlets.fragments(place)))


@register.simple_tag(takes_context=True)
def name_here(context: dict) -> str:
    """The academy of the page's edition where that is loaded, else what the page or the house names. No query."""
    loaded = getattr(getattr(context.get("edition"), "_state", None), "fields_cache", {}).get("academy")
    told = loaded or context.get("academy") or {}
    return str(told.get("name", "") if isinstance(told, dict) else told.name) or _("Booster")


@register.simple_tag(takes_context=True)
def desk_here(context: dict) -> object:
    """The side navigation of an edition: what the page brought along, else what the house offers for its edition."""
    brought, edition, request = context.get("desk"), context.get("edition"), context.get("request")
    if brought or edition is None or request is None:
        return brought
    return next((fragment(request, edition) for fragment in inlets.fragments("desk")), None)
