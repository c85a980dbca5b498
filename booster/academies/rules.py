"""Shapes of an edition and the phases that follow from its dates, on plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from booster.kit.words import N_

NO_DAY = N_("“{text}” has no day.")
TWICE = N_("“{text}” names the same day twice.")
BACKWARDS = N_("Day {number} of “{text}” closes before it opens.")
ROADMAP_DAYS = 30
FOLLOW_UP_DAYS = 365  # questions after 3, 6 and 12 months


@dataclass(frozen=True, slots=True)
class DayPlan:
    on: date
    opens: time = time(9, 0)
    closes: time = time(17, 0)


@dataclass(frozen=True, slots=True)
class LegPlan:
    """A leg with its days in any order; ``kind`` is ``online`` or ``in_person``."""

    kind: str
    name: str
    days: tuple[DayPlan, ...]
    zone: str = "Europe/Brussels"
    place: str = ""


@dataclass(frozen=True, slots=True)
class PhasePlan:
    kind: str
    starts_on: date
    ends_on: date


def shape_problems(legs: Sequence[LegPlan]) -> list[str]:
    """What is wrong with a shape, each as a sentence; empty when it can be kept."""
    problems = []
    for leg in legs:
        if not leg.days:
            problems.append(NO_DAY.format(text=leg.name))
        if len({day.on for day in leg.days}) < len(leg.days):
            problems.append(TWICE.format(text=leg.name))
        problems += [
            BACKWARDS.format(number=number, text=leg.name)
            for number, day in enumerate(leg.days, start=1)
            if day.closes <= day.opens
        ]
    return problems


def shifted(legs: Iterable[LegPlan], by: timedelta) -> list[LegPlan]:
    """The same shape some days later."""
    return [replace(leg, days=tuple(replace(day, on=day.on + by) for day in leg.days)) for leg in legs]


def span(legs: Iterable[LegPlan], kind: str | None = None) -> tuple[date, date] | None:
    """First and last day of the legs of a kind (of all when ``None``), or ``None`` without any day."""
    days = [day.on for leg in legs if kind in (None, leg.kind) for day in leg.days]
    return (min(days), max(days)) if days else None


def phases_from(legs: Sequence[LegPlan], *, calls: tuple[date, date] | None) -> list[PhasePlan]:
    """The rail of an edition from its dates, in order; a stretch without a day in it is left out.

    ``calls`` is the first day of the first call and the last day of the last. Between the calls and the first
    leg the first half is for choosing the cohort, the second for asking what it needs.
    """
    one_day = timedelta(days=1)
    stretches: list[tuple[str, date, date]] = []
    whole, online, in_person = span(legs), span(legs, "online"), span(legs, "in_person")
    if calls:
        stretches.append(("calls", *calls))
    if calls and whole and calls[1] < whole[0]:
        middle = calls[1] + (whole[0] - calls[1]) / 2
        stretches += [("cohort", calls[1] + one_day, middle), ("needs", middle + one_day, whole[0] - one_day)]
    if online:
        stretches.append(("online", *online))
    if online and in_person and online[1] < in_person[0]:
        stretches.append(("between", online[1] + one_day, in_person[0] - one_day))
    if in_person:
        stretches.append(("in_person", *in_person))
    if whole:
        stretches += _afterwards(whole[1])
    return [PhasePlan(*stretch) for stretch in stretches if stretch[1] <= stretch[2]]


def _afterwards(last: date) -> list[tuple[str, date, date]]:
    roadmap_ends = last + timedelta(days=ROADMAP_DAYS)
    return [
        ("roadmap", last + timedelta(days=1), roadmap_ends),
        ("follow_up", roadmap_ends + timedelta(days=1), last + timedelta(days=FOLLOW_UP_DAYS)),
    ]


def phase_on(phases: Iterable[PhasePlan], day: date) -> str | None:
    """The phase in which a day lies; of two that overlap the later one; ``None`` between phases."""
    return next((p.kind for p in reversed(list(phases)) if p.starts_on <= day <= p.ends_on), None)


def standing(phase: PhasePlan, day: date) -> str:
    """Where a phase stands on a day: ``past``, ``now`` or ``next``."""
    if phase.ends_on < day:
        return "past"
    return "now" if phase.starts_on <= day else "next"
