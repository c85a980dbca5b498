"""Where each session can start, as bits: bit t is minute t times the unit. Whole-number arithmetic only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from math import gcd

from booster.craft.timetable.clock import Span
from booster.craft.timetable.ground import Ground, Item
from booster.craft.timetable.programme import GRID

Mask = int


def erode(mask: Mask, size: int) -> Mask:
    """Bits from which `size` bits in a row are set."""
    done = 1
    while done < size:
        step = min(done, size - done)
        mask &= mask >> step
        done += step
    return mask


def bits(mask: Mask) -> Iterator[int]:
    """The set bits, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def stretches(mask: Mask) -> list[Span]:
    """Runs of set bits, from first to one past the last."""
    found = []
    while mask:
        start = (mask & -mask).bit_length() - 1
        length = (~(mask >> start) & ((mask >> start) + 1)).bit_length() - 1
        found.append((start, start + length))
        mask &= ~(((1 << length) - 1) << start)
    return found


def ones(start: int, end: int) -> Mask:
    """Bits from `start` to `end`, the end excluded."""
    return ((1 << (end - start)) - 1) << start if end > start else 0


@dataclass(frozen=True, slots=True)
class Grid:
    """`starts`: per session and room (in the session's order of rooms) the bits where it may start, alone.

    `unit`: minutes of one bit, 15 or a divisor; starts are multiples of 15 minutes in UTC, or pinned or published.
    """

    ground: Ground
    unit: int
    length: int
    open: Mask
    voices: tuple[Mask, ...]
    halls: tuple[Mask, ...]
    waking: tuple[Mask, ...]
    days: tuple[Mask, ...]
    starts: tuple[tuple[Mask, ...], ...]

    def size(self, item: Item) -> int:
        return item.minutes // self.unit

    def anywhere(self, item: Item) -> Mask:
        """The starts of a session in any room."""
        return reduce(int.__or__, self.starts[item.index], 0)

    def begins(self, item: Item) -> Mask:
        """The starts on the grid, and the pinned or published one."""
        step = GRID // self.unit
        every = sum(1 << t for t in range(0, self.length, step)) if step > 1 else ones(0, self.length)
        for spot in (item.pinned, item.published):
            if spot is not None and spot[0] >= 0:
                every |= 1 << spot[0] // self.unit
        return every

    def alone(self, item: Item, asked: bool = False) -> tuple[Mask, ...]:
        """Per room the starts that keep every rule of one session; `asked`: as if every speaker were always free."""
        free = self.open & self.waking[item.index]
        for voice in () if asked else item.speakers:
            free &= self.voices[voice]
        size, begins = self.size(item), self.begins(item)
        if item.pinned is not None:
            begins = 1 << item.pinned[0] // self.unit if item.pinned[0] >= 0 else 0
        found = (erode(free & self.halls[hall], size) & begins for hall in item.rooms)
        if item.pinned is None:
            return tuple(found)
        return tuple(mask if hall == item.pinned[1] else 0 for mask, hall in zip(found, item.rooms, strict=True))

    def free_for(self, item: Item, voice: int) -> Mask:
        """The starts at which one speaker is free for the whole of a session."""
        return erode(self.voices[voice], self.size(item))

    def wished(self, item: Item, voice: int) -> Mask:
        """The starts at which a session lies within the wishes of one speaker."""
        return erode(self.cover(self.ground.voices[voice].wishes), self.size(item))

    def cover(self, spans: Iterable[Span] | None) -> Mask:
        """The units that lie wholly in one of the spans; None: all."""
        return covered(spans, self.unit, self.length)


def covered(spans: Iterable[Span] | None, unit: int, length: int) -> Mask:
    if spans is None:
        return ones(0, length)
    inner = ((max(0, -(-start // unit)), min(length, end // unit)) for start, end in spans)
    return reduce(int.__or__, (ones(*span) for span in inner), 0)


def lay(ground: Ground) -> Grid:
    """The grid of a programme. Cost: sessions times kinds of rooms, some milliseconds for 200 sessions."""
    unit = _unit(ground)
    length = (ground.days[-1][1] if ground.days else 0) // unit + 1
    every = ones(0, length)

    def cover(spans: Iterable[Span] | None) -> Mask:
        return covered(spans, unit, length)

    shut = (ones(max(0, rest.span[0] // unit), -(-rest.span[1] // unit)) for rest in ground.breaks)
    waking = {zone: cover(spans) for zone, spans in ground.waking.items()}
    awake = (
        reduce(int.__and__, (waking[zone] for _, _, zone in ground.person_zones(item)), every) for item in ground.items
    )
    days: dict[object, Mask] = {}
    for start, end in ground.days:
        # Days that touch are one stretch; each minute belongs to the date it has in the programme's zone.
        for t in range(-(-start // unit), end // unit):
            day = ground.clock.day(t * unit)
            days[day] = days.get(day, 0) | 1 << t
    grid = Grid(
        ground=ground,
        unit=unit,
        length=length,
        open=reduce(lambda free, rest: free & ~rest, shut, cover(ground.days)),
        voices=tuple(cover(voice.spans) for voice in ground.voices),
        halls=tuple(cover(hall.spans) for hall in ground.halls),
        waking=tuple(awake),
        days=tuple(days.get(day, 0) for day in ground.dates),
        starts=(),
    )
    return Grid(
        ground, unit, length, grid.open, grid.voices, grid.halls, grid.waking, grid.days,
        tuple(grid.alone(item) for item in ground.items),
    )  # fmt: skip


def _unit(ground: Ground) -> int:
    spots = (spot[0] for item in ground.items for spot in (item.pinned, item.published) if spot is not None)
    return gcd(GRID, *(item.minutes for item in ground.items), *spots)
