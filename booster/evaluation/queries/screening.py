"""Verdicts on eligibility and what each gate saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from booster.applications.models import Application
from booster.applications.queries import form_of, of_cut_off
from booster.calls import queries as calls
from booster.calls.models import Call, Gate
from booster.evaluation.models import Screening
from booster.kit import plain, times
from booster.people.rules import countries
from booster.questions.rules import questions


def verdicts(call: Call, *, text: str = "", code: str = "", state: str = "", cut_off: str = "") -> QuerySet[Screening]:
    """The verdicts on files that stand as sent, by reference. One query.

    ``code``: a gate's, ``eligible`` or ``ineligible``.
    """
    rows = Screening.objects.filter(application__call=call, application__state="submitted")
    rows = of_cut_off(rows, cut_off, path="application__")
    if code in {"eligible", "ineligible"}:
        rows = rows.filter(eligible=code == "eligible")
    elif code:
        rows = rows.filter(eligible=False, code=code)
    if state:
        rows = rows.filter(state=state)
    for word in plain.fold(text).split()[:8]:
        rows = rows.filter(application__folded__contains=word)
    wide = ("application__answers", "application__pending", "application__touched", "application__folded")
    return (
        rows.select_related("application__organisation", "decided_by")
        .defer(*wide)
        .order_by("application__reference", "pk")
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """How many verdicts say what; ``unchecked`` are sent files that nobody has computed."""

    eligible: int
    by_code: dict[str, int]
    proposed: int
    unchecked: int

    @property
    def ineligible(self) -> int:
        return sum(self.by_code.values())


def counted(call: Call, *, cut_off: str = "") -> Counted:
    """Of the whole call, or of the files of one cut-off. Two queries."""
    computed = Screening.objects.filter(application__call=call, application__state="submitted")
    rows = list(
        of_cut_off(computed, cut_off, path="application__")
        .order_by()
        .values_list("eligible", "code", "state")
        .annotate(count=Count("pk"))
    )
    by_code: dict[str, int] = {}
    for eligible, code, _state, count in rows:
        if not eligible:
            by_code[code] = by_code.get(code, 0) + count
    return Counted(
        eligible=sum(count for eligible, _code, _state, count in rows if eligible),
        by_code=by_code,
        proposed=sum(count for _eligible, _code, state, count in rows if state == "proposed"),
        unchecked=of_cut_off(
            Application.objects.filter(call=call, state="submitted", screening__isnull=True), cut_off
        ).count(),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What one gate looked at: (label, text) of the answers. ``failed`` by the answers as they stood when computed."""

    code: str
    message: str
    failed: bool
    lines: tuple[tuple[str, str], ...]


def seen_by_gates(screening: Screening, *, say: Any = str) -> list[Seen]:
    """All gates of the call in order. At most three queries: gates, form version, call."""
    application = screening.application
    form = form_of(application)
    gates: Sequence[Gate] = list(application.call.gates.all())
    return [
        Seen(gate.code, gate.message, gate.code in screening.failed, tuple(_lines(gate, application, form, say)))
        for gate in gates
    ]


def _lines(gate: Gate, application: Application, form: questions.Form, say: Any) -> list[tuple[str, str]]:
    if gate.kind == "in_time":
        return _times(application, say)
    params = gate.params
    keys = [*params.get("questions", []), *([params["question"]] if params.get("question") else [])]
    lines = [
        (form.questions[key].label, questions.text_of(form.questions[key], application.answers.get(key), say))
        for key in keys
        if key in form.questions
    ]
    if gate.kind == "country_in" and not keys:
        lines.append((say("Country"), say(countries.name(application.country)) if application.country else ""))
    return lines


def _times(application: Application, say: Any) -> list[tuple[str, str]]:
    zone = times.zone(application.call.zone)
    moments = [(say("Sent"), application.submitted_at), (say("Deadline"), calls.deadline_with_grace(application.call))]
    return [(label, moment.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S %Z")) for label, moment in moments if moment]
