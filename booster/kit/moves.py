"""Make a lifecycle move in the database: change the state only if nobody moved it meanwhile."""

from typing import Any, TypeVar

from django.db.models import Model

from booster.kit.machine import Machine
from booster.kit.words import N_

M = TypeVar("M", bound=Model)


class Stale(Exception):
    """Somebody else changed it first; the message says so to the person who lost."""


MEANWHILE = N_("Somebody else changed this a moment ago. Look at it again before you go on.")


def move(thing: M, machine: Machine, verb: str, **values: Any) -> M:
    """Set ``thing.state`` to where ``verb`` leads, together with ``values``, in one compare-and-set UPDATE.

    Raises ``NotNow`` when the verb does not start from the state as read and ``Stale`` when the row was
    moved since it was read. One query.
    """
    state: str = thing.state  # type: ignore[attr-defined]
    target = machine.after(state, verb)
    return settle(thing, expected={"state": state}, state=target, **values)


def settle(thing: M, *, expected: dict[str, Any], **values: Any) -> M:
    """Write ``values`` only if the row still holds ``expected``; ``Stale`` otherwise. One query."""
    same = type(thing)._base_manager.filter(pk=thing.pk, **expected)
    if not same.update(**values):
        raise Stale(MEANWHILE)
    for name, value in values.items():
        setattr(thing, name, value)
    return thing
