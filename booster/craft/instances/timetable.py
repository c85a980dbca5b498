"""Timetable: days, sessions, speakers, rooms and rules of a programme, in local times of IANA zones."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, WithJsonSchema

from booster.craft import timetable
from booster.craft.instances.strict import Id, Instance, Seed, Strict, Text, quoted, twice
from booster.craft.timetable.checking import check_rule

MOST = 2000
DAY = 1440


def _read(kind: Callable[[str], Any], example: str) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        try:
            return kind(value)
        except (TypeError, ValueError):
            raise ValueError(f"{quoted(value)} is not written like {example}.") from None

    return read


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.second or moment.microsecond:
        raise ValueError
    return moment


def _time(text: str) -> time:
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 -- a wall-clock time has no zone


def _written(kind: Callable[[str], Any], example: str, form: str) -> Any:
    schema: Any = {"type": "string", "format": form, "examples": [example]}
    return (BeforeValidator(_read(kind, example)), WithJsonSchema(schema))


Date = Annotated[date, *_written(date.fromisoformat, "2027-03-01", "date")]
Time = Annotated[time, *_written(_time, "09:30", "time")]
Moment = Annotated[datetime, *_written(_moment, "2027-03-01T09:30+01:00", "date-time")]
Ids = Annotated[list[Id], Field(max_length=MOST)]
Minutes = Annotated[int, Field(ge=0, le=DAY)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Window(Strict):
    """From start to end of one date; an end of 00:00 is the midnight after."""

    date: Date
    start: Time
    end: Time

    def window(self) -> timetable.Window:
        return timetable.Window(self.date, self.start, self.end)


Windows = Annotated[list[Window], Field(max_length=400)]


class Break(Window):
    name: Text = ""


class Place(Strict):
    start: Moment = Field(description="With its offset from UTC.")
    room: Id

    def place(self) -> timetable.Place:
        return timetable.Place(self.start, self.room)


class Session(Strict):
    id: Id
    minutes: Annotated[int, Field(ge=1, le=DAY)]
    title: Text = ""
    kind: Text = ""
    track: Annotated[Text, Field(description="Sessions of one track are never at the same time.")] = ""
    groups: Ids = []
    speakers: Ids = []
    audience: Count = 0
    equipment: Ids = []
    avoids: Ids = []
    mode: Literal["in_person", "online", "hybrid"] = "in_person"
    pinned: Place | None = Field(None, description="The place that it must have.")
    published: Place | None = Field(None, description="The place that it has and should keep.")


class Speaker(Strict):
    id: Id
    zone: Id
    name: Text = ""
    windows: Windows | None = Field(None, description="When free, in the speaker's zone; null is always.")
    prefers: Windows = []
    pause: Minutes = 0
    agreed: bool = Field(False, description="true: online sessions outside 07:00 to 21:00 are agreed.")


class Group(Strict):
    id: Id
    name: Text = ""
    zones: Ids = []
    agreed: bool = False


class Room(Strict):
    id: Id
    capacity: Count
    name: Text = ""
    equipment: Ids = []
    venue: Text = ""
    online: bool = False
    windows: Windows | None = None


class Travel(Strict):
    venue: Id
    other: Id
    minutes: Minutes


class Order(Strict):
    rule: Literal["order"]
    before: Id
    after: Id
    gap: Annotated[int, Field(ge=0, le=100 * DAY)] = 0
    most: Annotated[int, Field(ge=0, le=100 * DAY)] | None = None
    days: Annotated[int, Field(ge=0, le=400)] = 0


class SameDay(Strict):
    rule: Literal["same_day"]
    sessions: Ids


class Apart(Strict):
    rule: Literal["apart"]
    sessions: Ids


class Lunch(Strict):
    rule: Literal["lunch"]
    start: Time
    end: Time
    minutes: Minutes


class Frontal(Strict):
    rule: Literal["frontal"]
    kinds: Ids
    minutes: Minutes
    pause: Minutes = 30


class Crowd(Strict):
    rule: Literal["crowd"]
    people: Count


Rule = Annotated[Order | SameDay | Apart | Lunch | Frontal | Crowd, Field(discriminator="rule")]
RULES: dict[str, Any] = {
    "order": timetable.Order,
    "same_day": timetable.SameDay,
    "apart": timetable.Apart,
    "lunch": timetable.Lunch,
    "frontal": timetable.Frontal,
    "crowd": timetable.Crowd,
}


class SpeakerAway(Strict):
    speaker: Id
    date: Date


class RoomClosed(Strict):
    room: Id
    date: Date


class TimetableInstance(Instance):
    """A programme: propose its timetable, plan it anew after changes, or list what clashes in the published one."""

    task: Literal["propose", "replan", "conflicts"] = Field(
        "propose", description="replan: after changes, fewest moves. conflicts: of the published places, no search."
    )
    zone: Id
    days: Annotated[list[Window], Field(min_length=1, max_length=400)]
    sessions: Annotated[list[Session], Field(max_length=MOST)]
    rooms: Annotated[list[Room], Field(max_length=MOST)]
    speakers: Annotated[list[Speaker], Field(max_length=MOST)] = []
    groups: Annotated[list[Group], Field(max_length=MOST)] = []
    breaks: Annotated[list[Break], Field(max_length=MOST)] = []
    rules: Annotated[list[Rule], Field(max_length=10_000)] = []
    travel: Annotated[list[Travel], Field(max_length=10_000)] = []
    track_break: Minutes = 0
    speakers_away: Annotated[list[SpeakerAway], Field(max_length=MOST)] = []
    rooms_closed: Annotated[list[RoomClosed], Field(max_length=MOST)] = []
    seed: Seed = 0

    def question(self) -> timetable.Programme:
        return timetable.Programme(
            zone=self.zone,
            days=[one.window() for one in self.days],
            sessions=[_made(timetable.Session, one) for one in self.sessions],
            rooms=[_made(timetable.Room, one) for one in self.rooms],
            speakers=[_made(timetable.Speaker, one) for one in self.speakers],
            groups=[_made(timetable.Group, one) for one in self.groups],
            breaks=[timetable.Break(one.window(), one.name) for one in self.breaks],
            rules=[_made(RULES[one.rule], one, without="rule") for one in self.rules],
            travel=[_made(timetable.Travel, one) for one in self.travel],
            track_break=self.track_break,
        )

    def published(self) -> dict[str, timetable.Place]:
        return {one.id: one.published.place() for one in self.sessions if one.published}

    def changes(self) -> list[timetable.SpeakerAway | timetable.RoomClosed]:
        away = [timetable.SpeakerAway(one.speaker, one.date) for one in self.speakers_away]
        return [*away, *(timetable.RoomClosed(one.room, one.date) for one in self.rooms_closed)]

    def faults(self) -> Iterator[tuple[str, str]]:
        for path in ("sessions", "rooms", "speakers", "groups"):
            yield from twice((one.id for one in getattr(self, path)), path)
        for path, zone in self._zones():
            try:
                ZoneInfo(zone)
            except (ValueError, OSError, KeyError):
                yield path, f"There is no time zone {quoted(zone)}."
        for path, name, window in self._windows():
            if window.end <= window.start and window.end != time(0):
                yield f"{path}.end", f"The {name} ends before it starts."
        if self.changes() and self.task != "replan":
            yield "task", "Changes belong to the task “replan”."
        yield from self._rules()

    def _rules(self) -> Iterator[tuple[str, str]]:
        sessions = frozenset(one.id for one in self.sessions)
        for place, rule in enumerate(self.rules):
            try:
                check_rule(_made(RULES[rule.rule], rule, without="rule"), sessions)
            except timetable.BadProgramme as trouble:
                yield f"rules[{place}]", str(trouble)

    def _zones(self) -> Iterator[tuple[str, str]]:
        yield "zone", self.zone
        for place, speaker in enumerate(self.speakers):
            yield f"speakers[{place}].zone", speaker.zone
        for place, group in enumerate(self.groups):
            for turn, zone in enumerate(group.zones):
                yield f"groups[{place}].zones[{turn}]", zone

    def _windows(self) -> Iterator[tuple[str, str, Window]]:
        yield from ((f"days[{place}]", "day", one) for place, one in enumerate(self.days))
        yield from ((f"breaks[{place}]", "break", one) for place, one in enumerate(self.breaks))
        free = [(f"speakers[{place}]", one.windows or ()) for place, one in enumerate(self.speakers)]
        free += [(f"rooms[{place}]", one.windows or ()) for place, one in enumerate(self.rooms)]
        for path, windows in free:
            yield from ((f"{path}.windows[{turn}]", "window", one) for turn, one in enumerate(windows))


def _made(kind: Any, one: Strict, without: str = "") -> Any:
    """A dataclass of the craft from a part of the instance; windows and places inside it as well."""
    values = {name: _inside(value) for name, value in dict(one).items() if name != without}
    return kind(**values)


def _inside(value: Any) -> Any:
    if isinstance(value, Place):
        return value.place()
    if isinstance(value, list) and value and isinstance(value[0], Window):
        return [one.window() for one in value]
    return value
