"""What hosts and organisers type about the place."""

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booster.venues.actions import Task
from booster.venues.models import HostTask, Room, Venue
from booster.venues.rules import RoomPlan

YES_NO = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
ANSWERS = {"yes": True, "no": False}


class TogetherForm(forms.Form):
    """A form about something that both sides write. It carries a mark of what stood there when it was opened: if that
    changed meanwhile, the form comes back with both texts, and saving it again is a decision."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, standing: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.standing = standing or {}
        told = repr(sorted((key, str(value)) for key, value in self.standing.items()))
        self.mark = sha256(told.encode()).hexdigest()[:16]
        super().__init__(*args, initial={**self.standing, "seen": self.mark}, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen = cleaned.pop("seen", "")
        if self.standing and seen and seen != self.mark:
            self.data = {**self.data.dict(), "seen": self.mark}
            self.add_error(None, _("Somebody else saved this while you were writing. Look at both texts, then save."))
            for key, value in self.standing.items():
                if key in cleaned and str(cleaned[key] or "") != str(value or ""):
                    self.add_error(key, _("Saved meanwhile: %(text)s") % {"text": value or "–"})
        return cleaned


class AgreementForm(forms.Form):
    agreement = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 28}), max_length=40_000, label=_("The agreement"),
        help_text=_("Markdown. Whoever has signed already will be told and has to sign again."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SignForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    side = forms.ChoiceField(widget=forms.HiddenInput, choices=[("host", ""), ("organiser", "")])
    read = forms.BooleanField(label=_("I have read the agreement and may sign it for my side"))


class StepBackForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, label=_("Why"),
        help_text=_("The other side reads it, word by word."),
    )  # fmt: skip


class DescribeForm(TogetherForm):
    """What the public and the participants read."""

    name = forms.CharField(max_length=200, label=_("Name of the place"))
    host = forms.CharField(
        max_length=200, label=_("Host"), help_text=_("The organisation that hosts; it need not own the rooms.")
    )
    city = forms.CharField(max_length=120, required=False, label=_("Town"))
    about = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}), max_length=5000, required=False, label=_("About the place"),
        help_text=_("Markdown. What is special here, in a few sentences."),
    )  # fmt: skip
    getting_there = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}), max_length=5000, required=False, label=_("How to get there"),
        help_text=_("Markdown. From airport and station with minutes and price, the way without steps, the entrance."),
    )  # fmt: skip

    @staticmethod
    def start(venue: Venue) -> dict[str, Any]:
        return {key: getattr(venue, key) for key in ("name", "host", "city", "about", "getting_there")}


class RoomForm(TogetherForm):
    name = forms.CharField(max_length=120, label=_("Room"))
    m2 = forms.DecimalField(min_value=0, max_value=100_000, decimal_places=1, required=False, label=_("Square metres"))
    theatre = forms.IntegerField(min_value=0, max_value=10_000, required=False, label=_("Seats in rows"))
    cabaret = forms.IntegerField(min_value=0, max_value=10_000, required=False, label=_("Seats at round tables"))
    minutes = forms.IntegerField(
        min_value=0, max_value=600, required=False, label=_("Minutes on foot from the plenary")
    )  # fmt: skip
    daylight = forms.ChoiceField(choices=YES_NO, required=False, label=_("Daylight"))
    step_free = forms.ChoiceField(choices=YES_NO, required=False, label=_("Reached without steps"))
    projector = forms.ChoiceField(choices=YES_NO, required=False, label=_("Projector"))

    def __init__(self, *args: Any, venue: Venue, room: Room | None = None, **kwargs: Any) -> None:
        self.others = venue.rooms.exclude(pk=room.pk) if room else venue.rooms.all()
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if self.others.filter(name=name).exists():
            raise forms.ValidationError(_("Another room of this venue has that name."))
        return str(name)

    @staticmethod
    def start(room: Room) -> dict[str, Any]:
        words = {True: "yes", False: "no", None: ""}
        numbers = {key: getattr(room, key) for key in ("name", "m2", "theatre", "cabaret", "minutes")}
        return numbers | {key: words[getattr(room, key)] for key in ("daylight", "step_free", "projector")}

    def plan(self) -> RoomPlan:
        typed = self.cleaned_data
        known = {key: ANSWERS.get(typed[key]) for key in ("daylight", "step_free", "projector")}
        return RoomPlan(**{**typed, **known})


class TaskForm(TogetherForm):
    title = forms.CharField(max_length=200, label=_("What is to be done"))
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), max_length=4000, required=False, label=_("How, and what came of it")
    )
    owner = forms.ChoiceField(choices=[("host", _("Host")), ("organiser", _("Organisers"))], label=_("Who does it"))
    due_on = forms.DateField(
        required=False, label=_("Due on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    @staticmethod
    def start(task: HostTask) -> dict[str, Any]:
        return {key: getattr(task, key) for key in ("title", "text", "owner", "due_on")}

    def task(self) -> Task:
        return Task(**self.cleaned_data)
