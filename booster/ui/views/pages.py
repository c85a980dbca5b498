"""Pages that belong to nobody's room: the accent's stylesheet and the two statements."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from booster.kit.views import public
from booster.ui import colour


@public("ui.accent")
def accent(request: HttpRequest, tone: str) -> HttpResponse:
    """The address is the whole content, so browsers may keep it for a year; a colour nobody can read is not served."""
    try:
        sheet = colour.accent_sheet(tone)
    except ValueError as wrong:
        raise Http404(str(wrong)) from wrong
    return HttpResponse(
        sheet, content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


@public("ui.accessibility")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/accessibility.html")


@public("ui.privacy")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/privacy.html")
