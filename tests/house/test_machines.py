"""Lifecycles: every state can be reached, the database knows the same states, no migration is missing."""

import importlib
from importlib.util import find_spec
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import CheckConstraint, Q

from booster.kit.machine import Machine
from tests.house.reading import PLAIN_ROOMS

MACHINES = [
    pytest.param(room, machine, id=f"{room}.{name}")
    for room in PLAIN_ROOMS
    if find_spec(f"booster.{room}.states")
    for name, machine in vars(importlib.import_module(f"booster.{room}.states")).items()
    if isinstance(machine, Machine)
]


def allowed_values(condition: Q) -> list[set[str]]:
    """The sets of values that a condition of the form ``x in (…)`` allows, however deep it lies."""
    found = []
    for child in condition.children:
        if isinstance(child, Q):
            found += allowed_values(child)
        elif isinstance(child, tuple) and str(child[0]).endswith("__in"):
            found.append(set(child[1]))
    return found


def checks(model: Any) -> list[CheckConstraint]:
    return [one for one in model._meta.constraints if isinstance(one, CheckConstraint)]


def constrained(room: str) -> list[set[str]]:
    models = apps.get_app_config(room).get_models()
    return [values for model in models for one in checks(model) for values in allowed_values(one.condition)]


@pytest.mark.parametrize("room, machine", MACHINES)
def test_every_state_can_be_reached(room: str, machine: Machine) -> None:
    assert machine.unreachable() == set()


@pytest.mark.parametrize("room, machine", MACHINES)
def test_the_database_knows_the_states_of_a_lifecycle(room: str, machine: Machine) -> None:
    assert set(machine.states) in constrained(room)


@pytest.mark.parametrize("room", PLAIN_ROOMS)
def test_a_state_is_never_without_a_constraint(room: str) -> None:
    """Every column called ``state`` is held to the states of a lifecycle by the database."""
    models = apps.get_app_config(room).get_models()
    stateful = [model for model in models if any(field.name == "state" for field in model._meta.fields)]
    assert [model.__name__ for model in stateful if not checks(model)] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    told = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=told)
    assert "No changes detected" in told.getvalue()
