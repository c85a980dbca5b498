"""The demo's post box: what would have been sent, for everybody to read."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from booster.kit.paging import page
from booster.kit.views import public
from booster.post import queries


def _demo_only() -> None:
    if not settings.BOOSTER_DEMO:
        raise Http404


@public("post.post_box")
def post_box(request: HttpRequest) -> HttpResponse:
    _demo_only()
    address = request.GET.get("to", "").strip()[:254]
    letters = page(queries.post_box(address), number=request.GET.get("page", "1"), size=50)
    return render(request, "post/post_box.html", {"letters": letters, "address": address})


@public("post.read_letter")
def read_letter(request: HttpRequest, pk: int) -> HttpResponse:
    _demo_only()
    letter = get_object_or_404(queries.post_box(), pk=pk)
    context = {"letter": letter, "where": queries.sentence(letter), "tries": letter.tries.all()}
    return render(request, "post/read_letter.html", context)


@public("post.read_calendar")
def read_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    _demo_only()
    letter = get_object_or_404(queries.post_box().exclude(calendar=""), pk=pk)
    response = HttpResponse(letter.calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="invitation.ics"'
    return response
