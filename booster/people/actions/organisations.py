"""Organisations, and who works where."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from booster.chronicle import actions as chronicle
from booster.kit import plain
from booster.people import facts
from booster.people.actions.persons import country_code
from booster.people.models import Affiliation, Organisation, Person
from booster.people.queries import organisations_by_key
from booster.people.rules import names

Place = tuple[str, str]  # key, country
RANGES: dict[str, tuple[int, int]] = {  # what no column holds or no organisation has is unknown, not an error
    "founded": (1000, 2200),
    "members": (0, 2_000_000_000),
    "smes": (0, 2_000_000_000),
    "staff_fte": (0, 99_999),
    "latitude": (-90, 90),
    "longitude": (-180, 180),
}


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    name: str
    country: str = ""
    region: str = ""
    city: str = ""
    kind: str = "cluster"
    website: str = ""
    ecosystems: tuple[str, ...] = ()
    founded: int | None = None
    members: int | None = None
    smes: int | None = None
    staff_fte: Decimal | None = None
    label: str = ""
    maturity: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def key(self) -> str:
        return names.organisation_key(self.name)[:300]

    @property
    def place(self) -> Place:
        return self.key, country_code(self.country)


def _columns(entry: NewOrganisation) -> dict[str, Any]:
    values = asdict(entry)
    values["ecosystems"] = list(entry.ecosystems)
    values["country"] = country_code(entry.country)
    for field in Organisation._meta.get_fields():
        limit = getattr(field, "max_length", None)
        if limit and isinstance(values.get(field.name), str):
            values[field.name] = plain.clean(values[field.name])[:limit]
    for name, (least, most) in RANGES.items():
        if values[name] is not None and not least <= values[name] <= most:
            values[name] = None
    if values["latitude"] is None or values["longitude"] is None:
        values["latitude"] = values["longitude"] = None
    return values


def _fill(organisation: Organisation, entry: NewOrganisation) -> list[str]:
    """Give what the entry of an organisation lacks; returns the names of the columns that were filled."""
    filled = []
    for name, value in _columns(entry).items():
        if value not in (None, "", []) and getattr(organisation, name) in (None, "", []):
            setattr(organisation, name, value)
            filled.append(name)
    return filled


def _match(entry: NewOrganisation, known: dict[Place, Organisation]) -> Organisation | None:
    """The same name in the same country; where one side names no country, the name alone when it is the only one."""
    if entry.place in known:
        return known[entry.place]
    key, country = entry.place
    if country:
        return known.get((key, ""))
    namesakes = [organisation for (other, _country), organisation in known.items() if other == key]
    return namesakes[0] if len(namesakes) == 1 else None


@transaction.atomic
def ensure_organisation(*, entry: NewOrganisation, by: Person | None, at: datetime) -> Organisation:
    """The organisation of this name and country, noted now if nobody knew it; fills empty columns, overwrites none."""
    return ensure_organisations(entries=[entry], by=by, at=at)[entry.place]


@transaction.atomic
def ensure_organisations(
    *, entries: Sequence[NewOrganisation], by: Person | None, at: datetime
) -> dict[Place, Organisation]:
    """Organisations by ``entry.place``, those unknown noted now.

    A constant number of queries up to 5,000 names, but for the inserts, which SQLite takes by the fifty.
    """
    known = {(row.key, row.country): row for row in organisations_by_key(entry.key for entry in entries)}
    answer: dict[Place, Organisation] = {}
    fresh: list[Organisation] = []
    changed: dict[int, Organisation] = {}
    columns: set[str] = set()
    for entry in entries:
        organisation = _match(entry, known)
        if organisation is None:
            organisation = Organisation(key=entry.key, **_columns(entry))
            known[entry.place] = organisation
            fresh.append(organisation)
        elif (filled := _fill(organisation, entry)) and organisation.pk:
            changed[organisation.pk] = organisation
            columns.update(filled)
        answer[entry.place] = organisation
    Organisation.objects.bulk_create(fresh)
    if changed:
        Organisation.objects.bulk_update(changed.values(), sorted(columns), batch_size=500)
    chronicle.record_many(facts.ORGANISATION_NOTED, fresh, by=by, at=at)
    chronicle.record_many(facts.ORGANISATION_CHANGED, list(changed.values()), by=by, at=at)
    return answer


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, entry: NewOrganisation, by: Person | None, at: datetime
) -> Organisation:
    """Overwrite an organisation's entry with what somebody who may says of it; the key follows the name."""
    for name, value in _columns(entry).items():
        setattr(organisation, name, value)
    organisation.key = entry.key
    organisation.save()
    chronicle.record(facts.ORGANISATION_CHANGED, thing=organisation, by=by, at=at)
    return organisation


@transaction.atomic
def affiliate(
    *,
    person: Person,
    organisation: Organisation,
    by: Person | None,
    at: datetime,
    role_title: str = "",
    since: date | None = None,
) -> Affiliation:
    """Note where somebody works. Said twice it is one entry; a new position or first day corrects it."""
    said = {"role_title": plain.clean(role_title)[:120], "since": since}
    row = Affiliation.objects.current().filter(person=person, organisation=organisation).first()
    if row is None:
        row = Affiliation(person=person, organisation=organisation)
    elif all(not value or getattr(row, name) == value for name, value in said.items()):
        return row
    for name, value in said.items():
        setattr(row, name, value or getattr(row, name))
    row.save()
    chronicle.record(
        facts.AFFILIATED, thing=person, by=by, at=at, organisation=organisation.name, role_title=row.role_title
    )
    return row


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, until: date, by: Person | None, at: datetime) -> Affiliation:
    """Note the last day of somebody's work somewhere."""
    affiliation.until = until
    affiliation.save(update_fields=["until"])
    chronicle.record(facts.LEFT, thing=affiliation.person, by=by, at=at, organisation=affiliation.organisation.name)
    return affiliation
