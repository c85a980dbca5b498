"""The aims one after the other: floor, requests of both, total, smallest total, lots. Needs scipy; imported lazily."""

from dataclasses import dataclass, replace

import numpy as np

from booster.craft.meetings.answer import Code
from booster.craft.meetings.ground import Ground
from booster.craft.meetings.pairing import (
    NoPlan,
    OutOfEffort,
    Question,
    Row,
    Settled,
    maximise,
    smallest,
    totals,
)
from booster.craft.working import Watch, tell

NOUGHT = 1 << 26
CODES: tuple[Code, ...] = ("floor", "requests", "total", "smallest")


@dataclass(frozen=True, slots=True)
class Aim:
    """A level in whole units: `floor` counts what lacks (less is better), the others more."""

    code: Code
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Pairing:
    """`chosen` per pair. `question`: with all levels as rows. `unique`: no other choice is as good after the lots."""

    chosen: np.ndarray
    aims: tuple[Aim, ...]
    question: Question
    unique: bool


def question_of(ground: Ground) -> Question:
    """The floors without any lack. A floor never asks for more meetings than there are people to meet."""
    size, count = len(ground.people), len(ground.one)
    ends = np.concatenate([ground.one, ground.other])
    partners = np.bincount(ends, minlength=size)
    cap = np.minimum(ground.there.sum(axis=1), partners)
    crowd = ground.there.sum(axis=0) // 2
    rows = []
    if 2 * crowd.sum() < cap.sum():  # somebody is over in a round; where nobody is, the row only slows the solver
        rows.append(Row(np.ones(count, dtype=np.int64), -np.inf, float(crowd.sum())))
    if ground.tables is not None:
        seats = float(np.minimum(ground.tables, crowd).sum())
        rows.append(Row(ground.tabled.astype(np.int64), -np.inf, seats))
    return Question(
        size=size,
        one=ground.one,
        other=ground.other,
        cap=cap,
        floor=np.maximum(cap - ground.problem.spare, 0),
        lack=0,
        keep=np.ones(count, dtype=bool),
        sure=np.zeros(count, dtype=bool),
        value=ground.worth,
        rows=tuple(rows),
    )


def settle(ground: Ground, effort: float, watch: Watch, question: Question | None = None) -> Pairing:
    """The best pairs, rounds left aside. OutOfEffort when nothing at all was found."""
    question = question or question_of(ground)
    if not question.keep.any():
        nothing = (Aim("floor", 0, 0), Aim("total", 0, 0), Aim("smallest", 0, 0))
        return Pairing(question.keep, nothing, question, unique=True)
    question, aims, settled = reach(ground, question, effort, watch)
    tell(watch, "smallest", 2)
    least, top, found = smallest(question, effort)
    own = least_total(question, settled.chosen)
    chosen = found if found is not None and least >= own else settled.chosen
    aims.append(Aim("smallest", max(least, own), max(top, own)))
    question = replace(question, least=max(least, own))
    tell(watch, "lots", 3)
    chosen, unique = _drawn(question, ground, chosen, effort)
    return Pairing(chosen, tuple(aims), question, unique)


def reach(ground: Ground, question: Question, effort: float, watch: Watch) -> tuple[Question, list[Aim], Settled]:
    """The first three aims, and the question in which they hold. NoPlan, OutOfEffort."""
    tell(watch, "floor", 0)
    question, aims, settled = _floor(question, ground, effort)
    tell(watch, "total", 1)
    if (ground.asked == 2).any():
        settled = maximise(question, (ground.asked == 2).astype(np.int64), effort)
        aims.append(Aim("requests", settled.value, settled.bound))
        question = _held(question, (ground.asked == 2).astype(np.int64), settled)
        settled = None
    settled = settled or maximise(question, ground.worth, effort)
    aims.append(Aim("total", settled.value, settled.bound))
    return _held(question, ground.worth, settled), aims, settled


def loosest(ground: Ground, question: Question) -> dict[Code, int]:
    """Bounds that hold for every plan whatever it reaches: each person's best meetings, rounds left aside."""
    table = np.zeros((question.size, question.size), dtype=np.int64)
    table[ground.one, ground.other] = table[ground.other, ground.one] = ground.worth
    table.sort(axis=1)
    best = [int(row[len(row) - cap :].sum()) for row, cap in zip(table, question.cap, strict=True)]
    most = [one for one, cap in zip(best, question.cap, strict=True) if cap]
    return {
        "floor": 0,
        "requests": int((ground.asked == 2).sum()),
        "total": sum(best) // 2,
        "smallest": min(most, default=0),
    }


def open_aims(ground: Ground, question: Question) -> tuple[Aim, ...]:
    """The aims before anything is known: nothing reached, the loosest bounds."""
    bounds = loosest(ground, question)
    if not bounds["requests"]:
        del bounds["requests"]
    return tuple(Aim(code, 0, bounds[code]) for code in CODES if code in bounds)


def least_total(question: Question, chosen: np.ndarray) -> int:
    """The smallest total of a person who can meet anybody; 0 when there is none."""
    own = totals(question, chosen)[question.cap > 0]
    return int(own.min()) if len(own) else 0


def _floor(question: Question, ground: Ground, effort: float) -> tuple[Question, list[Aim], Settled | None]:
    """Nobody lacks anything, where that is possible; else the most that one lacks, then the sum, as small as can be."""
    nothing = np.zeros(len(ground.one), dtype=np.int64)
    first = nothing if (ground.asked == 2).any() else ground.worth
    try:
        settled = maximise(question, first, effort)
    except NoPlan:
        pass
    else:
        return question, [Aim("floor", 0, 0)], None if first is nothing else settled
    for lack in range(1, int(question.floor.max(initial=0)) + 1):
        try:
            maximise(replace(question, floor=np.maximum(question.floor - lack, 0)), nothing, effort)
        except NoPlan:
            continue
        break
    else:
        raise NoPlan
    question = replace(question, lack=lack)
    settled = maximise(question, nothing, effort, lacking=-1)
    row = Row(nothing, float(settled.value), np.inf, lack=-1.0)
    question = replace(question, rows=(*question.rows, row))
    return question, [Aim("floor", -settled.value, -settled.bound)], None


def _held(question: Question, worth: np.ndarray, settled: Settled) -> Question:
    row = Row(worth, settled.value - 0.5, np.inf)
    return replace(question, rows=(*question.rows, row), keep=settled.keep, sure=settled.sure)


def _drawn(question: Question, ground: Ground, chosen: np.ndarray, effort: float) -> tuple[np.ndarray, bool]:
    """Among the pairs that are as good, fewest meetings worth nothing, then most lots."""
    lots = np.zeros(len(ground.one), dtype=np.int64)
    open_ = np.flatnonzero(question.keep)
    lots[open_] = ground.lots(open_) - np.where(ground.worth[open_] == 0, NOUGHT, 0)
    try:
        settled = maximise(question, lots, effort)
    except (NoPlan, OutOfEffort):  # nothing within the tolerances: what is in hand stands
        return chosen, False
    if settled.bound > settled.value:
        return settled.chosen, False
    sign = np.where(settled.chosen, -1, 1)
    other = Row(sign, 0.5 - int(settled.chosen.sum()), np.inf)
    narrow = _held(question, lots, settled)
    try:
        maximise(replace(narrow, rows=(*narrow.rows, other)), np.zeros(len(lots), dtype=np.int64), effort)
    except NoPlan:
        return settled.chosen, True
    except OutOfEffort:
        pass
    return settled.chosen, False
