"""booster solve travel: hours and carbon to each place, which places nobody can object to, what a ranking hangs on."""

from typing import Any

from booster.config.solving.kinds import Asked, Told, table
from booster.craft import travel
from booster.craft.instances.travel import COMPUTED, TravelInstance

FORM = TravelInstance
EFFORT = 1.0  # deterministic seconds, when none are asked for


def told(instance: TravelInstance, asked: Asked) -> Told:
    question = instance.question()
    places = travel.travel(question.people, question.places, assumptions=question.assumptions, box=question.box)
    criteria = [(one.criterion, one.aim, one.weight) for one in instance.criteria]
    criteria = criteria or [(one, "least", 1.0) for one in COMPUTED]
    aims: dict[str, Any] = {name: aim for name, aim, _ in criteria}
    weights = {name: weight for name, _, weight in criteria}
    known = {one.id: one.figures for one in instance.places}
    sets: dict[str, Any] = {}
    for factors in travel.FACTOR_SETS:
        options = {one.id: {**known[one.id], **_worked_out(one, factors.key)} for one in places}
        sets[factors.key] = {
            "factors": factors,
            "front": travel.front(options, aims),
            "ranking": travel.ranking(options, aims, weights),
        }
    document = {"answer": {"places": places, "sets": sets}, "assumptions": question.assumptions}
    return Told(document, lines(places, sets), picture=lambda: _picture(places, sets))


def _worked_out(one: travel.PlaceTravel, key: str) -> dict[str, float]:
    figures = (one.tonnes[key], one.median_hours, one.longest_hours, float(one.without_rail))
    return dict(zip(COMPUTED, figures, strict=True))


def _picture(places: tuple[travel.PlaceTravel, ...], sets: dict[str, Any]) -> str:
    from booster.config.solving import scatter  # noqa: PLC0415 -- only when a picture is asked for

    return scatter.picture(places, sets)


def lines(places: tuple[travel.PlaceTravel, ...], sets: dict[str, Any]) -> list[str]:
    found = ["Places", *table([[one.id, one.sentence] for one in places])]
    for one in sets.values():
        factors, front, ranking = one["factors"], one["front"], one["ranking"]
        found += ["", f"{factors.name}: {factors.source}. {factors.note}"]
        found.append(f"  Nobody can object to: {', '.join(front.ids)}.")
        for place, rivals in front.beaten.items():
            found.append(f"  {place} is worse than {rivals[0]} in something and better in nothing.")
        order = ", ".join(f"{place} ({ranking.values[place]:.2f})" for place in ranking.order)
        found.append(f"  Weighed: {order}. {ranking.sentence}")
        found += [f"  {turn.sentence}" for turn in ranking.turns[1:]]
    found += ["", "The two sets of factors are never added up; compare places within one set."]
    return found
