"""What this room announces."""

from booster.kit.facts import Kind

ADOPTED = Kind("venues.adopted", "{thing} became the venue of the edition")
DESCRIBED = Kind("venues.described", "{actor} described {thing}")
REWRITTEN = Kind("venues.rewritten", "{actor} changed the agreement on {thing}, now version {revision}")
SIGNED = Kind("venues.signed", "{actor} signed the agreement on {thing}")
AGREED = Kind("venues.agreed", "The agreement on {thing} is signed by both sides")
READY = Kind("venues.ready", "{actor} declared {thing} ready")
STEPPED_BACK = Kind("venues.stepped_back", "{actor} stepped back from {thing}", private=("reason",))
ROOM_SET = Kind("venues.room_set", "{actor} set room {room} of {thing}")
ROOM_REMOVED = Kind("venues.room_removed", "{actor} removed room {room} of {thing}")
TASK_SET = Kind("venues.task_set", "{actor} set a task for {thing}: {task}")
TASK_DONE = Kind("venues.task_done", "{actor} finished a task for {thing}: {task}")
TASK_REOPENED = Kind("venues.task_reopened", "{actor} took up a task for {thing} again: {task}")
TASK_REMOVED = Kind("venues.task_removed", "{actor} removed a task for {thing}: {task}")
