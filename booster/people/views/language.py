"""Which language a page speaks: the one that its reader chose, else what the browser asks for, else English."""

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from booster.kit.views import public
from booster.people import actions


def offered(language: str) -> bool:
    return language in dict(settings.LANGUAGES)


class ReaderLanguage:
    """Middleware: who is signed in and has said so reads pages in their own language, wherever they are. The cookie
    and the browser's wish were looked at before, by Django's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        if known and offered(request.user.language):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


@csrf_exempt  # the choice stands on pages that are kept for everybody, so its form has no token
@require_POST
@public("people.speak")
def speak(request: HttpRequest) -> HttpResponse:
    """Keep the language that somebody chose: in the profile of who is signed in, else in a cookie."""
    if not _is_from_here(request):
        raise PermissionDenied(_("The language can only be chosen on a page of this site."))
    answer = redirect(_page_before(request))
    language = request.POST.get("language", "")
    if not offered(language):
        return answer
    if request.user.is_authenticated:
        actions.rename(person=request.user, by=request.user, at=timezone.now(), language=language)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return answer


def _page_before(request: HttpRequest) -> str:
    """The page on which the language was chosen, as the browser tells it; else the front page."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return "/"
    parts = urlsplit(before)
    return urlunsplit(("", "", parts.path or "/", parts.query, ""))


def _is_from_here(request: HttpRequest) -> bool:
    """Browsers say where a form was sent from; nothing said (an old browser, a script) is nobody's else."""
    origin = request.headers.get("Origin", "")
    if origin and origin != "null":
        return origin in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
