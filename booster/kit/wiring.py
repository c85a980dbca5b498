"""Who listens to what: one table, filled at start-up, read by the chronicle."""

from collections.abc import Callable, Iterable

from booster.kit.facts import Kind

Reaction = Callable[..., None]
_reactions: dict[str, list[Reaction]] = {}
_kinds: dict[str, Kind] = {}


def declare(kinds: Iterable[Kind]) -> None:
    _kinds.update({kind.name: kind for kind in kinds})


def listen(reactions: dict[Kind, list[Reaction]]) -> None:
    for kind, listeners_of_kind in reactions.items():
        known = _reactions.setdefault(kind.name, [])
        known.extend(r for r in listeners_of_kind if r not in known)


def name_of(reaction: Reaction) -> str:
    return f"{reaction.__module__}.{reaction.__name__}"


def listeners(kind_name: str) -> dict[str, Reaction]:
    return {name_of(r): r for r in _reactions.get(kind_name, [])}


def kind(name: str) -> Kind | None:
    """The kind as its room declared it; ``None`` for a fact of a kind that the house no longer knows."""
    return _kinds.get(name)


def kinds() -> list[Kind]:
    return [_kinds[name] for name in sorted(_kinds)]


def lines() -> list[str]:
    return sorted(f"{kind_name} -> {name_of(r)}" for kind_name, rs in _reactions.items() for r in rs)
