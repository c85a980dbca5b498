"""Builders for tests, through the real actions."""

from datetime import date, time
from typing import Any

from booster.academies import actions
from booster.academies.models import Academy, Edition, Role
from booster.academies.rules import DayPlan, LegPlan

FIRST_EDITION = [
    LegPlan(
        "online",
        "Online days",
        (DayPlan(date(2022, 12, 1), time(9), time(17)), DayPlan(date(2022, 12, 2), time(9), time(17))),
    ),
    LegPlan(
        "in_person",
        "Days in Strasbourg",
        (DayPlan(date(2023, 3, 2), time(9), time(18)), DayPlan(date(2023, 3, 3), time(9), time(16))),
        zone="Europe/Paris",
        place="Strasbourg",
    ),
]


def academy(*, at: Any, name: str = "Cluster Booster Academy", slug: str = "cba") -> Academy:
    return Academy.objects.filter(slug=slug).first() or actions.found(name=name, slug=slug, by=None, at=at)


def edition(*, at: Any, organiser: Any = None, slug: str = "cba-1", legs: Any = FIRST_EDITION, **about: Any) -> Edition:
    made = actions.plan(academy=academy(at=at), name=f"Edition {slug}", slug=slug, by=None, at=at, **about)
    actions.set_shape(edition=made, legs=legs, by=None, at=at)
    if organiser:
        actions.appoint(edition=made, person=organiser, role=Role.ORGANISER, by=None, at=at)
    return made
