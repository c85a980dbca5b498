"""A form's field as a person meets it: label, hint, required or not, its error, and how much room is left."""

import json

from django.forms import BoundField, CheckboxInput, Textarea
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from booster.ui import counting
from booster.ui.templatetags.marks import icon

NONE = mark_safe("")


def limit_of(bound: BoundField) -> tuple[int, str] | None:
    """``(300, "words")`` or ``(2000, "characters")``: from the field's ``words``, or from the length of a text area."""
    words = getattr(bound.field, "words", None) or bound.field.widget.attrs.get("data-words")
    if words:
        return int(words), "words"
    longest = getattr(bound.field, "max_length", None)
    return (longest, "characters") if longest and isinstance(bound.field.widget, Textarea) else None


def counter(bound: BoundField) -> SafeString:
    limit = limit_of(bound)
    if not limit:
        return NONE
    most, unit = limit
    used = (counting.words if unit == "words" else counting.characters)(str(bound.value() or ""))
    shape = _("{n} of {most} words") if unit == "words" else _("{n} of {most} characters")
    return format_html(
        '<x-counter class="counter{}" for="{}" data-unit="{}" data-most="{}" data-says="{}">'
        "<span>{}</span></x-counter>",
        " over" if used > most else "", bound.id_for_label, unit, most, shape, shape.format(n=used, most=most),
    )  # fmt: skip


def duty(bound: BoundField) -> SafeString:
    word = _("required") if bound.field.required else _("optional")
    return format_html(' <span class="duty">({})</span>', word)


def hint_of(bound: BoundField, hint: str) -> SafeString:
    text = hint or bound.help_text
    return format_html('<div class="hint" id="{}_helptext">{}</div>', bound.auto_id, text) if text else NONE


def errors_of(bound: BoundField) -> SafeString:
    if not bound.errors:
        return NONE
    said = format_html_join(mark_safe("<br>"), "{}", ((error,) for error in bound.errors))
    return format_html(
        '<div class="error" id="{}_error">{}<span>{}</span></div>', bound.auto_id, icon("alert-triangle"), said
    )


def described_by(bound: BoundField, hint: str) -> str:
    ids = ([f"{bound.auto_id}_helptext"] if hint or bound.help_text else []) + (
        [f"{bound.auto_id}_error"] if bound.errors else []
    )
    return " ".join(ids)


def wrapper(bound: BoundField) -> SafeString:
    """The attributes by which scripts find the field; ``field.when`` is the condition under which it shows."""
    condition = getattr(bound.field, "when", None)
    shown_when = format_html(' data-when="{}"', json.dumps(condition)) if condition else NONE
    return format_html(' id="field-{}" data-field="{}"{}', bound.html_name, bound.html_name, shown_when)


def field(bound: BoundField, hint: str = "", label: str = "", quiet: bool = False) -> SafeString:
    """One field, whole. ``quiet=True`` leaves out “required/optional” (filters, short forms of one field)."""
    if bound.is_hidden:
        return bound.as_widget()
    widget, name = bound.field.widget, label or bound.label
    group = bool(widget.use_fieldset)
    attrs = {"aria-describedby": ids} if (ids := described_by(bound, hint)) and not group else {}
    parts = hint_of(bound, hint) + errors_of(bound)
    word = NONE if quiet else duty(bound)
    wrong, frame = " wrong" if bound.errors else "", wrapper(bound)
    if group:
        tied = format_html(' aria-describedby="{}"', ids) if ids else NONE
        drawn = bound.as_widget(
            attrs={"class": "columns"}
            if isinstance(widget, CheckboxSelectMultiple | RadioSelect) and columns(bound)
            else None
        )
        return format_html(
            '<fieldset class="field{}"{}{}{}><legend>{}{}</legend>{}{}</fieldset>',
            wrong,
            frame,
            tied,
            mark_safe(" disabled") if bound.field.disabled else NONE,
            name,
            word,
            parts,
            drawn,
        )
    titled = format_html('<label for="{}">{}{}</label>', bound.id_for_label, name, word)
    if isinstance(widget, CheckboxInput):
        return format_html(
            '<div class="field tick{}"{}>{}{}{}</div>', wrong, frame, bound.as_widget(attrs=attrs), titled, parts
        )
    return format_html(
        '<div class="field{}"{}>{}{}{}{}</div>',
        wrong,
        frame,
        titled,
        parts,
        bound.as_widget(attrs=attrs),
        counter(bound),
    )


def columns(bound: BoundField) -> bool:
    """Many short choices stand in columns."""
    return len(list(getattr(bound.field, "choices", []))) > 7


def errors(*forms: object) -> SafeString:
    """What must be put right, first thing on the page, each line a link to its field; nothing when all is well."""
    lines = [
        (f"#{bound.id_for_label or bound.auto_id}", str(bound.label).rstrip(".:?"), "; ".join(map(str, bound.errors)))
        for form in forms
        for bound in form
        if bound.errors
    ]
    general = [str(error) for form in forms for error in form.non_field_errors()]
    if not lines and not general:
        return NONE
    items = format_html_join("", '<li><a href="{}">{}: {}</a></li>', lines)
    said = format_html_join("", "<p>{}</p>", ((error,) for error in general))
    title = _("Please look at this first") if general and not lines else _("Please put these right")
    return format_html(
        '<div class="notice stop" role="alert" tabindex="-1" autofocus>{}<div><p class="title">{}</p>{}{}</div></div>',
        icon("circle-x"), title, said, format_html("<ul>{}</ul>", items) if items else NONE,
    )  # fmt: skip


def autosave(content: SafeString, url: str, revision: object, key: str = "") -> SafeString:
    """Round a form: what is typed goes to ``url`` a moment later and lies in the browser until it is acknowledged."""
    says = {
        "saving": _("Saving…"), "saved": _("Saved at"),
        "offline": _("Not connected. Your text is kept in this browser."),
        "trouble": _("Not saved yet. We try again."), "restored": _("We put back what was not saved last time."),
        "conflict": _("Somebody else changed this meanwhile. Load the page again; your text is kept in this browser."),
    }  # fmt: skip
    spoken = format_html_join("", ' data-say-{}="{}"', says.items())
    return format_html(
        '<x-autosave data-url="{}" data-revision="{}" data-key="{}"{}>{}</x-autosave>',
        url,
        revision,
        key or url,
        spoken,
        content,
    )


def confirm(content: SafeString, ask: str, yes: str = "") -> SafeString:
    """Round a button: asks before the form goes off. Without script the form goes off at once."""
    return format_html(
        '<x-confirm data-ask="{}" data-yes="{}" data-no="{}">{}</x-confirm>', ask, yes, _("Not now"), content
    )
