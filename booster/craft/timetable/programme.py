"""The question: days, sessions, speakers, rooms, breaks and rules of one programme. Plain data, checked by `read`.

Local times are wall-clock times of an IANA zone; places are instants. Nothing here reads a clock.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

GRID = 15  # minutes between two possible starts, counted in UTC
HYBRID_KIT = "hybrid"
MIDNIGHT = time(0)

Mode = Literal["in_person", "online", "hybrid"]


class BadProgramme(ValueError):
    """The question itself is wrong (an unknown zone, a window that ends before it starts); `culprit` names it."""

    def __init__(self, message: str, culprit: str = "") -> None:
        super().__init__(message)
        self.culprit = culprit


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `end` on one date, in the zone of whoever holds it. An end of 00:00 is the midnight after."""

    date: date
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Place:
    """When a session begins (an aware datetime, whole minutes) and in which room (id)."""

    start: datetime
    room: str


@dataclass(frozen=True, slots=True)
class Session:
    """One session, `minutes` long (1 to 1440).

    `track`: sessions of one track follow each other, never at the same time; "" is no track. `groups`: ids of the
    participant groups that attend. `speakers`: ids. `audience`: people in the room, 0 or more. `equipment`: what the
    room must have; `avoids`: what it must not have. `mode`: "online" needs a room with `online`, "hybrid" a real one
    with "hybrid" among its equipment. `pinned`: the place it must have. `published`: the place it should keep.
    """

    id: str
    minutes: int
    title: str = ""
    kind: str = ""
    track: str = ""
    groups: Collection[str] = ()
    speakers: Collection[str] = ()
    audience: int = 0
    equipment: Collection[str] = ()
    avoids: Collection[str] = ()
    mode: Mode = "in_person"
    pinned: Place | None = None
    published: Place | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who speaks. `windows`: when free, in the speaker's `zone`; None is always, an empty sequence never.

    `prefers`: wished windows; a session outside them costs one wish. `pause`: minutes between two of their sessions.
    `agreed`: has agreed to online sessions outside 07:00 to 21:00 of their own zone.
    """

    id: str
    zone: str
    name: str = ""
    windows: Sequence[Window] | None = None
    prefers: Sequence[Window] = ()
    pause: int = 0
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Participants who move together. `zones`: where they sit in online sessions; none: the programme's zone."""

    id: str
    name: str = ""
    zones: Collection[str] = ()
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A room, or an online channel (`online`). `windows`: when open, in the programme's zone; None is always."""

    id: str
    capacity: int
    name: str = ""
    equipment: Collection[str] = ()
    venue: str = ""
    online: bool = False
    windows: Sequence[Window] | None = None


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes from one venue to another, the same both ways. Pairs that are not listed take 0."""

    venue: str
    other: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Break:
    """A time without sessions, in the programme's zone."""

    window: Window
    name: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """`after` begins `gap` to `most` minutes after the end of `before` (`most` None: any time later).

    `days`: and at least so many calendar days later, in the programme's zone (time for homework).
    """

    before: str
    after: str
    gap: int = 0
    most: int | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class SameDay:
    """These sessions are on one date of the programme's zone."""

    sessions: Collection[str]


@dataclass(frozen=True, slots=True)
class Apart:
    """No two of these sessions at the same time."""

    sessions: Collection[str]


@dataclass(frozen=True, slots=True)
class Lunch:
    """Each track and group has `minutes` free in one piece between `start` and `end` (programme's zone) every day."""

    start: time
    end: time
    minutes: int


@dataclass(frozen=True, slots=True)
class Frontal:
    """At most `minutes` in a row of sessions of these `kinds` in one track or group.

    Two sessions are in a row when fewer than `pause` minutes lie between the end of one and the start of the next.
    """

    kinds: Collection[str]
    minutes: int
    pause: int = 30


@dataclass(frozen=True, slots=True)
class Crowd:
    """At most so many people (sum of `audience`) in sessions that run at the same moment."""

    people: int


Rule = Order | SameDay | Apart | Lunch | Frontal | Crowd


@dataclass(frozen=True, slots=True)
class Programme:
    """All that a timetable has to keep. `days`: when sessions may run, in `zone`. `track_break`: minutes in a track."""

    zone: str
    days: Sequence[Window]
    sessions: Sequence[Session]
    rooms: Sequence[Room]
    speakers: Sequence[Speaker] = ()
    groups: Sequence[Group] = ()
    breaks: Sequence[Break] = ()
    rules: Sequence[Rule] = ()
    travel: Sequence[Travel] = ()
    track_break: int = 0
