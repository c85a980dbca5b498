"""Files of evaluators, evaluations and assignments, row by row."""

from datetime import date
from decimal import Decimal

from booster.evaluation.rules import rows as by_row
from booster.evaluation.rules.scores import CriterionOf
from booster.intake.rules import judging
from booster.kit import sheets

CRITERIA = [
    CriterionOf("a", "Aims", Decimal(50)),
    CriterionOf("b", "Balance", Decimal(30)),
    CriterionOf("c", "Care", Decimal(20), minimum=Decimal("2.5")),
]


def sheet(text):
    read = sheets.read(text.encode(), "x.csv", judging.ASSIGNMENTS)
    best = read.best(judging.ASSIGNMENTS)
    return best, sheets.match_columns(best.headers, judging.ASSIGNMENTS, None).columns


def test_a_file_of_assignments_is_read_row_by_row():
    found = judging.read_assignments(
        *sheet(
            "contribution_id,evaluator_email,due\n1,ren@example.org,2027-03-01\n1,REN@example.org,\n,a@b.example,\n2,x@y.example,soon\n"
        )
    )
    assert found.rows[0] == by_row.AssignmentRow(2, "1", "ren@example.org", date(2027, 3, 1))
    assert [(r.id, r.due_on) for r in found.rows] == [("1", date(2027, 3, 1)), ("2", None)]
    assert [(p.row, p.refused) for p in found.problems] == [(3, True), (4, True), (5, False)]


def evaluators(text):
    read = sheets.read(text.encode(), "x.csv", judging.EVALUATORS).best(judging.EVALUATORS)
    return judging.read_evaluators(read, sheets.match_columns(read.headers, judging.EVALUATORS, None).columns)


def test_a_file_of_evaluators_keeps_what_it_can_and_says_the_rest():
    found = evaluators(
        "email,name,country,organisation,ecosystems,capacity,until\n"
        "ren@example.org,Ren,NL,Delft,Digital;Magic,12,2027-01-31\n"
        "ren@example.org,Ren again,,,,,\n"
        "nobody,No,,,,,\n"
        "rita@example.org,,Atlantis,,,many,never\n"
        "tom@example.org,Tom,,,,9000,\n"
    )
    assert [(r.email, r.name, r.country, r.capacity, r.ends_on) for r in found.rows] == [
        ("ren@example.org", "Ren", "NL", 12, date(2027, 1, 31)),
        ("rita@example.org", "rita@example.org", "", 20, None),
        ("tom@example.org", "Tom", "", 20, None),
    ]
    assert [(p.row, p.field, p.refused) for p in found.problems] == [
        (2, "ecosystems", False), (3, "email", True), (4, "email", True), (5, "country", False),
        (5, "capacity", False), (5, "ends_on", False), (6, "capacity", False),
    ]  # fmt: skip


def test_a_file_of_evaluations_needs_a_mark_for_every_criterion():
    wanted = judging.evaluation_spellings(CRITERIA)
    lines = ["id,evaluator,Aims,Balance,Care", "1,a@b.example,3,3,3", "1,a@b.example,3,3,3", ",,3,3,3"]
    text = "\n".join([*lines, "2,a@b.example,good,3,3", "3,a@b.example,6,3,3"])
    read = sheets.read(text.encode(), "x.csv", wanted).best(wanted)
    found = judging.read_evaluations(read, sheets.match_columns(read.headers, wanted, None).columns, CRITERIA)
    assert [(r.id, r.marks) for r in found.rows] == [
        ("1", {"a": Decimal("3.0"), "b": Decimal("3.0"), "c": Decimal("3.0")})
    ]
    assert [p.row for p in found.problems] == [3, 4, 5, 6]
    assert all(p.refused for p in found.problems)
