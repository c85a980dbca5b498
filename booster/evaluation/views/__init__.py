"""The doors of evaluation."""

from booster.evaluation.views.assignments import assign, assignments, conflicts, decide, share, sharing, unassign
from booster.evaluation.views.board import board, call_meeting, consensus, export
from booster.evaluation.views.desk import declare, declare_many, desk, sample
from booster.evaluation.views.file import attachment, file, reopen, save
from booster.evaluation.views.pool import end, evaluator, evaluators, invite, reliability, remind
from booster.evaluation.views.preparing import calibration, redact, redactions
from booster.evaluation.views.screening import compute, confirm, screening, verdict

__all__ = [
    "assign",
    "assignments",
    "attachment",
    "board",
    "calibration",
    "call_meeting",
    "compute",
    "confirm",
    "conflicts",
    "consensus",
    "decide",
    "declare",
    "declare_many",
    "desk",
    "end",
    "evaluator",
    "evaluators",
    "export",
    "file",
    "invite",
    "redact",
    "redactions",
    "reliability",
    "remind",
    "reopen",
    "sample",
    "save",
    "screening",
    "share",
    "sharing",
    "unassign",
    "verdict",
]
