"""The choice of the language in which pages speak."""

from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booster.ui.templatetags.marks import icon


def language_choice(context: dict) -> SafeString:
    """A small form at the foot of a page, the same for everybody: without a token, so that the page can be kept."""
    request = context.get("request")
    try:
        door = reverse("set_language")
    except NoReverseMatch:
        return SafeString("")
    if len(settings.LANGUAGES) < 2 or request is None:
        return SafeString("")
    here = format_html('<input type="hidden" name="next" value="{}">', request.get_full_path())
    return format_html('<form method="post" action="{}">{}{}</form>', door, here, _choice(get_language() or "en"))


@lru_cache(maxsize=64)
def _choice(language: str) -> SafeString:
    options = format_html_join(
        "",
        '<option value="{}" lang="{}"{}>{}</option>',
        ((code, code, SafeString(" selected" if code == language else ""), name) for code, name in settings.LANGUAGES),
    )
    return format_html(
        '<label for="language">{}{}</label><select class="input auto small" id="language" name="language" '
        'autocomplete="off">{}</select><button class="button second small">{}</button>',
        icon("world"),
        _("Language"),
        options,
        _("Choose"),
    )
