"""What is typed about a seat."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=1000, label=_("Why, if you like to say"),
        help_text=_("Only the organisers read it."),
    )  # fmt: skip
