"""The doors: every view names its verb, fetches inside what the actor may see, then asks the rule."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from booster.kit.access import Refused, Rules, check
from booster.kit.machine import NotNow
from booster.kit.moves import Stale

View = Callable[..., HttpResponse]


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A page leads to the sign-in; what a page sends by itself is told, or it took that page for its answer."""
    if request.headers.get("Accept") == "application/json":
        message = _(
            "You are no longer signed in here. Your text is kept in this browser and put back once you sign in."
        )
        return JsonResponse({"message": message}, status=401)
    return redirect_to_login(request.get_full_path())


def opens(
    verb: str, *, rules: Rules, seen_by: Callable[[Any], QuerySet[Any]], by: str = "pk", writes: str = ""
) -> Callable[[View], View]:
    """Open a thing: ``seen_by(actor)`` is the queryset it must be in (404 outside), the rule may still refuse (403).

    ``by`` names the field that the address carries (``pk``, ``slug``, ``number``…) and the keyword of the URL pattern.
    ``writes`` names the verb that a POST needs, on a page that more people may read than change.
    A stranger who is not signed in is sent to sign in when the thing is not visible or the rule refuses.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                thing = get_object_or_404(seen_by(request.user), **{by: kwargs.pop(by)})
                check(rules, verb, request.user, thing)
                if writes and request.method == "POST":
                    check(rules, writes, request.user, thing)
            except Refused as refused:
                if request.user.is_anonymous:
                    return _to_sign_in(request)
                raise PermissionDenied(str(refused)) from refused
            except Http404:
                if request.user.is_anonymous:
                    return _to_sign_in(request)
                raise
            return view(request, thing, *args, **kwargs)

        inner.verb, inner.writes = verb, writes  # type: ignore[attr-defined]
        return inner

    return wrap


def public(verb: str) -> Callable[[View], View]:
    """A page that everybody may read; whatever it lists comes from a ``seen_by`` all the same."""

    def wrap(view: View) -> View:
        view.verb = verb  # type: ignore[attr-defined]
        return view

    return wrap


def signed_in(verb: str) -> Callable[[View], View]:
    """A page of one's own: anybody with an account, about nobody else."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_anonymous:
                return _to_sign_in(request)
            return view(request, *args, **kwargs)

        inner.verb = verb  # type: ignore[attr-defined]
        return inner

    return wrap


class Refusals:
    """Middleware: a refusal of an action becomes a page that says why (403), a lost race or a wrong moment a 409.

    Both lead back to the page with the button, and so does the address of a button that somebody loads by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == 405 and request.method == "GET" and not answer.content:
            page = render(request, "405.html", {"back": came_from(request)}, status=405)
            page["Allow"] = answer["Allow"]
            return page
        return answer

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        told = {"exception": trouble, "back": came_from(request)}
        if isinstance(trouble, Refused):
            return render(request, "403.html", told, status=403)
        if isinstance(trouble, NotNow | Stale):
            return render(request, "409.html", told, status=409)
        return None


def came_from(request: HttpRequest) -> str:
    """The page of this site from which the browser came, without its host; nothing when it came from elsewhere."""
    there = urlsplit(request.META.get("HTTP_REFERER", ""))
    if there.netloc != request.get_host() or not there.path.startswith("/") or there.path.startswith("//"):
        return ""
    return there.path + (f"?{there.query}" if there.query else "")
