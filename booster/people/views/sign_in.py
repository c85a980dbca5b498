"""Where allauth asks the house: how letters go out, who a new person is, when to ask again. And the reader's zone."""

from collections.abc import Callable
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from booster.kit import times
from booster.people import actions, letters
from booster.people import queries as persons
from booster.people.models import Person
from booster.people.rules import emails
from booster.post import actions as post

ZONE_COOKIE = "zone"


class AccountAdapter(DefaultAccountAdapter):
    """Letters go through the post in our words; whatever changes how a person signs in is a fact."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not the code of the last letter. Look again, or ask for a new one."),
        "email_password_mismatch": gettext_lazy("Address and password do not belong together."),
        "too_many_login_attempts": gettext_lazy("Too many tries. Please wait a few minutes."),
        "rate_limited": gettext_lazy("Too many tries. Please wait a few minutes."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        now, person = timezone.now(), persons.person_by_email(email)
        letter = letters.sign_in_letter(template_prefix, person=person, context={**context, "email": email})
        post.drop(**letter, to=person, address=email, by=None, at=now, release_now=True)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        actions.change_sign_in(person=user, how=template_prefix.rpartition("/")[2], by=user, at=timezone.now())
        super().send_notification_mail(template_prefix, user, context=context, email=email)

    def new_user(self, request: HttpRequest) -> Person:
        return Person(joined_at=timezone.now())

    def set_password(self, user: Person, password: str) -> None:
        actions.change_sign_in(person=user, how="password", password=password, by=user, at=timezone.now())

    def clean_email(self, email: str) -> str:
        return emails.normalise(email)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who proved themselves within the last five minutes, in whatever way, is not asked again."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        records = get_authentication_records(self.request, self.request.user)
        since = timezone.now().timestamp() - account_settings.REAUTHENTICATION_TIMEOUT
        return all(record["at"] < since for record in records)


class SecondStepAdapter(DefaultMFAAdapter):
    """A passkey is a way in, not a second lock: only the authenticator app makes the house ask for a second step."""

    def is_mfa_enabled(self, user: Person, types: list[str] | None = None) -> bool:
        if types and Authenticator.Type.TOTP in types:
            types = [Authenticator.Type.TOTP]
        return bool(super().is_mfa_enabled(user, types=types))

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey") if not count else gettext("Passkey %(number)d") % {"number": count + 1}

    def get_totp_issuer(self) -> str:
        return gettext("Training academy")


class OtherHouseAdapter(DefaultSocialAccountAdapter):
    """Single sign-on: the other house names a person as our forms do."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Person:
        person: Person = sociallogin.user
        given, family = str(data.get("first_name") or "")[:100], str(data.get("last_name") or "")[:100]
        person.email = emails.normalise(str(data.get("email") or ""))
        person.given_name, person.family_name = given, family
        person.name = (str(data.get("name") or "") or f"{given} {family}".strip() or person.email)[:200]
        return person

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Person:
        person: Person = super().save_user(request, sociallogin, form=form)
        return actions.welcome(person=person, by=person, at=timezone.now())


def _zone_of(request: HttpRequest) -> str:
    """The profile's zone; else what the browser told by a cookie; else nothing, and the page's script does it."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated and request.user.zone:
        return str(request.user.zone)
    told = request.COOKIES.get(ZONE_COOKIE, "")[:64]
    try:
        return times.zone(told).key if told else ""
    except ValueError:
        return ""


class ReaderZone:
    """Middleware: ``request.zone`` is the name of the zone on whose clocks this reader lives, or empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.zone = _zone_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)
