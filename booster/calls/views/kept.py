"""Pages that are the same for every stranger, kept whole until something on them changes.

Only strangers get them: a request that carries a session or a message is rendered for itself. The key holds everything
that the page shows and that may change (revisions, names, the minute), so a change makes a new key and nothing has
to be thrown away; a page is rendered from a bare request, so nothing of one visitor reaches another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache as pages
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_vary_headers
from django.utils.timezone import now
from django.utils.translation import get_language

from booster.calls.models import Call
from booster.calls.rules import deadlines

SECONDS = 900
SLUG = "a slug that no call has"
COLUMNS = (
    *("state", "opens_at", "deadline_at", "grace_minutes", "pk", "revision"),
    *("edition__name", "edition__slug", "edition__state", "edition__accent", "edition__academy__name"),
)
PHASES = ("edition__phases__kind", "edition__phases__starts_on", "edition__phases__ends_on")
Facts = tuple[Any, ...]
View = Callable[..., HttpResponse]


@cache
def _call_query() -> tuple[str, tuple[Any, ...]]:
    """The query of ``about_call`` as the database gets it: putting it together anew costs more than running it."""
    rows = Call.objects.public().filter(slug=SLUG).order_by("edition__phases__pk").values_list(*COLUMNS, *PHASES)
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)


@cache
def _list_query() -> tuple[str, tuple[Any, ...]]:
    sql, params = Call.objects.public().order_by("pk").values_list(*COLUMNS).query.sql_with_params()
    return sql, tuple(params)


def _rows(sql: str, params: tuple[Any, ...]) -> Facts:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return tuple(cursor.fetchall())


def about_call(slug: str) -> Facts | None:
    """Everything that the page of a call shows and that may change; ``None`` for what strangers may not see. One
    query."""
    sql, params = _call_query()
    rows = _rows(sql, tuple(slug if param == SLUG else param for param in params))
    return (_phase(rows[0]), *rows) if rows else None


def about_calls() -> Facts:
    """The same for all calls that strangers may see. One query."""
    return tuple((_phase(row), *row) for row in _rows(*_list_query()))


def _phase(row: Facts) -> str:
    """Where a call stands to the second, so that no page outlives a deadline within its minute."""
    state, opens_at, deadline_at, grace = row[:4]
    times = Times(state, _moment(opens_at), _moment(deadline_at), grace)
    return deadlines.phase(times, now())


@dataclass(slots=True)
class Times:
    state: str
    opens_at: datetime | None
    deadline_at: datetime | None
    grace_minutes: int


def _moment(value: Any) -> datetime | None:
    """SQLite hands moments out without their zone, which is UTC; PostgreSQL as they are."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found


def for_strangers(about: Callable[..., Facts | None]) -> Callable[[View], View]:
    """Keep a view's answer for strangers. ``about(**kwargs)`` answers what the page depends on; ``None``: do not
    keep."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            facts = about(**kwargs) if is_stranger(request) else None
            if facts is None:
                return private(view(request, **kwargs))
            key = _key(request, view.__name__, facts, now())
            page = pages.get(key)
            if page is None:
                answer = view(bare(request), **kwargs)
                if answer.status_code != 200:
                    return answer
                page = (answer.content, answer["Content-Type"], sha256(answer.content).hexdigest()[:32])
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
    return f"calls:{name}:{sha256(told.encode()).hexdigest()}"


def bare(request: HttpRequest) -> HttpRequest:
    """The same address asked by nobody in particular: no cookies, no session, no person, and of the query only
    ``lang``."""
    plain = HttpRequest()
    plain.method, plain.path, plain.path_info = "GET", request.path, request.path_info
    plain.resolver_match = request.resolver_match
    plain.user = AnonymousUser()
    query = QueryDict(mutable=True)
    if "lang" in request.GET:
        query["lang"] = request.GET["lang"][:12]
    plain.GET = query
    plain.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REQUEST_METHOD": "GET"}
    plain.zone = "Europe/Brussels"
    plain.htmx = False
    plain._csp_nonce = ""
    return plain


def answered(request: HttpRequest, body: bytes, content_type: str, digest: str) -> HttpResponse:
    """The kept page, or 304 for a reader who has it; always to be asked for again, so that a change shows at once."""
    etag = f'"{digest}"'
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    response = HttpResponse(status=304) if etag in known else HttpResponse(body, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response
