"""Offers of places side by side: gates, scores, rooms, cost, dates, and the journeys of a cohort to each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from booster.academies.models import Leg
from booster.applications.models import Application
from booster.applications.queries import of_cut_off
from booster.calls.models import Call
from booster.craft.travel import FACTOR_SETS, Assumptions, Front, PlaceTravel, Ranking, Spot, front, ranking, travel
from booster.evaluation import queries as evaluation
from booster.evaluation.models import Screening
from booster.evaluation.rules.scores import CriterionOf, Score, passes
from booster.selection.models import Decision, PolicyNote, Scenario
from booster.selection.rules import capitals

CITED = "desnz"  # the factor set that the weighing uses; both are shown


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as the table shows it. ``travel`` is ``None`` when its place or the cohort's is not known."""

    application: Application
    eligible: bool
    failed: tuple[str, ...]
    score: Score | None
    passes: bool
    rooms: int
    plenary: int | None
    breakouts: int
    beds: int | None
    cost: float | None
    dates: tuple[tuple[date, date, str], ...]
    step_free: bool | None
    city: str
    host_kind: str
    travel: PlaceTravel | None
    decision: Decision | None
    notes: tuple[PolicyNote, ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Whose journeys are compared. ``source``: chosen, adopted, eligible or typed. ``unread``: not understood."""

    source: str
    people: tuple[Spot, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighing:
    """The front and the ranking of the offers that passed; ``None`` when fewer than two can be weighed.

    ``otherwise``: the name of each further factor set and which offer comes first when carbon is counted with it.
    ``without_cost``: offers that name no cost; when there are any, cost is not weighed at all.
    """

    front: Front
    ranking: Ranking
    otherwise: tuple[tuple[str, str], ...]
    without_cost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    offers: tuple[Offer, ...]
    criteria: tuple[CriterionOf, ...]
    cohort: Cohort
    weighing: Weighing | None
    hosted: Mapping[str, str]  # country: the edition that met there
    places: tuple[str, ...]  # where earlier editions met, as they wrote it


def compare(
    call: Call, *, countries: str = "", cut_off: str = "", assumptions: Assumptions | None = None
) -> Comparison:  # fmt: skip
    """Everything of the comparison, of one batch when ``cut_off`` says so. ``countries``: a typed cohort instead of the
    applicants'. Nine queries at most, whatever the number of offers."""
    prefetch_related_objects([call], "criteria")
    sent = of_cut_off(call.applications.filter(state="submitted"), cut_off)
    joined = sent.select_related("screening", "decision")
    rows = list(joined.defer("pending", "touched", "folded").order_by("pk"))
    scores = evaluation.scores(call)
    notes: dict[int, list[PolicyNote]] = {}
    for note in PolicyNote.objects.filter(call=call).select_related("noted_by"):
        notes.setdefault(note.application_id, []).append(note)
    cohort = typed(countries) if countries.strip() else cohort_of(call)
    journeys = _journeys(rows, cohort, assumptions)
    offers = [_offer(call, row, scores.get(row.pk), journeys.get(row.pk), tuple(notes.get(row.pk, ()))) for row in rows]
    offers.sort(key=lambda one: (not one.eligible, -(one.score.points or 0) if one.score else 1, one.application.pk))
    return Comparison(
        offers=tuple(offers),
        criteria=tuple(evaluation.criteria_of(call)),
        cohort=cohort,
        weighing=weigh(offers),
        hosted=_hosted(call),
        places=_places(call),
    )


def typed(text: str) -> Cohort:
    people, unread = capitals.read(text)
    return Cohort("typed", tuple(people), tuple(unread))


def cohort_of(call: Call) -> Cohort:
    """The people whom this edition's call for participants chose.

    Before that those of the selection that was adopted or last worked out; before that everybody eligible. Two queries.
    """
    others = Application.objects.filter(
        call__edition=call.edition_id, call__kind=Call.Kind.PARTICIPANTS, state="submitted"
    )
    rows = list(
        others.order_by("pk").values_list(
            "reference", "country", "latitude", "longitude", "call_id", "decision__outcome", "screening__eligible"
        )
    )
    if chosen := [row[:4] for row in rows if row[5] == "chosen"]:
        return Cohort("chosen", _homes(chosen))
    tries = Scenario.objects.filter(edition=call.edition_id, state__in=["adopted", "solved"])
    if scenario := tries.order_by("state", "-solved_at").first():
        wanted = {(scenario.call_id, key) for key in scenario.result["chosen"]}
        return Cohort("adopted", _homes([row[:4] for row in rows if (row[4], row[0]) in wanted]))
    return Cohort("eligible", _homes([row[:4] for row in rows if row[6]]))


def _homes(rows: Sequence[Any]) -> tuple[Spot, ...]:
    return tuple(found for one in rows if (found := capitals.spot(*one)) is not None)


def _journeys(rows: Sequence[Application], cohort: Cohort, assumptions: Assumptions | None) -> dict[int, PlaceTravel]:
    if not cohort.people:
        return {}
    places = [capitals.spot(str(row.pk), row.country, row.latitude, row.longitude) for row in rows]
    known = [place for place in places if place is not None]
    return {int(one.id): one for one in travel(cohort.people, known, assumptions=assumptions)}


def _offer(
    call: Call, row: Application, score: Score | None, journey: PlaceTravel | None, notes: tuple[PolicyNote, ...]
) -> Offer:  # fmt: skip
    verdict: Screening | None = getattr(row, "screening", None)
    answers = row.answers
    rooms = _table(answers.get("rooms"))
    seats = [int(room.get("cabaret") or 0) for room in rooms]
    return Offer(
        application=row,
        eligible=verdict is not None and verdict.eligible,
        failed=tuple(verdict.failed if verdict else ()),
        score=score,
        passes=score is not None and passes(score, threshold=call.threshold),
        rooms=len(rooms),
        plenary=max(seats, default=None),
        breakouts=max(len(rooms) - 1, 0),
        beds=_number(answers.get("beds_held")),
        cost=_number(answers.get("cost_eur")),
        dates=tuple(_dates(answers.get("dates"))),
        step_free=answers.get("step_free") if isinstance(answers.get("step_free"), bool) else None,
        city=str(answers.get("city") or row.country),
        host_kind=str(answers.get("organisation_type") or "").replace("_", " "),
        travel=journey,
        decision=getattr(row, "decision", None),
        notes=notes,
    )


def _table(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _number(value: Any) -> Any:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _dates(value: Any) -> list[tuple[date, date, str]]:
    found = []
    for row in _table(value):
        try:
            found.append(
                (date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), str(row.get("held") or ""))
            )
        except (KeyError, TypeError, ValueError):
            continue
    return found


AIMS: dict[str, Any] = {"score": "most", "cost": "least", "carbon": "least", "hours": "least"}
WEIGHTS = {"score": 3.0, "cost": 1.0, "carbon": 1.0, "hours": 1.0}


def weigh(offers: Sequence[Offer]) -> Weighing | None:
    """Score against cost, carbon and hours; the score has half of the weight when all four are weighed.

    Before anything is evaluated the eligible offers are weighed by the rest alone; after that only those that pass.
    A cost that somebody left open is not taken for nothing: then cost is left out. ``None`` when fewer than two can be
    weighed. No query.
    """
    scored = any(one.score for one in offers)
    fit = [one for one in offers if one.eligible and one.travel and (one.passes or not scored)]
    if len(fit) < 2:
        return None
    names = label_offers(fit)
    open_ = tuple(names[one.application.pk] for one in fit if one.cost is None)
    left_out = {*(() if scored else ("score",)), *(("cost",) if open_ else ())}
    aims = {key: aim for key, aim in AIMS.items() if key not in left_out}
    by_set = {one.key: {names[each.application.pk]: _figures(each, one.key) for each in fit} for one in FACTOR_SETS}
    return Weighing(
        front=front(by_set[CITED], aims),
        ranking=ranking(by_set[CITED], aims, WEIGHTS),
        otherwise=tuple(
            (one.name, ranking(by_set[one.key], aims, WEIGHTS).order[0]) for one in FACTOR_SETS if one.key != CITED
        ),
        without_cost=open_,
    )


def label_offers(offers: Sequence[Offer]) -> dict[int, str]:
    """The city of each offer, with its reference where two lie in the same."""
    cities = Counter(one.city for one in offers)
    return {
        one.application.pk: one.city if cities[one.city] == 1 else f"{one.city} ({one.application.reference})"
        for one in offers
    }


def _figures(one: Offer, factor_set: str) -> dict[str, float]:
    journey = one.travel
    return {
        "score": float(one.score.points or 0) if one.score else 0.0,
        "cost": float(one.cost or 0),
        "carbon": journey.tonnes[factor_set] if journey else 0.0,
        "hours": journey.median_hours if journey else 0.0,
    }


def _hosted(call: Call) -> dict[str, str]:
    earlier = Decision.objects.filter(
        outcome="chosen", call__kind=Call.Kind.VENUES, edition__academy=call.edition.academy_id
    ).exclude(edition=call.edition_id)
    return dict(earlier.exclude(application__country="").values_list("application__country", "edition__name"))


def _places(call: Call) -> tuple[str, ...]:
    earlier = Leg.objects.filter(edition__academy=call.edition.academy_id, edition__number__lt=call.edition.number)
    named = earlier.filter(kind=Leg.Kind.IN_PERSON).exclude(place="").order_by("edition__number")
    return tuple(f"{place} ({name})" for place, name in named.values_list("place", "edition__name"))
