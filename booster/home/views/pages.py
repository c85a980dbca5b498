"""Pages that show many rooms at once: the front, an edition, my page, the organiser's desk."""

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booster.academies import queries as academies
from booster.academies.models import Academy, Edition
from booster.chronicle import queries as chronicle
from booster.home import actions, forms, queries
from booster.home.access import RULES
from booster.kit import inlets
from booster.kit.access import allows
from booster.kit.views import opens, public, signed_in


def _edition(verb: str):
    return opens(verb, rules=RULES, seen_by=Edition.objects.seen_by, by="slug")


@public("home.front")
def front(request: HttpRequest) -> HttpResponse:
    at = now()
    return render(request, "home/front.html", {**queries.front(at=at), "now": at})


@public("home.academy")
def academy(request: HttpRequest, slug: str) -> HttpResponse:
    found = Academy.objects.filter(slug=slug).first()
    if found is None or not (editions := queries.academy_editions(found, at=now())):
        return render(request, "404.html", status=404)
    return render(request, "home/academy.html", {"academy": found, "editions": editions})


@_edition("home.read_edition")
def edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    at = now()
    shown = queries.edition_page(edition, at=at)
    told = format_html_join("", "{}", ((show(request, edition),) for show in inlets.fragments("home.edition")))
    context = {"edition": edition, "academy": edition.academy, "shown": shown, "from_rooms": told, "now": at}
    return render(request, "home/edition.html", context)


@signed_in("home.my_page")
def my_page(request: HttpRequest) -> HttpResponse:
    return render(request, "home/my_page.html", {"mine": queries.my_page(request.user, at=now())})


@require_safe
@_edition("home.desk")
def desk(request: HttpRequest, edition: Edition) -> HttpResponse:
    shown = queries.desk(edition, at=now())
    side = queries.navigation(request, edition, shown.calls)
    organises = allows(RULES, "home.outbox", request.user, edition)
    context = {"edition": edition, "shown": shown, "desk": side, "organises": organises}
    return render(request, "home/desk.html", context)


@require_safe
@_edition("home.timeline")
def timeline(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = forms.TimelineForm(request.GET or None, people=academies.people_of(edition))
    actor = form.cleaned_data["by"] if form.is_valid() else None
    days = queries.timeline_days(chronicle.timeline(edition_id=edition.pk, actor=actor, limit=1000), edition.zone)
    shown = (request.GET.get("all") and days) or days[: queries.DAYS_SHOWN]
    context = {"edition": edition, "days": shown, "more": len(days) - len(shown), "form": form}
    return render(request, "home/timeline.html", context)


@_edition("home.copy_edition")
def copy_edition(request: HttpRequest, edition: Edition) -> HttpResponse:
    first = queries.first_day(edition)
    form = forms.CopyForm(request.POST or None, first_day=first)
    if form.is_valid():
        copied = actions.copy_edition(source=edition, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The edition is copied with its calls, every date moved."))
        return redirect("home:desk", copied.slug)
    return render(request, "home/copy_edition.html", {"edition": edition, "form": form, "first_day": first})


@public("home.search")
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    return render(request, "home/search.html", {"text": text, "hits": queries.search(text, request.user)})


@public("home.alive")
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@public("home.ready")
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and a worker has shown itself within two minutes; 503 with what is missing otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    seen = chronicle.worker_seen_at()
    worker = seen is not None and (now() - seen).total_seconds() < 120
    return JsonResponse({"database": True, "worker": worker}, status=200 if worker else 503)
