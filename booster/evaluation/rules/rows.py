"""Evaluators, evaluations and assignments that come from elsewhere, by the row. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from booster.applications.rules.entries import RowProblem


@dataclass(frozen=True, slots=True)
class EvaluatorRow:
    row: int
    email: str
    name: str
    country: str
    organisation: str
    ecosystems: tuple[str, ...]
    capacity: int
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    row: int
    id: str
    email: str
    marks: Mapping[str, Decimal]
    comment: str


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    row: int
    id: str
    email: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that could be read and what is to be said about them and the others."""

    rows: list[Any] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
