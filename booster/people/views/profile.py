"""One's own page: name, language, zone; what one agreed to; how one signs in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter as other_houses
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.kit import inlets
from booster.kit.views import opens, signed_in
from booster.people import actions
from booster.people import queries as persons
from booster.people.access import RULES
from booster.people.forms import Profile
from booster.people.models import Consent


@signed_in("people.edit_profile")
def profile(request: HttpRequest) -> HttpResponse:
    person, now = request.user, timezone.now()
    form = Profile(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        actions.rename(person=person, by=person, at=now, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("people:profile")
    context = {
        "form": form,
        "person": person,
        "consents": persons.consents_of(person),
        "affiliations": persons.affiliations(person),
        "roles": [html for show in inlets.fragments("people.profile") if (html := show(request, person))],
    }
    return render(request, "people/profile.html", context)


@signed_in("people.sign_in_settings")
def sign_in_settings(request: HttpRequest) -> HttpResponse:
    """Every way into this account on one page."""
    keys = list(Authenticator.objects.filter(user=request.user))
    context = {
        "addresses": list(EmailAddress.objects.filter(user=request.user).order_by("-primary", "email")),
        "passkeys": [key for key in keys if key.type == Authenticator.Type.WEBAUTHN],
        "app": next((key for key in keys if key.type == Authenticator.Type.TOTP), None),
        "codes": next((key for key in keys if key.type == Authenticator.Type.RECOVERY_CODES), None),
        "houses": other_houses().list_providers(request),
    }
    return render(request, "people/sign_in_settings.html", context)


@require_POST
@signed_in("people.sign_out_everywhere")
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    person = actions.sign_out_everywhere(person=request.user, by=request.user, at=timezone.now())
    update_session_auth_hash(request, person)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("people:sign_in_settings")


@opens("people.withdraw_consent", rules=RULES, seen_by=Consent.objects.seen_by)
def withdraw_consent(request: HttpRequest, consent: Consent) -> HttpResponse:
    if request.method == "POST":
        actions.withdraw_consent(consent=consent, by=request.user, at=timezone.now())
        messages.success(request, _("Your consent is withdrawn."))
        return redirect("people:profile")
    return render(request, "people/withdraw_consent.html", {"consent": consent})
