"""Which room each session takes once the times stand: as few changes within a track as possible. For workers only."""

from collections.abc import Mapping

from ortools.sat.python import cp_model

from booster.craft.timetable.aims import neighbours
from booster.craft.timetable.grid import Grid
from booster.craft.timetable.ground import Item
from booster.craft.timetable.lots import weight
from booster.craft.timetable.search import Search


class Rooms:
    """A room per session at given starts (minutes). `fixed`: rooms that are settled."""

    def __init__(self, grid: Grid, times: Mapping[int, int], fixed: Mapping[int, int], seed: int) -> None:
        self.grid, self.ground, self.times, self.seed = grid, grid.ground, times, seed
        self.cp = cp_model.CpModel()
        self.at: dict[tuple[int, int], cp_model.IntVar] = {}
        for index, start in times.items():
            item = self.ground.items[index]
            halls = self._halls(item, start, fixed.get(index))
            for hall in halls:
                self.at[index, hall] = self.cp.new_bool_var("")
            self.cp.add_exactly_one(self.at[index, hall] for hall in halls)
        self._apart()
        self._travel()
        self.changes = self._changes()
        self.ties = sum(weight(seed, self._name(index, hall)) * var for (index, hall), var in self.at.items())

    def _name(self, index: int, hall: int) -> str:
        return f"{self.ground.items[index].id}\n{self.ground.halls[hall].room.id}"

    def _halls(self, item: Item, start: int, fixed: int | None) -> list[int]:
        if fixed is not None:
            return [fixed]
        masks = self.grid.alone(item, asked=True)
        bit = start // self.grid.unit
        return [hall for hall, mask in zip(item.rooms, masks, strict=True) if mask >> bit & 1]

    def _apart(self) -> None:
        """At each start, a room holds at most one of the sessions that run then."""
        order = sorted(self.times, key=lambda one: (self.times[one], one))
        for moment in sorted(set(self.times.values())):
            running = [one for one in order if self.times[one] <= moment < self._end(one)]
            if len(running) > 1:
                for hall in range(len(self.ground.halls)):
                    self.cp.add_at_most_one(self.at[one, hall] for one in running if (one, hall) in self.at)

    def _end(self, index: int) -> int:
        return self.times[index] + self.ground.items[index].minutes

    def _travel(self) -> None:
        if not self.ground.ways:
            return
        for stream in self.ground.streams:
            placed = sorted((one for one in stream.items if one in self.times), key=lambda one: self.times[one])
            for place, first in enumerate(placed):
                for second in placed[place + 1 :]:
                    self._far(first, second, self.times[second] - self._end(first))

    def _far(self, first: int, second: int, left: int) -> None:
        for (one, hall), var in self.at.items():
            for (other, room), another in self.at.items():
                if one == first and other == second and self.ground.way(hall, room) > left:
                    self.cp.add_bool_or([~var, ~another])

    def _changes(self) -> cp_model.LinearExprT:
        found = []
        for first, second in neighbours(self.ground, self.times):
            change = self.cp.new_bool_var("")
            found.append(change)
            for (one, hall), var in self.at.items():
                if one == first:
                    same = self.at.get((second, hall))
                    self.cp.add_bool_or([~var, change] if same is None else [~var, change, same])
        return sum(found)

    def settle(self, search: Search) -> tuple[dict[int, int], bool]:
        """The rooms with the fewest changes, and whether that and the ties among them are proven."""
        stages = (("rooms", self.changes), ("room ties", self.ties))
        found = [search.aim(name, goal) for name, goal in stages]
        halls = {index: hall for (index, hall), var in self.at.items() if search.value(var)}
        return halls, all(value <= bound for value, bound in found)
