"""Mixing: people, sessions with their groups, and who must or must not sit together."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from booster.craft import mixing
from booster.craft.instances.strict import Id, Instance, Number, Seed, Strict, Text, twice, unknown

MOST = 2000
Ids = Annotated[list[Id], Field(max_length=MOST)]
Weight = Annotated[Number, Field(ge=0, le=1_000_000)]
Affinity = Annotated[Number, Field(ge=-1_000_000, le=1_000_000)]


class Present(Strict):
    id: Id
    languages: Annotated[Ids, Field(description="Those that they can work in; none means any.")] = []
    online: bool = False
    online_in: Annotated[Ids, Field(description="Sessions in which they are online.")] = []
    away: Annotated[Ids, Field(description="Sessions that they miss.")] = []


class Person(Present):
    attributes: Annotated[dict[Id, Text], Field(max_length=100)] = {}


class Facilitator(Present):
    apart: Annotated[Ids, Field(description="People whom they must not lead.")] = []


class Group(Strict):
    """A table or breakout room for `low` to `high` people, facilitators not counted."""

    id: Id
    low: Annotated[int, Field(ge=0, le=MOST)]
    high: Annotated[int, Field(ge=0, le=MOST)]
    place: Literal["room", "online", "both"] = "room"
    language: Text = ""


class Session(Strict):
    id: Id
    groups: Annotated[list[Group], Field(min_length=1, max_length=MOST)]
    facilitated: bool = Field(False, description="true: each group that has people needs a facilitator.")


class Tie(Strict):
    people: Annotated[list[Id], Field(min_length=2, max_length=MOST)]
    sessions: Annotated[Ids, Field(description="None: all sessions.")] = []


class Seat(Strict):
    person: Id
    session: Id
    group: Id


class PublishedGroup(Strict):
    group: Id
    people: Ids
    facilitator: Id | None = None


class PublishedSession(Strict):
    session: Id
    groups: Annotated[list[PublishedGroup], Field(max_length=MOST)]


class Even(Strict):
    """Instead of `sessions`: sessions s1, s2, … of groups g1, g2, …, those present shared as evenly as can be."""

    sessions: Annotated[int, Field(ge=1, le=200)]
    groups: Annotated[int, Field(ge=1, le=MOST)]
    facilitated: bool = False


class MixingInstance(Instance):
    """Groups over all sessions, in which people meet as many others as they can."""

    people: Annotated[list[Person], Field(max_length=MOST)]
    sessions: Annotated[list[Session], Field(max_length=200)] = []
    even: Even | None = None
    facilitators: Annotated[list[Facilitator], Field(max_length=MOST)] = []
    apart: Annotated[list[Tie], Field(max_length=10_000)] = []
    together: Annotated[list[Tie], Field(max_length=10_000)] = []
    seats: Annotated[list[Seat], Field(max_length=100_000)] = []
    history: Annotated[list[Ids], Field(max_length=10_000, description="Groups that really sat together before.")] = []
    weights: Annotated[
        dict[Id, Weight], Field(max_length=100, description="What a meeting of two people with the same value costs.")
    ] = {}
    affinity: Annotated[
        list[Annotated[list[Affinity], Field(max_length=MOST)]] | None,
        Field(max_length=MOST, description="A square in the order of people: how welcome a meeting is."),
    ] = None
    published: Annotated[
        list[PublishedSession],
        Field(max_length=200, description="A plan as `answer.plan` gives it: it is changed as little as can be."),
    ] = []
    again: Annotated[Ids, Field(description="Published sessions to form anew around the others.")] = []
    seed: Seed = 0

    def question(self, seed: int | None = None) -> mixing.Problem:
        return mixing.Problem(
            people=[mixing.Person(**one.model_dump()) for one in self.people],
            sessions=self._sessions(),
            facilitators=[mixing.Facilitator(**one.model_dump()) for one in self.facilitators],
            apart=[mixing.Apart(**one.model_dump()) for one in self.apart],
            together=[mixing.Together(**one.model_dump()) for one in self.together],
            seats=[mixing.Seat(**one.model_dump()) for one in self.seats],
            history=self.history,
            weights=self.weights,
            affinity=self.affinity,
            seed=self.seed if seed is None else seed,
        )

    def plan(self) -> mixing.Plan:
        """The published plan; empty for a new one."""
        return tuple(
            mixing.SessionPlan(
                one.session,
                tuple(mixing.GroupPlan(part.group, tuple(part.people), part.facilitator) for part in one.groups),
            )
            for one in self.published
        )

    def _sessions(self) -> list[mixing.Session]:
        if self.even:
            return [self._even(f"s{turn}", self.even) for turn in range(1, self.even.sessions + 1)]
        return [
            mixing.Session(one.id, [mixing.Group(**group.model_dump()) for group in one.groups], one.facilitated)
            for one in self.sessions
        ]

    def _even(self, session: str, even: Even) -> mixing.Session:
        present = sum(session not in one.away for one in self.people)
        low, high = present // even.groups, -(-present // even.groups)
        groups = [mixing.Group(f"g{place}", low, high) for place in range(1, even.groups + 1)]
        return mixing.Session(session, groups, even.facilitated)

    def faults(self) -> Iterator[tuple[str, str]]:
        if bool(self.sessions) == bool(self.even):
            yield "sessions", "Give either sessions or even, one of them."
        people = [one.id for one in self.people]
        everybody = frozenset(people + [one.id for one in self.facilitators])
        yield from twice(people, "people")
        yield from twice((one.id for one in self.sessions), "sessions")
        sessions = frozenset(one.id for one in self._sessions())
        listed: list[tuple[str, Sequence[Present]]] = [("people", self.people), ("facilitators", self.facilitators)]
        if self.again and not self.published:
            yield "again", "Sessions are formed anew from a published plan, and none is given."
        yield from unknown(self.again, sessions, "again", "session")
        for path, present in listed:
            for place, one in enumerate(present):
                yield from unknown(one.away, sessions, f"{path}[{place}].away", "session")
                yield from unknown(one.online_in, sessions, f"{path}[{place}].online_in", "session")
        for path, ties in (("apart", self.apart), ("together", self.together)):
            for place, tie in enumerate(ties):
                yield from unknown(tie.people, everybody, f"{path}[{place}].people", "person")
                yield from unknown(tie.sessions, sessions, f"{path}[{place}].sessions", "session")
