"""A new academy with its first edition and calls, from a template."""

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
def found_cluster_academy(*, by: Any, at: datetime) -> Founded:
    """The Cluster Booster Academy with its first edition as it was held in 2022 and 2023, both calls published.

    ``NotNow`` when an academy of that address exists: nothing is overwritten. ``at`` is when it is told to happen; the
    facts carry the dates of 2022.
    """
    if Academy.objects.filter(slug="cba").exists():
        raise NotNow(_("The academy “cba” exists already. Start from an empty database, or use what is there."))
    academy = academies.found(
        name="Cluster Booster Academy",
        slug="cba",
        summary="Managers of industrial clusters from all over Europe learn together, online and in person.",
        by=by,
        at=FOUNDED_AT,
    )
    edition = academies.plan(academy=academy, name="1st Cluster Booster Academy", slug="cba-1", by=by, at=FOUNDED_AT)
    academies.set_shape(edition=edition, legs=FIRST_EDITION, by=by, at=FOUNDED_AT)
    days = (DATES[Call.Kind.VENUES][0].date(), DATES[Call.Kind.PARTICIPANTS][1].date())
    academies.set_phases_from_dates(edition=edition, calls=days, by=by, at=FOUNDED_AT)
    academies.step(edition=edition, verb="open", by=by, at=FOUNDED_AT)
    return Founded(
        academy=academy,
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
