"""Conditions for being eligible, computed from the answers; the first one that fails, in the order of the call,
gives the reason code. Pure.

===============  =========================================================================================
kind             params
===============  =========================================================================================
``in_time``      – sent not after the deadline; what came in by an entry code is in time
``yes``          ``question`` – answered with a clear yes
``all_yes``      ``questions`` – each answered with a clear yes
``consent``      ``question`` – the statement was agreed to
``usable_email`` ``question`` (may be empty: the applicant's own address) – a letter can reach it
``at_least``     ``question``, ``number`` – a number of at least that
``country_in``   ``groups`` (EU27, EEA, EFTA, SMP), ``countries`` (codes, besides), ``question`` (may be empty)
``room_at_least``  ``question`` (rooms), ``seats`` (theatre or cabaret), ``number``, ``room`` – the room of that
name, or the one with most such seats when none has the name
``answered``     ``question`` – answered at all
===============  =========================================================================================
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from booster.kit import plain
from booster.people.rules import countries, emails


class Condition(Protocol):
    """What a gate needs to have: a row of ``models.Gate`` or a ``Gate`` of this file."""

    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Gate:
    code: str
    message: str
    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    eligible: bool
    code: str  # of the first gate that failed; empty when eligible
    failed: tuple[str, ...]  # codes of all gates that failed, in order


@dataclass(frozen=True, slots=True)
class Case:
    """What the gates look at."""

    answers: Mapping[str, Any]
    submitted_at: datetime
    deadline_at: datetime  # with its grace
    country: str
    address: str
    by_code: bool


def is_late(submitted_at: datetime, deadline_at: datetime) -> bool:
    """Whether something came after a deadline. What comes at the deadline itself, 18:00:00, is in time."""
    return submitted_at > deadline_at


def verdict(
    gates: Iterable[Condition],
    answers: Mapping[str, Any],
    *,
    submitted_at: datetime,
    deadline_at: datetime,
    country: str = "",
    address: str = "",
    by_code: bool = False,
) -> Verdict:
    """``deadline_at`` is with the grace; ``country`` and ``address`` are the applicant's, for gates that name no
    question. A gate of a kind that is not known here fails: nobody is let in by a slip."""
    case = Case(answers, submitted_at, deadline_at, country, address, by_code)
    failed = tuple(gate.code for gate in gates if not passes(gate, case))
    return Verdict(not failed, failed[0] if failed else "", failed)


def passes(gate: Condition, case: Case) -> bool:
    return gate.kind in KINDS and KINDS[gate.kind](gate.params, case)


def _yes(value: Any) -> bool:
    if isinstance(value, Mapping):
        value = value.get("given")
    return plain.yes_no(value) is True if isinstance(value, str | bool | int) else False


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return plain.decimal_number(value)
    except plain.Unclear:
        return None


def _in_time(params: Mapping[str, Any], case: Case) -> bool:
    return case.by_code or not is_late(case.submitted_at, case.deadline_at)


def _is_yes(params: Mapping[str, Any], case: Case) -> bool:
    return _yes(case.answers.get(params.get("question", "")))


def _all_yes(params: Mapping[str, Any], case: Case) -> bool:
    return all(_yes(case.answers.get(key)) for key in params.get("questions", []))


def _usable_email(params: Mapping[str, Any], case: Case) -> bool:
    given = case.answers.get(params.get("question", "")) or case.address
    return isinstance(given, str) and emails.usable(given)


def _at_least(params: Mapping[str, Any], case: Case) -> bool:
    value, least = _number(case.answers.get(params.get("question", ""))), _number(params.get("number"))
    return value is not None and least is not None and value >= least


def _country_in(params: Mapping[str, Any], case: Case) -> bool:
    given = case.answers.get(params.get("question", "")) or case.country
    code = countries.recognise(given) if isinstance(given, str) else None
    if code is None:
        return False
    on: date = case.deadline_at.date()
    groups = [group for group in params.get("groups", []) if group in countries.GROUPS]
    return code in params.get("countries", []) or any(countries.in_group(code, group, on) for group in groups)


def _room_at_least(params: Mapping[str, Any], case: Case) -> bool:
    rooms, seats = case.answers.get(params.get("question", "")), params.get("seats", "cabaret")
    least = _number(params.get("number"))
    if not isinstance(rooms, list) or least is None:
        return False
    named = [room for room in rooms if isinstance(room, Mapping)]
    meant = [room for room in named if _is_called(room, params.get("room", ""))]
    return any((count := _number(room.get(seats))) is not None and count >= least for room in meant or named)


def _is_called(room: Mapping[str, Any], name: Any) -> bool:
    return bool(name) and f" {plain.fold(name)} " in f" {plain.fold(room.get('name'))} "


def _answered(params: Mapping[str, Any], case: Case) -> bool:
    value = case.answers.get(params.get("question", ""))
    return value is not None and value not in ("", [], {})


KINDS: dict[str, Callable[[Mapping[str, Any], Case], bool]] = {
    "in_time": _in_time,
    "yes": _is_yes,
    "all_yes": _all_yes,
    "consent": _is_yes,
    "usable_email": _usable_email,
    "at_least": _at_least,
    "country_in": _country_in,
    "room_at_least": _room_at_least,
    "answered": _answered,
}
