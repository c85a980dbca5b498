"""The only place where people are written."""

from booster.people.actions.consents import consent, withdraw_consent
from booster.people.actions.leaving import forget, sign_out_everywhere
from booster.people.actions.links import issue_link, renew_link, revoke_links, use_link
from booster.people.actions.merging import Merged, merge
from booster.people.actions.organisations import (
    NewOrganisation,
    affiliate,
    change_organisation,
    end_affiliation,
    ensure_organisation,
    ensure_organisations,
)
from booster.people.actions.persons import (
    NewPerson,
    appoint_operator,
    change_sign_in,
    confirm_address,
    dismiss_operator,
    ensure_people,
    ensure_person,
    put_in_cast,
    rename,
    sign_up,
    welcome,
)
from booster.people.actions.shifts import lay_down, take_up
from booster.people.queries import Expired, LinkTrouble, Unknown, Used

__all__ = [
    "Expired",
    "LinkTrouble",
    "Merged",
    "NewOrganisation",
    "NewPerson",
    "Unknown",
    "Used",
    "affiliate",
    "appoint_operator",
    "change_organisation",
    "change_sign_in",
    "confirm_address",
    "consent",
    "dismiss_operator",
    "end_affiliation",
    "ensure_organisation",
    "ensure_organisations",
    "ensure_people",
    "ensure_person",
    "forget",
    "issue_link",
    "lay_down",
    "merge",
    "put_in_cast",
    "rename",
    "renew_link",
    "revoke_links",
    "sign_out_everywhere",
    "sign_up",
    "take_up",
    "use_link",
    "welcome",
    "withdraw_consent",
]
