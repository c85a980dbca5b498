"""Persons come in, and change what they say of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from booster.chronicle import actions as chronicle
from booster.kit import plain, times
from booster.people import facts
from booster.people.models import Person
from booster.people.queries import people_by_email
from booster.people.rules import emails


class Details(TypedDict, total=False):
    """What an import or a form may know of a person beside name and address."""

    given_name: str
    family_name: str
    country: str
    gender: str
    language: str


class Profile(Details, total=False):
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class NewPerson:
    email: str
    name: str
    given_name: str = ""
    family_name: str = ""
    country: str = ""
    gender: str = ""
    language: str = ""


def country_code(written: str) -> str:
    """Two letters, or nothing: cutting “Germany” would make it Georgia."""
    code = plain.clean(written).upper()
    return code if len(code) == 2 else ""


def _usable(address: str) -> str:
    if not emails.usable(address):
        raise ValidationError(_("“%(address)s” is not an e-mail address.") % {"address": plain.clean(address)[:80]})
    return emails.normalise(address)


def _fitted(name: str, value: str) -> str:
    """Cleaned of what cannot be seen, and cut to what the column holds."""
    limit: int | None = getattr(Person._meta.get_field(name), "max_length", None)
    return " ".join(plain.clean(value).split())[:limit]


def _draft(entry: NewPerson, at: datetime) -> Person:
    address = _usable(entry.email)
    return Person(
        email=address,
        name=_fitted("name", entry.name) or address.partition("@")[0],
        given_name=_fitted("given_name", entry.given_name),
        family_name=_fitted("family_name", entry.family_name),
        country=country_code(entry.country),
        gender=entry.gender if entry.gender in Person.Gender.values else "",
        language=_fitted("language", entry.language),
        password=make_password(None),
        joined_at=at,
    )


@transaction.atomic
def sign_up(*, email: str, name: str, at: datetime, by: Person | None = None, **details: Unpack[Details]) -> Person:
    """Open an account; ``ValidationError`` when the address is unusable or taken. The address is still unconfirmed."""
    person = _draft(NewPerson(email=email, name=name, **details), at)
    if people_by_email([person.email]):
        raise ValidationError(_("Somebody has an account with this address already."))
    person.save(force_insert=True)
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    chronicle.record(facts.SIGNED_UP, thing=person, by=by or person, at=at)
    return person


@transaction.atomic
def welcome(*, person: Person, by: Person | None, at: datetime) -> Person:
    """Somebody's account was opened by single sign-on: state the fact."""
    chronicle.record(facts.SIGNED_UP, thing=person, by=by, at=at)
    return person


@transaction.atomic
def ensure_person(*, email: str, name: str, by: Person | None, at: datetime, **details: Unpack[Details]) -> Person:
    """The person with this address, noted now if nobody knew them. What is known is never overwritten."""
    found = ensure_people(entries=[NewPerson(email=email, name=name, **details)], by=by, at=at)
    return found[emails.normalise(email)]


@transaction.atomic
def ensure_people(*, entries: Sequence[NewPerson], by: Person | None, at: datetime) -> dict[str, Person]:
    """Persons by normalised address, those unknown noted now; the first entry of an address counts.

    A constant number of queries for up to 5,000 addresses, but for the inserts, which SQLite takes by the fifty.
    ``ValidationError`` for an unusable address: nothing is written then.
    """
    drafts: dict[str, Person] = {}
    for entry in entries:
        draft = _draft(entry, at)
        drafts.setdefault(draft.email, draft)
    found = people_by_email(drafts)
    missing = [draft for address, draft in drafts.items() if address not in found]
    if not missing:
        return found
    # Somebody may sign up between our look and our insert: the row that came first stays, and is the one we read.
    Person.objects.bulk_create(missing, ignore_conflicts=True)
    fresh = people_by_email(draft.email for draft in missing)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, primary=True) for person in fresh.values()],
        ignore_conflicts=True,
    )
    chronicle.record_many(facts.NOTED, list(fresh.values()), by=by, at=at)
    return {**found, **fresh}


@transaction.atomic
def rename(*, person: Person, by: Person | None, at: datetime, **changes: Unpack[Profile]) -> Person:
    """Write the parts of a profile that are given and differ; ``ValidationError`` for a zone that does not exist."""
    if zone := changes.get("zone"):
        try:
            times.zone(zone)
        except ValueError as unknown:
            raise ValidationError(_("“%(zone)s” is not a time zone.") % {"zone": zone}) from unknown
    values = {name: _fitted(name, str(value)) for name, value in changes.items()}
    if "name" in values and not values["name"]:
        raise ValidationError(_("Please tell us your name."))
    new = {name: value for name, value in values.items() if getattr(person, name) != value}
    if not new:
        return person
    before = {name: getattr(person, name) for name in new}
    for name, value in new.items():
        setattr(person, name, value)
    person.save(update_fields=list(new))
    chronicle.record(facts.RENAMED, thing=person, by=by, at=at, before=before, after=new)
    return person


@transaction.atomic
def confirm_address(*, person: Person, by: Person | None, at: datetime) -> Person:
    """The person's own address was shown to reach them; a second time changes nothing.

    Where somebody else has confirmed the same address meanwhile, it stays theirs.
    """
    row, _made = EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"primary": True})
    if row.verified or not row.can_set_verified():
        return person
    row.verified = True
    row.save(update_fields=["verified"])
    chronicle.record(facts.ADDRESS_CONFIRMED, thing=person, by=by, at=at)
    return person


@transaction.atomic
def change_sign_in(*, person: Person, how: str, by: Person | None, at: datetime, password: str = "") -> Person:
    """Note that something about signing in changed (``how`` is one word for it); set ``password`` when one is given."""
    if password:
        person.set_password(password)
        person.save(update_fields=["password"])
    chronicle.record(facts.SIGN_IN_CHANGED, thing=person, by=by, at=at, how=how)
    return person


@transaction.atomic
def appoint_operator(*, person: Person, by: Person | None, at: datetime) -> Person:
    return _set_operator(person, True, by, at)


@transaction.atomic
def dismiss_operator(*, person: Person, by: Person | None, at: datetime) -> Person:
    return _set_operator(person, False, by, at)


def _set_operator(person: Person, operator: bool, by: Person | None, at: datetime) -> Person:
    if person.is_operator == operator and person.is_superuser == operator:
        return person
    person.is_operator = person.is_superuser = operator
    person.save(update_fields=["is_operator", "is_superuser"])
    kind = facts.OPERATOR_APPOINTED if operator else facts.OPERATOR_DISMISSED
    chronicle.record(kind, thing=person, by=by, at=at)
    return person


@transaction.atomic
def put_in_cast(*, person: Person, line: str, by: Person | None, at: datetime) -> Person:
    """The demo alone: show this person on the page of the cast with what waits for them; empty takes them off."""
    person.cast_line = _fitted("cast_line", line)
    person.save(update_fields=["cast_line"])
    chronicle.record(facts.PUT_IN_CAST, thing=person, by=by, at=at)
    return person
