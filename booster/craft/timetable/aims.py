"""What makes one timetable better than another, in strict order: as goals of the model, and as figures of an answer."""

from collections.abc import Mapping
from itertools import pairwise

from ortools.sat.python import cp_model

from booster.craft.timetable.clock import inside
from booster.craft.timetable.ground import Ground, Spot
from booster.craft.timetable.lots import weight
from booster.craft.timetable.model import Model


class Aims:
    """The goals of a model, each in units that are to be as few as can be. Built before the first solve."""

    def __init__(self, model: Model, seed: int) -> None:
        self.model, self.ground, self.cp = model, model.ground, model.cp
        self.stays = {item.index: self._stay(item.index) for item in self.ground.items if item.published is not None}
        self.moves = sum(1 - stay for stay in self.stays.values())
        self.shift = sum(self._shift(index) for index in self.stays)
        self.wishes = self._wishes()
        self.chains = sum(model.start[one.after] - model.end(one.before) for one in self.ground.chains)
        self.idle = self._idle()
        self.ties = sum(weight(seed, item.id) * model.start[item.index] for item in self.ground.items)

    def _published(self, index: int) -> tuple[int, int]:
        """Bit and kind of room of the published place; -1 where it is no longer possible."""
        start, hall = self.ground.items[index].published or (-1, -1)
        bit = start // self.model.grid.unit
        for kind, mask in self.model.masks[index].items():
            if hall in self.model.kinds[kind] and bit >= 0 and mask >> bit & 1:
                return bit, kind
        return bit, -1

    def _stay(self, index: int) -> cp_model.LinearExprT:
        bit, kind = self._published(index)
        if kind < 0:
            return 0
        stay = self.cp.new_bool_var("")
        self.cp.add(self.model.start[index] == bit).only_enforce_if(stay)
        self.cp.add_implication(stay, self.model.in_kind[index, kind])
        return stay

    def _shift(self, index: int) -> cp_model.IntVar:
        bit, _ = self._published(index)
        far = self.cp.new_int_var(0, self.model.grid.length + abs(bit), "")
        self.cp.add(far >= self.model.start[index] - bit)
        self.cp.add(far >= bit - self.model.start[index])
        return far

    def _wishes(self) -> cp_model.LinearExprT:
        """Speakers in sessions outside the windows they prefer."""
        goal: cp_model.LinearExprT = 0
        for item in self.ground.items:
            for voice in item.speakers:
                if self.ground.voices[voice].wishes is not None:
                    goal += 1 - self.model.inside(item.index, self.model.grid.wished(item, voice))
        return goal

    def _idle(self) -> cp_model.LinearExprT:
        """Units from the first start to the last end of each track and day, less the sessions themselves."""
        goal: cp_model.LinearExprT = 0
        grid = self.model.grid
        for stream in self.ground.streams:
            if stream.kind == "track" and len(stream.items) > 1:
                for day, mask in enumerate(grid.days):
                    if mask:
                        goal += self._span(stream.items, day)
                goal -= sum(grid.size(self.ground.items[one]) for one in stream.items)
        return goal

    def _span(self, items: tuple[int, ...], day: int) -> cp_model.IntVar:
        mask = self.model.grid.days[day]
        low, high = (mask & -mask).bit_length() - 1, mask.bit_length()
        here = [one for one in items if self.model.may_be_on(one, day)]
        first, last = (self.cp.new_int_var(low, high, "") for _ in range(2))
        span = self.cp.new_int_var(0, high - low, "")
        self.cp.add(span == last - first)
        on = {one: self.model.on_day(one, day) for one in here}
        for one, literal in on.items():
            self.cp.add(first <= self.model.start[one]).only_enforce_if(literal)
            self.cp.add(last >= self.model.end(one)).only_enforce_if(literal)
        sizes = {one: self.model.grid.size(self.ground.items[one]) for one in here}
        self.cp.add(span >= sum(sizes[one] * literal for one, literal in on.items()))
        return span


def measured(ground: Ground, spots: Mapping[int, Spot]) -> dict[str, int]:
    """The figures of an answer, counted from its places: minutes, or how many."""
    ends = {index: spot[0] + ground.items[index].minutes for index, spot in spots.items()}
    published = {item.index: item.published for item in ground.items if item.published is not None}
    chains = [one for one in ground.chains if one.before in spots and one.after in spots]
    return {
        "moves": sum(spots.get(index) != spot for index, spot in published.items()),
        "shift": sum(abs(spots[index][0] - spot[0]) for index, spot in published.items() if index in spots),
        "wishes": _unwished(ground, spots),
        "chains": sum(spots[one.after][0] - ends[one.before] for one in chains),
        "idle": sum(
            spots[b][0] - ends[a] for a, b in neighbours(ground, {one: spot[0] for one, spot in spots.items()})
        ),
        "rooms": sum(
            spots[a][1] != spots[b][1] for a, b in neighbours(ground, {one: spot[0] for one, spot in spots.items()})
        ),
    }


def _unwished(ground: Ground, spots: Mapping[int, Spot]) -> int:
    found = 0
    for index, (start, _) in spots.items():
        item = ground.items[index]
        wishes = (ground.voices[voice].wishes for voice in item.speakers)
        found += sum(each is not None and not inside(each, start, start + item.minutes) for each in wishes)
    return found


def neighbours(ground: Ground, times: Mapping[int, int]) -> list[tuple[int, int]]:
    """Sessions of one track that follow each other on one day."""
    found = []
    for stream in ground.streams:
        if stream.kind == "track":
            placed = sorted((one for one in stream.items if one in times), key=lambda one: (times[one], one))
            days = {one: ground.clock.day(times[one]) for one in placed}
            found += [pair for pair in pairwise(placed) if days[pair[0]] == days[pair[1]]]
    return found
