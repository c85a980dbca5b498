"""What the operator's page shows: is somebody working, what waits, what went wrong, who may do what."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Q

from booster.academies.models import Academy
from booster.chronicle import queries as chronicle
from booster.chronicle.models import Errand, Pulse
from booster.people import queries as persons
from booster.people.models import Person, Shift
from booster.post.models import Letter
from booster.post.queries import LOST

SHOWN = 50
SILENT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Operations:
    academies: list[Academy]
    operators: list[Person]
    shifts: list[Shift]  # when operators acted and why, the last first
    worker_at: datetime | None
    worker_lives: bool
    errands_waiting: int
    errands_given_up: int
    errands: list[Errand]  # given up, or owed and tried in vain
    beats: list[Pulse]
    jobs_waiting: int
    jobs: Sequence[Any]  # failed ones
    letters_waiting: int
    letters_lost: int
    migrations: list[str]
    free: int  # bytes on the disk of the data


def operations(*, at: datetime) -> Operations:
    """The operator's page. Twelve queries and those that ask for migrations, whatever the number of rows."""
    seen = chronicle.worker_seen_at()
    owed = Errand.objects.aggregate(
        waiting=Count("pk", filter=Q(state="todo")), given_up=Count("pk", filter=Q(state="given_up"))
    )
    told = Letter.objects.aggregate(
        waiting=Count("pk", filter=Q(state="released", not_before__lte=at)),
        lost=Count("pk", filter=Q(state__in=LOST)),
    )
    troubled = Errand.objects.filter(Q(state="given_up") | Q(state="todo", attempts__gt=0)).select_related("fact")
    return Operations(
        academies=list(Academy.objects.prefetch_related("editions").order_by("name")),
        operators=list(Person.objects.alive().filter(is_operator=True).order_by("name")),
        shifts=list(persons.shifts()[:SHOWN]),
        worker_at=seen,
        worker_lives=seen is not None and at - seen < SILENT,
        errands_waiting=owed["waiting"],
        errands_given_up=owed["given_up"],
        errands=list(troubled.order_by("state", "-pk")[:SHOWN]),
        beats=chronicle.troubled_beats(),
        jobs_waiting=chronicle.waiting_jobs().count(),
        jobs=list(chronicle.failed_jobs()[:SHOWN]),
        letters_waiting=told["waiting"],
        letters_lost=told["lost"],
        migrations=missing_migrations(),
        free=shutil.disk_usage(settings.DATA).free,
    )


def missing_migrations() -> list[str]:
    """What ``booster migrate`` would do, by room and name."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{one.app_label} {one.name}" for one, _backwards in plan]


def unknown_migrations() -> list[str]:
    """What a newer version of the program did to this database; this version does not know it."""
    loader = MigrationExecutor(connection).loader
    ours = {label for label, _name in loader.disk_migrations}
    known = set(loader.disk_migrations) | {key for one in loader.disk_migrations.values() for key in one.replaces}
    strange = [key for key in loader.applied_migrations if key[0] in ours and key not in known]
    return [f"{label} {name}" for label, name in sorted(strange)]
