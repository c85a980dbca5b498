"""What the roof shows on every organiser's page: the side navigation of an edition."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from booster.academies.models import Edition
from booster.calls import queries as calls
from booster.calls.models import Call

Link = dict[str, Any]


def desk(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """Title, address and groups of links, the current one marked. One query."""
    groups = [_edition_links(edition), *(_call_links(call) for call in calls.calls_of(edition.pk))]
    for link in (link for group in groups for link in group["links"]):
        link["current"] = link["href"] == request.path
    return {"title": edition.name, "href": reverse("home:desk", args=[edition.slug]), "groups": groups}


def _link(label: str, name: str, slug: str) -> Link:
    return {"label": label, "href": reverse(name, args=[slug])}


def _edition_links(edition: Edition) -> dict[str, Any]:
    links = [
        _link(_("Desk"), "home:desk", edition.slug),
        _link(_("Calls"), "calls:of_edition", edition.slug),
        _link(_("Cohort"), "cohort:cohort", edition.slug),
        _link(_("Venue"), "venues:of_edition", edition.slug),
        _link(_("Letters"), "home:outbox", edition.slug),
        _link(_("Timeline"), "home:timeline", edition.slug),
        _link(_("Days and places"), "academies:shape", edition.slug),
        _link(_("People and roles"), "academies:people", edition.slug),
        _link(_("Settings"), "academies:settings", edition.slug),
    ]
    return {"label": "", "links": links}


def _call_links(call: Call) -> dict[str, Any]:
    venues = call.kind == Call.Kind.VENUES
    choosing = (_("Compare"), "selection:compare") if venues else (_("Choose the cohort"), "selection:builder")
    links = [
        _link(_("The call"), "calls:edit_overview", call.slug),
        _link(_("Offers") if venues else _("Applications"), "applications:list", call.slug),
        _link(_("Eligibility"), "evaluation:screening", call.slug),
        _link(_("Evaluators"), "evaluation:evaluators", call.slug),
        _link(_("Assignments"), "evaluation:assignments", call.slug),
        _link(_("Scores"), "evaluation:board", call.slug),
        _link(*choosing, call.slug),
        _link(_("Decisions"), "selection:decisions", call.slug),
    ]
    return {"label": _("Venues") if venues else _("Participants"), "links": links}


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


INLETS = {"desk": [desk]}
