"""Pages that are the same for every stranger, kept whole until something on them changes.

Only strangers get them: a request that carries a session or a message is rendered for itself. The key holds everything
that the page shows and that may change (revisions, names, the minute), so a change makes a new key and nothing has
to be thrown away; a page is rendered from a bare request, so nothing of one visitor reaches another. A form on such a
page is kept without its token against forged requests and without the values of fields marked ``data-own``, which
must differ from reader to reader: everybody gets their own put in.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache as pages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers
from django.utils.timezone import now
from django.utils.translation import get_language

SECONDS = 900
TOKEN, OWN = b"--token-of-this-reader--", b"--value-of-this-reader--"
A_TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
AN_OWN = re.compile(rb'(?<=value=")[^"]+(?=" data-own)')
Facts = tuple[Any, ...]
View = Callable[..., HttpResponse]


def for_strangers(about: Callable[..., Facts | None]) -> Callable[[View], View]:
    """Keep a view's answer for strangers. ``about(**kwargs, at=now)`` answers what the page depends on; ``None``: do
    not keep."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            at = now()
            facts = about(**kwargs, at=at) if is_stranger(request) else None
            if facts is None:
                return private(view(request, **kwargs))
            key = _key(request, view.__name__, facts, at)
            page = pages.get(key)
            if page is None:
                answer = view(Bare(request), **kwargs)
                if answer.status_code != 200:
                    return answer
                body = AN_OWN.sub(OWN, A_TOKEN.sub(TOKEN, answer.content))
                page = (body, answer["Content-Type"], sha256(body).hexdigest()[:32])
                pages.set(key, page, SECONDS)
            return answered(request, *page)

        return inner

    return wrap


def is_stranger(request: HttpRequest) -> bool:
    """Whether nothing in the request could make its page another one."""
    own = {settings.SESSION_COOKIE_NAME, "messages"} & set(request.COOKIES)
    return request.method in ("GET", "HEAD") and not own and "HX-Request" not in request.headers


def private(response: HttpResponse) -> HttpResponse:
    """A page made for one visitor is kept by nobody."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _key(request: HttpRequest, name: str, facts: Facts, at: datetime) -> str:
    lang = request.GET.get("lang", "")[:12]
    told = repr((name, lang, get_language(), at.strftime("%Y%m%d%H%M"), facts))
    return f"kept:{name}:{sha256(told.encode()).hexdigest()}"


class Bare(HttpRequest):
    """An address asked by nobody in particular: no cookies, no session, no person, and of the query only ``lang``."""

    session: Any
    zone, htmx, _csp_nonce = "Europe/Brussels", False, ""

    def __init__(self, asked: HttpRequest) -> None:
        super().__init__()
        self.method, self.path, self.path_info = "GET", asked.path, asked.path_info
        self.resolver_match, self.user, self.session = asked.resolver_match, AnonymousUser(), {}
        if "lang" in asked.GET:
            self.GET = QueryDict(urlencode({"lang": asked.GET["lang"][:12]}))
        self.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REQUEST_METHOD": "GET"}


def answered(request: HttpRequest, body: bytes, content_type: str, digest: str) -> HttpResponse:
    """The kept page, or 304 for a reader who has it; always to be asked for again, so that a change shows at once.
    With a form on it, it is that reader's own."""
    if TOKEN in body:
        own = body.replace(TOKEN, get_token(request).encode()).replace(OWN, token_urlsafe(16).encode())
        return private(HttpResponse(own, content_type=content_type))
    etag = f'"{digest}"'
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponse(status=304) if etag in known else HttpResponse(body, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response
