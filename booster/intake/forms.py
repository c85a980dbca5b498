"""Choosing a file and saying which of its columns answers what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from booster.intake.queries import FileReading
from booster.library.rules import SHEETS


class FileForm(forms.Form):
    file = forms.FileField(
        label=pgettext_lazy("document", "File"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file, at most 10 MB. Rows above the header row do not matter."),
        widget=forms.ClearableFileInput(attrs={"accept": SHEETS.accept}),
    )


class ColumnsForm(forms.Form):
    """One choice for every field: the header text of the column, or none. The fields' names are ``column-<field>``.

    Cleaned are the header texts by field; empty ones only where a column had been found, so that what a file
    happens to lack is still looked for in the next.
    """

    def __init__(self, *args: Any, reading: FileReading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.emptied = {header.field for header in reading.headers if header.column or header.left_out}
        choices = [("", _("no column")), *((text, text) for text in dict.fromkeys(reading.choices))]
        for header in reading.headers:
            self.fields[f"column-{header.field}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                label=header.label,
                initial=header.column,
                help_text=_("A guess: please look.") if header.guessed else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = {name.removeprefix("column-"): text for name, text in cleaned.items()}
        chosen = {field: text for field, text in named.items() if text or field in self.emptied}
        texts = [text for text in chosen.values() if text]
        twice = {text for text in texts if texts.count(text) > 1}
        if twice:
            raise forms.ValidationError(
                _("“%(column)s” is chosen for two answers."), params={"column": sorted(twice)[0]}
            )
        return chosen
