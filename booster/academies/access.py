"""The role words that every room's rules are made of."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from booster.academies.models import Membership, Role
from booster.kit.access import Rule, any_of

ONLY = {
    Role.ORGANISER: _("Only an organiser of this edition may do this."),
    Role.READER: _("Only a reader of this edition may do this."),
    Role.EVALUATOR: _("Only an evaluator of this edition may do this."),
    Role.PARTICIPANT: _("Only a participant of this edition may do this."),
    Role.HOST: _("Only the host of this edition may do this."),
    Role.COACH: _("Only a coach of this edition may do this."),
}


def roles_of(actor: Any) -> frozenset[tuple[int, str]]:
    """The (edition id, role) pairs that the person holds today: one query the first time, none after (per request)."""
    if actor is None or not actor.is_authenticated:
        return frozenset()
    if not hasattr(actor, "_roles_now"):
        held = Membership.objects.active().filter(person_id=actor.pk).values_list("edition_id", "role")
        actor._roles_now = frozenset(held)
    roles: frozenset[tuple[int, str]] = actor._roles_now
    return roles


def forget_roles(actor: Any) -> None:
    """Drop what ``roles_of`` keeps on a person, after their roles changed."""
    vars(actor).pop("_roles_now", None)


def edition_id_of(thing: Any) -> int:
    """The edition that a thing belongs to: its ``edition_id``, or itself when it is an edition."""
    edition_id = getattr(thing, "edition_id", None)
    return int(thing.pk if edition_id is None else edition_id)


def holds(role: Role) -> Rule:
    """A rule: the actor has ``role`` in the thing's edition today. A thing has ``edition_id`` or is an edition."""

    def rule(actor: Any, thing: Any) -> str | None:
        return None if (edition_id_of(thing), role) in roles_of(actor) else str(ONLY[role])

    rule.__name__ = f"is_{role.value}"
    return rule


def is_operator(actor: Any, thing: Any) -> str | None:
    """Operators run the installation; they found academies and appoint the first organisers."""
    if actor is None or not actor.is_authenticated or not actor.is_operator:
        return str(_("Only an operator may do this."))
    return None if actor.on_duty else str(_("Take up the operator's power first, and say why."))


def leads_an_edition(actor: Any, thing: Any) -> str | None:
    """The actor organises some edition today: enough to plan another."""
    leads = any(role == Role.ORGANISER for _edition, role in roles_of(actor))
    return None if leads else str(_("Only an organiser may do this."))


is_organiser = holds(Role.ORGANISER)
is_reader = holds(Role.READER)
is_evaluator = holds(Role.EVALUATOR)
is_participant = holds(Role.PARTICIPANT)
is_host = holds(Role.HOST)
is_coach = holds(Role.COACH)

may_read_desk = any_of(is_organiser, is_reader)  # for verbs that read; a reader has none that writes

RULES = {
    "academies.found": is_operator,
    "academies.plan": any_of(leads_an_edition, is_operator),
    "academies.read": lambda actor, thing: None,
    "academies.change": any_of(is_organiser, is_operator),
    "academies.copy": any_of(is_organiser, is_operator),
    "academies.move": any_of(is_organiser, is_operator),
    "academies.appoint": any_of(is_organiser, is_operator),
}
