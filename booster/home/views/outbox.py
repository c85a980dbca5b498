"""The letters of an edition: what they say, when they leave, and what to do when they do not arrive."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from booster.academies import queries as academies
from booster.academies.models import Edition
from booster.home import forms
from booster.home.access import RULES
from booster.kit.paging import page
from booster.kit.views import opens
from booster.post import actions as post
from booster.post import queries as letters
from booster.post.models import Letter
from booster.selection.queries import deciding


def _edition(verb: str):
    return opens(verb, rules=RULES, seen_by=Edition.objects.seen_by, by="slug")


def _leaves_with_others(found: Letter) -> bool:
    """It tells a decision: nobody hears theirs before the rest do, so that ``selection.tell`` alone releases it."""
    return found.kind == deciding.LETTER and found.state == "held"


@_edition("home.outbox")
def outbox(request: HttpRequest, edition: Edition) -> HttpResponse:
    state = request.GET.get("state", "")
    found = page(letters.outbox(edition_id=edition.pk, state=state), number=request.GET.get("page"))
    context = {"edition": edition, "found": found, "state": state, "chips": letters.chips(edition.pk), "now": now()}
    context |= {"together": deciding.LETTER, "some": any(map(_leaves_with_others, found.items))}
    return render(request, "home/outbox.html", context)


@_edition("home.outbox")
def letter(request: HttpRequest, edition: Edition, pk: int) -> HttpResponse:
    """One letter as it will look; while it is held it can be rewritten."""
    found = Letter.objects.filter(edition_id=edition.pk, pk=pk).first()
    if found is None:
        return render(request, "404.html", status=404)
    start = {"subject": found.subject, "body": found.body, "revision": found.revision}
    form = forms.LetterForm(request.POST or None, initial=start)
    if form.is_valid():
        post.rewrite(found, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The letter is rewritten."))
        return redirect("home:letter", edition.slug, found.pk)
    context = {
        "edition": edition,
        "letter": found,
        "form": form,
        "preview": letters.preview(found),
        "where": letters.sentence(found),
        "tries": found.tries.all(),
        "dead_since": letters.dead_since(found.address),
        "again": forms.SendAgainForm(initial={"address": found.address}),
        "lost": found.state in letters.LOST,
        "together": _leaves_with_others(found),
        "waits": found.state == "released" and found.not_before > now(),
    }
    return render(request, "home/letter.html", context)


@require_POST
@_edition("home.outbox")
def release(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Release the letters that were ticked, or every held one; those of decisions leave when the decisions are told."""
    held = Letter.objects.filter(edition_id=edition.pk, state="held").exclude(kind=deciding.LETTER)
    if "all" not in request.POST:
        held = held.filter(pk__in=[pk for pk in request.POST.getlist("letter") if pk.isdecimal()])
    count = post.release(held, by=request.user, at=now(), window=academies.letter_hours(edition))
    messages.success(
        request,
        ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", count) % {"count": count},
    )
    return redirect("home:outbox", edition.slug)


@require_POST
@_edition("home.outbox")
def settle_letter(request: HttpRequest, edition: Edition, pk: int) -> HttpResponse:
    """What an organiser decides about a letter that did not arrive or waits for its hour."""
    found = get_object_or_404(Letter, edition_id=edition.pk, pk=pk)
    what = request.POST.get("what")
    if what == "discard":
        post.discard([found], by=request.user, at=now())
        messages.success(request, _("The letter is thrown away."))
    elif what == "hasten":
        post.hasten(found, by=request.user, at=now())
        messages.success(request, _("The letter leaves now."))
    else:
        form = forms.SendAgainForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["address"]))
            return redirect("home:letter", edition.slug, found.pk)
        post.retry(found, address=form.cleaned_data["address"], by=request.user, at=now())
        messages.success(request, _("The letter goes out again."))
    return redirect("home:letter", edition.slug, found.pk)
