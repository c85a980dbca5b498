"""Letters about signing in and about private links: subject, body, addressee. Nothing is sent here."""

from datetime import datetime
from secrets import token_hex
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from booster.people.models import Link, Person
from booster.people.queries import link_url


def _letter(template: str, *, kind: str, language: str, context: dict[str, Any]) -> dict[str, str]:
    """The first line of the file is the subject, the rest after an empty line the body."""
    language = language or translation.get_language() or "en"  # of the page on which it was asked for
    with translation.override(language):
        text = render_to_string(template, context).strip()
    subject, _gap, body = text.partition("\n")
    # A code or a link is good for one moment: each such letter is its own, never "the same as before".
    return {
        "kind": kind,
        "key": f"{kind}:{token_hex(8)}",
        "subject": subject.strip(),
        "body": body.strip(),
        "language": language,
    }


def sign_in_letter(prefix: str, *, person: Person | None, context: dict[str, Any]) -> dict[str, str]:
    """What allauth calls ``account/email/login_code`` is our ``people/letters/login_code.txt``.

    ``TemplateDoesNotExist`` for a kind of letter that we have no words for.
    """
    name = prefix.rpartition("/")[2]
    language = person.language if person else ""
    return _letter(
        f"people/letters/{name}.txt", kind=f"people.{name}", language=language, context={**context, "person": person}
    )


def new_link(link: Link, token: str, *, at: datetime) -> dict[str, str]:
    """The letter that carries a private link asked for anew."""
    context = {"url": link_url(token), "link": link, "person": link.person, "at": at}
    language = link.person.language if link.person else ""
    return _letter("people/letters/new_link.txt", kind="people.new_link", language=language, context=context)
