"""Reading stored files back."""

from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from booster.kit.access import Refused
from booster.library import rules
from booster.library.models import Document

_CLOSED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"


def why_not(document: Document) -> str | None:
    """Why this file cannot be opened now, in a sentence; ``None`` when it can."""
    if document.scan == "infected":
        return _("The virus scanner found something in this file, so it was deleted. Please upload a clean copy.")
    if document.removed_at is not None:
        return _("This file was removed.")
    if settings.BOOSTER_CLAMD and document.scan != "clean":
        return _("This file is still being checked for viruses. Try again in a minute.")
    return None


def response_for(document: Document, *, inline: bool = False) -> FileResponse:
    """The file as an answer to a request; whoever calls has decided that this person may have it.

    ``Refused`` while it is not checked or when it was infected, ``Http404`` when it was removed. Shown in the page
    (``inline``) only what a browser shows harmlessly: pictures and PDF; anything else is saved. No query.
    """
    inline = inline and document.content_type in rules.INLINE
    response = FileResponse(
        _opened(document), as_attachment=not inline, filename=document.name, content_type=document.content_type
    )
    response["Content-Length"] = str(document.size)
    response["X-Content-Type-Options"] = "nosniff"
    # Chromium's own PDF reader does not start in a sandbox; without scripts and sources it needs none.
    sandbox = "" if inline and document.content_type == rules.TYPES["pdf"] else "; sandbox"
    response["Content-Security-Policy"] = _CLOSED + sandbox
    response["Cache-Control"] = "private, no-store"
    return response


def small_response_for(document: Document) -> HttpResponse:
    """A picture drawn small, under the same conditions as ``response_for``; ``Http404`` for what is none. No query."""
    if not document.is_picture:
        raise Http404
    with _opened(document) as file:
        try:
            small = rules.drawn_small(file)  # type: ignore[arg-type]
        except OSError as damaged:
            raise Http404 from damaged
    response = HttpResponse(small, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = f"{_CLOSED}; sandbox"
    response["Cache-Control"] = "private, max-age=600"
    return response


def response_to(request: HttpRequest, document: Document) -> HttpResponse | FileResponse:
    """As a page that shows files asks: ``?small`` for a picture in a list; pictures are shown, the rest is saved."""
    if "small" in request.GET:
        return small_response_for(document)
    return response_for(document, inline=document.is_picture)


def read(document: Document) -> bytes:
    """The whole content, under the same conditions as ``response_for``."""
    with _opened(document) as file:
        return bytes(file.read())


def _opened(document: Document) -> "File[Any]":
    no = why_not(document)
    if document.scan != "infected" and document.removed_at is not None:
        raise Http404(no)
    if no is not None:
        raise Refused(no)
    try:
        return default_storage.open(document.stored)
    except FileNotFoundError as lost:
        raise Http404(_("This file is missing from the storage.")) from lost
