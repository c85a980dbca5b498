"""Travel: homes of people, places, and what else weighs; in: coordinates in degrees north and east, WGS 84."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from booster.craft.instances.strict import Id, Instance, Number, Strict, quoted, twice
from booster.craft.travel import EUROPE, Assumptions, BadSpot, Box, Spot
from booster.craft.travel.journeys import check

COMPUTED = ("carbon", "median_hours", "longest_hours", "without_rail")
Degrees = Annotated[Number, Field(description="Degrees, WGS 84; north and east are positive.")]


class Home(Strict):
    id: Id
    latitude: Degrees
    longitude: Degrees
    rail: bool = Field(True, description="false: no train leads there, as on an island.")

    def spot(self) -> Spot:
        return Spot(self.id, self.latitude, self.longitude, self.rail)


class Place(Home):
    figures: Annotated[
        dict[Id, Number], Field(max_length=50, description="What else is known of the place, such as its cost.")
    ] = {}


class Criterion(Strict):
    """`carbon`, `median_hours`, `longest_hours` and `without_rail` are worked out; others are figures of the places."""

    criterion: Id
    aim: Literal["most", "least"] = "least"
    weight: Annotated[Number, Field(ge=0, le=1_000_000)] = 1.0


class Rules(Strict):
    """What no source gives for every journey: kilometres, hours, kilometres an hour; 2 trips are there and back."""

    rail_km: Annotated[Number, Field(ge=0, le=20_040)] = 700.0
    rail_hours: Annotated[Number, Field(ge=0, le=1000)] | None = None
    rail_detour: Annotated[Number, Field(gt=0, le=10)] = 1.2
    rail_speed: Annotated[Number, Field(ge=1, le=1000)] = 120.0
    rail_base: Annotated[Number, Field(ge=0, le=100)] = 1.0
    air_base: Annotated[Number, Field(ge=0, le=100)] = 3.5
    air_speed: Annotated[Number, Field(ge=1, le=5000)] = 700.0
    trips: Annotated[int, Field(ge=0, le=1000)] = 2


@dataclass(frozen=True, slots=True)
class Question:
    people: tuple[Spot, ...]
    places: tuple[Spot, ...]
    assumptions: Assumptions
    box: Box | None


class TravelInstance(Instance):
    """What it takes to bring everyone to each place, and which places nobody can object to."""

    people: Annotated[list[Home], Field(max_length=10_000)]
    places: Annotated[list[Place], Field(min_length=1, max_length=10_000)]
    assumptions: Rules = Rules()
    region: Literal["europe", "world"] = Field(
        "europe", description="europe: a spot outside Europe that would lie inside with its numbers swapped is refused."
    )
    criteria: Annotated[
        list[Criterion], Field(max_length=50, description="None: the four that are worked out, with equal weights.")
    ] = []

    def question(self) -> Question:
        return Question(
            tuple(one.spot() for one in self.people),
            tuple(one.spot() for one in self.places),
            Assumptions(**self.assumptions.model_dump()),
            EUROPE if self.region == "europe" else None,
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        box = EUROPE if self.region == "europe" else None
        for path, spots in (("people", self.people), ("places", self.places)):
            yield from twice((one.id for one in spots), path)
            for place, one in enumerate(spots):
                try:
                    check([one.spot()], box)
                except BadSpot as trouble:
                    yield f"{path}[{place}]", str(trouble)
        yield from twice((one.criterion for one in self.criteria), "criteria", ".criterion")
        yield from self._missing_figures()
        if self.criteria and not any(one.weight for one in self.criteria):
            yield "criteria", "At least one weight must be above 0."

    def _missing_figures(self) -> Iterator[tuple[str, str]]:
        asked = [one.criterion for one in self.criteria if one.criterion not in COMPUTED]
        for place, one in enumerate(self.places):
            for key in sorted({*asked} - {*one.figures}):
                yield f"places[{place}].figures", f"The figure for {quoted(key)} is missing."
            for key in sorted({*COMPUTED} & {*one.figures}):
                yield f"places[{place}].figures.{key}", "This figure is worked out and cannot be given."
