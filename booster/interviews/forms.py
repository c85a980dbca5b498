"""What organisers fill in about times for talks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booster.calls.models import Call
from booster.interviews.rules import MOST
from booster.kit import plain, times
from booster.kit.words import told

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LAST_YEAR = 2100  # whoever types a later one means another
HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class Where(forms.Form):
    """A moment on the clock of the call, and where one meets."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    hour = forms.TimeField(label=_("From"), widget=HOUR)
    minutes = forms.IntegerField(min_value=5, max_value=480, initial=30, label=_("Minutes for a talk"))
    capacity = forms.IntegerField(min_value=1, max_value=50, initial=1, label=_("Applicants at the same time"))
    place = forms.CharField(max_length=200, required=False, label=_("Place"))
    link = forms.URLField(
        max_length=500, required=False, assume_scheme="https", label=_("Link, if the talk is online"),
        help_text=_("Only who has chosen the time, the evaluators of the file and organisers see it."),
    )  # fmt: skip

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["hour"].help_text = _("On the clock of %(zone)s.") % {"zone": call.zone}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["place"] = plain.clean(cleaned.get("place", ""))
        if not cleaned["place"] and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("place", _("Say where: give a place or a link."))
        day, hour = cleaned.get("day"), cleaned.get("hour")
        if day and hour:
            try:
                if day.year > LAST_YEAR:
                    raise ValueError(day)
                cleaned["starts_at"] = times.moment(day, hour, self.call.zone)
            except times.ImpossibleHour as impossible:
                self.add_error("hour", told(str(impossible), _))
            except (ValueError, OverflowError):
                self.add_error("day", _("This day cannot be used."))
        return cleaned


class Series(Where):
    count = forms.IntegerField(min_value=1, max_value=MOST, initial=6, label=_("How many talks in a row"))
    pause = forms.IntegerField(min_value=0, max_value=240, initial=0, label=_("Minutes between them"))

    field_order = ("day", "hour", "count", "minutes", "pause", "capacity", "place", "link")
