"""Private links: one button before anything happens, so that a mail scanner burns nothing."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from booster.kit.throttle import limited
from booster.kit.views import public
from booster.people import actions, letters
from booster.people import queries as persons
from booster.people.models import Link
from booster.post import actions as post

View = Callable[..., HttpResponse]


def _private(view: View) -> View:
    """The page of a secret address: never kept by a proxy nor found by a search engine."""

    @wraps(view)
    def inner(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(inner)


def _masked(address: str) -> str:
    """Enough of an address for its owner to recognise it: ``p…@example.org``."""
    name, _at, house = address.partition("@")
    return f"{name[:1]}…@{house}" if house else ""


def _trouble(request: HttpRequest, token: str, trouble: persons.LinkTrouble) -> HttpResponse:
    link, why = trouble.link, type(trouble).__name__.lower()
    context = {"why": why, "link": link, "token": token, "address": _masked(link.address) if link else ""}
    return render(request, "people/link_trouble.html", context, status=404 if link is None else 410)


def _go(request: HttpRequest, link: Link) -> HttpResponse:
    """Remember the grant, sign in where the link does so, and go where its room says."""
    now = timezone.now()
    if link.signs_in and request.user.is_anonymous and link.person is not None:
        actions.confirm_address(person=link.person, by=link.person, at=now)
        persons.note_grant(request.session, link, at=now)
        where = persons.link_destination(request, link) or "/"
        record_authentication(request, link.person, method="code", email=link.address)
        return perform_login(request, Login(user=link.person, redirect_url=where, email=link.address))
    persons.note_grant(request.session, link, at=now)
    return redirect(persons.link_destination(request, link) or "/")


@public("people.open_link")
@_private
@limited("people.open_link", tries=30, seconds=600)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks for one click; a link for many uses only reads, so it opens at once."""
    now = timezone.now()
    try:
        link = persons.open_link(token=token, at=now)
        if persons.is_for_somebody_else(link, request.user):
            return render(request, "people/link_elsewhere.html", {"token": token, "address": _masked(link.address)})
        if request.method != "POST" and link.uses_left is not None:
            return render(request, "people/link.html", {"link": link, "token": token})
        by = request.user if request.user.is_authenticated else link.person
        return _go(request, actions.use_link(token=token, at=now, by=by))
    except persons.LinkTrouble as trouble:
        return _trouble(request, token, trouble)


@public("people.switch")
@_private
def switch(request: HttpRequest, token: str) -> HttpResponse:
    """Leave the account that is signed in, and come back to the link as nobody."""
    if request.method == "POST":
        logout(request)
    return redirect("people:link", token=token)


@public("people.new_link")
@_private
@limited("people.new_link", tries=5, seconds=3600)
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a fresh link to where the expired or used one went; whoever asks learns nothing else."""
    if request.method != "POST":
        return redirect("people:link", token=token)
    now = timezone.now()
    try:
        persons.open_link(token=token, at=now)
    except persons.LinkTrouble as trouble:
        if trouble.link is None or not trouble.link.address:
            return _trouble(request, token, trouble)
        fresh, secret = actions.renew_link(link=trouble.link, by=None, at=now)
        letter = letters.new_link(fresh, secret, at=now)
        post.drop(**letter, to=fresh.person, address=fresh.address, by=None, at=now, release_now=True)
        return render(request, "people/link_mailed.html", {"address": _masked(fresh.address)})
    return redirect("people:link", token=token)
