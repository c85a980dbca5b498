"""From a face to groups with tickets: bands, chances, certificate. Talks to solvers; import it lazily."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np

from booster.craft.balance.fair.columns import Stages
from booster.craft.balance.fair.faces import Counts, Face
from booster.craft.balance.fair.finder import Finder, NoGroup, OutOfEffort, Purse
from booster.craft.balance.fair.levels import Levels, fairest, possible
from booster.craft.balance.fair.mixing import CLOSE, Mixer, Mixture
from booster.craft.balance.fair.tickets import Tickets, ticketed

Method = Literal["relaxation", "columns", "single"]


@dataclass(frozen=True, slots=True)
class Solved:
    """Groups of kinds with tickets. `deviation`: of any chance from the fairest; `proven`: at most a millionth."""

    face: Face
    tickets: Tickets
    method: Method
    proven: bool
    deviation: float


def solved(face: Face, bands: int, purse: Purse) -> tuple[Solved, tuple[int, ...]]:
    """The fair portfolio of a face, and the seats of each band. Raises NoGroup, OutOfEffort, Stopped."""
    first = Finder(face, purse).best([0] * len(face.kinds)).counts
    face, seats, first = banded(face, bands, first, purse)
    purse.answered = True
    try:
        kept = possible(face, purse)
        face, first = face.only(kept), tuple(first[place] for place in kept)
        levels = fairest(face, purse)
    except OutOfEffort:
        return Solved(face, [(first, 1)], "relaxation", False, 1.0), seats
    answer = _by_columns(face, [first], purse) if levels is None else _portfolio(face, levels, first, purse)
    return answer, seats


def banded(face: Face, bands: int, group: Counts, purse: Purse) -> tuple[Face, tuple[int, ...], Counts]:
    """The groups with the most of the top band, among them with the most of the next, and so on; and one of them."""
    seats = []
    for band in range(bands):
        inside = set(face.of_band(band))
        weights = [int(place in inside) for place in range(len(face.kinds))]
        found = Finder(face, purse).best(weights, group).sure()
        group = found.counts
        seats.append(found.value)
        face = face.with_band(band, found.value)
    return face, tuple(seats), group


def _portfolio(face: Face, levels: Levels, first: Counts, purse: Purse) -> Solved:
    groups = [first]
    mixer = Mixer(face, levels.chances, purse)
    try:
        mixture = mixer.mix()
    except NoGroup:
        return _by_columns(face, groups, purse)
    except OutOfEffort:
        return _close(face, mixer.last() or Mixture(groups, np.ones(1), 1.0), levels)
    if not mixture.missed and mixture.deviation <= CLOSE:
        return _close(face, mixture, levels)
    return _by_columns(face, mixture.groups, purse)


def _close(face: Face, mixture: Mixture, levels: Levels) -> Solved:
    return _finished(face, mixture.groups, mixture.weights.tolist(), levels.chances, "relaxation", mixture.deviation)


def _by_columns(face: Face, groups: list[Counts], purse: Purse) -> Solved:
    found = Stages(face, groups, purse).run()
    weights = found.weights.tolist()
    shares = _shares(face, found.groups, [Fraction(one) for one in weights])
    answer = _finished(face, found.groups, weights, shares, "columns", found.deviation)
    proven = found.finished and answer.deviation <= CLOSE
    return Solved(face, answer.tickets, answer.method, proven, answer.deviation)


def _finished(
    face: Face,
    groups: Sequence[Counts],
    weights: Sequence[float],
    wanted: Sequence[Fraction],
    method: Method,
    gap: float,
) -> Solved:
    """Tickets, and how far the chances they give are from those wanted, counted exactly."""
    rounded = [one.limit_denominator(1_000_000) for one in wanted]
    tickets = ticketed(face, groups, weights, wanted if method == "relaxation" else rounded)
    whole = sum(one for _, one in tickets)
    given = _shares(face, [group for group, _ in tickets], [Fraction(one, whole) for _, one in tickets])
    off = max((abs(one - other) for one, other in zip(given, wanted, strict=True)), default=Fraction(0))
    if any(sum(group[place] * one for group, one in tickets) % kind.size for place, kind in enumerate(face.kinds)):
        off += Fraction(1, whole)  # people of one kind are a ticket apart
    deviation = float(off) + (gap if method == "columns" else 0.0)
    single: Method = "single" if len(tickets) == 1 and all(one in (0, 1) for one in given) else method
    return Solved(face, tickets, single, deviation <= CLOSE, deviation)


def _shares(face: Face, groups: Sequence[Counts], weights: Sequence[Fraction]) -> list[Fraction]:
    found = [Fraction(0)] * len(face.kinds)
    for group, weight in zip(groups, weights, strict=True):
        for place, got in enumerate(group):
            if got and weight:
                found[place] += got * weight
    return [one / kind.size for one, kind in zip(found, face.kinds, strict=True)]
