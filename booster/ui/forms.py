"""The gallery's form: one field of every kind, to be looked at with its hint, its error and its counter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from booster.ui import colour, counting

COUNTRIES = [("", _("Choose a country")), ("BE", "Belgium"), ("DE", "Germany"), ("GR", "Greece"), ("PL", "Poland")]


class Sample(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("We write to this address about your application, nothing else.")
    )
    challenge = forms.CharField(
        label=_("The challenge that you bring"),
        widget=forms.Textarea,
        help_text=_("One that you could work on for four days."),
    )
    goal = forms.CharField(
        label=_("What should be different in a year"), widget=forms.Textarea, max_length=200, required=False
    )
    country = forms.ChoiceField(label=_("Country"), choices=COUNTRIES)
    members = forms.IntegerField(label=_("Members of your cluster"), min_value=0)
    since = forms.DateField(label=_("Founded on"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    call_at = forms.DateTimeField(
        label=_("When may we call you"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), required=False
    )
    consortium = forms.ChoiceField(
        label=_("Who applies"),
        choices=[("no", _("One organisation")), ("yes", _("A consortium"))],
        widget=forms.RadioSelect,
        initial="no",
    )
    partners = forms.CharField(
        label=_("Partners"), required=False, help_text=_("Shown only when a consortium applies.")
    )
    ecosystems = forms.MultipleChoiceField(
        label=_("Your ecosystems"),
        choices=[(e.key, e.key.replace("-", " ").capitalize()) for e in colour.ECOSYSTEMS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    approval = forms.FileField(label=_("Approval of your employer"), help_text=_("PDF, at most 5 MB."), required=False)
    consent = forms.BooleanField(label=_("I agree that the organisers keep these answers until the edition is closed."))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["challenge"].words = 30
        self.fields["partners"].when = {"field": "consortium", "op": "is", "value": "yes"}

    def clean_challenge(self) -> str:
        text = self.cleaned_data["challenge"]
        if counting.words(text) > self.fields["challenge"].words:
            raise forms.ValidationError(_("At most 30 words, please."))
        return text
