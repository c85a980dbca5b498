"""Every write of this room."""

from booster.selection.actions.complaints import admit, complain, decide, forget, refuse
from booster.selection.actions.deciding import (
    adopt,
    amend,
    choose_venue,
    confirm,
    drop_decision,
    note_policy,
    reopen_decision,
    take_back,
)
from booster.selection.actions.drawing import announce, call_off, draw, erase_input
from booster.selection.actions.scenarios import Settings, change, copy, propose, reopen
from booster.selection.actions.shortlisting import shortlist
from booster.selection.actions.signing import sign
from booster.selection.actions.telling import tell
from booster.selection.actions.working import (
    ask,
    ask_inclusion,
    ask_price,
    claim,
    give_up,
    keep,
    keep_inclusion,
    keep_price,
    note_progress,
    stop,
)

__all__ = [
    "Settings",
    "admit",
    "adopt",
    "amend",
    "announce",
    "ask",
    "ask_inclusion",
    "ask_price",
    "call_off",
    "change",
    "choose_venue",
    "claim",
    "complain",
    "confirm",
    "copy",
    "decide",
    "draw",
    "drop_decision",
    "erase_input",
    "forget",
    "give_up",
    "keep",
    "keep_inclusion",
    "keep_price",
    "note_policy",
    "note_progress",
    "propose",
    "refuse",
    "reopen",
    "reopen_decision",
    "shortlist",
    "sign",
    "stop",
    "take_back",
    "tell",
]
