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
from booster.applications.queries.intake import (
    FileReading,
    Outcome,
    expected_headers,
    intakes,
    outcome,
    preview_rows,
    read_file,
    verdict_of,
)
from booster.applications.queries.listing import (
    columns_offered,
    for_call,
    funnel,
    narrowed,
    reading,
    rows_for_export,
    rows_shown,
)
from booster.applications.queries.persons import export_of
from booster.applications.queries.status import Plain, plain_status

__all__ = [
    "FileReading",
    "Outcome",
    "Plain",
    "columns_offered",
    "desk",
    "earlier_sent",
    "expected_headers",
    "export_of",
    "for_call",
    "form_of",
    "funnel",
    "intakes",
    "known_organisations",
    "my_applications",
    "narrowed",
    "open_completion",
    "outcome",
    "plain_status",
    "preview_rows",
    "read_file",
    "reading",
    "reusable",
    "rows_for_export",
    "rows_shown",
    "verdict_of",
    "window_of",
]
