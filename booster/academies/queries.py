"""What pages ask about academies and editions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from booster.academies.models import Day, Edition, Leg, Membership, Phase, Role
from booster.academies.rules import DayPlan, LegPlan, PhasePlan, standing
from booster.post.rules import Window


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the rail: ``state`` is ``past``, ``now`` or ``next``."""

    key: str
    label: str
    starts: date
    ends: date
    state: str


def shape(edition: Edition) -> list[LegPlan]:
    """The legs of an edition with their days, in order. Two queries."""
    legs = Leg.objects.filter(edition=edition).prefetch_related("days")
    return [
        LegPlan(
            kind=leg.kind,
            name=leg.name,
            days=tuple(DayPlan(day.on, day.opens, day.closes) for day in leg.days.all()),
            zone=leg.zone,
            place=leg.place,
        )
        for leg in legs
    ]


def rail(edition: Edition, *, on: date) -> list[Stop]:
    """The edition's life as a line, in the order of its phases. One query."""
    order = {kind: place for place, kind in enumerate(Phase.Kind.values)}
    phases = sorted(Phase.objects.filter(edition=edition), key=lambda p: (p.starts_on, order[p.kind]))
    return [
        Stop(
            p.kind,
            p.get_kind_display(),
            p.starts_on,
            p.ends_on,
            standing(PhasePlan(p.kind, p.starts_on, p.ends_on), on),
        )
        for p in phases
    ]


def letter_hours(edition: Edition) -> Window:
    """When letters of an edition leave that nobody waits for. No query."""
    return Window(edition.letters_from, edition.letters_until, edition.letters_on_weekends, edition.zone)


def my_editions(person: Any) -> QuerySet[Edition]:
    """Editions in which the person has a role today, the newest first."""
    mine = Membership.objects.active().filter(person_id=person.pk).values("edition")
    return Edition.objects.filter(pk__in=mine).select_related("academy").order_by("-pk")


def people_of(edition: Edition) -> QuerySet[Membership]:
    """Everybody with a role, ended ones too, by role and name. One query."""
    return Membership.objects.filter(edition=edition).select_related("person").order_by("role", "person__name", "pk")


def over_since(edition: Edition) -> date | None:
    """The last day of a closed edition: what its participants, hosts and evaluators were, they were until then.

    None while the edition is not closed or has no day. One query for a closed edition, otherwise none.
    """
    if edition.state != "closed":
        return None
    last: date | None = Day.objects.filter(leg__edition=edition).aggregate(last=Max("on"))["last"]
    return last


def organisers_of(edition_id: int) -> list[Any]:
    """The persons who organise an edition today. One query."""
    held = Membership.objects.active().filter(edition_id=edition_id, role=Role.ORGANISER).select_related("person")
    return [membership.person for membership in held.order_by("pk")]
