"""What takes long to work out, kept by this process until what it was made from changes.

A key says exactly what a value was made from (facts, revisions, the values themselves), so nothing kept is ever stale,
whoever wrote meanwhile, and nothing must be thrown away by hand. Inside a transaction nothing is kept and nothing kept
is used: what is read there may yet be undone. Kept values are shared by all who ask: never change one.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sized
from threading import Lock
from typing import Any, TypeVar

from django.db import connection

V = TypeVar("V", bound=Sized)
MOST = 150_000  # rows in all places together; the place that nobody asked for longest goes first

_shelf: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
_making: dict[Hashable, Lock] = {}
_lock = Lock()


def kept(place: Hashable, key: Callable[[], Hashable], make: Callable[[], V]) -> V:
    """What ``make`` answers, made anew only when ``key`` answers something else than when ``place`` was last filled.

    The key is read before the value is made: what is written in between makes another key. Of two threads that ask for
    the same, one makes it and the other waits.
    """
    if connection.in_atomic_block:
        return make()
    now = key()
    with _lock:
        making = _making.setdefault(place, Lock())
    with making:
        with _lock:
            held = _shelf.get(place)
            if held is not None and held[0] == now:
                _shelf.move_to_end(place)
                value: V = held[1]
                return value
        value = make()
        with _lock:
            _shelf[place] = now, value
            _shelf.move_to_end(place)
            _make_room()
        return value


def _make_room() -> None:
    rows = sum(len(value) + 1 for _key, value in _shelf.values())
    while rows > MOST:
        _place, (_key, value) = _shelf.popitem(last=False)
        rows -= len(value) + 1


def forget_all() -> None:
    with _lock:
        _shelf.clear()
