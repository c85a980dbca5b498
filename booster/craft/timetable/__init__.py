"""When and where each session of a programme runs: what clashes, what fits, which timetable is best, why none is.

`conflicts` and `places_for` use no solver and answer in milliseconds, `overflows` is arithmetic: all three are for web
processes too. `propose` and `replan` load OR-Tools when called (0.5 s, 80 MB): call them in a worker.

A `Programme` is plain data in local times and IANA zones; a `Place` is an instant and a room. Sessions start on a
15-minute grid in UTC. Rules that always hold: days, breaks, rooms (size, equipment, mode, opening hours; one session at
a time), speakers (windows, one session at a time, pause, way between venues), groups and tracks likewise, online
sessions within 07:00 to 21:00 of everybody's own zone unless agreed, pinned places. Rules as given: Order (gap, days
for homework), SameDay, Apart, Lunch, Frontal, Crowd.

A `Proposal` says per aim what was reached and what nothing can be below; it is called optimal only when every aim is
proven. `Impossible` holds a `Clash`: faults that arithmetic found, and the least to ask or to leave out, with proof.
"""

from booster.craft.timetable.answer import (
    Clash,
    Conflict,
    Impossible,
    Proof,
    Proposal,
    Reason,
    Relief,
    Stage,
    Unsettled,
)
from booster.craft.timetable.capacity import overflows
from booster.craft.timetable.changes import RoomClosed, SpeakerAway, changed, eased
from booster.craft.timetable.places import conflicts, places_for
from booster.craft.timetable.programme import (
    Apart,
    BadProgramme,
    Break,
    Crowd,
    Frontal,
    Group,
    Lunch,
    Order,
    Place,
    Programme,
    Room,
    SameDay,
    Session,
    Speaker,
    Travel,
    Window,
)
from booster.craft.timetable.proposing import EFFORT, propose, replan
from booster.craft.timetable.sentences import SENTENCES

__all__ = [
    "EFFORT",
    "SENTENCES",
    "Apart",
    "BadProgramme",
    "Break",
    "Clash",
    "Conflict",
    "Crowd",
    "Frontal",
    "Group",
    "Impossible",
    "Lunch",
    "Order",
    "Place",
    "Programme",
    "Proof",
    "Proposal",
    "Reason",
    "Relief",
    "Room",
    "RoomClosed",
    "SameDay",
    "Session",
    "Speaker",
    "SpeakerAway",
    "Stage",
    "Travel",
    "Unsettled",
    "Window",
    "changed",
    "conflicts",
    "eased",
    "overflows",
    "places_for",
    "propose",
    "replan",
]
