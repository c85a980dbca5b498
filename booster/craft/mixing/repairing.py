"""The fewest moves after which one published session keeps its rules again; among them the fewest repeated meetings.

No move, one, then two are tried out, each time only moves that touch what is broken, for any repair must; more than
two are left to an exhaustive search with a proof.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from booster.craft.mixing.ground import Hour, Ints, pairs_of

TRIED_OUT = 2  # moves
Move = tuple[int, int, int]  # person, from, to


@dataclass(slots=True)
class Desk:
    """One session under repair. `groups`: as they are now; `others`: person x person, meetings in other sessions."""

    hour: Hour
    groups: list[set[int]]
    others: Ints

    def move(self, move: Move) -> None:
        person, source, target = move
        self.groups[source].discard(person)
        self.groups[target].add(person)

    def back(self, move: Move) -> None:
        person, source, target = move
        self.groups[target].discard(person)
        self.groups[source].add(person)

    def at(self) -> dict[int, int]:
        """The group of each person."""
        return {person: place for place, members in enumerate(self.groups) for person in members}

    def fault(self, place: int) -> int:
        """How much is wrong with a group: people too many or too few, not allowed, or to be kept apart."""
        hour, members = self.hour, sorted(self.groups[place])
        size = len(members)
        wrong = max(0, int(hour.low[place]) - size) + max(0, size - int(hour.high[place]))
        wrong += int((~hour.open[members, place]).sum())
        return wrong + int(hour.apart[np.ix_(members, members)].sum()) // 2

    def broken(self) -> list[int]:
        """Groups with a fault, and those that hold part of a torn chain."""
        torn = [set(chain) for chain in self.hour.chains if not any(set(chain) <= members for members in self.groups)]
        return [
            place
            for place, members in enumerate(self.groups)
            if self.fault(place) or any(members & chain for chain in torn)
        ]

    def repeats(self) -> int:
        """Pairs that share a group here and have met, or meet in another session."""
        return sum(int(self.others[one, other] > 0) for members in self.groups for one, other in pairs_of(members))


def repaired(desk: Desk, movable: Sequence[int]) -> list[Move] | None:
    """The moves that mend the session, at most TRIED_OUT, fewest first, then fewest repeats; None when more are needed.

    `movable`: whom to move. The desk is left as it was. Cost: people times groups for one move, squared for two.
    """
    for depth in range(TRIED_OUT + 1):
        best: tuple[int, list[Move]] | None = None
        for moves in _tried(desk, sorted(movable), depth):
            for move in moves:
                desk.move(move)
            found = (desk.repeats(), moves)
            for move in reversed(moves):
                desk.back(move)
            best = min(best, found) if best else found
        if best:
            return best[1]
    return None


def exchanged(desk: Desk, places: Mapping[int, int]) -> None:
    """Let others move instead of those who do while that leaves fewer repeats, as many moves, and nothing broken.

    `places`: where people were published. Two exchange their groups; somebody at home takes the place of a mover.
    """
    while True:
        before = (len(desk.broken()), _away(desk, places), desk.repeats())
        if not any(_better(desk, places, one, other, before) for one, other in _couples(desk, places)):
            return


def _couples(desk: Desk, places: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    at = desk.at()
    movers = [row for row in sorted(places) if at[row] != places[row]]
    for one in movers:
        for other in sorted(places):
            if at[other] != at[one]:
                yield one, other


def _better(desk: Desk, places: Mapping[int, int], one: int, other: int, before: tuple[int, int, int]) -> bool:
    at = desk.at()
    moves = [(one, at[one], at[other]), (other, at[other], at[one])]
    for move in moves:
        desk.move(move)
    if (len(desk.broken()), _away(desk, places), desk.repeats()) < before:
        return True
    for move in moves:
        desk.back(move)
    return False


def _away(desk: Desk, places: Mapping[int, int]) -> int:
    at = desk.at()
    return sum(at[row] != place for row, place in places.items())


def _tried(desk: Desk, movable: Sequence[int], depth: int) -> Iterator[list[Move]]:
    broken = desk.broken()
    if not broken:
        yield []
    if not broken or not depth:
        return
    if _excess(desk) > 2 * depth:  # one move mends at most two people too many or too few
        return
    at = desk.at()
    for person in movable:
        source = at[person]
        for target in range(len(desk.groups)):
            if target == source or not (source in broken or target in broken) or not desk.hour.open[person, target]:
                continue
            move = (person, source, target)
            desk.move(move)
            rest = list(_tried(desk, [one for one in movable if one != person], depth - 1))
            desk.back(move)
            yield from ([move, *more] for more in rest)


def _excess(desk: Desk) -> int:
    sizes = np.array([len(members) for members in desk.groups])
    return int(np.maximum(desk.hour.low - sizes, 0).sum() + np.maximum(sizes - desk.hour.high, 0).sum())
