"""What every page of an application needs: who comes, what they hold, what the upper rooms add."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache

from booster.applications.access import HELD
from booster.applications.models import Application, Partner
from booster.kit import inlets
from booster.people.models import Person

View = Callable[..., HttpResponse]


def held(view: View) -> View:
    """Hang what this browser may go on with on the visitor; nothing of these pages is kept by a proxy."""

    @wraps(view)
    @never_cache
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user.held = request.session.get(HELD, {})
        return view(request, *args, **kwargs)

    return inner


def edited(actor: Any) -> Any:
    """What the visitor writes, with all that its pages show: a constant number of queries."""
    rows = Application.objects.edited_by(actor)
    joined = rows.select_related("call__edition__academy", "form_version", "applicant", "entry_code", "cut_off")
    return joined.prefetch_related("partners", "completions")


def author(application: Application, partner: Partner | None) -> Person | None:
    """In whose name the visitor acts: the partner's, or the applicant's (nobody's before the address is verified)."""
    return partner.person if partner is not None else application.applicant


def shown(request: HttpRequest, place: str, thing: Any) -> SafeString:
    """What the upper rooms show in a named place of this page."""
    return format_html_join("", "{}", ((fragment(request, thing),) for fragment in inlets.fragments(place)))
