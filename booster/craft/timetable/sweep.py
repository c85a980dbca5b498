"""Every conflict of a timetable, by one sweep over the sessions in order of start. No solver: for web processes too.

Cost: sessions times (log sessions + sessions that run at the same time). A conflict is reported only where a rule is
truly broken: sessions that touch (one ends when the other begins) do not overlap.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from booster.craft.timetable.answer import Conflict, Param, say
from booster.craft.timetable.clock import Span, merged
from booster.craft.timetable.ground import Ground, Spot, Stream
from booster.craft.timetable.pairs import Stand, pairs, present
from booster.craft.timetable.programme import Frontal
from booster.craft.timetable.single import broken_alone, shown, shown_day


def broken(ground: Ground, spots: Mapping[int, Spot], only: int | None = None) -> list[Conflict]:
    """All conflicts, sorted by time and names. `only`: just those that concern the session with this index."""
    stands = [_stand(ground, place, spot) for place, spot in spots.items()]
    stands.sort(key=lambda one: (one.start, one.end, one.item.index))
    alone = [one for one in stands if only is None or one.item.index == only]
    found = [(one.start, each) for one in alone for each in broken_alone(ground, one.item, (one.start, one.hall))]
    found += [(first.start, each) for first, each in pairs(ground, stands, only)]
    found += [(start, each) for start, each in _many(ground, stands, only)]
    found.sort(key=lambda pair: (pair[0], pair[1].code, pair[1].sessions, pair[1].sentence))
    return [each for _, each in found if only is None or ground.items[only].id in each.sessions]


def _stand(ground: Ground, place: int, spot: Spot) -> Stand:
    item = ground.items[place]
    return Stand(item, spot[0], spot[0] + item.minutes, spot[1])


def _many(ground: Ground, stands: Sequence[Stand], only: int | None) -> Iterator[tuple[int, Conflict]]:
    at = {one.item.index: one for one in stands}
    for stream in ground.streams:
        if stream.kind == "speaker" or (only is not None and only not in stream.items):
            continue
        found = present(at, stream.items)
        yield from _lunches(ground, stream, found)
        for rule in ground.frontals:
            yield from _frontal(ground, stream, rule, found)
    yield from _crowds(ground, stands)


def _lunches(ground: Ground, stream: Stream, found: Sequence[Stand]) -> Iterator[tuple[int, Conflict]]:
    for rule, windows in ground.lunches:
        for window in windows:
            inner = [one for one in found if one.start < window[1] and window[0] < one.end]
            left = longest_free(window, ((one.start, one.end) for one in inner)) if inner else rule.minutes
            if left >= rule.minutes:
                continue
            told = say(
                "lunch",
                name=stream.name,
                needed=rule.minutes,
                left=left,
                start=f"{rule.start:%H:%M}",
                end=f"{rule.end:%H:%M}",
                date=shown_day(ground.clock, window[0]),
                names=_names(inner),
            )
            yield inner[0].start, Conflict(tuple(one.item.id for one in inner), _mover(inner), told)


def longest_free(window: Span, busy: Iterable[Span]) -> int:
    """The longest piece of a window that nothing touches, in minutes."""
    at, best = window[0], 0
    for start, end in merged(busy):
        best = max(best, min(start, window[1]) - at)
        at = max(at, end)
    return max(best, window[1] - at)


def _frontal(ground: Ground, stream: Stream, rule: Frontal, found: Sequence[Stand]) -> Iterator[tuple[int, Conflict]]:
    row: list[Stand] = []
    frontal = [one for one in found if one.item.session.kind in rule.kinds]
    for one in [*frontal, None]:
        if row and (one is None or one.start - row[-1].end >= rule.pause):
            total = sum(each.item.minutes for each in row)
            if total > rule.minutes:
                params: dict[str, Param] = {
                    "name": stream.name,
                    "left": total,
                    "needed": rule.minutes,
                    "names": _names(row),
                }
                when = shown(ground.clock, row[0].start, row[-1].end)
                told = say("frontal", **params, when=when, b=row[-1].item.name)
                yield row[0].start, Conflict(tuple(each.item.id for each in row), _mover(row), told)
            row = []
        if one is not None:
            row.append(one)


def _crowds(ground: Ground, stands: Sequence[Stand]) -> Iterator[tuple[int, Conflict]]:
    if ground.crowd is None:
        return
    open_ones: list[Stand] = []
    for one in stands:
        open_ones = [other for other in open_ones if one.start < other.end] + [one]
        total = sum(other.item.session.audience for other in open_ones)
        if total > ground.crowd and one.item.session.audience:
            when = shown(ground.clock, one.start, min(other.end for other in open_ones))
            params: dict[str, Param] = {
                "left": total,
                "needed": ground.crowd,
                "names": _names(open_ones),
                "b": one.item.name,
            }
            ids = tuple(other.item.id for other in open_ones)
            yield one.start, Conflict(ids, _mover(open_ones), say("crowd", **params, when=when))


def _names(stands: Sequence[Stand]) -> str:
    return ", ".join(f"'{one.item.name}'" for one in stands)


def _mover(stands: Sequence[Stand]) -> str:
    free = [one for one in stands if one.item.pinned is None]
    return (free or stands)[-1].item.id
