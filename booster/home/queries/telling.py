"""The timeline as people read it: by day, many alike drawn together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from booster.chronicle.queries import Line
from booster.kit.times import local_day

DAYS_SHOWN = 14
ALIKE = 4  # so many facts of one kind by one person on one day, or more, are told as one


@dataclass(frozen=True, slots=True)
class Told:
    """One line; ``more`` holds the sentences of those drawn together with it."""

    line: Line
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayTold:
    on: date
    lines: list[Told]


def timeline_days(lines: Sequence[Line], zone: str) -> list[DayTold]:
    """The newest day first. No query."""
    days = groupby(lines, key=lambda line: local_day(line.at, zone))
    return [DayTold(on, _drawn_together(of_day)) for on, of_day in days]


def _drawn_together(lines: Iterable[Line]) -> list[Told]:
    told: list[Told] = []
    for _alike, run in groupby(lines, key=lambda line: (line.kind, line.actor)):
        found = list(run)
        if len(found) < ALIKE:
            told += [Told(line) for line in found]
        else:
            told.append(Told(found[0], tuple(line.sentence for line in found[1:])))
    return told
