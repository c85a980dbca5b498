"""The AppConfig that every room shares: it wires the room's facts, reactions, beats and inlets, nothing else.

Import the module, never the class by name: two candidates in one ``apps.py`` make Django choose neither.
"""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import AppConfig

from booster.kit import beats, inlets, wiring
from booster.kit.facts import Kind


class Room(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        if facts := self._file("facts"):
            wiring.declare(kind for kind in vars(facts).values() if isinstance(kind, Kind))
        if reactions := self._file("reactions"):
            wiring.listen(reactions.REACTIONS)
        if (tasks := self._file("tasks")) and hasattr(tasks, "BEATS"):
            beats.keep(tasks.BEATS)
        if (offered := self._file("inlets")) and hasattr(offered, "INLETS"):
            inlets.offer(offered.INLETS)

    def _file(self, name: str) -> ModuleType | None:
        path = f"{self.name}.{name}"
        return import_module(path) if find_spec(path) else None
