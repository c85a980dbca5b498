"""One person, two entries: all that points to the one shall point to the other."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from booster.chronicle import actions as chronicle
from booster.people import facts
from booster.people.models import Person

FILLED = ("given_name", "family_name", "zone", "country", "gender")


@dataclass(frozen=True, slots=True)
class Merged:
    person: Person
    moved: dict[str, int]  # rows by model and field: {"people.consent.person": 2}
    left: dict[str, int]  # rows that could not follow because the kept entry has one like them already


def _pointing_here() -> list[tuple[type[models.Model], str]]:
    """Every foreign key of the whole house that points to a person, hidden ones and joining tables too."""
    pairs = {
        (relation.related_model, relation.field.name)
        for relation in Person._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and isinstance(relation.related_model, type)
    }
    return sorted(pairs, key=lambda pair: (pair[0]._meta.label_lower, pair[1]))


def _move(model: type[models.Model], field: str, absorb: Person, keep: Person) -> tuple[int, int]:
    """How many rows followed, how many a unique constraint held back. One query when nothing holds."""
    rows = model._base_manager.filter(**{field: absorb})
    try:
        with transaction.atomic():
            return rows.update(**{field: keep}), 0
    except IntegrityError:
        pass
    moved = left = 0
    for row in rows:
        try:
            with transaction.atomic():
                moved += model._base_manager.filter(pk=row.pk).update(**{field: keep})
        except IntegrityError:
            left += 1
    return moved, left


def _hand_over_address(absorb: Person, keep: Person) -> str:
    """The absorbed address becomes a confirmed second address of the kept entry: whoever merges vouches for it."""
    address = absorb.email
    absorb.email = f"merged-{absorb.pk}@people.invalid"
    absorb.save(update_fields=["email"])
    EmailAddress.objects.filter(user=keep, email=address).delete()
    EmailAddress.objects.filter(user=absorb).update(primary=False)
    row, _made = EmailAddress.objects.get_or_create(user=absorb, email=address)
    if row.can_set_verified():
        row.verified = True
        row.save(update_fields=["verified"])
    return address


@transaction.atomic
def merge(*, keep: Person, absorb: Person, by: Person | None, at: datetime) -> Merged:
    """Join two entries of one person; generic over every table of the house.

    Rows that the kept entry has already (the same role, the same consent) stay with the absorbed entry, which remains
    as a closed shell. Two or three queries a table, one more for each row held back.
    """
    if keep.pk == absorb.pk or absorb.merged_into_id or keep.merged_into_id or absorb.forgotten_at:
        raise ValidationError(_("Choose two different entries that are both in use."))
    address = _hand_over_address(absorb, keep)
    counts = {
        f"{model._meta.label_lower}.{field}": _move(model, field, absorb, keep) for model, field in _pointing_here()
    }
    filled = [name for name in FILLED if getattr(absorb, name) and not getattr(keep, name)]
    for name in filled:
        setattr(keep, name, getattr(absorb, name))
    keep.save(update_fields=filled)
    absorb.is_active = absorb.is_operator = absorb.is_superuser = False
    absorb.password, absorb.merged_into, absorb.signed_out_at = make_password(None), keep, at
    absorb.save()
    moved = {name: count for name, (count, _left) in counts.items() if count}
    left = {name: count for name, (_moved, count) in counts.items() if count}
    chronicle.record(
        facts.MERGED, thing=keep, by=by, at=at, absorbed=absorb.pk, address=address, moved=moved, left=left
    )
    return Merged(person=keep, moved=moved, left=left)
