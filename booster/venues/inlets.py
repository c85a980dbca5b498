"""Where the host's private link leads, and the place on the public page of the edition."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from booster.academies.models import Edition
from booster.people.models import Link
from booster.venues import queries


def venue_page(request: HttpRequest, link: Link) -> str:
    return reverse("venues:venue", args=[link.thing_id])


def on_edition(request: HttpRequest, edition: Edition) -> str:
    """Host, place and the way there, as soon as both sides have signed; before that nothing. One query."""
    venues = list(queries.announced(edition.pk))
    return render_to_string("venues/_public.html", {"venues": venues}, request=request) if venues else ""


INLETS = {"people.link.venue": [venue_page], "home.edition": [on_edition]}
