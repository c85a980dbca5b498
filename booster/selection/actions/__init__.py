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
from booster.selection.actions.scenarios import (
    Settings,
    ask,
    ask_price,
    change,
    claim,
    give_up,
    keep,
    keep_price,
    propose,
    reopen,
)
from booster.selection.actions.shortlisting import shortlist
from booster.selection.actions.signing import sign
from booster.selection.actions.telling import tell

__all__ = [
    "Settings",
    "admit",
    "adopt",
    "amend",
    "ask",
    "ask_price",
    "change",
    "choose_venue",
    "claim",
    "complain",
    "confirm",
    "decide",
    "drop_decision",
    "forget",
    "give_up",
    "keep",
    "keep_price",
    "note_policy",
    "propose",
    "refuse",
    "reopen",
    "reopen_decision",
    "shortlist",
    "sign",
    "take_back",
    "tell",
]
