"""What this room announces."""

from booster.kit.facts import Kind

SLOTS_OFFERED = Kind(
    "interviews.slots_offered",
    "{actor} offered {count} times for talks in {thing}",
    one="{actor} offered {count} time for talks in {thing}",
)
SLOT_CHANGED = Kind("interviews.slot_changed", "{actor} changed the talk of {thing}")
SLOT_REMOVED = Kind("interviews.slot_removed", "{actor} removed a free time for talks from {thing}")
TIME_CHOSEN = Kind("interviews.time_chosen", "{actor} chose a time for the talk of {thing}")
TIME_GIVEN_BACK = Kind("interviews.time_given_back", "The time for the talk of {thing} is free again")
