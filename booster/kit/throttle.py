"""Rate limits on public doors: so many tries in so long a time for one key, counted in the shared cache."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def spent(name: str, key: str, *, tries: int, seconds: int) -> bool:
    """Count one try; true when this one is over the limit. The key is hashed: no address stands in the cache."""
    slot = f"throttle:{name}:{sha256(f'{settings.SECRET_KEY}{key}'.encode()).hexdigest()[:32]}"
    cache.add(slot, 0, seconds)
    try:
        return cache.incr(slot) > tries
    except ValueError:  # the window ran out between add and incr
        cache.set(slot, 1, seconds)
        return False


def visitor(request: HttpRequest) -> str:
    """Whom to count: the signed-in person, else the network address as the trusted proxy (or the socket) tells it."""
    if request.user.is_authenticated:
        return f"person:{request.user.pk}"
    if settings.BOOSTER_BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def limited(name: str, *, tries: int, seconds: int) -> Callable[[View], View]:
    """Guard the POSTs of a view: over the limit the answer is 429 and a page that says when to come back."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and spent(name, visitor(request), tries=tries, seconds=seconds):
                response = render(request, "429.html", {"minutes": max(1, seconds // 60)}, status=429)
                response["Retry-After"] = str(seconds)
                return response
            return view(request, *args, **kwargs)

        return inner

    return wrap
