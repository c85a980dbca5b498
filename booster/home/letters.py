"""What the roof writes: to the operators, when something is stuck."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from booster.people.models import Person
from booster.post.actions import Draft

TROUBLE = "home.trouble"


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
