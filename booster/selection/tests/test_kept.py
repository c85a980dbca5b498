"""What the builder knows of the files is kept between pages and never stale: each kind of change shows at once.

No action knows of what is kept, so a change by this process is to a reader what a change by another one is.
"""

from decimal import Decimal

import pytest

from booster.academies import actions as academies
from booster.academies.models import Role
from booster.academies.tests import make as make_academies
from booster.applications import actions as applications
from booster.calls import actions as calls
from booster.calls.models import Call
from booster.evaluation import actions as evaluation
from booster.evaluation.models import Assignment, Evaluation
from booster.evaluation.rules.agreeing import Agreement
from booster.people import actions as people
from booster.people.actions import NewOrganisation
from booster.selection.queries.board import Asked, board
from booster.selection.queries.ground import ground
from booster.selection.rules import limits
from booster.selection.rules.whatif import Hand
from booster.selection.tests import make
from conftest import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]  # inside a transaction nothing is kept


class Desk:
    """A closed call with three files of 100, 90 and 80 points, each with one signed evaluation."""

    def __init__(self, olga):
        self.olga, self.call = olga, make.call(at=NOW, organiser=olga)
        self.files = make.files(self.call, at=NOW, count=3)

    def reopen(self):
        one = Evaluation.objects.get(assignment__application=self.files[0])
        evaluation.reopen(evaluation=one, by=self.olga, at=NOW)

    def unassign(self):
        one = Assignment.objects.get(application=self.files[0])
        evaluation.unassign(assignment=one, by=self.olga, at=NOW)

    def agree(self):
        marks = dict.fromkeys(self.call.criteria.values_list("key", flat=True), Decimal(3))
        agreement = Agreement(marks=marks, text="Both saw it.", minority="", absent="")
        told = {"application": self.files[0], "agreement": agreement, "revision": 0}
        held = evaluation.record_consensus(**told, by=self.olga, at=NOW)
        evaluation.agree(consensus=held, revision=held.revision, by=self.olga, at=NOW)

    def overrule(self):
        told = {"eligible": False, "code": "late", "reason": "A day late."}
        evaluation.overrule(screening=self.files[0].screening, **told, by=self.olga, at=NOW)

    def raise_the_threshold(self):
        call = Call.objects.get(pk=self.call.pk)
        calls.change_texts(call=call, values={"threshold": Decimal(95)}, by=self.olga, at=NOW)

    def withdraw(self):
        applications.withdraw(application=self.files[0], reason="", by=self.files[0].applicant, at=NOW)

    def forget_an_applicant(self):
        applications.forget(person=self.files[0].applicant, by=None, at=NOW)

    def rename_an_organisation(self):
        entry = NewOrganisation(name="Douro Food", country="BE")
        people.change_organisation(organisation=self.files[0].organisation, entry=entry, by=self.olga, at=NOW)

    def find_that_somebody_came_before(self):
        earlier = make_academies.edition(at=NOW, slug="cba-0")
        person = self.files[0].applicant
        academies.appoint(edition=earlier, person=person, role=Role.PARTICIPANT, by=None, at=NOW)


@pytest.fixture
def desk(olga):
    return Desk(olga)


def looked_at(call):
    """The files of the builder, those that cannot be chosen behind the bar, and how many came before."""
    call = Call.objects.select_related("edition").get(pk=call.pk)
    found = board(call, Asked(2, 1, limits.read([]), Hand()), None)
    lines = [f"{one.reference} {one.organisation} {one.points}{' in' * one.is_in}" for one in found.rows]
    out = [f"{one.reference}: {one.reason}" for one in found.outside]
    return [*lines, "|", *out, f"{ground(call).carried['newcomer'].get('no', 0)} before"]


FIRST, SECOND, THIRD = "A-000 Cluster 0 100.00 in", "A-001 Cluster 1 90.00 in", "A-002 Cluster 2 80.00"
BEFORE = [FIRST, SECOND, THIRD, "|", "0 before"]
WITHOUT = [SECOND, f"{THIRD} in", "|"]


@pytest.mark.parametrize(
    "change, after",
    [
        ("reopen", [*WITHOUT, "A-000: Not evaluated.", "0 before"]),
        ("unassign", [*WITHOUT, "A-000: Not evaluated.", "0 before"]),
        ("agree", [SECOND, f"{THIRD} in", "A-000 Cluster 0 60.00", "|", "0 before"]),
        ("overrule", [*WITHOUT, "A-000: Not eligible: late.", "0 before"]),
        (
            "raise_the_threshold",
            [
                FIRST,
                "|",
                "A-001: 90.00 points of 100 without weights, under the threshold of 95.00.",
                "A-002: 80.00 points of 100 without weights, under the threshold of 95.00.",
                "0 before",
            ],
        ),
        ("withdraw", [*WITHOUT, "0 before"]),
        ("forget_an_applicant", [*WITHOUT, "0 before"]),
        ("rename_an_organisation", ["A-000 Douro Food 100.00 in", *BEFORE[1:]]),
        ("find_that_somebody_came_before", [*BEFORE[:4], "1 before"]),
    ],
)
def test_a_change_shows_at_once(desk, change, after):
    assert looked_at(desk.call) == looked_at(desk.call) == BEFORE
    getattr(desk, change)()
    assert looked_at(desk.call) == looked_at(desk.call) == after


def test_who_gets_a_place_in_another_batch_shows_at_once(desk):
    early = make.passed_cut_off(desk.call, at=NOW, rows=desk.files[:2])
    call = Call.objects.select_related("edition").get(pk=desk.call.pk)
    before = ground(call, "0")
    assert ([one.reference for one in before.free], before.seated) == (["A-002"], ())
    make.adopted(call, cut_off=str(early.pk), by=desk.olga, at=NOW, seats=1)
    after = ground(call, "0")
    assert [one.reference for one in after.free] == ["A-002"]
    assert [one.reference for one in after.seated] == ["A-000"]
    assert list(after.candidates) == ["A-002", "A-000"]


def test_a_tried_selection_tells_when_a_score_changed(desk):
    scenario = make.solved(desk.call, by=desk.olga, at=NOW)
    asked = Asked(3, 1, limits.read([]), Hand())
    assert not board(desk.call, asked, scenario).is_stale
    desk.reopen()
    assert board(desk.call, asked, scenario).is_stale


def test_while_nothing_changes_four_queries_say_so(desk, django_assert_num_queries):
    before = ground(desk.call)
    with django_assert_num_queries(4):
        assert ground(desk.call) is before
