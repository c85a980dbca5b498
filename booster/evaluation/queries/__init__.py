"""What pages and other rooms ask about eligibility and evaluation."""

from booster.evaluation.queries.board import BoardRow, board
from booster.evaluation.queries.desk import MyFile, my_evaluating
from booster.evaluation.queries.overview import Progress, due_reminders, pool, progress, waiting
from booster.evaluation.queries.scores import as_of, criteria_of, scores
from booster.evaluation.queries.sharing import work_out_sharing

__all__ = [
    "BoardRow",
    "MyFile",
    "Progress",
    "as_of",
    "board",
    "criteria_of",
    "due_reminders",
    "my_evaluating",
    "pool",
    "progress",
    "scores",
    "waiting",
    "work_out_sharing",
]
