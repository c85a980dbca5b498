"""What organisers type about an edition."""

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from booster.academies.models import Academy, Edition, Leg, Role
from booster.academies.rules import DayPlan, LegPlan
from booster.kit.times import zone
from booster.people.rules.emails import normalise, usable
from booster.ui.colour import check_accent


def known_zone(name: str) -> str:
    try:
        zone(name)
    except ValueError as trouble:
        raise forms.ValidationError(_("Write a zone such as Europe/Brussels.")) from trouble
    return name


class PlanForm(forms.Form):
    """A new edition of an academy."""

    academy = forms.ModelChoiceField(queryset=Academy.objects.none(), label=_("Academy"))
    name = forms.CharField(
        max_length=200, label=_("Name of the edition"), help_text=_("For example: 2nd edition, Turin")
    )
    slug = forms.SlugField(
        max_length=80, required=False, label=_("Address"), help_text=_("Left empty, it follows the name.")
    )

    def __init__(self, *args: Any, academies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["academy"].queryset = academies

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        slug = cleaned.get("slug") or slugify(f"{cleaned.get('academy') or ''} {cleaned.get('name') or ''}")[:80]
        if not slug:
            self.add_error("slug", _("Write an address in Latin letters and hyphens."))
        elif Edition.objects.filter(slug=slug).exists():
            self.add_error("slug", _("Another edition has this address already."))
        cleaned["slug"] = slug
        return cleaned


class EditionForm(forms.Form):
    """The columns of an edition."""

    name = forms.CharField(max_length=200, label=_("Name"))
    summary = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), required=False, max_length=3000, label=_("In short")
    )
    zone = forms.CharField(max_length=64, label=_("Time zone"), validators=[known_zone])
    accent = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$", label=_("Accent colour"),
        help_text=_("Used for links, buttons and the rail. It must stand out from paper by 4.5 to 1."),
        widget=forms.TextInput(attrs={"type": "color"}),
    )  # fmt: skip
    seats_min = forms.IntegerField(min_value=1, max_value=500, label=_("Fewest participants"))
    seats_max = forms.IntegerField(min_value=1, max_value=500, label=_("Most participants"))

    letters_from = forms.TimeField(
        label=_("Letters leave from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In the reader's own time where we know it. Letters that somebody waits for leave at once."),
    )  # fmt: skip
    letters_until = forms.TimeField(
        label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )  # fmt: skip
    letters_on_weekends = forms.BooleanField(required=False, label=_("Also on Saturdays and Sundays"))

    def clean_accent(self) -> str:
        try:
            return check_accent(self.cleaned_data["accent"])
        except ValueError as trouble:
            raise forms.ValidationError(str(trouble)) from trouble

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        least, most = cleaned.get("seats_min"), cleaned.get("seats_max")
        if least and most and least > most:
            self.add_error("seats_max", _("This is less than the fewest participants."))
        begins, ends = cleaned.get("letters_from"), cleaned.get("letters_until")
        if begins and ends and begins >= ends:
            self.add_error("letters_until", _("This is not later than the hour from which letters leave."))
        return cleaned


class LegForm(forms.Form):
    kind = forms.ChoiceField(choices=Leg.Kind, label=_("How it is held"))
    name = forms.CharField(max_length=120, label=_("Name"))
    zone = forms.CharField(max_length=64, label=_("Time zone"), validators=[known_zone], initial="Europe/Brussels")
    place = forms.CharField(
        max_length=200, required=False, label=_("Place"), help_text=_("Leave it empty while it is open.")
    )


class DayForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    opens = forms.TimeField(label=_("Opens"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label=_("Closes"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class DayRows(BaseFormSet):
    """The days of one leg; empty rows do not count."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this day")

    def plans(self) -> tuple[DayPlan, ...]:
        kept = [row.cleaned_data for row in self.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        return tuple(DayPlan(row["on"], row["opens"], row["closes"]) for row in sorted(kept, key=lambda row: row["on"]))


Days = formset_factory(DayForm, formset=DayRows, extra=3, can_delete=True, max_num=30, absolute_max=40)


def leg_plan(form: LegForm, days: DayRows) -> LegPlan:
    return LegPlan(days=days.plans(), **form.cleaned_data)


class Until(forms.Form):
    """The last day of a role."""

    ends_on = forms.DateField(
        required=False, label=_("Until"), help_text=_("Empty: as long as the edition lasts."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_ends_on(self) -> date | None:
        ends_on: date | None = self.cleaned_data["ends_on"]
        if ends_on and ends_on < self.today:
            raise forms.ValidationError(_("This day is over."))
        return ends_on


class AppointForm(Until):
    """A person and a role."""

    email = forms.CharField(max_length=254, label=_("E-mail address"), widget=forms.EmailInput)
    name = forms.CharField(max_length=200, label=_("Name"))
    role = forms.ChoiceField(choices=Role, label=_("Role"))

    def clean_email(self) -> str:
        email = normalise(self.cleaned_data["email"])
        if not usable(email):
            raise forms.ValidationError(_("This is not an address that a letter can reach."))
        return email
