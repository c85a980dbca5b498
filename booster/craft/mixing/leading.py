"""Who leads which group: a second population with its own rules. They lead the same people as seldom as possible."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from booster.craft.mixing.answer import Plan, Reason
from booster.craft.mixing.counts import Tables
from booster.craft.mixing.dice import Dice
from booster.craft.mixing.ground import Flags, Ground, Hour, Ints, can_sit
from booster.craft.mixing.problem import Facilitator
from booster.craft.mixing.words import names, refuse, say

NEVER = 10**12
CHANGE = 10**10
MEETING = 10**6

Leaders = list[list[int | None]]  # session, group, facilitator as a number


@dataclass(frozen=True, slots=True)
class Lead:
    """The facilitators, sorted by id, and per session which of them (rows) may lead which group (columns)."""

    people: tuple[Facilitator, ...]
    may: tuple[Flags, ...]


def prepared(ground: Ground, plan: Plan = ()) -> tuple[Ground, Lead]:
    """Whom facilitators may lead; those with people to keep apart from are given a group beforehand.

    Their groups are then closed to these people. `plan`: published, kept where it can be.
    Groups that cannot be led stay empty; Infeasible when they are needed.
    """
    people = tuple(sorted(ground.problem.facilitators, key=lambda one: one.id))
    hours, allowed, faults = [], [], []
    for turn, hour in enumerate(ground.hours):
        may = _may(ground, hour, people)
        if hour.session.facilitated:
            wanted = _wanted(hour)
            picky = frozenset(row for row, one in enumerate(people) if one.apart)
            matched = _matching(may, wanted, turn, _published(hour, people, may, plan), picky)
            unled = [group for group in wanted if group not in matched]
            if _missed(hour, unled):
                faults.append(_short(hour, may, wanted))
            hour = _reserved(ground, _closed(hour, unled), people, may, matched)
        hours.append(hour)
        allowed.append(may)
    refuse(faults)
    return replace(ground, hours=tuple(hours)), Lead(people, tuple(allowed))


def _wanted(hour: Hour) -> list[int]:
    """Groups that somebody may join, those that must not stay empty first, then the largest."""
    return sorted(
        (int(one) for one in np.flatnonzero(hour.open.any(axis=0))),
        key=lambda one: (hour.low[one] == 0, -int(hour.high[one]), one),
    )


def _missed(hour: Hour, unled: Sequence[int]) -> bool:
    """Whether groups without a facilitator must have people, or leave too few places to the others."""
    return bool(unled) and bool(hour.low[unled].any() or _closed(hour, unled).high.sum() < hour.present.sum())


def _closed(hour: Hour, groups: Sequence[int]) -> Hour:
    opened, high = hour.open.copy(), hour.high.copy()
    opened[:, groups], high[groups] = False, 0
    return replace(hour, open=opened, high=high)


def _may(ground: Ground, hour: Hour, people: Sequence[Facilitator]) -> Flags:
    seats = {(seat.person, seat.group) for seat in ground.problem.seats if seat.session == hour.session.id}
    fixed = {person for person, _ in seats}
    may = np.zeros((len(people), len(hour.session.groups)), dtype=bool)
    for (row, one), (column, group) in product(enumerate(people), enumerate(hour.session.groups)):
        free = one.id not in fixed or (one.id, group.id) in seats
        may[row, column] = free and hour.session.id not in one.away and can_sit(one, hour.session, group)
    for column, group in enumerate(hour.session.groups):
        settled = [row for row, one in enumerate(people) if (one.id, group.id) in seats and may[row, column]]
        if settled:
            may[[row for row in range(len(people)) if row not in settled], column] = False
    return may


def _published(hour: Hour, people: Sequence[Facilitator], may: Flags, plan: Plan) -> dict[int, int]:
    """Who leads which group in a published plan, as far as they still may."""
    rows = {one.id: row for row, one in enumerate(people)}
    columns = {group.id: place for place, group in enumerate(hour.session.groups)}
    lines = [group for one in plan if one.session == hour.session.id for group in one.groups]
    found: dict[int, int] = {}
    for one in lines:
        column, row = columns.get(one.group), rows.get(one.facilitator or "")
        if column is not None and row is not None and may[row, column]:
            found[column] = row
    return found


def _short(hour: Hour, may: Flags, wanted: Sequence[int]) -> Reason:
    present = int(may.any(axis=1).sum())
    if present < len(wanted):
        return say("few_facilitators", session=hour.session.id, needed=len(wanted), present=present)
    return say("no_facilitator", session=hour.session.id, groups=names([hour.session.groups[one].id for one in wanted]))


def _reserved(ground: Ground, hour: Hour, people: Sequence[Facilitator], may: Flags, matched: dict[int, int]) -> Hour:
    opened = hour.open.copy()
    for row, one in enumerate(people):
        if one.apart and row not in matched.values():
            may[row] = False  # rests: nothing was closed for them
    for group, row in matched.items():
        if people[row].apart:
            may[row] = False
            may[row, group] = True
            opened[[ground.index[one] for one in people[row].apart], group] = False
    return replace(hour, open=opened)


def _matching(
    may: Flags, wanted: Sequence[int], turn: int, start: dict[int, int], picky: frozenset[int]
) -> dict[int, int]:
    """A facilitator for as many groups as can be; `turn` rotates who is tried first, `start` is kept if it can be.

    `picky`: those whose group is closed to somebody; they are tried last.
    """
    taken = {row: group for group, row in start.items() if group in wanted}

    def place(group: int, seen: set[int]) -> bool:
        rows = [int(row) for row in np.flatnonzero(may[:, group])]
        shift = turn % len(rows) if rows else 0
        # who is free goes first
        for row in sorted(rows[shift:] + rows[:shift], key=lambda one: (one in taken, one in picky)):
            if row not in seen:
                seen.add(row)
                if row not in taken or place(taken[row], seen):
                    taken[row] = group
                    return True
        return False

    for group in wanted:
        if group not in taken.values():
            place(group, set())
    return {group: row for row, group in taken.items()}


def lead(ground: Ground, tables: Tables, who: Lead, seed: int, plan: Plan = ()) -> Leaders:
    """A facilitator for every group with people in sessions that have them, None elsewhere.

    Session by session the fewest changes to a published `plan`, then the fewest repeated meetings with people.
    Cost: groups cubed per session.
    """
    met = np.zeros((len(who.people), ground.size), dtype=np.int64)
    dice = Dice(seed, "facilitators")
    leaders: Leaders = []
    for hour, may, groups in zip(ground.hours, who.may, tables, strict=True):
        line: list[int | None] = [None] * len(groups)
        filled = [place for place, members in enumerate(groups) if members]
        if hour.session.facilitated and filled:
            cost = np.full((len(filled), len(who.people)), NEVER, dtype=np.int64)
            lots = (dice.raw(cost.size) % np.uint64(1000)).astype(np.int64).reshape(cost.shape)
            before = _published(hour, who.people, may, plan)
            for row, place in enumerate(filled):
                again = met[:, groups[place]].sum(axis=1) * MEETING
                changed = CHANGE * (np.arange(len(who.people)) != before.get(place, -1))
                cost[row] = np.where(may[:, place], again + lots[row] + changed, NEVER)
            for row, column in enumerate(cheapest(cost)):
                line[filled[row]] = column
                met[column, groups[filled[row]]] += 1
        leaders.append(line)
    return leaders


def cheapest(cost: Ints) -> list[int]:
    """The column of each row in the cheapest assignment, rows at most columns, by shortest augmenting paths."""
    rows, columns = cost.shape
    row_price = np.zeros(rows + 1, dtype=np.int64)
    column_price = np.zeros(columns + 1, dtype=np.int64)
    owner = np.full(columns + 1, -1)
    for row in range(rows):
        owner[columns] = row
        _augment(cost, row_price, column_price, owner)
    found = [0] * rows
    for column in range(columns):
        if owner[column] >= 0:
            found[owner[column]] = column
    return found


def _augment(cost: Ints, row_price: Ints, column_price: Ints, owner: Ints) -> None:
    columns = cost.shape[1]
    least = np.full(columns, 4 * NEVER, dtype=np.int64)
    came = np.full(columns, columns)
    done = np.zeros(columns + 1, dtype=bool)
    here = columns
    while owner[here] >= 0:
        done[here] = True
        row = owner[here]
        slack = cost[row] - row_price[row] - column_price[:columns]
        better = ~done[:columns] & (slack < least)
        least[better], came[better] = slack[better], here
        step = np.where(done[:columns], 8 * NEVER, least)
        following = int(step.argmin())
        change = step[following]
        row_price[owner[done]] += change
        column_price[done] -= change
        least[~done[:columns]] -= change
        here = following
    while here != columns:
        before = int(came[here])
        owner[here] = owner[before]
        here = before
