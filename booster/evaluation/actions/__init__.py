"""Every write of this room."""

from booster.evaluation.actions.assigning import assign, assign_all, end_evaluator, unassign
from booster.evaluation.actions.calibration import calibrate, set_calibration
from booster.evaluation.actions.conflicts import decide_conflict, declare_conflict, declare_free, declare_free_of_many
from booster.evaluation.actions.consensus import agree, call_meeting, record_consensus, reopen_consensus
from booster.evaluation.actions.evaluators import NewEvaluator, change_evaluator, invite, remind
from booster.evaluation.actions.marking import begin, reopen, save_marks, sign
from booster.evaluation.actions.redacting import redact, unredact
from booster.evaluation.actions.screening import confirm_verdicts, overrule, screen
from booster.evaluation.actions.sharing import (
    ask_sharing,
    assign_sharing,
    drop_sharing,
    fail_sharing,
    propose_sharing,
)
from booster.evaluation.actions.taking import Taken, take_in_assignments, take_in_evaluations, take_in_evaluators

__all__ = [
    "NewEvaluator",
    "Taken",
    "agree",
    "ask_sharing",
    "assign",
    "assign_all",
    "assign_sharing",
    "begin",
    "calibrate",
    "call_meeting",
    "change_evaluator",
    "confirm_verdicts",
    "decide_conflict",
    "declare_conflict",
    "declare_free",
    "declare_free_of_many",
    "drop_sharing",
    "end_evaluator",
    "fail_sharing",
    "invite",
    "overrule",
    "propose_sharing",
    "record_consensus",
    "redact",
    "remind",
    "reopen",
    "reopen_consensus",
    "save_marks",
    "screen",
    "set_calibration",
    "sign",
    "take_in_assignments",
    "take_in_evaluations",
    "take_in_evaluators",
    "unassign",
    "unredact",
]
