"""What-if without a solver: count a selection as somebody clicks it together. Safe in a web process."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from booster.craft.balance.problem import BadProblem, Candidate, Limit, expand, points_of, score_of, values_of
from booster.craft.balance.standing import carried_values

State = Literal["under", "ok", "at_maximum", "over"]


@dataclass(frozen=True, slots=True)
class TallyLine:
    """One limit on one value, the present count, and how many candidates could count towards it at all."""

    attribute: str
    value: str
    label: str
    minimum: int | None
    maximum: int | None
    count: int
    available: int
    state: State


@dataclass(frozen=True, slots=True)
class Tally:
    """`lines` sorted by attribute and value. `values`: attribute to value to count, unlimited ones too.

    `crowded_units`: organisations with more people than allowed. `total`, `average` in points. `holds`: every limit is
    kept (the number of seats is not looked at).
    """

    size: int
    total: Decimal
    average: Decimal
    lines: tuple[TallyLine, ...]
    values: Mapping[str, Mapping[str, int]]
    crowded_units: tuple[str, ...]
    holds: bool


def tally(
    candidates: Sequence[Candidate],
    ids: Iterable[str],
    limits: Sequence[Limit],
    *,
    per_unit_maximum: int | None = None,
    carried: Mapping[str, Mapping[str, int]] | None = None,
) -> Tally:
    """Count the candidates named by `ids` against the limits. BadProblem for an unknown id. Linear in both.

    `carried`: `carried_values` of all candidates; who gives them need not give more candidates than those named, and
    no limit on "*".
    """
    wanted = set(ids)
    picked = [one for one in candidates if one.id in wanted]
    if len(picked) != len(wanted):
        stray = sorted(wanted - {one.id for one in picked}) or sorted(wanted)
        raise BadProblem(f"{stray[0]!r} is not a candidate, or is there twice.", stray[0])
    lines = _lines(candidates, picked, limits, carried)
    units = Counter(one.unit for one in picked if one.unit)
    most = len(picked) if per_unit_maximum is None else per_unit_maximum
    crowded = sorted(unit for unit, number in units.items() if number > most)
    points = sum(points_of(one) for one in picked)
    return Tally(
        size=len(picked),
        total=score_of(points),
        average=average_of(points, len(picked)),
        lines=lines,
        values=carried_values(picked),
        crowded_units=tuple(crowded),
        holds=not crowded and all(line.state in ("ok", "at_maximum") for line in lines),
    )


def average_of(points: int, size: int) -> Decimal:
    """The mean in points, to a thousandth (half to even); 0 for nobody."""
    return score_of(round(Decimal(points) / size)) if size else Decimal(0)


def _lines(
    candidates: Sequence[Candidate],
    picked: Sequence[Candidate],
    limits: Sequence[Limit],
    carried: Mapping[str, Mapping[str, int]] | None,
) -> tuple[TallyLine, ...]:
    rows = expand(candidates, limits)
    attributes = {row.attribute for row in rows}
    here = {name: Counter(value for one in picked for value in values_of(one, name)) for name in attributes}
    there = carried_values(candidates) if carried is None else carried
    return tuple(
        TallyLine(
            attribute=row.attribute,
            value=row.value,
            label=row.label,
            minimum=row.minimum or None,
            maximum=row.maximum,
            count=here[row.attribute][row.value],
            available=there.get(row.attribute, {}).get(row.value, 0),
            state=_state(here[row.attribute][row.value], row.minimum, row.maximum),
        )
        for row in rows
    )


def _state(count: int, minimum: int, maximum: int | None) -> State:
    if count < minimum:
        return "under"
    if maximum is None or count < maximum:
        return "ok"
    return "at_maximum" if count == maximum else "over"
