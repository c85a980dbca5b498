"""What keeps an application of several from being sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from booster.applications.rules.merging import Touched, changed_since


@dataclass(frozen=True, slots=True)
class Signatory:
    pk: int
    name: str
    person: int  # 0: has not joined yet
    state: str
    signed_revision: int | None = None


def has_current_signature(partner: Signatory, touched: Touched) -> bool:
    """Signed, and nobody else changed anything since."""
    if partner.state != "signed_off" or partner.signed_revision is None:
        return False
    return not changed_since(touched, revision=partner.signed_revision, by_others_than=partner.person)


def unsigned(partners: Iterable[Signatory], touched: Touched) -> list[Signatory]:
    """Partners who joined and whose signature on the text as it stands is missing: they hold up the sending."""
    return [p for p in partners if p.state in ("joined", "signed_off") and not has_current_signature(p, touched)]


def never_joined(partners: Iterable[Signatory]) -> list[Signatory]:
    return [p for p in partners if p.state == "invited"]


def may_write(section_keys: Iterable[str], section: str) -> bool:
    """A partner writes in the sections named to them; no section named means all."""
    keys = list(section_keys)
    return not keys or section in keys
