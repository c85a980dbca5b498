"""A database from before this room keeps what it remembers of files."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now

from booster.academies.tests import make as academies

BEFORE = [("applications", "0003_second_files"), ("intake", None)]
AFTER = [("applications", "0004_files_taken_in_move_to_intake"), ("intake", "0001_initial")]


def go(targets):
    executor = MigrationExecutor(connection)
    executor.loader.build_graph()
    executor.migrate(targets)
    return executor.loader.project_state([one for one in targets if one[1]]).apps


@pytest.fixture
def migrated(transactional_db):
    """The tables as the migrations before this room made them; afterwards all of them again."""
    executor = MigrationExecutor(connection)
    every = executor.loader.graph.leaf_nodes()
    for key in executor.loader.graph.nodes:
        executor.recorder.record_applied(*key)
    yield go(BEFORE)
    go(every)


def test_what_is_remembered_of_files_moves_with_its_rows(migrated):
    edition = academies.edition(at=now())
    old = migrated.get_model("applications", "Intake")
    call = migrated.get_model("calls", "Call").objects.create(edition_id=edition.pk, slug="old", kind="participants")
    intake = old.objects.create(call=call, kind="participants", filename="a.xlsx", sha256="0" * 64, taken_at=now())
    old.problems.rel.related_model.objects.create(intake=intake, row=4, message="The row has no id.", refused=True)
    migrated.get_model("applications", "ColumnMapping").objects.create(
        call=call, sheet="participants", columns={"email": "Where we write to"}
    )
    new = go(AFTER)
    kept = new.get_model("intake", "Intake").objects.get()
    assert (kept.filename, kept.problems.get().message) == ("a.xlsx", "The row has no id.")
    assert new.get_model("intake", "ColumnMapping").objects.get().columns == {"email": "Where we write to"}
    assert "applications_intake" not in connection.introspection.table_names()
