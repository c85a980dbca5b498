"""Rules between two sessions: rooms, streams, orders, days, sessions to keep apart."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from booster.craft.timetable.answer import Conflict, Param, say
from booster.craft.timetable.ground import Chain, Ground, Item, Stream
from booster.craft.timetable.single import shown


@dataclass(frozen=True, slots=True)
class Stand:
    """A session at its place."""

    item: Item
    start: int
    end: int
    hall: int


def pairs(ground: Ground, stands: Sequence[Stand], only: int | None) -> Iterator[tuple[Stand, Conflict]]:
    """Every rule that two of the sessions (in order of start) break; `only`: pairs with this session."""
    at = {one.item.index: one for one in stands}
    yield from _rooms(ground, stands, only)
    reach = max(ground.ways.values(), default=0)
    for stream in ground.streams:
        for first, second in _near(present(at, stream.items), max(stream.pause, reach), only):
            yield from _in_stream(ground, stream, first, second)
    for group in ground.aparts:
        for first, second in _near(present(at, group), 0, only):
            yield first, two("apart", first, second, when=_both(ground, first, second))
    yield from _ordered(ground, at, only)
    yield from _one_day(ground, at, only)


def present(at: Mapping[int, Stand], items: Sequence[int]) -> list[Stand]:
    """Those of the sessions that are placed, in order of start."""
    return sorted((at[i] for i in items if i in at), key=lambda one: (one.start, one.end, one.item.index))


def _rooms(ground: Ground, stands: Sequence[Stand], only: int | None) -> Iterator[tuple[Stand, Conflict]]:
    used: dict[int, list[Stand]] = defaultdict(list)
    for one in stands:
        used[one.hall].append(one)
    for hall, inside in used.items():
        for first, second in _near(inside, 0, only):
            when = _both(ground, first, second)
            yield first, two("room_overlap", first, second, room=ground.halls[hall].name, when=when)


def _near(stands: Sequence[Stand], pause: int, only: int | None) -> Iterator[tuple[Stand, Stand]]:
    """Pairs of which the second starts less than `pause` after the end of the first (0: they overlap)."""
    open_ones: list[Stand] = []
    for one in stands:
        open_ones = [other for other in open_ones if one.start < other.end + pause]
        for other in open_ones:
            if only is None or only in (one.item.index, other.item.index):
                yield other, one
        open_ones.append(one)


def two(code: str, first: Stand, second: Stand, **params: Param) -> Conflict:
    """A conflict of two; the later moves, unless it is pinned and the earlier is not."""
    move = first if second.item.pinned is not None and first.item.pinned is None else second
    told = say(code, a=first.item.name, b=second.item.name, **params)
    return Conflict((first.item.id, second.item.id), move.item.id, told)


def _both(ground: Ground, first: Stand, second: Stand) -> str:
    """The time that two sessions share."""
    return shown(ground.clock, max(first.start, second.start), min(first.end, second.end))


def _in_stream(ground: Ground, stream: Stream, first: Stand, second: Stand) -> Iterator[tuple[Stand, Conflict]]:
    left, way = second.start - first.end, ground.way(first.hall, second.hall)
    if left < 0:
        when = _both(ground, first, second)
        yield first, two(f"{stream.kind}_overlap", first, second, name=stream.name, when=when)
    elif left < stream.pause:
        yield first, two(f"{stream.kind}_pause", first, second, name=stream.name, left=left, needed=stream.pause)
    elif left < way:
        yield first, two(f"{stream.kind}_travel", first, second, name=stream.name, left=left, needed=way)


def _ordered(ground: Ground, at: Mapping[int, Stand], only: int | None) -> Iterator[tuple[Stand, Conflict]]:
    for chain in ground.chains:
        first, second = at.get(chain.before), at.get(chain.after)
        if first and second and (only is None or only in (chain.before, chain.after)):
            for conflict in _order(ground, chain, first, second):
                yield min(first, second, key=lambda one: one.start), conflict


def _order(ground: Ground, chain: Chain, first: Stand, second: Stand) -> Iterator[Conflict]:
    rule, left = chain.rule, second.start - first.end
    if left < 0:
        yield two("order", first, second)
        return
    if left < rule.gap:
        yield two("gap_short", first, second, left=left, needed=rule.gap)
    if rule.most is not None and left > rule.most:
        yield two("gap_long", first, second, left=left, needed=rule.most)
    days = (ground.clock.day(second.start) - ground.clock.day(first.start)).days
    if days < rule.days:
        yield two("homework", first, second, left=days, needed=rule.days)


def _one_day(ground: Ground, at: Mapping[int, Stand], only: int | None) -> Iterator[tuple[Stand, Conflict]]:
    clock = ground.clock
    for group in ground.same_days:
        found = present(at, group)
        for second in found[1:]:
            first = found[0]
            if clock.day(first.start) != clock.day(second.start) and (only is None or only in group):
                when, other = (shown(clock, one.start, one.end) for one in (first, second))
                yield first, two("same_day", first, second, when=when, other=other)
