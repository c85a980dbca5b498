"""The demo alone: everybody in the play, one click to be them."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from booster.kit.views import public
from booster.people import queries as persons


def _demo_only() -> None:
    if not settings.BOOSTER_DEMO:
        raise Http404


@public("people.cast")
def cast(request: HttpRequest) -> HttpResponse:
    _demo_only()
    return render(request, "people/cast.html", {"cast": list(persons.cast()), "next": request.GET.get("next", "")})


@public("people.play")
def play(request: HttpRequest, pk: int) -> HttpResponse:
    """Be this person. Outside the demo there is no such page, whatever is asked."""
    _demo_only()
    if request.method != "POST":
        return redirect("people:cast")
    person = get_object_or_404(persons.cast(), pk=pk, is_active=True)
    logout(request)
    record_authentication(request, person, method="cast")
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    where = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(where, {request.get_host()}, require_https=request.is_secure())
    return redirect(where if safe else settings.LOGIN_REDIRECT_URL)
