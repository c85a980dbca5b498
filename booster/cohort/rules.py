"""Answer dates, free seats and who moves up, on plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from booster.kit.times import end_of, local_day


@dataclass(frozen=True, slots=True)
class Waiting:
    """One on the reserve list; ``reference`` is the application's, ``rank`` 1 is the first."""

    reference: str
    rank: int


def answer_by(offered_at: datetime, *, days: int, zone: str) -> datetime:
    """The last minute of the day that is ``days`` after the offer, in the call's zone."""
    return end_of(local_day(offered_at, zone) + timedelta(days=days), zone)


def seats_left(*, seats: int, taken: int) -> int:
    """Seats that nobody holds or has been offered; never below zero, also when more were given than planned."""
    return max(0, seats - taken)


def next_up(
    waiting: Sequence[Waiting], *, leaving: str, seats_of_reserve: Mapping[str, Sequence[str]]
) -> tuple[str, str] | None:
    """Who moves up for the person who leaves, and why: the first on the list who keeps every limit in that seat; if
    nobody does, the first on the list. ``None`` when nobody waits."""
    in_order = sorted(waiting, key=lambda one: one.rank)
    for one in in_order:
        if leaving in seats_of_reserve.get(one.reference, ()):
            return one.reference, "first on the reserve list who keeps all limits in this seat"
    if in_order:
        return in_order[0].reference, "first on the reserve list; nobody on it keeps all limits in this seat"
    return None
