"""Conflicts, consensus, meeting, sample file."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from booster.evaluation.actions.conflicts import DECLARED
from booster.evaluation.models import Conflict
from booster.evaluation.rules.agreeing import Agreement
from booster.evaluation.rules.marking import LONGEST, MARKS
from booster.evaluation.rules.scores import CriterionOf
from booster.kit import times

MARK_CHOICES = [("", "–"), *((f"{mark:.1f}", f"{mark:.1f}") for mark in MARKS)]


class ConflictForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What the conflict is"),
        choices=[(value, label) for value, label in Conflict.Reason.choices if value in DECLARED],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What the organiser should know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("bar", _("It is a conflict: the file stays closed for this evaluator and goes to somebody else")),
            ("clear", _("It is none: the file opens for this evaluator")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class ConsensusForm(forms.Form):
    text = forms.CharField(
        label=_("What was agreed, and why"), required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 14})
    )
    minority = forms.CharField(
        label=_("Minority view"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who saw it otherwise, and why. Leave it empty when all agreed."),
    )  # fmt: skip
    absent = forms.CharField(
        label=_("Absent"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who was not there, and why: also those with a conflict of interest."),
    )  # fmt: skip

    def __init__(self, *args: Any, criteria: Sequence[CriterionOf], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"mark-{criterion.key}"] = forms.ChoiceField(
                label=criterion.title, choices=MARK_CHOICES, required=False
            )

    def marks(self) -> list[Any]:
        return [self[f"mark-{criterion.key}"] for criterion in self.criteria]

    def agreement(self) -> Agreement:
        data = self.cleaned_data
        marks = {c.key: Decimal(data[f"mark-{c.key}"]) for c in self.criteria if data[f"mark-{c.key}"]}
        return Agreement(marks=marks, text=data["text"], minority=data["minority"], absent=data["absent"])


class MeetingForm(forms.Form):
    when = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), input_formats=["%Y-%m-%dT%H:%M"]
    )
    where = forms.CharField(label=_("Where, or the link"), max_length=300, required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = times.zone(zone)
        self.fields["when"].help_text = _t("In the time of %(zone)s.") % {"zone": zone}

    def clean_when(self) -> datetime:
        given: datetime = self.cleaned_data["when"]
        return make_aware(given.replace(tzinfo=None), self.zone)


LONGEST = 30_000  # characters of a sample


class CalibrationForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("The sample"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=LONGEST,
        help_text=_("Answers as an applicant could have given them. Invent the people, or ask those who wrote it."),
    )

    def __init__(self, *args: Any, criteria: Sequence[CriterionOf], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"mark-{criterion.key}"] = forms.ChoiceField(
                label=_t("%(title)s: reference mark") % {"title": criterion.title}, choices=MARK_CHOICES
            )
            self.fields[f"why-{criterion.key}"] = forms.CharField(
                label=_t("%(title)s: why") % {"title": criterion.title},
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def reference(self) -> dict[str, tuple[Decimal, str]]:
        data = self.cleaned_data
        return {c.key: (Decimal(data[f"mark-{c.key}"]), data[f"why-{c.key}"]) for c in self.criteria}

    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[f"mark-{c.key}"], self[f"why-{c.key}"]) for c in self.criteria]
