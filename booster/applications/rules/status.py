"""Where an application stands, for the one who sent it. The words are in queries.status; upper rooms add theirs."""

from dataclasses import dataclass
from datetime import datetime

PARTS = {"invited": "invited", "joined": "part", "signed_off": "signed"}  # a partner's state: the code of a draft


@dataclass(frozen=True, slots=True)
class Standing:
    """``code`` says where it stands, ``until`` up to when the next step can be taken (``None``: no date)."""

    code: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    state: str
    verified: bool
    in_time: bool  # the call takes applications now, or this one's entry code does
    closes_at: datetime | None
    has_pending: bool
    asked_until: datetime | None = None  # an open “please complete”
    call_state: str = "open"
    round: str = "first"  # of the call: first, full or interview
    cut_off_at: datetime | None = None  # the rolling cut-off that a sent file counts for
    partner: str = ""  # the state of a partner who asks; empty for the one who began it


def status(now: Situation, *, at: datetime) -> Standing:
    """Codes: verify, draft, next_round, choose_time, time_chosen, too_late, asked, changed, sent, counted,
    changes_unsent, waiting, cut_off, cut_off_unsent, settled, withdrawn, replaced, erased; for
    partners also invited, part, signed, changed_together."""
    if now.state == "draft":
        return _draft(now)
    if now.state == "submitted":
        return _sent(now, at=at)
    codes = {"withdrawn": "withdrawn", "superseded": "replaced", "erased": "erased"}
    return Standing(codes[now.state], now.closes_at if now.state == "withdrawn" and now.in_time else None)


def _draft(now: Situation) -> Standing:
    if not now.in_time:
        return Standing("too_late")
    if now.partner:
        return Standing(PARTS[now.partner], now.closes_at)
    codes = {"first": "draft", "full": "next_round", "interview": "choose_time"}
    return Standing(codes[now.round] if now.verified else "verify", now.closes_at)


def _sent(now: Situation, *, at: datetime) -> Standing:
    if now.asked_until is not None and at <= now.asked_until:
        return Standing("asked", now.asked_until)
    if now.in_time and now.round == "interview":
        return Standing("time_chosen", now.closes_at)
    if now.in_time:
        changed = "changed_together" if now.partner else "changed"
        until = now.cut_off_at or now.closes_at
        return Standing(changed if now.has_pending else "counted" if now.cut_off_at else "sent", until)
    if now.call_state == "settled":
        return Standing("settled")
    if now.cut_off_at is not None:
        return Standing("cut_off_unsent" if now.has_pending else "cut_off")
    return Standing("changes_unsent" if now.has_pending else "waiting")
