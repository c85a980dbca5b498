"""The register of consents: what, which version, when, where from, and until when."""

from datetime import datetime

from django.db import transaction

from booster.chronicle import actions as chronicle
from booster.kit.moves import settle
from booster.people import facts
from booster.people.models import Consent, Person


@transaction.atomic
def consent(*, person: Person, what: str, version: str, by: Person | None, at: datetime, source: str = "") -> Consent:
    """Note that somebody agrees; said twice it is one entry."""
    row, made = Consent.objects.get_or_create(
        person=person, what=what, version=version, withdrawn_at=None, defaults={"given_at": at, "source": source[:200]}
    )
    if made:
        chronicle.record(facts.CONSENTED, thing=person, by=by, at=at, what=what, version=version)
    return row


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Person | None, at: datetime) -> Consent:
    """End a consent; the entry stays, with its end. Withdrawn once, it keeps its first end."""
    if consent.withdrawn_at is not None:
        return consent
    settle(consent, expected={"withdrawn_at": None}, withdrawn_at=at)
    chronicle.record(facts.CONSENT_WITHDRAWN, thing=consent.person, by=by, at=at, what=consent.what)
    return consent
