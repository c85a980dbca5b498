"""Which options nobody can object to (Pareto front), and how a weighted ranking turns when weights change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from operator import ge
from typing import Literal

Aim = Literal["most", "least"]
EPSILON = 1e-9
SENTENCES = {
    "nothing": "There is nothing to rank.",
    "always_first": "{first} comes first whatever the weight of any one criterion.",
    "exceeds": "{winner} overtakes {loser} when the weight of {criterion} exceeds {percent} %.",
    "falls_below": "{winner} overtakes {loser} when the weight of {criterion} falls below {percent} %.",
    "first_exceeds": "{first} comes first. {winner} overtakes {loser} when the weight of {criterion} exceeds "
    "{percent} %.",
    "first_falls_below": "{first} comes first. {winner} overtakes {loser} when the weight of {criterion} falls below "
    "{percent} %.",
}


@dataclass(frozen=True, slots=True)
class Front:
    """`ids`: options that no other beats in one thing without losing in another, in input order. `beaten`: each other
    option and those that are at least as good in everything and better in something.
    """

    ids: tuple[str, ...]
    beaten: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Turn:
    """At `weight` (0 to 1, share of all weights) of `criterion` the first place goes from `before` to `after`, when the
    other weights keep their proportions. `rising`: True when it happens above the present weight, False below.
    """

    criterion: str
    weight: float
    before: str
    after: str
    rising: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """`order`: best first, equals by id. `values`: 0 to 1 per option. `parts`: option to criterion to what it gives.

    Each criterion is stretched so that the best option has 1 and the worst 0 (all equal: 1). `turns`: what would change
    the first place, the smallest change of weight first. `sentence`: the first place and the nearest turn.
    """

    order: tuple[str, ...]
    values: Mapping[str, float]
    parts: Mapping[str, Mapping[str, float]]
    turns: tuple[Turn, ...]
    sentence: str


def front(options: Mapping[str, Mapping[str, float]], aims: Mapping[str, Aim]) -> Front:
    """Compare options (id to criterion to figure). Equal options are both on the front. Cost: pairs times criteria.

    ValueError names an option that lacks a criterion or has a figure that is not finite.
    """
    table = _table(options, aims)
    beaten = {}
    for name, own in table.items():
        rivals = tuple(other for other, figures in table.items() if _beats(figures, own))
        if rivals:
            beaten[name] = rivals
    return Front(tuple(name for name in table if name not in beaten), beaten)


def ranking(
    options: Mapping[str, Mapping[str, float]], aims: Mapping[str, Aim], weights: Mapping[str, float]
) -> Ranking:
    """Weighted sum over the criteria of `aims`, and how far each weight may move before another option comes first.

    `weights`: 0 or more per criterion, in any unit; only their proportions count. ValueError as `front`, and for
    weights that are missing, negative or all 0. The stretch to 0..1 depends on the options: adding one can turn others.
    """
    table = _table(options, aims)
    shares = _shares(aims, weights)
    scaled = _scaled(table, aims)
    parts = {name: {one: shares[one] * scaled[name][one] for one in aims} for name in table}
    values = {name: sum(own.values()) for name, own in parts.items()}
    order = tuple(sorted(table, key=lambda name: (-round(values[name], 9), name)))
    turns = [turn for one in aims for turn in _turns(one, scaled, shares)] if len(table) > 1 else []
    turns.sort(key=lambda turn: (abs(turn.weight - shares[turn.criterion]), turn.criterion))
    return Ranking(order, values, parts, tuple(turns), _told(order, turns))


def _told(order: Sequence[str], turns: Sequence[Turn]) -> str:
    if not order:
        return SENTENCES["nothing"]
    if not turns:
        return SENTENCES["always_first"].format(first=order[0])
    one = turns[0]
    sentence = SENTENCES["first_exceeds" if one.rising else "first_falls_below"]
    return sentence.format(first=order[0], **_gaps(one.criterion, one.weight, one.before, one.after))


def _table(options: Mapping[str, Mapping[str, float]], aims: Mapping[str, Aim]) -> dict[str, list[float]]:
    """Figures in the order of the aims, turned so that more is better."""
    table = {}
    for name, figures in options.items():
        for one in aims:
            if one not in figures or figures[one] is None or not isfinite(figures[one]):
                raise ValueError(f"{name} has no figure for {one}.")
        table[name] = [figures[one] if aim == "most" else -figures[one] for one, aim in aims.items()]
    return table


def _beats(one: Sequence[float], other: Sequence[float]) -> bool:
    return one != other and all(map(ge, one, other))


def _shares(aims: Mapping[str, Aim], weights: Mapping[str, float]) -> dict[str, float]:
    for one in aims:
        weight = weights.get(one)
        if weight is None or not isfinite(weight) or weight < 0:
            raise ValueError(f"The weight of {one} must be a number of 0 or more.")
    total = sum(weights[one] for one in aims)
    if total <= 0:
        raise ValueError("At least one weight must be above 0.")
    return {one: weights[one] / total for one in aims}


def _scaled(table: Mapping[str, Sequence[float]], aims: Mapping[str, Aim]) -> dict[str, dict[str, float]]:
    columns = list(zip(*table.values(), strict=True))
    ends = [(min(column), max(column)) for column in columns]
    return {
        name: {
            one: (figure - low) / (high - low) if high > low else 1.0
            for one, figure, (low, high) in zip(aims, figures, ends, strict=True)
        }
        for name, figures in table.items()
    }


def _turns(criterion: str, scaled: Mapping[str, Mapping[str, float]], shares: Mapping[str, float]) -> list[Turn]:
    """The corners of the upper envelope of lines value(weight) = rest + weight * (own - rest)."""
    rest_share = 1 - shares[criterion]
    if rest_share <= EPSILON:
        return []
    lines = {}
    for name, own in scaled.items():
        rest = sum(shares[one] * own[one] for one in shares if one != criterion) / rest_share
        lines[name] = (rest, own[criterion])
    name = min(lines, key=lambda one: (-round(lines[one][0], 9), one))
    turns = []
    while following := _next(lines, name):
        weight, after = following
        turns.append(_turn(criterion, weight, name, after, weight >= shares[criterion]))
        name = after
    return turns


def _next(lines: Mapping[str, tuple[float, float]], leader: str) -> tuple[float, str] | None:
    """Where the leader's line is first crossed by a steeper one, and by which; the steepest where several meet."""
    start, end = lines[leader]
    crossings = []
    for name, (start_, end_) in lines.items():
        steeper = (end_ - start_) - (end - start)
        if steeper > EPSILON and (start - start_) / steeper < 1 - EPSILON:
            crossings.append((round((start - start_) / steeper, 9), -steeper, name))
    if not crossings:
        return None
    weight, _, name = min(crossings)
    return max(0.0, weight), name


def _turn(criterion: str, weight: float, before: str, after: str, rising: bool) -> Turn:
    if not rising:
        before, after = after, before
    sentence = SENTENCES["exceeds" if rising else "falls_below"].format(**_gaps(criterion, weight, before, after))
    return Turn(criterion, weight, before, after, rising, sentence)


def _gaps(criterion: str, weight: float, before: str, after: str) -> dict[str, str]:
    return {"winner": after, "loser": before, "criterion": criterion, "percent": f"{100 * weight:.0f}"}
