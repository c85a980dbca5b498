"""What happens to verdicts, evaluators, assignments, conflicts, marks and consensus; and what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest

from booster.academies.models import Membership, Role
from booster.applications import actions as applications
from booster.applications.models import Partner
from booster.chronicle.models import Fact
from booster.chronicle.tasks import run_errands
from booster.evaluation import actions, queries, tasks
from booster.evaluation.models import (
    Assignment,
    Conflict,
    Consensus,
    Evaluation,
    Evaluator,
    Mark,
    Redaction,
    Screening,
    Sharing,
)
from booster.evaluation.queries.sharing import Shared
from booster.evaluation.rules import rows as by_row
from booster.evaluation.rules.agreeing import Agreement
from booster.evaluation.tests import make
from booster.kit.access import Refused
from booster.kit.machine import NotNow
from booster.kit.moves import Stale
from booster.post.models import Letter
from conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(days=2)


@pytest.fixture
def call(olga):
    return make.call(at=NOW, organiser=olga)


@pytest.fixture
def file(call, paula):
    return make.file(call=call, by=paula, at=NOW)


@pytest.fixture
def evaluator(call, ren, olga):
    return make.evaluator(call=call, person=ren, at=NOW, by=olga, country="NL", ecosystems=("agri-food",))


def kinds(thing):
    return list(Fact.objects.about(thing).order_by("id").values_list("kind", flat=True))


# -- eligibility


def test_screening_twice_changes_nothing(call, file):
    verdict = Screening.objects.get(application=file)
    assert (verdict.eligible, verdict.code, verdict.state) == (True, "", "proposed")
    assert actions.screen(call=call, by=None, at=LATER) == 0
    assert Screening.objects.get(application=file).computed_at == NOW


def test_a_confirmed_verdict_opens_again_when_the_answers_now_say_otherwise(call, file, olga):
    verdict = file.screening
    assert actions.confirm_verdicts(call=call, screenings=[verdict], by=olga, at=NOW) == 1
    assert actions.confirm_verdicts(call=call, screenings=[verdict], by=olga, at=NOW) == 0
    file.answers["staff_fte"] = 0.2
    file.save()
    assert actions.screen(call=call, by=None, at=LATER) == 1
    verdict.refresh_from_db()
    assert (verdict.eligible, verdict.code, verdict.state, verdict.decided_by) == (
        False,
        "management under 0.5 FTE",
        "proposed",
        None,
    )


def test_an_overruled_verdict_stays_whatever_the_answers_say(call, file, olga):
    actions.overrule(screening=file.screening, eligible=False, code="late", reason="By post.", by=olga, at=NOW)
    assert actions.screen(call=call, by=None, at=LATER) == 0
    verdict = Screening.objects.get(application=file)
    assert (verdict.state, verdict.eligible, verdict.code, verdict.reason, verdict.decided_by) == (
        "overruled",
        False,
        "late",
        "By post.",
        olga,
    )
    actions.overrule(screening=verdict, eligible=True, code="late", reason="A mistake.", by=olga, at=LATER)
    assert (verdict.eligible, verdict.code) == (True, "")
    assert kinds(file).count("evaluation.verdict_overruled") == 2


def test_overruling_needs_a_reason_and_a_condition_of_the_call(file, olga):
    with pytest.raises(Refused, match="Say why"):
        actions.overrule(screening=file.screening, eligible=True, code="", reason=" ", by=olga, at=NOW)
    with pytest.raises(Refused, match="own conditions"):
        actions.overrule(screening=file.screening, eligible=False, code="ugly", reason="x", by=olga, at=NOW)


def test_confirming_leaves_other_calls_alone(call, file, olga):
    other = make.call(at=NOW, organiser=olga)
    assert actions.confirm_verdicts(call=other, screenings=[file.screening], by=olga, at=NOW) == 0


def test_what_is_sent_is_screened_by_the_reaction(call, hana):
    from booster.applications.tests import make as files

    sent = files.application(call=call, by=hana, at=NOW)
    run_errands(at=NOW)
    assert Screening.objects.get(application=sent).eligible is True
    run_errands(at=LATER)


# -- the pool


def test_an_invitation_makes_evaluator_role_and_a_held_letter(call, evaluator, ren, olga):
    assert Membership.objects.filter(person=ren, role=Role.EVALUATOR).exists()
    run_errands(at=NOW)
    letter = Letter.objects.get(kind="evaluation.invitation")
    assert (letter.state, letter.to) == ("held", ren)
    assert "Would you evaluate for" in letter.subject
    assert "/evaluating/" in letter.body


def test_nobody_is_invited_twice_and_no_organiser(call, evaluator, ren, olga):
    with pytest.raises(Refused, match="in the pool already"):
        make.evaluator(call=call, person=ren, at=NOW)
    with pytest.raises(Refused, match="cannot evaluate"):
        make.evaluator(call=call, person=olga, at=NOW)


def test_somebody_who_left_may_begin_again(call, evaluator, ren, olga):
    actions.end_evaluator(evaluator=evaluator, by=olga, at=NOW)
    again = make.evaluator(call=call, person=ren, at=LATER, organisation="Delft Cluster", capacity=3)
    assert (again.pk, again.ended_at, again.capacity, again.organisation.name) == (
        evaluator.pk,
        None,
        3,
        "Delft Cluster",
    )


def test_what_an_evaluator_may_take_on_can_change(evaluator, olga):
    entry = actions.NewEvaluator("", "", country="BE", capacity=7, expertise="Wood", ends_on=LATER.date())
    actions.change_evaluator(evaluator=evaluator, entry=entry, by=olga, at=NOW)
    held = Evaluator.objects.get(pk=evaluator.pk)
    assert (held.country, held.capacity, held.expertise, held.ends_on) == ("BE", 7, "Wood", LATER.date())
    assert held.person.memberships.get(role=Role.EVALUATOR).ends_on == LATER.date()


def test_ending_gives_open_files_back_and_keeps_signed_ones(call, file, evaluator, olga, pavel):
    make.signed(application=file, evaluator=evaluator, at=NOW)
    other = make.file(call=call, by=pavel, at=NOW)
    waiting = make.assignment(application=other, evaluator=evaluator, at=NOW)
    actions.end_evaluator(evaluator=evaluator, by=olga, at=LATER)
    waiting.refresh_from_db()
    assert waiting.state == "ended"
    assert queries.scores(call)[file.pk].count == 1


def test_a_reminder_reaches_those_with_open_files(call, file, evaluator, olga):
    make.assignment(application=file, evaluator=evaluator, at=NOW, due_on=LATER.date())
    assert actions.remind(call=call, evaluators=[evaluator], release=True, by=olga, at=NOW) == 1
    assert actions.remind(call=call, evaluators=[], release=True, by=olga, at=NOW) == 0
    run_errands(at=NOW)
    letter = Letter.objects.get(kind="evaluation.reminder")
    assert letter.state in ("released", "sent")
    assert "1 file still waits" in letter.subject
    assert "Mon 3 Oct 2022" in letter.body
    assert Evaluator.objects.get(pk=evaluator.pk).reminded_at == NOW


def test_those_with_files_due_soon_are_reminded_by_themselves_once(call, file, evaluator, django_assert_num_queries):
    make.assignment(application=file, evaluator=evaluator, at=NOW, due_on=NOW.date() + timedelta(days=3))
    with django_assert_num_queries(2):
        assert [(found, who) for found, who in queries.due_reminders(NOW)] == [(call, [evaluator])]
    assert tasks.remind_due(at=NOW) == 1
    assert tasks.remind_due(at=NOW + timedelta(hours=1)) == 0
    run_errands(at=NOW)
    assert Letter.objects.get(kind="evaluation.reminder").state in ("released", "sent")
    assert tasks.remind_due(at=NOW + timedelta(days=4)) == 1
    assert tasks.remind_due(at=NOW + timedelta(days=9)) == 0


# -- assignments


def test_a_file_is_given_with_its_reason_and_a_held_letter_once_a_day(call, file, evaluator, olga, pavel):
    held = actions.assign(application=file, evaluator=evaluator, by=olga, at=NOW)
    actions.assign(application=make.file(call=call, by=pavel, at=NOW), evaluator=evaluator, by=olga, at=NOW)
    assert (held.state, held.reason) == ("assigned", "Knows agri-food.")
    run_errands(at=NOW)
    letter = Letter.objects.get(kind="evaluation.assignment")
    assert letter.state == "held"


def test_a_file_that_was_taken_back_can_be_given_again_and_no_other_state(file, evaluator, olga):
    held = make.assignment(application=file, evaluator=evaluator, at=NOW, state="ended")
    again = actions.assign(application=file, evaluator=evaluator, by=olga, at=LATER)
    assert (again.pk, again.state) == (held.pk, "assigned")
    with pytest.raises(NotNow):
        actions.assign(application=file, evaluator=evaluator, by=olga, at=LATER)


def test_nobody_reads_their_own_file_nor_that_of_their_organisation_or_partner(
    call, file, olga, paula, ren, hana, sana
):
    own = make.evaluator(call=call, person=paula, at=NOW)
    same = make.evaluator(call=call, person=ren, at=NOW, organisation="ATLANTIC Food Cluster ")
    Partner.objects.create(
        application=file, organisation_name="Porto Design Hub", address="hana@example.org", state="joined"
    )
    partner = make.evaluator(call=call, person=sana, at=NOW, organisation="Porto design hub")
    person = make.evaluator(call=call, person=hana, at=NOW)
    for one in (own, same, partner, person):
        with pytest.raises(Refused, match="conflict of interest"):
            actions.assign(application=make_again(file), evaluator=one, by=olga, at=NOW)


def make_again(file):
    from booster.applications.models import Application

    return Application.objects.get(pk=file.pk)


def test_a_file_goes_to_nobody_who_left_and_only_within_its_call(call, file, evaluator, olga):
    other = make.call(at=NOW, organiser=olga)
    stranger = make.evaluator(call=other, person=evaluator.person, at=NOW)
    with pytest.raises(Refused, match="not one of those"):
        actions.assign(application=file, evaluator=stranger, by=olga, at=NOW)
    evaluator.ends_on = (NOW - timedelta(days=1)).date()
    with pytest.raises(Refused, match="no longer works"):
        actions.assign(application=file, evaluator=evaluator, by=olga, at=NOW)
    withdrawn = applications.withdraw(application=file, reason="", by=file.applicant, at=NOW)
    evaluator.ends_on = None
    with pytest.raises(Refused, match="not one of those"):
        actions.assign(application=withdrawn, evaluator=evaluator, by=olga, at=NOW)


def test_the_balanced_assignment_is_worked_out_proposed_and_written_down_once(call, file, evaluator, olga, pavel, sana):
    make.file(call=call, by=pavel, at=NOW)
    barred = make.evaluator(call=call, person=sana, at=NOW, organisation="Atlantic Food Cluster")
    asked = actions.ask_sharing(call=call, by=olga, at=NOW)
    assert tasks.work_out.func(asked.pk) == "Each evaluator has between 0 and 2 files."
    assert tasks.work_out.func(asked.pk) == "nothing to do"
    asked.refresh_from_db()
    assert (asked.state, len(asked.added), len(asked.short)) == ("proposed", 2, 2)
    assert barred.pk not in {pair[1] for pair in asked.added}
    assert actions.assign_sharing(sharing=asked, by=olga, at=NOW) == 2
    with pytest.raises(Stale):
        actions.assign_sharing(sharing=Sharing(pk=asked.pk, state="proposed", call=call), by=olga, at=NOW)
    assert actions.assign_all(call=call, pairs=[(file.pk, evaluator.pk), (0, 0)], by=olga, at=NOW) == 0
    run_errands(at=NOW)
    assert "2 files" in Letter.objects.get(kind="evaluation.assignment").body


def test_a_sharing_that_cannot_be_worked_out_says_so(call, olga, monkeypatch):
    def fail(call, **asked):
        raise RuntimeError("The solver gave no answer.")

    monkeypatch.setattr(queries, "work_out_sharing", fail)
    asked = actions.ask_sharing(call=call, by=olga, at=NOW)
    assert tasks.work_out.func(asked.pk) == "failed"
    asked.refresh_from_db()
    assert (asked.state, asked.sentence) == ("failed", "The solver gave no answer.")
    assert actions.drop_sharing(sharing=asked, by=olga, at=NOW).state == "dropped"


def test_a_dropped_sharing_is_not_proposed_any_more(call, olga):
    asked = actions.ask_sharing(call=call, by=olga, at=NOW)
    actions.drop_sharing(sharing=asked, by=olga, at=NOW)
    with pytest.raises(NotNow):
        actions.propose_sharing(sharing=asked, shared=Shared([], {}, [], ""), by=None, at=NOW)


# -- conflicts


def test_a_declared_conflict_closes_an_open_file_until_it_is_decided(file, evaluator, ren, olga):
    held = make.assignment(application=file, evaluator=evaluator, at=NOW)
    conflict = actions.declare_conflict(assignment=held, reason="family", text=" My cousin. ", by=ren, at=NOW)
    assert (held.state, conflict.text, conflict.decision) == ("in_doubt", "My cousin.", "")
    with pytest.raises(Refused, match="Say why"):
        actions.decide_conflict(conflict=conflict, bar=False, reason="", by=olga, at=NOW)
    actions.decide_conflict(conflict=conflict, bar=False, reason="A distant one.", by=olga, at=NOW)
    assert Assignment.objects.get(pk=held.pk).state == "open"
    with pytest.raises(Stale):
        actions.decide_conflict(conflict=Conflict(pk=conflict.pk, decision=""), bar=True, reason="x", by=olga, at=NOW)
    again = actions.declare_conflict(
        assignment=Assignment.objects.get(pk=held.pk), reason="other", text="", by=ren, at=LATER
    )
    assert (again.pk, again.decision, again.decided_by) == (conflict.pk, "", None)


@pytest.mark.parametrize("reason", ["", "boredom", "same_organisation"])
def test_a_conflict_has_one_of_the_reasons_that_people_may_give(file, evaluator, ren, reason):
    held = make.assignment(application=file, evaluator=evaluator, at=NOW, state="assigned")
    with pytest.raises(Refused, match="Choose the reason"):
        actions.declare_conflict(assignment=held, reason=reason, text="", by=ren, at=NOW)


def test_many_files_are_declared_on_at_once_and_only_those_that_wait(call, file, evaluator, ren, pavel):
    one = make.assignment(application=file, evaluator=evaluator, at=NOW, state="assigned")
    two = make.assignment(
        application=make.file(call=call, by=pavel, at=NOW), evaluator=evaluator, at=NOW, state="in_doubt"
    )
    assert actions.declare_free_of_many(assignments=[one, two], by=ren, at=NOW) == 1
    two.refresh_from_db()
    assert two.state == "in_doubt"
    assert kinds(one)[-1] == "evaluation.declared_free"


def test_declaring_twice_is_refused(file, evaluator, ren):
    held = make.assignment(application=file, evaluator=evaluator, at=NOW)
    with pytest.raises(NotNow):
        actions.declare_free(assignment=held, by=ren, at=NOW)


# -- marks


@pytest.fixture
def begun(file, evaluator, ren):
    held = make.assignment(application=file, evaluator=evaluator, at=NOW)
    return actions.begin(assignment=held, by=ren, at=NOW)


def save(begun, ren, *, revision=None, marks=None, notes=None, comment=None):
    return actions.save_marks(
        evaluation=begun, marks=marks or {}, comments=notes or {}, comment=comment,
        revision=begun.revision if revision is None else revision, by=ren, at=NOW,
    )  # fmt: skip


def test_marks_are_kept_as_they_come_and_taken_back(begun, ren):
    save(begun, ren, marks={"motivation": Decimal("3.5")}, notes={"motivation": "Clear."})
    save(begun, ren, marks={"motivation": None, "nonsense": Decimal(1)}, comment="Good")
    mark = Mark.objects.get()
    assert (mark.value, mark.comment) == (None, "Clear.")
    begun.refresh_from_db()
    assert (begun.revision, begun.comment) == (3, "Good")
    assert actions.begin(assignment=begun.assignment, by=ren, at=LATER).pk == begun.pk


def test_the_second_of_two_windows_does_not_overwrite_the_first(begun, ren):
    save(begun, ren, marks={"motivation": Decimal(3)}, revision=1)
    with pytest.raises(Stale):
        save(begun, ren, marks={"motivation": Decimal(5)}, revision=1)
    assert Mark.objects.get().value == Decimal(3)


def test_what_is_no_mark_is_refused(begun, ren):
    with pytest.raises(Refused, match="is not a mark from 0 to 5"):
        save(begun, ren, marks={"motivation": Decimal("5.5")})


def test_signing_names_what_is_missing(begun, ren):
    save(begun, ren, marks={"motivation": Decimal(3)}, notes={"motivation": "x"})
    save(begun, ren, marks={"challenge": Decimal(3)})
    with pytest.raises(Refused) as no:
        actions.sign(evaluation=begun, revision=begun.revision, by=ren, at=NOW)
    assert "a comment on" in str(no.value)
    assert "a mark for" in str(no.value)


def test_a_signed_evaluation_counts_until_it_is_opened_again(call, file, begun, ren):
    make.sign(assignment=begun.assignment, at=NOW, marks="4 4 4", note="", comment="One comment for all.")
    begun.refresh_from_db()
    assert queries.scores(call)[file.pk].points == Decimal("80.00")
    with pytest.raises(Refused, match="signed"):
        save(begun, ren, marks={"motivation": Decimal(1)})
    actions.reopen(evaluation=begun, by=ren, at=LATER)
    assert queries.scores(call) == {}
    assert (begun.state, begun.signed_at) == ("draft", None)


def test_nothing_is_saved_or_signed_after_a_conflict_was_declared(begun, ren):
    held = begun.assignment
    make.sign(assignment=held, at=NOW)
    begun.refresh_from_db()
    actions.reopen(evaluation=begun, by=ren, at=NOW)
    actions.declare_conflict(assignment=held, reason="other", text="", by=ren, at=NOW)
    with pytest.raises(Stale):
        save(begun, ren, marks={"motivation": Decimal(1)})
    with pytest.raises(Stale):
        actions.sign(evaluation=begun, revision=begun.revision, by=ren, at=NOW)


# -- consensus

MARKS = {"motivation": Decimal(4), "challenge": Decimal("3.5"), "contribution": Decimal(3)}


@pytest.fixture
def apart(call, file, evaluator, sana):
    second = make.evaluator(call=call, person=sana, at=NOW)
    make.signed(application=file, evaluator=evaluator, at=NOW, marks="5 5 5")
    make.signed(application=file, evaluator=second, at=NOW, marks="1 5 5")
    return file


def test_a_consensus_replaces_the_marks_once_it_is_agreed(call, apart, olga):
    assert queries.scores(call)[apart.pk].diverges is True
    held = actions.record_consensus(
        application=apart,
        agreement=Agreement({**MARKS, "nonsense": Decimal(1)}, "They agreed.", "One did not.", "Nobody."),
        revision=0, by=olga, at=NOW,
    )  # fmt: skip
    assert held.marks == {"motivation": "4.0", "challenge": "3.5", "contribution": "3.0"}
    assert queries.scores(call)[apart.pk].agreed is False
    actions.agree(consensus=held, revision=held.revision, by=olga, at=NOW)
    found = queries.scores(call)[apart.pk]
    assert (found.agreed, found.diverges, found.by_criterion["motivation"]) == (True, False, Decimal("4.00"))
    with pytest.raises(NotNow, match="Open it again"):
        actions.record_consensus(
            application=apart, agreement=Agreement(MARKS, "x"), revision=held.revision, by=olga, at=NOW
        )
    actions.reopen_consensus(consensus=held, by=olga, at=LATER)
    assert queries.scores(call)[apart.pk].agreed is False


def test_two_moderators_do_not_overwrite_each_other(apart, olga):
    actions.record_consensus(application=apart, agreement=Agreement(MARKS, "One"), revision=0, by=olga, at=NOW)
    with pytest.raises(Stale):
        actions.record_consensus(application=apart, agreement=Agreement(MARKS, "Two"), revision=0, by=olga, at=NOW)
    actions.record_consensus(application=apart, agreement=Agreement(MARKS, "Three"), revision=1, by=olga, at=NOW)
    with pytest.raises(Stale):
        actions.agree(consensus=Consensus.objects.get(), revision=1, by=olga, at=NOW)
    assert Consensus.objects.get().text == "Three"


@pytest.mark.parametrize(
    "marks, text, why", [({"motivation": Decimal(4)}, "x", "Every criterion"), (MARKS, " ", "few sentences")]
)
def test_a_consensus_needs_all_marks_and_a_text(apart, olga, marks, text, why):
    held = actions.record_consensus(application=apart, agreement=Agreement(marks, text), revision=0, by=olga, at=NOW)
    with pytest.raises(Refused, match=why):
        actions.agree(consensus=held, revision=1, by=olga, at=NOW)


def test_what_is_no_mark_is_no_consensus(apart, olga):
    with pytest.raises(Refused, match="half steps"):
        actions.record_consensus(
            application=apart, agreement=Agreement({"motivation": Decimal(6)}, ""), revision=0, by=olga, at=NOW
        )


def test_a_meeting_asks_those_who_signed_and_nobody_with_a_conflict(apart, evaluator, sana, olga):
    assert len(actions.call_meeting(application=apart, when=LATER, where="Room 2", by=olga, at=NOW)) == 2
    run_errands(at=NOW)
    letters = Letter.objects.filter(kind="evaluation.meeting")
    assert {letter.to for letter in letters} == {evaluator.person, sana}
    assert all("Room 2" in letter.body and letter.state == "held" for letter in letters)
    with pytest.raises(Refused, match="still to come"):
        actions.call_meeting(application=apart, when=NOW, where="", by=olga, at=NOW)
    held = Assignment.objects.get(evaluator=evaluator)
    actions.declare_conflict(assignment=held, reason="other", text="", by=evaluator.person, at=NOW)
    with pytest.raises(Refused, match="two evaluators"):
        actions.call_meeting(application=apart, when=LATER, where="", by=olga, at=NOW)


# -- sample file and redactions


def test_the_sample_is_marked_once_and_needs_every_mark(call, evaluator, ren, olga):
    with pytest.raises(Refused, match="reference mark"):
        actions.set_calibration(
            call=call, title="S", text="T", reference={"motivation": (Decimal(3), "x")}, by=olga, at=NOW
        )
    full = {key: (mark, "Because.") for key, mark in MARKS.items()}
    sample = actions.set_calibration(call=call, title="S", text="T", reference=full, by=olga, at=NOW)
    assert sample.reference["challenge"] == {"value": "3.5", "why": "Because."}
    with pytest.raises(Refused, match="every criterion"):
        actions.calibrate(evaluator=evaluator, marks={"motivation": Decimal(3)}, by=ren, at=NOW)
    actions.calibrate(evaluator=evaluator, marks=MARKS, by=ren, at=NOW)
    with pytest.raises(Refused, match="already"):
        actions.calibrate(evaluator=evaluator, marks=MARKS, by=ren, at=NOW)


def test_a_redaction_is_replaced_and_taken_back(file, olga):
    actions.redact(application=file, question_key="goal", text="One", by=olga, at=NOW)
    held = actions.redact(application=file, question_key="goal", text="Two", by=olga, at=NOW)
    assert Redaction.objects.get().text == "Two"
    actions.unredact(redaction=held, by=olga, at=NOW)
    assert Redaction.objects.count() == 0
    assert kinds(file)[-3:] == ["evaluation.redacted", "evaluation.redacted", "evaluation.unredacted"]


# -- files


def person_row(number, email, **more):
    told = {"name": "N", "country": "", "organisation": "", "ecosystems": (), "capacity": 5, "ends_on": None, **more}
    return by_row.EvaluatorRow(number, email, **told)


def test_evaluators_come_from_a_file_once_and_neither_organisers_nor_the_departed(call, evaluator, olga, ren):
    rows = by_row.Rows(
        [person_row(2, "new@example.org", organisation="Hub"), person_row(3, olga.email), person_row(4, ren.email)]
    )
    dry = actions.take_in_evaluators(call=call, rows=rows, by=olga, at=NOW, dry_run=True)
    assert (dry.new_count, dry.known_count, Evaluator.objects.count()) == (1, 1, 1)
    taken = actions.take_in_evaluators(call=call, rows=rows, by=olga, at=NOW)
    assert (taken.new_count, taken.known_count, [p.row for p in taken.problems]) == (1, 1, [3])
    actions.end_evaluator(evaluator=evaluator, by=olga, at=NOW)
    again = actions.take_in_evaluators(call=call, rows=rows, by=olga, at=NOW, letters=True)
    assert (again.new_count, again.known_count, [p.row for p in again.problems]) == (0, 1, [3, 4])
    run_errands(at=NOW)
    assert list(Letter.objects.filter(kind="evaluation.invitation")) == []


def test_assignments_come_from_a_file_with_every_refusal_said(call, file, evaluator, olga, paula):
    make.evaluator(call=call, person=paula, at=NOW)
    rows = by_row.Rows(
        [
            by_row.AssignmentRow(2, file.reference, evaluator.person.email, LATER.date()),
            by_row.AssignmentRow(3, "none", evaluator.person.email, None),
            by_row.AssignmentRow(4, file.reference, "nobody@example.org", None),
            by_row.AssignmentRow(5, file.reference, paula.email, None),
        ]
    )
    assert actions.take_in_assignments(call=call, rows=rows, by=olga, at=NOW, dry_run=True).new_count == 1
    assert Assignment.objects.count() == 0
    taken = actions.take_in_assignments(call=call, rows=rows, by=olga, at=NOW)
    assert (taken.new_count, taken.known_count, [p.row for p in taken.problems]) == (1, 0, [3, 4, 5])
    assert Assignment.objects.get().due_on == LATER.date()
    assert actions.take_in_assignments(call=call, rows=rows, by=olga, at=NOW).known_count == 1
    actions.end_evaluator(evaluator=evaluator, by=olga, at=NOW)
    assert [p.row for p in actions.take_in_assignments(call=call, rows=rows, by=olga, at=NOW).problems] == [2, 3, 4, 5]


def test_evaluations_from_a_file_open_what_was_only_assigned_and_revive_nothing_barred(call, file, evaluator, olga):
    rows = by_row.Rows([by_row.EvaluationRow(2, file.reference, evaluator.person.email, MARKS, "Good.")])
    make.assignment(application=file, evaluator=evaluator, at=NOW, state="assigned")
    assert actions.take_in_evaluations(call=call, rows=rows, by=olga, at=NOW, dry_run=True).new_count == 1
    assert Evaluation.objects.count() == 0
    assert actions.take_in_evaluations(call=call, rows=rows, by=olga, at=NOW).new_count == 1
    assert (Assignment.objects.get().state, queries.scores(call)[file.pk].count) == ("open", 1)
    again = actions.take_in_evaluations(call=call, rows=rows, by=olga, at=NOW)
    assert (again.new_count, again.known_count) == (0, 1)
    actions.declare_conflict(assignment=Assignment.objects.get(), reason="other", text="", by=evaluator.person, at=NOW)
    barred = actions.take_in_evaluations(call=call, rows=rows, by=olga, at=NOW)
    assert [p.message for p in barred.problems] == [
        "A conflict of interest of this evaluator with this file is on record."
    ]
