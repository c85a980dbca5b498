"""The host's list of things to do, rooms out of an offer, what fits, and what is next. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

NEARBY = 3  # minutes on foot from the plenary to a room in which a group may work
LAYOUTS = ("theatre", "cabaret")
SIDES = ("host", "organiser")
GRACE = timedelta(days=3)  # nobody starts with a task that is overdue


def _(text: str) -> str:
    """Marks a text for translation; the action that writes it down translates it."""
    return text


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """``days``: before the first day in person when negative, after the last one when positive."""

    owner: str  # host | organiser
    days: int
    title: str
    text: str
    key: str = ""  # "sign": finished by the host's signature


TASKS: tuple[TaskPlan, ...] = (
    TaskPlan(
        "host", -120, _("Read and sign the agreement"),
        _("Look above all at what you provide, what is free and what you invoice. If a line does not fit, write to the "
          "organisers before you sign: the text can be changed until both sides have signed."),
        key="sign",
    ),
    TaskPlan(
        "host", -110, _("Confirm the days and the hours of the rooms"),
        _("Every room for the days of the programme and half a day before them for setting up. Say who opens and locks "
          "the house, and that no noisy event runs beside ours."),
    ),
    TaskPlan(
        "host", -90, _("Hold beds in three price bands"),
        _("Three hotels within a walk of 15 minutes, rooms held under the academy’s name, with the day until which "
          "they can be cancelled free of charge and a late arrival possible."),
    ),
    TaskPlan(
        "host", -75, _("Walk the way without steps"),
        _("From the street to every room and toilet, with somebody who uses a wheelchair or with a pram: doors, lift, "
          "seats in front, hearing loop, a quiet room, and the way out in an emergency. Note what must be put right."),
    ),
    TaskPlan(
        "host", -60, _("Measure the wireless network"),
        _("In every room that we use: megabits down and up, and two devices for each person at the same time. Guests "
          "get in without registering one by one. Write the figures and the name of the technician into this task."),
    ),
    TaskPlan(
        "host", -60, _("Prepare the study visit"),
        _("What is seen, by how many at once, how long, in which language; safety shoes and goggles; the way there and "
          "back. Say by when you need the list of names and whether people must show a document."),
    ),
    TaskPlan(
        "organiser", -45, _("Send the programme and the plan of the rooms"),
        _("Which session is in which room and how its tables stand, so that the host can plan its people."),
    ),
    TaskPlan(
        "organiser", -21, _("Send the numbers for the catering"),
        _("People for each meal and break, diets and allergies as counts and never as names. Then name the day on "
          "which the numbers are frozen."),
    ),
    TaskPlan(
        "host", -18, _("Settle menus and breaks"),
        _("Vegetarian first, vegan and allergens labelled, halal and kosher on request, tap water, nothing for single "
          "use, and what happens with what is left over."),
    ),
    TaskPlan(
        "host", -14, _("Send the names of those who open, help and repair"),
        _("One contact for each day with a mobile number, the technician, first aid, the porter; and the people who "
          "speak at the welcome."),
    ),
    TaskPlan(
        "organiser", -10, _("Send the visit list"),
        _("Names and organisations of those who go on the study visit, only to the one who needs them at the gate, "
          "to be deleted after the day."),
    ),
    TaskPlan(
        "host", -7, _("Print badges, table cards and signs"),
        _("Badges readable from two metres, signs from the street to the desk and from the desk to every room, toilets "
          "and the quiet room included."),
    ),
    TaskPlan(
        "host", -1, _("Set the rooms up and try everything once"),
        _("Tables as in the plan, screen readable from the last row, microphones, camera and speaker with somebody far "
          "away, flip charts and pens at every table, power within reach."),
    ),
    TaskPlan(
        "host", 14, _("Send the bill and the figures"),
        _("The bill for what was agreed, and in numbers: meals, energy, waste. They stand in the edition’s report."),
    ),
)  # fmt: skip


def due_on(days: int, *, first: date | None, last: date | None, today: date) -> date | None:
    """When a task of the list is due; one that would be late already gets a few days, but none beyond the eve of the
    first day unless that has passed as well. ``None`` when the days in person are not set."""
    if first is None or last is None:
        return None
    if days > 0:
        return last + timedelta(days=days)
    wished = first + timedelta(days=days)
    return max(wished, min(today + GRACE, first - timedelta(days=1)))


FILES = ("photo_id", "plan_id")


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """A room as it is offered or described: seats by layout, square metres, minutes on foot from the plenary."""

    name: str
    m2: Decimal | None = None
    theatre: int | None = None
    cabaret: int | None = None
    daylight: bool | None = None
    step_free: bool | None = None
    projector: bool | None = None
    minutes: int | None = None
    photo_id: int | None = None  # files of the offer; describing the room leaves them as they are
    plan_id: int | None = None

    @property
    def figures(self) -> dict[str, Any]:
        """What is described of the room, without its files."""
        return {name: value for name, value in asdict(self).items() if name not in FILES}


def rooms_from(answers: Mapping[str, Any]) -> list[RoomPlan]:
    """The rooms of an offer, in its order. Lines without a name are left out, a name that comes twice gets a number,
    whatever is no number becomes empty."""
    lines = answers.get("rooms")
    found: list[RoomPlan] = []
    for line in lines if isinstance(lines, Sequence) and not isinstance(lines, str) else []:
        name = _line(line.get("name")) if isinstance(line, Mapping) else ""
        if name:
            found.append(_room(line, _free_name(name, {one.name for one in found})))
    return found


def _room(line: Mapping[str, Any], name: str) -> RoomPlan:
    m2 = _number(line.get("m2"), most=100_000)
    return RoomPlan(
        name=name,
        m2=None if m2 is None else Decimal(str(round(m2, 1))),
        theatre=_whole(line.get("theatre"), most=10_000),
        cabaret=_whole(line.get("cabaret"), most=10_000),
        daylight=_yes(line.get("daylight")),
        step_free=_yes(line.get("step_free")),
        projector=_yes(line.get("projector")),
        minutes=_whole(line.get("minutes"), most=600),
        photo_id=_file(line.get("photo")),
        plan_id=_file(line.get("plan")),
    )


def _file(value: object) -> int | None:
    number = value.get("id") if isinstance(value, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _line(value: object) -> str:
    return " ".join(str(value or "").split())[:110]


def _free_name(name: str, taken: set[str]) -> str:
    number, wished = 1, name
    while wished in taken:
        number += 1
        wished = f"{name} ({number})"
    return wished


def _number(value: object, *, most: int) -> float | None:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) and 0 <= value <= most
    return float(value) if fits and isinstance(value, int | float) else None


def _whole(value: object, *, most: int) -> int | None:
    number = _number(value, most=most)
    return None if number is None else int(number)


def _yes(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class Capacity:
    """What one layout seats: in the largest room, in all rooms together, and whether ``people`` fit into one room."""

    layout: str
    largest: int
    largest_room: str
    total: int
    people: int

    @property
    def fits(self) -> bool:
        return self.largest >= self.people

    @property
    def missing(self) -> int:
        return max(0, self.people - self.largest)


def capacities(rooms: Iterable[Any], *, people: int) -> list[Capacity]:
    """For each layout what the rooms seat; a room without a figure seats nobody. Rooms: like a ``RoomPlan``."""
    rooms = list(rooms)
    found = []
    for layout in LAYOUTS:
        seats = [(getattr(room, layout) or 0, room.name) for room in rooms]
        largest, name = max(seats, key=lambda one: one[0], default=(0, ""))
        found.append(Capacity(layout, largest, name if largest else "", sum(count for count, _name in seats), people))
    return found


def nearby(rooms: Sequence[Any]) -> int:
    """Rooms beside the plenary (the first one) that groups reach in three minutes; unknown counts as far."""
    return sum(1 for room in rooms[1:] if room.minutes is not None and room.minutes <= NEARBY)


def still_to_sign(signed: Iterable[str]) -> list[str]:
    """The sides that have not signed the agreement as it stands, the host first."""
    held = set(signed)
    return [side for side in SIDES if side not in held]


def before_the_end(tasks: Iterable[Any], last: date | None) -> list[Any]:
    """Those that are not for afterwards: due until the last day, or without a day. All while the days are not set."""
    return [task for task in tasks if last is None or task.due_on is None or task.due_on <= last]


def next_step(
    *, state: str, side: str, signed: Iterable[str], open_tasks: Sequence[Any], last: date | None = None
) -> tuple[str, Any]:
    """What one side does next: ``sign``, ``wait`` (the other side has to sign or to finish something), ``task``
    with that task, ``prepare`` (the organiser declares the place ready), ``done`` or ``over``.

    ``open_tasks``: not done, in order of their days; ``last``: the last day in person, of which those for afterwards
    do not keep the place from being ready."""
    if state == "stepped_back":
        return "over", None
    missing = still_to_sign(signed) if state == "proposed" else []
    if side in missing:
        return "sign", None
    left = before_the_end(open_tasks, last)
    if state == "agreed" and side == "organiser" and not left:
        return "prepare", None
    if mine := [task for task in open_tasks if task.owner == side]:
        return "task", mine[0]
    return ("wait", None) if missing or left else ("done", None)
