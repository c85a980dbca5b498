"""Reads that join or count."""

from booster.applications.queries.answering import (
    desk,
    earlier_sent,
    form_of,
    known_organisations,
    my_applications,
    open_completion,
    reusable,
    window_of,
)
from booster.applications.queries.listing import (
    columns_offered,
    cut_off_choices,
    cut_off_column,
    for_call,
    funnel,
    narrowed,
    of_cut_off,
    rows_for_export,
    rows_shown,
)
from booster.applications.queries.papers import is_sensitive, reading
from booster.applications.queries.persons import export_of
from booster.applications.queries.status import Plain, plain_status
from booster.applications.queries.verdicts import Outcome, verdict_of

__all__ = [
    "Outcome",
    "Plain",
    "columns_offered",
    "cut_off_choices",
    "cut_off_column",
    "desk",
    "earlier_sent",
    "export_of",
    "for_call",
    "form_of",
    "funnel",
    "is_sensitive",
    "known_organisations",
    "my_applications",
    "narrowed",
    "of_cut_off",
    "open_completion",
    "plain_status",
    "reading",
    "reusable",
    "rows_for_export",
    "rows_shown",
    "verdict_of",
    "window_of",
]
