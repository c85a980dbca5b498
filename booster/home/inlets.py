"""What the roof shows on every page: the head of the site, and the side navigation of an organiser's page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from booster.academies.models import Edition
from booster.calls import queries as calls
from booster.calls.models import Call
from booster.home import queries
from booster.people.models import Link


def desk(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """The side navigation of a page that brings none of its own. One query."""
    return queries.navigation(request, edition, calls.calls_of(edition.pk))


def beside_a_call(request: HttpRequest, call: Call) -> list[dict[str, Any]]:
    """More groups of links for the side navigation of the pages on which a call is written. One query at most."""
    return queries.beside_a_call(request, call)


def masthead(request: HttpRequest) -> dict[str, Any]:
    """For every page: the installation's name and the links of its head. No query; a page may bring its own academy."""
    here = request.path
    nav = [(_("Calls"), reverse("calls:index")), (_("Search"), reverse("home:search"))]
    me = [
        (_("My page"), reverse("home:my_page"), "home"),
        (_("My profile"), reverse("people:profile"), "user"),
    ]
    return {
        "academy": {"name": settings.BOOSTER_NAME},
        "nav": [{"label": label, "href": href, "current": here == href} for label, href in nav],
        "me": [{"label": label, "href": href, "icon": icon} for label, href, icon in me],
    }


def operations_page(request: HttpRequest, link: Link) -> str:
    """Where the private link of an operator leads."""
    return reverse("home:operations")


INLETS = {"desk": [desk], "calls.desk": [beside_a_call], "people.link.operator": [operations_page]}
