"""For organisers: the list of a call, one file, an export, “please complete”."""

import csv
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from booster.applications import actions
from booster.applications import queries as applications
from booster.applications.access import RULES
from booster.applications.forms.asking import STATES, TITLES, AskCompletion, Export, Listed
from booster.applications.models import Application, Attachment
from booster.applications.queries import listing as lists
from booster.applications.views.doors import shown
from booster.calls.models import Call
from booster.kit import sheets, times
from booster.kit.access import allows, check
from booster.kit.machine import NotNow
from booster.kit.paging import page
from booster.kit.views import opens
from booster.library import queries as library
from booster.people.rules import countries, ecosystems
from booster.ui.templatetags import moments

SHORT = {one.id: one.short for one in ecosystems.ALL}
SIZES = {"50": 50, "200": 200}


def joined_calls(actor: Any) -> Any:
    return Call.objects.read_by(actor).select_related("edition__academy")


def organised(actor: Any) -> Any:
    return Application.objects.read_by(actor)


def _listed(request: HttpRequest, call: Call) -> tuple[Listed, list[lists.Column], Any]:
    columns = applications.columns_offered(request, call)
    form = Listed(request.GET, countries=lists.countries_in(call), columns=columns)
    filters = form.filters()
    return form, columns, applications.narrowed(applications.for_call(call, filters), columns, filters.chosen)


def _query(request: HttpRequest, **values: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in values.items():
        query[name] = value
    return str(query.urlencode())


HEADS = ("title", "organisation", "country", "ecosystems", "state", "sent")
SORTED = {"title": "name", "country": "country", "sent": "sent"}


def _heads(request: HttpRequest, columns: list[lists.Column], sort: str) -> list[dict[str, str]]:
    """What stands above the columns; a second click turns the order round."""
    heads = []
    for name in HEADS:
        by = SORTED.get(name, "")
        here = bool(by) and sort.lstrip("-") == by
        back = here and not sort.startswith("-")
        way = {True: "descending", False: "ascending"}[sort.startswith("-")] if here else ""
        heads.append(
            {
                "label": str(TITLES[name]),
                "href": _query(request, sort=f"-{by}" if back else by) if by else "",
                "sorted": way,
            }
        )
    return [*heads, *({"label": column.label, "href": "", "sorted": ""} for column in columns)]


ROW = (
    '<tr><th scope="row"><a href="{}">{}</a><br><span class="quiet small">{}</span></th>'
    '<td data-label="{}">{}</td><td data-label="{}">{}</td><td data-label="{}">{}</td>'
    '<td data-label="{}">{}</td><td data-label="{}">{}</td>{}</tr>'
)


def _rows(call: Call, rows: list[lists.Row], labels: list[str]) -> SafeString:
    """The table's body, joined here and not by a template's loop: two hundred rows then cost a tenth."""
    zone, base = times.zone(call.zone), reverse("applications:file", args=[0])
    states = {value: str(label) for value, label in STATES}
    names = {code: _(countries.name(code)) for code in {row.country for row in rows if row.country}}
    said = [conditional_escape(label) for label in labels]

    def cells(row: lists.Row) -> tuple[Any, ...]:
        texts = (
            row.organisation,
            names.get(row.country, ""),
            ", ".join(SHORT.get(key, key) for key in row.ecosystems),
            states.get(row.state, row.state),
            moments.day(row.sent_at.astimezone(zone)) if row.sent_at else "",
        )
        extra = format_html_join("", '<td data-label="{}">{}</td>', zip(said[6:], row.extra, strict=True))
        told = [part for pair in zip(said[1:6], texts, strict=True) for part in pair]
        return (base.replace("/0/", f"/{row.pk}/"), row.title or row.reference, row.reference, *told, extra)

    return format_html_join("", ROW, map(cells, rows))


@require_safe
@opens("applications.list", rules=RULES, seen_by=joined_calls, by="slug")
def applications_of(request: HttpRequest, call: Call) -> HttpResponse:
    """Search, filter, sort, page. Drafts are counted, never shown."""
    form, columns, rows = _listed(request, call)
    size = SIZES.get(request.GET.get("size", ""), 50)
    cut = page(rows.values("pk"), number=request.GET.get("page"), size=size)
    begin = (cut.number - 1) * size
    shown_here = applications.rows_shown(rows[begin : begin + size], columns)
    heads = _heads(request, columns, request.GET.get("sort", "reference"))
    context = {
        "call": call,
        "edition": call.edition,
        "form": form,
        "columns": columns,
        "page": cut,
        "rows": _rows(call, shown_here, [head["label"] for head in heads]),
        "heads": heads,
        "size": size,
        "more_query": _query(request, size="200"),
        "funnel": applications.funnel(call),
        "filtered": any(value for key, value in request.GET.items() if key not in ("page", "sort", "size")),
        "query": request.GET.urlencode(),
        "from_above": shown(request, "applications.list", call),
        "exports": allows(RULES, "applications.export", request.user, call),
    }
    return render(request, "applications/list.html", context)


@require_safe
@opens("applications.read", rules=RULES, seen_by=organised)
def file(request: HttpRequest, application: Application) -> HttpResponse:
    """One application as it was sent: answers, files, partners, what happened."""
    found = lists.for_reading(application)
    whole = allows(RULES, "applications.read_whole", request.user, found)
    told = applications.reading(found, whole=whole, language=get_language() or "en", say=_)
    asked = applications.open_completion(found)
    context = {
        "application": found,
        "call": found.call,
        "edition": found.call.edition,
        "reading": told,
        "organises": whole,
        "partners": [p for p in found.partners.all() if p.state != "left"],
        "asked": asked,
        "timeline": lists.timeline(found),
        "status_from_above": shown(request, "applications.file", found),
        "files": reverse("applications:file_attachment", args=[found.pk, 0]).removesuffix("0/"),
    }
    return render(request, "applications/file.html", context)


@require_safe
@opens("applications.read", rules=RULES, seen_by=organised)
def file_attachment(request: HttpRequest, application: Application, document: int) -> HttpResponse:
    """A file of the application as it was sent."""
    found = get_object_or_404(
        Attachment.objects.select_related("document"), application=application, document_id=document
    )
    if applications.is_sensitive(found):
        check(RULES, "applications.read_whole", request.user, application)
    return library.response_to(request, found.document)


@opens("applications.ask_completion", rules=RULES, seen_by=organised)
def ask_completion(request: HttpRequest, application: Application) -> HttpResponse:
    """“Please complete”: choose questions, say what is missing and until when."""
    found = lists.for_reading(application)
    asked = list(applications.form_of(found).questions.values())
    form = AskCompletion(request.POST or None, asked=asked, zone=found.call.zone)
    if form.is_valid():
        try:
            actions.ask_completion(application=found, by=request.user, at=now(), **form.cleaned_data)
            messages.success(request, _("The applicant has been asked; only these answers are open to them."))
            return redirect("applications:file", found.pk)
        except NotNow as no:
            form.add_error(None, str(no))
    context = {"application": found, "call": found.call, "edition": found.call.edition, "form": form}
    return render(request, "applications/ask_completion.html", context)


@opens("applications.end_completion", rules=RULES, seen_by=organised)
@require_POST
def end_completion(request: HttpRequest, application: Application) -> HttpResponse:
    """The organiser no longer asks."""
    asked = applications.open_completion(application)
    if asked is not None:
        actions.end_completion(completion=asked, by=request.user, at=now())
    return redirect("applications:file", application.pk)


@opens("applications.export", rules=RULES, seen_by=joined_calls, by="slug")
def export(request: HttpRequest, call: Call) -> HttpResponse:
    """Choose columns, then a file with what the list shows under the same filters."""
    asked = lists.exportable(call)
    form = Export(request.GET if "kind" in request.GET else None, asked=asked)
    _form, columns, rows = _listed(request, call)
    if not form.is_valid():
        return render(
            request,
            "applications/export.html",
            {"call": call, "edition": call.edition, "form": form, "count": rows.count()},
        )
    chosen = form.cleaned_data
    wanted = [q for q in asked if q.key in chosen["asked"]]
    head = [str(TITLES[name]) for name in chosen["fixed"]] + [c.label for c in columns] + [q.label for q in wanted]
    lines = applications.rows_for_export(rows, fixed=chosen["fixed"], asked=wanted, columns=columns)
    safe = ([sheets.write_safe(value) for value in line] for line in (head, *lines))
    return _as_csv(call, safe) if chosen["kind"] == "csv" else _as_xlsx(call, safe)


class _Echo:
    def write(self, text: str) -> str:
        return text


def _as_csv(call: Call, lines: Iterator[list[Any]]) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())
    body = (f"\ufeff{writer.writerow(line)}" if n == 0 else writer.writerow(line) for n, line in enumerate(lines))
    return StreamingHttpResponse(
        body,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{call.slug}.csv"'},
    )


def _as_xlsx(call: Call, lines: Iterator[list[Any]]) -> HttpResponse:
    from openpyxl import Workbook  # noqa: PLC0415 -- it brings numpy along: only exports pay for it

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Applications"))
    for line in lines:
        sheet.append([value[:32000] if isinstance(value, str) else value for value in line])
    out = BytesIO()
    book.save(out)
    return HttpResponse(
        out.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{call.slug}.xlsx"'},
    )
