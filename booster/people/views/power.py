"""Where an operator takes up the operator's power, and where one is led who needs it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.kit.access import Refused, check
from booster.kit.views import signed_in
from booster.people import actions
from booster.people.access import RULES
from booster.people.forms import TakeUp

AGAIN = "power"  # the prefix of the form on the page that carries along what was sent
REASON = f"{AGAIN}-reason"
NOT_CARRIED = ("csrfmiddlewaretoken", REASON)


@signed_in("people.take_up")
def take_up(request: HttpRequest) -> HttpResponse:
    check(RULES, "people.take_up", request.user, request.user)
    form = TakeUp(request.POST or None)
    where = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(where, {request.get_host()}, require_https=request.is_secure())
    if form.is_valid():
        actions.take_up(person=request.user, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect(where if safe else settings.LOGIN_REDIRECT_URL)
    return render(request, "people/take_up.html", {"form": form, "next": where if safe else ""})


@require_POST
@signed_in("people.lay_down")
def lay_down(request: HttpRequest) -> HttpResponse:
    actions.lay_down(person=request.user, by=request.user, at=timezone.now())
    messages.success(request, _("You act as an operator no more."))
    return redirect(settings.LOGIN_REDIRECT_URL)


class OperatorsPower:
    """Middleware: an operator who is refused and has not taken up the power is asked to do so.

    A page is asked for again afterwards. What was sent is carried along on the page that asks, so that an hour that
    ended while somebody typed loses nothing: that page sends all of it once more, to the same address, with the reason.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method != "POST" or REASON not in request.POST or not _lacks_power(request):
            return None
        form = TakeUp(request.POST, prefix=AGAIN)
        if not form.is_valid():
            return _asked_again(request, form)
        actions.take_up(person=request.user, by=request.user, at=timezone.now(), **form.cleaned_data)
        return None

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if not isinstance(trouble, Refused | PermissionDenied | Http404) or not _lacks_power(request):
            return None
        if request.method == "POST":
            return _asked_again(request, TakeUp(prefix=AGAIN))
        if request.method != "GET" or isinstance(trouble, Http404):
            return None
        return redirect(f"{reverse('people:take_up')}?{urlencode({'next': request.get_full_path()})}")


def _lacks_power(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.is_operator and not request.user.on_duty


def _asked_again(request: HttpRequest, form: TakeUp) -> HttpResponse:
    """The refusal, with the way to take up the power and to send the same once more."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_CARRIED]
    context = {"form": form, "sent": sent, "files": bool(request.FILES)}
    return render(request, "people/power_ended.html", context, status=403)
