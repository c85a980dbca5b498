"""What reaches the organisers about a call: questions, and the documents and codes that they hand out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.calls import actions, forms
from booster.calls.models import Call, CallDocument, Enquiry, EntryCode
from booster.calls.views.desk import page_of, shown
from booster.calls.views.public import opens_call
from booster.kit import paging
from booster.library.rules import UnfitFile


@opens_call("calls.answer")
def enquiries(request: HttpRequest, call: Call) -> HttpResponse:
    """What waits first, then what is answered."""
    waiting = list(call.enquiries.filter(state="asked").order_by("asked_at", "pk")[:200])
    rest = call.enquiries.exclude(state="asked").order_by("-answered_at", "-asked_at", "-pk")
    page = paging.page(rest, number=request.GET.get("page"))
    return shown(request, call, "enquiries", waiting=waiting, page=page)


@opens_call("calls.answer")
def answer(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    enquiry = get_object_or_404(Enquiry.objects.select_related("call"), call=call, pk=number)
    initial = {"public_text": enquiry.public_text or enquiry.text, "answer": enquiry.answer}
    form = forms.Answer(request.POST or None, initial=initial)
    if form.is_valid():
        actions.answer(enquiry=enquiry, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The answer is published for all."))
        return redirect(page_of(call, "enquiries"))
    return shown(request, call, "answer", form=form, enquiry=enquiry, status=422 if form.errors else 200)


@require_POST
@opens_call("calls.answer")
def set_aside(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    enquiry = get_object_or_404(Enquiry.objects.select_related("call"), call=call, pk=number)
    actions.set_aside(enquiry=enquiry, by=request.user, at=now())
    messages.success(request, _("Set aside."))
    return redirect(page_of(call, "enquiries"))


@opens_call("calls.attach")
def documents(request: HttpRequest, call: Call) -> HttpResponse:
    form = forms.DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        title, file = form.cleaned_data["title"], form.cleaned_data["file"]
        try:
            actions.add_document(call=call, title=title, file=file, by=request.user, at=now())
        except UnfitFile as unfit:
            form.add_error("file", unfit.said(_))
        else:
            messages.success(request, _("The document stands on the page of the call."))
            return redirect(page_of(call, "documents"))
    listed = call.documents.select_related("document")
    return shown(request, call, "documents", form=form, documents=listed, status=422 if form.errors else 200)


@require_POST
@opens_call("calls.attach")
def remove_document(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    found = get_object_or_404(CallDocument.objects.select_related("call", "document"), call=call, pk=number)
    actions.remove_document(document=found, by=request.user, at=now())
    messages.success(request, _("The document is removed."))
    return redirect(page_of(call, "documents"))


@opens_call("calls.let_in")
def codes(request: HttpRequest, call: Call) -> HttpResponse:
    form = forms.Code(request.POST or None, call=call)
    if form.is_valid():
        code = actions.make_entry_code(
            call=call,
            note=form.cleaned_data["note"],
            uses=form.cleaned_data["uses"],
            valid_until=form.cleaned_data["until_at"],
            by=request.user,
            at=now(),
        )
        messages.success(request, _("The code is %(code)s.") % {"code": code.code})
        return redirect(page_of(call, "codes"))
    return shown(request, call, "codes", form=form, codes=call.entry_codes.all(), status=422 if form.errors else 200)


@require_POST
@opens_call("calls.let_in")
def end_code(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    code = get_object_or_404(EntryCode.objects.select_related("call"), call=call, pk=number)
    actions.end_entry_code(code=code, by=request.user, at=now())
    messages.success(request, _("Nobody comes in by this code any more."))
    return redirect(page_of(call, "codes"))
