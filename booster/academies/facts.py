"""What this room announces."""

from booster.kit.facts import Kind

ACADEMY_FOUNDED = Kind("academies.academy_founded", "{actor} founded {thing}")
EDITION_PLANNED = Kind("academies.edition_planned", "{actor} planned {thing}")
EDITION_COPIED = Kind("academies.edition_copied", "{actor} copied {thing} from {source}")
EDITION_CHANGED = Kind("academies.edition_changed", "{actor} changed {what} of {thing}")
EDITION_MOVED = Kind("academies.edition_moved", "{actor}: {thing} is now {state}")
SHAPE_SET = Kind("academies.shape_set", "{actor} set the days of {thing}")
PERSON_APPOINTED = Kind("academies.person_appointed", "{actor} appointed {name} as {role}", private=("name",))
ROLE_LIMITED = Kind("academies.role_limited", "{actor} changed until when {name} is {role}", private=("name",))
ROLE_ENDED = Kind("academies.role_ended", "{actor} ended {name}'s time as {role}", private=("name",))
