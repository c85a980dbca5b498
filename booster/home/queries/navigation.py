"""The side navigation of an edition's pages."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from booster.academies.access import is_organiser, is_reader
from booster.academies.models import Edition
from booster.calls import queries as calls
from booster.calls.models import Call

Link = dict[str, Any]


def navigation(request: HttpRequest, edition: Edition, held: Iterable[Call]) -> dict[str, Any]:
    """Title, address and groups of links, the current one marked; readers and operators who do not organise the edition
    get only what they may open. No query when roles and calls are loaded."""
    if is_organiser(request.user, edition) is None:
        groups = [_edition_links(edition), *(_call_links(call) for call in held)]
    elif is_reader(request.user, edition) is None:
        groups = [_reading_links(edition), *(_read_call_links(call) for call in held)]
    else:
        groups = [{"label": "", "links": _setup_links(edition)}]
    for link in (link for group in groups for link in group["links"]):
        link["current"] = link["href"] == request.path
    return {"title": edition.name, "href": groups[0]["links"][0]["href"], "groups": groups}


def beside_a_call(request: HttpRequest, call: Call) -> list[dict[str, Any]]:
    """For the pages on which a call is written: the way back to the desk, and what comes in. One query at most."""
    organises = is_organiser(request.user, call) is None
    goes_on = _call_links(call) if organises else _read_call_links(call)
    back = {"label": _("Desk of the edition"), "href": _address("home:desk", call.edition.slug), "icon": "arrow-left"}
    return [{"label": "", "links": [back]}, {"label": _("What comes in"), "links": goes_on["links"][1:]}]


@cache
def _address(name: str, slug: str) -> str:
    """Addresses do not change while a process lives; finding thirty of them costs more than most queries."""
    return reverse(name, args=[slug])


def _link(label: str, name: str, slug: str) -> Link:
    return {"label": label, "href": _address(name, slug)}


def _edition_links(edition: Edition) -> dict[str, Any]:
    links = [
        _link(_("Desk"), "home:desk", edition.slug),
        _link(_("Calls"), "calls:of_edition", edition.slug),
        _link(_("Cohort"), "cohort:cohort", edition.slug),
        _link(_("Venue"), "venues:of_edition", edition.slug),
        _link(_("Letters"), "home:outbox", edition.slug),
        _link(pgettext("what was done", "Timeline"), "home:timeline", edition.slug),
        *_setup_links(edition),
    ]
    return {"label": "", "links": links}


def _reading_links(edition: Edition) -> dict[str, Any]:
    """What a reader opens of an edition."""
    links = [
        _link(_("Desk"), "home:desk", edition.slug),
        _link(_("Calls"), "calls:of_edition", edition.slug),
        _link(_("Cohort"), "cohort:cohort", edition.slug),
        _link(_("Timeline"), "home:timeline", edition.slug),
    ]
    return {"label": "", "links": links}


def _read_call_links(call: Call) -> dict[str, Any]:
    """What a reader opens of a call."""
    whole = _call_links(call)
    pages = (
        "calls:edit_overview",
        "applications:list",
        "evaluation:screening",
        "evaluation:board",
        "selection:decisions",
    )
    open_to_them = {_address(page, call.slug) for page in pages}
    report = _link(_("Selection report"), "selection:report", call.slug)
    return {**whole, "links": [*(one for one in whole["links"] if one["href"] in open_to_them), report]}


def _setup_links(edition: Edition) -> list[Link]:
    return [
        _link(_("Days and places"), "academies:shape", edition.slug),
        _link(_("People and roles"), "academies:people", edition.slug),
        _link(_("Settings"), "academies:settings", edition.slug),
    ]


def _call_links(call: Call) -> dict[str, Any]:
    venues = call.kind == Call.Kind.VENUES
    choosing = (_("Compare"), "selection:compare") if venues else (_("Choose the cohort"), "selection:builder")
    followed = calls.second_round_of(call) is not None
    talks = [_link(_("Talks"), "interviews:talks", call.slug)] if call.is_interview else []
    links = [
        _link(_("The call"), "calls:edit_overview", call.slug),
        _link(_("Offers") if venues else _("Applications"), "applications:list", call.slug),
        *talks,
        _link(_("Eligibility"), "evaluation:screening", call.slug),
        _link(_("Evaluators"), "evaluation:evaluators", call.slug),
        _link(_("Assignments"), "evaluation:assignments", call.slug),
        _link(_("Scores"), "evaluation:board", call.slug),
        *([_link(_("Shortlist"), "selection:shortlist", call.slug)] if followed else []),
        _link(*choosing, call.slug),
        _link(_("Decisions"), "selection:decisions", call.slug),
    ]
    if call.follows_id:
        label = _("Venues, second round") if venues else _("Participants, second round")
    else:
        label = _("Venues") if venues else _("Participants")
    return {"label": label, "links": links}
