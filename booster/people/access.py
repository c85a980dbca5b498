"""Who may do what to a person's entry."""

from typing import Any

from django.utils.translation import gettext as _

from booster.kit.access import any_of


def is_signed_in(actor: Any, thing: Any) -> str | None:
    return None if actor is not None and actor.is_authenticated else _("Sign in first.")


def is_operator(actor: Any, thing: Any) -> str | None:
    known = actor is not None and actor.is_authenticated
    if not known or not actor.is_operator:
        return _("Only operators of this installation may do this.")
    return None if actor.on_duty else _("Take up the operator's power first, and say why.")


def may_take_up(actor: Any, thing: Any) -> str | None:
    """Who is an operator, whether the power is taken up or not."""
    known = actor is not None and actor.is_authenticated
    return None if known and actor.is_operator else _("Only operators of this installation may do this.")


def is_oneself(actor: Any, thing: Any) -> str | None:
    """``thing`` is a person, or something with a ``person``."""
    known = actor is not None and actor.is_authenticated
    mine = known and getattr(thing, "person", thing) == actor
    return None if mine else _("This belongs to somebody else.")


RULES = {
    "people.see": any_of(is_oneself, is_operator),
    "people.edit_profile": is_oneself,
    "people.withdraw_consent": is_oneself,
    "people.sign_out_everywhere": is_oneself,
    "people.merge": is_operator,
    "people.forget": any_of(is_oneself, is_operator),
    "people.appoint_operator": is_operator,
    "people.take_up": may_take_up,
    "people.lay_down": may_take_up,
}
