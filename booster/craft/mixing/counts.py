"""What a plan amounts to, counted anew from the plan. Light: for a web process too."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from booster.craft.mixing.answer import Counts, Plan, Same
from booster.craft.mixing.bounds import least_cost, least_same
from booster.craft.mixing.ground import Ground, Ints, read
from booster.craft.mixing.problem import BadProblem, Problem

Tables = list[list[list[int]]]  # session, group, people as numbers


def count(problem: Problem, plan: Plan) -> Counts:
    """Count a plan. BadProblem when the question is wrong or the plan names somebody unknown. Milliseconds for 40."""
    ground = read(problem)
    return counts_of(ground, tables_of(ground, plan))


def tables_of(ground: Ground, plan: Plan) -> Tables:
    """A plan as numbers, in the order of the question's sessions and groups. BadProblem for unknown or missing ones."""
    given = {one.session: one for one in plan}
    tables: Tables = []
    for hour in ground.hours:
        if hour.session.id not in given:
            raise BadProblem(f"The plan has no session {hour.session.id!r}.", hour.session.id)
        groups = {one.group: one.people for one in given[hour.session.id].groups}
        known = {group.id for group in hour.session.groups}
        for unknown in sorted({*groups} - known):
            raise BadProblem(f"There is no group {unknown!r} in {hour.session.id!r}.", unknown)
        tables.append([_numbers(ground, groups.get(group.id, ())) for group in hour.session.groups])
    return tables


def _numbers(ground: Ground, ids: Sequence[str]) -> list[int]:
    for one in ids:
        if one not in ground.index:
            raise BadProblem(f"There is no person {one!r}.", one)
    return sorted(ground.index[one] for one in ids)


def meetings_of(ground: Ground, tables: Tables) -> Ints:
    """How often two people share a group in these tables, history not counted."""
    counts = np.zeros((ground.size, ground.size), dtype=np.int64)
    for groups in tables:
        for members in groups:
            counts[np.ix_(members, members)] += 1
    np.fill_diagonal(counts, 0)
    return counts


def counts_of(ground: Ground, tables: Tables) -> Counts:
    planned = meetings_of(ground, tables)
    meetings = planned + ground.history
    known = meetings > 0
    upper = np.triu(meetings, 1)
    sizes = [[len(members) for members in groups] for groups in tables]
    partners = known.sum(axis=1)
    unmet = {
        one: tuple(ground.ids[other] for other in np.flatnonzero(~known[row]).tolist() if other != row)
        for row, one in enumerate(ground.ids)
    }
    return Counts(
        ids=ground.ids,
        meetings=tuple(tuple(row) for row in meetings.tolist()),
        distinct=int(known.sum()) // 2,
        twice=int((upper == 2).sum()),
        oftener=int((upper > 2).sum()),
        least_partners=int(partners.min()),
        unmet=unmet,
        mixing=Decimal(int((planned * ground.cost).sum()) // 2).scaleb(-3),
        mixing_bound=Decimal(least_cost(ground, sizes)).scaleb(-3),
        same=tuple(_same(ground, name, planned, sizes) for name in ground.rates),
    )


def _same(ground: Ground, name: str, planned: Ints, sizes: list[list[int]]) -> Same:
    codes = ground.codes[name]
    alike = (codes[:, None] == codes[None, :]) & (codes[:, None] >= 0)
    return Same(name, int((planned * alike).sum()) // 2, least_same(ground, codes, sizes))


def rank_of(ground: Ground, tables: Tables) -> tuple[int, int, int, int]:
    """The order of the question as a tuple, smaller is better: repeats, more than twice, -least partners, cost."""
    planned = meetings_of(ground, tables)
    total = planned + ground.history
    upper = np.triu(total, 1)
    distinct = int((upper > 0).sum())
    least = int((total > 0).sum(axis=1).min())
    return -distinct, int((upper > 2).sum()), -least, int((planned * ground.cost).sum()) // 2
