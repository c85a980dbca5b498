"""A cohort falls into parts that can never meet, such as online and in the room; each is a question of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from booster.craft.mixing.ground import Ground, Hour


@dataclass(frozen=True, slots=True)
class Components:
    """`of_person`: the part each person belongs to, -1 when away. `groups`: how many groups a part has."""

    of_person: tuple[int, ...]
    groups: tuple[int, ...]


def components(hour: Hour) -> Components:
    """Parts of a session between which nobody can change: online and in the room, or languages."""
    kinds, kind_of = np.unique(hour.open, axis=0, return_inverse=True)
    bits = [sum(1 << int(column) for column in np.flatnonzero(line)) for line in kinds]
    masks: list[int] = []
    for mask in sorted(set(bits) - {0}):
        for other in [one for one in masks if one & mask]:
            mask |= other
            masks.remove(other)
        masks.append(mask)
    part_of = [next((place for place, part in enumerate(masks) if part & row), -1) for row in bits]
    places = [part_of[kind] for kind in kind_of.reshape(-1).tolist()]
    return Components(tuple(places), tuple(part.bit_count() for part in masks))


@dataclass(frozen=True, slots=True)
class Part:
    """`rows`: its people in the whole cohort. `columns`: per session, its groups among all."""

    ground: Ground
    rows: tuple[int, ...]
    columns: tuple[tuple[int, ...], ...]

    def of_groups(self, sizes: Sequence[Sequence[int]]) -> list[list[int]]:
        """What belongs to this part of a list per session and group."""
        return [[line[column] for column in columns] for line, columns in zip(sizes, self.columns, strict=True)]


def parts(ground: Ground) -> list[Part]:
    """Parts between which no session lets anybody change, in the order of their first people; often just one."""
    group_of = list(range(ground.size))
    for hour in ground.hours:
        first: dict[int, int] = {}
        for row, component in enumerate(components(hour).of_person):
            if component >= 0:
                old, new = group_of[row], group_of[first.setdefault(component, row)]
                group_of = [new if one == old else one for one in group_of]
    members: dict[int, list[int]] = {}
    for row, group in enumerate(group_of):
        members.setdefault(group, []).append(row)
    if len(members) == 1:
        return [
            Part(ground, tuple(range(ground.size)), tuple(tuple(range(hour.open.shape[1])) for hour in ground.hours))
        ]
    return [_part(ground, rows) for rows in members.values()]


def _part(ground: Ground, rows: list[int]) -> Part:
    columns = tuple(tuple(int(one) for one in np.flatnonzero(hour.open[rows].any(axis=0))) for hour in ground.hours)
    square = np.ix_(rows, rows)
    small = replace(
        ground,
        ids=tuple(ground.ids[row] for row in rows),
        index={ground.ids[row]: place for place, row in enumerate(rows)},
        people=tuple(ground.people[row] for row in rows),
        hours=tuple(_hour(hour, rows, list(line)) for hour, line in zip(ground.hours, columns, strict=True)),
        history=ground.history[square],
        cost=ground.cost[square],
        codes={name: held[rows] for name, held in ground.codes.items()},
        liking=ground.liking[square],
    )
    return Part(small, tuple(rows), columns)


def _hour(hour: Hour, rows: list[int], columns: list[int]) -> Hour:
    number = {row: place for place, row in enumerate(rows)}
    return Hour(
        session=replace(hour.session, groups=[hour.session.groups[column] for column in columns]),
        present=hour.present[rows],
        open=hour.open[np.ix_(rows, columns)],
        low=hour.low[columns],
        high=hour.high[columns],
        apart=hour.apart[np.ix_(rows, rows)],
        chains=tuple(tuple(number[row] for row in chain) for chain in hour.chains if chain[0] in number),
    )
