"""The rules of access with their reasons, and the corners of queries and reactions that no page shows."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from booster.applications import actions as applications
from booster.applications import facts as application_facts
from booster.applications.models import Application
from booster.applications.tests import make as files
from booster.applications.tests.test_actions import pdf
from booster.calls.models import Call, Gate
from booster.chronicle.models import Fact
from booster.chronicle.tasks import run_errands
from booster.evaluation import actions, facts, reactions
from booster.evaluation.access import RULES
from booster.evaluation.models import Assignment, Conflict, Evaluation, Evaluator, Screening, Sharing
from booster.evaluation.queries import desk, overview
from booster.evaluation.queries import screening as verdicts
from booster.evaluation.rules import rows as by_row
from booster.evaluation.tests import make
from booster.library.models import Document
from booster.post.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SECTIONS = [
    {
        "key": "all",
        "title": "All",
        "questions": [
            {"key": "name", "kind": "text", "label": "Name", "identifies": True},
            {"key": "plan", "kind": "file", "label": "Plan", "files": "documents", "several": True},
            {"key": "rooms", "kind": "rooms", "label": "Rooms"},
        ],
    }
]


@pytest.fixture
def at():
    return now()


@pytest.fixture
def call(olga, at):
    return make.call(at=at, organiser=olga)


@pytest.fixture
def evaluator(call, ren, olga, at):
    return make.evaluator(call=call, person=ren, at=at, by=olga)


@pytest.fixture
def held(call, paula, evaluator, at):
    return make.assignment(application=make.file(call=call, by=paula, at=at), evaluator=evaluator, at=at)


def test_every_verb_of_organisers_is_refused_to_all_others(held, olga, ren, sana):
    for verb in (
        verb for verb in RULES if verb.split(".")[1] not in ("declare", "evaluate", "read", "reopen", "mark_sample")
    ):
        assert RULES[verb](olga, held) is None
        for other in (ren, sana, AnonymousUser(), None):
            assert "organiser" in RULES[verb](other, held)


@pytest.mark.parametrize(
    "state, reason",
    [("open", None), ("assigned", "First say whether"), ("in_doubt", "The organiser decides")],
)
def test_a_file_opens_to_its_evaluator_after_the_declaration(held, ren, sana, olga, state, reason):
    held.state = state
    no = RULES["evaluation.evaluate"](ren, held)
    assert no is None if reason is None else reason in no
    assert RULES["evaluation.declare"](ren, held) is None
    assert "Only the evaluator of this file" in RULES["evaluation.evaluate"](sana, held)
    assert "Only the evaluator of this file" in RULES["evaluation.evaluate"](None, held)
    assert RULES["evaluation.read"](olga, held) is None
    assert RULES["evaluation.reopen"](olga, held) is None


def test_whoever_left_is_told_so(held, ren, at):
    held.evaluator.ended_at = at
    assert "has ended" in RULES["evaluation.evaluate"](ren, held)


def test_only_oneself_marks_ones_sample(evaluator, ren, sana):
    assert RULES["evaluation.mark_sample"](ren, evaluator) is None
    assert "Only this evaluator" in RULES["evaluation.mark_sample"](sana, evaluator)
    assert "Only this evaluator" in RULES["evaluation.mark_sample"](None, evaluator)


def test_each_sees_their_own_and_organisers_their_editions(held, evaluator, olga, ren, sana):
    for model, thing in ((Evaluator, evaluator), (Assignment, held)):
        assert list(model.objects.seen_by(ren)) == [thing]
        assert list(model.objects.seen_by(olga)) == [thing]
        assert list(model.objects.seen_by(sana)) == []
        assert list(model.objects.seen_by(AnonymousUser())) == []
    assert [s.pk for s in Screening.objects.seen_by(olga)] == [held.application.screening.pk]
    assert list(Screening.objects.seen_by(ren)) == []


def test_things_say_what_they_are_without_naming_anybody(held, evaluator, olga, at):
    begun = make.sign(assignment=held, at=at)
    conflict = Conflict(reason="family")
    sharing = actions.ask_sharing(call=held.application.call, by=olga, at=at)
    assert str(held) == f"file {held.application_id}"
    told = [str(one) for one in (held.application.screening, evaluator, begun, begun.marks.first(), conflict, sharing)]
    assert told == [
        str(held.application_id),
        str(evaluator.person_id),
        str(held.pk),
        "3.0",
        "Family or close personal tie",
        str(sharing.pk),
    ]
    assert Sharing.objects.get() == sharing


def test_a_withdrawn_file_leaves_the_desk_of_its_evaluator(held, ren, at):
    applications.withdraw(application=held.application, reason="", by=held.application.applicant, at=at)
    assert list(Assignment.objects.own(ren)) == []
    assert desk.my_evaluating(ren) == []


# -- files that hang at an application


@pytest.fixture
def with_files(olga, paula, ren, at):
    call = files.call(at=at, organiser=olga, kind="venues", sections=SECTIONS)
    call.gates.all().delete()
    room = {"name": "Paula's hall", "cabaret": 60}
    draft = files.draft(call=call, by=paula, at=at, name="Paula Pereira", rooms=[room])
    document = applications.add_file(application=draft, question="plan", file=pdf("paula.pdf"), by=paula, at=at)
    sent = applications.submit(application=draft, by=paula, at=at)
    Document.objects.update(scan="clean")
    actions.screen(call=call, by=None, at=at)
    evaluator = make.evaluator(call=call, person=ren, at=at)
    return call, make.assignment(application=sent, evaluator=evaluator, at=at), document


def test_an_evaluator_gets_the_files_of_an_open_application(with_files, client_of, ren, olga, at):
    _call, held, document = with_files
    where = f"/evaluating/{held.pk}/attachments/{document.pk}/"
    answer = client_of(ren).get(where)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert client_of(ren).get(f"/evaluating/{held.pk}/attachments/{document.pk + 1}/").status_code == 404
    assert client_of(olga).get(where).status_code == 404


def test_in_blind_reading_a_file_has_no_name_and_a_redaction_hides_it(with_files, client_of, ren, olga, at):
    call, held, document = with_files
    Call.objects.filter(pk=call.pk).update(blind=True)
    where = f"/evaluating/{held.pk}/attachments/{document.pk}/"
    answer = client_of(ren).get(where)
    assert "paula" not in answer["Content-Disposition"]
    assert f"file-{held.application_id}.pdf" in answer["Content-Disposition"]
    page = client_of(ren).get(f"/evaluating/{held.pk}/").content.decode()
    assert "paula.pdf" not in page
    assert "▇▇▇&#x27;s hall" in page
    assert "1 file hangs here" in client_of(olga).get(f"/applications/{held.application_id}/redact/").content.decode()
    actions.redact(application=held.application, question_key="plan", text="A plan of a hall.", by=olga, at=at)
    assert client_of(ren).get(where).status_code == 404
    assert "A plan of a hall." in client_of(ren).get(f"/evaluating/{held.pk}/").content.decode()


# -- corners


def test_a_gate_of_countries_shows_the_applicants_country(call, paula, at):
    Gate.objects.create(
        call=call, position=90, code="abroad", message="In Europe", kind="country_in", params={"groups": ["EU27"]}
    )
    seen = verdicts.seen_by_gates(make.file(call=call, by=paula, at=at).screening)
    assert seen[-1].lines == (("Country", "Portugal"),)


def test_choices_leave_out_who_holds_the_file_and_who_left(held, call, sana, olga, hana, at):
    gone = make.evaluator(call=call, person=sana, at=at)
    actions.end_evaluator(evaluator=gone, by=olga, at=at)
    make.evaluator(call=call, person=hana, at=at)
    file = Application.objects.get(pk=held.application_id)
    assert [one.load.evaluator.person.name for one in overview.choices(file, today=at.date())] == ["Hana Horváth"]


def test_rows_about_withdrawn_and_ineligible_files_are_refused(held, call, olga, pavel, at):
    late = make.file(call=call, by=pavel, at=at)
    actions.overrule(screening=late.screening, eligible=False, code="late", reason="x", by=olga, at=at)
    applications.withdraw(application=held.application, reason="", by=held.application.applicant, at=at)
    email = held.evaluator.person.email
    rows = by_row.Rows(
        [by_row.AssignmentRow(n, ref, email, None) for n, ref in ((2, held.application.reference), (3, late.reference))]
    )
    taken = actions.take_in_assignments(call=call, rows=rows, by=olga, at=at)
    assert [p.message for p in taken.problems] == [
        "The file is withdrawn, so it is not evaluated.",
        "The file is not eligible: late.",
    ]


def test_reactions_bear_things_that_are_gone_and_run_twice(held, call, olga, at):
    nothing = Fact(kind="x", thing_type="x.x", thing_id=0, payload={"when": at.isoformat()}, at=at)
    every = [one for listening in reactions.REACTIONS.values() for one in listening]
    for reaction in every:
        reaction(nothing, at=at)
    Screening.objects.all().delete()
    whole = Fact(kind=application_facts.IMPORTED.name, thing_type="calls.call", thing_id=call.pk, payload={}, at=at)
    reactions.screen_call(whole, at=at)
    reactions.screen_call(whole, at=at)
    assert Screening.objects.count() == 1
    run_errands(at=at)
    before = Letter.objects.count()
    told = Fact.objects.get(kind=facts.EVALUATOR_INVITED.name)
    reactions.write_invitation(told, at=at + timedelta(hours=1))
    assert Letter.objects.count() == before


def test_a_file_given_by_hand_after_its_declaration_needs_no_letter(held, at):
    run_errands(at=at)
    assert Letter.objects.filter(kind="evaluation.assignment").count() == 0
    assert Evaluation.objects.count() == 0
