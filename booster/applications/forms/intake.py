"""Choosing a file and saying which of its columns answers what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booster.applications.queries.intake import FileReading


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file, at most 10 MB. Rows above the header row do not matter."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class ColumnsForm(forms.Form):
    """One choice for every field: the header text of the column, or none. The fields' names are ``column-<field>``."""

    def __init__(self, *args: Any, reading: FileReading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
        chosen = {name.removeprefix("column-"): text for name, text in cleaned.items() if text}
        twice = {text for text in chosen.values() if list(chosen.values()).count(text) > 1}
        if twice:
            raise forms.ValidationError(
                _("“%(column)s” is chosen for two answers."), params={"column": sorted(twice)[0]}
            )
        return chosen
