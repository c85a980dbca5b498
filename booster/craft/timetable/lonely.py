"""What is impossible for one session, or for a chain of sessions, whatever the others do."""

from collections.abc import Iterator
from functools import reduce

from booster.craft.timetable.answer import Reason, say
from booster.craft.timetable.grid import Grid, bits, ones, stretches
from booster.craft.timetable.ground import Chain, Ground, Item, suits
from booster.craft.timetable.single import shown

WHY = {
    "room_real": "no room is an online channel",
    "room_online": "the rooms are online channels",
    "room_small": "the rooms are too small",
    "room_lacks": "the rooms lack equipment",
    "room_avoids": "the rooms have what it must avoid",
}


def circles(ground: Ground) -> list[Reason]:
    """Orders that wait for each other, one chain of names per circle."""
    after: dict[int, list[int]] = {}
    for chain in ground.chains:
        after.setdefault(chain.before, []).append(chain.after)
    found, done = [], set[int]()
    for first in sorted(after):
        circle = _circle(after, first, done)
        if circle:
            names = " → ".join(f"'{ground.items[one].name}'" for one in [*circle, circle[0]])
            found.append(say("circle", chain=names))
    return found


def _circle(after: dict[int, list[int]], first: int, done: set[int]) -> list[int]:
    """The first circle that a walk from here meets, among sessions that no earlier walk has seen."""
    way: list[int] = []
    steps = [(first, iter(after.get(first, ())))] if first not in done else []
    while steps:
        here, rest = steps[-1]
        if here not in done:
            done.add(here)
            way.append(here)
        follower = next(rest, None)
        if follower is None:
            steps.pop()
            way.pop()
        elif follower in way:
            return way[way.index(follower) :]
        elif follower not in done:
            steps.append((follower, iter(after.get(follower, ()))))
    return []


def lonely(grid: Grid) -> list[Reason]:
    """One reason per session that fits nowhere even alone; one per speaker without any window."""
    ground, found = grid.ground, []
    gone = [voice for voice, mask in enumerate(grid.voices) if not mask & grid.open]
    for voice in gone:
        items = [item for item in ground.items if voice in item.speakers]
        if items:
            names = ", ".join(f"'{item.name}'" for item in items)
            found.append(say("no_window", speaker=ground.voices[voice].name, names=names))
    for item in ground.items:
        found += list(_too_frontal(ground, item))
        if not grid.anywhere(item) and not set(item.speakers) & set(gone):
            found.append(_why(grid, item))
    return found


def _too_frontal(ground: Ground, item: Item) -> Iterator[Reason]:
    for rule in ground.frontals:
        if item.session.kind in rule.kinds and item.minutes > rule.minutes and (item.session.track or item.groups):
            yield say("frontal_long", a=item.name, needed=item.minutes, left=rule.minutes)


def _why(grid: Grid, item: Item) -> Reason:
    ground = grid.ground
    if not item.rooms:
        codes = sorted({suits(item.session, hall.room) for hall in ground.halls})
        return say("no_room", a=item.name, why="; ".join(WHY[code] for code in codes))
    longest = max((end - start for start, end in stretches(grid.open)), default=0) * grid.unit
    if longest < item.minutes:
        return say("too_long", a=item.name, needed=item.minutes, left=longest)
    if item.pinned is not None:
        at, hall = item.pinned
        when = shown(ground.clock, at, at + item.minutes)
        return say("pinned_wrong", a=item.name, when=when, room=ground.halls[hall].name)
    if not any(grid.alone(item, asked=True)):
        return say("no_start_rooms", a=item.name, needed=item.minutes)
    names = ", ".join(ground.voices[voice].name for voice in item.speakers)
    return say("no_start", a=item.name, needed=item.minutes, names=names)


def unchained(grid: Grid) -> list[Reason]:
    """Chains of orders that find no time: every session as early as the ones before it allow. Needs no circles."""
    ground, found = grid.ground, []
    soonest = {item.index: next(bits(grid.anywhere(item)), None) for item in ground.items}
    behind: dict[int, int] = {}
    moved = True
    while moved:
        moved = False
        for chain in ground.chains:
            first, now = soonest[chain.before], soonest[chain.after]
            if first is None or now is None:
                continue
            least = _least(grid, chain, first)
            if least > now:
                moved = True
                behind[chain.after] = chain.before
                later = grid.anywhere(ground.items[chain.after]) & ~ones(0, least)
                soonest[chain.after] = next(bits(later), None)
                if not later:
                    found.append(_too_long(ground, behind, chain.after))
    return found


def _least(grid: Grid, chain: Chain, first: int) -> int:
    """The first bit at which `after` may start when `before` starts at `first`."""
    least = first + grid.size(grid.ground.items[chain.before]) + -(-chain.rule.gap // grid.unit)
    if not chain.rule.days:
        return least
    day = grid.ground.clock.day(first * grid.unit)
    later = (
        mask for mask, date in zip(grid.days, grid.ground.dates, strict=True) if (date - day).days >= chain.rule.days
    )
    return max(least, next(bits(reduce(int.__or__, later, 0)), grid.length))


def _too_long(ground: Ground, behind: dict[int, int], last: int) -> Reason:
    chain = [last]
    while chain[0] in behind:
        chain.insert(0, behind[chain[0]])
    names = " → ".join(f"'{ground.items[one].name}'" for one in chain)
    return say("chain_long", chain=names, b=ground.items[last].name)
