"""Who could read which file: hints of conflict and how well an evaluator fits. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from booster.kit.words import N_

OWN_FILE = N_("own file")
OWN_ORGANISATION = N_("same organisation")
OWN_PARTNER = N_("partner in the application")
OWN_DOMAIN = N_("same e-mail domain")
OWN_COUNTRY = N_("same country")
BARRING = frozenset((OWN_FILE, OWN_ORGANISATION, OWN_PARTNER))
KNOWS = N_("Knows {ecosystems}.")
HAD_ROOM = N_("Had room for another file.")
WHY = {
    OWN_FILE: N_("The evaluator is the applicant: a conflict of interest."),
    OWN_ORGANISATION: N_("The evaluator belongs to the file's own organisation: a conflict of interest."),
    OWN_PARTNER: N_("The evaluator's organisation is a partner in this application: a conflict of interest."),
}
COMMON_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "icloud.com",
        "aol.com",
        "gmx.net",
        "gmx.de",
        "web.de",
        "proton.me",
        "protonmail.com",
        "example.org",
    ]
)  # addresses of one provider tell nothing about two people


@dataclass(frozen=True, slots=True)
class Party:
    """What hints are computed from; an empty text tells nothing. ``partner_keys`` and ``partner_emails`` are those who
    stand behind a file with the applicant."""

    organisation_key: str = ""
    country: str = ""
    email: str = ""
    partner_keys: frozenset[str] = frozenset()
    partner_emails: frozenset[str] = frozenset()


def hints(evaluator: Party, applicant: Party) -> list[str]:
    """What could point to a conflict of interest, the strongest first. Those in ``BARRING`` bar by themselves."""
    found = []
    if evaluator.email and evaluator.email == applicant.email:
        found.append(OWN_FILE)
    if evaluator.organisation_key and evaluator.organisation_key == applicant.organisation_key:
        found.append(OWN_ORGANISATION)
    if _is_partner(evaluator, applicant):
        found.append(OWN_PARTNER)
    domain = evaluator.email.rpartition("@")[2]
    if domain and domain == applicant.email.rpartition("@")[2] and domain not in COMMON_MAIL:
        found.append(OWN_DOMAIN)
    if evaluator.country and evaluator.country == applicant.country:
        found.append(OWN_COUNTRY)
    return found


def _is_partner(evaluator: Party, applicant: Party) -> bool:
    return evaluator.organisation_key in applicant.partner_keys - {""} or (
        evaluator.email in applicant.partner_emails - {""}
    )


def bar(found: Collection[str]) -> str:
    """Why these hints bar an evaluator, in a sentence; empty when they do not."""
    return next((WHY[hint] for hint in WHY if hint in found), "")


def fit(expertise: Collection[str], wanted: Collection[str], *, same_country: bool) -> int:
    """How well an evaluator suits a file, 0 to 7: two points for each shared ecosystem up to three, one for being from
    elsewhere."""
    return 2 * min(3, len(set(expertise) & set(wanted))) + (0 if same_country else 1)


def sentence(expertise: Collection[str], wanted: Collection[str]) -> str:
    """Why this evaluator, in a sentence."""
    shared = sorted(set(expertise) & set(wanted))
    return KNOWS.format(ecosystems=", ".join(shared)) if shared else HAD_ROOM
