"""Balance: who may be chosen, how many, within which limits."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from booster.craft.balance import Candidate, Limit, Problem, fair
from booster.craft.balance.fair.terms import NARROWEST
from booster.craft.instances.strict import (
    MOST_PEOPLE,
    Id,
    Instance,
    Points,
    Seed,
    Strict,
    Text,
    Values,
    quoted,
    twice,
    unknown,
)

Count = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]


class Person(Strict):
    id: Id
    score: Points = Field(description="Points; counted in thousandths.")
    attributes: Annotated[
        dict[Id, Values], Field(max_length=100, description="One value or several per attribute.")
    ] = {}
    unit: Annotated[Text, Field(description="The organisation; empty for people on their own.")] = ""


class LimitOnValue(Strict):
    """At least `minimum` and at most `maximum` of those chosen carry this value; "*" stands for each value there is."""

    attribute: Id
    value: Id = "*"
    minimum: Count | None = None
    maximum: Count | None = None
    label: Text = ""
    frozen: bool = Field(False, description="true: never proposed for relaxing.")


class BalanceInstance(Instance):
    """Choose exactly `seats` of the people within the limits: by points, by bands of merit, or by a fair lottery."""

    seats: Count
    people: Annotated[list[Person], Field(max_length=MOST_PEOPLE)]
    limits: Annotated[list[LimitOnValue], Field(max_length=5000)] = []
    per_unit_maximum: Count | None = Field(1, description="How many of one organisation; null: any number.")
    forced_in: Annotated[list[Id], Field(max_length=MOST_PEOPLE)] = []
    forced_out: Annotated[list[Id], Field(max_length=MOST_PEOPLE)] = []
    policy: Literal["points", "merit", "lottery"] = Field(
        "points", description="points: the highest total. merit: bands first. lottery: all above the threshold alike."
    )
    bands: Annotated[
        list[Points], Field(max_length=5, description="Lower edges for merit, highest first, 5 points apart or more.")
    ] = []
    threshold: Points | None = Field(None, description="The lowest score that takes part.")
    draw_seed: Annotated[Text, Field(description="Fixed in advance, known later; empty: nothing is drawn yet.")] = ""
    seed: Seed = 0

    def question(self, seed: int | None = None) -> Problem:
        candidates = [Candidate(one.id, one.score, one.attributes, one.unit or None) for one in self.people]
        return Problem(
            candidates=candidates,
            seats=self.seats,
            limits=[Limit(**one.model_dump()) for one in self.limits],
            per_unit_maximum=self.per_unit_maximum,
            forced_in=self.forced_in,
            forced_out=self.forced_out,
            seed=self.seed if seed is None else seed,
        )

    def terms(self) -> fair.Terms:
        return fair.Terms(self.policy, self.threshold, tuple(self.bands))

    def faults(self) -> Iterator[tuple[str, str]]:
        ids = [one.id for one in self.people]
        yield from twice(ids, "people")
        yield from unknown(self.forced_in, ids, "forced_in", "person")
        yield from unknown(self.forced_out, ids, "forced_out", "person")
        if (self.policy == "merit") != bool(self.bands):
            yield "bands", "Bands belong to the policy “merit”, which needs them."
        for place, (above, edge) in enumerate(pairwise(self.bands), start=1):
            if above - edge < NARROWEST:
                yield f"bands[{place}]", f"Each edge must be {NARROWEST} points or more below the one before."
        both = frozenset(self.forced_in)
        for place, one in enumerate(self.forced_out):
            if one in both:
                yield f"forced_out[{place}]", f"{quoted(one)} is both put in and left out by hand."
