"""The way out: of one's sessions, and of the house."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.db import transaction

from booster.chronicle import actions as chronicle
from booster.people import facts
from booster.people.models import Affiliation, Consent, Link, Person


@transaction.atomic
def sign_out_everywhere(*, person: Person, by: Person | None, at: datetime) -> Person:
    """End every session of a person; the view that asked keeps its own by ``update_session_auth_hash``."""
    person.signed_out_at = at
    person.save(update_fields=["signed_out_at"])
    chronicle.record(facts.SIGNED_OUT_EVERYWHERE, thing=person, by=by, at=at)
    return person


@transaction.atomic
def forget(*, person: Person, by: Person | None, at: datetime) -> Person:
    """Erase who this was. The row stays as a nameless shell, so that counts and past decisions keep their sum.

    Consents stay, withdrawn: they prove what was lawful. Rooms above erase what they hold by their own ``forget``.
    """
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    Link.objects.filter(person=person).delete()
    Link.objects.filter(address=person.email).delete()
    Affiliation.objects.filter(person=person).delete()
    Consent.objects.standing().filter(person=person).update(withdrawn_at=at)
    person.email = f"forgotten-{person.pk}@people.invalid"
    person.name = "—"
    person.given_name = person.family_name = person.country = person.gender = person.zone = person.cast_line = ""
    person.language, person.last_login = "", None
    person.password, person.signed_out_at, person.forgotten_at = make_password(None), at, at
    person.is_active = person.is_operator = person.is_superuser = False
    person.save()
    chronicle.record(facts.FORGOTTEN, thing=person, by=None if by == person else by, at=at)
    return person
