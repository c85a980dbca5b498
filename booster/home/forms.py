"""What is typed on the pages of the roof."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from booster.academies.models import Academy, Edition, Membership
from booster.kit.times import zone as zone_named
from booster.people.models import Person
from booster.people.rules.emails import normalise, usable


def known_zone(name: str) -> str:
    try:
        zone_named(name)
    except ValueError as trouble:
        raise forms.ValidationError(_("Write a zone such as Europe/Brussels.")) from trouble
    return name


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


class FoundForm(forms.Form):
    """A new academy with its first edition."""

    name = forms.CharField(max_length=200, label=_("Name of the academy"))
    slug = forms.SlugField(
        max_length=80, required=False, label=_("Address"), help_text=_("Left empty, it follows the name.")
    )
    summary = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=1000, label=_("In short"),
        help_text=_("Who learns what, in a sentence or two. It stands on the front page."),
    )  # fmt: skip
    operator = forms.CharField(max_length=200, required=False, label=_("Organisation that runs it"))
    contact = forms.CharField(max_length=254, label=_("Address for questions"), widget=forms.EmailInput)
    edition = forms.CharField(max_length=200, label=_("Name of the first edition"), initial=_("1st edition"))
    start = forms.ChoiceField(
        label=_("Begin with"), initial="calls",
        choices=[
            ("calls", _("Two days online, two in person, and both calls drafted from their templates")),
            ("days", _("The days below, no calls")),
            ("empty", _("Nothing: days and calls come later")),
        ],
    )  # fmt: skip
    online_on = forms.DateField(
        required=False, label=_("First day online"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    in_person_on = forms.DateField(
        required=False, label=_("First day in person"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    zone = forms.CharField(max_length=64, label=_("Time zone"), validators=[known_zone], initial="Europe/Brussels")
    place = forms.CharField(
        max_length=200, required=False, label=_("Place"), help_text=_("Leave it empty while it is open.")
    )
    organiser_email = forms.CharField(
        max_length=254, required=False, label=_("Organiser's e-mail address"), widget=forms.EmailInput,
        help_text=_("Left empty, you organise it yourself."),
    )  # fmt: skip
    organiser_name = forms.CharField(max_length=200, required=False, label=_("Organiser's name"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def _address(self, name: str) -> str:
        address = normalise(self.cleaned_data[name])
        if address and not usable(address):
            raise forms.ValidationError(_("This is not an address that a letter can reach."))
        return address

    def clean_contact(self) -> str:
        return self._address("contact")

    def clean_organiser_email(self) -> str:
        return self._address("organiser_email")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        slug = cleaned.get("slug") or slugify(cleaned.get("name") or "")[:70].strip("-")
        taken = Academy.objects.filter(slug=slug).exists() or Edition.objects.filter(slug=f"{slug}-1").exists()
        if not slug:
            self.add_error("slug", _("Write an address in Latin letters and hyphens."))
        elif taken:
            self.add_error("slug", _("Another academy has this address already."))
        if cleaned.get("organiser_email") and not cleaned.get("organiser_name"):
            self.add_error("organiser_name", _("Say how the organiser is called."))
        self._check_days(cleaned)
        return cleaned | {"slug": slug}

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        online, in_person = cleaned.get("online_on"), cleaned.get("in_person_on")
        if cleaned.get("start") == "calls" and not (online or in_person or self.errors):
            self.add_error("online_on", _("Calls follow from the days: give the first day online or in person."))
        for name, day in (("online_on", online), ("in_person_on", in_person)):
            if day and day < self.today:
                self.add_error(name, _("This day is over."))
