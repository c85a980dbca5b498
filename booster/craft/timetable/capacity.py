"""What cannot be, found by arithmetic before any search. Cost: some milliseconds for 200 sessions.

A solver does not see that 29 sessions do not fit into room for 28; counting does. Minutes are counted per stretch
without a break, each filled as well as the lengths allow (a subset sum), so that nothing is called full that is not.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

from booster.craft.timetable.answer import Reason, say
from booster.craft.timetable.grid import Grid, Mask, lay, stretches
from booster.craft.timetable.lonely import circles, lonely, unchained
from booster.craft.timetable.programme import Programme
from booster.craft.timetable.reading import read

MOST_UNIONS = 12  # kinds of rooms up to which pairs of kinds are counted together too


@dataclass(frozen=True, slots=True)
class Shortage:
    """Sessions (indexes) of which at least `drop` must go, or more time be found."""

    items: tuple[int, ...]
    drop: int
    reason: Reason


def overflows(programme: Programme) -> tuple[Reason, ...]:
    """All that arithmetic shows to be impossible: circles, sessions that fit nowhere, chains, minutes and counts.

    An empty answer proves nothing. BadProgramme for wrong data.
    """
    grid = lay(read(programme))
    return tuple(one for _, one in faults(grid))


def faults(grid: Grid) -> list[tuple[str, Reason]]:
    """(kind of clash, reason), gravest kind first."""
    found = [("circle", one) for one in circles(grid.ground)]
    if found:
        return found
    found = [("alone", one) for one in lonely(grid)]
    found += [("capacity", one) for one in unchained(grid)]
    return found + [("capacity", one.reason) for one in shortages(grid)]


def shortages(grid: Grid, asked: bool = False) -> list[Shortage]:
    """Speakers, groups, tracks and rooms with more to do than time; `asked`: as if every speaker were always free."""
    starts = [reduce(int.__or__, grid.alone(item, asked), 0) for item in grid.ground.items]
    cover = [_cover(mask, grid.size(item)) for mask, item in zip(starts, grid.ground.items, strict=True)]
    return [*_streams(grid, cover), *_rooms(grid, cover)]


def _cover(starts: Mask, size: int) -> Mask:
    """Every unit in which the session may run."""
    done, mask = 1, starts
    while done < size:
        step = min(done, size - done)
        mask |= mask << step
        done += step
    return mask


def _streams(grid: Grid, cover: list[Mask]) -> Iterator[Shortage]:
    for stream in grid.ground.streams:
        items = [one for one in stream.items if cover[one]]
        if len(items) < 2:
            continue
        pause = -(-stream.pause // grid.unit)
        time = reduce(int.__or__, (cover[one] for one in items), 0)
        yield from _short(
            grid, items, [end - start + pause for start, end in stretches(time)], pause, stream.kind, stream.name
        )


def _rooms(grid: Grid, cover: list[Mask]) -> Iterator[Shortage]:
    suitable = {item.index: frozenset(item.rooms) for item in grid.ground.items if cover[item.index]}
    sets = sorted(set(suitable.values()), key=sorted)
    unions = {one | other for one, other in combinations(sets, 2)} if len(sets) <= MOST_UNIONS else set()
    for rooms in sorted({*sets, *unions}, key=lambda one: (len(one), sorted(one))):
        items = [one for one, needs in suitable.items() if needs <= rooms]
        time = reduce(int.__or__, (cover[one] for one in items), 0)
        lengths = [end - start for hall in sorted(rooms) for start, end in stretches(time & grid.halls[hall])]
        names = ", ".join(grid.ground.halls[hall].name for hall in sorted(rooms))
        yield from _short(grid, items, lengths, 0, "rooms", names)


def _short(
    grid: Grid, items: Collection[int], lengths: Collection[int], pause: int, kind: str, name: str
) -> Iterator[Shortage]:
    """Too many units for all stretches, or too many sessions of one size and above."""
    sizes = sorted((grid.size(grid.ground.items[one]) + pause for one in items), reverse=True)
    room = sum(_filled(sizes, length) for length in lengths)
    if sum(sizes) > room:
        left, drop = sum(sizes), 0
        while left > room:
            left, drop = left - sizes[drop], drop + 1
        told = say(f"{kind}_full", name=name, needed=sum(sizes) * grid.unit, left=room * grid.unit)
        yield Shortage(tuple(items), drop, told)
        return
    for size in sorted(set(sizes)):
        large = [one for one in items if grid.size(grid.ground.items[one]) + pause >= size]
        most = sum(length // size for length in lengths)
        if len(large) > most:
            minutes = (size - pause) * grid.unit
            told = say(f"{kind}_count", name=name, needed=len(large), size=minutes, left=most)
            yield Shortage(tuple(large), len(large) - most, told)
            return


def _filled(sizes: Collection[int], length: int) -> int:
    """The most units of one stretch that sessions of these sizes can fill."""
    within, reach = (1 << (length + 1)) - 1, 1
    for size in sizes:
        reach |= reach << size & within
    return reach.bit_length() - 1
