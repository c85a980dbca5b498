"""What people shows on every page: where the choice of a language is kept."""

from django.urls import reverse


def language() -> str:
    return reverse("people:speak")


INLETS = {"language": [language]}
