"""The worker: errands, beats and jobs, in one process."""

import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic

from django.db import close_old_connections, connections
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker

from booster.chronicle import actions, queries, rules
from booster.kit import beats
from booster.kit.beats import Beat

log = logging.getLogger("booster.worker")
BATCH = 50
PAUSE = 0.2  # seconds between two looks for new jobs
GRACE = 20.0  # seconds that a stopping worker gives the job in hand
LIFE = timedelta(seconds=15)


@task()
def work_off() -> int:
    return run_errands(at=now())


def run_errands(*, at: datetime, limit: int = 500) -> int:
    """Work off what is owed, including what the work itself causes; how many are done now.

    Safe to run twice and beside others. Errands that fail are put off, so that every one is tried once a call.
    """
    begun, done, tried = monotonic(), 0, 0
    while tried < limit:
        owed = queries.errands_due(at, limit=min(BATCH, limit - tried))
        if not owed:
            break
        for errand in owed:
            done += actions.run_errand(errand, at=at, elapsed=timedelta(seconds=monotonic() - begun))
        tried += len(owed)
    return done


def reclaim_jobs(*, at: datetime) -> int:
    return actions.reclaim_jobs(at=at)


def prune_jobs(*, at: datetime) -> int:
    return actions.prune_jobs(at=at)


BEATS = [
    Beat("chronicle.run_errands", timedelta(minutes=1), run_errands),
    Beat("chronicle.reclaim_jobs", timedelta(minutes=1), reclaim_jobs),
    Beat("chronicle.prune_jobs", timedelta(days=1), prune_jobs),
]


def run_beats(*, at: datetime, asked: dict[str, datetime]) -> int:
    """Run the beats that are due; how many ran. ``asked`` remembers when the books were read, to read them rarely."""
    ran = 0
    for beat in beats.all_beats():
        if not rules.is_due(asked.get(beat.name), beat.every, at):
            continue
        if not actions.begin_beat(beat, at=at):
            asked[beat.name] = at - beat.every + min(beat.every, LIFE)  # another worker keeps it: look again soon
            continue
        asked[beat.name] = at
        trouble = actions.trouble_of(lambda run=beat.run: run(at=now()))  # type: ignore[misc]
        actions.note_beat(beat.name, at=at, trouble=trouble)
        ran += 1
        if trouble:
            log.error("beat %s: %s", beat.name, trouble)
    return ran


class _Jobs:
    """django-tasks' own worker, asked to work until nothing is left, again and again."""

    def __init__(self, worker_id: str) -> None:
        self.worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )

    def tick(self) -> None:
        if queries.waiting_jobs().exists():  # a read: django-tasks itself locks the whole of SQLite to look
            self.worker.run()

    def finish(self) -> None:
        self.worker.running = False


class _Rounds:
    """Beats and the sign of life."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self.asked: dict[str, datetime] = {}
        self.shown: datetime | None = None

    def tick(self) -> None:
        at = now()
        if rules.is_due(self.shown, LIFE, at):
            actions.show_life(self.worker_id, at=at)
            self.shown = at
        run_beats(at=at, asked=self.asked)


def worker(stop: Event) -> None:
    """Run jobs as they come and beats as they fall due until ``stop`` is set; then finish the job in hand and return.

    Jobs and beats have a thread each, so that a long job never holds up the post. Whatever is not finished within
    the grace stays marked as running and is taken up again by the next worker.
    """
    worker_id = f"{socket.gethostname()[:20]}-{os.getpid()}-{get_random_string(8)}"
    actions.show_life(worker_id, at=now())
    jobs, rounds = _Jobs(worker_id), _Rounds(worker_id)
    threads = [
        Thread(target=_loop, args=(tick, stop, pause), name=name, daemon=True)
        for name, tick, pause in (("jobs", jobs.tick, PAUSE), ("beats", rounds.tick, 1.0))
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    jobs.finish()
    last = monotonic() + GRACE
    for thread in threads:
        thread.join(max(0.0, last - monotonic()))
    if not any(thread.is_alive() for thread in threads):
        actions.leave(worker_id, at=now())


def _loop(tick: Callable[[], None], stop: Event, pause: float) -> None:
    while not stop.is_set():
        close_old_connections()
        trouble = actions.trouble_of(tick)
        if trouble:  # the database is away: say so once in a while, come back when it does
            log.error("%s", trouble)
        stop.wait(pause if not trouble else 2.0)
    connections.close_all()
