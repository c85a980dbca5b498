"""An empty database gets its tables straight from the models; every other goes migration by migration."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.operations import RunPython

from booster.home.management.commands.migrate import may_begin_whole


def loader(*operations, label: str = "home"):
    return SimpleNamespace(disk_migrations={(label, "0001"): SimpleNamespace(operations=operations)})


def database(*tables: str):
    return SimpleNamespace(introspection=SimpleNamespace(table_names=lambda: list(tables)))


def test_only_an_empty_database_of_plain_migrations_begins_whole():
    assert may_begin_whole(database(), loader()) is True
    assert may_begin_whole(database("anything"), loader()) is False
    assert may_begin_whole(database(), loader(RunPython(RunPython.noop))) is False
    assert may_begin_whole(database(), loader(label="auth")) is False


@pytest.mark.django_db
def test_the_database_of_the_tests_is_not_empty():
    assert may_begin_whole(connection, loader()) is False


def booster(folder, *words: str) -> str:
    plain = {
        key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "DJANGO_", "BOOSTER_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", "from booster.config.cli import main; main()", *words],
        env=plain | {"BOOSTER_DATA": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_new_database_is_whole_at_once_and_then_up_to_date(tmp_path):
    assert "The database was empty:" in booster(tmp_path, "migrate")
    assert "No migrations to apply." in booster(tmp_path, "migrate")
    assert "No changes detected" in booster(tmp_path, "makemigrations", "--check", "--dry-run")
