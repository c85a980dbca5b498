"""Programmes for tests: the family of academies that timetables are measured on, and how one looks as JSON."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from booster.craft.timetable import Break, Order, Programme, Room, Session, Speaker, Window

ZONES = {-2: "Atlantic/Azores", -1: "Europe/Lisbon", 0: "Europe/Brussels", 1: "Europe/Athens"}
ROOMS = ((60, ("kit",)), (40, ("kit",)), (40, ()), (20, ()))
SIZES = {"19": (4, 5, 12, 3, 1), "38": (4, 10, 20, 4, 2), "92": (5, 24, 45, 8, 4), "184": (5, 48, 90, 14, 8)}
FIRST = date(2026, 3, 2)


def academy(seed, days, topics, speakers, rooms, tracks):
    """Topics of lesson, teamwork and debrief on tracks, a guest talk per day and track, absences, four time zones."""
    rng = np.random.default_rng(seed)
    dates = [FIRST + timedelta(days=day) for day in range(days)]
    offsets = rng.choice([-2, -1, 0, 1], speakers, p=[0.1, 0.3, 0.5, 0.1])
    people = [_speaker(rng, number, int(offsets[number]), dates) for number in range(speakers)]
    names = [one.id for one in people]
    sessions, rules = [], []
    for topic in range(topics):
        track = f"track {topic % tracks + 1}"
        chain = []
        for kind, lengths in (("lesson", (45, 60, 90)), ("teamwork", (60, 90)), ("debrief", (30, 45))):
            minutes, who = int(rng.choice(lengths)), rng.choice(names, int(rng.integers(1, 3)), replace=False)
            audience, kit = int(rng.choice([15, 25, 40])), ("kit",) if rng.random() < 0.2 else ()
            identity = f"{kind} {topic + 1:02}"
            kept = tuple(str(name) for name in who)
            sessions.append(Session(identity, minutes, "", kind, track, (), kept, audience, kit))
            chain.append(identity)
        rules += [Order(chain[0], chain[1]), Order(chain[1], chain[2])]
    for day in range(days):
        for track in range(tracks):
            who = (str(rng.choice(names)),)
            identity = f"guest talk {day + 1}.{track + 1}"
            sessions.append(Session(identity, 60, "", "guest talk", f"track {track + 1}", (), who, 25))
    return Programme(
        zone="Europe/Brussels",
        days=[Window(day, time(9), time(18)) for day in dates],
        sessions=sessions,
        rooms=[Room(f"room {n + 1:02}", ROOMS[n % 4][0], equipment=ROOMS[n % 4][1]) for n in range(rooms)],
        speakers=people,
        breaks=[Break(Window(day, time(12, 30), time(13, 30)), "lunch") for day in dates],
        rules=rules,
        track_break=15,
    )


def _speaker(rng, number, offset, dates):
    windows = []
    for day in dates:
        absent, late, delay = rng.random() < 0.25, rng.random() < 0.3, int(rng.integers(0, 3))
        if not absent:
            windows.append(Window(day, time(9 + delay * late), time(18)))
    return Speaker(f"speaker {number + 1:02}", ZONES[offset], windows=windows)


def as_json(thing):
    """A programme or a part of it as what JSON can hold: objects by field, times in ISO form, rules with their type."""
    if is_dataclass(thing):
        told = {one.name: as_json(getattr(thing, one.name)) for one in fields(thing)}
        return {"type": type(thing).__name__, **told} if type(thing) is Order else told
    if isinstance(thing, (list, tuple, set, frozenset)):
        return [as_json(one) for one in thing]
    if isinstance(thing, (date, datetime, time)):
        return thing.isoformat()
    return thing
