"""What organisers and askers fill in."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from booster.calls.models import Call, CallDocument
from booster.calls.rules import deadlines
from booster.kit import plain, times
from booster.kit.words import told
from booster.library import rules as library_rules
from booster.questions.rules import form

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LANGUAGE = rf"^{form.LANGUAGE.pattern}\Z"
HOUR = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class Plain(forms.Form):
    """Text is cleaned of what cannot be seen before anything else looks at it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return {name: plain.clean(value) if isinstance(value, str) else value for name, value in cleaned.items()}


class Zoned(Plain):
    """A form with days and hours that make moments in a zone."""

    pairs: tuple[str, ...] = ()  # "deadline" stands for the fields deadline_day and deadline_hour

    def zone_name(self) -> str:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.pairs:
            day, hour = cleaned.get(f"{name}_day"), cleaned.get(f"{name}_hour")
            cleaned[f"{name}_at"] = self._moment(name, day, hour) if day and hour else None
        return cleaned

    def _moment(self, name: str, day: Any, hour: Any) -> datetime | None:
        try:
            return times.moment(day, hour, self.zone_name())
        except times.ImpossibleHour as impossible:
            self.add_error(f"{name}_hour", told(str(impossible), _))
        except (ValueError, OverflowError):
            self.add_error(f"{name}_day", _("This day cannot be used."))
        return None


class Texts(Plain):
    """The words of a call and how it is run."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(max_length=200, label=_("Title"))
    summary = forms.CharField(
        max_length=300,
        label=_("Summary"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence for lists."),
    )
    body = forms.CharField(
        max_length=20000, label=_("Text"), widget=forms.Textarea(attrs={"rows": 16}), help_text=_("Markdown works.")
    )
    expected = forms.CharField(
        max_length=8000, required=False, label=_("Who may apply"), widget=forms.Textarea(attrs={"rows": 6})
    )
    offered = forms.CharField(
        max_length=8000, required=False, label=_("What is offered"), widget=forms.Textarea(attrs={"rows": 6})
    )
    contact = forms.EmailField(label=_("Address for questions"))
    language = forms.RegexField(LANGUAGE, label=_("Language of these texts"), help_text=_("Two letters, such as en."))


class Settings(Plain):
    """How a call is run."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    seats = forms.IntegerField(min_value=1, max_value=1000, label=_("Seats"))
    per_organisation = forms.IntegerField(min_value=1, max_value=50, label=_("Seats for one organisation at most"))
    evaluators_per_file = forms.IntegerField(min_value=1, max_value=9, label=_("Evaluators for each file"))
    threshold = forms.DecimalField(
        min_value=0, max_value=100, max_digits=5, decimal_places=2, label=_("Points of 100 from which a file passes")
    )
    blind = forms.BooleanField(required=False, label=_("Evaluators do not see who applies"))
    marks_seen = forms.ChoiceField(
        choices=Call._meta.get_field("marks_seen").choices, label=_("When evaluators see each other's marks")
    )
    marks_shared = forms.BooleanField(
        required=False, label=_("In any case, evaluators see them once everybody on the file has signed")
    )
    acceptance_days = forms.IntegerField(min_value=1, max_value=90, label=_("Days to accept a seat"))
    complaint_days = forms.IntegerField(min_value=0, max_value=365, label=_("Days to object"))
    keep_drafts_days = forms.IntegerField(min_value=1, max_value=3650, label=_("Days for which unsent drafts are kept"))
    keep_unsuccessful_days = forms.IntegerField(
        min_value=1, max_value=3650, label=_("Days for which unsuccessful files are kept")
    )


class SecondSettings(Settings):
    shortlist_size = forms.IntegerField(
        min_value=1,
        max_value=1000,
        required=False,
        label=_("For about how many"),
        help_text=_("The page of the first round tells it."),
    )
    earlier_seen = forms.BooleanField(
        required=False,
        label=_("Evaluators see the file of the first round and what was agreed on it"),
    )


class Translation(Plain):
    """The words of a call in a further language; empty ones fall back to its own."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(max_length=200, required=False, label=_("Title"))
    summary = forms.CharField(
        max_length=300, required=False, label=_("Summary"), widget=forms.Textarea(attrs={"rows": 2})
    )
    body = forms.CharField(max_length=20000, required=False, label=_("Text"), widget=forms.Textarea(attrs={"rows": 12}))
    expected = forms.CharField(
        max_length=8000, required=False, label=_("Who may apply"), widget=forms.Textarea(attrs={"rows": 6})
    )
    offered = forms.CharField(
        max_length=8000, required=False, label=_("What is offered"), widget=forms.Textarea(attrs={"rows": 6})
    )


class Language(Plain):
    language = forms.RegexField(LANGUAGE, label=_("Language"), help_text=_("Two letters, such as fr for French."))


class Dates(Zoned):
    """When a call opens and closes, in the zone that is written beside the hour."""

    pairs = ("opens", "deadline")
    revision = forms.IntegerField(widget=forms.HiddenInput)
    zone = forms.CharField(max_length=64, label=_("Time zone"), help_text=_("Such as Europe/Brussels."))
    opens_day = forms.DateField(label=_("Opens on"), widget=DAY)
    opens_hour = forms.TimeField(label=_("At"), widget=HOUR)
    deadline_day = forms.DateField(label=_("Deadline on"), widget=DAY)
    deadline_hour = forms.TimeField(label=_("At"), widget=HOUR)
    grace_minutes = forms.IntegerField(
        min_value=0,
        max_value=1440,
        label=_("Minutes of grace"),
        help_text=_("Not shown to anybody: what comes in within them still counts as in time."),
    )

    def clean_zone(self) -> str:
        try:
            return times.zone(self.cleaned_data["zone"]).key
        except ValueError as unknown:
            raise forms.ValidationError(_("This is not a time zone.")) from unknown

    def zone_name(self) -> str:
        return str(self.cleaned_data.get("zone", "UTC"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, deadline = cleaned.get("opens_at"), cleaned.get("deadline_at")
        if opens and deadline and deadline <= opens:
            self.add_error("deadline_day", _("The deadline must be after the opening."))
        return cleaned


class SecondDates(Dates):
    """A second round opens to each of the shortlist when they are told; what it has is a deadline after the first's."""

    pairs = ("deadline",)
    opens_day = None
    opens_hour = None

    def __init__(self, *args: Any, first: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not deadlines.closes_after(cleaned.get("deadline_at"), self.first):
            self.add_error("deadline_day", _("The second round must close after the first one."))
        return cleaned


class InZone(Zoned):
    """A form with one moment in the zone of the call."""

    pairs = ("until",)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["until_hour"].help_text = _("On the clock of %(zone)s.") % {"zone": call.zone}

    def zone_name(self) -> str:
        return self.call.zone


class Extend(InZone):
    until_day = forms.DateField(label=_("New deadline on"), widget=DAY)
    until_hour = forms.TimeField(label=_("At"), widget=HOUR)
    reason = forms.CharField(
        max_length=1000,
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it on the page of the call and in the letter about it."),
    )


class Follow(InZone):
    """A second round that is drafted from a first one."""

    round = forms.ChoiceField(
        label=_("What the second round is"),
        choices=[
            (Call.Round.FULL.value, _("A full application: a form with more questions")),
            (Call.Round.INTERVIEW.value, _("An interview: everybody chooses a time for a talk")),
        ],
        widget=forms.RadioSelect,
        initial=Call.Round.FULL.value,
    )
    copy_questions = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Begin its form with the questions of the first round"),
        help_text=_("Answers given there are filled in. An interview needs no form."),
    )
    shortlist_size = forms.IntegerField(
        min_value=1,
        max_value=1000,
        label=_("For about how many"),
        help_text=_("The page of the first round tells it, so that everybody knows what to expect."),
    )
    until_day = forms.DateField(required=False, label=_("Its deadline, if you know it"), widget=DAY)
    until_hour = forms.TimeField(required=False, label=_("At"), widget=HOUR)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("until_day")) != bool(cleaned.get("until_hour")):
            self.add_error("until_day", _("A deadline needs a day and an hour."))
        if not deadlines.closes_after(cleaned.get("until_at"), self.call):
            self.add_error("until_day", _("The second round must close after the first one."))
        return cleaned


class CutOffForm(InZone):
    until_day = forms.DateField(label=_("Cut-off on"), widget=DAY)
    until_hour = forms.TimeField(label=_("At"), widget=HOUR)
    note = forms.CharField(max_length=200, required=False, label=_("Note"))


class Code(InZone):
    note = forms.CharField(max_length=200, label=_("For whom, and why"))
    uses = forms.IntegerField(min_value=1, max_value=500, initial=1, label=_("How many may come in by it"))
    until_day = forms.DateField(label=_("Valid until"), widget=DAY)
    until_hour = forms.TimeField(label=_("At"), widget=HOUR)


class Ask(Plain):
    """A question about a call. ``web_site`` is a trap: people do not see it."""

    text = forms.CharField(
        max_length=2000,
        label=_("Your question"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It is published with the answer, without your name."),
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We write to you once, when the answer is there."),
    )
    web_site = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None and person.is_authenticated:
            del self.fields["address"]

    def is_trap(self) -> bool:
        return bool(self.cleaned_data.get("web_site"))


class Answer(Plain):
    public_text = forms.CharField(
        max_length=2000,
        label=_("The question, as everybody reads it"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Take out names and whatever tells who asked."),
    )
    answer = forms.CharField(max_length=6000, label=_("The answer"), widget=forms.Textarea(attrs={"rows": 8}))


class DocumentForm(Plain):
    title = forms.CharField(max_length=200, label=CallDocument._meta.get_field("title").verbose_name.capitalize())
    file = forms.FileField(
        label=pgettext_lazy("document", "File"),
        help_text=_("PDF, Word, Excel, OpenDocument or text, up to 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": library_rules.DOCUMENTS.accept}),
    )
