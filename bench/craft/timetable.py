"""Programmes: first timetable and proven best, fewest moves after a speaker's absence, conflicts, what would help."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from bench.craft.case import Case, Found
from bench.peers.asking import ask
from booster.craft.tests.programmes import SIZES, academy, as_json
from booster.craft.timetable import (
    Impossible,
    Place,
    Programme,
    Proposal,
    Room,
    Session,
    Speaker,
    SpeakerAway,
    Window,
    conflicts,
    overflows,
    propose,
    replan,
)
from booster.craft.working import Step

SEEDS = {"19": (1, 2, 3), "38": (1, 4, 6), "92": (1, 8), "184": (8, 11)}
IMPOSSIBLE = (("38", 2), ("38", 3), ("92", 2), ("92", 3), ("184", 1))
MARKS = {
    ("19", 1): "76b57737ce7130f7",
    ("19", 2): "e4cc728bc8581d5a",
    ("38", 1): "670fed4200bb6ece",
    ("92", 1): "196515ac921f5aa5",
    ("184", 1): "62ad4c965d4aef23",
}
OPTIMAL = {"19": 0.5, "38": 2.0, "92": 20.0}
FIRST = {"92": 2.0, "184": 15.0}
PEER = {
    "19": "prototype 0.01-0.03 s",
    "38": "prototype 0.2-0.6 s",
    "92": "prototype 5.4-8.6 s, first 0.7-0.9 s",
    "184": "prototype: infeasible shown, explained in 6-21 s",
}
QUICK_TALKS = ("18 talks, 30 places",)
TALKS = {"18 talks, 30 places": (18, 6, 5), "36 talks, 60 places": (36, 12, 5), "72 talks, 120 places": (72, 12, 10)}


def cases() -> list[Case]:
    found = []
    for size, seeds in SEEDS.items():
        for seed in seeds:
            head, quick = f"{size} sessions, seed {seed}", size in ("19", "38") and seed == 1
            if size in OPTIMAL:
                prepare = lambda s=size, n=seed: best(s, n)  # noqa: E731 -- a case builds later
                found.append(Case(head, prepare, "P3.1", OPTIMAL[size], PEER[size], quick))
            if size in FIRST:
                prepare = lambda s=size, n=seed: first(s, n)  # noqa: E731
                found.append(Case(f"{head}, first", prepare, "P3.1", FIRST[size], PEER[size]))
            if size in OPTIMAL:
                prepare = lambda s=size, n=seed: again(s, n)  # noqa: E731
                found.append(Case(f"{head}, a speaker away", prepare, "P3.2", 2.0, "prototype 0.02-0.6 s", quick))
                prepare = lambda s=size, n=seed: helped(s, n)  # noqa: E731
                found.append(Case(f"{head}, impossible", prepare, "P3.4", 3.0, "prototype 0.12-0.9 s", quick))
    found.append(Case("conflicts of 184 sessions", clashing, "P3.3", 0.05, "", quick=True))
    found.append(Case("28 sessions too many, by arithmetic", overfull, "P3.4", 0.05, "CP-SAT unknown after 30 s", True))
    for size, seed in IMPOSSIBLE:
        prepare = lambda s=size, n=seed: best(s, n)  # noqa: E731
        limit = 3.0 if size != "184" else None
        found.append(Case(f"{size} sessions, seed {seed}, impossible as drawn", prepare, "P3.4", limit, PEER["184"]))
    return found + [Case(name, lambda name=name: talks(name), "P3", None, "", name in QUICK_TALKS) for name in TALKS]


def programme(size: str, seed: int) -> Programme:
    made = academy(seed, *SIZES[size])
    text = json.dumps(as_json(made), sort_keys=True)
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert MARKS.get((size, seed), mark) == mark, f"another generator: {mark}"
    return made


def stages(found: Proposal) -> tuple[str, str]:
    """The aims but the ties, reached and bound."""
    told = [one for one in found.stages if one.name != "ties"]
    return " ".join(f"{one.name} {one.value}" for one in told if one.value), "/".join(str(one.bound) for one in told)


def outcome(work: Callable[[], Proposal], optimal: bool) -> Found:
    """A proposal, or that none exists and why: on random programmes both are answers, if they are proven."""
    try:
        found = work()
    except Impossible as refusal:
        clash = refusal.clash
        told = f"impossible: {clash.kind}, {len(clash.reliefs)} to ask"
        return Found(told, str(clash.bound), "proven" if clash.proven else "bound", clash.proven or not clash.reliefs)
    reached, bound = stages(found)
    return Found(reached[:40], bound[:14], found.proof.state, not optimal or found.proof.state == "optimal")


def until_found(step: Step) -> bool:
    """A watch that ends the search with its first timetable."""
    return step.best is None


def best(size: str, seed: int) -> Callable[[], Found]:
    question = programme(size, seed)
    return lambda: outcome(lambda: propose(question), True)


def first(size: str, seed: int) -> Callable[[], Found]:
    question = programme(size, seed)

    def work() -> Found:
        found = outcome(lambda: propose(question, watch=until_found), False)
        return replace(found, result=f"first: {found.result}"[:40])

    return work


def again(size: str, seed: int) -> Callable[[], Found]:
    question = programme(size, seed)
    try:
        published = dict(propose(question, effort=5.0).places)
    except Impossible as refusal:
        text = f"impossible before: {refusal.clash.kind}"
        return lambda: Found(text, good=True)
    busiest = min(question.speakers, key=lambda one: (-sum(one.id in s.speakers for s in question.sessions), one.id))
    free = busiest.windows or [Window(date(2026, 3, 2), time(9), time(18))]
    change = SpeakerAway(busiest.id, free[0].date)

    def work() -> Found:
        try:
            found = replan(question, published, [change])
        except Impossible as refusal:
            clash = refusal.clash
            told = f"impossible: {clash.kind}, {len(clash.reliefs)} to ask"
            return Found(told, str(clash.bound), "proven", clash.proven)
        moves = next(one for one in found.stages if one.name == "moves")
        return Found(f"{moves.value} moves", str(moves.bound), "optimal" if moves.proven else "bound", moves.proven)

    return work


def helped(size: str, seed: int) -> Callable[[], Found]:
    """The busiest speaker is never free: somebody must be asked."""
    question = programme(size, seed)
    busiest = min(question.speakers, key=lambda one: (-sum(one.id in s.speakers for s in question.sessions), one.id))
    speakers = [replace(one, windows=()) if one.id == busiest.id else one for one in question.speakers]
    question = replace(question, speakers=speakers)
    return lambda: outcome(lambda: propose(question), True)


def clashing() -> Callable[[], Found]:
    """Every session at a place drawn by lot: hundreds of conflicts, all found."""
    question, chance = programme("184", 1), Random(1)
    placed = {}
    for one in question.sessions:
        minutes = 1440 * chance.randrange(5) + 15 * chance.randrange(32)
        start = datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(minutes=minutes)
        placed[one.id] = Place(start, chance.choice(question.rooms).id)
    return lambda: Found(f"{len(conflicts(question, placed))} conflicts", "", "sweep")


def overfull() -> Callable[[], Found]:
    """28 sessions in four days with one room and track: minutes do not add up."""
    question = academy(1, 4, 8, 12, 1, 1)

    def work() -> Found:
        found = overflows(question)
        return Found(f"{len(found)} faults", "", "arithmetic", bool(found))

    return work


def talks(name: str) -> Callable[[], Found]:
    """The conference as a programme: everybody has a seat, because a room that is too small is no place for a talk."""
    asked = conference(name)
    hours = sorted({one["start"] for one in asked["slots"]})
    windows = {one: _window(one) for one in hours}
    capacity = {one["venue"]: one["capacity"] for one in asked["slots"]}
    sessions, speakers = [], []
    for one in asked["talks"]:
        away = {asked["slots"][place]["start"] for place in one["away"]}
        speakers.append(Speaker(one["name"], "UTC", windows=[windows[hour] for hour in hours if hour not in away]))
        sessions.append(Session(one["name"], 45, speakers=(one["name"],), audience=one["demand"]))
    question = Programme("UTC", list(windows.values()), sessions, [Room(*pair) for pair in capacity.items()], speakers)

    def work() -> Found:
        found = propose(question, watch=until_found)
        excess = sum(max(0, one.audience - capacity[found.places[one.id].room]) for one in sessions)
        return Found(f"{excess} without a seat", "0", "bound" if excess else "optimal", not excess)

    return work


def _window(start: str) -> Window:
    moment = datetime.fromisoformat(start)
    return Window(moment.date(), moment.time(), (moment + timedelta(minutes=45)).time())


def conference(name: str) -> dict[str, Any]:
    """Talks of which each fits into the room that it was drawn for; speakers miss one hour in ten."""
    number, hours, rooms = TALKS[name]
    chance = Random(7)
    sizes = [200, 120, 80, 50, 30, 200, 120, 80, 50, 30][:rooms]
    starts = [f"2026-05-{4 + hour // 6:02d}T{9 + hour % 6:02d}:00" for hour in range(hours)]
    slots = [
        {"venue": f"room {room}", "start": start, "capacity": sizes[room], "session": start[:10]}
        for room in range(rooms)
        for start in starts
    ]
    made = []
    for talk, spot in enumerate(chance.sample(range(len(slots)), number)):
        missed = {start for start in starts if start != slots[spot]["start"] and chance.random() < 0.1}
        away = [place for place, one in enumerate(slots) if one["start"] in missed]
        demand = slots[spot]["capacity"] * chance.randrange(60, 101) // 100
        made.append({"name": f"talk {talk:02d}", "demand": demand, "away": away})
    return {"talks": made, "slots": slots}


def beside(name: str, python: Any, _: Any) -> dict[str, Any] | None:
    if name not in TALKS:
        return None
    peer = "conference-scheduler 3.0.1"
    return ask(python, "conference.py", conference(name), peer, lambda one: f"{one['excess']} without a seat")
