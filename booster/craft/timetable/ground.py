"""A checked programme in minutes since a midnight in UTC, sorted by id: what every other file works on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from booster.craft.timetable.answer import Reason
from booster.craft.timetable.checking import known
from booster.craft.timetable.clock import Clock, Span
from booster.craft.timetable.programme import (
    HYBRID_KIT,
    Frontal,
    Group,
    Lunch,
    Order,
    Place,
    Room,
    Session,
    Speaker,
)

Spot = tuple[int, int]  # minute of the start, index of the room


@dataclass(frozen=True, slots=True)
class Item:
    """A session. `rooms`: indexes of rooms that suit it at some time, smallest first; `streams`: it is part of them."""

    index: int
    session: Session
    name: str
    minutes: int
    rooms: tuple[int, ...]
    streams: tuple[int, ...]
    speakers: tuple[int, ...]
    groups: tuple[int, ...]
    pinned: Spot | None
    published: Spot | None

    @property
    def id(self) -> str:
        return self.session.id


@dataclass(frozen=True, slots=True)
class Stream:
    """Sessions that must follow each other: of one speaker, group or track, with `pause` minutes between."""

    kind: str
    id: str
    name: str
    pause: int
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hall:
    """A room. `spans` None: always open."""

    room: Room
    name: str
    spans: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker. `spans` None: always free. `wishes`: spans they prefer, None for no wish."""

    speaker: Speaker
    name: str
    spans: tuple[Span, ...] | None
    wishes: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class Chain:
    """An order between two sessions, by index."""

    before: int
    after: int
    rule: Order


@dataclass(frozen=True, slots=True)
class Pause:
    """A break of the programme."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything by index. `waking`: per zone the minutes in which people may be online."""

    clock: Clock
    items: tuple[Item, ...]
    halls: tuple[Hall, ...]
    voices: tuple[Voice, ...]
    crews: tuple[Group, ...]
    streams: tuple[Stream, ...]
    days: tuple[Span, ...]
    dates: tuple[date, ...]
    breaks: tuple[Pause, ...]
    chains: tuple[Chain, ...]
    same_days: tuple[tuple[int, ...], ...]
    aparts: tuple[tuple[int, ...], ...]
    lunches: tuple[tuple[Lunch, tuple[Span, ...]], ...]
    frontals: tuple[Frontal, ...]
    crowd: int | None
    ways: Mapping[tuple[str, str], int]
    waking: Mapping[str, tuple[Span, ...]]

    @property
    def notes(self) -> tuple[Reason, ...]:
        return tuple({note.sentence: note for note in self.clock.notes}.values())

    def way(self, hall: int, other: int) -> int:
        """Minutes from one room to another."""
        return self.ways.get((self.halls[hall].room.venue, self.halls[other].room.venue), 0) if self.ways else 0

    def place(self, spot: Spot) -> Place:
        return Place(self.clock.moment(spot[0]), self.halls[spot[1]].room.id)

    def spots(self, placed: Mapping[str, Place]) -> dict[int, Spot]:
        """Places by index of session. BadProgramme for an unknown session or room, and for a start without a zone."""
        index = {item.id: item.index for item in self.items}
        halls = {hall.room.id: place for place, hall in enumerate(self.halls)}
        known(placed, index, "session", "The timetable")
        known((place.room for place in placed.values()), halls, "room", "The timetable")
        found = {index[one]: (self.clock.minute(at.start, one), halls[at.room]) for one, at in placed.items()}
        return dict(sorted(found.items()))

    def person_zones(self, item: Item) -> list[tuple[str, str, str]]:
        """(code, name, zone) of all who must be awake for an online session."""
        if item.session.mode != "online":
            return []
        voices = (self.voices[place] for place in item.speakers)
        found = [("speaker_hours", one.name, one.speaker.zone) for one in voices if not one.speaker.agreed]
        for crew in (self.crews[place] for place in item.groups):
            zones = sorted(crew.zones) or [self.clock.zone.key]
            found += [("group_hours", crew.name or crew.id, zone) for zone in zones if not crew.agreed]
        return found


def suits(session: Session, room: Room) -> str:
    """The code of why this room never suits this session, "" when it does."""
    if (session.mode == "online") != room.online:
        return "room_real" if session.mode == "online" else "room_online"
    if session.audience > room.capacity:
        return "room_small"
    if lacking(session, room):
        return "room_lacks"
    return "room_avoids" if set(session.avoids) & set(room.equipment) else ""


def lacking(session: Session, room: Room) -> list[str]:
    needs = {*session.equipment, *([HYBRID_KIT] if session.mode == "hybrid" else [])}
    return sorted(needs - set(room.equipment))
