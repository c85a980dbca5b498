"""Files of evaluators, of evaluations and of assignments, row by row. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from booster.applications.rules.entries import RowProblem
from booster.evaluation.rules.rows import AssignmentRow, EvaluationRow, EvaluatorRow, Rows
from booster.evaluation.rules.scores import CriterionOf, is_mark
from booster.kit import plain, sheets
from booster.kit.words import N_
from booster.people.rules import countries, ecosystems, emails

EVALUATORS: dict[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "E-mail address", "mail", "evaluator_email"),
    "name": ("name", "full name", "evaluator"),
    "country": ("country", "country of residence"),
    "organisation": ("organisation", "organization", "employer", "affiliation"),
    "ecosystems": ("ecosystems", "industrial ecosystems", "expertise", "fields"),
    "capacity": ("capacity", "max files", "maximum number of files", "files"),
    "ends_on": ("until", "end date", "available until", "ends on"),
}
EVALUATIONS: dict[str, tuple[str, ...]] = {
    "id": (
        "contribution_id",
        "Contribution ID",
        "Offer ID",
        "offer_id",
        "application",
        "application_id",
        "reference",
        "id",
    ),
    "email": ("evaluator_email", "evaluator e-mail", "evaluator", "email", "e-mail", "reviewer"),
    "comment": ("comment", "comments", "remarks", "justification"),
}


ASSIGNMENTS: dict[str, tuple[str, ...]] = {
    "id": EVALUATIONS["id"],
    "email": EVALUATIONS["email"],
    "due_on": ("due", "due date", "due on", "deadline", "until"),
}


NO_ADDRESS = N_("Without a usable address nobody can be asked.")
SAME_PERSON = N_("Row {row} names the same person.")
NO_COUNTRY = N_("“{text}” is not a country.")
NO_ECOSYSTEM = N_("“%(text)s” is none of the 14 ecosystems.")
TOO_MANY = N_("{count} files cannot be meant; {usual} are assumed.")
NOTHING_NAMED = N_("The row names no file or no evaluator.")
GIVEN_ALREADY = N_("Row {row} gives this evaluator this file already.")
MARKED_ALREADY = N_("Row {row} holds this evaluator's marks for this file already.")
NO_MARK = N_("There is no mark.")
NOT_A_MARK = N_("%(mark)s is not a mark from 0 to 5 in half steps.")
LABELS = {  # every field in the words of a page
    "id": N_("Application"),
    "email": N_("E-mail address"),
    "name": N_("Name"),
    "country": N_("Country"),
    "organisation": N_("Organisation"),
    "ecosystems": N_("Ecosystems that they know"),
    "capacity": N_("At most this many files"),
    "ends_on": N_("Last day"),
    "due_on": N_("Due"),
    "comment": N_("Comment"),
}


def evaluation_spellings(criteria: Sequence[CriterionOf]) -> Mapping[str, Sequence[str]]:
    """Header spellings of a file of evaluations: one column for every criterion, by key or title."""
    return EVALUATIONS | {f"mark.{c.key}": (c.key.replace("-", " "), c.title) for c in criteria}


def read_evaluators(sheet: sheets.Sheet, columns: Mapping[str, int]) -> Rows:
    """Every row with a usable address; the same address twice counts once, the first row holds."""
    found: dict[str, EvaluatorRow] = {}
    problems: list[RowProblem] = []
    for number, cells in sheet.rows:
        given = {name: cells.get(index) for name, index in columns.items()}
        email = emails.normalise(given.get("email"))
        if not emails.usable(email):
            problems.append(RowProblem(number, email, "email", NO_ADDRESS, refused=True))
        elif email in found:
            problems.append(RowProblem(number, email, "email", SAME_PERSON.format(row=found[email].row), refused=True))
        else:
            found[email] = _evaluator(number, email, given, problems)
    return Rows(list(found.values()), problems)


def _evaluator(number: int, email: str, given: Mapping[str, Any], problems: list[RowProblem]) -> EvaluatorRow:
    country = countries.recognise(given.get("country")) or ""
    if not country and plain.clean(given.get("country")):
        problems.append(
            RowProblem(number, email, "country", NO_COUNTRY.format(text=plain.clean(given["country"])[:60]))
        )
    known, unknown = ecosystems.recognise_many(given.get("ecosystems"))
    problems += [RowProblem(number, email, "ecosystems", NO_ECOSYSTEM % {"text": text[:60]}) for text in unknown]
    return EvaluatorRow(
        row=number,
        email=email,
        name=plain.clean(given.get("name"))[:200] or email,
        country=country,
        organisation=plain.clean(given.get("organisation"))[:200],
        ecosystems=tuple(known),
        capacity=_capacity(number, email, given.get("capacity"), problems),
        ends_on=_until(number, email, given.get("ends_on"), problems),
    )


def _capacity(number: int, email: str, raw: Any, problems: list[RowProblem], usual: int = 20) -> int:
    try:
        capacity = plain.whole_number(raw)
    except plain.Unclear as trouble:
        problems.append(RowProblem(number, email, "capacity", str(trouble)))
        return usual
    if capacity is None:
        return usual
    if not 0 <= capacity <= 5000:
        problems.append(RowProblem(number, email, "capacity", TOO_MANY.format(count=capacity, usual=usual)))
        return usual
    return capacity


def _until(number: int, email: str, raw: Any, problems: list[RowProblem], *, field: str = "ends_on") -> date | None:
    try:
        return plain.day(raw)
    except plain.Unclear as trouble:
        problems.append(RowProblem(number, email, field, str(trouble)))
        return None


def read_assignments(sheet: sheets.Sheet, columns: Mapping[str, int]) -> Rows:
    """Who reads what: every row with an id and an address; the same pair twice counts once."""
    rows: dict[tuple[str, str], AssignmentRow] = {}
    problems: list[RowProblem] = []
    for number, cells in sheet.rows:
        given = {name: cells.get(index) for name, index in columns.items()}
        external_id, email = plain.clean(given.get("id"))[:60], emails.normalise(given.get("email"))
        if not external_id or not email:
            problems.append(RowProblem(number, external_id, "id", NOTHING_NAMED, refused=True))
        elif (external_id, email) in rows:
            same = GIVEN_ALREADY.format(row=rows[external_id, email].row)
            problems.append(RowProblem(number, external_id, "email", same, refused=True))
        else:
            due_on = _until(number, external_id, given.get("due_on"), problems, field="due_on")
            rows[external_id, email] = AssignmentRow(number, external_id, email, due_on)
    return Rows(list(rows.values()), problems)


def read_evaluations(sheet: sheets.Sheet, columns: Mapping[str, int], criteria: Sequence[CriterionOf]) -> Rows:
    """Every row with an id, an address and a mark for each criterion; others are refused, each with its reason."""
    rows: dict[tuple[str, str], EvaluationRow] = {}
    problems: list[RowProblem] = []
    for number, cells in sheet.rows:
        given = {name: cells.get(index) for name, index in columns.items()}
        external_id, email = plain.clean(given.get("id"))[:60], emails.normalise(given.get("email"))
        marks, why = _marks(given, criteria)
        if not external_id or not email:
            problems.append(RowProblem(number, external_id, "id", NOTHING_NAMED, refused=True))
        elif why:
            problems.append(RowProblem(number, external_id, "marks", why, refused=True))
        elif (external_id, email) in rows:
            same = MARKED_ALREADY.format(row=rows[external_id, email].row)
            problems.append(RowProblem(number, external_id, "email", same, refused=True))
        else:
            comment = plain.clean(given.get("comment"))[:5000]
            rows[external_id, email] = EvaluationRow(number, external_id, email, marks, comment)
    return Rows(list(rows.values()), problems)


def _marks(given: Mapping[str, Any], criteria: Sequence[CriterionOf]) -> tuple[dict[str, Decimal], str]:
    """The marks of a row, and why it cannot be taken; the reason is empty when it can."""
    marks: dict[str, Decimal] = {}
    for criterion in criteria:
        raw = given.get(f"mark.{criterion.key}")
        try:
            number = plain.decimal_number(raw)
        except plain.Unclear as trouble:
            return {}, f"{criterion.title}: {trouble}"
        if number is None:
            return {}, f"{criterion.title}: {NO_MARK}"
        mark = Decimal(str(number))
        if not is_mark(mark):
            return {}, f"{criterion.title}: {NOT_A_MARK % {'mark': mark}}"
        marks[criterion.key] = mark.quantize(Decimal("0.1"))
    return marks, ""
