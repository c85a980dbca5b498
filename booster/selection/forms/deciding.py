"""Deciding on a place, changing a proposed decision, complaining and answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booster.selection.models import Complaint, Decision, PolicyNote
from booster.selection.rules import outcomes

TEXT = forms.Textarea({"rows": 4})


class ChooseVenue(forms.Form):
    chosen = forms.TypedChoiceField(label=_("Choose"), coerce=int)
    runner_up = forms.TypedChoiceField(
        label=_("Second choice"), coerce=int, required=False, empty_value=None,
        help_text=_("Asked if the first one steps back."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why this place"), max_length=4000, widget=TEXT, help_text=_("The hosts and the report will read it.")
    )

    def __init__(self, *args: Any, offers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [("", "–"), *offers]
        self.fields["runner_up"].choices = [("", _("None")), *offers]


class NotePolicy(forms.Form):
    application = forms.TypedChoiceField(label=_("Offer"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind of reason"), choices=PolicyNote.Kind.choices)
    favours = forms.TypedChoiceField(
        label=_("Speaks"), choices=[("yes", _("for this offer")), ("no", _("against this offer"))],
        coerce=lambda text: text == "yes",
    )  # fmt: skip
    text = forms.CharField(label=_("In a sentence"), max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, offers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = offers


class Amend(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Decision.Outcome.choices)
    reason = forms.CharField(
        label=_("Reason, as the applicant reads it"), max_length=4000, widget=TEXT,
    )  # fmt: skip
    why = forms.CharField(
        label=_("Why you decide otherwise"), max_length=2000, widget=TEXT,
        help_text=_("Stands in the selection report, not in the letter."),
    )  # fmt: skip

    def __init__(self, *args: Any, followed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = outcomes.possible(followed=followed)
        self.fields["outcome"].choices = [pair for pair in Decision.Outcome.choices if pair[0] in fitting]


class Shortlist(forms.Form):
    """Who goes on: ``fit`` are (id, name) of the files that pass, the best first."""

    pick = forms.TypedMultipleChoiceField(
        label=_("On the shortlist"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Put at least one application on the shortlist.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("How you chose"), max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("Everybody who applied reads it in the letter, and it stands in the report."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, fit: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pick"].choices = fit


class Complain(forms.Form):
    text = forms.CharField(
        label=_("What went wrong"), max_length=10_000, widget=forms.Textarea({"rows": 10}),
        help_text=_("Say what happened and what the call or the rules had promised instead."),
    )  # fmt: skip


class Answer(forms.Form):
    answer = forms.CharField(
        label=_("Answer"), max_length=10_000, widget=forms.Textarea({"rows": 6}),
        help_text=_("The applicant reads it as it stands here."),
    )  # fmt: skip
    changes_decision = forms.BooleanField(
        label=_("The complaint is upheld: open the decision again"), required=False
    )  # fmt: skip

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{complaint.pk}_%s", **kwargs)
        if complaint.state != "admitted":
            del self.fields["changes_decision"]


class SignReport(forms.Form):
    part = forms.CharField(
        label=_("In what capacity you sign"), max_length=120, help_text=_("Such as: for the organiser, as chair.")
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
