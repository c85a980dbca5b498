"""What this room announces."""

from booster.kit.facts import Kind

SCREENED = Kind(
    "evaluation.screened",
    "Eligibility of {count} answers to {thing} was computed",
    one="Eligibility of {count} answer to {thing} was computed",
)
VERDICT_CONFIRMED = Kind("evaluation.verdict_confirmed", "{actor} confirmed {thing}: {verdict}")
VERDICT_OVERRULED = Kind("evaluation.verdict_overruled", "{actor} overruled {thing}: {verdict}, because {reason}")
EVALUATOR_INVITED = Kind("evaluation.evaluator_invited", "{actor} invited {name} to evaluate", private=("name",))
EVALUATOR_ENDED = Kind("evaluation.evaluator_ended", "{actor} ended {name}'s work as evaluator", private=("name",))
ASSIGNED = Kind("evaluation.assigned", "{actor} assigned {thing}")
ASSIGNED_ALL = Kind(
    "evaluation.assigned_all",
    "{actor} assigned {count} files of {thing}",
    one="{actor} assigned {count} file of {thing}",
)
UNASSIGNED = Kind("evaluation.unassigned", "{actor} took {thing} back from its evaluator")
DECLARED_FREE = Kind("evaluation.declared_free", "{actor} declared no conflict about {thing}")
CONFLICT_DECLARED = Kind("evaluation.conflict_declared", "{actor} declared a conflict about {thing}")
CONFLICT_DECIDED = Kind("evaluation.conflict_decided", "{actor} decided on a conflict about {thing}: {decision}")
SIGNED = Kind("evaluation.signed", "{actor} signed the evaluation of {thing}")
REOPENED = Kind("evaluation.reopened", "{actor} opened the evaluation of {thing} again")
CALIBRATED = Kind("evaluation.calibrated", "{actor} marked the calibration file")
CONSENSUS_AGREED = Kind("evaluation.consensus_agreed", "{actor} recorded the consensus on {thing}")
CONSENSUS_REOPENED = Kind("evaluation.consensus_reopened", "{actor} opened the consensus on {thing} again")
EVALUATORS_REMINDED = Kind(
    "evaluation.evaluators_reminded", "{actor} reminded {count} evaluators", one="{actor} reminded {count} evaluator"
)
EVALUATIONS_IMPORTED = Kind(
    "evaluation.evaluations_imported",
    "{actor} imported {count} evaluations into {thing}",
    one="{actor} imported {count} evaluation into {thing}",
)
REDACTED = Kind("evaluation.redacted", "{actor} redacted text of {thing} for blind reading")
EVALUATOR_CHANGED = Kind("evaluation.evaluator_changed", "{actor} changed what an evaluator may take on")
CONSENSUS_CALLED = Kind("evaluation.consensus_called", "{actor} called a meeting about {thing}")
CALIBRATION_SET = Kind("evaluation.calibration_set", "{actor} set the sample file of {thing}")
SHARING_ASKED = Kind("evaluation.sharing_asked", "{actor} asked for a balanced assignment of {call}")
SHARING_PROPOSED = Kind("evaluation.sharing_proposed", "A balanced assignment of {call} was worked out")
SHARING_FAILED = Kind("evaluation.sharing_failed", "A balanced assignment of {call} could not be worked out: {reason}")
SHARING_DROPPED = Kind("evaluation.sharing_dropped", "{actor} dropped a proposed assignment of {call}")
UNREDACTED = Kind("evaluation.unredacted", "{actor} took back a redaction in {thing}")
