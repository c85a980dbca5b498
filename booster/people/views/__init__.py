"""The doors of people."""

from booster.people.views.cast import cast, play
from booster.people.views.language import ReaderLanguage, speak
from booster.people.views.links import new_link, open_link, switch
from booster.people.views.profile import profile, sign_in_settings, sign_out_everywhere, withdraw_consent
from booster.people.views.sign_in import AccountAdapter, OtherHouseAdapter, ReaderZone, SecondStepAdapter

__all__ = [
    "AccountAdapter",
    "OtherHouseAdapter",
    "ReaderLanguage",
    "ReaderZone",
    "SecondStepAdapter",
    "cast",
    "new_link",
    "open_link",
    "play",
    "profile",
    "sign_in_settings",
    "sign_out_everywhere",
    "speak",
    "switch",
    "withdraw_consent",
]
