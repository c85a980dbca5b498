"""A new academy with its first edition and calls, from a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from booster.academies import actions as academies
from booster.academies.models import Academy, Edition
from booster.academies.rules import DayPlan, LegPlan
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.calls.rules.templates import PARTICIPANTS, VENUES
from booster.kit.machine import NotNow
from booster.kit.times import moment

ZONE = "Europe/Brussels"
FIRST_EDITION = [
    LegPlan(
        "online",
        "Online days",
        (DayPlan(date(2022, 12, 1), time(9), time(17)), DayPlan(date(2022, 12, 2), time(9), time(17))),
    ),
    LegPlan(
        "in_person",
        "Days in person",
        (DayPlan(date(2023, 3, 2), time(9), time(17)), DayPlan(date(2023, 3, 3), time(9), time(17))),
    ),
]
DATES = {  # of the two calls: opened, closed
    Call.Kind.VENUES: (moment(date(2022, 8, 19), time(9), ZONE), moment(date(2022, 9, 16), time(18), ZONE)),
    Call.Kind.PARTICIPANTS: (moment(date(2022, 9, 26), time(9), ZONE), moment(date(2022, 10, 24), time(18), ZONE)),
}
FOUNDED_AT = datetime(2022, 8, 1, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Founded:
    academy: Academy
    edition: Edition
    participants: Call
    venues: Call


@transaction.atomic
def found_academy(
    *,
    academy: dict[str, Any],
    edition: dict[str, Any],
    legs: Sequence[LegPlan],
    by: Any,
    at: datetime,
    calls_span: tuple[date, date] | None = None,
    organiser: Any = None,
) -> Edition:
    """An academy with its first edition, legs and phases; ``organiser`` leads the edition, or whoever founds it."""
    founded = academies.found(**academy, by=by, at=at)
    first = academies.plan(academy=founded, **edition, organiser=organiser, by=by, at=at)
    if legs:
        academies.set_shape(edition=first, legs=legs, by=by, at=at)
        academies.set_phases_from_dates(edition=first, calls=calls_span, by=by, at=at)
    return first


@transaction.atomic
def found_with_calls(
    *, by: Any, at: datetime, calls_on: tuple[date, date, date, date] | None, **founding: Any
) -> Edition:
    """The same with both calls drafted from their templates; ``calls_on`` are the days of ``rules.call_days``."""
    span = (calls_on[0], calls_on[3]) if calls_on else None
    edition = found_academy(**founding, calls_span=span, by=by, at=at)
    for place, kind in enumerate((Call.Kind.VENUES, Call.Kind.PARTICIPANTS)):
        times: dict[str, Any] = {}
        if calls_on:
            opens, closes = calls_on[2 * place : 2 * place + 2]
            times = {
                "opens_at": moment(opens, time(9), edition.zone),
                "deadline_at": moment(closes, time(18), edition.zone),
            }
        calls.draft(edition=edition, kind=kind, **times, by=by, at=at)
    return edition


@transaction.atomic
def found_cluster_academy(*, by: Any, at: datetime) -> Founded:
    """The Cluster Booster Academy with its first edition as it was held in 2022 and 2023, both calls published.

    ``NotNow`` when an academy of that address exists: nothing is overwritten. ``at`` is when it is told to happen; the
    facts carry the dates of 2022.
    """
    if Academy.objects.filter(slug="cba").exists():
        raise NotNow(_("The academy “cba” exists already. Start from an empty database, or use what is there."))
    days = (DATES[Call.Kind.VENUES][0].date(), DATES[Call.Kind.PARTICIPANTS][1].date())
    edition = found_academy(
        academy={
            "name": "Cluster Booster Academy",
            "slug": "cba",
            "summary": "Managers of industrial clusters from all over Europe learn together, online and in person.",
        },
        edition={"name": "1st Cluster Booster Academy", "slug": "cba-1"},
        legs=FIRST_EDITION,
        calls_span=days,
        by=by,
        at=FOUNDED_AT,
    )
    academies.step(edition=edition, verb="open", by=by, at=FOUNDED_AT)
    return Founded(
        academy=edition.academy,
        edition=edition,
        # the first edition told no threshold: everybody eligible could be chosen
        participants=_open_call(edition, PARTICIPANTS, "cba-1-participants", seats=27, threshold=0, by=by),
        venues=_open_call(edition, VENUES, "cba-1-venues", seats=1, by=by),
    )


def _open_call(edition: Edition, template: Any, slug: str, *, by: Any, **settings: Any) -> Call:
    opens_at, deadline_at = DATES[template.kind]
    call = calls.draft(
        edition=edition, kind=template.kind, template=template, slug=slug, **settings,
        opens_at=opens_at, deadline_at=deadline_at, contact="academy@example.org", by=by, at=FOUNDED_AT,
    )  # fmt: skip
    calls.publish_form(version=call.form_versions.get(), by=by, at=FOUNDED_AT)
    return calls.publish(call=call, by=by, at=opens_at)
