"""Migrations of rows."""

from django.db.migrations import RunPython


class OnRows(RunPython):
    """Changes only rows that are there, so that an empty database needs it not (see ``home``'s ``migrate``)."""
