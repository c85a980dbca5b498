"""The doors of people."""

from booster.people.views.cast import cast, play
from booster.people.views.language import ReaderLanguage, speak
from booster.people.views.links import new_link, open_link, switch
from booster.people.views.power import OperatorsPower, lay_down, take_up
from booster.people.views.profile import profile, sign_in_settings, sign_out_everywhere, withdraw_consent
from booster.people.views.sign_in import AccountAdapter, OtherHouseAdapter, ReaderZone, SecondStepAdapter

__all__ = [
    "AccountAdapter",
    "OperatorsPower",
    "OtherHouseAdapter",
    "ReaderLanguage",
    "ReaderZone",
    "SecondStepAdapter",
    "cast",
    "lay_down",
    "new_link",
    "open_link",
    "play",
    "profile",
    "sign_in_settings",
    "sign_out_everywhere",
    "speak",
    "switch",
    "take_up",
    "withdraw_consent",
]
