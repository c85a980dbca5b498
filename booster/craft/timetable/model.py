"""The timetable as a constraint model: a start and a kind of room per session. Loads OR-Tools: for workers only."""

from collections.abc import Collection, Iterable
from functools import reduce
from itertools import combinations

from ortools.sat.python import cp_model

from booster.craft.timetable.grid import Grid, Mask, bits, ones, stretches
from booster.craft.timetable.ground import Chain, Ground, Item
from booster.craft.timetable.programme import Frontal

Literal = cp_model.IntVar


def domain(mask: Mask) -> cp_model.Domain:
    return cp_model.Domain.from_intervals([[start, end - 1] for start, end in stretches(mask)])


class Model:
    """Variables and rules of one programme in units of the grid.

    Rooms that are alike (same sessions may use them at the same times, same venue) are one kind with a capacity, which
    takes the symmetry out; `single` lists rooms that stay on their own, because somebody is published there. `soft`
    makes speakers' windows and the presence of sessions a choice: `asked` per (speaker, day), `absent` per session.
    """

    def __init__(self, grid: Grid, single: Collection[int] = (), soft: bool = False) -> None:
        self.grid, self.ground, self.soft = grid, grid.ground, soft
        self.cp = cp_model.CpModel()
        self.kinds = kinds(grid, single)
        self.masks = [self._masks(item) for item in self.ground.items]
        self.start = [self._start(item) for item in self.ground.items]
        self.present = [self.cp.new_bool_var("") if soft else None for _ in self.ground.items]
        self.asked: dict[tuple[int, int], Literal] = {}
        self.in_kind: dict[tuple[int, int], Literal] = {}
        self._on_day: dict[tuple[int, int], Literal] = {}
        self._rooms()
        self._streams()
        self._rules()
        if soft:
            self._windows()

    def _masks(self, item: Item) -> dict[int, Mask]:
        """Starts per kind of room."""
        alone = self.grid.alone(item, asked=self.soft)
        found: dict[int, Mask] = {}
        for hall, mask in zip(item.rooms, alone, strict=True):
            kind = next(place for place, kind in enumerate(self.kinds) if hall in kind)
            found[kind] = found.get(kind, 0) | mask
        return {kind: mask for kind, mask in sorted(found.items()) if mask}

    def _start(self, item: Item) -> cp_model.IntVar:
        every = reduce(int.__or__, self.masks[item.index].values(), 0)
        return self.cp.new_int_var_from_domain(domain(every or 1), f"s{item.index}")

    def when(self, item: int) -> list[Literal]:
        """What makes the session count: nothing, or its presence."""
        present = self.present[item]
        return [] if present is None else [present]

    def interval(self, item: int, literals: list[Literal], pause: int = 0) -> cp_model.IntervalVar:
        size = self.grid.size(self.ground.items[item]) + self.units(pause)
        if not literals:
            return self.cp.new_fixed_size_interval_var(self.start[item], size, "")
        return self.cp.new_optional_fixed_size_interval_var(self.start[item], size, literals[0], "")

    def units(self, minutes: int) -> int:
        """Minutes in units, rounded up."""
        return -(-minutes // self.grid.unit)

    def end(self, item: int) -> cp_model.LinearExpr:
        return self.start[item] + self.grid.size(self.ground.items[item])

    def _rooms(self) -> None:
        users: list[list[cp_model.IntervalVar]] = [[] for _ in self.kinds]
        for item in self.ground.items:
            masks = self.masks[item.index]
            every = reduce(int.__or__, masks.values(), 0)
            literals = []
            for kind, mask in masks.items():
                chosen = self.in_kind[item.index, kind] = self.cp.new_bool_var("")
                literals.append(chosen)
                if mask != every:
                    self.cp.add_linear_expression_in_domain(self.start[item.index], domain(mask)).only_enforce_if(
                        chosen
                    )
                users[kind].append(self.interval(item.index, [chosen]))
            self.cp.add(sum(literals) == (self.present[item.index] if self.soft else 1))
        for halls, intervals in zip(self.kinds, users, strict=True):
            if len(halls) == 1:
                self.cp.add_no_overlap(intervals)
            elif len(intervals) > len(halls):
                self.cp.add_cumulative(intervals, [1] * len(intervals), len(halls))

    def _streams(self) -> None:
        for stream in self.ground.streams:
            if len(stream.items) > 1:
                self.cp.add_no_overlap([self.interval(one, self.when(one), stream.pause) for one in stream.items])
                if self.ground.ways:
                    for pair in combinations(stream.items, 2):
                        self._travel(*pair)
        for group in self.ground.aparts:
            self.cp.add_no_overlap([self.interval(one, self.when(one)) for one in group])

    def _travel(self, one: int, other: int) -> None:
        for (first, kind), (second, another) in self._kind_pairs(one, other):
            way = self.units(self.ground.way(self.kinds[kind][0], self.kinds[another][0]))
            if way:
                ahead = self.cp.new_bool_var("")
                both = [self.in_kind[first, kind], self.in_kind[second, another]]
                self.cp.add(self.start[second] >= self.end(first) + way).only_enforce_if([*both, ahead])
                self.cp.add(self.start[first] >= self.end(second) + way).only_enforce_if([*both, ~ahead])

    def _kind_pairs(self, one: int, other: int) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
        return (((one, kind), (other, another)) for kind in self.masks[one] for another in self.masks[other])

    def on_day(self, item: int, day: int) -> Literal:
        """Whether a session is on a day (index of the programme's dates)."""
        if (item, day) not in self._on_day:
            chosen = self._on_day[item, day] = self.cp.new_bool_var("")
            mask = self.grid.days[day]
            inside, outside = self._split(item, mask)
            self.cp.add_linear_expression_in_domain(self.start[item], domain(inside)).only_enforce_if(chosen)
            self.cp.add_linear_expression_in_domain(self.start[item], domain(outside)).only_enforce_if(~chosen)
        return self._on_day[item, day]

    def _split(self, item: int, mask: Mask) -> tuple[Mask, Mask]:
        every = reduce(int.__or__, self.masks[item].values(), 0) or 1
        return every & mask, every & ~mask

    def may_be_on(self, item: int, day: int) -> bool:
        return bool(self._split(item, self.grid.days[day])[0])

    def reaches_into(self, item: int, mask: Mask) -> bool:
        """Whether the session can start at one of these bits."""
        return bool(self._split(item, mask)[0])

    def inside(self, item: int, mask: Mask) -> Literal:
        """A literal that is true when the start is one of the mask's and false when not."""
        chosen = self.cp.new_bool_var("")
        for literal, part in zip((chosen, ~chosen), self._split(item, mask), strict=True):
            self.cp.add_linear_expression_in_domain(self.start[item], domain(part)).only_enforce_if(literal)
        return chosen

    def _rules(self) -> None:
        for chain in self.ground.chains:
            self._order(chain)
        for group in self.ground.same_days:
            self._same_day(group)
        self._crowd()
        for stream in self.ground.streams:
            if stream.kind != "speaker":
                self._lunches(stream.items)
                for rule in self.ground.frontals:
                    self._frontal(rule, stream.items)

    def _crowd(self) -> None:
        if self.ground.crowd is not None:
            users = [item for item in self.ground.items if item.session.audience]
            intervals = [self.interval(item.index, self.when(item.index)) for item in users]
            self.cp.add_cumulative(intervals, [item.session.audience for item in users], self.ground.crowd)

    def _same_day(self, group: tuple[int, ...]) -> None:
        for first, second in combinations(group, 2):
            for day in range(len(self.grid.days)):
                both = self.when(first) + self.when(second)
                self.cp.add(self.on_day(first, day) == self.on_day(second, day)).only_enforce_if(both)

    def _order(self, chain: Chain) -> None:
        both = self.when(chain.before) + self.when(chain.after)
        left = self.start[chain.after] - self.end(chain.before)
        self.cp.add(left >= self.units(chain.rule.gap)).only_enforce_if(both)
        if chain.rule.most is not None:
            self.cp.add(left <= chain.rule.most // self.grid.unit).only_enforce_if(both)
        if not chain.rule.days:
            return
        for day, date in enumerate(self.ground.dates):
            later = [m for m, other in zip(self.grid.days, self.ground.dates, strict=True)
                     if (other - date).days >= chain.rule.days]  # fmt: skip
            soonest = next(bits(reduce(int.__or__, later, 0)), self.grid.length + 1)
            on = [*both, self.on_day(chain.before, day)]
            self.cp.add(self.start[chain.after] >= soonest).only_enforce_if(on)

    def _lunches(self, items: Collection[int]) -> None:
        for rule, windows in self.ground.lunches:
            for start, end in windows:
                first, last = -(-start // self.grid.unit), end // self.grid.unit - self.units(rule.minutes)
                near = ones(max(0, first), last + self.units(rule.minutes))
                if not any(self._reaches(one, near) for one in items):
                    continue
                lunch = self.cp.new_fixed_size_interval_var(
                    self.cp.new_int_var(first, last, ""), self.units(rule.minutes), ""
                )
                self.cp.add_no_overlap([lunch, *(self.interval(one, self.when(one)) for one in items)])

    def _reaches(self, item: int, near: Mask) -> bool:
        """Whether the session can run during any of these units."""
        every = reduce(int.__or__, self.masks[item].values(), 0)
        return any(every << step & near for step in range(self.grid.size(self.ground.items[item])))

    def _frontal(self, rule: Frontal, items: Collection[int]) -> None:
        frontal = [one for one in items if self.ground.items[one].session.kind in rule.kinds]
        minutes = {one: self.ground.items[one].minutes for one in frontal}
        if sum(minutes.values()) <= rule.minutes:
            return
        row = {one: self.cp.new_int_var(minutes[one], max(rule.minutes, minutes[one]), "") for one in frontal}
        for first, second in combinations(frontal, 2):
            for one, other in ((first, second), (second, first)):
                # `one` then `other`: either other way round, or a pause between, or the row of `one` goes on.
                turned, rested, goes_on = (self.cp.new_bool_var("") for _ in range(3))
                self.cp.add(self.end(other) <= self.start[one]).only_enforce_if(turned)
                self.cp.add(self.start[other] >= self.end(one) + self.units(rule.pause)).only_enforce_if(rested)
                self.cp.add(row[other] >= row[one] + minutes[other]).only_enforce_if(goes_on)
                absent = [~literal for literal in self.when(one) + self.when(other)]
                self.cp.add_bool_or([turned, rested, goes_on, *absent])

    def _windows(self) -> None:
        """A session outside a speaker's windows needs the speaker to be asked for that day."""
        for item in self.ground.items:
            every = reduce(int.__or__, self.masks[item.index].values(), 0)
            for voice in item.speakers:
                free = self.grid.free_for(item, voice)
                if not every & ~free:
                    continue
                for day, mask in enumerate(self.grid.days):
                    away = every & ~free & mask
                    if away:
                        key = (voice, day)
                        if key not in self.asked:
                            self.asked[key] = self.cp.new_bool_var("")
                        part = every & ~away or 1
                        literals = [~self.asked[key], *self.when(item.index)]
                        self.cp.add_linear_expression_in_domain(self.start[item.index], domain(part)).only_enforce_if(
                            literals
                        )


def kinds(grid: Grid, single: Collection[int]) -> list[tuple[int, ...]]:
    """Rooms by what they are good for; in order of their first room."""
    ground: Ground = grid.ground
    found: dict[object, list[int]] = {}
    users: dict[int, set[int]] = {hall: set() for hall in range(len(ground.halls))}
    for item in ground.items:
        for hall in item.rooms:
            users[hall].add(item.index)
        if item.pinned is not None:
            single = {*single, item.pinned[1]}
    for hall, room in enumerate(ground.halls):
        own = hall if hall in single else -1
        found.setdefault((own, frozenset(users[hall]), grid.halls[hall], room.room.venue), []).append(hall)
    return [tuple(group) for group in found.values()]
