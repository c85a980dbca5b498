"""Two people write in one form: whose words stand, and how nothing vanishes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Touched = Mapping[str, list[Any]]  # {question key: [revision, person id or 0, name]}


@dataclass(frozen=True, slots=True)
class Clash:
    """Both changed one question: what stands, what was brought, and who wrote what stands."""

    key: str
    theirs: Any
    yours: Any
    by: str


@dataclass(frozen=True, slots=True)
class Merged:
    answers: dict[str, Any]
    changed: tuple[str, ...]  # keys that get a new value
    clashes: tuple[Clash, ...] = field(default=())


def is_empty(value: Any) -> bool:
    """Nothing was answered: absent, blank text, no row written in. “No” and 0 are answers."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_empty(part) for part in value.values())
    if isinstance(value, list | tuple):
        return all(is_empty(part) for part in value)
    return value is None


def merge(
    *, standing: Mapping[str, Any], brought: Mapping[str, Any], touched: Touched, revision: int, editor: int
) -> Merged:
    """Take ``brought`` into ``standing``. ``revision``: the one that the editor had before them.

    A question that somebody else changed since then and that says something different now is a clash: what stands
    is kept, what was brought is handed back. The editor's own later change (two windows) is a clash as well, unless
    the values agree; ``editor`` 0 is somebody without an account.
    """
    answers, changed, clashes = dict(standing), [], []
    for key, value in brought.items():
        stands = standing.get(key)
        if value == stands or (is_empty(value) and is_empty(stands)):
            continue
        mark = touched.get(key)
        if mark is not None and mark[0] > revision:
            clashes.append(Clash(key=key, theirs=stands, yours=value, by=str(mark[2])))
            continue
        answers[key] = value
        changed.append(key)
    return Merged(answers=answers, changed=tuple(changed), clashes=tuple(clashes))


def marked(touched: Touched, keys: Iterable[str], *, revision: int, editor: int, name: str) -> dict[str, list[Any]]:
    return {**touched, **{key: [revision, editor, name] for key in keys}}


def changed_since(touched: Touched, *, revision: int, by_others_than: int) -> tuple[str, ...]:
    """Questions that somebody else changed after a revision, e.g. after the one that a partner signed."""
    return tuple(sorted(k for k, mark in touched.items() if mark[0] > revision and mark[1] != by_others_than))


def taken_together(older: Mapping[str, Any], newer: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """One draft out of two of the same person: the older one, its gaps filled from the newer; and which were filled."""
    filled = tuple(key for key, value in newer.items() if is_empty(older.get(key)) and not is_empty(value))
    return {**older, **{key: newer[key] for key in filled}}, filled
