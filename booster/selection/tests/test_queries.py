"""The pool, the board, the comparison, decisions, feedback and the report: right, and in constant queries."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from booster.academies import actions as academies
from booster.academies.models import Role
from booster.academies.tests import make as make_academies
from booster.chronicle.tasks import run_errands
from booster.evaluation.models import Assignment, Conflict, Consensus, Evaluation, Mark, Screening
from booster.selection import actions
from booster.selection import queries as selection
from booster.selection.models import Complaint, Decision, PolicyNote, Scenario, Signature
from booster.selection.queries import board as boards
from booster.selection.queries import comparing, deciding, reporting
from booster.selection.queries.window import Look, window
from booster.selection.rules import limits
from booster.selection.rules.whatif import Hand
from booster.selection.tests import make
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def call(olga):
    return make.call(at=NOW, organiser=olga)


def asked(rows=(), hand=None, seats=3):
    return boards.Asked(seats, 1, limits.read(list(rows)), hand or Hand())


def test_everybody_out_of_the_pool_has_the_first_reason(call):
    files = make.files(call, at=NOW, count=6, marks=lambda n: [5, 4, 2, 3, 3, 3][n])
    Screening.objects.filter(application=files[0]).update(eligible=False, code="late")
    Screening.objects.filter(application=files[1]).delete()
    call.criteria.filter(key="motivation").update(minimum="3.5")
    Evaluation.objects.filter(assignment__application=files[4]).update(state="draft")
    told = {one.application.reference: one.why_out for one in selection.standings(call)}
    assert told == {
        "A-000": "Not eligible: late.",
        "A-001": "Eligibility has not been checked.",
        "A-002": "40.00 points of 100 without weights, under the threshold of 50.00.",
        "A-003": "Under the minimum of a criterion: motivation.",
        "A-004": "Not evaluated.",
        "A-005": "Under the minimum of a criterion: motivation.",
    }


def test_newcomers_are_those_who_took_part_in_no_other_edition(call, olga):
    files = make.files(call, at=NOW, count=2)
    earlier = make_academies.edition(at=NOW, slug="cba-0")
    academies.appoint(edition=earlier, person=files[0].applicant, role=Role.PARTICIPANT, by=None, at=NOW)
    files[1].organisation = None
    files[1].save()
    pool = selection.candidates(call, selection.standings(call))
    assert [one.attributes["newcomer"] for one in pool] == ["no", "yes"]
    assert pool[1].unit is None


@pytest.mark.parametrize("count", [1, 40])
def test_the_pool_and_the_board_take_five_queries(call, django_assert_num_queries, count):
    make.files(call, at=NOW, count=count)
    with django_assert_num_queries(5):
        found = boards.board(call, asked(), None)
    assert len(found.rows) == count


def test_the_board_counts_what_a_hand_does(call):
    make.files(call, at=NOW, count=12)
    wanted = [{"attribute": "country", "maximum": 1}, {"attribute": "gender", "value": "woman", "minimum": 2}]
    found = boards.board(call, asked(wanted, Hand(("A-006", "nobody"), ("A-001",))), None)
    assert [one.reference for one in found.rows if one.is_in] == ["A-000", "A-006"]
    assert [one.reference for one in found.rows if one.by_hand] == ["A-006", "A-001"]
    assert [(one.label, one.count, one.state) for one in found.broken] == [("Belgium", 2, "over")]
    assert [(one.label, one.count) for one in found.binding] == [("Women", 2)]
    assert {one.label for one in found.slack} == {"Germany", "France", "Greece", "Italy", "Poland"}
    assert found.pictures["ecosystem"][0].ecosystem == "agri-food"
    assert found.values["gender"] == ("man", "woman")


def test_the_board_tells_when_the_pool_changed_since(call, olga):
    make.files(call, at=NOW, count=6)
    scenario = make.solved(call, by=olga, at=NOW)
    assert not boards.board(call, asked(), scenario).is_stale
    assert [one.reserve for one in boards.board(call, asked(), scenario).rows] == [None, None, None, 1, 2, 3]
    Mark.objects.update(value=4)
    assert boards.board(call, asked(), scenario).is_stale


def test_two_selections_stand_side_by_side(call, olga):
    make.files(call, at=NOW, count=6)
    left = make.solved(call, by=olga, at=NOW, rows=[{"attribute": "country", "value": "BE", "maximum": 0},
                                                    {"attribute": "role", "minimum": 1, "maximum": 2}])  # fmt: skip
    right = make.solved(call, by=olga, at=NOW, rows=[{"attribute": "gender", "value": "woman", "minimum": 1}])
    pair = boards.beside(left, right)
    assert (pair.left.only, pair.right.only, pair.both) == (("A-003",), ("A-000",), 2)
    assert pair.limits == (
        ("Belgium", "≤ 0", "0", ""), ("Women", "≥ 1", "", "1"),
        ("Directors", "1–2", "2", ""), ("Managers", "1–2", "1", ""),
    )  # fmt: skip


def answers(n):
    return {
        "city": ("Linz", "Brno", "Linz")[n % 3], "organisation_type": "regional_agency",
        "cost_eur": [8000.0, 0.0, 100.0][n % 3],
        "rooms": [{"name": "Plenary", "cabaret": 60}, {"name": "Room 1"}, 7], "beds_held": 40, "step_free": True,
        "dates": [{"first": "2023-03-02", "last": "2023-03-03", "held": "exclusive"}, {"first": "soon"}, {"first": 1}],
    }  # fmt: skip


@pytest.fixture
def venues(call, olga):
    made = make.call(at=NOW, organiser=olga, kind="venues", edition=call.edition)
    make.files(made, at=NOW, count=3, answers=answers, marks=lambda n: [5, 4, 3][n])
    return made


def test_offers_are_compared_with_scores_rooms_cost_and_journeys(call, venues):
    make.files(call, at=NOW, count=4)
    found = comparing.compare(venues)
    first = found.offers[0]
    assert (first.city, first.host_kind, first.rooms, first.plenary, first.breakouts) == (
        "Linz", "regional agency", 2, 60, 1,
    )  # fmt: skip
    assert (first.beds, first.cost, len(first.dates), first.step_free, first.passes) == (40, 8000.0, 1, True, True)
    assert found.cohort.source == "eligible"
    assert first.travel.people == 4
    assert set(first.travel.tonnes) == {"desnz", "ademe"}
    assert set(found.weighing.ranking.order) == {"Linz (A-000)", "Brno", "Linz (A-002)"}
    assert comparing.label_offers(found.offers)[first.application.pk] == "Linz (A-000)"


def test_a_cost_left_open_is_not_taken_for_nothing(call, venues):
    make.files(call, at=NOW, count=4)
    weighing = comparing.compare(venues).weighing
    assert weighing.without_cost == ()
    assert set(weighing.ranking.parts["Brno"]) == {"score", "cost", "carbon", "hours"}
    brno = venues.applications.get(answers__city="Brno")
    brno.answers["cost_eur"] = None
    brno.save()
    weighing = comparing.compare(venues).weighing
    assert weighing.without_cost == ("Brno",)
    assert set(weighing.ranking.parts["Brno"]) == {"score", "carbon", "hours"}


def test_the_weighing_says_which_offer_comes_first_with_the_other_factors(call, venues):
    make.files(call, at=NOW, count=4)
    found = comparing.compare(venues)
    assert [name for name, _ in found.weighing.otherwise] == ["ADEME Base Empreinte 2026"]
    assert found.weighing.otherwise[0][1] in found.weighing.ranking.order


def test_the_cohort_is_the_chosen_else_the_adopted_else_the_eligible_else_typed(call, venues, olga):
    assert comparing.cohort_of(venues).source == "eligible"
    make.files(call, at=NOW, count=6)
    actions.adopt(scenario=make.solved(call, by=olga, at=NOW), by=olga, at=NOW)
    assert len(comparing.cohort_of(venues).people) == 3
    assert comparing.cohort_of(venues).source == "chosen"
    Decision.objects.all().delete()
    assert comparing.cohort_of(venues).source == "adopted"
    found = comparing.compare(venues, countries="2 Malta, Narnia")
    assert (len(found.cohort.people), found.cohort.unread) == (2, ("Narnia",))


def test_offers_nobody_can_weigh_are_not_weighed(call, venues):
    make.files(call, at=NOW, count=2)
    Evaluation.objects.filter(assignment__application__call=venues).update(state="draft")
    assert comparing.compare(venues).weighing.ranking.order
    Screening.objects.filter(application__call=venues).update(eligible=False)
    assert comparing.compare(venues).weighing is None
    call.applications.update(state="withdrawn")
    assert comparing.compare(venues).offers[0].travel is None


def test_who_hosted_before_is_known_from_earlier_editions(call, venues, olga):
    earlier = make_academies.edition(at=NOW, slug="cba-2")
    old = make.call(at=NOW, organiser=olga, kind="venues", edition=earlier, slug="old-venues")
    offer = make.files(old, at=NOW, count=1)[0]
    actions.choose_venue(call=old, chosen=offer, runner_up=None, reason="Good.", by=olga, at=NOW)
    found = comparing.compare(venues)
    assert found.hosted == {"BE": "Edition cba-2"}
    assert comparing.compare(old).places == ("Strasbourg (Edition cba-1)",)


@pytest.mark.parametrize("count", [1, 9])
def test_the_comparison_takes_nine_queries(call, olga, django_assert_num_queries, count):
    venues = make.call(at=NOW, organiser=olga, kind="venues", edition=call.edition)
    make.files(venues, at=NOW, count=count, answers=answers)
    make.files(call, at=NOW, count=count)
    with django_assert_num_queries(9):
        comparing.compare(venues)


def test_feedback_holds_marks_and_comments_without_names(call, olga):
    files = make.files(call, at=NOW, count=2)
    Mark.objects.filter(evaluation__assignment__application=files[0]).update(comment="Ren Reeve likes it.")
    Evaluation.objects.filter(assignment__application=files[0]).update(comment="ren.marks@example.org says yes.")
    call.criteria.filter(key="motivation").update(minimum=5)
    told = selection.feedback(call)
    first = told[files[0].pk]
    assert first.points == Decimal("100.00")
    assert first.criteria[0].comments == ("… likes it.",)
    assert first.comments == ("… says yes.",)
    assert told[files[1].pk].criteria[0].short
    alone = selection.feedback(call, only=files[0].pk)
    assert alone == {files[0].pk: first}
    assert selection.feedback(call, only=0) == {}


def test_the_text_of_a_consensus_stands_for_the_single_ones(call):
    files = make.files(call, at=NOW, count=1)
    keys = call.criteria.values_list("key", flat=True)
    Consensus.objects.create(
        edition=call.edition, application=files[0], state="agreed", marks=dict.fromkeys(keys, "4"), text="We agreed.",
        recorded_at=NOW,
    )  # fmt: skip
    for told in (selection.feedback(call), selection.feedback(call, only=files[0].pk)):
        assert told[files[0].pk].comments == ("We agreed.",)
        assert told[files[0].pk].criteria[0].comments == ()
        assert told[files[0].pk].points == 80


@pytest.mark.parametrize("count", [1, 12])
def test_feedback_takes_eight_queries(call, django_assert_num_queries, count):
    make.files(call, at=NOW, count=count)
    with django_assert_num_queries(8):
        selection.feedback(call)


def test_the_remedy_of_a_decision(call, olga):
    make.files(call, at=NOW, count=4)
    made = actions.adopt(scenario=make.solved(call, by=olga, at=NOW), by=olga, at=NOW)
    assert selection.remedy(made[0], at=NOW) is None
    actions.confirm(call=call, by=olga, at=NOW)
    run_errands(at=NOW)
    decision = actions.tell(call=call, by=olga, at=NOW)[0]
    assert selection.remedy(decision, at=NOW).is_open
    assert not selection.remedy(decision, at=NOW + timedelta(days=40)).is_open
    complaint = actions.complain(decision=decision, text="Hm.", by=None, at=NOW)
    found = selection.remedy(decision, at=NOW)
    assert (found.is_open, found.complaint) == (False, complaint)
    assert list(selection.complaints_of(call)) == [complaint]


def test_a_person_gets_a_copy_of_what_is_kept(call, olga):
    make.files(call, at=NOW, count=4)
    first, second = make.told(call, by=olga, at=NOW)[:2]
    actions.complain(decision=first, text="Hm.", by=None, at=NOW)
    assert selection.export_of(first.application.applicant)[0]["complaint"] == "Hm."
    assert selection.export_of(second.application.applicant)[0]["complaint"] is None
    Decision.objects.update(told_at=None)
    assert selection.export_of(second.application.applicant) == []


def test_the_check_knows_who_needs_a_letter(call, olga):
    make.files(call, at=NOW, count=6)
    actions.adopt(scenario=make.solved(call, by=olga, at=NOW), by=olga, at=NOW)
    rows = list(selection.decisions_of(call))
    assert (selection.check(call, rows).proposed, selection.check(call, rows).may_tell) == (6, False)
    actions.confirm(call=call, by=olga, at=NOW)
    found = selection.check(call, list(selection.decisions_of(call)))
    assert (found.confirmed, len(found.unwritten), found.may_tell) == (6, 3, False)
    run_errands(at=NOW)
    found = selection.check(call, list(selection.decisions_of(call)))
    assert (found.letters, found.unwritten, found.may_tell) == (3, [], True)


def test_an_address_is_the_applicants_else_the_one_given(call):
    file = make.files(call, at=NOW, count=1)[0]
    assert deciding.address_of(file) == f"person.{call.pk}.0@example.org"
    file.applicant, file.address = None, "typed@example.org"
    assert deciding.address_of(file) == "typed@example.org"


def test_the_report_names_nobody_and_hides_small_cells(call, olga):
    files = make.files(call, at=NOW, count=30)
    Screening.objects.filter(application=files[29]).update(
        eligible=False, code="late", state="overruled", reason="Late."
    )
    barred = Assignment.objects.create(
        edition=call.edition, application=files[0], evaluator=make.evaluator(call, name="Eva", email="eva@example.org"),
        state="barred", assigned_at=NOW,
    )  # fmt: skip
    Conflict.objects.create(assignment=barred, reason="employer", declared_at=NOW, decision="bar")
    rows = [{"attribute": "country", "maximum": 2}]
    make.told(call, by=olga, at=NOW, seats=6, rows=rows)
    decision = Decision.objects.filter(outcome="reserve").first()
    Decision.objects.filter(pk=decision.pk).update(amended="The chair asked.")
    actions.complain(decision=decision, text="Hm.", by=None, at=NOW)
    told = reporting.figures(call)
    steps = dict(map(tuple, told["steps"]))
    assert (steps["sent"], steps["eligible"], steps["passed"], steps["chosen"], steps["not_eligible"]) == (
        30,
        29,
        29,
        6,
        1,
    )
    assert told["refusals"] == [["late", 1]]
    assert told["conflicts"] == {"declared": 1, "cleared": 0, "barred": 1, "open": 0}
    assert told["complaints"] == {"received": 1}
    assert {what for what, _who, _why in told["overrules"]} == {"eligibility", "decision"}
    text = str(told["annex"]) + str(told["overrules"])
    assert len(told["annex"]) == 30
    assert not any(word in text for word in ("Person", "A-0", "Belgium", "Germany", "Cluster"))
    assert "one group" in text
    assert {one["reached"] for one in told["limits"]} <= {None, 0}
    countries = next(one for one in told["distributions"] if one["name"] == "country")
    assert all(chosen is None or chosen == 0 or chosen >= 5 for _value, _among, chosen in countries["lines"])
    assert reporting.digest(told) == reporting.digest(reporting.figures(call))


def test_the_report_of_a_venue_call_lists_policy_reasons(venues, olga):
    offer = venues.applications.first()
    actions.note_policy(application=offer, kind="rotation", favours=True, text="First time.", by=olga, at=NOW)
    venues.extensions.create(old_deadline_at=NOW, new_deadline_at=NOW, reason="r", announced_at=NOW)
    told = reporting.figures(venues)
    assert told["policy"] == [[reporting.pseudonyms(venues)[offer.pk], "rotation", True, "First time."]]
    assert ["extended", "2022-10-01T10:00+00:00"] in told["timeline"]


def test_the_report_of_a_call_without_files_is_empty(call):
    told = reporting.figures(call)
    assert (told["distributions"], told["annex"], told["limits"]) == ([], [], [])


def test_an_upheld_complaint_is_counted_as_such(call, olga):
    make.files(call, at=NOW, count=4)
    decision = make.told(call, by=olga, at=NOW)[0]
    complaint = actions.admit(
        complaint=actions.complain(decision=decision, text="Hm.", by=None, at=NOW), by=olga, at=NOW
    )
    actions.decide(complaint=complaint, answer="Yes.", changes_decision=True, by=olga, at=NOW)
    assert reporting.figures(call)["complaints"] == {"upheld": 1}


def test_pseudonyms_grow_until_they_differ(call, monkeypatch):
    make.files(call, at=NOW, count=2)

    class Alike:
        def __init__(self, text: bytes) -> None:
            self.text = text

        def hexdigest(self) -> str:
            return "aaaaaa" + self.text.decode()[-3:]

    monkeypatch.setattr(reporting, "sha256", Alike)
    assert sorted(reporting.pseudonyms(call).values()) == ["AAAAAA000", "AAAAAA001"]


@pytest.mark.parametrize("count", [1, 20])
def test_the_report_takes_constant_queries(call, olga, django_assert_num_queries, count):
    make.files(call, at=NOW, count=count)
    make.told(call, by=olga, at=NOW, seats=1)
    with django_assert_num_queries(8):
        reporting.figures(call)


def test_strangers_see_no_scenario_no_decision_no_complaint(call, olga, sana, paula):
    make.files(call, at=NOW, count=4)
    decision = make.told(call, by=olga, at=NOW)[0]
    actions.complain(decision=decision, text="Hm.", by=None, at=NOW)
    actions.note_policy(application=decision.application, kind="other", favours=False, text="x", by=olga, at=NOW)
    seen = reporting.digest(reporting.figures(call))
    actions.sign(call=call, part="Chair", seen=seen, by=olga, at=NOW)
    applicant = decision.application.applicant
    for model in (Scenario, Decision, Complaint, PolicyNote, Signature):
        assert model.objects.seen_by(olga).exists(), model
        for other in (sana, AnonymousUser()):
            assert not model.objects.seen_by(other).exists(), model
        assert str(model.objects.first())
    assert list(Decision.objects.seen_by(applicant)) == [decision]
    assert Complaint.objects.seen_by(applicant).count() == 1
    assert not Scenario.objects.seen_by(applicant).exists()


def test_a_page_of_the_builder_shows_the_group_the_reserve_and_the_nearest_below(call, olga):
    make.files(call, at=NOW, count=80)
    found = boards.board(call, asked([], Hand((), ("A-000",))), make.solved(call, by=olga, at=NOW, reserves=2))
    shown = window(found, Look())
    assert ("A-000", False) in [(one.reference, one.is_in) for one in shown.group]
    assert (shown.group_count, shown.reserve_count, shown.below_count) == (3, 10, 67)
    assert [one.reserve for one in shown.reserve] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert (len(shown.below), shown.first, shown.last, shown.pages, shown.next) == (30, 1, 30, 3, 2)
    last = window(found, Look(page=99))
    assert (len(last.below), last.page, last.previous, last.next) == (7, 3, 2, 0)


def test_the_builder_finds_people_by_words_without_accents_and_by_a_value(call):
    make.files(call, at=NOW, count=12)
    call.applications.filter(reference="A-011").update(title="José Müller")
    found = boards.board(call, asked(), None)
    assert [one.reference for one in window(found, Look(words="jose MULLER")).below] == ["A-011"]
    belgians = window(found, Look(of="country:BE"))
    assert [one.reference for one in (*belgians.group, *belgians.below)] == ["A-000", "A-006"]
    assert window(found, Look(words="nobody at all")).found == 0
    assert window(found, Look(words="person", of="gender:woman")).found == 4


def test_a_picture_shows_each_value_with_its_limit_and_what_nobody_carries(call):
    make.files(call, at=NOW, count=6)
    found = boards.board(call, asked([{"attribute": "country", "value": "MT", "minimum": 1}]), None)
    bars = {one.key: (one.label, one.value, one.available, one.minimum) for one in found.pictures["country"]}
    assert bars["country:MT"] == ("Malta", 0, 0, 1)
    assert bars["country:BE"] == ("Belgium", 1, 1, None)
