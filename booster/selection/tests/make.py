"""Builders for tests: a closed call with marked files, made in bulk so that two hundred cost as little as two."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from booster.academies.tests import make as academies
from booster.applications.models import Application
from booster.calls import actions as calls
from booster.calls.models import Call, CutOff
from booster.chronicle.tasks import run_errands
from booster.evaluation.models import Assignment, Evaluation, Evaluator, Mark, Screening
from booster.people.models import Organisation, Person
from booster.selection import actions
from booster.selection.models import Decision, Draw, Scenario
from booster.selection.queries import work_out_scenario
from booster.selection.rules import limits

COUNTRIES = ("BE", "DE", "FR", "GR", "IT", "PL")
PLACES = {
    "BE": (50.85, 4.35), "DE": (52.52, 13.4), "FR": (48.86, 2.35), "GR": (37.98, 23.73), "IT": (41.9, 12.5),
    "PL": (52.23, 21.01),
}  # fmt: skip
ECOSYSTEMS = ("agri-food", "health", "textiles", "digital")


def call(
    *, at: datetime, organiser: Any, kind: str = "participants", edition: Any = None, slug: str = "", **about: Any
) -> Call:
    """A closed call of the template."""
    edition = edition or academies.edition(at=at, organiser=organiser, slug="cba-1")
    dates = {"opens_at": at - timedelta(days=40), "deadline_at": at - timedelta(days=10), "contact": "call@example.org"}
    made = calls.draft(
        edition=edition, kind=kind, by=None, at=at - timedelta(days=50), slug=slug or f"cba-1-{kind}", **dates
    )
    calls.publish_form(version=made.form_versions.get(), by=None, at=at - timedelta(days=50))
    made.refresh_from_db()
    calls.publish(call=made, by=None, at=at - timedelta(days=45))
    calls.close(call=made, by=None, at=at - timedelta(days=9))
    Call.objects.filter(pk=made.pk).update(seats=3, threshold=50, **about)
    return Call.objects.select_related("edition__academy").get(pk=made.pk)


def files(call: Call, *, at: datetime, count: int, marks: Any = None, answers: Any = None) -> list[Application]:
    """``count`` sent files with an applicant, an organisation, a verdict and one signed evaluation each.

    ``marks``: the same mark for every criterion, by number from 0; falling from 5 by tenths of the way unless given.
    """
    version = call.form_versions.exclude(published_at=None).get()
    people = [
        Person(email=f"person.{call.pk}.{n}@example.org", name=f"Person {n}", password="!", joined_at=at)
        for n in range(count)
    ]
    Person.objects.bulk_create(people)
    houses = [Organisation(name=f"Cluster {n}", key=f"cluster {n}", country=COUNTRIES[n % 6]) for n in range(count)]
    Organisation.objects.bulk_create(houses, ignore_conflicts=True)
    houses = list(Organisation.objects.filter(key__startswith="cluster ").order_by("pk")[:count])
    rows = []
    for n in range(count):
        country = COUNTRIES[n % 6]
        north, east = PLACES[country]
        said = {
            "role": ("manager", "director")[n % 2], "maturity": ("starting", "growing")[n % 2],
            "gender": ("woman", "man", "man")[n % 3], **(answers(n) if answers else {}),
        }  # fmt: skip
        rows.append(
            Application(
                edition_id=call.edition_id, call=call, form_version=version, applicant=people[n],
                organisation=houses[n], reference=f"A-{n:03}", title=f"Person {n}", country=country,
                ecosystems=[ECOSYSTEMS[n % 4]],
                latitude=north, longitude=east, state="submitted", answers=said, started_at=at, changed_at=at,
                submitted_at=at - timedelta(days=20),
            )
        )  # fmt: skip
    Application.objects.bulk_create(rows)
    screened(rows, at=at)
    values = marks or (lambda n: Decimal(max(50 - 5 * (n % 6), 25)) / 10)
    marked(call, rows, at=at, values=values)
    return rows


def passed_cut_off(call: Call, *, at: datetime, rows: Sequence[Application] = ()) -> CutOff:
    """A cut-off of two weeks ago that took ``rows``; what else was sent came after it."""
    made = CutOff.objects.create(call=call, closes_at=at - timedelta(days=14))
    Call.objects.filter(pk=call.pk).update(rolling=True)
    call.refresh_from_db()
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(cut_off=made)
    return made


def screened(rows: list[Application], *, at: datetime, code: str = "") -> None:
    Screening.objects.bulk_create(
        Screening(edition_id=row.edition_id, application=row, eligible=not code, code=code,
                  failed=[code] if code else [], computed_at=at)
        for row in rows
    )  # fmt: skip


def evaluator(call: Call, *, name: str = "Ren Reeve", email: str = "ren.marks@example.org") -> Evaluator:
    person, _made = Person.objects.get_or_create(
        email=email, defaults={"name": name, "password": "!", "joined_at": call.opens_at}
    )
    made, _made = Evaluator.objects.get_or_create(call=call, person=person, defaults={"edition_id": call.edition_id})
    return made


def marked(call: Call, rows: list[Application], *, at: datetime, values: Any, by: Evaluator | None = None) -> None:
    """One signed evaluation of each file, the same mark for every criterion."""
    by = by or evaluator(call)
    given = [
        Assignment(edition_id=row.edition_id, application=row, evaluator=by, state="open", assigned_at=at)
        for row in rows
    ]
    Assignment.objects.bulk_create(given)
    done = [
        Evaluation(edition_id=one.edition_id, assignment=one, state="signed", changed_at=at, signed_at=at,
                   comment=f"On the whole {n}.")
        for n, one in enumerate(given)
    ]  # fmt: skip
    Evaluation.objects.bulk_create(done)
    criteria = list(call.criteria.all())
    Mark.objects.bulk_create(
        Mark(evaluation=one, criterion=criterion, value=values(n), comment="Clear and bold." if not n else "")
        for n, one in enumerate(done)
        for criterion in criteria
    )


def scenario(
    call: Call, *, by: Any, at: datetime, seats: int = 3, rows: Any = (), cut_off: str = "", **about: Any
) -> Scenario:  # fmt: skip
    wish = limits.read(list(rows), per_organisation=1)
    settings = actions.Settings(name="First try", seats=seats, seed=1, wish=wish, **about)
    return actions.propose(call=call, settings=settings, cut_off=cut_off, by=by, at=at)


def solved(call: Call, *, by: Any, at: datetime, **about: Any) -> Scenario:
    asked = actions.ask(scenario=scenario(call, by=by, at=at, **about), by=by, at=at)
    return actions.keep(scenario=asked, found=work_out_scenario(asked), by=None, at=at)


def adopted(call: Call, *, by: Any, at: datetime, **about: Any) -> Scenario:
    """A selection whose decisions are proposed."""
    scenario = solved(call, by=by, at=at, **about)
    actions.adopt(scenario=scenario, by=by, at=at)
    return scenario


def decided(call: Call, *, by: Any, at: datetime, **about: Any) -> list[Decision]:
    """Adopted and confirmed, letters written."""
    adopted(call, by=by, at=at, **about)
    actions.confirm(call=call, cut_off=about.get("cut_off", ""), by=by, at=at)
    run_errands(at=at)
    return list(Decision.objects.filter(call=call).select_related("application", "call"))


def told(call: Call, *, by: Any, at: datetime, **about: Any) -> list[Decision]:
    decided(call, by=by, at=at, **about)
    actions.tell(call=call, cut_off=about.get("cut_off", ""), by=by, at=at)
    run_errands(at=at)
    return list(Decision.objects.filter(call=call).select_related("application__applicant", "call"))


def weighed(
    call: Call, *, by: Any, at: datetime, policy: str = "merit", bands: Sequence[int] = (90, 80), **about: Any
) -> Scenario:
    """A lottery whose chances are worked out."""
    about |= {"policy": policy, "bands": bands if policy == "merit" else ()}
    return solved(call, by=by, at=at, **about)


def announced(
    call: Call, *, by: Any, at: datetime, source: str = "The lottery numbers of Friday", **about: Any
) -> Draw:
    """Its draw is announced; the seed is known an hour later."""
    scenario = weighed(call, by=by, at=at, **about)
    seen, known_at = scenario.portfolio.fingerprint, at + timedelta(hours=1)
    return actions.announce(scenario=scenario, source=source, known_at=known_at, seen=seen, by=by, at=at)


def drawn(call: Call, *, by: Any, at: datetime, seed: str = "7 12 23 30 44", **about: Any) -> Draw:
    """Announced at ``at`` and drawn an hour later."""
    draw = announced(call, by=by, at=at, **about)
    actions.draw(draw=draw, seed=seed, by=by, at=at + timedelta(hours=1))
    return draw
