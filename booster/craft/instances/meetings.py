"""Meetings: who needs and offers what, how many rounds and tables, who asked for whom."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from booster.craft import meetings
from booster.craft.instances.strict import Id, Instance, Seed, Strict, Text, exact, quoted, twice, unknown

MOST, ROUNDS, HIGHEST = 2000, 60, 1_000_000
Weight = Annotated[
    Decimal,
    BeforeValidator(exact),
    Field(ge=0, le=HIGHEST),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": HIGHEST}),
]
Tags = Annotated[dict[Id, Weight], Field(max_length=500)]
Pair = Annotated[list[Id], Field(min_length=2, max_length=2)]
Pairs = Annotated[list[Pair], Field(max_length=500_000)]
Tables = Annotated[int, Field(ge=0, le=MOST)]


class Person(Strict):
    id: Id
    needs: Annotated[Tags, Field(description="Tag to weight; by custom 1 is low and 3 is high.")] = {}
    offers: Tags = {}
    organisation: Annotated[
        Text, Field(description="People of the same one are worth nothing to each other; empty: on their own.")
    ] = ""
    mode: Literal["", "online", "room"] = Field("", description="online and room meet only where across is true.")
    away: Annotated[list[int], Field(max_length=ROUNDS, description="Rounds, from 1, without this person.")] = []


class Worth(Strict):
    """What is added to needs met: `mutual` times the smaller gift, `asked` for each wish; `met` is taken off."""

    mutual: Weight = Decimal(2)
    asked: Weight = Decimal(3)
    met: Weight | None = None


class MeetingsInstance(Instance):
    """Who should meet whom, in rounds of one-to-one meetings, each pair at most once."""

    people: Annotated[list[Person], Field(max_length=MOST)]
    rounds: Annotated[int, Field(ge=1, le=ROUNDS)]
    tables: Tables | None = Field(None, description="Meetings in the room at the same time; null: no limit.")
    tables_by_round: Annotated[list[Tables], Field(max_length=ROUNDS, description="Instead of tables.")] = []
    affinity: Annotated[
        list[Annotated[list[Weight], Field(max_length=MOST)]] | None,
        Field(max_length=MOST, description="Instead of needs and offers: a symmetric square in the order of people."),
    ] = None
    refused: Pairs = []
    met: Pairs = []
    requested: Annotated[Pairs, Field(description="Who asks, then who is asked.")] = []
    worth: Worth = Worth()
    across: bool = False
    spare: Annotated[int, Field(ge=0, le=ROUNDS, description="Rounds that anybody may be left without a meeting.")] = 1
    seed: Seed = 0

    def question(self, seed: int | None = None) -> meetings.Problem:
        return meetings.Problem(
            people=[
                meetings.Person(one.id, one.needs, one.offers, one.organisation or None, one.mode, one.away)
                for one in self.people
            ],
            rounds=self.rounds,
            tables=self.tables_by_round or self.tables,
            affinity=self.affinity,
            refused=_pairs(self.refused),
            met=_pairs(self.met),
            requested=_pairs(self.requested),
            worth=meetings.Worth(self.worth.mutual, self.worth.asked, self.worth.met),
            across=self.across,
            spare=self.spare,
            seed=self.seed if seed is None else seed,
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        ids = [one.id for one in self.people]
        yield from twice(ids, "people")
        for place, one in enumerate(self.people):
            for turn, number in enumerate(one.away):
                if not 1 <= number <= self.rounds:
                    yield f"people[{place}].away[{turn}]", f"Rounds go from 1 to {self.rounds}."
        known = frozenset(ids)
        for path in ("refused", "met", "requested"):
            for place, pair in enumerate(getattr(self, path)):
                yield from unknown(pair, known, f"{path}[{place}]", "person")
                if pair[0] == pair[1]:
                    yield f"{path}[{place}]", f"{quoted(pair[0])} is paired with themselves."
        if self.tables_by_round and len(self.tables_by_round) != self.rounds:
            yield "tables_by_round", f"One number for each of the {self.rounds} rounds is needed."
        yield from self._square()

    def _square(self) -> Iterator[tuple[str, str]]:
        """The first place where the affinity is no symmetric square of everybody."""
        table, size = self.affinity, len(self.people)
        if table is None:
            return
        if len(table) != size:
            yield "affinity", f"One row for each of the {size} people is needed; there are {len(table)}."
            return
        for row, values in enumerate(table):
            if len(values) != size:
                yield f"affinity[{row}]", f"One number for each of the {size} people is needed."
                return
        for row in range(size):
            for column in range(row):
                if table[row][column] != table[column][row]:
                    yield f"affinity[{row}][{column}]", f"It differs from affinity[{column}][{row}]."
                    return


def _pairs(pairs: list[list[str]]) -> list[tuple[str, str]]:
    return [(one, other) for one, other in pairs]
