import logging
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from booster.chronicle import actions, queries, tasks
from booster.chronicle.models import Pulse
from booster.chronicle.tests import make
from booster.chronicle.tests.make import NOW
from booster.kit import beats
from booster.kit.beats import Beat

HOUR = timedelta(hours=1)


@pytest.fixture
def kept(monkeypatch):
    """Beats of this test alone."""
    monkeypatch.setattr(beats, "_beats", {})
    return beats.keep


@pytest.mark.django_db
class TestBeats:
    def test_a_beat_runs_when_it_is_due_and_not_before(self, kept):
        ran = []
        kept([Beat("test.hourly", HOUR, lambda *, at: ran.append(at) or 1)])
        asked = {}
        assert tasks.run_beats(at=NOW, asked=asked) == 1
        assert tasks.run_beats(at=NOW + timedelta(minutes=59), asked=asked) == 0
        assert tasks.run_beats(at=NOW + HOUR, asked=asked) == 1
        assert len(ran) == 2

    def test_the_books_are_not_read_before_the_beat_can_be_due(self, kept, django_assert_num_queries):
        kept([Beat("test.hourly", HOUR, lambda *, at: 0)])
        asked = {}
        tasks.run_beats(at=NOW, asked=asked)
        with django_assert_num_queries(0):
            tasks.run_beats(at=NOW + timedelta(minutes=30), asked=asked)

    def test_of_two_workers_one_runs_the_beat(self, kept):
        ran = []
        kept([Beat("test.hourly", HOUR, lambda *, at: ran.append(at) or 1)])
        one, other = {}, {}
        assert tasks.run_beats(at=NOW, asked=one) == 1
        assert tasks.run_beats(at=NOW, asked=other) == 0
        assert tasks.run_beats(at=NOW + HOUR, asked=other) == 1
        assert tasks.run_beats(at=NOW + HOUR, asked=one) == 0
        assert len(ran) == 2

    def test_the_worker_that_lost_the_race_leaves_it(self, kept):
        beat = Beat("test.hourly", HOUR, lambda *, at: 0)
        assert actions.begin_beat(beat, at=NOW)
        assert not actions.begin_beat(beat, at=NOW)

    def test_a_beat_that_fails_is_noted_until_it_goes_well(self, kept, caplog):
        fails = [True]

        def run(*, at):
            if fails:
                raise OSError("no route")
            return 0

        kept([Beat("test.hourly", HOUR, run), Beat("test.other", HOUR, lambda *, at: 1)])
        assert tasks.run_beats(at=NOW, asked={}) == 2
        assert Pulse.objects.get(name="test.hourly").trouble == "OSError: no route"
        assert "beat test.hourly: OSError: no route" in caplog.text
        fails.clear()
        tasks.run_beats(at=NOW + HOUR, asked={})
        assert Pulse.objects.get(name="test.hourly").trouble == ""

    def test_the_rooms_beats_are_kept(self):
        names = {beat.name: beat.every for beat in beats.all_beats()}
        assert names["chronicle.run_errands"] == timedelta(minutes=1)
        assert names["chronicle.prune_jobs"] == timedelta(days=1)


@pytest.mark.django_db
class TestJobs:
    def job(self, status, *, workers=(), started=NOW, finished=None):
        return DBTaskResult.objects.create(
            id=uuid4(),
            status=status,
            started_at=started,
            finished_at=finished,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="booster.chronicle.tasks.work_off",
            worker_ids=list(workers),
            backend_name="default",
            run_after=NOW,
            exception_class_path="",
            traceback="",
        )

    def test_a_job_of_a_living_worker_stays_with_it(self):
        job = self.job("RUNNING", workers=["one"])
        actions.show_life("one", at=NOW + HOUR)
        assert tasks.reclaim_jobs(at=NOW + HOUR) == 0
        job.refresh_from_db()
        assert job.status == "RUNNING"

    def test_a_job_of_a_dead_worker_is_done_by_the_next(self):
        job = self.job("RUNNING", workers=["one"])
        actions.show_life("one", at=NOW)
        assert tasks.reclaim_jobs(at=NOW + HOUR) == 1
        job.refresh_from_db()
        assert job.status == "READY"

    def test_a_job_just_begun_is_left_alone(self):
        self.job("RUNNING", workers=["one"])
        assert tasks.reclaim_jobs(at=NOW + timedelta(seconds=30)) == 0

    def test_a_job_that_killed_three_workers_fails(self):
        job = self.job("RUNNING", workers=["one", "two", "three"])
        assert tasks.reclaim_jobs(at=NOW + HOUR) == 1
        job.refresh_from_db()
        assert (job.status, job.finished_at) == ("FAILED", NOW + HOUR)

    def test_finished_jobs_go_after_a_day_failed_ones_after_a_month(self):
        self.job("SUCCESSFUL", finished=NOW - timedelta(hours=25))
        self.job("FAILED", finished=NOW - timedelta(days=31))
        kept = {self.job("SUCCESSFUL", finished=NOW - HOUR).pk, self.job("FAILED", finished=NOW - timedelta(days=2)).pk}
        kept.add(self.job("READY").pk)
        assert tasks.prune_jobs(at=NOW) == 2
        assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept

    def test_a_worker_that_left_is_not_seen_any_more(self):
        actions.show_life("one", at=NOW)
        actions.show_life("long dead", at=NOW - timedelta(days=2))
        actions.show_life("two", at=NOW)
        actions.leave("one", at=NOW)
        assert list(Pulse.objects.values_list("name", flat=True)) == ["worker:two"]


@pytest.fixture
def queue(settings):
    """The real queue in the database."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.django_db(transaction=True)  # the worker lets go of its connection after each job
def test_the_worker_runs_every_job_that_waits(queue):
    tasks.work_off.enqueue()
    tasks.work_off.enqueue()
    assert queries.waiting_jobs().count() == 2
    jobs = tasks._Jobs("one")
    jobs.tick()
    assert queries.waiting_jobs().count() == 0
    assert [job.worker_ids for job in DBTaskResult.objects.successful()] == [["one"], ["one"]]
    assert queries.failed_jobs().count() == 0


@pytest.mark.django_db
def test_a_stopping_worker_begins_no_other_job(queue):
    jobs = tasks._Jobs("one")
    jobs.finish()
    tasks.work_off.enqueue()
    jobs.tick()
    assert queries.waiting_jobs().count() == 1


@pytest.mark.django_db
def test_looking_for_jobs_is_one_read(queue, django_assert_num_queries):
    with django_assert_num_queries(1):
        tasks._Jobs("one").tick()


@pytest.mark.django_db
def test_a_round_runs_beats_and_shows_life_once_in_a_while(kept, django_assert_num_queries):
    ran = []
    kept([Beat("test.hourly", HOUR, lambda *, at: ran.append(at) or 1)])
    rounds = tasks._Rounds("one")
    rounds.tick()
    with django_assert_num_queries(0):
        rounds.tick()
    assert len(ran) == 1
    assert queries.worker_seen_at() is not None


@pytest.mark.django_db
def test_a_worker_turns_until_it_is_told_to_stop(monkeypatch):
    turns, stop = [], Event()
    monkeypatch.setattr(tasks._Jobs, "tick", lambda self: turns.append("jobs"))
    monkeypatch.setattr(tasks._Rounds, "tick", lambda self: turns.append("beats") or stop.set())
    tasks.worker(stop)
    assert set(turns) == {"jobs", "beats"}
    assert queries.worker_seen_at() is None


@pytest.mark.django_db
def test_a_worker_that_does_not_come_to_an_end_is_left_and_leaves_its_sign(monkeypatch):
    stop, go_on = Event(), Event()
    monkeypatch.setattr(tasks, "GRACE", 0.05)
    monkeypatch.setattr(tasks._Jobs, "tick", lambda self: stop.set() or go_on.wait(20))
    monkeypatch.setattr(tasks._Rounds, "tick", lambda self: None)
    tasks.worker(stop)
    go_on.set()
    assert queries.worker_seen_at() is not None


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_run_each_errand_once(wired):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection; real files are tried in post/tests/test_worker.py")
    olga, heard = make.person(), []
    wired.listen({make.KNOCKED: [lambda fact, *, at: heard.append(fact.pk)]})
    actions.record_many(make.KNOCKED, [olga] * 40, by=olga, at=NOW)
    done = []

    def work():
        done.append(tasks.run_errands(at=NOW))
        connections.close_all()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) == 40
    assert len(heard) == len(set(heard)) == 40


def test_a_loop_goes_on_after_trouble_and_says_so(caplog):
    stop, seen = Event(), []

    def tick():
        seen.append(1)
        stop.set()
        raise OSError("the database is away")

    thread = Thread(target=tasks._loop, args=(tick, stop, 0.01))
    with caplog.at_level(logging.ERROR, logger="booster.worker"):
        thread.start()
        thread.join(5)
    assert not thread.is_alive()
    assert seen == [1]
    assert "OSError: the database is away" in caplog.text


# The real thing: a worker of its own process over a database of its own -------------------------------------------

_START = """
import signal, sys, threading
import django
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from booster.chronicle import tasks
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
print("ready", flush=True)
tasks.worker(stop)
print("stopped", flush=True)
"""

_ASK = """
import sys, time
import django
django.setup()
from django.utils.timezone import now
from booster.chronicle import tasks, queries
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult
begun = time.monotonic()
result = tasks.work_off.enqueue()
while DBTaskResult.objects.get(pk=result.id).status != "SUCCESSFUL":
    assert time.monotonic() - begun < 20
    time.sleep(0.01)
row = DBTaskResult.objects.get(pk=result.id)
print((row.started_at - row.enqueued_at).total_seconds(), queries.worker_seen_at() is not None)
"""


def _environment(folder: Path) -> dict[str, str]:
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("BOOSTER_", "DATABASE_URL"))}
    return keep | {
        "BOOSTER_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "booster.config.settings",
        "COVERAGE_PROCESS_START": "",
    }


@pytest.fixture
def running(tmp_path):
    environment = _environment(tmp_path)
    process = subprocess.Popen([sys.executable, "-c", _START], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    yield process, environment
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_worker_takes_a_job_at_once_costs_little_and_stops_when_told(running):
    process, environment = running
    answer = subprocess.run(
        [sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    waited, seen = answer.stdout.split()
    assert float(waited) < 1.0  # 0.2 s between two looks; the rest is room for a busy machine
    assert seen == "True"
    before = _processor_seconds(process.pid)
    time.sleep(2)
    assert _processor_seconds(process.pid) - before < 0.2
    process.send_signal(signal.SIGTERM)
    assert process.stdout.readline() == "stopped\n"
    assert process.wait(10) == 0


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
