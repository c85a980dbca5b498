"""A plugin for pytest: ``--database-facing`` runs only the tests that touch the database.

The suite runs again on PostgreSQL with it. A test that computes on plain values would tell nothing new there, nor would
one that opens pages: pages ask the database through the same queries and actions, which have tests of their own.
"""

from typing import Any

import pytest

PAGES = ("test_views", "test_pages", "test_access", "test_barred", "test_forms", "test_doors", "test_demo")
DOORS = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--database-facing", action="store_true", help="only the tests that touch the database")


def touches_the_database(item: Any) -> bool:
    if item.path.name.startswith(PAGES) and not item.get_closest_marker("database"):
        return False
    return bool(item.get_closest_marker("django_db") or DOORS & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    if not config.getoption("--database-facing"):
        return
    facing = [item for item in items if touches_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(facing)])
    items[:] = facing
