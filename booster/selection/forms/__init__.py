"""What organisers and applicants fill in."""

from booster.selection.forms.deciding import Amend, Answer, ChooseVenue, Complain, NotePolicy, Shortlist, SignReport
from booster.selection.forms.drawing import Announce, CallOff, DrawNow
from booster.selection.forms.whatif import WhatIf, limit_rows, read

__all__ = [
    "Amend",
    "Announce",
    "Answer",
    "CallOff",
    "ChooseVenue",
    "Complain",
    "DrawNow",
    "NotePolicy",
    "Shortlist",
    "SignReport",
    "WhatIf",
    "limit_rows",
    "read",
]
