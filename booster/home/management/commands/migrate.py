"""booster migrate: Django's own command, but for an empty database the tables come straight from the models.

Seventy migrations one after the other, most of them of other packages, cost twenty times what making their sum
costs. A test holds migrations and models to the same, so that both ways end in the same tables.
"""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.recorder import MigrationRecorder

from booster.kit.rows import OnRows

ASKED_OTHERWISE = ("app_label", "fake", "fake_initial", "plan", "run_syncdb", "check_unapplied", "prune")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        connection.prepare_database()
        loader = MigrationLoader(connection)
        if any(options.get(name) for name in ASKED_OTHERWISE) or not may_begin_whole(connection, loader):
            super().handle(*args, **options)
            return
        told = {key: options[key] for key in ("verbosity", "interactive")} | {"db": connection.alias}
        emit_pre_migrate_signal(**told, stdout=self.stdout)
        count = begin_whole(connection, loader)
        emit_post_migrate_signal(**told, stdout=self.stdout)
        if options["verbosity"]:
            self.stdout.write(f"The database was empty: {count} tables made.")


def may_begin_whole(connection: BaseDatabaseWrapper, loader: MigrationLoader) -> bool:
    """Whether the database is empty and no migration of a room does more than its models tell."""
    own = [one for (label, _name), one in loader.disk_migrations.items() if _is_room(label)]
    steps = [step for one in own for step in one.operations]
    more = any(isinstance(step, RunPython | RunSQL) and not isinstance(step, OnRows) for step in steps)
    return bool(own) and not more and not connection.introspection.table_names()


def _is_room(label: str) -> bool:
    return apps.get_app_config(label).name.startswith("booster.")


def begin_whole(connection: BaseDatabaseWrapper, loader: MigrationLoader) -> int:
    """Make the tables of all models in one transaction, and note every migration as done; how many tables."""
    recorder = MigrationRecorder(connection)
    models = [
        model
        for label in sorted(loader.migrated_apps)
        for model in router.get_migratable_models(apps.get_app_config(label), connection.alias)
        if model._meta.can_migrate(connection)
    ]
    with connection.schema_editor() as editor:
        for model in models:
            editor.create_model(model)
        editor.create_model(recorder.Migration)
    done = {name for (key, one) in loader.disk_migrations.items() for name in (key, *one.replaces)}
    for label, name in sorted(done):
        recorder.record_applied(label, name)
    return len(models)
