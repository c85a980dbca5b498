"""What makes one timetable better than another, in strict order: as goals of the model, and as figures of an answer."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from booster.craft.timetable.chains import paths
from booster.craft.timetable.clock import inside
from booster.craft.timetable.grid import ones, stretches
from booster.craft.timetable.ground import Ground, Spot, Stream
from booster.craft.timetable.lots import weight
from booster.craft.timetable.model import Model


class Aims:
    """The goals of a model, each in units that are to be as few as can be."""

    def __init__(self, model: Model, seed: int) -> None:
        self.model, self.ground, self.cp, self.seed = model, model.ground, model.cp, seed
        self.stays = {item.index: self._stay(item.index) for item in self.ground.items if item.published is not None}

    def goal(self, name: str) -> cp_model.LinearExprT:
        """What is to be as low as can be. Built when it is its turn: it would slow the aims before."""
        builders: dict[str, Callable[[], cp_model.LinearExprT]] = {
            "moves": lambda: sum(1 if stay is None else 1 - stay for stay in self.stays.values()),
            "shift": lambda: sum(self._shift(index) for index in self.stays),
            "wishes": self._wishes,
            "chains": self._chains,
            "idle": self._idle,
            "ties": self._ties,
        }
        return builders[name]()

    def _ties(self) -> cp_model.LinearExprT:
        """A weighted sum of all starts, so that one of equally good timetables is lowest."""
        return sum(weight(self.seed, item.id) * self.model.start[item.index] for item in self.ground.items)

    def _published(self, index: int) -> tuple[int, int]:
        """Bit and kind of room of the published place; -1 where it is no longer possible."""
        start, hall = self.ground.items[index].published or (-1, -1)
        bit = start // self.model.grid.unit
        for kind, mask in self.model.masks[index].items():
            if hall in self.model.kinds[kind] and bit >= 0 and mask >> bit & 1:
                return bit, kind
        return bit, -1

    def _stay(self, index: int) -> cp_model.IntVar | None:
        """A literal for staying where published; None where that is no longer possible."""
        bit, kind = self._published(index)
        if kind < 0:
            return None
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
        return sum(
            1 - self.model.inside(item.index, self.model.grid.wished(item, voice))
            for item in self.ground.items
            for voice in item.speakers
            if self.ground.voices[voice].wishes is not None
        )

    def _chains(self) -> cp_model.LinearExprT:
        """Units between sessions in order, with what each chain needs at least as a bound."""
        model = self.model
        gap = {chain: model.start[chain.after] - model.end(chain.before) for chain in self.ground.chains}
        for path, least in paths(model.grid):
            self.cp.add(sum(gap[chain] for chain in path) >= least)
        return sum(gap.values())

    def _idle(self) -> cp_model.LinearExprT:
        """Units from the first start to the last end of each track and day, less the sessions themselves."""
        parts: list[cp_model.LinearExprT] = []
        grid = self.model.grid
        for stream in self.ground.streams:
            if stream.kind == "track" and len(stream.items) > 1:
                parts += [self._span(stream, day) for day, mask in enumerate(grid.days) if mask]
                parts += [-grid.size(self.ground.items[one]) for one in stream.items]
                for one in stream.items:
                    days = [day for day in range(len(grid.days)) if self.model.may_be_on(one, day)]
                    self.cp.add_exactly_one(self.model.on_day(one, day) for day in days)
        return sum(parts)

    def _span(self, stream: Stream, day: int) -> cp_model.IntVar:
        grid, mask = self.model.grid, self.model.grid.days[day]
        low, high = (mask & -mask).bit_length() - 1, mask.bit_length()
        first, last = (self.cp.new_int_var(low, high, "") for _ in range(2))
        span = self.cp.new_int_var(0, high - low, "")
        self.cp.add(span == last - first)
        on = {one: self.model.on_day(one, day) for one in stream.items if self.model.may_be_on(one, day)}
        for one, literal in on.items():
            self.cp.add(first <= self.model.start[one]).only_enforce_if(literal)
            self.cp.add(last >= self.model.end(one)).only_enforce_if(literal)
        pause = self.model.units(stream.pause)
        filled = sum((grid.size(self.ground.items[one]) + pause) * literal for one, literal in on.items()) - pause
        self.cp.add(span >= filled)
        self._rests(span, filled, list(on), day, pause)
        return span

    def _rests(
        self, span: cp_model.IntVar, filled: cp_model.LinearExprT, items: Sequence[int], day: int, pause: int
    ) -> None:
        """A day with sessions on both sides of a break lasts as long as they and the break. Only helps the proof."""
        for (_, end), (start, _) in pairwise(stretches(self.model.grid.open & self.model.grid.days[day])):
            sides = []
            for mask in (ones(0, end), ones(start, self.model.grid.length)):
                side = self.cp.new_bool_var("")
                for one in items:
                    if self.model.reaches_into(one, mask & self.model.grid.days[day]):
                        here = self.model.inside(one, mask & self.model.grid.days[day])
                        self.cp.add_implication(here, side)
                sides.append(side)
            self.cp.add(span - (start - end - pause) * (sides[0] + sides[1] - 1) >= filled)


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
