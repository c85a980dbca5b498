"""The second round on the evaluator's desk: the first file and what was agreed on it, the talk, no marks before it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import now

from booster.applications import actions as applications
from booster.calls import actions as calls
from booster.calls import queries as call_queries
from booster.calls.models import Call
from booster.evaluation import actions
from booster.evaluation.models import Consensus, Evaluation
from booster.evaluation.queries import desk
from booster.evaluation.tests import make
from booster.interviews import actions as interviews
from booster.interviews.tests import make as talks
from booster.kit.access import Refused

pytestmark = pytest.mark.django_db
NOW = now()


@pytest.fixture
def first(olga):
    return make.call(at=NOW, organiser=olga)


@pytest.fixture
def agreed(first, paula):
    """A file of the first round on which its evaluators agreed."""
    sent = make.file(call=first, by=paula, at=NOW, goal="A service for members of Paula Pereira.")
    key = first.criteria.first().key
    Consensus.objects.create(
        edition_id=first.edition_id, application=sent, state="agreed", text="Strong plan, thin budget.",
        marks={key: "4.0"}, recorded_at=NOW,
    )  # fmt: skip
    return sent


def assigned(first, sent, *, olga, ren, round="full", **about):
    """The file of the second round, open on Ren's desk."""
    second = calls.follow(
        call=first, round=round, copy_questions=True, deadline_at=first.deadline_at + timedelta(days=30), by=olga,
        at=NOW,
    )  # fmt: skip
    if (version := call_queries.form_draft(second)) is not None:
        calls.publish_form(version=version, by=olga, at=NOW)
    calls.publish(call=Call.objects.get(pk=second.pk), by=olga, at=NOW)
    Call.objects.filter(pk=second.pk).update(**about)
    second = Call.objects.select_related("follows").get(pk=second.pk)
    mine = applications.carry_on(application=sent, call=second, by=None, at=NOW)
    if round == "interview":
        talk = talks.slot(second, at=NOW, days=2)
        interviews.choose(slot=talk, application=mine, by=mine.applicant, at=NOW)
    else:
        consent = {"consent": {"given": True, "version": "1"}}
        applications.save_answers(application=mine, answers=consent, revision=1, by=mine.applicant, at=NOW)
        applications.submit(application=mine, by=mine.applicant, at=NOW)
    mine.refresh_from_db()
    actions.screen(call=second, by=None, at=NOW)
    evaluator = make.evaluator(call=second, person=ren, at=NOW, by=olga)
    return make.assignment(application=mine, evaluator=evaluator, at=NOW)


def test_the_evaluator_reads_the_first_file_and_the_agreed_text(client_of, first, agreed, olga, ren):
    held = assigned(first, agreed, olga=olga, ren=ren)
    shown = client_of(ren).get(reverse("evaluation:file", args=[held.pk]), follow=True).content.decode()
    found = desk.earlier(held)
    assert found.agreed.text == "Strong plan, thin budget."
    assert found.marks == ((first.criteria.first().title, "4.0"),)
    assert found.paper.title == str(agreed)
    assert "The first round" in shown
    assert "Strong plan, thin budget." in shown


def test_the_organiser_may_keep_it_from_them(client_of, first, agreed, olga, ren):
    held = assigned(first, agreed, olga=olga, ren=ren, earlier_seen=False)
    assert desk.earlier(held) is None
    shown = client_of(ren).get(reverse("evaluation:file", args=[held.pk]), follow=True).content.decode()
    assert "Strong plan, thin budget." not in shown


def test_blind_reading_covers_the_first_round_too(first, agreed, olga, ren):
    Consensus.objects.update(text="Paula Pereira convinced us.")
    held = assigned(first, agreed, olga=olga, ren=ren, blind=True)
    found = desk.earlier(desk.for_marking(held))
    said = " ".join(one.text for chapter in found.paper.chapters for one in chapter.answers) + found.text
    assert "Pereira" not in said
    assert "Paula" not in said


def test_an_erased_first_file_is_not_shown(first, agreed, olga, ren):
    held = assigned(first, agreed, olga=olga, ren=ren)
    type(agreed).objects.filter(pk=agreed.pk).update(state="erased")
    assert desk.earlier(held) is None


def test_a_first_round_asks_nothing_of_it(first, agreed, olga, ren, django_assert_num_queries):
    evaluator = make.evaluator(call=first, person=ren, at=NOW, by=olga)
    held = desk.for_marking(make.assignment(application=agreed, evaluator=evaluator, at=NOW))
    with django_assert_num_queries(0):
        assert desk.earlier(held) is None


def test_a_second_round_asks_six_times_at_most(first, agreed, olga, ren, django_assert_num_queries):
    held = desk.for_marking(assigned(first, agreed, olga=olga, ren=ren))
    with django_assert_num_queries(4):
        desk.earlier(held)


def test_a_talk_is_marked_once_it_has_begun(client_of, first, agreed, olga, ren):
    held = assigned(first, agreed, olga=olga, ren=ren, round="interview")
    assert desk.earlier(held).paper is None
    shown = client_of(ren).get(reverse("evaluation:file", args=[held.pk]), follow=True).content.decode()
    assert "Marks can be signed once it has begun." in shown
    evaluation = actions.begin(assignment=held, by=ren, at=NOW)
    criteria = [c.key for c in held.application.call.criteria.all()]
    actions.save_marks(
        evaluation=evaluation, marks=dict.fromkeys(criteria, Decimal(4)), comments={}, comment="Convincing.",
        revision=evaluation.revision, by=ren, at=NOW,
    )  # fmt: skip
    evaluation = Evaluation.objects.get(pk=evaluation.pk)
    with pytest.raises(Refused, match="The talk has not begun yet"):
        actions.sign(evaluation=evaluation, revision=evaluation.revision, by=ren, at=NOW)
    done = actions.sign(evaluation=evaluation, revision=evaluation.revision, by=ren, at=NOW + timedelta(days=3))
    assert done.state == "signed"
