"""Scores and boards are kept between pages and never stale: each kind of change shows at once, whoever wrote it.

No action knows of what is kept, so a change by this process is to a reader what a change by another one is.
"""

from decimal import Decimal

import pytest

from booster.applications import actions as applications
from booster.calls import actions as calls
from booster.evaluation import actions, queries
from booster.evaluation.rules.agreeing import Agreement
from booster.evaluation.rules.rows import EvaluationRow, Rows
from booster.evaluation.tests import make
from booster.kit import keeping
from booster.people import actions as people
from booster.people.actions import NewOrganisation
from conftest import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]  # inside a transaction nothing is kept


class Desk:
    """A call with one file, signed by Ren with 5 5 5 and by Sana with 3 3 3; Ada has a file that she has not marked."""

    def __init__(self, olga, paula, ren, sana, ada):
        self.olga, self.paula, self.sana = olga, paula, sana
        self.call = make.call(at=NOW, organiser=olga)
        self.file = make.file(call=self.call, by=paula, at=NOW)
        readers = [make.evaluator(call=self.call, person=one, at=NOW) for one in (ren, sana, ada)]
        self.first = make.signed(application=self.file, evaluator=readers[0], at=NOW, marks="5 5 5")
        self.other = make.signed(application=self.file, evaluator=readers[1], at=NOW, marks="3 3 3")
        self.waiting = make.assignment(application=self.file, evaluator=readers[2], at=NOW)

    def sign(self):
        make.sign(assignment=self.waiting, at=NOW, marks="1 1 1")

    def reopen(self):
        actions.reopen(evaluation=self.first, by=self.olga, at=NOW)

    def declare_conflict(self):
        told = {"reason": "employer", "text": "I was their manager.", "by": self.sana, "at": NOW}
        return actions.declare_conflict(assignment=self.other.assignment, **told)

    def bar(self):
        conflict = self.declare_conflict()
        actions.decide_conflict(conflict=conflict, bar=True, reason="A close tie.", by=self.olga, at=NOW)

    def clear(self):
        conflict = self.declare_conflict()
        actions.decide_conflict(conflict=conflict, bar=False, reason="Long ago.", by=self.olga, at=NOW)

    def unassign(self):
        actions.unassign(assignment=self.first.assignment, by=self.olga, at=NOW)

    def begin_consensus(self):
        keys = self.call.criteria.values_list("key", flat=True)
        agreement = Agreement(marks=dict.fromkeys(keys, Decimal(2)), text="Both saw it.", minority="", absent="")
        told = {"application": self.file, "agreement": agreement, "revision": 0, "by": self.olga, "at": NOW}
        return actions.record_consensus(**told)

    def agree(self):
        held = self.begin_consensus()
        return actions.agree(consensus=held, revision=held.revision, by=self.olga, at=NOW)

    def reopen_consensus(self):
        actions.reopen_consensus(consensus=self.agree(), by=self.olga, at=NOW)

    def raise_a_minimum(self):
        criteria = list(self.call.criteria.all())
        criteria[0].minimum = Decimal("4.5")
        calls.set_criteria(call=self.call, criteria=criteria, by=self.olga, at=NOW)

    def raise_the_threshold(self):
        calls.change_texts(call=self.call, values={"threshold": Decimal(95)}, by=self.olga, at=NOW)

    def overrule(self):
        told = {"eligible": False, "code": "late", "reason": "A day late.", "by": self.olga, "at": NOW}
        actions.overrule(screening=self.file.screening, **told)

    def rename_the_organisation(self):
        entry = NewOrganisation(name="Douro Food", country="PT")
        people.change_organisation(organisation=self.file.organisation, entry=entry, by=self.olga, at=NOW)

    def change_after_sending(self):
        now = applications.save_answers(
            application=self.file, answers={"given_name": "Paola"}, revision=self.file.revision, by=self.paula, at=NOW
        )
        applications.submit(application=now.application, by=self.paula, at=NOW)

    def import_evaluations(self, *, dry_run=False):
        keys = self.call.criteria.values_list("key", flat=True)
        row = EvaluationRow(2, self.file.reference, "ada@example.org", dict.fromkeys(keys, Decimal(1)), "So so.")
        actions.take_in_evaluations(call=self.call, rows=Rows([row], []), by=self.olga, at=NOW, dry_run=dry_run)

    def withdraw(self):
        applications.withdraw(application=self.file, reason="", by=self.paula, at=NOW)

    def withdraw_and_send_again(self):
        taken = applications.withdraw(application=self.file, reason="", by=self.paula, at=NOW)
        again = applications.restore(application=taken, by=self.paula, at=NOW)
        assert queries.board(self.call).rows == ()
        applications.submit(application=again, by=self.paula, at=NOW)

    def forget_the_applicant(self):
        applications.forget(person=self.paula, by=None, at=NOW)


@pytest.fixture
def desk(olga, paula, ren, sana, make_person):
    return Desk(olga, paula, ren, sana, make_person("Ada Away"))


def looked_at(call):
    """What the board and the scores say of the one file that there is."""
    call = type(call).objects.get(pk=call.pk)
    rows = queries.board(call).rows
    assert {row.pk: row.score for row in rows if row.score} == {
        pk: one for pk, one in queries.scores(call).items() if pk in {row.pk for row in rows}
    }
    return [
        (row.title, row.organisation, f"{row.points:f}", row.signed, row.given, row.eligible, row.passes, row.consensus)
        for row in rows
    ]


BEFORE = ("Paula Pereira", "Atlantic Food Cluster", "80.00", 2, 3, True, True, "")


@pytest.mark.parametrize(
    "change, after",
    [
        ("sign", ("Paula Pereira", "Atlantic Food Cluster", "60.00", 3, 3, True, True, "")),
        ("reopen", ("Paula Pereira", "Atlantic Food Cluster", "60.00", 1, 3, True, True, "")),
        ("declare_conflict", ("Paula Pereira", "Atlantic Food Cluster", "100.00", 1, 3, True, True, "")),
        ("bar", ("Paula Pereira", "Atlantic Food Cluster", "100.00", 1, 2, True, True, "")),
        ("clear", BEFORE),
        ("unassign", ("Paula Pereira", "Atlantic Food Cluster", "60.00", 1, 2, True, True, "")),
        ("begin_consensus", (*BEFORE[:7], "open")),
        ("agree", ("Paula Pereira", "Atlantic Food Cluster", "40.00", 2, 3, True, False, "agreed")),
        ("reopen_consensus", (*BEFORE[:7], "open")),
        ("raise_a_minimum", (*BEFORE[:6], False, "")),
        ("raise_the_threshold", (*BEFORE[:6], False, "")),
        ("overrule", (*BEFORE[:5], False, True, "")),
        ("rename_the_organisation", ("Paula Pereira", "Douro Food", *BEFORE[2:])),
        ("change_after_sending", ("Paola Pereira", *BEFORE[1:])),
        ("import_evaluations", ("Paula Pereira", "Atlantic Food Cluster", "60.00", 3, 3, True, True, "")),
        ("withdraw", None),
        ("withdraw_and_send_again", BEFORE),
        ("forget_the_applicant", None),
    ],
)
def test_a_change_shows_at_once(desk, change, after):
    assert looked_at(desk.call) == looked_at(desk.call) == [BEFORE]
    getattr(desk, change)()
    assert looked_at(desk.call) == looked_at(desk.call) == [after] * bool(after)


def test_a_changed_weight_shows_at_once(desk):
    make.sign(assignment=desk.waiting, at=NOW, marks="1 1 4")
    assert [row[2] for row in looked_at(desk.call)] == ["66.00"]
    criteria = list(desk.call.criteria.all())
    for criterion, weight in zip(criteria, (1, 1, 8), strict=True):
        criterion.weight = Decimal(weight)
    calls.set_criteria(call=desk.call, criteria=criteria, by=desk.olga, at=NOW)
    assert [row[2] for row in looked_at(desk.call)] == ["76.00"]


def test_an_import_that_is_only_tried_changes_nothing(desk):
    before = looked_at(desk.call)
    desk.import_evaluations(dry_run=True)
    assert looked_at(desk.call) == before


def test_while_nothing_changes_four_queries_say_so(desk, django_assert_num_queries):
    before = queries.board(desk.call)
    with django_assert_num_queries(4):
        assert queries.board(desk.call) is before
    with django_assert_num_queries(3):
        queries.scores(desk.call)
    keeping.forget_all()
    assert queries.board(desk.call) == before


def test_a_call_does_not_see_what_is_kept_for_another(desk, pavel):
    assert looked_at(desk.call) == [BEFORE]
    other = make.call(at=NOW, organiser=desk.olga)
    make.file(call=other, by=pavel, at=NOW)
    assert [row[0] for row in looked_at(other)] == ["Pavel Petrov"]
    assert looked_at(desk.call) == [BEFORE]
