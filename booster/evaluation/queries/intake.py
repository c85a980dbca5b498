"""Reading files of evaluators and of evaluations."""

from pathlib import Path

from booster.calls.models import Call
from booster.evaluation.queries.scores import criteria_of
from booster.evaluation.rules import intake
from booster.evaluation.rules.intake import Rows
from booster.kit import sheets


def read_evaluators_file(source: Path | bytes, filename: str) -> Rows:
    """The evaluators that a file names. Raises ``sheets.UnreadableSheet``. No query."""
    sheet = sheets.read(source, filename, _enough(intake.EVALUATORS)).best(intake.EVALUATORS)
    return intake.read_evaluators(sheet, sheets.match_columns(sheet.headers, intake.EVALUATORS, None).columns)


def read_evaluations_file(call: Call, source: Path | bytes, filename: str) -> Rows:
    """The evaluations in a file: one column of marks for each criterion of the call. One query."""
    criteria = criteria_of(call)
    wanted = intake.evaluation_spellings(criteria)
    sheet = sheets.read(source, filename, wanted).best(wanted)
    return intake.read_evaluations(sheet, sheets.match_columns(sheet.headers, wanted, None).columns, criteria)


def read_assignments_file(source: Path | bytes, filename: str) -> Rows:
    """Who reads what, from a file. Raises ``sheets.UnreadableSheet``. No query."""
    sheet = sheets.read(source, filename, _enough(intake.ASSIGNMENTS)).best(intake.ASSIGNMENTS)
    return intake.read_assignments(sheet, sheets.match_columns(sheet.headers, intake.ASSIGNMENTS, None).columns)


def _enough(wanted: sheets.Spellings) -> sheets.Spellings:
    """The first two columns make a header: such files may have no others."""
    return dict(list(wanted.items())[:2])
