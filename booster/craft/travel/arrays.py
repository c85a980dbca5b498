"""The same journeys for many pairs with numpy. Import it lazily; `journeys` decides when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from booster.craft.travel.factors import FactorSet, Tonnes
from booster.craft.travel.spots import EARTH_KM, Assumptions, PlaceTravel, Spot, told


@dataclass(frozen=True, slots=True)
class _Homes:
    """Radians north and east, and whether a train leads there; one entry per person."""

    north: np.ndarray
    east: np.ndarray
    rail: np.ndarray


def travel(
    people: Sequence[Spot], places: Sequence[Spot], rules: Assumptions, sets: Sequence[FactorSet]
) -> tuple[PlaceTravel, ...]:
    """As `journeys` does it pair by pair; equal to it but for rounding in the last digits."""
    homes = _Homes(
        north=np.radians([person.latitude or 0.0 for person in people]),
        east=np.radians([person.longitude or 0.0 for person in people]),
        rail=np.array([person.rail for person in people], dtype=bool),
    )
    return tuple(_place_travel(homes, place, rules, sets) for place in places)


def _place_travel(homes: _Homes, place: Spot, rules: Assumptions, sets: Sequence[FactorSet]) -> PlaceTravel:
    lengths = _distances(homes, place)
    trains = homes.rail & place.rail & (lengths <= rules.reach_km)
    hours = np.where(trains, _train_hours(lengths, rules), _air_hours(lengths, rules))
    kilograms = {one.key: float(_kilograms(lengths, trains, rules, one).sum()) for one in sets}
    tonnes = {key: Tonnes(rules.trips / 1000 * amount, key) for key, amount in kilograms.items()}
    middle, longest, way = float(np.median(hours)), float(hours.max()), float(np.median(lengths))
    return told(PlaceTravel(place.id, len(lengths), tonnes, middle, longest, way, int((~trains).sum()), ""))


def _distances(homes: _Homes, place: Spot) -> np.ndarray:
    north, east = np.radians(place.latitude or 0.0), np.radians(place.longitude or 0.0)
    half = np.sin((north - homes.north) / 2) ** 2 + np.cos(homes.north) * np.cos(north) * (
        np.sin((east - homes.east) / 2) ** 2
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(half))))


def _train_hours(lengths: np.ndarray, rules: Assumptions) -> np.ndarray:
    return rules.rail_base + lengths * rules.rail_detour / rules.rail_speed


def _air_hours(lengths: np.ndarray, rules: Assumptions) -> np.ndarray:
    return rules.air_base + lengths / rules.air_speed


def _kilograms(lengths: np.ndarray, trains: np.ndarray, rules: Assumptions, one: FactorSet) -> np.ndarray:
    steps = np.searchsorted([band.up_to_km for band in one.bands], lengths, side="left")
    factors = np.array([band.factor for band in one.bands])[steps]
    flights = (lengths * one.air_stretch + one.air_extra_km) * factors
    return np.where(trains, lengths * rules.rail_detour * one.rail, flights)
