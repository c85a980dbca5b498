"""What is typed on the pages of the roof."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from booster.academies.models import Edition, Membership
from booster.people.models import Person
from booster.people.rules.emails import normalise, usable


class LetterForm(forms.Form):
    subject = forms.CharField(max_length=200, label=_("Subject"))
    body = forms.CharField(widget=forms.Textarea(attrs={"rows": 16}), max_length=20_000, label=_("Text"))
    revision = forms.IntegerField(widget=forms.HiddenInput)


class SendAgainForm(forms.Form):
    """Where a letter that did not arrive goes next."""

    address = forms.CharField(max_length=254, label=_("E-mail address"), widget=forms.EmailInput)

    def clean_address(self) -> str:
        address = normalise(self.cleaned_data["address"])
        if not usable(address):
            raise forms.ValidationError(_("This is not an address that a letter can reach."))
        return address


class TimelineForm(forms.Form):
    """Whose changes to show."""

    by = forms.ModelChoiceField(
        queryset=Person.objects.none(), required=False, label=_("What one person did"), empty_label=_("Everybody")
    )

    def __init__(self, *args: Any, people: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = Person.objects.filter(pk__in=people.values("person")).order_by("name")


class CopyForm(forms.Form):
    """A new edition from an old one: its name, and the day that takes the place of the old one's first day."""

    name = forms.CharField(max_length=200, label=_("Name of the new edition"))
    slug = forms.SlugField(
        max_length=80, required=False, label=_("Address"), help_text=_("Left empty, it follows the name.")
    )
    first_on = forms.DateField(
        label=_("Its first day"),
        help_text=_("Every other date moves by as many days: legs, phases and both calls."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, first_day: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first_day = first_day
        if first_day is None:
            del self.fields["first_on"]
        else:
            self.fields["first_on"].initial = first_day + timedelta(days=364)  # the same weekday a year later

    def clean(self) -> dict[str, Any]:
        """``shift`` is what every date moves by."""
        cleaned = super().clean() or {}
        slug = cleaned.get("slug") or slugify(cleaned.get("name") or "")[:80]
        if not slug:
            self.add_error("slug", _("Write an address in Latin letters and hyphens."))
        elif Edition.objects.filter(slug=slug).exists():
            self.add_error("slug", _("Another edition has this address already."))
        first_on = cleaned.pop("first_on", None)
        shift = first_on - self.first_day if first_on and self.first_day else timedelta()
        return cleaned | {"slug": slug, "shift": shift}
