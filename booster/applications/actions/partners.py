"""Write together: invite, join, sign off, leave, remove."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction
from django.utils.translation import gettext as _

from booster.applications import facts
from booster.applications.actions.answers import locked
from booster.applications.models import Application, Partner
from booster.applications.states import PARTNER
from booster.chronicle import actions as chronicle
from booster.kit import moves, plain
from booster.kit.facts import Kind
from booster.kit.machine import NotNow
from booster.people import actions as people
from booster.people.models import Person
from booster.people.rules import emails

MOST_PARTNERS = 20


@dataclass(frozen=True, slots=True)
class Invitation:
    name: str
    organisation_name: str
    address: str
    part: str = ""
    task: str = ""
    section_keys: Sequence[str] = ()


def _must_stand(application: Application) -> None:
    if application.state != "draft" and application.state != "submitted":
        raise NotNow(_("Nobody works on this application any more."))


def _line(text: str) -> str:
    return " ".join(plain.clean(text).split())[:200]


@transaction.atomic
def invite_partner(*, application: Application, invitation: Invitation, by: Person | None, at: datetime) -> Partner:
    """Ask somebody to write with us; the letter follows. The same address again changes their task and asks anew."""
    application = locked(application)
    _must_stand(application)
    address = emails.normalise(invitation.address)
    if address == application.address or (application.applicant and address == application.applicant.email):
        raise NotNow(_("This is the applicant's own address."))
    known = application.partners.filter(address=address).first()
    partner = known or Partner(application=application, address=address)
    if known is None and application.partners.exclude(state="left").count() >= MOST_PARTNERS:
        raise NotNow(_("An application has at most %(most)s partners.") % {"most": MOST_PARTNERS})
    partner.name = _line(invitation.name)
    partner.organisation_name = _line(invitation.organisation_name)
    partner.part, partner.task = _line(invitation.part), plain.clean(invitation.task)[:4000]
    partner.section_keys = list(invitation.section_keys)
    if partner.state == "left":
        partner.state, partner.person, partner.signed_off_at, partner.signed_revision = PARTNER.start, None, None, None
    partner.invited_at = at
    partner.save()
    _tell(facts.PARTNER_INVITED, partner, by=by, at=at)
    return partner


@transaction.atomic
def invite_again(*, partner: Partner, by: Person | None, at: datetime) -> Partner:
    """Send the invitation once more, with a new link."""
    if partner.state == "left":
        raise NotNow(_("This partner has left the application."))
    _tell(facts.PARTNER_INVITED, partner, by=by, at=at)
    return partner


def _tell(kind: Kind, partner: Partner, *, by: Person | None, at: datetime) -> None:
    chronicle.record(
        kind, thing=partner.application, by=by, at=at, partner=partner.organisation_name, partner_id=partner.pk
    )


@transaction.atomic
def join(*, partner: Partner, by: Person | None = None, at: datetime) -> Partner:
    """The invited one opened the letter: known from now on, and opened to by ``holder``. Again is harmless.

    ``by``: the signed-in person who joins, whatever address the letter went to; else the address makes the person.
    """
    partner = Partner.objects.select_for_update(of=("self",)).select_related("application__call").get(pk=partner.pk)
    _must_stand(partner.application)
    if partner.state == "left":
        raise NotNow(_("This invitation was taken back."))
    if not partner.holder:
        partner.holder = token_urlsafe(16)
        partner.save(update_fields=["holder"])
    if partner.state != "invited":
        return partner
    person = by or people.ensure_person(
        email=partner.address, name=partner.name or partner.organisation_name, by=None, at=at
    )
    if person.pk == partner.application.applicant_id:
        raise NotNow(_("You began this application yourself; you need not join it."))
    moves.move(partner, PARTNER, "join", person=person, joined_at=at)
    _tell(facts.PARTNER_JOINED, partner, by=person, at=at)
    return partner


@transaction.atomic
def sign_off(*, partner: Partner, revision: int, by: Person | None, at: datetime) -> Partner:
    """Sign what was read: ``revision`` is the one on the page, so nobody signs what changed under their eyes."""
    application = locked(partner.application)
    _must_stand(application)
    if application.revision != revision:
        raise moves.Stale(_("The application changed while you read it. Read the changes, then sign."))
    if partner.state == "signed_off":
        moves.settle(partner, expected={"state": "signed_off"}, signed_off_at=at, signed_revision=revision)
    else:
        moves.move(partner, PARTNER, "sign_off", signed_off_at=at, signed_revision=revision)
    _tell(facts.PARTNER_SIGNED_OFF, partner, by=by, at=at)
    return partner


@transaction.atomic
def take_back_signature(*, partner: Partner, by: Person | None, at: datetime) -> Partner:
    moves.move(partner, PARTNER, "take_back", signed_off_at=None, signed_revision=None)
    _tell(facts.PARTNER_SIGNATURE_TAKEN_BACK, partner, by=by, at=at)
    return partner


@transaction.atomic
def leave(*, partner: Partner, by: Person | None, at: datetime) -> Partner:
    """The partner leaves by themselves; what they wrote stays with the application."""
    return _end(partner, facts.PARTNER_LEFT, by=by, at=at)


@transaction.atomic
def remove_partner(*, partner: Partner, by: Person | None, at: datetime) -> Partner:
    """The applicant goes on without this partner; their links end."""
    return _end(partner, facts.PARTNER_REMOVED, by=by, at=at)


def _end(partner: Partner, kind: Kind, *, by: Person | None, at: datetime) -> Partner:
    moves.move(partner, PARTNER, "leave", holder="", signed_off_at=None, signed_revision=None)
    people.revoke_links(purpose="partner", thing=partner, by=by, at=at)
    _tell(kind, partner, by=by, at=at)
    return partner
