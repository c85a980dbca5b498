"""What this room announces."""

from booster.kit.facts import Kind

SCENARIO_MADE = Kind("selection.scenario_made", "{actor} tried a selection for {thing}")
SCENARIO_SOLVED = Kind("selection.scenario_solved", "A selection for {thing} was worked out")
SCENARIO_CLASHED = Kind("selection.scenario_clashed", "No selection keeps all limits of {thing}")
SCENARIO_CHANGED = Kind("selection.scenario_changed", "{actor} changed the selection {thing}")
SCENARIO_GIVEN_UP = Kind("selection.scenario_given_up", "The selection {thing} could not be worked out")
SCENARIO_STOPPED = Kind("selection.scenario_stopped", "{actor} stopped the work on {thing}")
SCENARIO_WEIGHED = Kind("selection.scenario_weighed", "Everybody’s chance in {thing} was worked out")
SCENARIO_COPIED = Kind("selection.scenario_copied", "The rules of choosing of {source} were taken over into {thing}")
DRAW_ANNOUNCED = Kind("selection.draw_announced", "{actor} announced the draw of {thing}")
DRAW_CALLED_OFF = Kind("selection.draw_called_off", "{actor} called the draw of {thing} off: {why}")
DRAW_INPUT_ERASED = Kind("selection.draw_input_erased", "The input of the draw of {thing} was erased with its files")
DRAWN = Kind("selection.drawn", "{actor} drew {thing} from the public seed")
PRICE_ASKED = Kind("selection.price_asked", "{actor} asked what a limit of {thing} costs")
ADOPTED = Kind("selection.adopted", "{actor} adopted the selection {thing}")
REOPENED = Kind("selection.reopened", "{actor} took the adopted selection {thing} back")
INCLUSION_ASKED = Kind("selection.inclusion_asked", "{actor} asked what a seat for one person in {thing} costs")
POLICY_NOTED = Kind("selection.policy_noted", "{actor} noted a policy reason for {thing}")
VENUE_CHOSEN = Kind("selection.venue_chosen", "{actor} chose {thing}")
SHORTLISTED = Kind(
    "selection.shortlisted",
    "{actor} put {count} applications to {thing} on the shortlist",
    one="{actor} put {count} application to {thing} on the shortlist",
)
DECISIONS_PROPOSED = Kind(
    "selection.decisions_proposed",
    "{actor} proposed {count} decisions on {thing}",
    one="{actor} proposed {count} decision on {thing}",
)
DECISIONS_CONFIRMED = Kind(
    "selection.decisions_confirmed",
    "{actor} confirmed {count} decisions on {thing}",
    one="{actor} confirmed {count} decision on {thing}",
)
DECISION_AMENDED = Kind("selection.decision_amended", "{actor} changed the proposed decision on {thing}: {why}")
DECISION_REOPENED = Kind("selection.decision_reopened", "The decision on {thing} was opened again after a complaint")
DECISION_TAKEN_BACK = Kind("selection.decision_taken_back", "{actor} took a decision on {thing} back")
DECISION_DROPPED = Kind(
    "selection.decision_dropped", "{thing} was withdrawn before its decision was told: none is made"
)
TOLD = Kind("selection.told", "{actor} told the result about {thing}")
DECISIONS_TOLD = Kind(
    "selection.decisions_told",
    "{actor} told {count} decisions on {thing}",
    one="{actor} told {count} decision on {thing}",
)
COMPLAINED = Kind("selection.complained", "{actor} complained about {thing}")
COMPLAINT_ADMITTED = Kind("selection.complaint_admitted", "{actor} admitted the complaint about {thing}")
COMPLAINT_REFUSED = Kind("selection.complaint_refused", "{actor} did not admit the complaint about {thing}")
COMPLAINT_DECIDED = Kind("selection.complaint_decided", "{actor} decided the complaint about {thing}")
REPORT_SIGNED = Kind("selection.report_signed", "{actor} signed the selection report of {thing}")
