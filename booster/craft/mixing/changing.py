"""Late changes: the published groups stay; absentees leave, newcomers take free places, and as few move as can be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from booster.craft.mixing.answer import Mixing, Plan
from booster.craft.mixing.clash import checked
from booster.craft.mixing.counts import Tables, meetings_of, rank_of
from booster.craft.mixing.forming import search
from booster.craft.mixing.ground import Ground, Ints
from booster.craft.mixing.leading import lead
from booster.craft.mixing.problem import BadProblem, Problem
from booster.craft.mixing.repairing import Desk, exchanged, repaired
from booster.craft.mixing.telling import told
from booster.craft.mixing.words import refusal, say
from booster.craft.working import Watch, tell, unwatched

COMBINATIONS = 5000  # of a newcomer's free places over all sessions, tried out one by one


def replan(
    problem: Problem, plan: Plan, again: Collection[str] = (), effort: float = 2.0, watch: Watch = unwatched
) -> Mixing:
    """Change a published plan as little as the question, as it is now, allows.

    `problem`: with today's people and absences, the sessions to come, and as history the groups that really sat
    together. `plan`: as published; its sessions that are not in the question are passed over. In every session the
    fewest people change groups, then the fewest pairs meet again; who takes a free place as a newcomer is not counted.
    `again`: ids of sessions to form anew around the others, where that joins more pairs than what is published.

    Raises what `mix` raises. Cost: milliseconds when nobody has to move, below a second for two moves of 40 people;
    imports OR-Tools only for a session that needs more than two moves, `effort` for sessions formed anew.
    """
    tell(watch, "checks", 0)
    ground, who = checked(problem, plan)
    unknown = sorted({*again} - {hour.session.id for hour in ground.hours})
    if unknown:
        raise BadProblem(f"There is no session {unknown[0]!r}.", unknown[0])
    published = _published(ground, plan)
    tables = _kept(ground, published, effort, watch)
    if again:
        tables = _formed_anew(ground, tables, again, effort, watch)
    leaders = lead(ground, tables, who, problem.seed, plan)
    return told(ground, tables, (who, leaders), "kept", _moved(ground, published, tables))


Places = list[dict[int, int]]  # session: person to group


def _published(ground: Ground, plan: Plan) -> Places:
    """Where people who are still present were to sit. A session or group that is not in the plan is empty."""
    given = {one.session: one for one in plan}
    places: Places = []
    for hour in ground.hours:
        line: dict[int, int] = {}
        number = {group.id: place for place, group in enumerate(hour.session.groups)}
        for group in given[hour.session.id].groups if hour.session.id in given else ():
            for one in group.people:
                row = ground.index.get(one)
                if row is not None and hour.present[row] and group.group in number:
                    line[row] = number[group.group]
        places.append(line)
    return places


def _kept(ground: Ground, published: Places, effort: float, watch: Watch) -> Tables:
    """Newcomers seated, and each session mended in turn."""
    tables: Tables = [
        [sorted(row for row, place in line.items() if place == group) for group in range(len(hour.session.groups))]
        for hour, line in zip(ground.hours, published, strict=True)
    ]
    for row in range(ground.size):
        turns = [t for t, hour in enumerate(ground.hours) if hour.present[row] and row not in published[t]]
        if turns:
            _welcome(ground, tables, row, turns)
    for turn, line in enumerate(published):
        tell(watch, "sessions", turn, len(tables))
        tables[turn] = _mended(ground, tables, turn, line, effort)
    return tables


def _welcome(ground: Ground, tables: Tables, row: int, turns: Sequence[int]) -> None:
    """Seat a newcomer in all sessions at once, so that they meet the most people whom they do not know."""
    options = [_free_places(ground, tables, turn, row) for turn in turns]
    met = ground.history[row] + meetings_of(ground, tables)[row]
    while np.prod([len(one) for one in options], dtype=np.int64) > COMBINATIONS:
        options[max(range(len(options)), key=lambda one: (len(options[one]), one))].pop()
    choice = min(product(*options), key=lambda one: _repeats(tables, turns, one, met))
    for turn, place in zip(turns, choice, strict=True):
        tables[turn][place] = sorted([*tables[turn][place], row])


def _repeats(tables: Tables, turns: Sequence[int], choice: Sequence[int], met: Ints) -> int:
    seen = met.copy()
    for turn, place in zip(turns, choice, strict=True):
        seen[tables[turn][place]] += 1
    return int(np.maximum(seen - 1, 0).sum())


def _free_places(ground: Ground, tables: Tables, turn: int, row: int) -> list[int]:
    """Groups a newcomer may join, best first: with those they must stay with, short of people, with a free place.

    When every group is full the smallest open ones, from which somebody then has to move.
    """
    hour, groups = ground.hours[turn], tables[turn]
    mates = {one for chain in hour.chains if row in chain for one in chain}
    sizes = [len(members) for members in groups]
    suits = [place for place in range(len(groups)) if hour.open[row, place]]
    suits.sort(key=lambda place: (sizes[place] - int(hour.low[place]), place))
    with_mates = [place for place in suits if mates & {*groups[place]}]
    apart = [place for place in suits if not hour.apart[row, groups[place]].any()]
    free = [place for place in apart if sizes[place] < hour.high[place]]
    short = [place for place in free if sizes[place] < hour.low[place]]
    for best in (with_mates, short, free, apart):
        if best:
            return best
    return suits


def _mended(ground: Ground, tables: Tables, turn: int, line: Mapping[int, int], effort: float) -> list[list[int]]:
    hour = ground.hours[turn]
    others = ground.history + meetings_of(ground, [*tables[:turn], *tables[turn + 1 :]])
    desk = Desk(hour, [set(members) for members in tables[turn]], others)
    moves = repaired(desk, sorted(line))
    if moves is None:
        return _searched(ground, tables, turn, line, effort)
    for move in moves:
        desk.move(move)
    return [sorted(members) for members in desk.groups]


def _searched(ground: Ground, tables: Tables, turn: int, line: Mapping[int, int], effort: float) -> list[list[int]]:
    """More than two moves: an exhaustive search proves the fewest."""
    from booster.craft.mixing.proving import fewest_moves  # noqa: PLC0415 -- OR-Tools stays out until needed

    hour = ground.hours[turn]
    groups = fewest_moves(hour, line, effort)
    if groups is None:
        raise refusal(say("session", session=hour.session.id))
    others = ground.history + meetings_of(ground, [*tables[:turn], *tables[turn + 1 :]])
    desk = Desk(hour, [set(members) for members in groups], others)
    exchanged(desk, line)
    return [sorted(members) for members in desk.groups]


def _formed_anew(ground: Ground, tables: Tables, again: Collection[str], effort: float, watch: Watch) -> Tables:
    """The named sessions searched for better groups, what happens in the others taken as history."""
    chosen = [turn for turn, hour in enumerate(ground.hours) if hour.session.id in again]
    kept = [groups for turn, groups in enumerate(tables) if turn not in chosen]
    part = replace(
        ground,
        hours=tuple(ground.hours[turn] for turn in chosen),
        history=ground.history + meetings_of(ground, kept),
    )
    now = [tables[turn] for turn in chosen]
    better = search(part, [now], effort, watch)
    if rank_of(part, better)[:2] >= rank_of(part, now)[:2]:
        return tables  # nobody is moved for a lower mixing cost alone
    for turn, groups in zip(chosen, better, strict=True):
        tables[turn] = groups
    return tables


def _moved(ground: Ground, published: Places, tables: Tables) -> dict[str, tuple[str, ...]]:
    """Per session who sits elsewhere than published; newcomers are not counted, nor sessions without any move."""
    moved = {}
    for hour, line, groups in zip(ground.hours, published, tables, strict=True):
        at = {row: place for place, members in enumerate(groups) for row in members}
        ids = tuple(ground.ids[row] for row, place in sorted(line.items()) if at[row] != place)
        if ids:
            moved[hour.session.id] = ids
    return moved
