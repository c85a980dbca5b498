"""Answers that come from elsewhere, as entries; what is to be said about their rows; who wrote twice. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from booster.calls.rules.gates import is_late


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something a person should see; a ``refused`` row is not taken in. ``row`` is as the spreadsheet shows it."""

    row: int
    id: str
    field: str
    message: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that can be taken in: answers by question key, in the shapes that answers keep."""

    row: int
    id: str
    submitted_at: datetime
    changed_at: datetime
    language: str
    answers: dict[str, Any] = field(default_factory=dict)
    address: str = ""  # where a letter reaches the sender; empty when none was given that can


@dataclass(frozen=True, slots=True)
class Sent:
    """What deciding about doubles needs to know of an answer; ``person`` is the same for the same sender."""

    id: str
    person: str
    submitted_at: datetime


def superseded(sent: Sequence[Sent], *, deadline_at: datetime) -> dict[str, str]:
    """Which answers were replaced by which: of one person's answers the latest that came in time counts.

    An answer after the deadline replaces nothing and is not replaced: it is late. Order of the input does not matter.
    """
    by_person: dict[str, list[Sent]] = {}
    for one in sent:
        by_person.setdefault(one.person, []).append(one)
    replaced: dict[str, str] = {}
    for answers in by_person.values():
        in_time = [one for one in answers if not is_late(one.submitted_at, deadline_at)]
        rivals = sorted(in_time, key=lambda one: (one.submitted_at, one.id))
        replaced |= {one.id: rivals[-1].id for one in rivals[:-1]}
    return replaced
