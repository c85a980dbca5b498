"""The smaller forms around an application."""

import re
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booster.applications.queries.listing import FIXED, Column, Filters
from booster.kit import plain, times
from booster.kit.words import told
from booster.people.rules import ecosystems, emails
from booster.questions.rules.questions import Question

HOLDER = re.compile(r"[A-Za-z0-9_-]{20,32}")


class Begin(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send a private link there, so that you can go on later and on any device."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    code = forms.CharField(label=_("Entry code"), max_length=40, required=False)
    holder = forms.CharField(widget=forms.HiddenInput({"data-own": ""}), required=False)  # of one reader alone

    def __init__(self, *args: Any, late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].initial = token_urlsafe(16)
        if late:
            self.fields["code"].required = True
        else:
            del self.fields["code"]

    def clean_name(self) -> str:
        name = " ".join(plain.clean(self.cleaned_data["name"]).split())
        if not name:
            raise forms.ValidationError(_("Please tell us your name."))
        return name

    def clean_address(self) -> str:
        address = emails.normalise(self.cleaned_data["address"])
        if not emails.usable(address):
            raise forms.ValidationError(_("No letter can reach this address. Please check it."))
        return address

    def clean_holder(self) -> str:
        """Made by our page; whoever sends something else gets a fresh one."""
        holder = self.cleaned_data["holder"]
        return holder if HOLDER.fullmatch(holder) else token_urlsafe(16)


class Code(forms.Form):
    code = forms.CharField(
        label=_("Code from the letter"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class EntryCode(forms.Form):
    code = forms.CharField(
        label=_("Entry code"), max_length=40, help_text=_("The organisers gave it to you, such as K7QF-9MWD-TR2X.")
    )


class Withdraw(forms.Form):
    reason = forms.CharField(
        label=_("Why?"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("You may leave it open. The organisers read it."),
    )  # fmt: skip


class Invite(forms.Form):
    organisation_name = forms.CharField(label=_("Organisation"), max_length=200)
    name = forms.CharField(label=_("Name of the person"), max_length=200)
    address = forms.CharField(label=_("E-mail address"), max_length=254, widget=forms.EmailInput)
    part = forms.CharField(
        label=_("Part in the consortium"), max_length=200, required=False, help_text=_("Premises, catering, content …")
    )
    task = forms.CharField(
        label=_("What you ask them to do"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    section_keys = forms.MultipleChoiceField(
        label=_("Sections that they write"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody reads all sections. Tick none to let them write all."),
    )  # fmt: skip

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section_keys"].choices = sections

    def clean_address(self) -> str:
        address = emails.normalise(self.cleaned_data["address"])
        if not emails.usable(address):
            raise forms.ValidationError(_("No letter can reach this address. Please check it."))
        return address


class AskCompletion(forms.Form):
    question_keys = forms.MultipleChoiceField(label=_("Questions to open again"), widget=forms.CheckboxSelectMultiple)
    message = forms.CharField(
        label=_("What is missing"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It stands in the letter to the applicant."),
    )
    until = forms.DateTimeField(
        label=_("Until"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, asked: list[Question], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["question_keys"].choices = [(q.key, q.label) for q in asked]

    def clean_until(self) -> Any:
        """The wall clock of the call's place, as a moment."""
        typed = self.cleaned_data["until"].replace(tzinfo=None)
        try:
            return times.moment(typed.date(), typed.time(), self.zone)
        except times.ImpossibleHour as trouble:
            raise forms.ValidationError(told(str(trouble), _)) from trouble


STATES = [("", _("Any state")), ("submitted", _("Sent")), ("withdrawn", _("Withdrawn")), ("superseded", _("Replaced"))]


class Listed(forms.Form):
    """Filters above the list of applications. Whatever stands in the address, it is never an error."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    country = forms.ChoiceField(label=_("Country"), required=False)
    ecosystem = forms.ChoiceField(label=_("Ecosystem"), required=False)

    def __init__(self, *args: Any, countries: list[tuple[str, str]], columns: list[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        self.fields["country"].choices = [("", _("Any country")), *countries]
        self.fields["ecosystem"].choices = [("", _("Any ecosystem")), *((e.id, e.short) for e in ecosystems.ALL)]
        for column in columns:
            self.fields[column.key] = forms.ChoiceField(
                label=column.label, required=False, choices=[("", _("Any")), *column.offered]
            )

    def filters(self) -> Filters:
        self.is_valid()
        chosen = self.cleaned_data
        sort = self.data.get("sort", "reference")
        return Filters(
            text=chosen.get("q", ""),
            state=chosen.get("state", ""),
            country=chosen.get("country", ""),
            ecosystem=chosen.get("ecosystem", ""),
            sort=sort.lstrip("-"),
            descending=sort.startswith("-"),
            chosen={c.key: chosen.get(c.key, "") for c in self.columns},
        )


TITLES = {
    "reference": _("Reference"), "title": _("Name"), "organisation": _("Organisation"), "country": _("Country"),
    "ecosystems": _("Ecosystems"), "state": _("State"), "sent": _("Sent"),
}  # fmt: skip


class Export(forms.Form):
    fixed = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, TITLES[name]) for name in FIXED],
    )
    asked = forms.MultipleChoiceField(label=_("Answers"), required=False, widget=forms.CheckboxSelectMultiple)
    kind = forms.ChoiceField(
        label=_("File"), choices=[("xlsx", "XLSX"), ("csv", "CSV")], initial="xlsx", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, asked: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = [(q.key, q.label) for q in asked]

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if not chosen.get("fixed") and not chosen.get("asked"):
            raise forms.ValidationError(_("Choose at least one column."))
        return chosen
