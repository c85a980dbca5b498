"""What this room does when something was stated: letters to applicants and partners."""

from datetime import datetime, timedelta

from booster.academies import queries as academies
from booster.applications import actions, facts, letters
from booster.applications.models import Application, Completion, Partner
from booster.calls import facts as call_facts
from booster.calls.models import Call
from booster.chronicle.models import Fact
from booster.people import actions as people
from booster.post import actions as post

LINK_LASTS = timedelta(days=30)


def _application(fact: Fact) -> Application | None:
    rows = Application.objects.select_related("call__edition", "applicant", "form_version")
    return rows.filter(pk=fact.thing_id).exclude(state="erased").first()


def write_private_link(fact: Fact, *, at: datetime) -> None:
    """For whoever began without an account, and whoever asks for the link again."""
    application = _application(fact)
    begun = (facts.STARTED.name, facts.CARRIED_ON.name)
    if application is None or (application.applicant_id and fact.kind in begun):
        return
    _link, token = people.issue_link(
        purpose="apply", address=application.address, thing=application, expires_at=at + LINK_LASTS, by=None, at=at
    )
    post.drop(by=None, at=at, **letters.private_link(application, token, fact=fact.pk))


def write_receipt(fact: Fact, *, at: datetime) -> None:
    application = _application(fact)
    if application is not None and not application.call.is_interview:  # what is agreed about a talk is written above
        changed = fact.kind != facts.SUBMITTED.name
        post.drop(by=None, at=at, **letters.receipt(application, fact=fact.pk, changed=changed))


def write_withdrawn(fact: Fact, *, at: datetime) -> None:
    if application := _application(fact):
        post.drop(by=None, at=at, **letters.withdrawn(application, fact=fact.pk))


def tell_of_gap(fact: Fact, *, at: datetime) -> None:
    """Somebody left the second round: the organisers hear how many are still in it. Nobody moves up by itself."""
    application = _application(fact)
    if application is None or application.follows_id is None:
        return
    left = Application.objects.filter(call=application.call_id, follows__isnull=False)
    counts = {"total": left.count(), "still": left.filter(state__in=("draft", "submitted")).count()}
    people = academies.organisers_of(application.edition_id)
    drafts = [letters.round_left(application, person, fact=fact.pk, **counts) for person in people]
    post.drop_many(drafts, by=None, at=at)


def write_invitation(fact: Fact, *, at: datetime) -> None:
    rows = Partner.objects.select_related("application__call", "application__applicant", "application__form_version")
    partner = rows.filter(pk=fact.payload.get("partner_id")).exclude(state="left").first()
    if partner is None:
        return
    _link, token = people.issue_link(
        purpose="partner", address=partner.address, thing=partner, expires_at=at + LINK_LASTS, by=None, at=at
    )
    post.drop(by=None, at=at, **letters.invitation(partner, token, fact=fact.pk))


def write_partner_moved(fact: Fact, *, at: datetime) -> None:
    if application := _application(fact):
        what = fact.kind.rpartition("partner_")[2]
        name = fact.payload.get("partner", "")
        post.drop(by=None, at=at, **letters.partner_moved(application, name, what=what, fact=fact.pk))


def write_please_complete(fact: Fact, *, at: datetime) -> None:
    rows = Completion.objects.select_related("application__call", "application__applicant", "application__form_version")
    if completion := rows.filter(pk=fact.payload.get("completion"), done_at=None).first():
        post.drop(by=None, at=at, **letters.please_complete(completion))


def write_completed(fact: Fact, *, at: datetime) -> None:
    """A receipt for the applicant, word to the organiser who asked."""
    application = _application(fact)
    completion = Completion.objects.filter(pk=fact.payload.get("completion")).select_related("asked_by").first()
    if application is None or completion is None:
        return
    drafts = [letters.receipt(application, fact=fact.pk, changed=True)]
    if completion.asked_by is not None:
        drafts.append(letters.completed(application, completion.asked_by, completion=completion))
    post.drop_many(drafts, by=None, at=at)


def write_extended(fact: Fact, *, at: datetime) -> None:
    """To everybody who writes or has sent; released at once, people plan by it."""
    call = Call.objects.filter(pk=fact.thing_id).first()
    if call is None or call.deadline_at is None:
        return
    extension = call.extensions.order_by("-announced_at").first()
    rows = Application.objects.filter(call=call, state__in=("draft", "submitted"))
    written = [
        letters.extended(a, until=call.deadline_at, reason=extension.reason if extension else "", fact=fact.pk)
        for a in rows.select_related("call", "applicant")
        if a.applicant is not None or a.address
    ]
    post.drop_many(written, by=None, at=at)


def renew_forms(fact: Fact, *, at: datetime) -> None:
    """Drafts go on with the newest version of the form."""
    if call := Call.objects.filter(pk=fact.thing_id).first():
        actions.renew_forms(call=call, by=None, at=at)


def place_anew(fact: Fact, *, at: datetime) -> None:
    """A cut-off came or went: what waits counts for the next one."""
    if call := Call.objects.filter(pk=fact.thing_id).first():
        actions.place_anew(call=call, by=None, at=fact.at)


REACTIONS = {
    facts.STARTED: [write_private_link],
    facts.LINK_ASKED: [write_private_link],
    facts.SUBMITTED: [write_receipt],
    facts.CHANGED_AFTER_SENDING: [write_receipt],
    facts.CARRIED_ON: [write_private_link],
    facts.WITHDRAWN: [write_withdrawn, tell_of_gap],
    facts.PARTNER_INVITED: [write_invitation],
    facts.PARTNER_JOINED: [write_partner_moved],
    facts.PARTNER_SIGNED_OFF: [write_partner_moved],
    facts.PARTNER_LEFT: [write_partner_moved],
    facts.COMPLETION_ASKED: [write_please_complete],
    facts.COMPLETED: [write_completed],
    call_facts.DEADLINE_EXTENDED: [write_extended],
    call_facts.CUT_OFF_SET: [place_anew],
    call_facts.CUT_OFF_REMOVED: [place_anew],
    call_facts.FORM_PUBLISHED: [renew_forms],
}
