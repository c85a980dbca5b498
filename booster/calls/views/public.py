"""The pages that everybody reads."""

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from booster.calls import actions, forms, queries
from booster.calls.access import RULES
from booster.calls.models import Call, CallDocument
from booster.calls.rules import deadlines
from booster.calls.views import papers, wording
from booster.kit.access import allows
from booster.kit.throttle import limited
from booster.kit.views import opens, public
from booster.library import queries as library
from booster.ui.kept import for_strangers


def _seen(person: Any) -> Any:
    return Call.objects.seen_by(person).select_related("edition__academy", "follows", "second_round")


def opens_call(verb: str) -> Any:
    return opens(verb, rules=RULES, seen_by=_seen, by="slug")


def _about(call: Call) -> dict[str, Any]:
    """What the frame of a call's page shows: the academy's name stands at its head."""
    return {"call": call, "edition": call.edition, "academy": call.edition.academy}


@for_strangers(queries.about_calls)
@public("calls.read")
def index(request: HttpRequest) -> HttpResponse:
    at = now()
    calls = list(queries.published_calls())
    groups: dict[str, list[Call]] = {"open": [], "coming": [], "over": [], "settled": []}
    for call in calls:
        groups[deadlines.phase(call, at)].append(call)
    groups["over"] = sorted(groups.pop("settled") + groups["over"], key=lambda c: c.deadline_at, reverse=True)
    academies = {call.edition.academy for call in calls}
    head = {"academy": academies.pop()} if len(academies) == 1 else {}
    return render(request, "calls/index.html", {**groups, **head, "now": at, "site": settings.BOOSTER_URL})


@for_strangers(queries.about_call)
@opens_call("calls.read")
def call(request: HttpRequest, call: Call) -> HttpResponse:
    at = now()
    words = wording.words_of(call, request.GET.get("lang") or get_language() or "")
    form = queries.form_of(queries.published_form(call))
    context = {
        **_about(call),
        "words": words,
        "phase": deadlines.phase(call, at),
        "criteria": queries.criteria_shown(list(call.criteria.all()), form),
        "book": queries.white_book(call),
        "documents": call.documents.select_related("document"),
        "answers": queries.answered(call),
        "extensions": call.extensions.order_by("-announced_at"),
        "cut_offs": call.cut_offs.all(),
        "question_count": len(form.questions),
        "stops": wording.rail_of(call.edition, at),
        "json_ld": "" if call.follows_id else wording.json_ld(call, words),
        "second": queries.second_round_of(call),
        "site": settings.BOOSTER_URL,
        "now": at,
        "organises": allows(RULES, "calls.change", request.user, call),
    }
    return render(request, "calls/call.html", context)


@for_strangers(queries.about_call)
@opens_call("calls.read")
def asked(request: HttpRequest, call: Call) -> HttpResponse:
    """What the form asks, with the criteria beside the questions that they concern."""
    words = wording.words_of(call, request.GET.get("lang") or get_language() or "")
    form = queries.form_of(queries.published_form(call)).in_language(words.language)
    weights = {criterion.key: criterion for criterion in call.criteria.all()}
    sections = wording.sections_shown(form, weights)
    context = {**_about(call), "words": words, "sections": sections, "now": now()}
    return render(request, "calls/asked.html", context)


@for_strangers(queries.about_call)
@opens_call("calls.read")
def white_book(request: HttpRequest, call: Call) -> HttpResponse:
    words = wording.words_of(call, request.GET.get("lang") or get_language() or "")
    context = {**_about(call), "words": words, "book": _book_or_404(call)}
    return render(request, "calls/white_book.html", context)


@for_strangers(queries.about_call)
@opens_call("calls.read")
def white_book_pdf(request: HttpRequest, call: Call) -> HttpResponse:
    criteria = queries.criteria_shown(list(call.criteria.all()), queries.form_of(None))
    paper = papers.white_book(call, _book_or_404(call), criteria)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{call.slug}-white-book.pdf"'
    return response


def _book_or_404(call: Call) -> list[queries.BookPart]:
    if book := queries.white_book(call):
        return book
    raise Http404(_("This call has no white book."))


@opens_call("calls.read")
def document(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    found = get_object_or_404(CallDocument.objects.select_related("document"), call=call, pk=number)
    return library.response_for(found.document)


@limited("calls.ask", tries=5, seconds=3600)
@opens_call("calls.ask")
def ask(request: HttpRequest, call: Call) -> HttpResponse:
    form = forms.Ask(request.POST or None, person=request.user)
    if form.is_valid():
        if not form.is_trap():
            by = request.user if request.user.is_authenticated else None
            address = form.cleaned_data.get("address", "")
            actions.ask(call=call, text=form.cleaned_data["text"], address=address, by=by, at=now())
        messages.success(request, _("Your question is with the organisers. The answer will be published for all."))
        return redirect("calls:call", call.slug)
    context = {**_about(call), "form": form, "takes": call.state in ("open", "closed")}
    return render(request, "calls/ask.html", context, status=422 if form.errors else 200)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@for_strangers(queries.about_call)
@opens_call("calls.read")
def box(request: HttpRequest, call: Call) -> HttpResponse:
    """A small page for other sites to embed."""
    words = wording.words_of(call, request.GET.get("lang") or get_language() or "")
    address = settings.BOOSTER_URL + reverse("calls:call", args=[call.slug])
    context = {"call": call, "words": words, "address": address, "phase": deadlines.phase(call, now()), "now": now()}
    return render(request, "calls/box.html", context)
