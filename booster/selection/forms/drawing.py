"""Announcing a draw, drawing, calling off."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booster.kit import times
from booster.kit.words import told
from booster.selection.rules.policies import KNOWN_ALREADY

LONGEST_SEED = 200


class Announce(forms.Form):
    source = forms.CharField(
        label=gettext_lazy("Where the seed comes from"), max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy(
            "Something that nobody can foresee or steer and that everybody can look up later, such as: EuroMillions "
            "numbers of Friday 5 December, in the order drawn."
        ),
    )  # fmt: skip
    known_at = forms.DateTimeField(
        label=gettext_lazy("When it will be known"), input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, zone: str, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.at = zone, at
        told_zone = _("The draw cannot take place before. The hour is that of %(zone)s.") % {"zone": zone}
        self.fields["known_at"].help_text = told_zone

    def clean_known_at(self) -> Any:
        """The wall clock of the call's place, as a moment that is still to come."""
        typed = self.cleaned_data["known_at"].replace(tzinfo=None)
        try:
            known_at = times.moment(typed.date(), typed.time(), self.zone)
        except times.ImpossibleHour as trouble:
            raise forms.ValidationError(told(str(trouble), _)) from trouble
        if known_at <= self.at:
            raise forms.ValidationError(_(KNOWN_ALREADY))
        return known_at


class DrawNow(forms.Form):
    seed = forms.CharField(
        label=gettext_lazy("The seed, as it was published"), max_length=LONGEST_SEED,
        help_text=gettext_lazy("Every character counts. It is shown to everybody exactly as you write it."),
    )  # fmt: skip


class CallOff(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the draw is called off"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It stands on the public page of the draw and stays there."),
    )  # fmt: skip
