"""The pool: who is asked to evaluate, with which expertise, how much and until when; and who is reminded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.academies import actions as academies
from booster.academies.models import Membership, Role
from booster.calls.models import Call
from booster.chronicle.actions import record
from booster.evaluation import facts
from booster.evaluation.models import Evaluator
from booster.kit.access import Refused
from booster.kit.words import N_
from booster.people import actions as people
from booster.people.actions import NewOrganisation

APART = N_("An organiser or reader of the edition cannot evaluate its files: the desk shows them all.")


@dataclass(frozen=True, slots=True)
class NewEvaluator:
    email: str
    name: str
    country: str = ""
    organisation: str = ""
    ecosystems: Sequence[str] = field(default=())
    expertise: str = ""
    capacity: int = 20
    ends_on: date | None = None


@transaction.atomic
def invite(*, call: Call, entry: NewEvaluator, by: Any, at: datetime) -> Evaluator:
    """Add somebody to the call's pool; the invitation follows, held in the outbox.

    ``Refused`` for organisers and readers and for whoever is in the pool; somebody whose work had ended begins again.
    """
    person = people.ensure_person(email=entry.email, name=entry.name, country=entry.country, by=by, at=at)
    if Membership.objects.reading_desks(person).filter(edition=call.edition_id).exists():
        raise Refused(APART)
    known = Evaluator.objects.filter(call=call, person=person).first()
    if known is not None and known.ended_at is None:
        raise Refused(_("This person is in the pool already."))
    held = known or Evaluator(call=call, edition_id=call.edition_id, person=person)
    held.organisation = _organisation(entry, by=by, at=at)
    held.country, held.ecosystems, held.expertise = entry.country, list(entry.ecosystems), entry.expertise
    held.capacity, held.ends_on, held.ended_at = entry.capacity, entry.ends_on, None
    held.save()
    academies.appoint(
        edition=call.edition, person=person, role=Role.EVALUATOR, ends_on=entry.ends_on, by=by, at=at
    )  # fmt: skip
    record(facts.EVALUATOR_INVITED, thing=held, by=by, at=at, name=person.name, letter=True)
    return held


def _organisation(entry: NewEvaluator, *, by: Any, at: datetime) -> Any:
    if not entry.organisation:
        return None
    return people.ensure_organisation(entry=NewOrganisation(name=entry.organisation, kind="other"), by=by, at=at)


@transaction.atomic
def change_evaluator(*, evaluator: Evaluator, entry: NewEvaluator, by: Any, at: datetime) -> Evaluator:
    """What an evaluator knows, may take on and until when; address and name are the person's own affair."""
    evaluator.organisation = _organisation(entry, by=by, at=at)
    evaluator.country, evaluator.ecosystems = entry.country, list(entry.ecosystems)
    evaluator.expertise, evaluator.capacity, evaluator.ends_on = entry.expertise, entry.capacity, entry.ends_on
    evaluator.save()
    academies.appoint(
        edition=evaluator.call.edition,
        person=evaluator.person,
        role=Role.EVALUATOR,
        ends_on=entry.ends_on,
        by=by,
        at=at,
    )
    record(facts.EVALUATOR_CHANGED, thing=evaluator, by=by, at=at)
    return evaluator


@transaction.atomic
def remind(*, call: Call, evaluators: Sequence[Evaluator], release: bool, by: Any, at: datetime) -> int:
    """Note a reminder for each; the letters follow, held in the outbox unless ``release``. Returns how many."""
    rows = Evaluator.objects.filter(pk__in=[e.pk for e in evaluators], call=call).active()
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        Evaluator.objects.filter(pk__in=ids).update(reminded_at=at)
        record(facts.EVALUATORS_REMINDED, thing=call, by=by, at=at, count=len(ids), evaluators=ids, release=release)
    return len(ids)
