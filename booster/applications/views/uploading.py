"""Files in lines of tables and checklists, sent by themselves or with the whole form; and handing them out again."""

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booster.applications import actions
from booster.applications.access import RULES, is_applicant, partner_of
from booster.applications.models import Application, Attachment
from booster.applications.queries.answering import Desk
from booster.applications.views.doors import author, edited, held
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.views import opens
from booster.library import queries as library
from booster.library.rules import UnfitFile
from booster.questions.rules.files import UPLOAD


@held
@opens("applications.answer", rules=RULES, seen_by=edited)
@require_POST
def upload(request: HttpRequest, application: Application) -> JsonResponse:
    """A file for one line, as soon as it is chosen. The line that names it is saved as any other answer."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"message": _("Choose a file first.")}, status=422)
    partner = None if is_applicant(request.user, application) is None else partner_of(request.user, application)
    box, by = request.POST.get("box", ""), author(application, partner)
    try:
        document = actions.attach_file(application=application, box=box, file=file, by=by, at=now(), partner=partner)
    except UnfitFile as trouble:
        return JsonResponse({"message": trouble.said(_)}, status=422)
    except (NotNow, Refused) as no:
        return JsonResponse({"message": str(no)}, status=409)
    return JsonResponse({**actions.entry_of(document), "picture": document.is_picture})


def taken_in(request: HttpRequest, desk: Desk) -> tuple[QueryDict, list[tuple[str, str]]]:
    """What the form sent, with each file of a line stored and named in it, and (question, why) for those that were not
    taken. Also what the buttons inside a question ask for without scripts."""
    data, refused = request.POST.copy(), []
    for name in [name for name in request.FILES if name.endswith(UPLOAD)]:
        box = name.removesuffix(UPLOAD)
        key = box.partition("-")[0]
        if key not in desk.writable:
            continue
        try:
            document = actions.attach_file(
                application=desk.application,
                box=box,
                file=request.FILES[name],
                by=author(desk.application, desk.partner),
                at=now(),
                partner=desk.partner,
            )
        except UnfitFile as trouble:
            refused.append((key, trouble.said(_)))
            continue
        data[box] = str(document.pk)
    if dropped := data.get("drop", ""):
        data[dropped] = ""
    _answer_open_lines(data, desk)
    return data, refused


def _answer_open_lines(data: QueryDict, desk: Desk) -> None:
    """“Answer the open lines of this part with yes”: what is answered stays."""
    question = desk.form.questions.get(data.get("all_yes", ""))
    if question is None or question.kind != "checklist":
        return
    for line in question.values:
        if not data.get(f"{question.key}-{line}"):
            data[f"{question.key}-{line}"] = "yes"


@held
@opens("applications.read_own", rules=RULES, seen_by=edited)
def attachment(request: HttpRequest, application: Application, document: int) -> HttpResponse:
    """A file of one's own application."""
    found = get_object_or_404(
        Attachment.objects.select_related("document"), application=application, document_id=document
    )
    return library.response_to(request, found.document)
