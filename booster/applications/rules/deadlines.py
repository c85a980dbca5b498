"""Until when somebody may write, send and withdraw."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """When a call takes applications. ``code_until``: the moment up to which an entry code lets its bearer in."""

    state: str
    opens_at: datetime | None
    deadline_at: datetime | None
    grace_minutes: int = 0
    closed_at: datetime | None = None
    code_until: datetime | None = None

    @property
    def closes_at(self) -> datetime | None:
        """The last moment that is in time, grace and entry code included; ``None`` while no deadline is set."""
        if self.deadline_at is None:
            return None
        usual = self.deadline_at + timedelta(minutes=self.grace_minutes)
        return max(usual, self.code_until) if self.code_until else usual


def has_opened(window: Window, *, at: datetime) -> bool:
    return window.state != "draft" and window.opens_at is not None and at >= window.opens_at


def was_closed_early(window: Window) -> bool:
    """An organiser ended the call before its deadline; the clock alone does not."""
    return (
        window.state in ("closed", "settled")
        and window.closed_at is not None
        and window.deadline_at is not None
        and window.closed_at < window.deadline_at
    )


def is_open(window: Window, *, at: datetime) -> bool:
    """In time to the second: the last second of the deadline, with the grace, still counts."""
    if not has_opened(window, at=at) or window.closes_at is None:
        return False
    if window.code_until is not None and window.state != "settled" and at <= window.code_until:
        return True
    return not was_closed_early(window) and window.state != "settled" and at <= window.closes_at


def minutes_late(window: Window, *, at: datetime) -> int:
    """Whole minutes since the last moment in time, at least 1; 0 while it has not passed."""
    if window.closes_at is None or at <= window.closes_at:
        return 0
    return max(1, int((at - window.closes_at).total_seconds() // 60))
