"""Named places on a lower room's page that upper rooms fill with fragments.

A room lists ``INLETS = {"applications.aside": [fragment, …]}`` in ``inlets.py``; a fragment is a function
``(request, thing) -> str`` that answers safe HTML, or an empty string when it has nothing to show.
"""

from collections.abc import Callable, Mapping
from typing import Any

Fragment = Callable[[Any, Any], str]
_fragments: dict[str, list[Fragment]] = {}


def offer(inlets: Mapping[str, list[Fragment]]) -> None:
    for place, fragments in inlets.items():
        known = _fragments.setdefault(place, [])
        known.extend(f for f in fragments if f not in known)


def fragments(place: str) -> list[Fragment]:
    return list(_fragments.get(place, []))
