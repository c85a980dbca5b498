"""What people announces. Pure."""

from booster.kit.facts import Kind

SIGNED_UP = Kind("people.signed_up", "{actor} opened an account")
NOTED = Kind("people.noted", "{actor} noted {thing}")
RENAMED = Kind("people.renamed", "{actor} changed the profile of {thing}", private=("before", "after"))
ADDRESS_CONFIRMED = Kind("people.address_confirmed", "{actor} confirmed the address of {thing}")
AFFILIATED = Kind("people.affiliated", "{actor} noted where {thing} works", private=("organisation", "role_title"))
LEFT = Kind("people.left", "{actor} noted that {thing} works elsewhere now", private=("organisation",))
ORGANISATION_NOTED = Kind("people.organisation_noted", "{actor} noted the organisation {thing}")
ORGANISATION_CHANGED = Kind("people.organisation_changed", "{actor} changed the entry of {thing}")
CONSENTED = Kind("people.consented", "{thing} agreed to “{what}”, version {version}")
CONSENT_WITHDRAWN = Kind("people.consent_withdrawn", "{thing} withdrew the consent to “{what}”")
LINK_ISSUED = Kind("people.link_issued", "{actor} made a private link", private=("address",))
LINK_USED = Kind("people.link_used", "{actor} opened a private link")
LINK_REVOKED = Kind("people.link_revoked", "{actor} made a private link void")
MERGED = Kind("people.merged", "{actor} joined two entries of {thing}", private=("address",))
FORGOTTEN = Kind("people.forgotten", "{actor} erased what was kept about a person")
OPERATOR_APPOINTED = Kind("people.operator_appointed", "{actor} made {thing} an operator of this installation")
OPERATOR_DISMISSED = Kind("people.operator_dismissed", "{actor} ended the operator rights of {thing}")
PUT_IN_CAST = Kind("people.put_in_cast", "{actor} put {thing} on the page of the cast")
SIGNED_OUT_EVERYWHERE = Kind("people.signed_out_everywhere", "{actor} signed out everywhere")
SIGN_IN_CHANGED = Kind("people.sign_in_changed", "{actor} changed how {thing} signs in")
