"""Work that comes round: a room lists it as ``BEATS`` in ``tasks.py``, the worker runs it when it is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Beat:
    """``run(at=…)`` must bear being called twice for the same moment; it returns how many things it touched."""

    name: str
    every: timedelta
    run: Callable[..., int]


_beats: dict[str, Beat] = {}


def keep(new: Iterable[Beat]) -> None:
    _beats.update({beat.name: beat for beat in new})


def all_beats() -> list[Beat]:
    return [_beats[name] for name in sorted(_beats)]
