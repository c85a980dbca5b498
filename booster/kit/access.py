"""Permission rules: a rule answers ``None`` for yes, or a reason for no. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

Rule = Callable[[Any, Any], str | None]
Rules = Mapping[str, Rule]


class Refused(Exception):
    """The actor may not do this; the message says why."""


def every(*rules: Rule) -> Rule:
    """Yes when all rules say yes; otherwise the first reason."""

    def rule(actor: Any, thing: Any) -> str | None:
        return next((no for r in rules if (no := r(actor, thing)) is not None), None)

    return rule


def any_of(*rules: Rule) -> Rule:
    """Yes when one rule says yes; otherwise the reason of the first, so put the usual way first."""

    def rule(actor: Any, thing: Any) -> str | None:
        reasons = [r(actor, thing) for r in rules]
        return None if None in reasons else reasons[0]

    return rule


def anybody(actor: Any, thing: Any) -> str | None:
    return None


def check(rules: Rules, verb: str, actor: Any, thing: Any) -> None:
    """Raise ``Refused`` with the reason when the rule of ``verb`` says no."""
    if (no := rules[verb](actor, thing)) is not None:
        raise Refused(str(no))


def allows(rules: Rules, verb: str, actor: Any, thing: Any) -> bool:
    """Whether to show the button of ``verb``."""
    return rules[verb](actor, thing) is None
