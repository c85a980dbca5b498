"""What organisers read: the list of a call, one file, what goes into an export."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from booster.applications.models import SENT, Application
from booster.calls import queries as calls
from booster.calls.models import Call, FormVersion
from booster.chronicle import queries as chronicle
from booster.kit import inlets, plain
from booster.people.rules import countries, ecosystems
from booster.questions.rules import questions
from booster.ui.templatetags import moments

Rows = TypeVar("Rows", bound=QuerySet[Any])
SORTS = {
    "reference": "reference", "name": "title", "country": "country", "sent": "submitted_at", "changed": "changed_at",
}  # fmt: skip
COLUMNS = "applications.columns"  # inlet: (request, call) -> JSON of a Column, or ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an upper room adds to the list: its values by application id, and what can be chosen among them."""

    key: str
    label: str
    choices: tuple[tuple[str, str], ...]
    values: Mapping[int, str]  # {application id: value of a choice}
    counted: bool = False  # the filter says how many there are of each

    def label_of(self, pk: int) -> str:
        return dict(self.choices).get(self.values.get(pk, ""), "")

    @property
    def offered(self) -> list[tuple[str, str]]:
        """The choices as the filter shows them."""
        if not self.counted:
            return list(self.choices)
        held = Counter(self.values.values())
        return [(value, f"{label} ({held[value]})") for value, label in self.choices]


@dataclass(frozen=True, slots=True)
class Filters:
    text: str = ""
    state: str = ""
    country: str = ""
    ecosystem: str = ""
    sort: str = "reference"
    descending: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)  # {column key: value}


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    reference: str
    title: str
    organisation: str
    country: str
    ecosystems: tuple[str, ...]
    state: str
    sent_at: datetime | None
    extra: tuple[str, ...] = ()


def cut_off_column(call: Call) -> list[Column]:
    """For a call with cut-offs: which one each file counts for, ``0`` for those after the last. Two queries, none for a
    call without."""
    cut_offs = calls.cut_offs_of(call)
    if not cut_offs:
        return []
    named = [(str(one.pk), moments.zoned(one.closes_at, call.zone)) for one in cut_offs]
    rows = Application.objects.filter(call=call, state__in=SENT).order_by().values_list("pk", "cut_off_id")
    values = {pk: str(cut_off or 0) for pk, cut_off in rows}
    return [Column("cut_off", _("Cut-off"), (*named, ("0", _("After the last cut-off"))), values, counted=True)]


def cut_off_choices(call: Call) -> list[tuple[str, str]]:
    """The cut-offs of a call as a filter offers them, with how many files count for each. Two queries, none for a call
    without."""
    return [choice for column in cut_off_column(call) for choice in column.offered]


def of_cut_off(rows: Rows, key: str, *, path: str = "") -> Rows:
    """Only files that count for the cut-off with the id ``key``, ``0`` for those after the last, nothing for all.
    ``path``: the way from the rows to the application, such as ``application__``."""
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return rows
    return rows.filter(**{f"{path}cut_off": int(key) or None})


def columns_offered(request: Any, call: Call) -> list[Column]:
    """The cut-off of each application, and what the upper rooms show beside it: verdicts, for example."""
    told = [json.loads(text) for fragment in inlets.fragments(COLUMNS) if (text := fragment(request, call))]
    return cut_off_column(call) + [
        Column(
            key=str(one["key"]),
            label=str(one["label"]),
            choices=tuple((str(value), str(label)) for value, label in one["choices"]),
            values={int(pk): str(value) for pk, value in one["values"].items()},
        )
        for one in told
    ]


def for_call(call: Call, filters: Filters | None = None) -> QuerySet[Application]:
    """The applications that organisers see, nobody's draft among them, filtered and in order."""
    wanted = filters or Filters()
    rows = Application.objects.filter(call=call, state__in=SENT)
    if wanted.state in SENT:
        rows = rows.filter(state=wanted.state)
    if wanted.country:
        rows = rows.filter(country=wanted.country)
    for word in plain.fold(wanted.text).split()[:8]:
        rows = rows.filter(
            Q(folded__contains=word) | Q(folded="", title__icontains=word) | Q(reference__icontains=word)
        )
    if wanted.ecosystem in ecosystems.BY_ID:
        rows = rows.filter(pk__in=_with_ecosystem(call, wanted.ecosystem))
    order = SORTS.get(wanted.sort, "reference")
    return rows.order_by(f"-{order}" if wanted.descending else order, "pk")


def _with_ecosystem(call: Call, ecosystem: str) -> list[int]:
    """JSON lists cannot be searched alike in both databases; the ids of one call are few. One query."""
    rows = Application.objects.filter(call=call, state__in=SENT).values_list("pk", "ecosystems")
    return [pk for pk, named in rows if ecosystem in (named or [])]


def narrowed(
    rows: QuerySet[Application], columns: Sequence[Column], chosen: Mapping[str, str]
) -> QuerySet[Application]:
    """Only those with the chosen value in an upper room's column."""
    for column in columns:
        if value := chosen.get(column.key, ""):
            rows = rows.filter(pk__in=[pk for pk, held in column.values.items() if held == value])
    return rows


def rows_shown(rows: QuerySet[Application], columns: Sequence[Column] = ()) -> list[Row]:
    """Rows for a page; ``rows`` is already cut to it. One query, whatever the answers hold: they are not read."""
    found = rows.values_list(
        "pk", "reference", "title", "organisation__name", "country", "ecosystems", "state", "submitted_at"
    )
    return [
        Row(
            pk,
            ref,
            title,
            organisation or "",
            country,
            tuple(named or ()),
            state,
            sent,
            tuple(c.label_of(pk) for c in columns),
        )
        for pk, ref, title, organisation, country, named, state, sent in found
    ]


def countries_in(call: Call) -> list[tuple[str, str]]:
    """(code, name) of the countries from which applications came, by name. One query."""
    codes = Application.objects.filter(call=call, state__in=SENT).exclude(country="").values_list("country", flat=True)
    named = [(code, _(countries.name(code))) for code in codes.order_by("country").distinct()]
    return sorted(named, key=lambda pair: plain.fold(pair[1]))


def funnel(call: Call) -> dict[str, int]:
    """How many in each state, drafts only as a number. One query."""
    rows = Application.objects.filter(call=call).values_list("state").annotate(count=Count("pk")).order_by("state")
    return {state: count for state, count in rows if state != "erased"}


def for_reading(application: Application) -> Application:
    """The application with what its page shows: partners, completions, form. Three queries."""
    rows = Application.objects.select_related(
        "call__edition__academy", "form_version", "applicant", "organisation", "superseded_by"
    )
    return rows.prefetch_related(Prefetch("partners"), Prefetch("completions")).get(pk=application.pk)


def timeline(application: Application) -> list[chronicle.Line]:
    return chronicle.timeline(thing=application, limit=40)


FIXED = ("reference", "title", "organisation", "country", "ecosystems", "state", "sent")


def exportable(call: Call) -> list[questions.Question]:
    """The questions that can be columns of an export: of every version to which somebody answered, newest first."""
    used = Application.objects.filter(call=call, state__in=SENT).values("form_version")
    known: dict[str, questions.Question] = {}
    for version in FormVersion.objects.filter(pk__in=used).order_by("-number"):
        for key, question in questions.parse(version.sections).questions.items():
            known.setdefault(key, question)
    return list(known.values())


def rows_for_export(
    rows: QuerySet[Application],
    *,
    fixed: Sequence[str],
    asked: Sequence[questions.Question],
    columns: Sequence[Column] = (),
) -> Iterator[list[Any]]:
    """The lines of an export, not yet made safe for spreadsheets. One query, read in pieces."""
    wanted = rows.select_related("organisation").only(
        "reference",
        "title",
        "country",
        "ecosystems",
        "state",
        "submitted_at",
        "answers",
        "organisation__name",
        "call_id",
    )
    for application in wanted.iterator(chunk_size=500):
        line = [_fixed(application, name) for name in fixed]
        line += [column.label_of(application.pk) for column in columns]
        line += [questions.text_of(q, application.answers.get(q.key)) for q in asked]
        yield line


def _fixed(application: Application, name: str) -> Any:
    if name == "organisation":
        return application.organisation.name if application.organisation else ""
    if name == "country":
        return _(countries.name(application.country)) if application.country else ""
    if name == "ecosystems":
        return "; ".join(
            _(ecosystems.BY_ID[e].name) if e in ecosystems.BY_ID else str(e) for e in application.ecosystems
        )
    if name == "sent":
        return application.submitted_at.strftime("%Y-%m-%d %H:%M UTC") if application.submitted_at else ""
    return getattr(application, name)
