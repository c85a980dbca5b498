"""Great-circle distance, mode, door-to-door time and carbon for everyone to every place."""

from collections.abc import Sequence
from math import asin, cos, fsum, isfinite, radians, sin, sqrt
from statistics import median

from booster.craft.travel.factors import FACTOR_SETS, FactorSet, Tonnes
from booster.craft.travel.spots import EARTH_KM, EUROPE, Assumptions, BadSpot, Box, PlaceTravel, Spot, told

PLAIN_PAIRS = 50_000


def distance_km(one: Spot, other: Spot) -> float:
    """Great circle by the haversine formula on a sphere of 6371.0088 km; within 0.5 % of the geodesic."""
    check((one, other), None)
    return _apart(_radians(one), _radians(other))


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    (north, east), (north_, east_) = one, other
    half = sin((north_ - north) / 2) ** 2 + cos(north) * cos(north_) * sin((east_ - east) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def travel(
    people: Sequence[Spot],
    places: Sequence[Spot],
    *,
    assumptions: Assumptions | None = None,
    sets: Sequence[FactorSet] = FACTOR_SETS,
    box: Box | None = EUROPE,
) -> tuple[PlaceTravel, ...]:
    """What it takes to bring everyone to each place, in the order of `places`.

    Raises BadSpot for a coordinate that is missing, out of range or (by `box`; None asks not) swapped. Up to 50,000
    pairs plain Python, about 2 microseconds each; beyond that numpy, 1,000 by 1,000 in under a second.
    """
    check((*people, *places), box)
    rules = assumptions or Assumptions()
    _check_rules(rules)
    if len(people) * len(places) > PLAIN_PAIRS:
        from booster.craft.travel import arrays  # noqa: PLC0415 -- numpy stays out of processes with small questions

        return arrays.travel(people, places, rules, sets)
    homes = [_radians(person) for person in people]
    return tuple(_place_travel(people, homes, place, rules, sets) for place in places)


def check(spots: Sequence[Spot], box: Box | None) -> None:
    """BadSpot for the first spot that cannot be right."""
    for spot in spots:
        latitude, longitude = spot.latitude, spot.longitude
        if latitude is None or longitude is None or not isfinite(latitude) or not isfinite(longitude):
            raise BadSpot(spot.id, "its coordinates are missing.")
        outside = abs(latitude) > 90
        if outside and abs(latitude) <= 180 and abs(longitude) <= 90:
            raise BadSpot(spot.id, "its latitude and longitude look swapped.")
        if outside or abs(longitude) > 180:
            raise BadSpot(spot.id, "its coordinates are not on the globe.")
        if box and not box.holds(latitude, longitude) and box.holds(longitude, latitude):
            raise BadSpot(spot.id, "its latitude and longitude look swapped.")


def _check_rules(rules: Assumptions) -> None:
    if rules.rail_speed <= 0 or rules.air_speed <= 0 or rules.trips < 0 or rules.rail_detour <= 0:
        raise ValueError("Speeds and detours must be above 0, trips 0 or more.")


def _radians(spot: Spot) -> tuple[float, float]:
    return radians(spot.latitude or 0.0), radians(spot.longitude or 0.0)


def _place_travel(
    people: Sequence[Spot],
    homes: Sequence[tuple[float, float]],
    place: Spot,
    rules: Assumptions,
    sets: Sequence[FactorSet],
) -> PlaceTravel:
    there = _radians(place)
    lengths = [_apart(home, there) for home in homes]
    reach = rules.reach_km
    trains = [place.rail and person.rail and km <= reach for person, km in zip(people, lengths, strict=True)]
    hours = [
        rules.train_hours(km) if train else rules.air_base + km / rules.air_speed
        for km, train in zip(lengths, trains, strict=True)
    ]
    tonnes = {
        one.key: Tonnes(
            rules.trips
            / 1000
            * fsum(
                km * rules.rail_detour * one.rail if train else one.flight_kg(km)
                for km, train in zip(lengths, trains, strict=True)
            ),
            one.key,
        )
        for one in sets
    }
    middle, longest, way = (median(hours), max(hours), median(lengths)) if hours else (0.0, 0.0, 0.0)
    return told(PlaceTravel(place.id, len(people), tonnes, middle, longest, way, trains.count(False), ""))
