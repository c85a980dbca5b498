"""Who may write, send, read and organise applications.

An actor is the signed-in person or a visitor; the door of this room hangs ``held`` on either: what their browser may
go on with without an account (see ``ApplicationQuerySet.edited_by``).
"""

from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from booster.academies.access import is_organiser, may_read_desk
from booster.applications.models import Application, Partner
from booster.kit.access import any_of, every

HELD = "applications.held"  # the session's key


def grant(session: Any, mark: str, holder: str) -> None:
    """Let this browser go on with a draft (``a<id>``) or as a partner (``p<id>``), and with nothing else."""
    session[HELD] = {**session.get(HELD, {}), mark: holder}


def code_of(application: Application) -> str:
    """The code in the letter that verifies the address when typed in: eight digits, good for this draft and address."""
    text = f"{application.pk}:{application.address}:{application.started_at.timestamp()}"
    return f"{int(salted_hmac('booster.applications.code', text, algorithm='sha256').hexdigest()[:12], 16) % 10**8:08d}"


def is_code_of(application: Application, typed: str) -> bool:
    digits = "".join(c for c in typed if c.isdecimal() and c.isascii())
    return constant_time_compare(digits, code_of(application))


def holds(actor: Any, mark: str, holder: str) -> bool:
    held = getattr(actor, "held", None) or {}
    return bool(holder) and constant_time_compare(held.get(mark, ""), holder)


def is_applicant(actor: Any, thing: Application) -> str | None:
    own = actor.is_authenticated and thing.applicant_id == actor.pk
    if own or holds(actor, f"a{thing.pk}", thing.holder):
        return None
    return _("Only the one who began this application may do this.")


def is_applicant_by_account(actor: Any, thing: Application) -> str | None:
    """Signed in: a browser that merely holds this draft reaches nothing else of the person."""
    return None if actor.is_authenticated and thing.applicant_id == actor.pk else _("Sign in first.")


def partner_of(actor: Any, thing: Application) -> Partner | None:
    """The actor's part in the application; ``None`` for the applicant and everybody else. At most one query."""
    for partner in thing.partners.all():
        mine = actor.is_authenticated and partner.person_id == actor.pk
        if partner.state != "left" and (mine or holds(actor, f"p{partner.pk}", partner.holder)):
            return partner
    return None


def is_partner(actor: Any, thing: Application) -> str | None:
    return None if partner_of(actor, thing) else _("Only a partner in this application may do this.")


def is_joined(actor: Any, thing: Application) -> str | None:
    partner = partner_of(actor, thing)
    if partner is not None and partner.state in ("joined", "signed_off"):
        return None
    return _("Join the application first; the letter with the invitation holds the link.")


def is_sent(actor: Any, thing: Application) -> str | None:
    return None if thing.state != "draft" else _("Drafts are read by nobody but those who write them.")


def is_submitted(actor: Any, thing: Application) -> str | None:
    return None if thing.state == "submitted" else _("This is possible only while the application stands as sent.")


is_editor = any_of(is_applicant, is_joined)

RULES = {
    "applications.read_own": any_of(is_applicant, is_partner),
    "applications.answer": is_editor,
    "applications.verify": is_applicant,
    "applications.submit": is_applicant,
    "applications.withdraw": is_applicant,
    "applications.restore": is_applicant,
    "applications.use_code": is_applicant,
    "applications.reuse": is_applicant_by_account,
    "applications.invite_partner": is_applicant,
    "applications.remove_partner": is_applicant,
    "applications.join": is_partner,
    "applications.sign_off": is_joined,
    "applications.leave": is_partner,
    "applications.list": may_read_desk,
    "applications.export": is_organiser,
    "applications.erase": is_organiser,
    "applications.read": every(may_read_desk, is_sent),
    "applications.read_whole": every(is_organiser, is_sent),  # what is sensitive too
    "applications.ask_completion": every(is_organiser, is_submitted),
    "applications.end_completion": is_organiser,
}
