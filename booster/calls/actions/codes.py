"""Entry codes: a door after the deadline, for so many, until then."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.calls import facts
from booster.calls.models import Call, EntryCode
from booster.chronicle import actions as chronicle
from booster.kit import moves
from booster.kit.machine import NotNow

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is easily taken for another


@transaction.atomic
def make_entry_code(*, call: Call, note: str, valid_until: datetime, by: Any, at: datetime, uses: int = 1) -> EntryCode:
    """A code such as ``K7QF-9MWD-TR2X`` that lets ``uses`` applications in until ``valid_until``."""
    if valid_until <= at:
        raise NotNow(_("A code must be valid until some moment in the future."))
    if call.state not in ("open", "closed"):
        raise NotNow(_("Codes are made while a call is open, or closed and not yet settled."))
    letters = "".join(secrets.choice(LETTERS) for _n in range(12))
    code = EntryCode.objects.create(
        call=call,
        code="-".join(letters[n : n + 4] for n in (0, 4, 8)),
        note=note,
        uses_left=uses,
        valid_until=valid_until,
        made_by=by,
    )
    chronicle.record(facts.ENTRY_CODE_MADE, thing=call, by=by, at=at, note=note)
    return code


@transaction.atomic
def end_entry_code(*, code: EntryCode, by: Any, at: datetime) -> EntryCode:
    """Nobody comes in by this code from now on; who did stays in."""
    moves.settle(code, expected={"uses_left": code.uses_left}, uses_left=0)
    chronicle.record(facts.ENTRY_CODE_ENDED, thing=code.call, by=by, at=at, note=code.note)
    return code


@transaction.atomic
def redeem(*, call: Call, code: str, by: Any, at: datetime) -> EntryCode:
    """Use up one entry. ``NotNow`` says why the code does not open the door; the last use goes to one of two who
    try."""
    typed = "".join(c for c in code.upper() if c in LETTERS)
    spelt = "-".join(typed[n : n + 4] for n in (0, 4, 8))
    found = EntryCode.objects.filter(call=call, code=spelt).first()
    if found is None:
        raise NotNow(_("This code does not belong to this call."))
    if found.valid_until < at:
        raise NotNow(_("This code is no longer valid."))
    if found.uses_left == 0:
        raise NotNow(_("This code has been used up."))
    moves.settle(found, expected={"uses_left": found.uses_left}, uses_left=found.uses_left - 1)
    chronicle.record(facts.ENTRY_CODE_USED, thing=call, by=by, at=at, note=found.note)
    return found
