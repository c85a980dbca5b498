"""What the roof writes: to the operators, when something is stuck, or nobody had worked for a while."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from booster.people.models import Person
from booster.post.actions import Draft

TROUBLE = "home.trouble"
SILENCE = "home.silence"


def trouble(person: Person, *, newest: int, count: int) -> Draft:
    """Errands were given up, ``newest`` the last of them; what they are stands on the operators' page alone."""
    language = person.language or "en"
    context = {"person": person, "count": count, "address": f"{settings.BOOSTER_URL}{reverse('home:operations')}"}
    with translation.override(language):
        return {
            "kind": TROUBLE,
            "key": f"{TROUBLE}:{newest}:{person.pk}",
            "to": person,
            "subject": _("%(name)s: something was given up") % {"name": settings.BOOSTER_NAME},
            "body": render_to_string("home/letters/trouble.txt", context),
            "language": language,
            "release_now": True,
        }


def silence(person: Person, *, since: datetime, until: datetime) -> Draft:
    """No worker ran between two moments; one does again."""
    language = person.language or "en"
    address = f"{settings.BOOSTER_URL}{reverse('home:operations')}"
    zone = person.zone or settings.TIME_ZONE
    context = {"person": person, "since": since, "until": until, "zone": zone, "address": address}
    with translation.override(language):
        return {
            "kind": SILENCE,
            "key": f"{SILENCE}:{int(since.timestamp())}:{person.pk}",
            "to": person,
            "subject": _("%(name)s works again") % {"name": settings.BOOSTER_NAME},
            "body": render_to_string("home/letters/silence.txt", context),
            "language": language,
            "release_now": True,
        }
