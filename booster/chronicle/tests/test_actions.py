from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from booster.chronicle import actions, queries, tasks
from booster.chronicle.models import Errand, Fact
from booster.chronicle.tests import make
from booster.chronicle.tests.make import KNOCKED, NOW, RANG
from booster.kit.machine import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def olga():
    return make.person()


@pytest.fixture
def heard(wired):
    """Reactions that remember what they heard."""
    said = []

    def listen(fact, *, at):
        said.append((fact.kind, fact.pk, at))

    wired.listen({KNOCKED: [listen]})
    return said


def test_a_fact_keeps_who_what_and_when(olga, wired):
    fact = actions.record(KNOCKED, thing=olga, by=olga, at=NOW, stick="a cane", times=3)
    fact.refresh_from_db()
    assert (fact.kind, fact.actor, fact.by_house, fact.at) == ("chronicle_tests.knocked", olga, False, NOW)
    assert (fact.thing_type, fact.thing_id, fact.edition_id) == ("people.person", olga.pk, None)
    assert fact.payload == {"stick": "a cane", "times": 3}
    assert str(fact) == f"chronicle_tests.knocked people.person {olga.pk}"


def test_a_fact_stands_in_the_edition_of_its_thing_unless_another_is_named(olga, wired):
    olga.edition_id = 7
    assert actions.record(KNOCKED, thing=olga, by=None, at=NOW).edition_id == 7
    assert actions.record(KNOCKED, thing=olga, by=None, at=NOW, edition_id=8).edition_id == 8


def test_a_fact_about_an_edition_stands_in_it(olga, wired, monkeypatch):
    monkeypatch.setattr(type(olga)._meta, "model_name", "edition")
    assert actions.record(KNOCKED, thing=olga, by=None, at=NOW).edition_id == olga.pk


def test_a_fact_without_listeners_is_one_query(olga, wired, django_assert_num_queries):
    with django_assert_num_queries(1):
        actions.record(RANG, thing=olga, by=olga, at=NOW)
    assert not Errand.objects.exists()


def test_a_fact_with_listeners_is_two_queries(olga, heard, django_assert_num_queries):
    with django_assert_num_queries(2):
        actions.record(KNOCKED, thing=olga, by=olga, at=NOW)


@pytest.mark.parametrize("count", [1, 30])
def test_many_facts_are_two_queries_however_many(olga, heard, count, django_assert_num_queries):
    with django_assert_num_queries(2):
        facts = actions.record_many(
            KNOCKED, [olga] * count, by=olga, at=NOW, payloads=[{"stick": str(n)} for n in range(count)]
        )
    assert [fact.payload["stick"] for fact in facts] == [str(n) for n in range(count)]
    assert Errand.objects.count() == count


def test_many_facts_need_as_many_payloads(olga, wired):
    with pytest.raises(ValueError, match="shorter"):
        actions.record_many(KNOCKED, [olga, olga], by=olga, at=NOW, payloads=[{}])


def test_a_transaction_asks_for_the_worker_once(olga, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as calls:
        actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
        actions.record_many(KNOCKED, [olga, olga], by=olga, at=NOW)
    assert [call.args for call in calls] == [("booster.chronicle.tasks.work_off",)]


def test_a_savepoint_that_fell_back_does_not_swallow_the_call(olga, heard, django_capture_on_commit_callbacks):
    @transaction.atomic
    def falls_back():
        actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
        raise ZeroDivisionError

    with django_capture_on_commit_callbacks() as calls:
        with pytest.raises(ZeroDivisionError):
            falls_back()
        actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    assert len(calls) == 1
    assert Fact.objects.count() == Errand.objects.count() == 1


def test_nothing_is_asked_for_a_fact_that_nobody_hears(olga, wired, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as calls:
        actions.record(RANG, thing=olga, by=olga, at=NOW)
    assert calls == []


def test_after_commit_a_job_is_enqueued(olga, heard, django_capture_on_commit_callbacks):
    from django_tasks import default_task_backend

    default_task_backend.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    assert [result.task.module_path for result in default_task_backend.results] == ["booster.chronicle.tasks.work_off"]


def test_an_errand_runs_once(olga, heard):
    fact = actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    assert tasks.run_errands(at=NOW) == 1
    assert tasks.run_errands(at=NOW) == 0
    assert heard == [("chronicle_tests.knocked", fact.pk, NOW)]
    errand = Errand.objects.get()
    assert (errand.state, errand.attempts, errand.leased_until) == ("done", 1, None)
    assert str(errand).endswith("listen (done)")


def test_reactions_to_reactions_run_in_the_same_call(olga, heard, wired):
    def ring(fact, *, at):
        actions.record(KNOCKED, thing=olga, by=None, at=at)

    wired.listen({RANG: [ring]})
    actions.record(RANG, thing=olga, by=olga, at=NOW)
    assert tasks.run_errands(at=NOW) == 2
    assert len(heard) == 1


def test_no_more_errands_are_tried_than_asked_for(olga, heard):
    actions.record_many(KNOCKED, [olga] * 5, by=olga, at=NOW)
    assert tasks.run_errands(at=NOW, limit=2) == 2
    assert tasks.run_errands(at=NOW) == 3


def _failing(wired):
    tries = []

    def fail(fact, *, at):
        actions.record(RANG, thing=fact.actor, by=None, at=at)
        tries.append(at)
        raise ValueError("no answer from paula@example.org")

    wired.listen({KNOCKED: [fail]})
    return tries


def test_a_failure_is_written_down_undone_and_tried_again_later(olga, wired):
    tries = _failing(wired)
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    assert tasks.run_errands(at=NOW) == 0
    errand = Errand.objects.get()
    assert (errand.state, errand.attempts, errand.leased_until) == ("todo", 1, None)
    assert errand.trouble == "ValueError: no answer from …"
    assert NOW + timedelta(seconds=10) <= errand.not_before < NOW + timedelta(seconds=20)
    assert Fact.objects.filter(kind=RANG.name).count() == 0
    tasks.run_errands(at=NOW + timedelta(seconds=5))
    assert len(tries) == 1
    tasks.run_errands(at=NOW + timedelta(seconds=30))
    assert len(tries) == 2


def test_one_failure_does_not_stop_the_next(olga, heard, wired):
    _failing(wired)
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    assert tasks.run_errands(at=NOW) == 1
    assert len(heard) == 1


def test_after_five_tries_it_is_given_up_until_somebody_asks_again(olga, wired):
    tries = _failing(wired)
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    for hours in range(0, 30, 3):
        tasks.run_errands(at=NOW + timedelta(hours=hours))
    assert len(tries) == 5
    errand = queries.errands("given_up").get()
    assert errand.trouble == "ValueError: no answer from …"
    actions.retry(errand, by=olga, at=NOW + timedelta(days=2))
    assert (errand.state, errand.attempts, errand.trouble) == ("todo", 0, "")
    tasks.run_errands(at=NOW + timedelta(days=2))
    assert len(tries) == 6


def test_what_is_not_given_up_cannot_be_asked_for_again(olga, heard):
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    with pytest.raises(NotNow):
        actions.retry(Errand.objects.get(), by=olga, at=NOW)


def test_of_two_workers_with_the_same_errand_in_hand_one_runs_it(olga, heard):
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    one, other = Errand.objects.get(), Errand.objects.get()
    assert actions.run_errand(one, at=NOW)
    assert not actions.run_errand(other, at=NOW)
    assert len(heard) == 1


def test_what_a_killed_worker_left_is_taken_up_when_its_lease_ends(olga, heard):
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    Errand.objects.update(attempts=1, leased_until=NOW + timedelta(minutes=5))
    assert tasks.run_errands(at=NOW + timedelta(minutes=4)) == 0
    assert tasks.run_errands(at=NOW + timedelta(minutes=5)) == 1
    assert len(heard) == 1


def test_an_errand_that_kills_every_worker_is_given_up(olga, heard):
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    Errand.objects.update(attempts=5, leased_until=NOW)
    assert tasks.run_errands(at=NOW) == 0
    errand = Errand.objects.get()
    assert (errand.state, errand.trouble) == ("given_up", "the worker was stopped each time")
    assert heard == []


def test_a_reaction_that_lost_its_lease_undoes_what_it_did(olga, wired):
    def slow(fact, *, at):
        actions.record(RANG, thing=fact.actor, by=None, at=at)
        Errand.objects.filter(reaction__endswith="slow").update(attempts=2)  # another worker took it on meanwhile

    wired.listen({KNOCKED: [slow]})
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    assert not actions.run_errand(Errand.objects.get(), at=NOW)
    assert Fact.objects.filter(kind=RANG.name).count() == 0
    assert Errand.objects.get().state == "todo"


def test_a_reaction_that_the_house_lost_is_done(olga, heard):
    actions.record(KNOCKED, thing=olga, by=olga, at=NOW)
    Errand.objects.update(reaction="booster.gone.reactions.gone")
    assert tasks.run_errands(at=NOW) == 1
    assert heard == []


def test_forgetting_blanks_what_is_private_and_leaves_the_rest(olga, heard):
    ren = make.person("Ren Reviewer")
    by_her = actions.record(KNOCKED, thing=ren, by=olga, at=NOW, stick="a cane", times=3)
    about_her = actions.record(KNOCKED, thing=olga, by=ren, at=NOW, stick="an umbrella")
    other = actions.record(KNOCKED, thing=ren, by=ren, at=NOW, stick="a spoon")
    open_one = actions.record(RANG, thing=olga, by=olga, at=NOW, stick="a bell")
    Errand.objects.update(trouble="ValueError: a cane")
    assert actions.forget(olga, by=None, at=NOW) == 2
    payloads = {fact.pk: fact.payload for fact in Fact.objects.all()}
    assert payloads[by_her.pk] == {"stick": "", "times": 3}
    assert payloads[about_her.pk] == {"stick": ""}
    assert payloads[other.pk] == {"stick": "a spoon"}
    assert payloads[open_one.pk] == {"stick": "a bell"}
    assert set(Errand.objects.filter(fact=by_her).values_list("trouble", flat=True)) == {""}
    assert actions.forget(olga, by=None, at=NOW) == 0


def test_forgetting_reaches_things_that_were_theirs(olga, wired):
    ren = make.person("Ren Reviewer")
    actions.record(KNOCKED, thing=ren, by=ren, at=NOW, stick="a spoon")
    assert actions.forget(olga, by=None, at=NOW, things=[ren]) == 1
    actions.record(KNOCKED, thing=ren, by=ren, at=NOW, stick="a spoon")
    actions.record(KNOCKED, thing=olga, by=ren, at=NOW, stick="a fork")
    assert actions.forget(None, by=None, at=NOW, things=[ren]) == 1
    assert actions.forget(None, by=None, at=NOW) == 0


def test_a_person_sees_what_they_did(olga, wired):
    from django.contrib.auth.models import AnonymousUser

    ren = make.person("Ren Reviewer")
    mine = actions.record(RANG, thing=ren, by=olga, at=NOW)
    actions.record(RANG, thing=olga, by=ren, at=NOW)
    assert list(Fact.objects.seen_by(olga)) == [mine]
    assert list(Fact.objects.seen_by(AnonymousUser())) == []


def test_a_fact_outlives_its_actor(olga, wired):
    ren = make.person("Ren Reviewer")
    actions.record(RANG, thing=olga, by=ren, at=NOW)
    get_user_model().objects.filter(pk=ren.pk).delete()
    fact = Fact.objects.get()
    assert (fact.actor, fact.by_house) == (None, False)


def test_a_presence_tells_when_it_was_noted_last():
    assert actions.mark_presence(at=NOW) is None
    assert actions.mark_presence(at=NOW + timedelta(hours=1)) == NOW
    assert actions.mark_presence(at=NOW + timedelta(hours=2)) == NOW + timedelta(hours=1)
