"""Who prepares the place: the organisers of the edition and its hosts, each on their side."""

from typing import Any

from django.utils.translation import gettext as _

from booster.academies.access import is_host, is_organiser
from booster.kit.access import any_of, every

on_site = any_of(is_organiser, is_host)


def is_still_on(actor: Any, venue: Any) -> str | None:
    """A place that was given up stays as it was."""
    return None if venue.state != "stepped_back" else _("This venue has been given up. It cannot be changed any more.")


def is_unsigned(actor: Any, venue: Any) -> str | None:
    return None if venue.state == "proposed" else _("Both sides have signed: the agreement cannot be changed any more.")


RULES = {
    "venues.look_over": on_site,
    "venues.adopt": is_organiser,
    "venues.read": on_site,
    "venues.describe": every(on_site, is_still_on),
    "venues.rewrite": every(is_organiser, is_still_on, is_unsigned),
    "venues.sign": every(on_site, is_still_on),
    "venues.sign_as_host": every(is_host, is_still_on, is_unsigned),
    "venues.sign_as_organiser": every(is_organiser, is_still_on, is_unsigned),
    "venues.step_back": every(on_site, is_still_on),
    "venues.prepare": every(is_organiser, is_still_on),
    "venues.set_room": every(on_site, is_still_on),
    "venues.set_task": every(on_site, is_still_on),
}
