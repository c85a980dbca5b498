"""The evaluation board: every file with its score; and the page on which evaluators agree."""

import csv
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booster.applications import queries as applications
from booster.applications.models import Application
from booster.calls.models import Call
from booster.evaluation import actions
from booster.evaluation import queries as evaluation
from booster.evaluation.access import RULES
from booster.evaluation.forms import BoardFilter, ConsensusForm, MeetingForm
from booster.evaluation.queries import agreeing
from booster.evaluation.queries.board import Board, BoardRow, arranged, narrowed
from booster.evaluation.rules.scores import CriterionOf
from booster.evaluation.views.doors import organised_calls, organised_files, query, shown
from booster.kit import sheets
from booster.kit.access import Refused, allows
from booster.kit.moves import Stale
from booster.kit.paging import Page
from booster.kit.views import opens
from booster.people.rules import countries
from booster.ui.lines import line

SIZE = 200


ROW = (
    '<tr><th scope="row"><a href="{{}}">{{}}</a><br><span class="quiet small">{{}}</span></th>'
    '<td data-label="{}">{{}}</td><td class="num" data-label="{}"><b>{{}}</b></td>'
    '<td class="num" data-label="{}">{{}}</td>'
    '{}<td class="num" data-label="{}">{{}}</td><td class="num" data-label="{}">{{}}</td>'
    '<td data-label="{}">{{}}</td></tr>'
)
MARK = '<td class="num" data-label="{}">{{}}</td>'
PILL = '<span class="pill {}">{}</span>'


def _values(row: BoardRow, keys: list[str]) -> dict[str, Any]:
    """A row as texts, for the page and for the export."""
    told = row.score
    return {
        "points": f"{row.points:.2f}" if row.signed else "–",
        "total": f"{told.total:.2f}" if told and told.total is not None else "–",
        "marks": [f"{told.by_criterion[key]:.2f}" if told else "–" for key in keys],
        "spread": f"{told.spread:.1f}" if told else "–",
        "count": f"{row.signed}/{max(row.given, row.signed)}",
    }


def _drawn(
    call: Call, rows: Sequence[BoardRow], criteria: list[CriterionOf], *, organises: bool = True
) -> list[SafeString]:
    """The lines of the table; drawn here, because two hundred of them would take a template thrice as long."""
    address = (
        reverse("evaluation:consensus", args=[call.slug, 0]) if organises else reverse("applications:file", args=[0])
    )
    names = {code: _(countries.name(code)) for code in {row.country for row in rows if row.country}}
    shape, keys, words = _shape(criteria), [c.key for c in criteria], _words()
    lines: list[SafeString] = []
    drawn: dict[tuple[tuple[str, str], ...], SafeString] = {}  # a few verdicts, drawn once each
    for row in rows:
        told, pills = _values(row, keys), tuple(_pills(row, words))
        if pills not in drawn:
            drawn[pills] = format_html_join(" ", PILL, pills)
        known = (address.replace("/0/", f"/{row.pk}/"), row.title, f"{row.reference} {names.get(row.country, '')}")
        figures = (told["points"], told["total"], *told["marks"], told["spread"], told["count"])
        lines.append(line(shape, (*known, row.organisation, *figures, drawn[pills])))
    return lines


def _shape(criteria: list[CriterionOf]) -> SafeString:
    """The shape of a line: its labels are filled in, its values are not. Braces in a title stay text."""
    marks = format_html_join("", MARK, ((c.title.replace("{", "{{").replace("}", "}}"),) for c in criteria))
    before = [_("Organisation"), _("Points"), _("Unweighted")]
    return format_html(ROW, *before, marks, _("Distance"), _("Signed"), _("Verdict"))


def _words() -> dict[str, str]:
    return {
        "passes": _("passes"), "fails": _("does not pass"), "apart": _("far apart"), "agreed": _("agreed"),
        "open": _("consensus begun"),
    }  # fmt: skip


def _pills(row: BoardRow, words: dict[str, str]) -> list[tuple[str, str]]:
    """(tone, word) of what is to be said about a row."""
    pills = []
    if row.eligible is False:
        pills.append(("stop", row.code))
    elif row.score is not None:
        pills.append(("good", words["passes"]) if row.passes else ("", words["fails"]))
    if row.score is not None and row.score.diverges:
        pills.append(("careful", words["apart"]))
    if row.consensus:
        pills.append(("accent" if row.consensus == "agreed" else "", words[row.consensus]))
    return pills


def _narrowed(
    request: HttpRequest, call: Call, criteria: list[CriterionOf]
) -> tuple[BoardFilter, Board, Sequence[BoardRow]]:
    form = BoardFilter(request.GET, cut_offs=applications.cut_off_choices(call))
    every = evaluation.board(call, cut_off=form.chosen("cut_off"), criteria=criteria)
    found = narrowed(every.rows, text=form.chosen("q"), shown=form.chosen("shown"), wanted=call.evaluators_per_file)
    sort, up = form.chosen("sort") or "points", bool(form.chosen("up"))
    if sort == "points" and not up:
        return form, every, found  # the order in which a board is drawn up
    return form, every, arranged(found, sort=sort, descending=not up and sort not in ("title", "reference"))


@require_safe
@opens("evaluation.read_scores", rules=RULES, seen_by=organised_calls, by="slug")
def board(request: HttpRequest, call: Call) -> HttpResponse:
    """The best first, 200 on a page."""
    criteria = evaluation.criteria_of(call)
    form, every, found = _narrowed(request, call, criteria)
    pages = max(1, -(-len(found) // SIZE))
    asked = request.GET.get("page", "")
    here = min(max(1, int(asked) if asked.isdecimal() and len(asked) < 9 else 1), pages)
    cut = found[(here - 1) * SIZE : here * SIZE]
    organises = allows(RULES, "evaluation.agree", request.user, call)
    return shown(
        request,
        "board",
        call,
        form=form,
        cut_offs=call.rolling,
        criteria=criteria,
        rows=_drawn(call, cut, criteria, organises=organises),
        organises=organises,
        page=Page(items=cut, number=here, pages=pages, total=len(found)),
        apart=every.apart,
        passing=every.passing,
        unfinished=every.unfinished,
        every=len(every),
        query=query(request),
    )


@opens("evaluation.export", rules=RULES, seen_by=organised_calls, by="slug")
def export(request: HttpRequest, call: Call) -> HttpResponse:
    """The board as a file for spreadsheets, under the same filter."""
    criteria = evaluation.criteria_of(call)
    _form, _every, found = _narrowed(request, call, criteria)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{call.slug}-scores.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    head = [
        _("Reference"),
        _("Name"),
        _("Organisation"),
        _("Points"),
        _("Unweighted"),
        *(c.title for c in criteria),
    ]
    columns = applications.cut_off_column(call)
    writer.writerow([*head, _("Distance"), _("Evaluations"), _("Verdict"), *(one.label for one in columns)])
    for row in found:
        told = _values(row, [c.key for c in criteria])
        verdict = _("eligible") if row.eligible else row.code
        line = [row.reference, row.title, row.organisation, told["points"], told["total"], *told["marks"]]
        more = (one.label_of(row.pk) for one in columns)
        writer.writerow([sheets.write_safe(cell) for cell in (*line, told["spread"], row.signed, verdict, *more)])
    return answer


def _form(request: HttpRequest, found: agreeing.Meeting, criteria: Any) -> ConsensusForm:
    held = found.consensus
    initial: dict[str, Any] = {"text": found.text}
    if held is not None:
        initial = {"text": held.text, "minority": held.minority, "absent": held.absent}
        initial |= {f"mark-{key}": mark for key, mark in held.marks.items()}
    else:
        initial |= {
            f"mark-{line.criterion.key}": f"{line.suggested:.1f}" for line in found.lines if line.suggested is not None
        }
    return ConsensusForm(request.POST or None, initial=initial, criteria=criteria)


@opens("evaluation.agree", rules=RULES, seen_by=organised_files)
def consensus(request: HttpRequest, application: Application, slug: str) -> HttpResponse:
    """Marks side by side; what is agreed on, kept as a draft or for good."""
    if application.call.slug != slug:
        raise Http404
    found = agreeing.meeting(application)
    form = _form(request, found, [line.criterion for line in found.lines])
    status = 200
    if "reopen" in request.POST and found.consensus is not None:
        actions.reopen_consensus(consensus=found.consensus, by=request.user, at=now())
        return redirect(request.path)
    if request.method == "POST" and form.is_valid():
        status = 422 if _unwritten(request, found, form) else _agreed(request, application, form)
        if status == 302:
            return redirect(request.path)
        found = agreeing.meeting(application)
    revision = found.consensus.revision if found.consensus else 0
    marks = found.consensus.marks if found.consensus else {}
    agreed = [(one.title, marks[one.key]) for one in (line.criterion for line in found.lines) if one.key in marks]
    context = {"application": application, "found": found, "form": form, "revision": revision, "agreed": agreed}
    return shown(request, "consensus", application.call, status=status, clash=status == 409, **context)


def _unwritten(request: HttpRequest, found: agreeing.Meeting, form: ConsensusForm) -> bool:
    """To be agreed with the text as it was put together, where marks are far apart: those are notes for a meeting."""
    notes = found.text.split() if any(line.diverges for line in found.lines) else None
    if "agree" not in request.POST or form.cleaned_data["text"].split() != notes:
        return False
    form.add_error("text", _("Write what was agreed instead of the notes that stand here: the applicant may read it."))
    return True


def _agreed(request: HttpRequest, application: Application, form: ConsensusForm) -> int:
    """Keep it, and agree when that was asked. 302: all is well; 409: somebody else wrote meanwhile; else 422."""
    seen = request.POST.get("revision", "")
    try:
        held = actions.record_consensus(
            application=application, agreement=form.agreement(), by=request.user, at=now(),
            revision=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
        )  # fmt: skip
        if "agree" in request.POST:
            actions.agree(consensus=held, revision=held.revision, by=request.user, at=now())
    except Stale as lost:
        form.add_error(None, str(lost))
        return 409
    except Refused as no:
        form.add_error(None, str(no))
        return 422
    messages.success(request, _("The consensus is agreed.") if "agree" in request.POST else _("The draft is kept."))
    return 302


@opens("evaluation.agree", rules=RULES, seen_by=organised_files)
def call_meeting(request: HttpRequest, application: Application, slug: str) -> HttpResponse:
    if application.call.slug != slug:
        raise Http404
    form = MeetingForm(request.POST or None, zone=application.call.zone)
    if form.is_valid():
        try:
            actions.call_meeting(application=application, by=request.user, at=now(), **form.cleaned_data)
            messages.success(request, _("The letters lie in the outbox and leave when you release them."))
            return redirect("evaluation:consensus", slug, application.pk)
        except Refused as no:
            form.add_error(None, str(no))
    found = agreeing.meeting(application)
    return shown(request, "meeting", application.call, application=application, form=form, found=found)
