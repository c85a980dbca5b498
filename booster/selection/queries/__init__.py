"""What pages and other rooms ask about selection."""

from booster.selection.queries.answering import (
    work_out,
    work_out_inclusion,
    work_out_price,
    work_out_scenario,
)
from booster.selection.queries.batches import Batch, Field, batches_of, field, usual
from booster.selection.queries.deciding import (
    check,
    chosen_ids,
    complaints_of,
    decisions_of,
    export_of,
    has_decided,
    outcome_letters,
    remedy,
)
from booster.selection.queries.feedback import feedback
from booster.selection.queries.pool import Standing, candidates, standings
from booster.selection.queries.solving import Found, Question, wish_of

__all__ = [
    "Batch",
    "Field",
    "Found",
    "Question",
    "Standing",
    "batches_of",
    "candidates",
    "check",
    "chosen_ids",
    "complaints_of",
    "decisions_of",
    "export_of",
    "feedback",
    "field",
    "has_decided",
    "outcome_letters",
    "remedy",
    "standings",
    "usual",
    "wish_of",
    "work_out",
    "work_out_inclusion",
    "work_out_price",
    "work_out_scenario",
]
