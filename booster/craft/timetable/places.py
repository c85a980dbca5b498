"""What clashes, and where one session would fit given where the others are. No solver: for web processes too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from booster.craft.timetable.answer import Conflict
from booster.craft.timetable.grid import Grid, Mask, bits, lay, ones
from booster.craft.timetable.ground import Ground, Item, Spot
from booster.craft.timetable.programme import Place, Programme
from booster.craft.timetable.reading import read
from booster.craft.timetable.single import item_named
from booster.craft.timetable.sweep import broken


def conflicts(programme: Programme, placed: Mapping[str, Place], places: int = 0) -> tuple[Conflict, ...]:
    """All rules that the placed sessions break, in order of time. Sessions without a place break nothing.

    `places`: how many places to name for the session to move of each conflict (see `places_for`); 0 for none.
    BadProgramme for an unknown session or room among `placed`.
    """
    ground = read(programme)
    spots = ground.spots(placed)
    found = broken(ground, spots)
    if not places:
        return tuple(found)
    seeker = Seeker(ground)
    free = {name: seeker.places(name, spots, places) for name in sorted({one.move for one in found})}
    return tuple(replace(one, places=free[one.move]) for one in found)


def places_for(programme: Programme, session: str, placed: Mapping[str, Place], count: int = 3) -> tuple[Place, ...]:
    """The first `count` places where this session breaks no rule while all others stay; earliest first, then the
    smallest room that suits. Its own place among `placed` is left out of account; so are conflicts of the others.

    Cost: some milliseconds for 200 sessions. BadProgramme for an unknown session or room.
    """
    ground = read(programme)
    return Seeker(ground).places(session, ground.spots(placed), count)


@dataclass(slots=True)
class Seeker:
    """Looks for places in one programme."""

    ground: Ground
    grid: Grid = field(init=False)

    def __post_init__(self) -> None:
        self.grid = lay(self.ground)

    def places(self, session: str, spots: Mapping[int, Spot], count: int = 3) -> tuple[Place, ...]:
        item = item_named(self.ground, session)
        others = {place: spot for place, spot in spots.items() if place != item.index}
        found: list[Place] = []
        for spot in self._candidates(item, others):
            if len(found) >= count:
                break
            # The bits know the rules between two; the sweep has the last word, and knows lunch, rows and crowds too.
            if not broken(self.ground, {**others, item.index: spot}, item.index):
                found.append(self.ground.place(spot))
        return tuple(found)

    def _candidates(self, item: Item, others: Mapping[int, Spot]) -> Iterator[Spot]:
        shut = self._shut(item, others)
        masks = []
        for hall, mask in zip(item.rooms, self.grid.starts[item.index], strict=True):
            for place, spot in others.items():
                if spot[1] == hall or self.ground.way(hall, spot[1]):
                    mask &= ~self._beside(item, place, spot, hall)
            masks.append(mask & ~shut)
        every = 0
        for mask in masks:
            every |= mask
        for t in bits(every):
            yield from (
                (t * self.grid.unit, hall) for hall, mask in zip(item.rooms, masks, strict=True) if mask >> t & 1
            )

    def _shut(self, item: Item, others: Mapping[int, Spot]) -> Mask:
        """Starts that others rule out in every room: shared streams, sessions to keep apart, orders."""
        shut = 0
        mine = set(item.streams)
        for place, spot in others.items():
            pauses = [self.ground.streams[one].pause for one in self.ground.items[place].streams if one in mine]
            if pauses or any(item.index in group and place in group for group in self.ground.aparts):
                shut |= self._around(item, spot[0], spot[0] + self.ground.items[place].minutes, max(pauses, default=0))
        for chain in self.ground.chains:
            if chain.before == item.index and chain.after in others:
                shut |= self._from(others[chain.after][0] - chain.rule.gap - item.minutes + 1)
            if chain.after == item.index and chain.before in others:
                spot = others[chain.before]
                shut |= ones(
                    0, -(-(spot[0] + self.ground.items[chain.before].minutes + chain.rule.gap) // self.grid.unit)
                )
        return shut

    def _beside(self, item: Item, place: int, spot: Spot, hall: int) -> Mask:
        other = self.ground.items[place]
        if spot[1] == hall:
            return self._around(item, spot[0], spot[0] + other.minutes, 0)
        if not set(item.streams) & set(other.streams):
            return 0
        return self._around(item, spot[0], spot[0] + other.minutes, self.ground.way(hall, spot[1]))

    def _around(self, item: Item, start: int, end: int, pause: int) -> Mask:
        """Starts that leave less than `pause` minutes before `start` or after `end`."""
        first = (start - item.minutes - pause) // self.grid.unit + 1
        return ones(max(0, first), max(0, -(-(end + pause) // self.grid.unit)))

    def _from(self, minute: int) -> Mask:
        return ones(max(0, -(-minute // self.grid.unit)), self.grid.length)
