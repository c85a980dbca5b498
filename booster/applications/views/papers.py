"""One application as a tagged PDF, for the one who sent it and for the organisers' files."""

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import typst
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booster.applications import queries as applications
from booster.applications.access import RULES
from booster.applications.models import Application
from booster.applications.queries.papers import Said
from booster.applications.views.doors import edited, held
from booster.applications.views.organising import organised
from booster.kit.views import opens
from booster.ui.templatetags.moments import zoned

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "applications" / "copy.typ"


def _sent(application: Application) -> str:
    if application.submitted_at is None:
        return _("Not sent yet")
    zone = application.call.zone
    when = f"{zoned(application.submitted_at, zone)} ({zone})"
    return f"{application.reference} · {_('Sent %(when)s') % {'when': when}}"


def _answered(said: Said) -> dict[str, Any]:
    names = "\n".join(one.document.name for one in said.files)
    is_list = said.question.kind == "checklist"
    told = {"label": said.question.label, "text": names or said.text, "long": said.long}
    return {**told, "table": said.table, "list": is_list}


def paper(application: Application) -> bytes:
    """The PDF of what was sent. About 0.2 s; reads no file but the template and the fonts that typst brings along."""
    told = applications.reading(application, language=get_language() or "en", say=_)
    chapters = [
        {
            "title": chapter.section.title,
            "answers": [_answered(said) for said in chapter.answers if said.given],
            "silent": f"{_('Not answered:')} {' · '.join(chapter.silent)}" if chapter.silent else "",
        }
        for chapter in told.chapters
    ]
    words = {
        "reference": application.reference,
        "title": str(application),
        "call": application.call.said_title,
        "language": (get_language() or "en")[:2],
        "edition": application.call.edition.name,
        "accent": application.call.edition.accent,
        "sent": _sent(application),
        "page": _("Page"),
        "chapters": chapters,
    }
    stamp = int(application.changed_at.astimezone(UTC).timestamp())
    return typst.compile(
        TEMPLATE,
        sys_inputs={"told": json.dumps(words)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=stamp,
    )


def _answer(application: Application) -> HttpResponse:
    name = application.reference or f"draft-{application.pk}"
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(paper(application), content_type="application/pdf", headers=headers)


@held
@opens("applications.read_own", rules=RULES, seen_by=edited)
def own_paper(request: HttpRequest, application: Application) -> HttpResponse:
    """One's own copy, as it was sent last."""
    return _answer(application)


@opens("applications.read_whole", rules=RULES, seen_by=organised)
def file_paper(request: HttpRequest, application: Application) -> HttpResponse:
    """The organisers' copy."""
    return _answer(application)
