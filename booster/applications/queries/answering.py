"""What the editors of an application need: the form in their language, the window, what they may write."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from booster.applications.access import is_applicant, partner_of
from booster.applications.models import Application, Completion, Partner
from booster.applications.queries.status import Plain, plain_status
from booster.applications.rules.deadlines import Window, is_open
from booster.applications.rules.partners import Signatory, may_write
from booster.applications.rules.status import Situation
from booster.calls import queries as calls
from booster.calls.models import Call, EntryCode
from booster.people.models import Organisation, Person
from booster.people.rules import names
from booster.questions.rules import questions


def form_of(application: Application, *, language: str = "") -> questions.Form:
    form = calls.parsed(application.form_version)
    return form.in_language(language) if language else form


def window_of(call: Call, code: EntryCode | None = None) -> Window:
    return Window(
        state=call.state,
        opens_at=call.opens_at,
        deadline_at=call.deadline_at,
        grace_minutes=call.grace_minutes,
        closed_at=call.closed_at,
        code_until=code.valid_until if code else None,
    )


def is_past_cut_off(application: Application, *, at: datetime) -> bool:
    """What was sent by its cut-off stands: nothing of it changes after, but for what the organisers ask. No query when
    the cut-off is loaded."""
    cut_off = application.cut_off if application.state == "submitted" else None
    return cut_off is not None and at > cut_off.closes_at


def open_completion(application: Application) -> Completion | None:
    """The standing “please complete”, also when its moment has passed. One query, none when prefetched."""
    return next((c for c in application.completions.all() if c.done_at is None), None)


def situation_of(application: Application, *, at: datetime, partner: Partner | None = None) -> Situation:
    """As the applicant sees it, or one of the partners."""
    window = window_of(application.call, application.entry_code)
    asked = open_completion(application)
    return Situation(
        state=application.state,
        verified=application.applicant_id is not None,
        in_time=is_open(window, at=at) and not is_past_cut_off(application, at=at),
        closes_at=window.closes_at,
        cut_off_at=application.cut_off.closes_at if application.cut_off else None,
        has_pending=application.pending is not None,
        asked_until=asked.until if asked else None,
        call_state=application.call.state,
        partner=partner.state if partner else "",
        round=application.call.round,
    )


def signatories(application: Application) -> list[Signatory]:
    """The partners who have not left. One query, none when prefetched."""
    return [
        Signatory(p.pk, p.organisation_name, p.person_id or 0, p.state, p.signed_revision)
        for p in application.partners.all()
        if p.state != "left"
    ]


@dataclass(frozen=True, slots=True)
class Desk:
    """What one editor may do with one application at one moment."""

    application: Application
    form: questions.Form
    partner: Partner | None  # None: the applicant
    is_open: bool
    writable: frozenset[str]  # question keys
    needed: frozenset[str]  # keys that must be answered now
    asked: Completion | None
    status: Plain
    until: datetime | None  # until when this one may be sent: the deadline, or a later end of its entry code
    next_cut_off: datetime | None  # what a draft would count for, sent now

    @property
    def asked_keys(self) -> frozenset[str]:
        """What the organisers asked to complete; must be answered, whatever the form says."""
        return frozenset(self.asked.question_keys if self.asked and not self.is_open else ())

    @property
    def sections(self) -> list[questions.Section]:
        """The sections in which something is asked, given the answers so far."""
        shown = questions.visible(self.form, self.application.working)
        return [s for s in self.form.sections if any(q.key in shown for q in s.questions) or not s.questions]

    def writes_in(self, section: questions.Section) -> bool:
        return any(q.key in self.writable for q in section.questions)

    @property
    def may_write(self) -> bool:
        return bool(self.writable)


def _asked_now(application: Application, at: datetime) -> Completion | None:
    asked = open_completion(application)
    return asked if asked and application.state == "submitted" and at <= asked.until else None


def writable_keys(
    application: Application, form: questions.Form, *, partner: Partner | None, at: datetime
) -> frozenset[str]:
    """The questions that this editor may answer now: all but the frozen ones; after the deadline those asked for again.

    A draft may be written on after the deadline: only its sending is bound by it, nothing typed a minute late is lost.
    """
    if application.state not in ("draft", "submitted") or application.call.is_interview:
        return frozenset()
    open_now = is_open(window_of(application.call, application.entry_code), at=at)
    in_time = application.state == "draft" or (open_now and not is_past_cut_off(application, at=at))
    asked = _asked_now(application, at)
    open_keys = set(form.questions) - questions.frozen(form, at=at) if in_time else set()
    if asked:
        open_keys |= set(asked.question_keys) & set(form.questions)
    if partner is not None:
        open_keys = {k for k in open_keys if may_write(partner.section_keys, form.section_of[k].key)}
        if partner.state not in ("joined", "signed_off"):
            return frozenset()
    return frozenset(open_keys)


def until_of(application: Application) -> datetime | None:
    """Until when the application may be sent or changed: its own cut-off, its code, else the deadline."""
    window = window_of(application.call, application.entry_code)
    if application.state == "submitted" and application.cut_off is not None:
        return application.cut_off.closes_at
    return max(filter(None, (window.deadline_at, window.code_until)), default=None)


def desk(application: Application, *, actor: Any, at: datetime, language: str = "") -> Desk:
    """At most three queries: partners, completions, and what the application did not bring along; one more for a draft
    in a call with cut-offs."""
    form = form_of(application, language=language)
    partner = None if is_applicant(actor, application) is None else partner_of(actor, application)
    window, asked = window_of(application.call, application.entry_code), _asked_now(application, at)
    needed = {key for key, question in form.questions.items() if questions.needed(question, at=at)}
    return Desk(
        application=application,
        form=form,
        partner=partner,
        is_open=is_open(window, at=at) and not is_past_cut_off(application, at=at),
        writable=writable_keys(application, form, partner=partner, at=at),
        needed=frozenset(needed.union(asked.question_keys if asked else ())),
        asked=asked,
        status=plain_status(situation_of(application, at=at, partner=partner), at=at),
        until=until_of(application),
        next_cut_off=_next_cut_off(application, at),
    )


def _next_cut_off(application: Application, at: datetime) -> datetime | None:
    """The one that a draft would count for if it were sent now. One query, none for a call without cut-offs."""
    if application.state != "draft" or application.entry_code_id is not None:
        return None
    found = calls.cut_off_for(calls.cut_offs_of(application.call), at)
    return found.closes_at if found else None


def reusable(person: Person, call: Call) -> list[Application]:
    """Earlier applications of the person to calls of the same kind, the newest first, to take answers from."""
    rows = Application.objects.filter(applicant=person, call__kind=call.kind).exclude(call=call).exclude(state="erased")
    return list(rows.select_related("call").order_by("-changed_at")[:10])


def earlier_sent(application: Application) -> Application | None:
    """What the same person sent to the same call for participants; a host may offer several places. One query."""
    if application.call.kind != Call.Kind.PARTICIPANTS or application.applicant_id is None:
        return None
    rows = Application.objects.sent().filter(call_id=application.call_id, applicant_id=application.applicant_id)
    return rows.exclude(pk=application.pk).first()


@dataclass(frozen=True, slots=True)
class Mine:
    application: Application
    partner: bool  # the person works on it, somebody else began it
    status: Plain


def my_applications(person: Person, *, at: datetime) -> list[Mine]:
    """What the person applies for, alone or as a partner; what waits for them first, then by date. Three queries."""
    rows = (
        Application.objects.mine(person)
        .exclude(state="erased")
        .select_related("call__edition", "entry_code", "form_version", "cut_off")
        .prefetch_related("completions", "partners")
    )
    parts = {a.pk: partner_of(person, a) if a.applicant_id != person.pk else None for a in rows}
    stand = {a.pk: plain_status(situation_of(a, at=at, partner=parts[a.pk]), at=at) for a in rows}
    found = [Mine(a, a.applicant_id != person.pk, stand[a.pk]) for a in rows]
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted(found, key=lambda m: (not m.status.waits_for_me, m.status.until or far, m.application.pk))


def known_organisations(text: str, *, country: str = "") -> list[Organisation]:
    """Organisations whose name holds ``text`` in any spelling, at most eight. One query."""
    key = names.organisation_key(text)
    if len(text.strip()) < 3:
        return []
    rows = Organisation.objects.filter(
        Q(key__contains=key) | Q(name__icontains=text.strip()) if key else Q(name__icontains=text.strip())
    )
    if country:
        rows = rows.filter(Q(country=country) | Q(country=""))
    return list(rows.order_by("name", "pk")[:8])
