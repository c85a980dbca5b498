"""Every write of this room. Each function: one transaction, one move, one fact for each thing changed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from booster.academies import facts
from booster.academies.access import forget_roles
from booster.academies.models import STATE_LABELS, Academy, BudgetLine, Day, Edition, Leg, Membership, Phase, Role
from booster.academies.queries import shape
from booster.academies.rules import LegPlan, PhasePlan, phases_from, shape_problems, shifted
from booster.academies.states import EDITION
from booster.chronicle.actions import record
from booster.kit.access import Refused
from booster.kit.moves import move
from booster.kit.words import N_


def _in_english(label: Any) -> str:
    """A label for the ledger, which is kept in English and told in the language of whoever reads it."""
    with translation.override("en"):
        return str(label() if callable(label) else label)


class BadShape(ValueError):
    """The legs and days cannot be kept; the sentences say why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def found(*, name: str, slug: str, by: Any, at: datetime, **about: Any) -> Academy:
    """A new academy; ``about`` holds further columns (summary, operator, contact, regime)."""
    academy = Academy.objects.create(name=name, slug=slug, **about)
    record(facts.ACADEMY_FOUNDED, thing=academy, by=by, at=at)
    return academy


@transaction.atomic
def plan(
    *, academy: Academy, name: str, slug: str, by: Any, at: datetime, organiser: Any = None, **about: Any
) -> Edition:
    """The academy's next edition; ``organiser`` leads it, or whoever plans it."""
    last = Edition.objects.filter(academy=academy).order_by("-number").values_list("number", flat=True).first()
    edition = Edition.objects.create(academy=academy, name=name, slug=slug, number=(last or 0) + 1, **about)
    record(facts.EDITION_PLANNED, thing=edition, by=by, at=at)
    organiser = organiser or by
    if organiser is not None:
        appoint(edition=edition, person=organiser, role=Role.ORGANISER, by=by, at=at)
    return edition


@transaction.atomic
def change(*, edition: Edition, by: Any, at: datetime, **values: Any) -> Edition:
    """Set columns of an edition (name, summary, zone, accent, seats); nothing happens when nothing differs."""
    changed = sorted(key for key, value in values.items() if getattr(edition, key) != value)
    if changed:
        for key in changed:
            setattr(edition, key, values[key])
        edition.save(update_fields=changed)
        record(facts.EDITION_CHANGED, thing=edition, by=by, at=at, what=", ".join(changed).replace("_", " "))
    return edition


@transaction.atomic
def set_shape(*, edition: Edition, legs: Sequence[LegPlan], by: Any, at: datetime) -> Edition:
    """Replace legs and days; ``BadShape`` names every fault and keeps what was there."""
    if problems := shape_problems(legs):
        raise BadShape(problems)
    kept = {leg.position: leg for leg in Leg.objects.filter(edition=edition)}
    Leg.objects.filter(edition=edition, position__gte=len(legs)).delete()
    for position, leg_plan in enumerate(legs):
        leg = kept.get(position) or Leg(edition=edition, position=position)
        leg.kind, leg.name, leg.zone, leg.place = leg_plan.kind, leg_plan.name, leg_plan.zone, leg_plan.place
        leg.save()
        Day.objects.filter(leg=leg).delete()
        Day.objects.bulk_create([Day(leg=leg, on=d.on, opens=d.opens, closes=d.closes) for d in leg_plan.days])
    record(facts.SHAPE_SET, thing=edition, by=by, at=at)
    return edition


@transaction.atomic
def set_phases(*, edition: Edition, phases: Sequence[PhasePlan], by: Any, at: datetime) -> Edition:
    Phase.objects.filter(edition=edition).delete()
    Phase.objects.bulk_create(
        [Phase(edition=edition, kind=p.kind, starts_on=p.starts_on, ends_on=p.ends_on) for p in phases]
    )
    record(facts.EDITION_CHANGED, thing=edition, by=by, at=at, what=N_("phases"))
    return edition


def set_phases_from_dates(*, edition: Edition, calls: tuple[date, date] | None, by: Any, at: datetime) -> Edition:
    """Phases as they follow from the edition's days and from the first and last day of its calls."""
    return set_phases(edition=edition, phases=phases_from(shape(edition), calls=calls), by=by, at=at)


@transaction.atomic
def set_budget(*, edition: Edition, lines: Sequence[tuple[str, int]], by: Any, at: datetime) -> Edition:
    """Replace the budget: (title, euro cents) in order."""
    BudgetLine.objects.filter(edition=edition).delete()
    BudgetLine.objects.bulk_create([BudgetLine(edition=edition, title=title, cents=cents) for title, cents in lines])
    record(facts.EDITION_CHANGED, thing=edition, by=by, at=at, what=N_("budget"))
    return edition


@transaction.atomic
def copy(*, source: Edition, name: str, slug: str, shift: timedelta, by: Any, at: datetime) -> Edition:
    """A new edition with the shape, phases, budget and organisers of ``source``, every date moved by ``shift``."""
    edition = plan(
        academy=source.academy, name=name, slug=slug, by=by, at=at,
        summary=source.summary, zone=source.zone, accent=source.accent,
        seats_min=source.seats_min, seats_max=source.seats_max, copied_from=source,
        letters_from=source.letters_from, letters_until=source.letters_until,
        letters_on_weekends=source.letters_on_weekends,
    )  # fmt: skip
    set_shape(edition=edition, legs=shifted(shape(source), shift), by=by, at=at)
    phases = [PhasePlan(p.kind, p.starts_on + shift, p.ends_on + shift) for p in source.phases.all()]
    set_phases(edition=edition, phases=phases, by=by, at=at)
    set_budget(edition=edition, lines=[(line.title, line.cents) for line in source.budget.all()], by=by, at=at)
    for held in Membership.objects.active().filter(edition=source, role=Role.ORGANISER).select_related("person"):
        appoint(edition=edition, person=held.person, role=Role.ORGANISER, by=by, at=at)
    record(facts.EDITION_COPIED, thing=edition, by=by, at=at, source=source.name)
    return edition


@transaction.atomic
def step(*, edition: Edition, verb: str, by: Any, at: datetime) -> Edition:
    """Make one move of the edition's life: open, run, follow_up, close, reopen."""
    move(edition, EDITION, verb)
    record(facts.EDITION_MOVED, thing=edition, by=by, at=at, state=_in_english(STATE_LABELS[edition.state]))
    return edition


@transaction.atomic
def appoint(
    *, edition: Edition, person: Any, role: Role, by: Any, at: datetime, ends_on: date | None = None
) -> Membership:
    """Give a person a role in an edition; a role that had ended begins again, one already held changes nothing."""
    held, fresh = Membership.objects.get_or_create(
        edition=edition, person=person, role=role, defaults={"starts_on": None, "ends_on": ends_on}
    )
    if fresh or held.ends_on != ends_on:
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        record(facts.PERSON_APPOINTED, thing=held, by=by, at=at, name=str(person), role=_in_english(Role(role).label))
        forget_roles(person)
    return held


@transaction.atomic
def end_role(*, membership: Membership, on: date, by: Any, at: datetime) -> Membership:
    """The role holds until the day before ``on``; ``Refused`` for the last organiser of an edition."""
    others = Membership.objects.active().filter(edition=membership.edition_id, role=Role.ORGANISER)
    if membership.role == Role.ORGANISER and not others.exclude(pk=membership.pk).exists():
        raise Refused(_("An edition needs an organiser: appoint another one first."))
    membership.ends_on = on - timedelta(days=1)
    membership.save(update_fields=["ends_on"])
    forget_roles(membership.person)
    record(
        facts.ROLE_ENDED, thing=membership, by=by, at=at,
        name=str(membership.person), role=_in_english(membership.get_role_display),
    )  # fmt: skip
    return membership


@transaction.atomic
def limit_role(*, membership: Membership, ends_on: date | None, by: Any, at: datetime) -> Membership:
    """The role holds until ``ends_on``, or without end; ``Refused`` when an edition would lose its last organiser."""
    if membership.ends_on == ends_on:
        return membership
    others = Membership.objects.active().filter(edition=membership.edition_id, role=Role.ORGANISER)
    staying = others.exclude(pk=membership.pk).filter(ends_on=None)
    if membership.role == Role.ORGANISER and ends_on is not None and not staying.exists():
        raise Refused(_("An edition needs an organiser: appoint another one first."))
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    forget_roles(membership.person)
    record(
        facts.ROLE_LIMITED, thing=membership, by=by, at=at,
        name=str(membership.person), role=_in_english(membership.get_role_display),
    )  # fmt: skip
    return membership
