"""Where private links of this room lead, and what it shows on other rooms' pages."""

from django.http import HttpRequest
from django.urls import reverse

from booster.people.models import Link


def seat_page(request: HttpRequest, link: Link) -> str:
    return reverse("cohort:seat", args=[link.thing_id])


INLETS = {"people.link.seat": [seat_page]}
