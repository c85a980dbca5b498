"""The choice of the language in which pages speak."""

from functools import lru_cache

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booster.kit import inlets
from booster.ui.templatetags.marks import icon


def language_choice() -> SafeString:
    """A small form at the foot of a page, the same for everybody: it names neither the page (the browser does) nor a
    token, so that the page can be kept."""
    door = next((where() for where in inlets.fragments("language")), "")
    if len(settings.LANGUAGES) < 2 or not door:
        return SafeString("")
    return _choice(door, get_language() or "en")


@lru_cache(maxsize=64)
def _choice(door: str, language: str) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}" lang="{}"{}>{}</option>',
        ((code, code, SafeString(" selected" if code == language else ""), name) for code, name in settings.LANGUAGES),
    )
    return format_html(
        '<x-language><form method="post" action="{}"><label for="language">{}{}</label>'
        '<select class="input auto small" id="language" name="language" autocomplete="off">{}</select>'
        '<button class="button second small">{}</button></form></x-language>',
        door,
        icon("world"),
        _("Language"),
        options,
        _("Choose"),
    )
