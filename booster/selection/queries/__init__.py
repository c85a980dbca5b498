"""What pages and other rooms ask about selection."""

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
from booster.selection.queries.pool import Standing, pool, standings
from booster.selection.queries.solving import Found, wish_of, work_out, work_out_price, work_out_scenario

__all__ = [
    "Found",
    "Standing",
    "check",
    "chosen_ids",
    "complaints_of",
    "decisions_of",
    "export_of",
    "feedback",
    "has_decided",
    "outcome_letters",
    "pool",
    "remedy",
    "standings",
    "wish_of",
    "work_out",
    "work_out_price",
    "work_out_scenario",
]
