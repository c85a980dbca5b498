"""What people type: the profile, and the sign-in forms in our words."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as account
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from booster.kit import plain
from booster.people import actions
from booster.people.models import Person
from booster.people.rules import countries, emails


def country_choices() -> list[tuple[str, str]]:
    named = [(code, gettext(countries.name(code))) for code in countries.all_codes()]
    return [("", _("Not said")), *sorted(named, key=lambda pair: plain.fold(pair[1]))]


@cache
def _zones() -> tuple[tuple[str, str], ...]:
    """Zones by name; the tz database is read from disk, so once."""
    named = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return tuple((name, name.replace("_", " ")) for name in named)


def zone_choices() -> list[tuple[str, str]]:
    return [("", _("As my device says")), *_zones()]


def language_choices() -> list[tuple[str, str]]:
    return [("", _("As my device says")), *settings.LANGUAGES]


class LongSelect(forms.Select):
    """A select of hundreds of options, joined here: Django renders a template for each of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, flatatt({"selected": key in chosen}), label) for key, label in self.choices),
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


class Profile(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it should stand on lists and badges."))
    given_name = forms.CharField(label=_("Given name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=language_choices,
        required=False,
        help_text=_("Pages and letters come in it."),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        required=False,
        widget=LongSelect,
        help_text=_("All times are shown in it as well."),
    )
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False, widget=LongSelect)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        initial = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def clean_name(self) -> str:
        name = plain.clean(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Please tell us your name."))
        return name


def _plain_address(form: forms.Form, name: str) -> None:
    """Our label, no placeholder (it vanishes while one types), and where the browser finds the address."""
    field = form.fields[name]
    field.label = _("E-mail address")
    field.widget.attrs = {"type": "email", "autocomplete": "email", "inputmode": "email"}


class AskForCode(account.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_address(self, "email")

    def clean_email(self) -> str:
        self.cleaned_data["email"] = emails.normalise(self.cleaned_data["email"])
        return str(super().clean_email())


class SignInByPassword(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_address(self, "login")
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""

    def clean_login(self) -> str:
        return emails.normalise(super().clean_login())


class AddAddress(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_address(self, "email")


class ForgottenPassword(account.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain_address(self, "email")


class _Code:
    """The code of a letter: no placeholder, and a phone offers it from the mail or message."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}


class SignInCode(_Code, account.ConfirmLoginCodeForm):
    pass


class AddressCode(_Code, account.ConfirmEmailVerificationCodeForm):
    pass


class SignUp(account.SignupForm):
    """Name and address; a password can be set later by those who want one."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)
        _plain_address(self, "email")

    def clean_name(self) -> str:
        name = plain.clean(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Please tell us your name."))
        return name

    def clean_email(self) -> str:
        if not emails.usable(self.cleaned_data["email"]):
            raise ValidationError(_("Enter an e-mail address that can receive letters."))
        return str(super().clean_email())

    def save(self, request: HttpRequest) -> Person:
        given = self.cleaned_data
        language = get_language() or ""
        return actions.sign_up(email=given["email"], name=given["name"], language=language, at=timezone.now())

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        try:
            return super().try_save(request)
        except ValidationError:  # the same form sent twice: the other one was first
            self.account_already_exists = True
            return super().try_save(request)


class AddPasskey(passkeys.AddWebAuthnForm):
    """Always one that signs in by itself: a second step is the business of the authenticator app."""

    passwordless = forms.BooleanField(
        initial=True, required=False, widget=forms.CheckboxInput(attrs={"hidden": True}), label=""
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].help_text = _("So that you recognise it later, for instance “my phone”.")
        self.fields["name"].max_length = 100


class TakeUp(forms.Form):
    """Why an operator acts as one now."""

    reason = forms.CharField(
        min_length=5, max_length=300, label=_("What for"),
        help_text=_("For example: a new organiser for the 2nd edition."),
    )  # fmt: skip
