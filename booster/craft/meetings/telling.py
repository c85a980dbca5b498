"""From pairs with rounds to the plan that people read: lists, reasons, pauses, what could be argued with."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from booster.craft.meetings.answer import Level, Meeting, Pause, PersonPlan, Plan, Reason, Turn
from booster.craft.meetings.ground import Ground
from booster.craft.meetings.levels import Aim
from booster.craft.meetings.problem import Person
from booster.craft.meetings.wording import listed, say

REASONS = 3


def told(ground: Ground, rounds: Mapping[int, int], aims: Sequence[Aim], unique: bool, dropped: Sequence[int]) -> Plan:
    """`rounds`: pair to round (from 0). Cost: meetings times tags, and people times rounds."""
    meetings = _meetings(ground, rounds)
    people = _people(ground, meetings)
    pairs = [tuple(sorted((ground.ids[ground.one[pair]], ground.ids[ground.other[pair]]))) for pair in dropped]
    notes = [say("dropped", one=one, other=other) for one, other in pairs]
    lonely = np.bincount(np.concatenate([ground.one, ground.other]), minlength=len(ground.people)) == 0
    notes += [say("isolated", id=ground.ids[place]) for place in np.flatnonzero(lonely)]
    return Plan(
        meetings=meetings,
        people=people,
        levels=tuple(_level(ground, aim) for aim in aims),
        dropped=tuple((one, other) for one, other in pairs),
        unsettled=_unsettled(ground, rounds),
        unique=unique,
        notes=tuple(notes),
        sentence=_summary(ground, people, len(meetings)),
    )


def reasons_for(ground: Ground, place: int, other: int) -> tuple[Reason, ...]:
    """Why the person at `place` meets the one at `other`: requests first, then tags by weight, three at most."""
    me, them = ground.people[place], ground.people[other]
    found = [_asked(ground, me, them)] if _asks(ground, me, them) or _asks(ground, them, me) else []
    links = [(need * offer, 0, tag, need) for tag, need, offer in _links(me, them)]
    links += [(need * offer, 1, tag, need) for tag, need, offer in _links(them, me)]
    for _, side, tag, need in sorted(links, key=lambda one: (-one[0], one[1], one[2])):
        code = ("they_offer_", "they_need_")[side] + _height(need)
        found.append(say(code, other=them.id, tag=tag))
    if not found:
        worth = ground.worth[ground.place[place, other]]
        found = [say("given", affinity=f"{ground.shown(worth):f}")] if worth else [say("to_fill")]
    return tuple(found[:REASONS])


def _asks(ground: Ground, me: Person, them: Person) -> bool:
    return (me.id, them.id) in ground.requests


def _asked(ground: Ground, me: Person, them: Person) -> Reason:
    mine, theirs = _asks(ground, me, them), _asks(ground, them, me)
    if mine and theirs:
        return say("both_asked")
    return say("you_asked") if mine else say("they_asked", other=them.id)


def _links(needing: Person, offering: Person) -> list[tuple[str, Decimal, Decimal]]:
    shared = set(needing.needs) & set(offering.offers)
    return [
        (tag, Decimal(needing.needs[tag]), Decimal(offering.offers[tag]))
        for tag in shared
        if needing.needs[tag] > 0 and offering.offers[tag] > 0
    ]


def _height(weight: Decimal) -> str:
    return "high" if weight >= 3 else "middle" if weight >= 2 else "low"


def _meetings(ground: Ground, rounds: Mapping[int, int]) -> tuple[Meeting, ...]:
    found: list[Meeting] = []
    used: dict[int, int] = {}
    for number, pair in sorted((number, pair) for pair, number in rounds.items()):
        table = None
        if ground.tabled[pair]:
            table = used[number] = used.get(number, 0) + 1
        one, other = ground.ids[ground.one[pair]], ground.ids[ground.other[pair]]
        worth = ground.shown(ground.worth[pair])
        found.append(Meeting(number + 1, one, other, table, worth, int(ground.asked[pair])))
    return tuple(found)


def _people(ground: Ground, meetings: Sequence[Meeting]) -> dict[str, PersonPlan]:
    index = {name: place for place, name in enumerate(ground.ids)}
    turns: dict[str, list[Turn]] = {name: [] for name in ground.ids}
    for one in meetings:
        for me, them in ((one.one, one.other), (one.other, one.one)):
            why = reasons_for(ground, index[me], index[them])
            turns[me].append(Turn(one.round, them, one.table, one.affinity, why))
    busy = np.zeros_like(ground.there)
    tables = [0] * ground.rounds
    for one in meetings:
        busy[[index[one.one], index[one.other]], one.round - 1] = True
        tables[one.round - 1] += one.table is not None
    idle = ground.there & ~busy
    met = {(index[one.one], index[one.other]) for one in meetings}
    met |= {(other, one) for one, other in met}
    return {
        name: _person(ground, place, turns[name], _pauses(ground, place, idle, tables, met))
        for name, place in index.items()
    }


def _pauses(
    ground: Ground, place: int, idle: np.ndarray, tables: Sequence[int], met: set[tuple[int, int]]
) -> tuple[Pause, ...]:
    found = []
    for number in range(ground.rounds):
        if not ground.there[place, number]:
            found.append(Pause(number + 1, say("away", round=number + 1)))
        elif idle[place, number]:
            code = _idle_code(ground, place, number, np.flatnonzero(idle[:, number]), tables, met)
            found.append(Pause(number + 1, say(code, round=number + 1)))
    return tuple(found)


def _idle_code(
    ground: Ground,
    place: int,
    number: int,
    idle: np.ndarray,
    tables: Sequence[int],
    met: set[tuple[int, int]],
) -> str:
    if len(idle) == 1:
        return "odd"
    partners = [one for one in idle if ground.place[place, one] >= 0 and (place, int(one)) not in met]
    if not partners:
        return "nobody_left"
    pairs = ground.place[place, partners]
    if ground.tables is not None and tables[number] >= ground.tables[number] and ground.tabled[pairs].any():
        return "tables"
    return "worthless" if not ground.worth[pairs].any() else "better_elsewhere"


def _person(ground: Ground, place: int, turns: list[Turn], pauses: tuple[Pause, ...]) -> PersonPlan:
    name, present = ground.ids[place], int(ground.there[place].sum())
    total = sum((turn.affinity for turn in turns), Decimal(0))
    sentence = _count(name, present, len(turns), pauses, alone=bool((ground.place[place] < 0).all()))
    return PersonPlan(name, present, tuple(turns), pauses, total, sentence)


def _count(name: str, present: int, met: int, pauses: tuple[Pause, ...], *, alone: bool) -> str:
    if not present:
        return say("count_absent").sentence
    if alone:
        return say("count_nobody").sentence
    missed = [one for one in pauses if one.reason.code != "away"]
    codes = {one.reason.code for one in missed}
    if len(codes) == 1:
        numbers = listed([one.round for one in missed])
        return say(f"count_{codes.pop()}", met=met, present=present, rounds=numbers).sentence
    return say("count_mixed" if codes else "count_full", met=met, present=present).sentence


def _unsettled(ground: Ground, rounds: Mapping[int, int]) -> tuple[tuple[str, str], ...]:
    """Pairs apart who share a round and would both gain by each other, each giving up their own least meeting.

    A person with an idle round gives up nothing. Cost: pairs.
    """
    size = len(ground.people)
    pairs = np.array(sorted(rounds), dtype=np.int64)
    ends = np.concatenate([ground.one[pairs], ground.other[pairs]])
    least = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(least, ends, np.tile(ground.worth[pairs], 2))
    least[np.bincount(ends, minlength=size) < ground.there.sum(axis=1)] = 0
    apart = np.ones(len(ground.one), dtype=bool)
    apart[pairs] = False
    wants = apart & (ground.worth > least[ground.one]) & (ground.worth > least[ground.other])
    return tuple((ground.ids[ground.one[pair]], ground.ids[ground.other[pair]]) for pair in np.flatnonzero(wants))


def _level(ground: Ground, aim: Aim) -> Level:
    if aim.code == "floor":
        return _floor(ground, aim)
    money = aim.code != "requests"
    value, bound = ((ground.shown(one) if money else Decimal(one)) for one in (aim.value, aim.bound))
    proven = aim.value == aim.bound
    percent = f"{100 * (bound - value) / bound:.2f}" if bound else "0.00"
    params = {"value": f"{value:f}", "bound": f"{bound:f}", "percent": percent}
    sentence = say(f"{aim.code}_{'proven' if proven else 'open'}", **params).sentence
    return Level(aim.code, value, bound, proven, sentence)


def _floor(ground: Ground, aim: Aim) -> Level:
    proven = aim.value == aim.bound
    code = _kept(ground) if not aim.value else "floor_lacking" if proven else "floor_open"
    sentence = say(code, spare=ground.problem.spare, lacking=aim.value, bound=aim.bound).sentence
    return Level("floor", Decimal(aim.value), Decimal(aim.bound), proven, sentence)


def _kept(ground: Ground) -> str:
    """The floor never asks for more meetings than there are people to meet; where that counts, it is said."""
    partners = np.bincount(np.concatenate([ground.one, ground.other]), minlength=len(ground.people))
    return "floor_kept_few" if (partners < ground.there.sum(axis=1)).any() else "floor_kept"


def _summary(ground: Ground, people: Mapping[str, PersonPlan], meetings: int) -> str:
    if not meetings:
        return say("plan_none").sentence
    counts = [len(one.turns) for one in people.values()]
    return say(
        "plan",
        meetings=meetings,
        rounds=ground.rounds,
        people=len(people),
        least=min(counts),
        most=max(counts),
    ).sentence
