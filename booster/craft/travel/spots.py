"""What goes into a question about journeys and what comes out: spots, assumptions, figures of a place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from booster.craft.travel.factors import Tonnes

EARTH_KM = 6371.0088


class BadSpot(ValueError):
    """A coordinate is missing or cannot be right; `item` is the id of the person or place."""

    def __init__(self, item: str, problem: str) -> None:
        super().__init__(f"{item}: {problem}")
        self.item = item


@dataclass(frozen=True, slots=True)
class Spot:
    """A person's home or a place. Degrees north and east, WGS 84. `rail` False: no train leads there (an island)."""

    id: str
    latitude: float | None
    longitude: float | None
    rail: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees. Where spots are expected: a spot outside that would lie inside with its numbers swapped is refused."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


EUROPE = Box(south=27, north=72, west=-32, east=45)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What no source gives for every journey; each is an assumption to be shown with the result.

    A train is taken up to `rail_km` of great circle and, where given, up to `rail_hours` one way; everyone else flies.
    Hours one way, door to door: train `rail_base` + line / `rail_speed`, plane `air_base` + great circle / `air_speed`.
    The line is `rail_detour` times the great circle. `trips` 2 is there and back.
    """

    rail_km: float = 700
    rail_hours: float | None = None
    rail_detour: float = 1.2
    rail_speed: float = 120
    rail_base: float = 1
    air_base: float = 3.5
    air_speed: float = 700
    trips: int = 2

    def train_hours(self, km: float) -> float:
        return self.rail_base + km * self.rail_detour / self.rail_speed

    @property
    def reach_km(self) -> float:
        """The great circle up to which a train is taken; below 0 when never."""
        if self.rail_hours is None:
            return self.rail_km
        return min(self.rail_km, (self.rail_hours - self.rail_base) * self.rail_speed / self.rail_detour)


@dataclass(frozen=True, slots=True)
class PlaceTravel:
    """One place. `tonnes`: factor set key to t CO2e of all people, all trips. Hours are one way, door to door; 0 people
    give 0. `without_rail`: people for whom no train is assumed.
    """

    id: str
    people: int
    tonnes: Mapping[str, Tonnes]
    median_hours: float
    longest_hours: float
    median_km: float
    without_rail: int
    sentence: str


def told(one: PlaceTravel) -> PlaceTravel:
    """The same figures with their sentence."""
    amounts = ", ".join(f"{amount:.1f} t CO2e ({key})" for key, amount in one.tonnes.items())
    sentence = (
        f"{amounts}; half of {one.people} people travel at most {one.median_hours:.1f} h, the last one "
        f"{one.longest_hours:.1f} h; {one.without_rail} have no train."
    )
    return replace(one, sentence=sentence)
