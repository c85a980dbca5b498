"""Form the groups of all sessions: a plan without repeats where one is known, relabelled; else a search."""

from dataclasses import dataclass, replace

import numpy as np

from booster.craft.mixing import tabu
from booster.craft.mixing.answer import Infeasible, Mixing
from booster.craft.mixing.bank import Design, shrunk, variants
from booster.craft.mixing.bounds import ceiling
from booster.craft.mixing.clash import checked, doubt
from booster.craft.mixing.counts import Tables, meetings_of, rank_of
from booster.craft.mixing.dice import Dice
from booster.craft.mixing.fields import Schedule
from booster.craft.mixing.ground import Ground, Hour, Ints, read
from booster.craft.mixing.keeping import faults_of
from booster.craft.mixing.leading import lead
from booster.craft.mixing.parts import parts
from booster.craft.mixing.problem import Problem
from booster.craft.mixing.relabel import relabel
from booster.craft.mixing.seating import even, seat
from booster.craft.mixing.telling import told
from booster.craft.mixing.words import refusal, say
from booster.craft.working import Watch, tell, unwatched

VARIANTS = 12
STARTS = 3


@dataclass(frozen=True, slots=True)
class Formed:
    tables: Tables
    method: str


def mix(problem: Problem, effort: float = 4.0, watch: Watch = unwatched) -> Mixing:
    """Split people into groups, session after session. See `Problem` for what counts, `Mixing` for the answer.

    Raises BadProblem (the question is wrong), Infeasible (no plan keeps the rules), Unsettled (none was found, none
    ruled out), Stopped. `effort`: deterministic seconds. Cost: under a second where a plan without repeats is known,
    else the effort; memory sessions times people squared times 100 bytes.
    """
    tell(watch, "checks", 0)
    ground, who = checked(problem)
    try:
        formed = form(ground, effort, watch)
    except Infeasible as trouble:
        doubt(read(problem), ground, str(trouble.clash.faults[0].params["session"]))
        raise
    leaders = lead(ground, formed.tables, who, problem.seed)
    return told(ground, formed.tables, (who, leaders), formed.method)


def form(ground: Ground, effort: float, watch: Watch) -> Formed:
    """The best tables found, all rules of `ground` kept; part by part where the cohort falls into parts."""
    shares = parts(ground)
    if len(shares) == 1:
        return _form(ground, effort, watch)
    tables: Tables = [[[] for _ in hour.session.groups] for hour in ground.hours]
    methods = set()
    for part in shares:
        formed = _form(part.ground, effort * len(part.rows) / ground.size, watch)
        methods.add(formed.method)
        for line, columns, groups in zip(tables, part.columns, formed.tables, strict=True):
            for column, members in zip(columns, groups, strict=True):
                line[column] = [part.rows[row] for row in members]
    return Formed(tables, methods.pop() if len(methods) == 1 else "search")


def _form(ground: Ground, effort: float, watch: Watch) -> Formed:
    designed = _designed(ground, effort, watch)
    if designed and not _faults(ground, designed.tables) and _complete(ground, designed.tables):
        return designed
    starts = [designed.tables] if designed else _begun(ground, effort, watch)
    searched = search(ground, starts, effort, watch)
    if designed and not _faults(ground, designed.tables):
        return min(designed, Formed(searched, "search"), key=lambda one: rank_of(ground, one.tables))
    return Formed(searched, "search")


def _begun(ground: Ground, effort: float, watch: Watch) -> list[Tables]:
    """A start for more sessions than any known plan has: the longest plan there is, and any groups for the rest."""
    dice = Dice(ground.problem.seed, "begun")
    for count in range(len(ground.hours) - 1, 1, -1):
        known = _designed(replace(ground, hours=ground.hours[:count]), effort / 8, watch)
        if known and not _faults(replace(ground, hours=ground.hours[:count]), known.tables):
            return [[*known.tables, *(_seated(hour, dice) for hour in ground.hours[count:])]]
    return []


def _faults(ground: Ground, tables: Tables) -> bool:
    return next(faults_of(ground, tables), None) is not None


def _complete(ground: Ground, tables: Tables) -> bool:
    sizes = [[len(members) for members in groups] for groups in tables]
    return -rank_of(ground, tables)[0] == ceiling(ground, sizes).pairs


def _designed(ground: Ground, effort: float, watch: Watch) -> Formed | None:
    """The best of several plans without repeats, each relabelled; None when none is known for these numbers."""
    groups = {len(hour.session.groups) for hour in ground.hours}
    if len(groups) != 1 or groups == {0}:
        return None
    (count,) = groups
    dice = Dice(ground.problem.seed, "designs")
    size = -(-ground.size // count)
    price = _label_cost(ground)
    found: list[tuple[bool, tuple[int, ...], int, Tables, str]] = []
    tries = variants(count, size, len(ground.hours), VARIANTS if price.any() else 1, dice)
    rounds = int(effort / 2 / max(len(tries), 1) / _label_seconds(ground.size))
    for number, design in enumerate(tries):
        tables = _labelled(ground, design, price, rounds, dice, watch)
        if tables is not None:
            found.append((_faults(ground, tables), rank_of(ground, tables), number, tables, design.method))
    if not found:
        return None
    _, _, _, tables, method = min(found, key=lambda one: one[:3])
    return Formed(tables, method)


def _label_cost(ground: Ground) -> Ints:
    """What it costs that two people share a group once: rules above all, then whom they know, then mixing.

    Two who are away in the same session rather do not share groups at all, so that no group loses both.
    """
    span = 2 * int(np.abs(ground.cost).max()) * ground.size * len(ground.hours) + 1
    price = ground.cost + span * (ground.history > 0)
    rule = span * 1000
    for hour in ground.hours:
        away = ~hour.present
        seats = hour.open.astype(np.int64)
        single = seats * (seats.sum(axis=1) == 1)[:, None]
        strange = hour.present[:, None] & hour.present[None, :] & (seats @ seats.T == 0)
        price = price + rule * (hour.apart | strange) + span * 30 * (away[:, None] & away[None, :])
        if seats.shape[1] > 1:
            price -= rule * (single @ single.T)  # the same given group, when there are others
        for chain in hour.chains:
            price[np.ix_(chain, chain)] -= rule
    np.fill_diagonal(price, 0)
    return price


def _label_seconds(people: int) -> float:
    return 3e-5 + people**2 * 2e-8 + min(people, 150) ** 3 * 2e-10


def _labelled(ground: Ground, design: Design, price: Ints, rounds: int, dice: Dice, watch: Watch) -> Tables | None:
    schedule = shrunk(design, ground.size)
    if schedule is None:
        return None
    start = np.array(dice.order(ground.size), dtype=np.int64)
    if price.any():
        start = relabel(_meetings(schedule, ground.size), price, start, rounds, dice, watch).person
    return [_placed(ground, hour, session, start, dice) for hour, session in zip(ground.hours, schedule, strict=True)]


def _meetings(schedule: Schedule, points: int) -> Ints:
    counts = np.zeros((points, points), dtype=np.int64)
    for session in schedule:
        for group in session:
            counts[np.ix_(group, group)] += 1
    np.fill_diagonal(counts, 0)
    return counts


def _placed(
    ground: Ground, hour: Hour, session: tuple[tuple[int, ...], ...], person: Ints, dice: Dice
) -> list[list[int]]:
    """Which real group each group of a plan becomes: one that is open to its people, where there is one."""
    blocks = [sorted(int(person[point]) for point in group if hour.present[person[point]]) for group in session]
    groups = range(len(hour.session.groups))
    fits = [
        [
            place
            for place in groups
            if hour.low[place] <= len(block) <= hour.high[place] and hour.open[block, place].all()
        ]
        for block in blocks
    ]
    taken = _matched(fits, dice)
    free = [place for place in groups if place not in taken.values()]
    placed: list[list[int]] = [[] for _ in groups]
    for number, block in enumerate(blocks):
        placed[taken.get(number, -1) if number in taken else free.pop()] = block
    even(hour, placed)
    return placed


def _matched(fits: list[list[int]], dice: Dice) -> dict[int, int]:
    """As many blocks as can be to groups that fit them."""
    owner: dict[int, int] = {}

    def place(block: int, seen: set[int]) -> bool:
        for group in fits[block]:
            if group not in seen:
                seen.add(group)
                if group not in owner or place(owner[group], seen):
                    owner[group] = block
                    return True
        return False

    for block in sorted(range(len(fits)), key=lambda one: (len(fits[one]), one)):
        place(block, set())
    return {block: group for group, block in owner.items()}


def search(ground: Ground, starts: list[Tables], effort: float, watch: Watch) -> Tables:
    """The best of several searches, pairs first, then with the mixing cost. Infeasible or Unsettled without one."""
    dice = Dice(ground.problem.seed, "search")
    mixes = bool(ground.cost.any())
    rounds = _rounds(ground, effort * (0.5 if mixes else 1.0) / (STARTS + len(starts)))
    found: list[tuple[bool, tuple[int, ...], int, Tables]] = []
    for start in [*starts, *(first_plan(ground, dice) for _ in range(STARTS))]:
        tables = _improved(ground, start, rounds, dice, watch, mixing=False)
        if _faults(ground, tables):  # many repeats can outweigh a rule
            tables = start
        found.append((_faults(ground, tables), rank_of(ground, tables), len(found), tables))
        if not found[-1][0] and not mixes and _complete(ground, tables) and rank_of(ground, tables)[1] == 0:
            break
    best = min(found, key=lambda one: one[:3])[-1]
    if not mixes:
        return best
    rounds = _rounds(ground, effort / 2)
    options = [
        best,
        _improved(ground, _relabelled(ground, best, effort / 8, dice, watch), rounds, dice, watch, mixing=True),
    ]
    return min((one for one in options if not _faults(ground, one)), key=lambda one: rank_of(ground, one))


def _relabelled(ground: Ground, tables: Tables, effort: float, dice: Dice, watch: Watch) -> Tables:
    """The same groups with other people in them, where that keeps the rules and is better."""
    rounds = int(effort / _label_seconds(ground.size))
    start = np.arange(ground.size)
    person = relabel(meetings_of(ground, tables), _label_cost(ground), start, rounds, dice, watch).person
    changed = [[sorted(int(person[one]) for one in members) for members in groups] for groups in tables]
    better = not _faults(ground, changed) and rank_of(ground, changed) < rank_of(ground, tables)
    return changed if better else tables


def _improved(ground: Ground, start: Tables, rounds: int, dice: Dice, watch: Watch, mixing: bool) -> Tables:
    board = tabu.Board(ground, start, tabu.prices(ground, start, mixing))
    return tabu.improve(board, rounds, dice, watch)


def _rounds(ground: Ground, effort: float) -> int:
    sessions, people = len(ground.hours), ground.size
    groups = max(len(hour.session.groups) for hour in ground.hours)
    return max(1, int(effort / (4e-5 + sessions * people**2 * (6e-9 + 2e-10 * groups))))


def first_plan(ground: Ground, dice: Dice) -> Tables:
    """Any plan that keeps all rules, session by session. Infeasible or Unsettled when a session has none."""
    return [_seated(hour, dice) for hour in ground.hours]


def _seated(hour: Hour, dice: Dice) -> list[list[int]]:
    groups = seat(hour, dice)
    if groups is None:
        from booster.craft.mixing.proving import seat_or_refuse  # noqa: PLC0415 -- OR-Tools stays out until needed

        groups = seat_or_refuse(hour)
        if groups is None:
            raise refusal(say("session", session=hour.session.id))
        even(hour, groups)
    return groups
