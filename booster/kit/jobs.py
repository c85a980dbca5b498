"""Hand a job to the worker once the transaction has held."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string


def enqueue(path: str, *args: Any) -> None:
    """Enqueue the django-task at ``path`` now. An action names it, because tasks stand above actions."""
    import_string(path).enqueue(*args)


class Wake(partial[None]):
    """An ``enqueue`` that can be told from others waiting for the same commit."""


def after_commit(path: str) -> None:
    """Enqueue the task at ``path`` after commit, once however often a transaction asks for it."""
    waiting = (call for _, call, *_ in transaction.get_connection().run_on_commit)
    if not any(isinstance(call, Wake) and call.args == (path,) for call in waiting):
        transaction.on_commit(Wake(enqueue, path))
