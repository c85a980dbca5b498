"""Filters and decisions of organisers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booster.evaluation.queries.board import SHOWN

STATES = [("proposed", _("computed")), ("confirmed", _("confirmed")), ("overruled", _("overruled"))]
ANY = [("", _("all"))]
VERDICTS = [("eligible", _("eligible")), ("ineligible", _("not eligible"))]
SHOWN_AS = {
    "passes": _("pass"),
    "fails": _("do not pass"),
    "apart": _("marks far apart"),
    "unfinished": _("not finished"),
    "agreed": _("consensus agreed"),
    "ineligible": _("not eligible"),
}
SORTED_BY = [
    ("points", _("points")),
    ("spread", _("distance of marks")),
    ("title", _("name")),
    ("reference", _("reference")),
    ("signed", _("evaluations")),
]


class Quiet(forms.Form):
    """A filter: what is not among the choices counts as not chosen."""

    def chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class OfCutOff(Quiet):
    """Can be narrowed to a cut-off where the call has any."""

    cut_off = forms.ChoiceField(label=_("Cut-off"), required=False)

    def __init__(self, *args: Any, cut_offs: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cut_off"].choices = [*ANY, *cut_offs]


class ScreeningFilter(OfCutOff):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    code = forms.ChoiceField(label=_("Verdict"), required=False)
    state = forms.ChoiceField(label=_("Decided"), required=False, choices=[*ANY, *STATES])

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [*ANY, *VERDICTS, *((code, code) for code in codes)]


class OverruleForm(forms.Form):
    verdict = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("The report says that the computed verdict was overruled, and this reason."),
    )

    def __init__(self, *args: Any, codes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [("eligible", _("Eligible")), *codes]


class FilesFilter(OfCutOff):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    short = forms.BooleanField(label=_("Only files with too few evaluators"), required=False)


class ShareForm(OfCutOff):
    due_on = forms.DateField(
        label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AssignForm(forms.Form):
    """The evaluators come as check boxes that the page draws with their hints."""

    due_on = forms.DateField(
        label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class BoardFilter(OfCutOff):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    shown = forms.ChoiceField(
        label=_("Show"), required=False, choices=[*ANY, *((name, SHOWN_AS[name]) for name in SHOWN)]
    )
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTED_BY)
    up = forms.BooleanField(label=_("Smallest first"), required=False)
