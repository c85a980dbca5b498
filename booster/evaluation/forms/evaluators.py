"""The pool: invitations, changes, files, reminders."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from booster.evaluation.actions import NewEvaluator
from booster.kit import plain
from booster.people.rules import countries, ecosystems, emails


class EvaluatorForm(forms.Form):
    country = forms.ChoiceField(label=_("Country"), required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=200,
        help_text=_("Files of this organisation are never given to this evaluator."),
    )
    ecosystems = forms.MultipleChoiceField(
        label=_("Ecosystems that they know"), required=False, widget=forms.CheckboxSelectMultiple
    )
    expertise = forms.CharField(
        label=_("Expertise"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    capacity = forms.IntegerField(label=_("At most this many files"), min_value=0, max_value=5000, initial=20)
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("After this day the files close for them. Empty: no end."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, _t(countries.name(code))) for code in countries.all_codes()]
        named.sort(key=lambda pair: plain.fold(pair[1]))
        self.fields["country"].choices = [("", "–"), *named]
        self.fields["ecosystems"].choices = [(one.id, _t(one.name)) for one in ecosystems.ALL]

    def entry(self, *, email: str, name: str) -> NewEvaluator:
        told = {key: self.cleaned_data[key] for key in ("country", "organisation", "expertise", "capacity", "ends_on")}
        return NewEvaluator(email=email, name=name, ecosystems=tuple(self.cleaned_data["ecosystems"]), **told)


class InvitationForm(EvaluatorForm):
    email = forms.CharField(label=_("E-mail address"), max_length=254, widget=forms.EmailInput)
    name = forms.CharField(label=_("Name"), max_length=200)
    field_order = ("email", "name")

    def clean_email(self) -> str:
        email = emails.normalise(self.cleaned_data["email"])
        if not emails.usable(email):
            raise forms.ValidationError(_t("A letter cannot reach this address."))
        return email


class RemindForm(forms.Form):
    release = forms.ChoiceField(
        label=_("When the letters leave"),
        choices=[("", _("I read them in the outbox first")), ("now", _("At once"))],
        required=False,
        widget=forms.RadioSelect,
    )
