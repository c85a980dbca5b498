"""The only place where applications are written."""

from booster.applications.actions.answers import Saved, add_file, attach_file, entry_of, remove_file, save_answers
from booster.applications.actions.completion import ask_completion, complete, end_completion
from booster.applications.actions.drafts import (
    Newcomer,
    ask_link,
    begin,
    renew_forms,
    reuse,
    start,
    use_code,
    verify,
)
from booster.applications.actions.partners import (
    Invitation,
    invite_again,
    invite_partner,
    join,
    leave,
    remove_partner,
    sign_off,
    take_back_signature,
)
from booster.applications.actions.retention import erase_drafts, erase_due, erase_unsuccessful, forget
from booster.applications.actions.rounds import attend, carry_on
from booster.applications.actions.sending import (
    Incomplete,
    Unsigned,
    note_told,
    place_anew,
    restore,
    submit,
    withdraw,
)
from booster.applications.actions.taking import take_in

__all__ = [
    "Incomplete",
    "Invitation",
    "Newcomer",
    "Saved",
    "Unsigned",
    "add_file",
    "ask_completion",
    "ask_link",
    "attach_file",
    "attend",
    "begin",
    "carry_on",
    "complete",
    "end_completion",
    "entry_of",
    "erase_drafts",
    "erase_due",
    "erase_unsuccessful",
    "forget",
    "invite_again",
    "invite_partner",
    "join",
    "leave",
    "note_told",
    "place_anew",
    "remove_file",
    "remove_partner",
    "renew_forms",
    "restore",
    "reuse",
    "save_answers",
    "sign_off",
    "start",
    "submit",
    "take_back_signature",
    "take_in",
    "use_code",
    "verify",
    "withdraw",
]
