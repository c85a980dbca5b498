"""Send an application, withdraw it, take it up again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from booster.applications import facts
from booster.applications.actions.answers import locked, sweep, take_summary
from booster.applications.models import Application
from booster.applications.queries.answering import earlier_sent, form_of, is_past_cut_off, signatories, window_of
from booster.applications.rules import deadlines, partners
from booster.applications.rules.listing import next_reference
from booster.applications.states import APPLICATION
from booster.calls import queries as calls
from booster.calls.models import Call
from booster.chronicle import actions as chronicle
from booster.kit import moves
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.people import actions as people
from booster.people.models import Organisation, Person
from booster.questions.rules import questions


class Incomplete(NotNow):
    """Something is missing or does not fit; ``problems`` in the order of the form."""

    def __init__(self, problems: Sequence[questions.Problem]) -> None:
        self.problems = list(problems)
        super().__init__(_("Some answers are missing or do not fit yet."))


class Unsigned(NotNow):
    """Partners who joined have not signed what is to be sent."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        super().__init__(_("Not signed off yet by: %(names)s.") % {"names": ", ".join(names)})


def _must_be_sendable(application: Application, form: questions.Form, *, at: datetime) -> None:
    if application.applicant_id is None:
        raise Refused(_("Open the link in our letter first: we do not know yet that the address is yours."))
    if application.call.is_interview:
        raise NotNow(_("Choose a time for the talk. That is all that is asked."))
    window = window_of(application.call, application.entry_code)
    if not deadlines.is_open(window, at=at):
        raise NotNow(_("The deadline has passed. What you wrote is kept."))
    if is_past_cut_off(application, at=at):
        raise NotNow(
            _("The cut-off of this application has passed: what you sent by then counts. What you wrote since is kept.")
        )
    must_be_complete(application, form, at=at)
    if waiting := partners.unsigned(signatories(application), application.touched):
        raise Unsigned([partner.name for partner in waiting])


def must_be_complete(
    application: Application, form: questions.Form, *, at: datetime, also: Collection[str] = ()
) -> None:
    """``also``: the questions that the organisers asked to complete."""
    if problems := questions.check(form, application.working, at=at, also=also):
        raise Incomplete(problems)


@transaction.atomic
def submit(*, application: Application, by: Person, at: datetime, replace: bool = False) -> Application:
    """Send it, or send the changes made since. The same sending twice is one: the second finds nothing to send.

    ``replace``: the applicant wants it to take the place of the one that they sent to this participants' call before.
    Raises ``Incomplete``, ``Unsigned``, ``NotNow`` after the deadline, ``Refused`` while the address is not verified.
    """
    application = locked(application)
    if application.state == "submitted" and application.pending is None:
        return application
    form = form_of(application)
    _must_be_sendable(application, form, at=at)
    earlier = earlier_sent(application)
    if earlier and not replace:
        raise NotNow(
            _("You have sent %(reference)s to this call already. Say that this one shall take its place.")
            % {"reference": earlier.reference}
        )
    first = application.state == "draft"
    changed = send(application, form, by=by, at=at)
    if first:
        chronicle.record(facts.SUBMITTED, thing=application, by=by, at=at, reference=application.reference)
    else:
        chronicle.record(
            facts.CHANGED_AFTER_SENDING,
            thing=application,
            by=by,
            at=at,
            reference=application.reference,
            questions=told_briefly(changed),
        )
    if earlier:
        _supersede(earlier, application, by=by, at=at)
    return application


def told_briefly(labels: Sequence[str]) -> str:
    """The first five of the changed questions, for the timeline."""
    more = [f"+{len(labels) - 5}"] if len(labels) > 5 else []
    return "; ".join([*labels[:5], *more])


def send(application: Application, form: questions.Form, *, by: Person | None, at: datetime) -> list[str]:
    """What is written counts from now on: one move, the answers to what is asked, the place in the lists. Answers with
    the labels of the questions whose answers differ from what was sent before, in the order of the form."""
    before, application.answers = application.answers, questions.kept(form, application.working)
    changed = [q.label for key, q in form.questions.items() if before.get(key) != application.answers.get(key)]
    application.reference = application.reference or _reference(application.call)
    take_summary(application, form)
    organisation = _organisation(application, by=by, at=at)
    moves.move(
        application,
        APPLICATION,
        "submit",
        answers=application.answers,
        pending=None,
        reference=application.reference,
        title=application.title,
        country=application.country,
        ecosystems=application.ecosystems,
        latitude=application.latitude,
        longitude=application.longitude,
        folded=application.folded,
        organisation=organisation,
        submitted_at=application.submitted_at or at,
        withdrawn_at=None,
        changed_at=at,
        cut_off=application.cut_off or calls.cut_off_for(calls.cut_offs_of(application.call), at),
    )
    sweep(application, by=by, at=at)
    return changed


def _reference(call: Call) -> str:
    Call.objects.select_for_update().get(pk=call.pk)  # one at a time: two sendings never take one number
    known = Application.objects.filter(call=call).exclude(reference="").values_list("reference", flat=True)
    return next_reference(call.kind, known)


def _organisation(application: Application, *, by: Person | None, at: datetime) -> Organisation | None:
    """The organisation that applies, entered once however it is spelt. Who applies as a participant works there."""
    entry = _entry(application)
    if entry is None:
        return application.organisation
    organisation = people.ensure_organisation(entry=entry, by=by, at=at)
    if application.call.kind == Call.Kind.PARTICIPANTS and application.applicant:
        people.affiliate(person=application.applicant, organisation=organisation, by=by, at=at)
    return organisation


def _entry(application: Application) -> people.NewOrganisation | None:
    answers = application.answers
    found = next((answers[key] for key in ("organisation", "legal_name", "host", "applicant") if key in answers), None)
    given: dict[str, Any] = found if isinstance(found, dict) else {"name": found}
    name = answers.get("organisation_name") or given.get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    known = {
        key: answers[key]
        for key in ("region", "city", "founded", "members", "smes", "label", "maturity")
        if _is_plain(answers.get(key))
    }
    return people.NewOrganisation(
        name=name[:300],
        country=given.get("country") or application.country,
        website=given.get("website") or str(answers.get("website") or answers.get("profile_url") or ""),
        ecosystems=tuple(application.ecosystems),
        latitude=application.latitude,
        longitude=application.longitude,
        **known,
    )


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def _supersede(earlier: Application, later: Application, *, by: Person, at: datetime) -> None:
    moves.move(earlier, APPLICATION, "supersede", superseded_by=later)
    chronicle.record(facts.SUPERSEDED, thing=earlier, by=by, at=at, later=later.pk)


@transaction.atomic
def withdraw(*, application: Application, reason: str, by: Person, at: datetime) -> Application:
    """Take it back, with or without saying why; nobody evaluates it any more. ``NotNow`` once the decision was told:
    what is then given back is the seat or the place on the reserve list."""
    application = locked(application)
    if application.told_at is not None:
        raise NotNow(_("The decision on this application was told. If you cannot come, answer for your seat instead."))
    moves.move(application, APPLICATION, "withdraw", withdrawn_at=at)
    chronicle.record(facts.WITHDRAWN, thing=application, by=by, at=at, reason=reason.strip()[:1000])
    return application


@transaction.atomic
def note_told(*, applications: Collection[int], by: Person | None, at: datetime) -> int:
    """The decisions on these applications (by id) are told: they can no longer be withdrawn. How many stood as sent.
    The telling room states the fact."""
    return Application.objects.filter(pk__in=applications, state="submitted").update(told_at=at)


@transaction.atomic
def place_anew(*, call: Call, by: Any, at: datetime) -> int:
    """The cut-offs of the call changed at ``at``: what was sent before and waits for none that had passed, counts for
    the next one; how many files. What was told stays where it is. The calls room states the fact."""
    waiting = Q(cut_off__isnull=True) | Q(cut_off__closes_at__gt=at)
    rows = Application.objects.filter(waiting, call=call, state="submitted", told_at__isnull=True, submitted_at__lte=at)
    return rows.update(cut_off=calls.cut_off_for(calls.cut_offs_of(call), at))


@transaction.atomic
def restore(*, application: Application, by: Person, at: datetime) -> Application:
    """Take a withdrawn application up again while the call is open: it is a draft and must be sent once more.
    It then counts for the next cut-off."""
    application = locked(application)
    if not deadlines.is_open(window_of(application.call, application.entry_code), at=at):
        raise NotNow(_("The deadline has passed; a withdrawn application stays withdrawn."))
    answers = application.working
    try:
        with transaction.atomic():
            moves.move(
                application, APPLICATION, "restore", withdrawn_at=None, answers=answers, pending=None, cut_off=None
            )
    except IntegrityError as clash:
        raise NotNow(
            _("You have begun another application to this call. Finish or withdraw that one first.")
        ) from clash
    chronicle.record(facts.RESTORED, thing=application, by=by, at=at)
    return application
